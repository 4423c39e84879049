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

/* Nothing here may call what the shim replaces by its usual name: syscall(2) goes past it. */

static int
create (const char *path)
{
  return (int) syscall (SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
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

/* Under its name in one step: the process may end in the middle of it. */
void
fault_shadow_file_synced (int fd)
{
  struct stat status;
  char part[MAX_PATH], path[MAX_PATH];
  int to;

  if (fstat (fd, &status) != 0)
    return;
  snprintf (part, sizeof part, "%s/part-%ld", fault_get_shadow (), (long) gettid ());
  snprintf (path, sizeof path, "%s/%s/%llu", fault_get_shadow (), S_ISDIR (status.st_mode) ? "names" : "files",
            (unsigned long long) status.st_ino);
  to = create (part);
  if (to < 0)
    return;
  if (S_ISDIR (status.st_mode))
    copy_names (fd, to);
  else
    {
      /* By a descriptor of its own, since it may have been opened for writing only. */
      char own_path[64];
      int own;

      snprintf (own_path, sizeof own_path, "/proc/self/fd/%d", fd);
      own = (int) syscall (SYS_openat, AT_FDCWD, own_path, O_RDONLY | O_CLOEXEC, 0);
      if (own >= 0)
        {
          copy_bytes (own, to);
          close (own);
        }
    }
  close (to);
  syscall (SYS_renameat2, AT_FDCWD, part, AT_FDCWD, path, 0);
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
