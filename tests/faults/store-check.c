/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-check.h"

#include <sqlite3.h>
#include <string.h>

#include "store-fixture.h"

#define NONE "-"
#define SETTING "setting"

struct _StoreCheck
{
  GHashTable *states; /* owned: id or SETTING, GPtrArray of owned titles */
  GHashTable *swaps;  /* owned: id, owned id of which one takes the other's place: one of them is there */
  gboolean forgotten;
};

StoreCheck *
store_check_new (void)
{
  StoreCheck *self = g_new0 (StoreCheck, 1);

  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->swaps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
store_check_free (StoreCheck *self)
{
  g_hash_table_unref (self->states);
  g_hash_table_unref (self->swaps);
  g_free (self);
}

void
store_findings_init (StoreFindings *findings)
{
  *findings = (StoreFindings){ .report = g_string_new (NULL) };
}

void
store_findings_clear (StoreFindings *findings)
{
  if (findings->report != NULL)
    g_string_free (findings->report, TRUE);
  findings->report = NULL;
}

static void G_GNUC_PRINTF (3, 4)
find (StoreFindings *findings, guint *counter, const char *format, ...)
{
  va_list arguments;

  (*counter)++;
  va_start (arguments, format);
  g_string_append_vprintf (findings->report, format, arguments);
  va_end (arguments);
  g_string_append_c (findings->report, '\n');
}

static GPtrArray *
get_states (StoreCheck *self, const char *id)
{
  GPtrArray *states = g_hash_table_lookup (self->states, id);

  if (states == NULL)
    {
      states = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (states, g_strdup (NONE));
      g_hash_table_insert (self->states, g_strdup (id), states);
    }
  return states;
}

static gboolean
allows (GPtrArray *states, const char *state)
{
  return g_ptr_array_find_with_equal_func (states, state, g_str_equal, NULL);
}

void
store_check_forget_titles (StoreCheck *self)
{
  GHashTableIter iter;
  gpointer id, states;

  self->forgotten = TRUE;
  g_hash_table_iter_init (&iter, self->states);
  while (g_hash_table_iter_next (&iter, &id, &states))
    if (strcmp (id, SETTING) == 0)
      g_ptr_array_add (states, g_strdup (NONE));
    else if (!allows (states, NONE))
      g_ptr_array_add (states, g_strndup (id, 8));
}

static gboolean
is_disk_error (const char *domain, const char *code)
{
  int number = (int) g_ascii_strtoll (code, NULL, 10);

  return strcmp (domain, g_quark_to_string (FR_STORE_ERROR)) == 0
         && (number == FR_STORE_ERROR_IO || number == FR_STORE_ERROR_FULL);
}

static gboolean
is_swap_of (gpointer old_id, gpointer new_id, gpointer id)
{
  return strcmp (old_id, id) == 0 || strcmp (new_id, id) == 0;
}

static void
set_state (StoreCheck *self, const char *id, const char *state)
{
  GPtrArray *states = get_states (self, id);

  g_ptr_array_set_size (states, 0);
  g_ptr_array_add (states, g_strdup (state));
  g_hash_table_foreach_remove (self->swaps, is_swap_of, (gpointer) id);
}

/* Where the first was sure to be there, one of both is. */
static void
begin_swap (StoreCheck *self, char **words)
{
  GPtrArray *states = get_states (self, words[1]);

  if (strcmp (words[1], words[2]) == 0)
    return;
  if (!allows (states, NONE))
    g_hash_table_insert (self->swaps, g_strdup (words[1]), g_strdup (words[2]));
  g_ptr_array_add (states, g_strdup (NONE));
  g_ptr_array_add (get_states (self, words[2]), g_strdup (words[3]));
}

static void
end_swap (StoreCheck *self, char **words)
{
  set_state (self, words[1], NONE);
  set_state (self, words[2], words[3]);
}

static void
read_line (StoreCheck *self, char **words, gboolean may_fail, StoreFindings *findings)
{
  guint n_words = g_strv_length (words);

  if (n_words == 4 && strcmp (words[0], "try") == 0)
    {
      g_ptr_array_add (get_states (self, words[2]), g_strdup (words[3]));
      if (strcmp (words[3], NONE) == 0)
        g_hash_table_foreach_remove (self->swaps, is_swap_of, words[2]);
    }
  else if (n_words == 4 && strcmp (words[0], "did") == 0)
    set_state (self, words[2], words[3]);
  else if (n_words == 4 && strcmp (words[0], "swap") == 0)
    begin_swap (self, words);
  else if (n_words == 4 && strcmp (words[0], "swapped") == 0)
    end_swap (self, words);
  else if (n_words == 5 && strcmp (words[0], "fail") == 0 && !(may_fail && is_disk_error (words[3], words[4])))
    find (findings, &findings->wrong, "%s of %s failed with %s %s", words[1], words[2], words[3], words[4]);
}

void
store_check_read (StoreCheck *self, const char *output, gboolean may_fail, StoreFindings *findings)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", 0);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 0);

      read_line (self, words, may_fail, findings);
    }
}

/* The list of blocks in the catalogue, and the file itself, block by block: both must be what the id says. */
static gboolean
is_whole (FrStore *store, const FrPicture *picture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) hashes = NULL;
  guint n_blocks = fr_content_n_blocks (picture->size);
  guint64 size = 0;
  FrContentId id;

  fr_store_get_blocks_async (store, &picture->id, NULL, NULL, answered_cb, &result);
  hashes = fr_store_get_blocks_finish (store, await (&result), &size, NULL);
  if (hashes == NULL || size != picture->size || g_bytes_get_size (hashes) != n_blocks * sizeof (FrBlockHash))
    return FALSE;
  fr_content_id_from_blocks (size, g_bytes_get_data (hashes, NULL), n_blocks, &id);
  if (!fr_content_id_equal (&id, &picture->id))
    return FALSE;
  for (guint i = 0; i < n_blocks; i++)
    {
      g_autoptr (GBytes) block = read_block (store, &picture->id, i, NULL);
      const FrBlockHash *wanted = (const FrBlockHash *) g_bytes_get_data (hashes, NULL) + i;
      FrBlockHash hash;

      if (block == NULL)
        return FALSE;
      fr_content_hash_block (g_bytes_get_data (block, NULL), g_bytes_get_size (block), &hash);
      if (memcmp (&hash, wanted, sizeof hash) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_forms (FrStore *store, const FrPicture *picture)
{
  g_autoptr (GAsyncResult) thumbnail_result = NULL, preview_result = NULL;
  g_autoptr (GBytes) thumbnail = NULL, preview = NULL;

  fr_store_get_thumbnail_async (store, &picture->id, NULL, answered_cb, &thumbnail_result);
  fr_store_get_preview_async (store, &picture->id, NULL, NULL, answered_cb, &preview_result);
  thumbnail = fr_store_get_thumbnail_finish (store, await (&thumbnail_result), NULL);
  preview = fr_store_get_preview_finish (store, await (&preview_result), NULL);
  return thumbnail != NULL && preview != NULL;
}

static void
verify_picture (StoreCheck *self, FrStore *store, const char *text, GPtrArray *states, StoreFindings *findings)
{
  FrContentId id;
  g_autoptr (FrPicture) picture = NULL;
  g_autofree char *found = NULL;
  gboolean must_be_there = !allows (states, NONE);

  g_assert_true (fr_content_id_parse (&id, text));
  picture = get_picture (store, &id, NULL);
  if (picture == NULL && must_be_there)
    find (findings, &findings->lost, "%s is lost", text);
  if (picture == NULL)
    return;
  if (!allows (states, picture->title))
    find (findings, &findings->wrong, "%s is there as %s", text, picture->title);
  if (!is_whole (store, picture))
    find (findings, must_be_there ? &findings->lost : &findings->wrong, "%s has bytes that are not its own", text);
  if (!self->forgotten && !has_forms (store, picture))
    find (findings, &findings->wrong, "%s has no thumbnail or preview", text);
  found = search_titles (store, picture->title, NULL);
  if (strcmp (found, picture->title) != 0)
    find (findings, &findings->wrong, "%s is found as %s", picture->title, found);
}

static void
verify_setting (FrStore *store, GPtrArray *states, StoreFindings *findings)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *value = NULL;

  fr_store_get_setting_async (store, SETTING, NULL, answered_cb, &result);
  value = fr_store_get_setting_finish (store, await (&result), NULL);
  if (!allows (states, value != NULL ? value : NONE))
    find (findings, &findings->lost, "The setting is %s", value);
}

/* Both are there only if the one was there before; none, if something was lost. */
static void
verify_swaps (StoreCheck *self, FrStore *store, StoreFindings *findings)
{
  GHashTableIter iter;
  gpointer old_text, new_text;

  g_hash_table_iter_init (&iter, self->swaps);
  while (g_hash_table_iter_next (&iter, &old_text, &new_text))
    {
      g_autoptr (FrPicture) old_picture = NULL, new_picture = NULL;
      FrContentId id;

      g_assert_true (fr_content_id_parse (&id, old_text));
      old_picture = get_picture (store, &id, NULL);
      g_assert_true (fr_content_id_parse (&id, new_text));
      new_picture = get_picture (store, &id, NULL);
      if (old_picture == NULL && new_picture == NULL)
        find (findings, &findings->lost, "%s is lost, and so is %s", (char *) old_text, (char *) new_text);
    }
}

static gboolean
has_whole_original (FrStore *store, const FrPicture *picture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrStaged) original = NULL;

  fr_store_stage_original_async (store, &picture->id, NULL, answered_cb, &result);
  original = fr_store_stage_original_finish (store, await (&result), NULL);
  return original != NULL && fr_content_id_equal (fr_staged_get_id (original), &picture->original_id);
}

static guint
count_placed (const char *folder, const char *kind)
{
  g_autofree char *pictures = g_build_filename (folder, kind, NULL);
  g_autoptr (GDir) dir = g_dir_open (pictures, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (strcmp (name, "tmp") != 0)
      n += count_files (pictures, name);
  return n;
}

/* Half-done pictures go on, or are none; they hold up nobody. */
static void
verify_incoming (FrStore *store, const char *folder, StoreFindings *findings)
{
  g_autofree char *incoming = g_build_filename (folder, "incoming", NULL);
  g_autoptr (GDir) dir = g_dir_open (incoming, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (FrIncoming) found = NULL;
      g_autoptr (GError) error = NULL;
      FrContentId id;

      g_assert_true (fr_content_id_parse (&id, name));
      fr_store_find_incoming_async (store, &id, NULL, answered_cb, &result);
      found = fr_store_find_incoming_finish (store, await (&result), &error);
      if (found == NULL && !g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
        find (findings, &findings->wrong, "%s on its way in: %s", name, error->message);
    }
}

static int
note_problem (gpointer findings, int n_columns, char **values, char **names)
{
  if (n_columns > 0 && values[0] != NULL && strcmp (values[0], "ok") != 0)
    find (findings, &((StoreFindings *) findings)->wrong, "The catalogue: %s", values[0]);
  return 0;
}

/* After the store has been closed. */
static void
verify_catalogue (const char *folder, StoreFindings *findings)
{
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  sqlite3 *connection = NULL;
  int result = sqlite3_open (path, &connection);

  if (result == SQLITE_OK)
    result = sqlite3_exec (connection, "PRAGMA integrity_check", note_problem, findings, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_exec (connection, "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)", NULL, NULL,
                           NULL);
  if (result != SQLITE_OK)
    find (findings, &findings->wrong, "The catalogue: %s", sqlite3_errmsg (connection));
  sqlite3_close (connection);
}

/* What the store could do before, it can still do. */
static void
verify_use (FrStore *store, StoreFindings *findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStaged) staged = stage_text (store, "another picture", &error);
  g_autoptr (FrPicture) description = fr_picture_new (), picture = NULL;

  fr_picture_set_text (description, "another", NULL, NULL);
  if (staged != NULL)
    picture = add_staged (store, staged, description, NULL, &error);
  if (picture == NULL || !is_whole (store, picture) || !remove_picture (store, &picture->id, &error))
    find (findings, &findings->wrong, "Another picture: %s", error != NULL ? error->message : "not right");
}

/* Where the catalogue has been lost, nobody knows any more which original is whose. */
static void
verify_originals (StoreCheck *self, FrStore *store, const char *folder, GPtrArray *pictures, StoreFindings *findings)
{
  guint n_files = count_placed (folder, "originals"), n = 0;

  for (guint i = 0; i < pictures->len; i++)
    if (fr_picture_has_original (pictures->pdata[i]))
      {
        n++;
        if (!has_whole_original (store, pictures->pdata[i]))
          find (findings, &findings->lost, "An original is lost");
      }
  if (n_files != n && !self->forgotten)
    find (findings, &findings->wrong, "%u files for %u originals", n_files, n);
}

static void
verify_nothing_else (StoreCheck *self, FrStore *store, const char *folder, StoreFindings *findings)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  guint n_files = count_placed (folder, "pictures");

  fr_store_list_async (store, NULL, 0, G_MAXUINT, NULL, answered_cb, &result);
  pictures = fr_store_list_finish (store, await (&result), NULL);
  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    {
      g_autofree char *id = fr_content_id_to_string (&((FrPicture *) pictures->pdata[i])->id);

      if (!g_hash_table_contains (self->states, id))
        find (findings, &findings->wrong, "%s was never added", id);
    }
  if (pictures == NULL || n_files != pictures->len)
    find (findings, &findings->wrong, "%u files for %d pictures", n_files, pictures != NULL ? (int) pictures->len : -1);
  if (pictures != NULL)
    verify_originals (self, store, folder, pictures, findings);
  if (count_files (folder, "pictures/tmp") != 0)
    find (findings, &findings->wrong, "Staged files were left");
}

void
store_check_verify (StoreCheck *self, const char *folder, StoreFindings *findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStore) store = open_store (folder, &error);
  GHashTableIter iter;
  gpointer id, states;

  if (store == NULL)
    {
      find (findings, &findings->lost, "The store cannot be opened: %s", error->message);
      return;
    }
  g_hash_table_iter_init (&iter, self->states);
  while (g_hash_table_iter_next (&iter, &id, &states))
    if (strcmp (id, SETTING) == 0)
      verify_setting (store, states, findings);
    else
      verify_picture (self, store, id, states, findings);
  verify_swaps (self, store, findings);
  verify_nothing_else (self, store, folder, findings);
  verify_incoming (store, folder, findings);
  verify_use (store, findings);
  fr_store_close (store);
  verify_catalogue (folder, findings);
}
