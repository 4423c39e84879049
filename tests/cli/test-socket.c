/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-socket.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "fr-test-support.h"
#include "tests.h"

static gboolean
can_connect (const char *folder)
{
  g_autoptr (GIOStream) stream = fr_control_socket_connect (folder, NULL);

  return stream != NULL;
}

static void
check_folder (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FR_CONTROL_SOCKET_NAME, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket G_GNUC_UNUSED = fr_control_socket_listen (folder, &error);
  struct stat info;

  g_assert_no_error (error);
  g_assert_no_errno (g_lstat (path, &info));
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_true (can_connect (folder));
  fr_control_socket_unlink (folder);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_mode (void)
{
  char *folder = fr_test_folder_new ();

  check_folder (folder);
  fr_test_folder_free (folder);
}

/* Longer than a socket's address may be: 108 bytes. */
static void
test_long_path (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *name = g_strnfill (200, 'x');
  g_autofree char *long_folder = g_build_filename (folder, name, NULL);

  g_assert_no_errno (g_mkdir (long_folder, 0700));
  check_folder (long_folder);
  fr_test_folder_free (folder);
}

/* One that was killed leaves its socket behind. */
static void
test_left_over (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (GError) error = NULL;
  GSocket *socket = fr_control_socket_listen (folder, NULL);

  g_object_unref (socket);
  g_assert_null (fr_control_socket_connect (folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  check_folder (folder);
  fr_test_folder_free (folder);
}

static void
test_absent (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *absent = g_build_filename (folder, "absent", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);

  g_file_set_contents (file, "", 0, NULL);
  g_assert_false (can_connect (folder));
  g_assert_false (can_connect (absent));
  g_assert_false (can_connect (file));
  g_assert_null (fr_control_socket_listen (absent, NULL));
  fr_test_folder_free (folder);
}

void
test_socket_add (void)
{
  g_test_add_func ("/cli/socket/mode", test_mode);
  g_test_add_func ("/cli/socket/long-path", test_long_path);
  g_test_add_func ("/cli/socket/left-over", test_left_over);
  g_test_add_func ("/cli/socket/absent", test_absent);
}
