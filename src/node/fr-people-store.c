/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-node-error.h"
#include "fr-person-private.h"

/* What is kept of people for the next start, and decides until then who may see what: so each change is tried until the
 * store has taken it. */

#define FIRST_PAUSE_MS 1000 /* before what failed is tried again, */
#define LAST_PAUSE_MS 60000 /* twice as long after each failure, up to this */

typedef enum
{
  SAVE,    /* as they are when that is tried */
  REPLACE, /* the same, and they have another key */
  REMOVE,
} Kind;

typedef struct
{
  GWeakRef people;
  Kind kind;
  FrPerson *person;
  FrPersonRecord *record; /* whom to remove: as they were */
  FrPeerKey old;          /* the key to replace */
} Change;

static void
change_free (Change *change)
{
  if (change == NULL)
    return;
  g_weak_ref_clear (&change->people);
  g_object_unref (change->person);
  g_clear_pointer (&change->record, fr_person_record_free);
  g_free (change);
}

static Change *
change_new (FrPeople *self, Kind kind, FrPerson *person)
{
  Change *change = g_new0 (Change, 1);

  g_weak_ref_init (&change->people, self);
  change->kind = kind;
  change->person = g_object_ref (person);
  return change;
}

static gboolean
finish (Change *change, FrStore *store, GAsyncResult *result, GError **error)
{
  switch (change->kind)
    {
    case REPLACE:
      return fr_store_replace_key_finish (store, result, error);
    case REMOVE:
      return fr_store_remove_person_finish (store, result, error);
    case SAVE:
    default:
      return fr_store_put_person_finish (store, result, error);
    }
}

/* The store will never take these, or is closed. */
static gboolean
is_final (const GError *error)
{
  return error->domain == G_IO_ERROR || g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND)
         || g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE)
         || g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
}

static gboolean
is_waiting (FrPeople *self, const Change *change)
{
  for (guint i = 0; change->kind != REMOVE && i < self->unwritten->len; i++)
    {
      const Change *other = g_ptr_array_index (self->unwritten, i);

      if (other->kind == change->kind && other->person == change->person
          && fr_peer_key_equal (&other->old, &change->old))
        return TRUE;
    }
  return FALSE;
}

static gboolean try_again_cb (gpointer data);

static void
try_later (FrPeople *self)
{
  if (self->write_timer != NULL)
    return;
  self->write_pause_ms = self->write_pause_ms == 0 ? FIRST_PAUSE_MS : MIN (2 * self->write_pause_ms, LAST_PAUSE_MS);
  self->write_timer = g_timeout_source_new (self->write_pause_ms);
  g_source_set_callback (self->write_timer, try_again_cb, self, NULL);
  g_source_attach (self->write_timer, g_main_context_get_thread_default ());
}

/* The person is told of the first failure, and not again before all has been written. */
static void
take_failure (FrPeople *self, Change *change)
{
  gboolean is_first = self->write_pause_ms == 0;

  if (is_waiting (self, change))
    change_free (change);
  else
    g_ptr_array_add (self->unwritten, change);
  try_later (self);
  if (is_first)
    {
      g_autoptr (GError) error = fr_node_error_new (FR_NODE_ERROR_NOT_KEPT, NULL);

      fr_people_tell_trouble (self, error->message);
    }
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  g_autoptr (FrPeople) self = g_weak_ref_get (&change->people);
  g_autoptr (GError) error = NULL;
  gboolean done = finish (change, FR_STORE (source), result, &error);

  if (self == NULL || self->store == NULL)
    {
      change_free (change);
      return;
    }
  self->n_writing--;
  if (!done && !is_final (error))
    {
      take_failure (self, change);
      return;
    }
  change_free (change);
  if (self->n_writing == 0 && self->unwritten->len == 0)
    self->write_pause_ms = 0;
}

static void
begin (FrPeople *self, Change *change)
{
  g_autoptr (FrPersonRecord) record = fr_person_to_record (change->person);

  self->n_writing++;
  if (change->kind == REMOVE)
    fr_store_remove_person_async (self->store, change->record, NULL, written_cb, change);
  else if (change->kind == REPLACE)
    fr_store_replace_key_async (self->store, &change->old, record, NULL, written_cb, change);
  else
    fr_store_put_person_async (self->store, record, NULL, written_cb, change);
}

/* Whether somebody who is kept is, in the store, in the place of whoever was to be removed. */
static gboolean
is_replaced (FrPeople *self, const FrPersonRecord *record)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      g_autoptr (FrPersonRecord) other = fr_person_to_record (g_ptr_array_index (self->people, i));
      gboolean is_same_key = fr_peer_key_equal (&other->key, &record->key);

      if (!other->auto_connect && !other->blocked)
        continue;
      if ((is_same_key && !fr_peer_key_is_zero (&record->key))
          || (fr_peer_key_is_zero (&record->key) && *record->address != '\0'
              && g_str_equal (other->server, record->server) && g_str_equal (other->address, record->address)))
        return TRUE;
    }
  return FALSE;
}

/* Much may have changed since. */
static gboolean
is_outdated (FrPeople *self, const Change *change)
{
  if (change->kind == REMOVE)
    return is_replaced (self, change->record);
  return !g_ptr_array_find (self->people, change->person, NULL)
         || (!fr_person_get_added (change->person) && !fr_person_get_blocked (change->person));
}

static gboolean
try_again_cb (gpointer data)
{
  FrPeople *self = data;
  g_autoptr (GPtrArray) changes = g_steal_pointer (&self->unwritten);

  g_clear_pointer (&self->write_timer, g_source_unref);
  fr_people_start_writing (self);
  for (guint i = 0; i < changes->len; i++)
    if (!is_outdated (self, g_ptr_array_index (changes, i)))
      begin (self, g_steal_pointer (&changes->pdata[i]));
  if (self->n_writing == 0)
    self->write_pause_ms = 0;
  return G_SOURCE_REMOVE;
}

/* For the beginning and the end. */
void
fr_people_start_writing (FrPeople *self)
{
  self->unwritten = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
}

void
fr_people_stop_writing (FrPeople *self)
{
  if (self->write_timer != NULL)
    g_source_destroy (self->write_timer);
  g_clear_pointer (&self->write_timer, g_source_unref);
  g_ptr_array_set_size (self->unwritten, 0);
}

/* Whoever was added or blocked is kept, as they are now. */
void
fr_people_save (FrPeople *self, FrPerson *person)
{
  if (fr_person_get_added (person) || fr_person_get_blocked (person))
    begin (self, change_new (self, SAVE, person));
}

/* They had another key. */
void
fr_people_save_key (FrPeople *self, FrPerson *person, const FrPeerKey *old)
{
  Change *change = change_new (self, REPLACE, person);

  change->old = *old;
  begin (self, change);
}

void
fr_people_forget (FrPeople *self, FrPerson *person)
{
  Change *change = change_new (self, REMOVE, person);

  change->record = fr_person_to_record (person);
  begin (self, change);
  fr_people_forget_introduction (self, person);
  fr_people_take_out (self, person);
}
