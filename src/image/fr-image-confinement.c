/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Sanitizers map terabytes as shadow. Of the filter they need nothing more, as long as they have nothing to
 * report; if they have, that ends the process too. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED 1
#endif
#endif

/* Everything that decoding takes. What is not here ends the process. */
static const int allowed[] = {
  /* The picture, which is read at positions of our own, and what the answer is written to */
  SCMP_SYS (pread64),
  SCMP_SYS (fstat),
  SCMP_SYS (memfd_create),
  SCMP_SYS (write),
  SCMP_SYS (close),
  /* The socket, which is connected already */
  SCMP_SYS (recvmsg),
  SCMP_SYS (sendmsg),
  /* Memory */
  SCMP_SYS (sysinfo), /* glibc's qsort() asks how much there is */
  SCMP_SYS (brk),
  SCMP_SYS (mmap),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (mprotect),
  SCMP_SYS (madvise),
  /* Threads, which are begun by the rules below */
  SCMP_SYS (futex),
  SCMP_SYS (set_robust_list),
  SCMP_SYS (rseq),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (sched_yield),
  SCMP_SYS (gettid),
  SCMP_SYS (getpid),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
  SCMP_SYS (restart_syscall),
  /* Time and chance; where the kernel gives the time without a call, these are not called */
  SCMP_SYS (clock_gettime),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (getrandom),
};

/* What libraries try and can do without. Files:
 *
 * - glibc reads /proc/sys/vm/overcommit_memory before it gives memory back, and /etc/localtime.
 * - orc makes machine code for libvips, and would rather have it in a temporary file than in memory.
 * - fontconfig and shared-mime-info look from time to time whether their files have changed.
 * - rayon, with which librsvg draws, reads below /proc and /sys how many processors there are.
 * - libheif and gdk-pixbuf look for plug-ins that they have not found before.
 *
 * And GLib gives the threads of a pool the priority that they have already. */
static const int refused[] = {
  SCMP_SYS (openat), SCMP_SYS (open),     SCMP_SYS (newfstatat), SCMP_SYS (stat),          SCMP_SYS (lstat),
  SCMP_SYS (statx),  SCMP_SYS (readlink), SCMP_SYS (readlinkat), SCMP_SYS (sched_setattr),
};

/* cairo asks whether it may read a font before it looks whether it has it open already (cairo-ft-font.c).
 * Everybody is told yes, without a look. */
static const int granted_unseen[] = { SCMP_SYS (access), SCMP_SYS (faccessat) };

#define THREAD_MASK                                                                                          \
  (CLONE_THREAD | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID \
   | CLONE_NEWNET)

/* Calls of which only one use is allowed. */
static const struct
{
  guint32 action;
  int call;
  guint n_arguments;
  struct scmp_arg_cmp argument;
} uses[] = {
  { SCMP_ACT_ALLOW, SCMP_SYS (clone), 1, { 0, SCMP_CMP_MASKED_EQ, THREAD_MASK, CLONE_THREAD } },
  /* Its flags lie in memory, where a filter does not see them. glibc takes clone() then. */
  { SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0, { 0 } },
  { SCMP_ACT_ALLOW, SCMP_SYS (prctl), 1, { 0, SCMP_CMP_EQ, PR_SET_NAME, 0 } },
  { SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, { 1, SCMP_CMP_EQ, F_ADD_SEALS, 0 } },
  { SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, { 1, SCMP_CMP_EQ, F_GETFD, 0 } },
};

/* State of the process */
static gboolean has_own_namespaces;

static void
limit (int resource, rlim_t value)
{
  struct rlimit limit = { value, value };

  setrlimit (resource, &limit);
}

static gboolean
add_calls (scmp_filter_ctx filter, guint32 action, const int *calls, gsize n_calls)
{
  for (gsize i = 0; i < n_calls; i++)
    if (seccomp_rule_add (filter, action, calls[i], 0) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
add_uses (scmp_filter_ctx filter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    if (seccomp_rule_add_array (filter, uses[i].action, uses[i].call, uses[i].n_arguments, &uses[i].argument)
        != 0)
      return FALSE;
  return TRUE;
}

static gboolean
load_filter (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  gboolean loaded;

  if (filter == NULL)
    return FALSE;
  /* Libraries have threads already: those too. */
  loaded = seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0
           && seccomp_attr_set (filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0
           && seccomp_attr_set (filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0
           && add_calls (filter, SCMP_ACT_ALLOW, allowed, G_N_ELEMENTS (allowed))
           && add_calls (filter, SCMP_ACT_ERRNO (EPERM), refused, G_N_ELEMENTS (refused))
           && add_calls (filter, SCMP_ACT_ERRNO (0), granted_unseen, G_N_ELEMENTS (granted_unseen))
           && add_uses (filter) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return loaded;
}

/* Where anybody may have namespaces of their own, not even a call that slipped through the filter would find
 * a network or somebody to talk to. To be done before there are threads. */
static void
leave_network (void)
{
  has_own_namespaces = unshare (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC) == 0;
}

/* Nor a file, once nobody needs one: an empty folder, laid over one that is always there, becomes the root.
 * Of the namespace that is ours nothing is handed on to the one that we came from. */
static gboolean
leave_files (void)
{
  return mount ("none", "/proc", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, "size=4k") == 0
         && chdir ("/proc") == 0 && chroot (".") == 0;
}

/**
 * fr_image_confinement_begin:
 *
 * To be called first of all: sets the limits that hold from the start, and closes every descriptor but the
 * socket and the three usual ones. Processor time is limited from outside, anew for each picture.
 */
void
fr_image_confinement_begin (void)
{
  leave_network ();
  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  close_range (FR_IMAGE_SOCKET_FD + 1, ~0U, 0);
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_FSIZE, FR_IMAGE_MAX_WRITTEN_BYTES);
#ifndef IS_SANITIZED
  limit (RLIMIT_AS, FR_IMAGE_MAX_ADDRESS_SPACE);
#endif
}

/**
 * fr_image_confinement_close:
 *
 * Shuts the process in for good, with all its threads. Libraries must have loaded what they need: see
 * fr_image_warm_up().
 *
 * Returns: %FALSE if that is not possible; nothing that comes from outside may be looked at then
 */
gboolean
fr_image_confinement_close (void)
{
  /* Some systems let anybody have namespaces, but not change them. */
  if (has_own_namespaces && !leave_files ())
    g_debug ("the files stay in sight");
  limit (RLIMIT_NOFILE, FR_IMAGE_MAX_OPEN_FILES);
  return load_filter ();
}
