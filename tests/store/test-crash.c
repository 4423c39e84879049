/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

#define FOLDER_VARIABLE "FRESHET_TEST_CRASH_FOLDER"
#define DELAY_VARIABLE "FRESHET_TEST_CRASH_DELAY"

#define N_CRASHES 12
#define MAX_DELAY_US 150000

/* Adds and removes until an alarm that nobody handles ends the process between any two instructions. */
static void
test_in_subprocess (void)
{
  g_autoptr (FrStore) store = open_store (g_getenv (FOLDER_VARIABLE), NULL);
  struct itimerval timer = { 0 };

  g_assert_nonnull (store);
  timer.it_value.tv_usec = (suseconds_t) g_ascii_strtoull (g_getenv (DELAY_VARIABLE), NULL, 10);
  g_assert_cmpint (setitimer (ITIMER_REAL, &timer, NULL), ==, 0);
  for (guint i = 0;; i++)
    {
      g_autofree char *bytes = g_strdup_printf ("%" G_GINT64_FORMAT " %u", g_get_real_time (), i);
      g_autoptr (FrPicture) picture = add_picture (store, bytes, "Picture", NULL);

      if (i % 3 == 0)
        g_assert_true (remove_picture (store, &picture->id, NULL));
    }
}

static guint
count_placed_files (const char *folder)
{
  g_autofree char *pictures = g_build_filename (folder, "pictures", NULL);
  g_autoptr (GDir) dir = g_dir_open (pictures, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (strcmp (name, "tmp") != 0)
      n += count_files (pictures, name);
  return n;
}

/* Each entry has its whole file, and each file its entry. */
static void
assert_sound (const char *folder, FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) pictures = NULL;

  fr_store_list_async (store, NULL, 0, G_MAXUINT, NULL, answered_cb, &result);
  pictures = fr_store_list_finish (store, await (&result), NULL);
  for (guint i = 0; i < pictures->len; i++)
    {
      const FrPicture *picture = g_ptr_array_index (pictures, i);
      g_autofree char *path = picture_path (folder, &picture->id);
      struct stat status;

      g_assert_cmpint (stat (path, &status), ==, 0);
      g_assert_cmpuint ((guint64) status.st_size, ==, picture->size);
    }
  g_assert_cmpuint (count_placed_files (folder), ==, pictures->len);
  g_assert_cmpuint (count_files (folder, "pictures/tmp"), ==, 0);
  g_test_message ("%u pictures", pictures->len);
}

static void
test_killed_at_any_time (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  char *folder = fr_test_folder_new ();

  g_setenv (FOLDER_VARIABLE, folder, TRUE);
  for (guint i = 0; i < N_CRASHES; i++)
    {
      g_autofree char *delay = g_strdup_printf ("%d", g_rand_int_range (rand, 1, MAX_DELAY_US));
      g_autoptr (GError) error = NULL;
      g_autoptr (FrStore) store = NULL;

      g_setenv (DELAY_VARIABLE, delay, TRUE);
      g_test_trap_subprocess ("/store/crash/subprocess", 0, 0);
      g_test_trap_assert_failed ();
      store = open_store (folder, &error);
      g_assert_no_error (error);
      assert_sound (folder, store);
      fr_store_close (store);
    }
  fr_test_folder_free (folder);
}

void
test_crash_add (void)
{
  g_test_add_func ("/store/crash", test_killed_at_any_time);
  g_test_add_func ("/store/crash/subprocess", test_in_subprocess);
}
