/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-backup-private.h"

#include "fr-content-id.h"
#include "fr-test-support.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests.h"

#define PASSPHRASE "correct horse"

/* Where the fields are, written out here once more: what was backed up must open for good. */
#define PASSES_AT (17 + 16)
#define MEMORY_AT (PASSES_AT + 4)
#define SEALED_AT (MEMORY_AT + 4 + 24)
#define HASH_SIZE 32

static const FrBackupCost cheap = { 1, 8 };

static GBytes *
seal (const FrIdentity *identity, const char *extra)
{
  g_autoptr (GBytes) bytes = extra != NULL ? g_bytes_new (extra, strlen (extra)) : NULL;
  g_autoptr (GError) error = NULL;
  GBytes *file = _fr_backup_seal_at (identity, bytes, PASSPHRASE, &cheap, &error);

  g_assert_no_error (error);
  return file;
}

static void
assert_refused (GBytes *file, const char *passphrase, int code)
{
  g_autoptr (GError) error = NULL;
  GBytes *extra = (GBytes *) 7;

  g_assert_null (fr_backup_open (file, passphrase, &extra, &error));
  g_assert_error (error, FR_IDENTITY_ERROR, code);
  g_assert_true (extra == (GBytes *) 7);
}

/* A file with a good hash, as somebody who wants to do harm would make it. */
static GBytes *
finish (guint8 *data, gsize size)
{
  FrBlockHash hash; /* the same BLAKE2b */

  g_assert_cmpuint (size, >, HASH_SIZE);
  fr_content_hash_block (data, size - HASH_SIZE, &hash);
  memcpy (data + size - HASH_SIZE, hash.bytes, HASH_SIZE);
  return g_bytes_new (data, size);
}

static void
test_round_trip (void)
{
  static const char *const extras[] = { NULL, "", "{\"name\":\"Anna\"}" };
  g_autoptr (FrIdentity) identity = fr_identity_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (extras); i++)
    {
      g_autoptr (GBytes) file = seal (identity, extras[i]), extra = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (FrIdentity) again = fr_backup_open (file, PASSPHRASE, &extra, &error);
      const char *expected = extras[i] != NULL ? extras[i] : "";

      g_assert_no_error (error);
      g_assert_true (fr_peer_key_equal (fr_identity_get_key (identity), fr_identity_get_key (again)));
      g_assert_cmpmem (g_bytes_get_data (extra, NULL), g_bytes_get_size (extra), expected, strlen (expected));
    }
}

/* The one test at the real cost: that the parameters are in the file, and what they are. */
static void
test_real_cost (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) file = fr_backup_seal (identity, NULL, PASSPHRASE, NULL);
  g_autoptr (FrIdentity) again = NULL;
  const guint8 *data = g_bytes_get_data (file, NULL);

  g_assert_cmpmem (data, 17, "freshet backup 1\n", 17);
  g_assert_cmpmem (data + PASSES_AT, 4, "\3\0\0\0", 4);
  g_assert_cmpmem (data + MEMORY_AT, 4, "\0\0\4\0", 4); /* 262,144 KiB */
  again = fr_backup_open (file, PASSPHRASE, NULL, NULL);
  g_assert_nonnull (again);
}

static void
test_wrong_passphrase (void)
{
  static const char *const others[] = { "correct hors", "correct horse ", "Correct horse", "", "\xff" };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) file = seal (identity, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    assert_refused (file, others[i], FR_IDENTITY_ERROR_PASSPHRASE);
}

/* é as one character and as two is the same passphrase. */
static void
test_passphrase_is_normal (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) file = _fr_backup_seal_at (identity, NULL, "caf\xc3\xa9 noir", &cheap, NULL);
  g_autoptr (FrIdentity) again = fr_backup_open (file, "cafe\xcc\x81 noir", NULL, NULL);

  g_assert_nonnull (again);
}

static void
test_passphrase_bounds (void)
{
  g_autofree char *longest = g_strnfill (FR_BACKUP_MAX_PASSPHRASE, 'x');
  g_autofree char *too_long = g_strnfill (FR_BACKUP_MAX_PASSPHRASE + 1, 'x');
  const struct
  {
    const char *passphrase;
    gboolean good;
  } rows[] = {
    { "", FALSE },        { "1234567", FALSE },          { "12345678", TRUE },
    { longest, TRUE },    { too_long, FALSE },           { "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", FALSE },
  };
  g_autoptr (FrIdentity) identity = fr_identity_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) file = _fr_backup_seal_at (identity, NULL, rows[i].passphrase, &cheap, &error);

      g_assert_cmpint (file != NULL, ==, rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_PASSPHRASE);
    }
}

/* Neither the secret nor what belongs to it can be read in the file, and two backups have nothing in common. */
static void
test_nothing_in_the_clear (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) one = seal (identity, "everybody's name"), two = seal (identity, "everybody's name");
  gsize size = g_bytes_get_size (one);

  g_assert_cmpuint (size, ==, g_bytes_get_size (two));
  g_assert_null (memmem (g_bytes_get_data (one, NULL), size, "everybody", 9));
  g_assert_null (memmem (g_bytes_get_data (one, NULL), size, fr_identity_get_key (identity), FR_PEER_KEY_SIZE));
  g_assert_cmpint (memcmp ((const guint8 *) g_bytes_get_data (one, NULL) + SEALED_AT,
                           (const guint8 *) g_bytes_get_data (two, NULL) + SEALED_AT, 64),
                   !=, 0);
}

/* How many people there are shows only roughly. */
static void
test_size_is_padded (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) none = seal (identity, NULL), some = seal (identity, "three people, or four");

  g_assert_cmpuint (g_bytes_get_size (none), ==, g_bytes_get_size (some));
}

static void
test_extra_bounds (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new (), again = NULL;
  g_autoptr (GBytes) most = g_bytes_new_take (g_malloc0 (FR_BACKUP_MAX_EXTRA), FR_BACKUP_MAX_EXTRA);
  g_autoptr (GBytes) more = g_bytes_new_take (g_malloc0 (FR_BACKUP_MAX_EXTRA + 1), FR_BACKUP_MAX_EXTRA + 1);
  g_autoptr (GBytes) file = _fr_backup_seal_at (identity, most, PASSPHRASE, &cheap, NULL), none = NULL, extra = NULL;
  g_autoptr (GError) error = NULL;

  again = fr_backup_open (file, PASSPHRASE, &extra, NULL);
  g_assert_nonnull (again);
  g_assert_true (g_bytes_equal (extra, most));
  none = _fr_backup_seal_at (identity, more, PASSPHRASE, &cheap, &error);
  g_assert_null (none);
  g_assert_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_TOO_LARGE);
}

/* Any bit that is another, and any size: damaged, never a wrong passphrase, which one would look for in vain. */
static void
test_damage (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) file = seal (identity, NULL), longer = NULL;
  g_autoptr (GRand) rand = fr_test_rand_new ();
  gsize size = g_bytes_get_size (file);
  g_autofree guint8 *data = g_malloc0 (size + 4096);

  for (guint i = 0; i < 300; i++)
    {
      gsize at = i < SEALED_AT ? i : (gsize) g_rand_int_range (rand, 0, (gint32) size);
      g_autoptr (GBytes) damaged = NULL;

      memcpy (data, g_bytes_get_data (file, NULL), size);
      data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      damaged = g_bytes_new (data, size);
      assert_refused (damaged, PASSPHRASE, FR_IDENTITY_ERROR_DAMAGED);
    }
  memcpy (data, g_bytes_get_data (file, NULL), size);
  for (gsize cut = 0; cut < size; cut += cut < 200 ? 1 : 97)
    {
      g_autoptr (GBytes) shorter = g_bytes_new (data, cut);

      assert_refused (shorter, PASSPHRASE, FR_IDENTITY_ERROR_DAMAGED);
    }
  longer = g_bytes_new (data, size + 4096);
  assert_refused (longer, PASSPHRASE, FR_IDENTITY_ERROR_DAMAGED);
}

/* A file cannot ask for 100 GB, or for a week; at the limit it is still believed, and then the passphrase is wrong. */
static void
test_cost_is_capped (void)
{
  static const struct
  {
    guint32 passes, memory_kib;
    FrIdentityError code;
  } rows[] = {
    { 0, 8, FR_IDENTITY_ERROR_TOO_LARGE },
    { FR_BACKUP_MAX_PASSES, 8, FR_IDENTITY_ERROR_PASSPHRASE },
    { FR_BACKUP_MAX_PASSES + 1, 8, FR_IDENTITY_ERROR_TOO_LARGE },
    { G_MAXUINT32, 8, FR_IDENTITY_ERROR_TOO_LARGE },
    { 1, 7, FR_IDENTITY_ERROR_TOO_LARGE },
    { 1, 0, FR_IDENTITY_ERROR_TOO_LARGE },
    { 1, FR_BACKUP_MAX_MEMORY_KIB + 1, FR_IDENTITY_ERROR_TOO_LARGE },
    { 1, 100u * 1024 * 1024, FR_IDENTITY_ERROR_TOO_LARGE },
    { 1, G_MAXUINT32, FR_IDENTITY_ERROR_TOO_LARGE },
  };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) file = seal (identity, NULL);
  gsize size = g_bytes_get_size (file);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (file, NULL), size);
      guint32 passes = GUINT32_TO_LE (rows[i].passes), memory_kib = GUINT32_TO_LE (rows[i].memory_kib);
      g_autoptr (GBytes) hostile = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      memcpy (data + PASSES_AT, &passes, 4);
      memcpy (data + MEMORY_AT, &memory_kib, 4);
      hostile = finish (data, size);
      assert_refused (hostile, PASSPHRASE, rows[i].code);
    }
}

/* Written by hand, with a good hash: what is sealed was not. */
static void
test_forged (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) file = seal (identity, NULL), forged = NULL;
  gsize size = g_bytes_get_size (file);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (file, NULL), size);

  data[SEALED_AT] ^= 1;
  forged = finish (data, size);
  assert_refused (forged, PASSPHRASE, FR_IDENTITY_ERROR_PASSPHRASE);
}

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

static void
assert_is (Fixture *fixture, const FrIdentity *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrIdentity) found = fr_identity_load (fixture->folder, &error);

  g_assert_no_error (error);
  g_assert_true (fr_peer_key_equal (fr_identity_get_key (found), fr_identity_get_key (expected)));
}

static void
test_install (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrIdentity) first = fr_identity_new (), second = fr_identity_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL, *text = NULL, *kept_text = NULL;

  g_assert_null (fr_identity_load (fixture->folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_true (fr_identity_install (first, fixture->folder, FALSE, &kept, NULL));
  g_assert_null (kept);
  assert_is (fixture, first);
  g_assert_true (fr_identity_install (first, fixture->folder, FALSE, &kept, NULL)); /* it is there already */
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));

  g_assert_false (fr_identity_install (second, fixture->folder, FALSE, &kept, &error));
  g_assert_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_EXISTS);
  assert_is (fixture, first);

  g_assert_true (fr_identity_install (second, fixture->folder, TRUE, &kept, NULL));
  assert_is (fixture, second);
  g_assert_nonnull (kept);
  g_assert_true (g_file_get_contents (kept, &kept_text, NULL, NULL));
  g_assert_cmpstr (kept_text, ==, text);
}

/* However often: no identity is ever lost. */
static void
test_install_back_and_forth (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrIdentity) first = fr_identity_new (), second = fr_identity_new ();
  const FrIdentity *const identities[2] = { first, second };
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 6; i++)
    {
      char *kept = NULL;

      g_assert_true (fr_identity_install (identities[i % 2], fixture->folder, TRUE, &kept, NULL));
      assert_is (fixture, identities[i % 2]);
      g_assert_cmpint (kept != NULL, ==, i > 0);
      if (kept != NULL)
        g_assert_true (g_hash_table_add (all, kept));
    }
}

/* One that is damaged may be all that is left: it is replaced only when asked, and kept. */
static void
test_install_over_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL, *text = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "something", -1, NULL));
  g_assert_false (fr_identity_install (identity, fixture->folder, FALSE, NULL, &error));
  g_assert_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_DAMAGED);
  g_assert_true (fr_identity_install (identity, fixture->folder, TRUE, &kept, NULL));
  g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "something");
  assert_is (fixture, identity);
}

void
test_backup_add (void)
{
  g_test_add_func ("/identity/backup/round-trip", test_round_trip);
  g_test_add_func ("/identity/backup/real-cost", test_real_cost);
  g_test_add_func ("/identity/backup/wrong-passphrase", test_wrong_passphrase);
  g_test_add_func ("/identity/backup/passphrase-is-normal", test_passphrase_is_normal);
  g_test_add_func ("/identity/backup/passphrase-bounds", test_passphrase_bounds);
  g_test_add_func ("/identity/backup/nothing-in-the-clear", test_nothing_in_the_clear);
  g_test_add_func ("/identity/backup/size-is-padded", test_size_is_padded);
  g_test_add_func ("/identity/backup/extra-bounds", test_extra_bounds);
  g_test_add_func ("/identity/backup/damage", test_damage);
  g_test_add_func ("/identity/backup/cost-is-capped", test_cost_is_capped);
  g_test_add_func ("/identity/backup/forged", test_forged);
  g_test_add ("/identity/install", Fixture, NULL, set_up, test_install, tear_down);
  g_test_add ("/identity/install/back-and-forth", Fixture, NULL, set_up, test_install_back_and_forth, tear_down);
  g_test_add ("/identity/install/over-damaged", Fixture, NULL, set_up, test_install_over_damaged, tear_down);
}
