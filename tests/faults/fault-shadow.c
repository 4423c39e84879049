/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-shadow.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fault-plan.h"

#define MAX_PATH 4352
#define PAGE 4096

/* Nothing here may call what the shim replaces by its usual name: syscall(2) goes past it. */

static int
create (const char *path)
{
  return (int) syscall (SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static void
copy_bytes (int from, int to)
{
  char buffer[65536];
  off_t at = 0;
  ssize_t n;

  while ((n = pread (from, buffer, sizeof buffer, at)) > 0)
    {
      syscall (SYS_pwrite64, to, buffer, (size_t) n, at);
      at += n;
    }
}

/* The names of a folder as the kernel has them: a descriptor of its own, since the position of `fd` is the caller's. */
static void
copy_names (int fd, int to)
{
  int own = (int) syscall (SYS_openat, fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  DIR *dir = own >= 0 ? fdopendir (own) : NULL;
  const struct dirent *entry;

  while (dir != NULL && (entry = readdir (dir)) != NULL)
    {
      char line[MAX_PATH];
      struct stat status;
      int length;

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0
          || fstatat (fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        continue;
      length = snprintf (line, sizeof line, "%c %llu %s\n", S_ISDIR (status.st_mode) ? 'd' : 'f',
                         (unsigned long long) status.st_ino, entry->d_name);
      syscall (SYS_write, to, line, (size_t) length);
    }
  if (dir != NULL)
    closedir (dir);
}

static void
make_path (char *path, const char *part, const struct stat *status)
{
  snprintf (path, MAX_PATH, "%s/%s/%llu", fault_get_shadow (), part, (unsigned long long) status->st_ino);
}

static int
open_part (const char *part, const struct stat *status, int flags)
{
  char path[MAX_PATH];

  make_path (path, part, status);
  return (int) syscall (SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600);
}

/* A descriptor of its own, since the caller's may be for writing only. */
static int
open_again (int fd)
{
  char path[64];

  snprintf (path, sizeof path, "/proc/self/fd/%d", fd);
  return (int) syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
}

/* Pages that have not been written since a sync failed are what they were before. */
static void
take_lost_back (const struct stat *status, int to)
{
  int lost = open_part ("lost", status, O_RDONLY), before = lost >= 0 ? open_part ("files", status, O_RDONLY) : -1;
  char was[PAGE], is[PAGE], old[PAGE];

  for (off_t at = 0; lost >= 0 && at < status->st_size; at += PAGE)
    {
      ssize_t n = pread (lost, was, PAGE, at), m = pread (to, is, PAGE, at);

      if (n <= 0 || m < n || memcmp (was, is, (size_t) n) != 0)
        continue;
      memset (old, 0, sizeof old);
      if (before >= 0 && pread (before, old, (size_t) n, at) < 0)
        continue;
      syscall (SYS_pwrite64, to, old, (size_t) n, at);
    }
  if (lost >= 0)
    close (lost);
  if (before >= 0)
    close (before);
}

/* Under its name in one step: the process may end in the middle of it. */
void
fault_shadow_file_synced (int fd)
{
  struct stat status;
  char part[MAX_PATH], path[MAX_PATH];
  int to, own;

  if (fstat (fd, &status) != 0)
    return;
  snprintf (part, sizeof part, "%s/part-%ld", fault_get_shadow (), (long) gettid ());
  make_path (path, S_ISDIR (status.st_mode) ? "names" : "files", &status);
  to = create (part);
  if (to < 0)
    return;
  if (S_ISDIR (status.st_mode))
    copy_names (fd, to);
  else if ((own = open_again (fd)) >= 0)
    {
      copy_bytes (own, to);
      close (own);
      take_lost_back (&status, to);
    }
  close (to);
  syscall (SYS_renameat2, AT_FDCWD, part, AT_FDCWD, path, 0);
}

void
fault_shadow_sync_failed (int fd)
{
  struct stat status;
  int own, to;

  if (fstat (fd, &status) != 0 || S_ISDIR (status.st_mode) || (own = open_again (fd)) < 0)
    return;
  to = open_part ("lost", &status, O_WRONLY | O_CREAT | O_TRUNC);
  if (to >= 0)
    {
      copy_bytes (own, to);
      close (to);
    }
  close (own);
}

/* Called after a write. */
void
fault_shadow_written (int fd, off_t offset, size_t size)
{
  struct stat status;
  int lost = fstat (fd, &status) == 0 ? open_part ("lost", &status, O_WRONLY) : -1;
  int own = lost >= 0 ? open_again (fd) : -1;
  unsigned char bytes[PAGE];

  for (size_t done = 0; own >= 0 && done < size; done += PAGE)
    {
      ssize_t n = pread (own, bytes, size - done < PAGE ? size - done : PAGE, offset + (off_t) done);

      for (ssize_t i = 0; i < n; i++)
        bytes[i] = (unsigned char) ~bytes[i];
      if (n > 0)
        syscall (SYS_pwrite64, lost, bytes, (size_t) n, offset + (off_t) done);
    }
  if (lost >= 0)
    close (lost);
  if (own >= 0)
    close (own);
}

/* Called before a name goes. */
void
fault_shadow_keep (const char *path)
{
  struct stat status;
  char kept[MAX_PATH];

  if (lstat (path, &status) != 0)
    return;
  snprintf (kept, sizeof kept, "%s/kept/%llu", fault_get_shadow (), (unsigned long long) status.st_ino);
  if (!S_ISDIR (status.st_mode))
    syscall (SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0);
}
