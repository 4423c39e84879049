/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-identity.h"

#include "fr-identity-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file: a heading, the secret, and the public key. The last can be had from the secret; it is there so that any
 * damage shows, for a file is good only if it is, byte by byte, what we would write for its secret. */
#define HEADING "freshet identity 1\n"
#define SEED_LABEL "seed "
#define KEY_LABEL "key "
#define SEED_AT (sizeof HEADING - 1 + sizeof SEED_LABEL - 1)
#define SEED_DIGITS ((gsize) 2 * FR_IDENTITY_SEED_SIZE)
#define FILE_SIZE (SEED_AT + SEED_DIGITS + 1 + sizeof KEY_LABEL - 1 + FR_PEER_KEY_STRING_SIZE)

/* How many identities with one beginning of their keys are kept beside the one in use. */
#define MAX_KEPT 100

/* Room for one byte more, by which a longer file shows, or for the end of a string. */
typedef char FileText[FILE_SIZE + 1];

static void
set_error_from_errno (GError **error, const char *what, const char *path)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s “%s”: %s", what, path, g_strerror (code));
}

static void
format_file (const FrIdentity *identity, FileText out_text)
{
  g_autofree char *key = fr_peer_key_to_string (fr_identity_get_key (identity));
  char seed[2 * FR_IDENTITY_SEED_SIZE + 1];
  int length;

  sodium_bin2hex (seed, sizeof seed, _fr_identity_get_seed (identity), FR_IDENTITY_SEED_SIZE);
  length = g_snprintf (out_text, sizeof (FileText), HEADING SEED_LABEL "%s\n" KEY_LABEL "%s\n", seed, key);
  g_assert (length == FILE_SIZE);
  sodium_memzero (seed, sizeof seed);
}

static FrIdentity *
parse_file (const FileText text)
{
  g_autoptr (FrIdentity) identity = NULL;
  guint8 seed[FR_IDENTITY_SEED_SIZE];
  FileText expected;
  gboolean good;

  if (sodium_hex2bin (seed, sizeof seed, text + SEED_AT, SEED_DIGITS, NULL, NULL, NULL) != 0)
    return NULL;
  identity = fr_identity_new_from_seed (seed);
  format_file (identity, expected);
  good = sodium_memcmp (text, expected, FILE_SIZE) == 0;
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (expected, sizeof expected);
  return good ? g_steal_pointer (&identity) : NULL;
}

/* Reads until the end, or until there is more than a good file has. Returns -1 and sets errno on failure. */
static gssize
read_file (int fd, FileText out_text)
{
  gsize size = 0;

  while (size < sizeof (FileText))
    {
      gssize n = read (fd, out_text + size, sizeof (FileText) - size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      size += (gsize) n;
    }
  return (gssize) size;
}

static gboolean
write_file (int fd, const char *data, gsize all)
{
  gsize size = 0;

  while (size < all)
    {
      gssize n = write (fd, data + size, all - size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      size += (gsize) n;
    }
  return fsync (fd) == 0;
}

static FrIdentity *
load_from (int fd, const char *path, GError **error)
{
  g_autoptr (FrIdentity) identity = NULL;
  struct stat status;
  FileText text;
  gssize size = -1;

  if (fstat (fd, &status) != 0)
    {
      set_error_from_errno (error, "Cannot look at", path);
      return NULL;
    }
  if (S_ISREG (status.st_mode))
    {
      if ((status.st_mode & 07177) != 0 && fchmod (fd, 0600) != 0)
        {
          set_error_from_errno (error, "Others may read, and this program cannot forbid it,", path);
          return NULL;
        }
      size = read_file (fd, text);
      if (size < 0)
        {
          set_error_from_errno (error, "Cannot read", path);
          return NULL;
        }
    }
  if (size == FILE_SIZE)
    identity = parse_file (text);
  sodium_memzero (text, sizeof text);
  if (identity == NULL)
    g_set_error (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_DAMAGED, "“%s” is damaged; it was left as it is",
                 path);
  return g_steal_pointer (&identity);
}

static FrIdentity *
load (const char *path, GError **error)
{
  FrIdentity *identity;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0); /* should it be a pipe, do not wait for its writer */

  if (fd < 0)
    {
      set_error_from_errno (error, "Cannot open", path);
      return NULL;
    }
  identity = load_from (fd, path, error);
  close (fd);
  return identity;
}

/* Another process may be at the same: whoever comes second must not replace the first one's file. */
static gboolean
rename_if_free (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  /* A file system that cannot do this, such as NFS, can do that. */
  if (link (from, to) != 0)
    return FALSE;
  g_unlink (from);
  return TRUE;
}

/* Without this the new name may be gone after a power cut. No harm is done where a file system refuses it. */
static void
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* In the place of another only where that is wanted: then there is one at any time. */
gboolean
_fr_identity_write_file (const char *path, const void *data, gsize size, gboolean replace, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean written;
  int fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      set_error_from_errno (error, "Cannot make", temporary);
      return FALSE;
    }
  written = write_file (fd, data, size)
            && (replace ? g_rename (temporary, path) == 0 : rename_if_free (temporary, path));
  if (written)
    sync_folder (folder);
  else
    {
      set_error_from_errno (error, "Cannot write", path);
      g_unlink (temporary);
    }
  close (fd);
  return written;
}

static gboolean
save (const FrIdentity *identity, const char *path, gboolean replace, GError **error)
{
  FileText text;
  gboolean saved;

  format_file (identity, text);
  saved = _fr_identity_write_file (path, text, FILE_SIZE, replace, error);
  sodium_memzero (text, sizeof text);
  return saved;
}

static FrIdentity *
create (const char *path, gboolean *out_created, GError **error)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GError) local_error = NULL;

  *out_created = save (identity, path, FALSE, &local_error);
  if (*out_created)
    return g_steal_pointer (&identity);
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_EXIST)) /* somebody was faster */
    return load (path, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * fr_identity_load_or_create:
 * @folder: the folder of the person's data; made if it is not there
 * @out_created: (out) (optional): whether the identity is a new one; untouched on failure
 * @error: return location for an error
 *
 * Reads the identity from the file %FR_IDENTITY_FILE in @folder, or makes a new one if there is no such file. The file
 * is for its owner alone (mode 0600); where it is not, that is put right. A file that is there is never replaced.
 *
 * Reads and writes files: not for the main loop.
 *
 * Returns: (transfer full) (nullable): the identity, or %NULL with %FR_IDENTITY_ERROR_DAMAGED or a #GFileError
 */
FrIdentity *
fr_identity_load_or_create (const char *folder, gboolean *out_created, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (FrIdentity) identity = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean created = FALSE;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_error_from_errno (error, "Cannot make", folder);
      return NULL;
    }
  path = g_build_filename (folder, FR_IDENTITY_FILE, NULL);
  identity = load (path, &local_error);
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_clear_error (&local_error);
      identity = create (path, &created, &local_error);
    }
  if (identity == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (out_created != NULL)
    *out_created = created;
  return g_steal_pointer (&identity);
}

/**
 * fr_identity_load:
 * @folder: the folder of the person's data
 * @error: return location for an error
 *
 * Reads the identity, and makes none where there is none. Reads a file: not for the main loop.
 *
 * Returns: (transfer full) (nullable): the identity, or %NULL with %FR_IDENTITY_ERROR_DAMAGED or a #GFileError
 */
FrIdentity *
fr_identity_load (const char *folder, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  path = g_build_filename (folder, FR_IDENTITY_FILE, NULL);
  return load (path, error);
}

/* What a kept identity is called: by its key, as far as it can be read. Nothing that is there is replaced. */
static char *
keep_old (const char *path, const FrIdentity *old, GError **error)
{
  g_autofree char *key = old != NULL ? fr_peer_key_to_string (fr_identity_get_key (old)) : g_strdup ("damaged");

  for (guint number = 1; number <= MAX_KEPT; number++)
    {
      g_autofree char *kept = number == 1 ? g_strdup_printf ("%s.%.8s", path, key)
                                          : g_strdup_printf ("%s.%.8s.%u", path, key, number);

      if (link (path, kept) == 0)
        return g_steal_pointer (&kept);
      if (errno != EEXIST)
        break;
    }
  set_error_from_errno (error, "Cannot keep", path);
  return NULL;
}

static gboolean
replace_old (const FrIdentity *self, const char *path, const FrIdentity *old, char **out_kept, GError **error)
{
  g_autofree char *kept = keep_old (path, old, error);

  if (kept == NULL || !save (self, path, TRUE, error))
    return FALSE;
  if (out_kept != NULL)
    *out_kept = g_steal_pointer (&kept);
  return TRUE;
}

/**
 * fr_identity_install:
 * @self: an identity, from a backup
 * @folder: the folder of the person's data; made if it is not there
 * @replace: whether it takes the place of another, which is kept beside it
 * @out_kept: (out) (optional) (nullable): where the other is now; %NULL: there was none
 * @error: return location for an error
 *
 * Makes it the identity of the folder. Only while nobody uses that. Writes files: not for the main loop.
 *
 * Returns: whether it is; else %FR_IDENTITY_ERROR_EXISTS, %FR_IDENTITY_ERROR_DAMAGED where the one that is there cannot
 *   be read, or a #GFileError, and nothing has changed
 */
gboolean
fr_identity_install (const FrIdentity *self, const char *folder, gboolean replace, char **out_kept, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (FrIdentity) old = NULL;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);

  if (out_kept != NULL)
    *out_kept = NULL;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_error_from_errno (error, "Cannot make", folder);
      return FALSE;
    }
  path = g_build_filename (folder, FR_IDENTITY_FILE, NULL);
  old = load (path, &problem);
  if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return save (self, path, FALSE, error);
  if (old != NULL && fr_peer_key_equal (fr_identity_get_key (old), fr_identity_get_key (self)))
    return TRUE;
  if (replace && (old != NULL || problem->domain == FR_IDENTITY_ERROR))
    return replace_old (self, path, old, out_kept, error);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error_literal (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_EXISTS,
                         "There is another identity already; it was left as it is");
  return FALSE;
}
