/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-power.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fault-plan.h"
#include "fr-test-support.h"

#define PAGE 4096

typedef struct
{
  guint64 inode;
  gboolean is_folder;
} Entry;

typedef struct
{
  const char *shadow;
  GHashTable *paths; /* owned: guint64 inode, where it is now */
  GRand *rand;       /* nullable */
} Failure;

static GHashTable *
names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
names_add (GHashTable *names, const char *name, gboolean is_folder, guint64 inode)
{
  Entry *entry = g_new (Entry, 1);

  *entry = (Entry){ .inode = inode, .is_folder = is_folder };
  g_hash_table_insert (names, g_strdup (name), entry);
}

static GHashTable *
read_names (const char *folder)
{
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  GHashTable *names = names_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      if (lstat (path, &status) == 0)
        names_add (names, name, S_ISDIR (status.st_mode), status.st_ino);
    }
  return names;
}

static GHashTable *
read_synced_names (Failure *self, guint64 inode)
{
  g_autofree char *path = g_strdup_printf ("%s/names/%" G_GUINT64_FORMAT, self->shadow, inode);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GHashTable *names = names_new ();

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return names;
  lines = g_strsplit (text, "\n", 0);
  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      char *end;
      guint64 entry_inode = g_ascii_strtoull (lines[i] + 2, &end, 10);

      names_add (names, end + 1, lines[i][0] == 'd', entry_inode);
    }
  return names;
}

/* Of each name that is not the same in both, one or the other. */
static void
mix_names (GHashTable *synced, GHashTable *current, GRand *rand)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, synced);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (current, name) && g_rand_boolean (rand))
      g_hash_table_iter_remove (&iter);
  g_hash_table_iter_init (&iter, current);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_rand_boolean (rand))
      names_add (synced, name, ((Entry *) value)->is_folder, ((Entry *) value)->inode);
}

static void
collect_paths (const char *folder, GHashTable *paths)
{
  g_autoptr (GHashTable) names = read_names (folder);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const Entry *entry = value;
      char *path = g_build_filename (folder, name, NULL);

      g_hash_table_replace (paths, g_memdup2 (&entry->inode, sizeof entry->inode), path);
      if (entry->is_folder)
        collect_paths (path, paths);
    }
}

/* Pages of what was and of what is, and either length. */
static void
mix_bytes (GByteArray *synced, const char *current, gsize current_size, GRand *rand)
{
  gsize size = g_rand_boolean (rand) ? synced->len : current_size;
  gsize old_size = synced->len;

  g_byte_array_set_size (synced, (guint) size);
  if (size > old_size)
    memset (synced->data + old_size, 0, size - old_size);
  for (gsize at = 0; at < MIN (size, current_size); at += PAGE)
    if (g_rand_boolean (rand))
      memcpy (synced->data + at, current + at, MIN (PAGE, MIN (size, current_size) - at));
}

static void
build_file (Failure *self, guint64 inode, const char *path)
{
  g_autofree char *synced_path = g_strdup_printf ("%s/files/%" G_GUINT64_FORMAT, self->shadow, inode);
  const char *current_path = g_hash_table_lookup (self->paths, &inode);
  g_autofree char *synced = NULL, *current = NULL;
  gsize synced_size = 0, current_size = 0;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (g_file_get_contents (synced_path, &synced, &synced_size, NULL))
    g_byte_array_append (bytes, (const guint8 *) synced, (guint) synced_size);
  if (self->rand != NULL && current_path != NULL && g_file_get_contents (current_path, &current, &current_size, NULL))
    mix_bytes (bytes, current, current_size, self->rand);
  g_assert_true (g_file_set_contents_full (path, (const char *) bytes->data, bytes->len, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
}

static void
build_folder (Failure *self, guint64 inode, const char *path)
{
  g_autoptr (GHashTable) names = read_synced_names (self, inode);
  GHashTableIter iter;
  gpointer name, value;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  if (self->rand != NULL)
    {
      g_autoptr (GHashTable) current = read_names (g_hash_table_lookup (self->paths, &inode));

      mix_names (names, current, self->rand);
    }
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const Entry *entry = value;
      g_autofree char *entry_path = g_build_filename (path, name, NULL);

      if (entry->is_folder)
        build_folder (self, entry->inode, entry_path);
      else
        build_file (self, entry->inode, entry_path);
    }
}

void
fault_power_fail (const char *folder, const char *shadow, GRand *rand)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autofree char *kept = g_build_filename (shadow, "kept", NULL);
  g_autofree char *built = g_strconcat (folder, ".after", NULL);
  Failure self = { .shadow = shadow, .paths = paths, .rand = rand };
  struct stat status;
  guint64 inode;

  g_assert_cmpint (stat (folder, &status), ==, 0);
  inode = status.st_ino;
  collect_paths (kept, paths);
  g_hash_table_insert (paths, g_memdup2 (&inode, sizeof inode), g_strdup (folder));
  collect_paths (folder, paths);
  build_folder (&self, inode, built);
  fr_test_folder_free (g_strdup (folder));
  g_assert_cmpint (g_rename (built, folder), ==, 0);
  fault_power_settle (folder, shadow);
}

static void
settle_folder (const char *folder, const char *shadow)
{
  g_autoptr (GHashTable) names = read_names (folder);
  g_autoptr (GString) listing = g_string_new (NULL);
  g_autofree char *listing_path = NULL;
  struct stat status;
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const Entry *entry = value;
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *to = g_strdup_printf ("%s/files/%" G_GUINT64_FORMAT, shadow, entry->inode);
      g_autofree char *contents = NULL;
      gsize size;

      g_string_append_printf (listing, "%c %" G_GUINT64_FORMAT " %s\n", entry->is_folder ? 'd' : 'f', entry->inode,
                              (const char *) name);
      if (entry->is_folder)
        settle_folder (path, shadow);
      else if (g_file_get_contents (path, &contents, &size, NULL))
        g_assert_true (g_file_set_contents_full (to, contents, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
  g_assert_cmpint (stat (folder, &status), ==, 0);
  listing_path = g_strdup_printf ("%s/names/%" G_GUINT64_FORMAT, shadow, (guint64) status.st_ino);
  g_assert_true (g_file_set_contents_full (listing_path, listing->str, (gssize) listing->len,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

void
fault_power_settle (const char *folder, const char *shadow)
{
  static const char *const parts[] = { "files", "names", "kept", "lost" };
  g_autofree char *counts = g_build_filename (shadow, FAULT_COUNTS_NAME, NULL);
  const FaultCounts none = { 0 };

  if (g_file_test (shadow, G_FILE_TEST_IS_DIR))
    fr_test_folder_free (g_strdup (shadow));
  g_assert_cmpint (g_mkdir (shadow, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (shadow, parts[i], NULL);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    }
  g_assert_true (g_file_set_contents_full (counts, (const char *) &none, sizeof none, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
  settle_folder (folder, shadow);
}
