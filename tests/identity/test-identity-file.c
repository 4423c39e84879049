/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-identity.h"

#include "fr-test-support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests.h"

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = fr_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, FR_IDENTITY_FILE, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  fr_test_folder_free (fixture->folder);
}

static FrIdentity *
load (Fixture *fixture, gboolean expect_created)
{
  g_autoptr (GError) error = NULL;
  gboolean created = !expect_created;
  FrIdentity *identity = fr_identity_load_or_create (fixture->folder, &created, &error);

  g_assert_no_error (error);
  g_assert_nonnull (identity);
  g_assert_cmpint (created, ==, expect_created);
  return identity;
}

static guint
get_mode (const char *path)
{
  struct stat status;

  g_assert_no_errno (g_stat (path, &status));
  return status.st_mode & 07777;
}

/* The file of a new identity. */
static char *
make_file (Fixture *fixture, gsize *out_size)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  fr_identity_unref (load (fixture, TRUE));
  g_file_get_contents (fixture->path, &text, out_size, &error);
  g_assert_no_error (error);
  return text;
}

/* The file is refused, and is afterwards what it was. */
static void
assert_damaged (Fixture *fixture, const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;
  gboolean created = 7;
  gsize size_after;

  g_unlink (fixture->path);
  g_assert_true (g_file_set_contents (fixture->path, text, (gssize) size, NULL));
  g_assert_null (fr_identity_load_or_create (fixture->folder, &created, &error));
  g_assert_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_DAMAGED);
  g_assert_cmpint (created, ==, 7);
  g_assert_true (g_file_get_contents (fixture->path, &after, &size_after, NULL));
  g_assert_cmpmem (after, size_after, text, size);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrIdentity) first = load (fixture, TRUE);
  g_autoptr (FrIdentity) second = load (fixture, FALSE);
  guint8 signature[FR_IDENTITY_SIGNATURE_SIZE];

  g_assert_true (fr_peer_key_equal (fr_identity_get_key (first), fr_identity_get_key (second)));
  fr_identity_sign (second, FR_SIGN_HELLO, "abc", 3, signature);
  g_assert_true (fr_identity_verify (fr_identity_get_key (first), FR_SIGN_HELLO, "abc", 3, signature,
                                     sizeof signature));
  g_assert_cmpuint (get_mode (fixture->path), ==, 0600);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1); /* no temporary one is left */
}

static void
test_layout (Fixture *fixture, gconstpointer data)
{
  const char *text = "freshet identity 1\n"
                     "seed 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n"
                     "key d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\n";
  g_autoptr (FrIdentity) identity = NULL;
  g_autofree char *key = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  identity = load (fixture, FALSE);
  key = fr_peer_key_to_string (fr_identity_get_key (identity));
  g_assert_true (strstr (text, key) != NULL);
}

static void
test_folder_is_made (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "a", "b", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrIdentity) identity = fr_identity_load_or_create (folder, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (identity);
  g_assert_cmpuint (get_mode (folder), ==, 0700);
}

static void
test_mode_is_repaired (Fixture *fixture, gconstpointer data)
{
  static const guint modes[] = { 0644, 0640, 0604, 0666, 0700, 0660 };
  g_autoptr (FrIdentity) first = load (fixture, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (FrIdentity) again = NULL;

      g_assert_no_errno (g_chmod (fixture->path, modes[i]));
      again = load (fixture, FALSE);
      g_assert_true (fr_peer_key_equal (fr_identity_get_key (first), fr_identity_get_key (again)));
      g_assert_cmpuint (get_mode (fixture->path), ==, 0600);
    }
}

static void
test_damaged_bytes (Fixture *fixture, gconstpointer data)
{
  gsize size;
  g_autofree char *text = make_file (fixture, &size);

  for (gsize i = 0; i < size; i++)
    {
      text[i] ^= 1;
      assert_damaged (fixture, text, size);
      text[i] ^= 1;
    }
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  gsize size;
  g_autofree char *text = make_file (fixture, &size);

  for (gsize i = 0; i < size; i++)
    assert_damaged (fixture, text, i);
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  gsize size;
  g_autofree char *text = make_file (fixture, &size);
  g_autofree char *longer = g_strconcat (text, "\n", NULL);
  g_autofree char *huge = g_strnfill (1024 * 1024, 'a');

  assert_damaged (fixture, longer, size + 1);
  assert_damaged (fixture, huge, strlen (huge));
}

/* Neither a folder nor a pipe that nobody writes to keeps us waiting, or is replaced. */
static void
test_not_a_file (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_no_errno (i == 0 ? g_mkdir (fixture->path, 0700) : mkfifo (fixture->path, 0600));
      g_assert_null (fr_identity_load_or_create (fixture->folder, NULL, &error));
      g_assert_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_DAMAGED);
      g_assert_no_errno (g_remove (fixture->path));
    }
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fr_identity_unref (load (fixture, TRUE)); /* a file where the folder should be */
  g_assert_null (fr_identity_load_or_create (fixture->path, NULL, &error));
  g_assert_true (error != NULL && error->domain == G_FILE_ERROR);
}

static gpointer
load_in_thread (gpointer data)
{
  return fr_identity_load_or_create (data, NULL, NULL);
}

/* All who start at the same time on an empty folder end up with the same key. */
static void
test_at_the_same_time (Fixture *fixture, gconstpointer data)
{
  FrIdentity *identities[8];
  GThread *threads[G_N_ELEMENTS (identities)];

  for (guint round = 0; round < 10; round++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("load", load_in_thread, fixture->folder);
      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        identities[i] = g_thread_join (threads[i]);
      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          g_assert_nonnull (identities[i]);
          g_assert_true (
              fr_peer_key_equal (fr_identity_get_key (identities[0]), fr_identity_get_key (identities[i])));
        }
      g_assert_cmpuint (count_files (fixture->folder), ==, 1);
      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        fr_identity_unref (identities[i]);
      g_assert_no_errno (g_unlink (fixture->path));
    }
}

#define ADD(path, test) g_test_add ("/identity/file/" path, Fixture, NULL, set_up, test, tear_down)

void
test_identity_file_add (void)
{
  ADD ("round-trip", test_round_trip);
  ADD ("layout", test_layout);
  ADD ("folder-is-made", test_folder_is_made);
  ADD ("mode-is-repaired", test_mode_is_repaired);
  ADD ("damaged-bytes", test_damaged_bytes);
  ADD ("truncated", test_truncated);
  ADD ("too-long", test_too_long);
  ADD ("not-a-file", test_not_a_file);
  ADD ("no-folder", test_no_folder);
  ADD ("at-the-same-time", test_at_the_same_time);
}
