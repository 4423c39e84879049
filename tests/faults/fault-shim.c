/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For LD_PRELOAD: stands before the C library's calls that write, counts those beneath one folder, and lets the n-th go
 * wrong (fault-plan.h). It also keeps book of what has been synced (fault-shadow.h); syncing itself is left out, since
 * what a killed process has written stays written. Everything goes on by syscall(2).
 *
 * Which calls the store, GLib and SQLite really make was looked up with strace(1); the others are here so that a change
 * of theirs is not missed. A call that changes nothing (open without creating) is not counted. */

#undef _FILE_OFFSET_BITS /* which gives open() the name open64(), and leaves no way to say the other */

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "fault-plan.h"
#include "fault-shadow.h"

#define MAX_PATH 4096
#define EXPORTED __attribute__ ((visibility ("default")))

#pragma GCC diagnostic ignored "-Wmissing-prototypes" /* of the twins with 64 in their names */
#pragma GCC diagnostic ignored "-Wnonnull-compare"

static bool
is_beneath (const char *path)
{
  const char *folder = fault_get_folder ();
  size_t length = folder != NULL ? strlen (folder) : 0;

  return length > 0 && strncmp (path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static bool
find_path (int fd, char *path)
{
  char link[64];
  ssize_t length;

  if (fault_get_folder () == NULL)
    return false;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, MAX_PATH - 1);
  path[length > 0 ? length : 0] = '\0';
  return is_beneath (path);
}

static bool
find_path_at (int folder_fd, const char *name, char *path)
{
  size_t length;

  if (fault_get_folder () == NULL)
    return false;
  if (name[0] == '/' || folder_fd == AT_FDCWD)
    {
      snprintf (path, MAX_PATH, "%s", name);
      return is_beneath (path);
    }
  if (!find_path (folder_fd, path))
    return false;
  length = strlen (path);
  snprintf (path + length, MAX_PATH - length, "/%s", name);
  return true;
}

static FaultVerdict
judge_fd (const char *name, int fd)
{
  char path[MAX_PATH];

  return find_path (fd, path) ? fault_judge (name, path) : FAULT_PASS;
}

static long
end_with (FaultVerdict verdict, long result)
{
  if (verdict == FAULT_DIE_AFTER)
    fault_die ();
  return result;
}

/* Half of what was to be written, where the process ends in the middle. */
static size_t
cut (FaultVerdict verdict, size_t size)
{
  return verdict == FAULT_DIE_AFTER ? size / 2 : size;
}

/* Opening */

static int
open_at (int folder_fd, const char *name, int flags, mode_t mode)
{
  char path[MAX_PATH];
  struct stat status;
  FaultVerdict verdict = FAULT_PASS;

  if ((flags & (O_CREAT | O_TRUNC)) != 0 && find_path_at (folder_fd, name, path)
      && ((flags & O_TRUNC) != 0 || lstat (path, &status) != 0))
    verdict = fault_judge ("open", path);
  if (verdict == FAULT_FAIL)
    return -1;
  return (int) end_with (verdict, syscall (SYS_openat, folder_fd, name, flags, mode));
}

#define READ_MODE(mode, flags)                                                                                         \
  do                                                                                                                   \
    {                                                                                                                  \
      va_list list;                                                                                                    \
                                                                                                                       \
      va_start (list, flags);                                                                                          \
      mode = ((flags) & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t) va_arg (list, int) : 0;                                 \
      va_end (list);                                                                                                   \
    }                                                                                                                  \
  while (0)

EXPORTED int
open (const char *path, int flags, ...)
{
  mode_t mode;

  READ_MODE (mode, flags);
  return open_at (AT_FDCWD, path, flags, mode);
}

EXPORTED int
open64 (const char *path, int flags, ...)
{
  mode_t mode;

  READ_MODE (mode, flags);
  return open_at (AT_FDCWD, path, flags, mode);
}

EXPORTED int
openat (int fd, const char *path, int flags, ...)
{
  mode_t mode;

  READ_MODE (mode, flags);
  return open_at (fd, path, flags, mode);
}

EXPORTED int
openat64 (int fd, const char *path, int flags, ...)
{
  mode_t mode;

  READ_MODE (mode, flags);
  return open_at (fd, path, flags, mode);
}

EXPORTED int
creat (const char *path, mode_t mode)
{
  return open_at (AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

EXPORTED int
mkdirat (int fd, const char *name, mode_t mode)
{
  char path[MAX_PATH];
  struct stat status;
  FaultVerdict verdict = FAULT_PASS;

  if (find_path_at (fd, name, path) && lstat (path, &status) != 0)
    verdict = fault_judge ("mkdir", path);
  return verdict == FAULT_FAIL ? -1 : (int) end_with (verdict, syscall (SYS_mkdirat, fd, name, mode));
}

EXPORTED int
mkdir (const char *path, mode_t mode)
{
  return mkdirat (AT_FDCWD, path, mode);
}

/* Writing */

EXPORTED ssize_t
write (int fd, const void *data, size_t size)
{
  char path[MAX_PATH];
  bool watched = find_path (fd, path);
  FaultVerdict verdict = watched ? fault_judge ("write", path) : FAULT_PASS;
  ssize_t n;

  if (verdict == FAULT_FAIL)
    return -1;
  n = syscall (SYS_write, fd, data, cut (verdict, size));
  if (watched && n > 0)
    fault_shadow_written (fd, lseek (fd, 0, SEEK_CUR) - n, (size_t) n);
  return end_with (verdict, n);
}

EXPORTED ssize_t
pwrite (int fd, const void *data, size_t size, off_t offset)
{
  char path[MAX_PATH];
  bool watched = find_path (fd, path);
  FaultVerdict verdict = watched ? fault_judge ("pwrite", path) : FAULT_PASS;
  ssize_t n;

  if (verdict == FAULT_FAIL)
    return -1;
  n = syscall (SYS_pwrite64, fd, data, cut (verdict, size), offset);
  if (watched && n > 0)
    fault_shadow_written (fd, offset, (size_t) n);
  return end_with (verdict, n);
}

EXPORTED ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
  return pwrite (fd, data, size, offset);
}

EXPORTED ssize_t
writev (int fd, const struct iovec *parts, int n_parts)
{
  FaultVerdict verdict = judge_fd ("writev", fd);
  int n = verdict == FAULT_DIE_AFTER ? n_parts / 2 : n_parts;

  return verdict == FAULT_FAIL ? -1 : end_with (verdict, syscall (SYS_writev, fd, parts, n));
}

EXPORTED ssize_t
copy_file_range (int from, off64_t *from_at, int to, off64_t *to_at, size_t size, unsigned int flags)
{
  FaultVerdict verdict = judge_fd ("copy_file_range", to);

  return verdict == FAULT_FAIL ? -1
                               : end_with (verdict, syscall (SYS_copy_file_range, from, from_at, to, to_at,
                                                             cut (verdict, size), flags));
}

EXPORTED ssize_t
sendfile (int to, int from, off_t *offset, size_t size)
{
  FaultVerdict verdict = judge_fd ("sendfile", to);

  return verdict == FAULT_FAIL ? -1 : end_with (verdict, syscall (SYS_sendfile, to, from, offset, cut (verdict, size)));
}

EXPORTED ssize_t
sendfile64 (int to, int from, off64_t *offset, size_t size)
{
  return sendfile (to, from, offset, size);
}

EXPORTED int
ftruncate (int fd, off_t length)
{
  FaultVerdict verdict = judge_fd ("ftruncate", fd);

  return verdict == FAULT_FAIL ? -1 : (int) end_with (verdict, syscall (SYS_ftruncate, fd, length));
}

EXPORTED int
ftruncate64 (int fd, off64_t length)
{
  return ftruncate (fd, length);
}

EXPORTED int
truncate (const char *name, off_t length)
{
  char path[MAX_PATH];
  FaultVerdict verdict = find_path_at (AT_FDCWD, name, path) ? fault_judge ("truncate", path) : FAULT_PASS;

  return verdict == FAULT_FAIL ? -1 : (int) end_with (verdict, syscall (SYS_truncate, name, length));
}

EXPORTED int
fallocate (int fd, int mode, off_t offset, off_t length)
{
  FaultVerdict verdict = judge_fd ("fallocate", fd);

  return verdict == FAULT_FAIL ? -1 : (int) end_with (verdict, syscall (SYS_fallocate, fd, mode, offset, length));
}

/* Unlike the others it returns what went wrong. */
EXPORTED int
posix_fallocate (int fd, off_t offset, off_t length)
{
  return fallocate (fd, 0, offset, length) == 0 ? 0 : errno;
}

EXPORTED int
posix_fallocate64 (int fd, off64_t offset, off64_t length)
{
  return posix_fallocate (fd, offset, length);
}

EXPORTED int
ioctl (int fd, unsigned long request, ...)
{
  FaultVerdict verdict = FAULT_PASS;
  unsigned long argument;
  va_list list;

  va_start (list, request);
  argument = va_arg (list, unsigned long);
  va_end (list);
  if (request == FICLONE)
    verdict = judge_fd ("ficlone", fd);
  return verdict == FAULT_FAIL ? -1 : (int) end_with (verdict, syscall (SYS_ioctl, fd, request, argument));
}

/* Syncing */

static int
sync_fd (const char *name, int fd)
{
  char path[MAX_PATH];
  FaultVerdict verdict;

  if (!find_path (fd, path))
    return (int) syscall (SYS_fsync, fd);
  verdict = fault_judge (name, path);
  if (verdict == FAULT_FAIL)
    {
      int error = errno;

      fault_shadow_sync_failed (fd);
      errno = error;
      return -1;
    }
  fault_shadow_file_synced (fd);
  return (int) end_with (verdict, 0);
}

EXPORTED int
fsync (int fd)
{
  return sync_fd ("fsync", fd);
}

EXPORTED int
fdatasync (int fd)
{
  return sync_fd ("fdatasync", fd);
}

/* Promises nothing (sync_file_range(2), "Warning"). */
EXPORTED int
sync_file_range (int fd, off64_t offset, off64_t length, unsigned int flags)
{
  return judge_fd ("sync_file_range", fd) == FAULT_FAIL ? -1 : 0;
}

/* Names */

EXPORTED int
renameat2 (int from_fd, const char *from, int to_fd, const char *to, unsigned int flags)
{
  char from_path[MAX_PATH], to_path[MAX_PATH];
  bool from_beneath = find_path_at (from_fd, from, from_path), to_beneath = find_path_at (to_fd, to, to_path);
  FaultVerdict verdict
    = from_beneath || to_beneath ? fault_judge ("rename", to_beneath ? to_path : from_path) : FAULT_PASS;

  if (verdict == FAULT_FAIL)
    return -1;
  if (to_beneath)
    fault_shadow_keep (to_path);
  if (from_beneath && !to_beneath)
    fault_shadow_keep (from_path);
  return (int) end_with (verdict, syscall (SYS_renameat2, from_fd, from, to_fd, to, flags));
}

EXPORTED int
renameat (int from_fd, const char *from, int to_fd, const char *to)
{
  return renameat2 (from_fd, from, to_fd, to, 0);
}

EXPORTED int
rename (const char *from, const char *to)
{
  return renameat2 (AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORTED int
linkat (int from_fd, const char *from, int to_fd, const char *to, int flags)
{
  char path[MAX_PATH];
  FaultVerdict verdict = find_path_at (to_fd, to, path) ? fault_judge ("link", path) : FAULT_PASS;

  return verdict == FAULT_FAIL ? -1
                               : (int) end_with (verdict, syscall (SYS_linkat, from_fd, from, to_fd, to, flags));
}

EXPORTED int
link (const char *from, const char *to)
{
  return linkat (AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORTED int
symlink (const char *target, const char *name)
{
  char path[MAX_PATH];
  FaultVerdict verdict = find_path_at (AT_FDCWD, name, path) ? fault_judge ("symlink", path) : FAULT_PASS;

  return verdict == FAULT_FAIL ? -1 : (int) end_with (verdict, syscall (SYS_symlinkat, target, AT_FDCWD, name));
}

EXPORTED int
unlinkat (int fd, const char *name, int flags)
{
  char path[MAX_PATH];
  struct stat status;
  FaultVerdict verdict = FAULT_PASS;

  if (find_path_at (fd, name, path) && lstat (path, &status) == 0)
    {
      verdict = fault_judge ("unlink", path);
      if (verdict != FAULT_FAIL)
        fault_shadow_keep (path);
    }
  return verdict == FAULT_FAIL ? -1 : (int) end_with (verdict, syscall (SYS_unlinkat, fd, name, flags));
}

EXPORTED int
unlink (const char *path)
{
  return unlinkat (AT_FDCWD, path, 0);
}

EXPORTED int
rmdir (const char *path)
{
  return unlinkat (AT_FDCWD, path, AT_REMOVEDIR);
}
