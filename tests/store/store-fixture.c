/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "fr-file-removal.h"
#include "fr-test-support.h"

#define PATIENCE_S 10

const FrPeerKey stranger = { { 200 } };

void
answered_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  g_assert_null (*(GAsyncResult **) slot);
  *(GAsyncResult **) slot = g_object_ref (result);
}

static gboolean
is_answered (gpointer slot)
{
  return *(GAsyncResult **) slot != NULL;
}

GAsyncResult *
await (GAsyncResult **slot)
{
  fr_test_wait_until (is_answered, slot, PATIENCE_S);
  return *slot;
}

FrStore *
open_store (const char *folder, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_open_async (folder, NULL, answered_cb, &result);
  return fr_store_open_finish (await (&result), error);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = fr_test_folder_new ();
  fixture->store = open_store (fixture->folder, &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->store != NULL)
    fr_store_close (fixture->store);
  g_clear_object (&fixture->store);
  fr_test_folder_free (fixture->folder);
}

void
fixture_reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fr_store_close (fixture->store);
  g_clear_object (&fixture->store);
  fixture->store = open_store (fixture->folder, &error);
  g_assert_no_error (error);
}

FrStaged *
stage_text (FrStore *store, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  fr_store_stage_bytes_async (store, bytes, NULL, answered_cb, &result);
  return fr_store_stage_bytes_finish (store, await (&result), error);
}

FrStaged *
stage_path (FrStore *store, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_stage_file_async (store, path, NULL, answered_cb, &result);
  return fr_store_stage_file_finish (store, await (&result), error);
}

FrPicture *
add_staged (FrStore *store, FrStaged *staged, const FrPicture *description, gboolean *out_was_there, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) thumbnail = g_bytes_new_static ("thumbnail", 9);
  g_autoptr (GBytes) preview = g_bytes_new_static ("preview", 7);

  fr_store_add_async (store, staged, description, thumbnail, preview, NULL, answered_cb, &result);
  return fr_store_add_finish (store, await (&result), out_was_there, error);
}

static FrPicture *
add_described (FrStore *store, const char *bytes, const FrPicture *description)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStaged) staged = stage_text (store, bytes, &error);
  FrPicture *picture;

  g_assert_no_error (error);
  picture = add_staged (store, staged, description, NULL, &error);
  g_assert_no_error (error);
  return picture;
}

FrPicture *
add_picture (FrStore *store, const char *bytes, const char *title, const char *const *tags)
{
  g_autoptr (FrPicture) description = fr_picture_new ();

  fr_picture_set_text (description, title, NULL, tags);
  return add_described (store, bytes, description);
}

FrPicture *
add_for (FrStore *store, const char *bytes, const char *title, FrAudience audience, GBytes *readers)
{
  g_autoptr (FrPicture) description = fr_picture_new ();

  fr_picture_set_text (description, title, NULL, NULL);
  fr_picture_set_audience (description, audience, readers);
  return add_described (store, bytes, description);
}

GPtrArray *
set_audience (FrStore *store, const FrContentId *ids, guint n, FrAudience audience, GBytes *readers, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_set_audience_async (store, ids, n, audience, readers, NULL, answered_cb, &result);
  return fr_store_set_audience_finish (store, await (&result), error);
}

void
add_contact (FrStore *store, const FrPeerKey *key, const char *name)
{
  g_autoptr (FrPersonRecord) person = fr_person_record_new (key, name, "server", name);
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_put_person_async (store, person, NULL, answered_cb, &result);
  g_assert_true (fr_store_put_person_finish (store, await (&result), NULL));
}

void
remove_contact (FrStore *store, const FrPeerKey *key, const char *name)
{
  g_autoptr (FrPersonRecord) person = fr_person_record_new (key, name, "server", name);
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_remove_person_async (store, person, NULL, answered_cb, &result);
  g_assert_true (fr_store_remove_person_finish (store, await (&result), NULL));
}

FrPicture *
add_kept (FrStore *store, const char *bytes, const char *title)
{
  g_autoptr (FrPicture) description = fr_picture_new ();

  fr_picture_set_text (description, title, NULL, NULL);
  memset (&description->origin, 7, sizeof description->origin);
  return add_described (store, bytes, description);
}

FrPicture *
get_picture (FrStore *store, const FrContentId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_get_async (store, id, NULL, answered_cb, &result);
  return fr_store_get_finish (store, await (&result), error);
}

gboolean
remove_picture (FrStore *store, const FrContentId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_remove_async (store, id, NULL, answered_cb, &result);
  return fr_store_remove_finish (store, await (&result), error);
}

GBytes *
read_block (FrStore *store, const FrContentId *id, guint block, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_read_block_async (store, id, block, NULL, answered_cb, &result);
  return fr_store_read_block_finish (store, await (&result), error);
}

guint
count_pictures (FrStore *store, const FrPeerKey *reader)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint count = 0;

  fr_store_count_async (store, reader, NULL, answered_cb, &result);
  fr_store_count_finish (store, await (&result), &count, &error);
  g_assert_no_error (error);
  return count;
}

static char *
join_titles (GPtrArray *pictures)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < pictures->len; i++)
    {
      const FrPicture *picture = g_ptr_array_index (pictures, i);

      g_string_append_printf (titles, "%s%s", i > 0 ? "|" : "", picture->title);
    }
  return g_string_free (titles, FALSE);
}

char *
search_titles (FrStore *store, const char *words, const FrPeerKey *reader)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GError) error = NULL;
  guint total = 0;

  fr_store_search_async (store, words, reader, 100, NULL, answered_cb, &result);
  pictures = fr_store_search_finish (store, await (&result), &total, &error);
  if (error != NULL)
    return g_strdup_printf ("error %s %d", g_quark_to_string (error->domain), error->code);
  g_assert_cmpuint (total, ==, pictures->len);
  return join_titles (pictures);
}

char *
list_titles (FrStore *store, const FrPeerKey *reader, guint offset, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_list_async (store, reader, offset, limit, NULL, answered_cb, &result);
  pictures = fr_store_list_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return join_titles (pictures);
}

FrDatabase *
open_version (const char *path, guint version)
{
  g_autofree const char **migrations = g_new0 (const char *, version + 1);
  g_autoptr (GError) error = NULL;
  FrDatabase *database;

  for (guint i = 0; i < version; i++)
    {
      g_assert_nonnull (fr_store_migrations[i]);
      migrations[i] = fr_store_migrations[i];
    }
  database = fr_database_open (path, migrations, &error);
  g_assert_no_error (error);
  return database;
}

char *
picture_path (const char *folder, const FrContentId *id)
{
  g_autofree char *name = fr_content_id_to_string (id);

  return g_strdup_printf ("%s/pictures/%.2s/%s", folder, name, name);
}

guint
count_files (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GDir) dir = NULL;
  guint n = 0;

  fr_file_removal_wait (); /* of what nobody wants any more */
  dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

int
hide_pictures (FrStore *store, const FrContentId *ids, guint n)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int n_hidden;

  fr_store_hide_async (store, ids, n, NULL, answered_cb, &result);
  n_hidden = fr_store_hide_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return n_hidden;
}

GPtrArray *
restore_pictures (FrStore *store, const FrContentId *ids, guint n)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *pictures;

  fr_store_restore_async (store, ids, n, NULL, answered_cb, &result);
  pictures = fr_store_restore_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return pictures;
}

void
purge_pictures (FrStore *store, const FrContentId *ids, guint n)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_purge_async (store, ids, n, NULL, answered_cb, &result);
  g_assert_true (fr_store_purge_finish (store, await (&result), &error));
  g_assert_no_error (error);
}

guint
count_stored (const char *folder, const char *kind)
{
  g_autofree char *path = g_build_filename (folder, kind, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (strcmp (name, "tmp") != 0)
      n += count_files (path, name);
  return n;
}
