/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-save.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fr-test-support.h"
#include "tests.h"

#define SIZE 100000

static int
make_source (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "source", NULL);
  g_autofree char *content = g_strnfill (SIZE, 'x');
  int fd;

  g_assert_true (g_file_set_contents (path, content, SIZE, NULL));
  fd = g_open (path, O_RDONLY | O_CLOEXEC);
  g_unlink (path); /* as a picture that has been kept and removed: only the descriptor is left */
  g_assert_cmpint (fd, >=, 0);
  return fd;
}

/* Never over another file: a number is added, before the ending. */
static void
test_names (void)
{
  static const struct
  {
    const char *wanted, *got[3];
  } rows[] = { { "", { "Title.jpg", "Title (2).jpg", "Title (3).jpg" } },
               { "other.png", { "other.png", "other (2).png", "other (3).png" } },
               { "plain", { "plain", "plain (2)", "plain (3)" } },
               { ".hidden", { ".hidden", ".hidden (2)", ".hidden (3)" } } };
  char *folder = fr_test_folder_new ();
  int fd = make_source (folder);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int n = 0; n < 3; n++)
      {
        g_autofree char *wanted = g_build_filename (folder, rows[i].wanted, NULL);
        g_autofree char *expected = g_build_filename (folder, rows[i].got[n], NULL);
        g_autofree char *path = NULL, *content = NULL;
        g_autoptr (GError) error = NULL;
        gsize size;

        path = fr_save_copy (fd, wanted, "Title", 1, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (path, ==, expected);
        g_assert_true (g_file_get_contents (path, &content, &size, NULL));
        g_assert_cmpuint (size, ==, SIZE);
      }
  close (fd);
  fr_test_folder_free (folder);
}

/* Into a folder that is not there: an error, whatever the path ends with. */
static void
test_no_folder (void)
{
  static const char *const wanted[] = { "none/", "none/a.jpg" };
  char *folder = fr_test_folder_new ();
  int fd = make_source (folder);

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *path = g_strconcat (folder, "/", wanted[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (fr_save_copy (fd, path, "Title", 1, NULL, &error));
      g_assert_nonnull (error);
    }
  close (fd);
  fr_test_folder_free (folder);
}

/* Half a picture is worse than none. */
static void
test_no_room (void)
{
  char *folder = fr_test_folder_new ();
  int fd = make_source (folder);
  g_autofree char *expected = g_build_filename (folder, "Title.jpg", NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = SIZE / 2;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_null (fr_save_copy (fd, folder, "Title", 1, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_DFL);
  g_assert_nonnull (error);
  g_assert_false (g_file_test (expected, G_FILE_TEST_EXISTS));
  close (fd);
  fr_test_folder_free (folder);
}

void
test_save_add (void)
{
  g_test_add_func ("/node/save/names", test_names);
  g_test_add_func ("/node/save/no-folder", test_no_folder);
  g_test_add_func ("/node/save/no-room", test_no_room);
}
