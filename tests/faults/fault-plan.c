/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-plan.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Nothing here may call what the shim replaces by its usual name: syscall(2) goes past it. */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *folder;
static const char *shadow;
static FaultKind kind;
static uint32_t at, gap;
static bool trace;
static bool dying;
static FaultCounts none;
static FaultCounts *counts = &none;

static void
map_counts (void)
{
  char path[4096];
  void *mapped;
  int fd;

  snprintf (path, sizeof path, "%s/%s", shadow, FAULT_COUNTS_NAME);
  fd = (int) syscall (SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0)
    return;
  mapped = mmap (NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED)
    counts = mapped;
  close (fd);
}

static void
read_plan (void)
{
  const char *kind_text = getenv (FAULT_KIND_VARIABLE), *at_text = getenv (FAULT_AT_VARIABLE);
  const char *gap_text = getenv (FAULT_GAP_VARIABLE);

  shadow = getenv (FAULT_SHADOW_VARIABLE);
  folder = shadow != NULL ? getenv (FAULT_FOLDER_VARIABLE) : NULL;
  kind = kind_text != NULL ? (FaultKind) atoi (kind_text) : FAULT_NONE;
  at = at_text != NULL ? (uint32_t) atol (at_text) : 0;
  gap = gap_text != NULL ? (uint32_t) atol (gap_text) : 0;
  trace = getenv (FAULT_TRACE_VARIABLE) != NULL;
  if (folder != NULL)
    map_counts ();
}

const char *
fault_get_folder (void)
{
  pthread_once (&once, read_plan);
  return folder;
}

const char *
fault_get_shadow (void)
{
  pthread_once (&once, read_plan);
  return shadow;
}

static void
note (uint32_t n, const char *name, const char *path)
{
  char line[4352];
  int length = snprintf (line, sizeof line, "%u %s %s\n", n, name, path);

  if (trace && length > 0)
    syscall (SYS_write, STDERR_FILENO, line, (size_t) length);
}

static bool
is_hit (uint32_t n)
{
  return at > 0 && (n == at || (n > at && (kind == FAULT_IO_ON || kind == FAULT_FULL_ON)));
}

/* For the tests, which say in the end at which call it was. */
static void
note_fired (const char *name)
{
  if (!__atomic_exchange_n (&counts->fired, 1, __ATOMIC_SEQ_CST))
    strncpy (counts->name, name, sizeof counts->name - 1);
}

/* Counts a call, and says what becomes of it. In a process that is about to end no other thread gets any further. */
FaultVerdict
fault_judge (const char *name, const char *path)
{
  uint32_t n = __atomic_add_fetch (&counts->n_calls, 1, __ATOMIC_SEQ_CST);

  while (__atomic_load_n (&dying, __ATOMIC_SEQ_CST))
    pause ();
  note (n, name, path);
  if (at > 0 && gap > 0 && n == at + gap)
    fault_die ();
  if (!is_hit (n))
    return FAULT_PASS;
  note_fired (name);
  switch (kind)
    {
    case FAULT_KILL:
      fault_die ();
    case FAULT_KILL_AFTER:
      return FAULT_DIE_AFTER;
    case FAULT_IO_ONCE:
    case FAULT_IO_ON:
      errno = EIO;
      return FAULT_FAIL;
    case FAULT_FULL_ONCE:
    case FAULT_FULL_ON:
      errno = ENOSPC;
      return FAULT_FAIL;
    default:
      return FAULT_PASS;
    }
}

void
fault_die (void)
{
  __atomic_store_n (&dying, true, __ATOMIC_SEQ_CST);
  syscall (SYS_kill, getpid (), SIGKILL);
  for (;;)
    pause ();
}
