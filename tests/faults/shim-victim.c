/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Does with files what its arguments say, for test-shim: in the folder that is the first, one step an argument. A step
 * is a verb and its objects, with colons between. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
do_with_file (const char *name, int flags, const char *text, int do_sync)
{
  int fd = open (name, flags, 0600), result = fd;

  if (fd >= 0 && text != NULL && write (fd, text, strlen (text)) != (ssize_t) strlen (text))
    result = -1;
  if (fd >= 0 && do_sync && fsync (fd) != 0)
    result = -1;
  if (fd >= 0)
    close (fd);
  return result;
}

static int
take_step (const char *verb, const char *first, const char *second)
{
  if (strcmp (verb, "write") == 0)
    return do_with_file (first, O_CREAT | O_WRONLY, second, 0);
  if (strcmp (verb, "append") == 0)
    return do_with_file (first, O_WRONLY | O_APPEND, second, 0);
  if (strcmp (verb, "sync") == 0)
    return do_with_file (first, O_RDONLY, NULL, 1);
  if (strcmp (verb, "rename") == 0)
    return rename (first, second);
  if (strcmp (verb, "link") == 0)
    return link (first, second);
  if (strcmp (verb, "unlink") == 0)
    return unlink (first);
  if (strcmp (verb, "mkdir") == 0)
    return mkdir (first, 0700);
  if (strcmp (verb, "truncate") == 0)
    return truncate (first, atol (second));
  return -1;
}

int
main (int argc, char **argv)
{
  if (argc < 2 || chdir (argv[1]) != 0)
    return 2;
  for (int i = 2; i < argc; i++)
    {
      const char *verb = strtok (argv[i], ":"), *first = strtok (NULL, ":"), *second = strtok (NULL, ":");
      char path[4096], other[4096];
      int result;

      snprintf (path, sizeof path, "%s/%s", argv[1], first);
      snprintf (other, sizeof other, "%s/%s", argv[1], second != NULL ? second : "");
      errno = 0;
      result = take_step (verb, path, strcmp (verb, "rename") == 0 || strcmp (verb, "link") == 0 ? other : second);
      printf ("%s\n", result >= 0 ? "done" : errno == EIO ? "io" : errno == ENOSPC ? "full" : "other");
      fflush (stdout);
    }
  return 0;
}
