/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

#define FOLDER_VARIABLE "FRESHET_TEST_SMALL_DISK"

static gboolean
write_proc (const char *path, const char *text)
{
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  gboolean written = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return written;
}

/* A real disk of one mebibyte that only this process sees; where namespaces are not allowed there is none. */
static gboolean
mount_small_disk (const char *folder)
{
  g_autofree char *uid_map = g_strdup_printf ("0 %u 1", getuid ());
  g_autofree char *gid_map = g_strdup_printf ("0 %u 1", getgid ());

  if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return FALSE;
  return write_proc ("/proc/self/setgroups", "deny") && write_proc ("/proc/self/uid_map", uid_map)
         && write_proc ("/proc/self/gid_map", gid_map) && mount ("none", folder, "tmpfs", 0, "size=1m,mode=700") == 0;
}

/* Takes what room is left; and gives it back. */
static void
fill_disk (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "filler", NULL);
  int fd = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  char zeros[4096] = { 0 };

  while (write (fd, zeros, sizeof zeros) > 0)
    ;
  close (fd);
}

static void
make_room (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "filler", NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
assert_staging_fails (FrStore *store, const char *folder)
{
  g_autofree char *large = g_strnfill (2 * 1024 * 1024, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (stage_text (store, large, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_FULL);
  g_assert_cmpuint (count_files (folder, "pictures/tmp"), ==, 0);
}

/* What cannot be added for want of room is still there to be added when there is some. */
static void
assert_adding_can_be_repeated (FrStore *store, const char *folder)
{
  g_autoptr (FrPicture) description = fr_picture_new (), picture = NULL;
  g_autoptr (FrStaged) staged = stage_text (store, "small", NULL);
  g_autoptr (GError) error = NULL;

  fill_disk (folder);
  g_assert_null (add_staged (store, staged, description, NULL, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_FULL);
  g_assert_cmpuint (count_pictures (store, NULL), ==, 0);
  g_assert_cmpuint (count_files (folder, "pictures/tmp"), ==, 1);
  make_room (folder);
  g_clear_error (&error);
  picture = add_staged (store, staged, description, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_pictures (store, NULL), ==, 1);
}

static void
assert_export_leaves_nothing (FrStore *store, const char *folder)
{
  g_autofree char *contents = g_strnfill (300 * 1024, 'x');
  g_autoptr (FrPicture) picture = add_picture (store, contents, "Large", NULL);
  g_autofree char *path = g_build_filename (folder, "copy.jpg", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fill_disk (folder);
  fr_store_export_async (store, &picture->id, path, NULL, answered_cb, &result);
  g_assert_null (fr_store_export_finish (store, await (&result), &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_FULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  make_room (folder);
}

/* Whoever is about to add what does not fit can be told so before. */
static void
assert_room_is_told (FrStore *store, const char *folder)
{
  g_autofree char *contents = g_strnfill (1200 * 1024, 'x');
  g_autofree char *outside = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (outside, "large.jpg", NULL);
  const char *const paths[] = { path, NULL };
  g_autoptr (GAsyncResult) large = NULL, full = NULL;
  g_autofree FrRoom *room = NULL, *none = NULL;

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  fr_store_measure_room_async (store, paths, FALSE, NULL, answered_cb, &large);
  room = fr_store_measure_room_finish (store, await (&large), NULL);
  g_assert_cmpint (fr_room_judge (room), ==, FR_ROOM_NONE);
  g_assert_cmpuint (room->bytes_free, >, 0);
  g_assert_cmpuint (room->bytes_free, <=, 1024 * 1024);
  fill_disk (folder);
  fr_store_measure_room_async (store, paths, FALSE, NULL, answered_cb, &full);
  none = fr_store_measure_room_finish (store, await (&full), NULL);
  g_assert_cmpuint (none->bytes_free, ==, 0);
  make_room (folder);
  fr_test_folder_free (g_steal_pointer (&outside));
}

static void
test_opening_on_full_disk (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStore) store = NULL;

  fill_disk (folder);
  store = open_store (folder, &error);
  g_assert_null (store);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_FULL);
  make_room (folder);
}

static void
test_in_subprocess (void)
{
  const char *folder = g_getenv (FOLDER_VARIABLE);
  g_autofree char *skipped = g_build_filename (folder, "skipped", NULL);
  g_autoptr (FrStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (!mount_small_disk (folder))
    {
      g_assert_true (g_file_set_contents (skipped, "", 0, NULL));
      return;
    }
  test_opening_on_full_disk (folder);
  store = open_store (folder, &error);
  g_assert_no_error (error);
  assert_staging_fails (store, folder);
  assert_adding_can_be_repeated (store, folder);
  assert_export_leaves_nothing (store, folder);
  assert_room_is_told (store, folder);
  fr_store_close (store);
}

static void
test_disk_full (void)
{
  char *folder = fr_test_folder_new ();

  g_setenv (FOLDER_VARIABLE, folder, TRUE);
  g_test_trap_subprocess ("/store/disk-full/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  if (count_files (folder, ".") > 0)
    g_test_skip ("There are no namespaces here to mount a small disk in");
  fr_test_folder_free (folder);
}

void
test_disk_full_add (void)
{
  g_test_add_func ("/store/disk-full", test_disk_full);
  g_test_add_func ("/store/disk-full/subprocess", test_in_subprocess);
}
