/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store-fixture.h"

/* Imports, receives, edits and removes pictures in an order that follows from a seed, and says on its standard output
 * what it is about to do and what the store says has been done: lines for StoreCheck.
 *
 *   try WHAT ID STATE        STATE: the title, or - for none
 *   did WHAT ID STATE
 *   swap ID NEW STATE    NEW takes the place of ID, or does not
 *   swapped ID NEW STATE
 *   fail WHAT ID DOMAIN CODE
 */

#define MAX_SMALL 3000
#define MAX_PAST_BLOCK 100000
#define SETTING "setting" /* in the place of an id */

typedef struct
{
  FrStore *store;
  GRand *rand;
  const char *scratch; /* a folder that is not the store's */
  GPtrArray *known;    /* owned: FrPicture; what the store said that it has */
  guint32 seed;
  guint n_titles;
} Worker;

static void G_GNUC_PRINTF (1, 2)
say (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    exit (3);
}

static void
say_failed (const char *what, const char *id, const GError *error)
{
  say ("fail %s %s %s %d\n", what, id, g_quark_to_string (error->domain), error->code);
}

/* What the store has, whatever went wrong before. */
static void
look (Worker *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *pictures;

  fr_store_list_async (self->store, NULL, 0, G_MAXUINT, NULL, answered_cb, &result);
  pictures = fr_store_list_finish (self->store, await (&result), NULL);
  if (pictures == NULL)
    return;
  g_ptr_array_unref (self->known);
  self->known = pictures;
}

static FrPicture *
pick (Worker *self)
{
  if (self->known->len == 0)
    return NULL;
  return fr_picture_ref (self->known->pdata[g_rand_int_range (self->rand, 0, (gint32) self->known->len)]);
}

static char *
make_title (Worker *self)
{
  return g_strdup_printf ("title%u-%ux", self->seed, self->n_titles++); /* none is part of another */
}

static GBytes *
make_bytes (Worker *self)
{
  gsize size = g_rand_int_range (self->rand, 0, 6) > 0
                 ? (gsize) g_rand_int_range (self->rand, 1, MAX_SMALL)
                 : FR_BLOCK_SIZE + (gsize) g_rand_int_range (self->rand, 0, MAX_PAST_BLOCK);
  guint32 *words = g_new (guint32, size / 4 + 1);

  for (gsize i = 0; i <= size / 4; i++)
    words[i] = g_rand_int (self->rand);
  return g_bytes_new_take (words, size);
}

static FrPicture *
add_cleaned (FrStore *store, FrStaged *staged, FrStaged *original, const FrPicture *description, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) form = g_bytes_new_static ("form", 4);

  fr_store_add_cleaned_async (store, staged, original, description, form, form, NULL, answered_cb, &result);
  return fr_store_add_finish (store, await (&result), NULL, error);
}

/* The same bytes again are the same picture, with the title that it has. */
static const char *
find_title (Worker *self, const FrContentId *id)
{
  for (guint i = 0; i < self->known->len; i++)
    {
      const FrPicture *picture = self->known->pdata[i];

      if (fr_content_id_equal (&picture->id, id))
        return picture->title;
    }
  return NULL;
}

static void
add (Worker *self, FrStaged *staged, FrStaged *original, gboolean mine)
{
  static const char *const tags[] = { "tag", NULL };
  g_autofree char *id = fr_content_id_to_string (fr_staged_get_id (staged));
  g_autofree char *title = g_strdup (find_title (self, fr_staged_get_id (staged)));
  g_autoptr (FrPicture) description = fr_picture_new ();
  g_autoptr (FrPicture) picture = NULL;
  g_autoptr (GError) error = NULL;

  if (title == NULL)
    title = make_title (self);
  fr_picture_set_text (description, title, "description", tags);
  if (!mine)
    memset (&description->origin, 7, sizeof description->origin);
  if (original != NULL)
    description->metadata = FR_METADATA_REMOVED;
  say ("try add %s %s\n", id, title);
  picture = add_cleaned (self->store, staged, original, description, &error);
  if (picture != NULL)
    say ("did add %s %s\n", id, picture->title);
  else
    say_failed ("add", id, error);
}

static FrStaged *
stage_bytes (Worker *self, GBytes *bytes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_stage_bytes_async (self->store, bytes, NULL, answered_cb, &result);
  return fr_store_stage_bytes_finish (self->store, await (&result), error);
}

static FrStaged *
stage_file (Worker *self, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/source", self->scratch);

  if (!g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                 G_FILE_SET_CONTENTS_NONE, 0600, error))
    return NULL;
  return stage_path (self->store, path, error);
}

static void
import (Worker *self)
{
  g_autoptr (GBytes) bytes = make_bytes (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStaged) staged
    = g_rand_boolean (self->rand) ? stage_bytes (self, bytes, &error) : stage_file (self, bytes, &error);

  if (staged != NULL)
    add (self, staged, NULL, TRUE);
  else
    say_failed ("stage", "-", error);
}

/* As it is shared, and as it was before: nobody looks into either. */
static void
import_cleaned (Worker *self)
{
  g_autoptr (GBytes) bytes = make_bytes (self), more = make_bytes (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStaged) staged = stage_bytes (self, bytes, &error);
  g_autoptr (FrStaged) original = staged != NULL ? stage_bytes (self, more, &error) : NULL;

  if (original != NULL)
    add (self, staged, original, TRUE);
  else
    say_failed ("stage", "-", error);
}

static FrStaged *
stage_original (Worker *self, const FrContentId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_stage_original_async (self->store, id, NULL, answered_cb, &result);
  return fr_store_stage_original_finish (self->store, await (&result), error);
}

static void
exchange_for (Worker *self, const FrPicture *picture, FrStaged *staged, FrStaged *original)
{
  g_autofree char *id = fr_content_id_to_string (&picture->id);
  g_autofree char *new_id = fr_content_id_to_string (fr_staged_get_id (staged));
  g_autoptr (FrPicture) facts = fr_picture_new (), changed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  facts->metadata = original != NULL ? FR_METADATA_REMOVED : FR_METADATA_KEPT;
  say ("swap %s %s %s\n", id, new_id, picture->title);
  fr_store_exchange_async (self->store, &picture->id, staged, original, facts, NULL, answered_cb, &result);
  changed = fr_store_exchange_finish (self->store, await (&result), &error);
  if (changed != NULL)
    say ("swapped %s %s %s\n", id, new_id, picture->title);
  else
    say_failed ("swap", id, error);
}

/* A picture that was cleaned is shared as it was before; another one is cleaned. */
static void
exchange (Worker *self)
{
  g_autoptr (FrPicture) picture = pick (self);
  g_autoptr (GBytes) bytes = make_bytes (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStaged) original = NULL, staged = NULL;

  if (picture == NULL)
    return;
  original = stage_original (self, &picture->id, &error);
  if (original != NULL && !fr_picture_has_original (picture))
    staged = stage_bytes (self, bytes, &error);
  if (error != NULL)
    say_failed ("stage", "-", error);
  else if (staged != NULL)
    exchange_for (self, picture, staged, original);
  else
    exchange_for (self, picture, original, NULL);
}

/* A picture that is there already. */
static void
import_again (Worker *self)
{
  g_autoptr (FrPicture) picture = pick (self);
  g_autofree char *path = g_strdup_printf ("%s/again", self->scratch);
  g_autofree char *made = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrStaged) staged = NULL;
  g_autoptr (GError) error = NULL;

  if (picture == NULL)
    return;
  fr_store_export_async (self->store, &picture->id, path, NULL, answered_cb, &result);
  made = fr_store_export_finish (self->store, await (&result), &error);
  staged = made != NULL ? stage_path (self->store, made, &error) : NULL;
  if (staged != NULL)
    add (self, staged, NULL, TRUE);
  else
    say_failed ("stage", "-", error);
}

static GBytes *
hash_blocks (GBytes *bytes, FrContentId *out_id)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint n_blocks = fr_content_n_blocks (size);
  FrBlockHash *hashes = g_new (FrBlockHash, n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    fr_content_hash_block (data + i * FR_BLOCK_SIZE, MIN (size - i * FR_BLOCK_SIZE, FR_BLOCK_SIZE), &hashes[i]);
  fr_content_id_from_blocks (size, hashes, n_blocks, out_id);
  return g_bytes_new_take (hashes, n_blocks * sizeof *hashes);
}

static FrIncoming *
begin_incoming (Worker *self, GBytes *bytes, GError **error)
{
  FrContentId id;
  g_autoptr (GBytes) hashes = hash_blocks (bytes, &id);
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_begin_incoming_async (self->store, &id, g_bytes_get_size (bytes), hashes, NULL, answered_cb, &result);
  return fr_store_begin_incoming_finish (self->store, await (&result), error);
}

static gboolean
write_block (FrIncoming *incoming, GBytes *bytes, guint block, GError **error)
{
  gsize at = (gsize) block * FR_BLOCK_SIZE;
  g_autoptr (GBytes) data = g_bytes_new_from_bytes (bytes, at, MIN (g_bytes_get_size (bytes) - at, FR_BLOCK_SIZE));
  g_autoptr (GAsyncResult) result = NULL;

  fr_incoming_write_block_async (incoming, block, data, NULL, answered_cb, &result);
  return fr_incoming_write_block_finish (incoming, await (&result), error);
}

/* Returns FALSE where it failed before the store had all of it. */
static gboolean
receive_once (Worker *self, GBytes *bytes, gboolean leaves)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrIncoming) incoming = begin_incoming (self, bytes, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrStaged) staged = NULL;

  for (guint n = incoming != NULL ? fr_incoming_get_n_blocks (incoming) : 0; n > 0; n--)
    if (!fr_incoming_has_block (incoming, n - 1) && !write_block (incoming, bytes, n - 1, &error))
      break;
  if (error == NULL && leaves)
    return TRUE; /* what has come stays */
  if (error == NULL)
    {
      fr_incoming_finish_async (incoming, NULL, answered_cb, &result);
      staged = fr_incoming_finish_finish (incoming, await (&result), &error);
    }
  if (staged != NULL)
    add (self, staged, NULL, FALSE);
  else
    {
      say_failed ("receive", "-", error);
      if (incoming != NULL)
        fr_incoming_leave (incoming);
    }
  return staged != NULL;
}

/* What failed is tried again, as a transfer is. */
static void
receive (Worker *self)
{
  g_autoptr (GBytes) bytes = make_bytes (self);
  gboolean leaves = g_rand_int_range (self->rand, 0, 5) == 0;

  if (!receive_once (self, bytes, leaves))
    receive_once (self, bytes, FALSE);
}

static void
edit (Worker *self)
{
  static const char *const tags[] = { "edited", NULL };
  g_autoptr (FrPicture) picture = pick (self), edited = NULL;
  g_autofree char *title = make_title (self), *id = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (picture == NULL)
    return;
  id = fr_content_id_to_string (&picture->id);
  say ("try edit %s %s\n", id, title);
  fr_store_update_async (self->store, &picture->id, title, "", tags, NULL, answered_cb, &result);
  edited = fr_store_update_finish (self->store, await (&result), &error);
  if (edited != NULL)
    say ("did edit %s %s\n", id, title);
  else
    say_failed ("edit", id, error);
}

static void
remove_one (Worker *self)
{
  g_autoptr (FrPicture) picture = pick (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (picture == NULL)
    return;
  id = fr_content_id_to_string (&picture->id);
  say ("try remove %s -\n", id);
  if (remove_picture (self->store, &picture->id, &error))
    say ("did remove %s -\n", id);
  else
    say_failed ("remove", id, error);
}

static gboolean
bring_back (Worker *self, const FrContentId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) pictures = NULL;

  fr_store_restore_async (self->store, id, 1, NULL, answered_cb, &result);
  pictures = fr_store_restore_finish (self->store, await (&result), error);
  return pictures != NULL && pictures->len == 1;
}

/* Removing is undone, or becomes final; where the folder is closed before that, it is final too. */
static void
hide (Worker *self)
{
  g_autoptr (FrPicture) picture = pick (self);
  g_autoptr (GAsyncResult) hiding = NULL, purging = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  int fate = g_rand_int_range (self->rand, 0, 3);

  if (picture == NULL)
    return;
  id = fr_content_id_to_string (&picture->id);
  say ("try remove %s -\n", id);
  fr_store_hide_async (self->store, &picture->id, 1, NULL, answered_cb, &hiding);
  if (fr_store_hide_finish (self->store, await (&hiding), &error) == 1)
    say ("did remove %s -\n", id);
  else
    say_failed ("remove", id, error);
  if (error != NULL || fate == 0)
    return;
  if (fate == 1)
    {
      fr_store_purge_async (self->store, &picture->id, 1, NULL, answered_cb, &purging);
      if (!fr_store_purge_finish (self->store, await (&purging), &error))
        say_failed ("remove", id, error);
      return;
    }
  say ("try restore %s %s\n", id, picture->title);
  if (bring_back (self, &picture->id, &error))
    say ("did restore %s %s\n", id, picture->title);
  else
    say_failed ("restore", id, error);
}

static void
set (Worker *self)
{
  g_autofree char *value = make_title (self);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  say ("try set " SETTING " %s\n", value);
  fr_store_put_setting_async (self->store, SETTING, value, NULL, answered_cb, &result);
  if (fr_store_put_setting_finish (self->store, await (&result), &error))
    say ("did set " SETTING " %s\n", value);
  else
    say_failed ("set", SETTING, error);
}

static void
work (Worker *self, guint n_steps)
{
  static void (*const steps[]) (Worker *)
    = { import, import, import_cleaned, import_cleaned, receive, receive, edit, edit, remove_one, hide, hide, import_again,
        set, exchange, exchange };

  look (self);
  for (guint i = 0; i < n_steps; i++)
    {
      if (i == 0)
        (self->seed % 2 == 0 ? receive : import) (self);
      else
        steps[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (steps))](self);
      look (self);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStore) store = NULL;
  Worker self = { 0 };

  if (argc != 5)
    return 2;
  store = open_store (argv[1], &error);
  if (store == NULL)
    {
      say_failed ("open", "-", error);
      return 0;
    }
  self.store = store;
  self.scratch = argv[2];
  self.seed = (guint32) g_ascii_strtoull (argv[3], NULL, 10);
  self.rand = g_rand_new_with_seed (self.seed);
  self.known = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);
  say ("opened\n");
  work (&self, (guint) g_ascii_strtoull (argv[4], NULL, 10));
  fr_store_close (store);
  say ("closed\n");
  g_rand_free (self.rand);
  g_ptr_array_unref (self.known);
  return 0;
}
