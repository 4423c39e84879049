/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-private.h"

#include "fr-hit-private.h"
#include "fr-node-error.h"

/* Who has a picture, and what becomes of it while none of them is here. Only one's people are waited for: of others nobody
 * says when they come. */

static gboolean
is_here (FrPerson *person)
{
  return fr_person_get_state (person) == FR_PERSON_HERE;
}

/* They may have been removed, or blocked, since. */
static gboolean
is_still_known (FrFetch *self, FrPerson *person)
{
  FrPeerKey key;

  return fr_person_get_key (person, &key) && fr_people_find_key (self->list->people, &key) == person
         && fr_person_is_contact (person);
}

static void
add_person (FrFetch *self, FrPerson *person, guint64 size)
{
  for (guint i = 0; i < self->people->len; i++)
    if (g_array_index (self->people, FrFetchPerson, i).person == person)
      {
        g_array_index (self->people, FrFetchPerson, i).size = size;
        return;
      }
  if (self->people->len < FR_WANTED_MAX_HOLDERS)
    {
      const FrFetchPerson added = { .person = g_object_ref (person), .size = size };

      g_array_append_val (self->people, added);
    }
}

/* Takes those of the people who have it, as the hit says, to those who had it before. */
void
fr_fetch_find_people (FrFetch *self)
{
  for (guint i = 0; i < fr_hit_get_n_holders (self->hit); i++)
    {
      const FrHolder *holder = fr_hit_get_holder (self->hit, i);
      FrPerson *person = fr_people_find_key (self->list->people, &holder->key);

      if (person != NULL && fr_person_is_contact (person))
        add_person (self, person, holder->size);
    }
}

/**
 * fr_fetch_get_awaited:
 * @self: a fetch
 *
 * Returns: (transfer none) (nullable): who of the people has the picture, and is waited for while it is WAITING: of
 *   several the first
 */
FrPerson *
fr_fetch_get_awaited (FrFetch *self)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_array_index (self->people, FrFetchPerson, i).person;

      if (is_still_known (self, person))
        return person;
    }
  return NULL;
}

/* Whether one of them may come, or is here. */
gboolean
fr_fetch_is_awaited (FrFetch *self, gboolean here)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_array_index (self->people, FrFetchPerson, i).person;

      if (is_still_known (self, person) && (!here || is_here (person)))
        return TRUE;
    }
  return FALSE;
}

/* Asking */

static void
add_target (FrFetchRequest *request, const FrDialTarget *target, guint64 size)
{
  for (guint i = 0; i < request->holders->len; i++)
    if (fr_peer_key_equal (&g_array_index (request->holders, FrFetchHolder, i).target.key, &target->key))
      return;
  fr_fetch_request_add (request, target, size);
}

static void
add_holder (FrFetchRequest *request, const FrHolder *holder)
{
  FrDialTarget target;

  if (holder == NULL)
    return;
  target = (FrDialTarget) { .key = holder->key,
                            .address = holder->address,
                            .server = holder->server,
                            .doorbell = holder->doorbell,
                            .route = holder->route,
                            .key_expected = TRUE,
                            .has_route = TRUE };
  add_target (request, &target, holder->size);
}

/* Where they are now, and with the key that they have now. */
static void
add_people (FrFetch *self, FrFetchRequest *request, gboolean here)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      const FrFetchPerson *one = &g_array_index (self->people, FrFetchPerson, i);
      FrDialTarget target = { .address = (char *) fr_person_get_address (one->person),
                              .server = (char *) fr_person_get_server (one->person),
                              .doorbell = (char *) fr_person_get_doorbell (one->person),
                              .key_expected = TRUE };

      if (is_still_known (self, one->person) && is_here (one->person) == here
          && fr_person_get_key (one->person, &target.key))
        add_target (request, &target, one->size);
    }
}

/* For its files. The first time those who have answered a search are asked in the order of the hit; whoever has been waited
 * for comes first. */
FrFetchRequest *
fr_fetch_make_request (FrFetch *self)
{
  FrFetchRequest *request = fr_fetch_request_new (&self->id, fr_hit_get_size (self->hit));

  if (self->first >= 0)
    add_holder (request, fr_hit_get_holder (self->hit, (guint) self->first));
  if (self->n_started++ > 0)
    add_people (self, request, TRUE);
  for (guint i = 0; i < fr_hit_get_n_holders (self->hit); i++)
    add_holder (request, fr_hit_get_holder (self->hit, i));
  add_people (self, request, TRUE);
  add_people (self, request, FALSE);
  return request;
}

/* Waiting */

/* Whether there is somebody to wait for. Whoever is here, and goes away each time that they are asked, is asked a few times
 * only; a session may break before the link does, so that they may be away already. */
gboolean
fr_fetch_should_wait (FrFetch *self, const FrNetworkReport *report)
{
  gboolean all_here = TRUE;

  if (self->list->closed || report->count == 0 || !fr_fetch_is_awaited (self, FALSE))
    return FALSE;
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_array_index (self->people, FrFetchPerson, i).person;

      all_here = all_here && (is_here (person) || !is_still_known (self, person));
    }
  return !all_here
         || (g_error_matches (report->error, FR_NODE_ERROR, FR_NODE_ERROR_LEFT) && self->n_tries < FR_FETCH_MAX_TRIES);
}

static gboolean
try_again_cb (gpointer data)
{
  FrFetch *self = data;

  self->ready = fr_fetch_is_awaited (self, TRUE);
  fr_fetch_set_timer (self, 0, NULL);
  fr_fetch_list_start_ready (self->list);
  return G_SOURCE_REMOVE;
}

void
fr_fetch_begin_waiting (FrFetch *self)
{
  if (g_error_matches (self->error, FR_NODE_ERROR, FR_NODE_ERROR_LEFT) && self->n_tries < FR_FETCH_MAX_TRIES)
    fr_fetch_set_timer (self, FR_FETCH_RETRY_MS << self->n_tries++, try_again_cb);
  fr_fetch_note (self);
}

/* Somebody has come: if it waits for them, it is ready to be tried again. */
void
fr_fetch_take_person (FrFetch *self, const FrPeerKey *key)
{
  for (guint i = 0; self->state == FR_FETCH_WAITING && i < self->people->len; i++)
    {
      FrPerson *person = g_array_index (self->people, FrFetchPerson, i).person;
      FrPeerKey theirs;

      if (fr_person_get_key (person, &theirs) && fr_peer_key_equal (&theirs, key) && is_still_known (self, person))
        {
          self->n_tries = 0;
          self->ready = TRUE;
        }
    }
}

/* For one that has just come: whether nobody may be looking any more. */
gboolean
fr_fetch_is_late (FrFetch *self)
{
  return self->keeps_said ? self->keeps : self->waited_us > FR_FETCH_LATE_US;
}

/* In the store */

/* Remembers that it is wanted, so that it is after a restart; it comes late then. */
void
fr_fetch_note (FrFetch *self)
{
  FrWanted *wanted;

  if (!fr_fetch_is_awaited (self, FALSE))
    return;
  wanted = fr_wanted_new (&self->id, self->title);
  wanted->type = self->type;
  wanted->size = self->total;
  wanted->done = self->done;
  wanted->width = fr_hit_get_width (self->hit);
  wanted->height = fr_hit_get_height (self->hit);
  wanted->paused = self->state == FR_FETCH_PAUSED;
  wanted->keep = !self->keeps_said || self->keeps;
  if (fr_hit_get_preview (self->hit) != NULL)
    wanted->preview = g_bytes_ref (fr_hit_get_preview (self->hit));
  for (guint i = 0; i < self->people->len; i++)
    {
      const FrFetchPerson *one = &g_array_index (self->people, FrFetchPerson, i);
      FrPeerKey key;

      if (is_still_known (self, one->person) && fr_person_get_key (one->person, &key))
        fr_wanted_add_holder (wanted, &key, one->size);
    }
  self->noted = TRUE;
  fr_store_put_wanted_async (self->list->store, wanted, NULL, NULL, NULL);
}

void
fr_fetch_forget (FrFetch *self)
{
  if (self->noted)
    fr_store_forget_wanted_async (self->list->store, &self->id, NULL, NULL, NULL);
  self->noted = FALSE;
}

static FrHit *
make_hit (FrFetchList *list, const FrWanted *wanted)
{
  const FrHitItem item = { .id = wanted->id,
                           .title = wanted->title,
                           .type = wanted->type,
                           .size = wanted->size,
                           .width = wanted->width,
                           .height = wanted->height };
  FrHit *hit = fr_hit_new (&item, 0);

  for (guint i = 0; i < wanted->holders->len; i++)
    {
      const FrWantedHolder *noted = &g_array_index (wanted->holders, FrWantedHolder, i);
      FrPerson *person = fr_people_find_key (list->people, &noted->person);

      if (person != NULL && fr_person_is_contact (person))
        fr_hit_add_holder (hit, &(FrHolder) { .key = noted->person,
                                              .name = (char *) fr_person_get_name (person),
                                              .server = (char *) fr_person_get_server (person),
                                              .address = (char *) fr_person_get_address (person),
                                              .doorbell = (char *) fr_person_get_doorbell (person),
                                              .size = noted->size,
                                              .hops = 1 });
    }
  if (wanted->preview != NULL)
    fr_hit_set_preview (hit, wanted->preview, 0);
  return hit;
}

/* For FrFetchList: what was wanted when the program ended. It waits, or is paused; NULL: none of those who have it is
 * among the people now. */
FrFetch *
fr_fetch_new_wanted (FrFetchList *list, const FrWanted *wanted)
{
  g_autoptr (FrHit) hit = make_hit (list, wanted);

  return fr_hit_get_n_holders (hit) > 0 ? fr_fetch_new_resting (list, hit, wanted) : NULL;
}
