/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wishes-private.h"

#include "fr-clock.h"

/* Which wish is asked when. Each asking is one search of its own, as if the person had asked, and is listened to for
 * seconds before the next one begins: neighbours grant one a second. */

typedef struct
{
  FrWishes *wishes; /* owned, all of it */
  FrWish *wish;
  FrSearch *search;
} Telling;

static FrWish *
get (FrWishes *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->wishes), position);
}

static guint
count (FrWishes *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->wishes));
}

static void
stop_timer (FrWishes *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
start_timer (FrWishes *self, gint64 ms, GSourceFunc callback)
{
  stop_timer (self);
  self->timer = g_timeout_source_new ((guint) CLAMP (ms, 0, G_MAXINT));
  g_source_set_callback (self->timer, callback, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* A fifth more or less, so that those who have wishes do not all ask together. */
static gint64
next_turn_us (FrWishes *self)
{
  return fr_clock_now_us () + (gint64) (self->pace.every * g_random_double_range (0.8, 1.2)) * 1000;
}

static void
set_due (FrWishes *self, FrWish *wish)
{
  wish->due_us = next_turn_us (self);
  if (self->came_us > wish->turn_us) /* somebody has come who was not asked */
    wish->due_us = MIN (wish->due_us, wish->turn_us + self->pace.least * G_GINT64_CONSTANT (1000));
}

/* Telling */

static void
told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Telling *telling = data;
  g_autoptr (GArray) news = fr_store_tell_wish_finish (FR_STORE (source), result, NULL);
  guint n = 0;

  if (news != NULL && telling->wish->wishes != NULL)
    n = fr_wish_take_news (telling->wish, telling->search, news);
  if (n > 0)
    g_signal_emit_by_name (telling->wishes, "found", telling->wish, n);
  g_object_unref (telling->search);
  g_object_unref (telling->wish);
  g_object_unref (telling->wishes);
  g_free (telling);
}

/* It is on disk before it is told of: nothing is told of twice, whatever happens in between. */
static void
tell (FrWishes *self, FrWish *wish)
{
  g_autoptr (GArray) ids = fr_wish_list_found (wish, wish->search);
  Telling *telling;

  if (ids->len == 0)
    return;
  telling = g_new0 (Telling, 1);
  telling->wishes = g_object_ref (self);
  telling->wish = g_object_ref (wish);
  telling->search = g_object_ref (wish->search);
  fr_store_tell_wish_async (self->store, wish->key, (const FrContentId *) (gpointer) ids->data, ids->len, TRUE, NULL,
                            told_cb, telling);
}

/* For its files: whoever's turn it is has no more of it. */
void
fr_wishes_end_turn (FrWishes *self)
{
  stop_timer (self);
  if (self->asking == NULL)
    return;
  fr_wish_set_search (self->asking, NULL);
  self->asking = NULL;
}

static gboolean
listened_cb (gpointer data)
{
  FrWishes *self = data;
  FrWish *wish = self->asking;

  tell (self, wish);
  fr_wish_set_asked (wish, g_get_real_time ());
  set_due (self, wish);
  fr_wishes_end_turn (self);
  fr_wishes_plan (self);
  return G_SOURCE_REMOVE;
}

/* Turns */

static FrWish *
choose (FrWishes *self)
{
  FrWish *chosen = NULL;

  for (guint i = 0; i < count (self); i++)
    {
      g_autoptr (FrWish) wish = get (self, i);

      if (self->can_ask (self->asker, wish->terms) && (chosen == NULL || wish->due_us < chosen->due_us))
        chosen = wish;
    }
  return chosen;
}

static gboolean
turn_cb (gpointer data)
{
  FrWishes *self = data;
  FrWish *wish = choose (self);
  g_autoptr (FrSearch) search = NULL;

  stop_timer (self);
  if (wish == NULL || wish->due_us > fr_clock_now_us ())
    {
      fr_wishes_plan (self);
      return G_SOURCE_REMOVE;
    }
  search = self->ask (self->asker, wish->terms);
  wish->turn_us = fr_clock_now_us ();
  set_due (self, wish);
  if (search == NULL)
    {
      fr_wishes_plan (self);
      return G_SOURCE_REMOVE;
    }
  self->asking = wish;
  fr_wish_set_search (wish, search);
  start_timer (self, self->pace.listen, listened_cb);
  return G_SOURCE_REMOVE;
}

/* For its files: something has changed about who is asked when. Whoever's turn it is has it to its end. */
void
fr_wishes_plan (FrWishes *self)
{
  FrWish *next;

  if (self->asking != NULL)
    return;
  stop_timer (self);
  next = self->loaded && !self->stopped ? choose (self) : NULL;
  if (next != NULL)
    start_timer (self, (next->due_us - fr_clock_now_us ()) / 1000 + 1, turn_cb);
}

/* For its files: the person has asked the same. */
void
fr_wishes_note_asked (FrWishes *self, FrWish *wish)
{
  if (self->asking == wish)
    fr_wishes_end_turn (self);
  fr_wish_set_asked (wish, g_get_real_time ());
  wish->due_us = next_turn_us (self);
  fr_wishes_plan (self);
}

static guint
count_contacts_here (FrWishes *self)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->people)); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      n += fr_person_is_contact (person) && fr_person_get_state (person) == FR_PERSON_HERE;
    }
  return n;
}

/* Strangers come and go all the time; who comes first is asked all the same. */
static void
here_changed_cb (FrWishes *self)
{
  guint n_here = fr_people_get_n_here (self->people), n_contacts = count_contacts_here (self);
  gboolean came = n_contacts > self->n_contacts_here || (n_here > 0 && self->n_here == 0);
  const gint64 now_us = fr_clock_now_us ();

  self->n_here = n_here;
  self->n_contacts_here = n_contacts;
  if (came)
    {
      self->came_us = now_us;
      for (guint i = 0; i < count (self); i++)
        {
          g_autoptr (FrWish) wish = get (self, i);
          gint64 soon_us = MAX (now_us + self->pace.gather * G_GINT64_CONSTANT (1000),
                                wish->turn_us + self->pace.least * G_GINT64_CONSTANT (1000));

          wish->due_us = MIN (wish->due_us, soon_us);
        }
    }
  fr_wishes_plan (self);
}

void
fr_wishes_init_turns (FrWishes *self)
{
  g_signal_connect_object (self->people, "notify::n-here", G_CALLBACK (here_changed_cb), self, G_CONNECT_SWAPPED);
  here_changed_cb (self);
}
