/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-node-error.h"
#include "fr-person-private.h"
#include "fr-safety-words.h"

/* Whose key is whose. The first key that somebody is met with is taken for theirs; whoever is in their place later with
 * another one is somebody else, until the person here has compared words with them. */

/* Whom the person knows, and met there. */
FrPerson *
fr_people_find_place (FrPeople *self, const char *server, const char *address)
{
  if (server == NULL || *server == '\0' || address == NULL || *address == '\0')
    return NULL;
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (fr_person_get_added (person) && fr_person_get_key (person, NULL) && fr_person_has_place (person)
          && g_str_equal (fr_person_get_server (person), server)
          && g_str_equal (fr_person_get_address (person), address))
        return person;
    }
  return NULL;
}

/* Somebody is where that person was. Whoever the person here did not want there is not asked about again, and nobody while
 * that person is here. */
void
fr_people_take_other_key (FrPeople *self, FrPerson *person, const FrPeerKey *key)
{
  g_autoptr (GError) error = fr_node_error_new (FR_NODE_ERROR_OTHER_PERSON, fr_person_get_name (person));
  FrPersonState state = fr_person_get_state (person);

  if (state == FR_PERSON_HERE)
    {
      fr_network_hang_up (self->network, key);
      return;
    }
  if (!fr_person_is_refused (person, key))
    fr_person_set_other_key (person, key);
  if (state != FR_PERSON_WAITS && state != FR_PERSON_ASKS)
    fr_person_set_state (person, FR_PERSON_AWAY, error);
  fr_people_count (self);
}

/* Returns whether somebody with that key has no business at an address of our server: a person is known who was met
 * there, and has another one. */
gboolean
fr_people_take_place (FrPeople *self, const FrPeerKey *key, const char *address)
{
  FrPerson *known = fr_people_find_key (self, key);
  FrPerson *person = fr_people_find_place (self, self->server, address);

  if (person == NULL || person == known || (known != NULL && fr_person_get_added (known)))
    return FALSE;
  fr_people_take_other_key (self, person, key);
  return TRUE;
}

/* They are here themselves. */
void
fr_people_drop_other (FrPeople *self, FrPerson *person)
{
  FrPeerKey other;

  if (!fr_person_get_other_key (person, &other))
    return;
  fr_network_hang_up (self->network, &other);
  fr_person_set_other_key (person, NULL);
  fr_people_count (self);
}

/**
 * fr_people_refuse_other:
 * @self: people
 * @person: one of them, in whose place somebody else is
 *
 * Wants nothing of whoever is in their place. That one is told no, and not asked about again for a day.
 */
void
fr_people_refuse_other (FrPeople *self, FrPerson *person)
{
  FrPeerKey other;

  if (!fr_person_get_other_key (person, &other))
    return;
  fr_network_turn_away (self->network, &other);
  fr_person_set_refused_key (person, &other);
  fr_person_set_other_key (person, NULL);
  if (fr_person_get_state (person) == FR_PERSON_CHANGED)
    fr_person_set_state (person, FR_PERSON_AWAY, NULL);
  fr_people_count (self);
}

/* A stranger in the list turns out to be somebody who is there already. */
static void
drop_stranger (FrPeople *self, FrPerson *person, const FrPeerKey *key)
{
  FrPerson *stranger = fr_people_find_key (self, key);

  if (stranger != NULL && stranger != person)
    fr_people_take_out (self, stranger);
}

static void
accept_key (FrPeople *self, FrPerson *person, const FrPeerKey *key)
{
  FrPeerKey old;

  fr_person_get_key (person, &old);
  fr_people_end_mine (self, person);
  fr_people_end_computers (self, person);
  drop_stranger (self, person, key);
  fr_network_pin (self->network, &old, FALSE);
  fr_network_hang_up (self->network, &old);
  fr_person_replace_key (person, key);
  fr_people_save_key (self, person, &old);
  fr_person_set_state (person, FR_PERSON_AWAY, NULL);
  fr_people_count (self);
  fr_people_pin (self, person); /* who waits is let in by that */
  fr_people_retry (self, person);
}

/**
 * fr_people_accept_other:
 * @self: people
 * @person: one of them, in whose place somebody else is
 * @key: that one's, which the words were compared for
 *
 * Says that it is the same person, at a new computer. The new key takes the place of the old one: a computer that was
 * lost, sold or stolen must not go on being them. Pictures that were chosen for them stay so.
 *
 * Returns: %FALSE if it is not @key any more that is there
 */
gboolean
fr_people_accept_other (FrPeople *self, FrPerson *person, const FrPeerKey *key)
{
  FrPeerKey other;

  if (!fr_person_get_other_key (person, &other) || !fr_peer_key_equal (&other, key))
    return FALSE;
  accept_key (self, person, key);
  return TRUE;
}

static void
words_thread (GTask *inner, gpointer source, gpointer data, GCancellable *cancellable)
{
  const FrPeerKey *keys = data;

  g_task_return_pointer (inner, fr_safety_words_make (&keys[0], &keys[1]), (GDestroyNotify) g_strfreev);
}

static void
words_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char **words = g_task_propagate_pointer (G_TASK (result), &error);

  if (words != NULL)
    g_task_return_pointer (task, words, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

/**
 * fr_people_make_words_async:
 * @self: people
 * @key: somebody's; it is copied
 * @cancellable: (nullable): to give up; then the answer comes at once
 * @callback: (scope async): called with the answer
 * @user_data: for @callback
 *
 * Makes the words to compare with whoever has a key, which takes a thread some 40 ms.
 */
void
fr_people_make_words_async (FrPeople *self, const FrPeerKey *key, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  /* the thread may be the last to let go of its task: it does not hold the people, which have to end where they live */
  g_autoptr (GTask) inner = g_task_new (NULL, cancellable, words_made_cb, task);
  const FrPeerKey keys[] = { self->own_key, *key };

  g_task_set_source_tag (task, fr_people_make_words_async);
  g_task_set_source_tag (inner, fr_people_make_words_async);
  g_task_set_task_data (inner, g_memdup2 (keys, sizeof keys), g_free);
  g_task_set_return_on_cancel (inner, TRUE); /* it cannot be stopped half-way */
  g_task_run_in_thread (inner, words_thread);
}

/**
 * fr_people_make_words_finish:
 * @self: people
 * @result: as given to the callback
 * @error: (out) (optional): %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the words that they see too, unless somebody is between
 */
char **
fr_people_make_words_finish (FrPeople *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_people_set_checked:
 * @self: people
 * @person: one of them
 * @key: theirs, which the words were compared for
 * @checked: whether they were the same
 *
 * Notes that words were compared with somebody, and keeps it for whom the person knows.
 *
 * Returns: %FALSE if @key is not theirs, or not any more
 */
gboolean
fr_people_set_checked (FrPeople *self, FrPerson *person, const FrPeerKey *key, gboolean checked)
{
  FrPeerKey theirs;

  if (!fr_person_get_key (person, &theirs) || !fr_peer_key_equal (&theirs, key))
    return FALSE;
  fr_person_set_checked (person, checked);
  if (!checked)
    fr_people_end_mine (self, person);
  fr_people_save (self, person);
  return TRUE;
}
