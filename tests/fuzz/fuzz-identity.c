/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fr-identity.h"
#include "fuzz-input.h"

/* The file with the secret key: it is what we would write, byte by byte, or it is damaged; and stays as it is. */

const gsize fuzz_max_size = 400;

static char *folder, *path;
static int file;

static void
remove_folder (void)
{
  g_unlink (path);
  g_rmdir (folder);
}

static void
set_up (void)
{
  folder = g_dir_make_tmp ("freshet-fuzz-XXXXXX", NULL);
  g_assert_nonnull (folder);
  path = g_build_filename (folder, FR_IDENTITY_FILE, NULL);
  file = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (file, >=, 0);
  atexit (remove_folder);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (FrIdentity) identity = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL, *key = NULL;
  gsize left_size;

  if (folder == NULL)
    set_up ();
  /* In place: to make a new file, or to empty this one, would take most of the time. */
  g_assert_cmpint (pwrite (file, data, size, 0), ==, size);
  g_assert_cmpint (ftruncate (file, (off_t) size), ==, 0);
  identity = fr_identity_load_or_create (folder, NULL, &error);
  if (identity == NULL)
    g_assert_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_DAMAGED);
  else
    {
      key = fr_peer_key_to_string (fr_identity_get_key (identity));
      g_assert_nonnull (memmem (data, size, key, strlen (key)));
    }
  g_assert_true (g_file_get_contents (path, &left, &left_size, NULL));
  g_assert_cmpmem (left, left_size, data, size);
  return 0;
}
