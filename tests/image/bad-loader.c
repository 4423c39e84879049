/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-error.h"
#include "fr-image-picture.h"
#include "fr-image-protocol.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

/* The real decoding process, confined as it is, but with a loader that misbehaves as a taken-over one might. The linker
 * puts these two functions between it and the real ones (--wrap); nothing of this is in the program that is installed.
 * What it does is named in a comment in the drawing: <!--deed:crash-->. Where it gets away with it, the picture is
 * decoded as if nothing had been; where it is refused, it says that the picture is damaged. */

gboolean __real_fr_image_picture_open (FrImagePicture *self, int fd, GError **error);
gboolean __wrap_fr_image_picture_open (FrImagePicture *self, int fd, GError **error);
VipsImage *__real_fr_image_picture_decode (FrImagePicture *self, guint width, guint height, GError **error);
VipsImage *__wrap_fr_image_picture_decode (FrImagePicture *self, guint width, guint height, GError **error);

static char head[200];
static int picture_fd;
static volatile gboolean goes_on = TRUE;
static volatile int *volatile nowhere;

static gboolean
do_crash (void)
{
  *nowhere = 1;
  return TRUE;
}

static gboolean
do_abort (void)
{
  abort ();
}

static gboolean
do_loop (void)
{
  while (goes_on)
    ;
  return TRUE;
}

/* As a loader does that looks at what malloc() returns: GLib's own ends the process. */
static gboolean
do_allocate (void)
{
  while (goes_on)
    memset (g_malloc (8 << 20), 1, 8 << 20);
  return TRUE;
}

/* As one that does not look. */
static gboolean
do_allocate_blindly (void)
{
  while (goes_on)
    memset (malloc (8 << 20), 1, 8 << 20);
  return TRUE;
}

/* Memory that is in no address space. */
static gboolean
do_hoard (void)
{
  guint n = 0;

  while (memfd_create ("hoard", MFD_CLOEXEC) >= 0)
    n++;
  return n > 1;
}

static gboolean
do_read_file (void)
{
  return open ("/etc/passwd", O_RDONLY) >= 0 || syscall (SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY) >= 0;
}

static gboolean
do_create_file (void)
{
  return open ("/tmp/freshet-bad-loader", O_WRONLY | O_CREAT, 0600) >= 0;
}

static gboolean
do_look (void)
{
  struct stat info;
  char target[100];

  return stat ("/", &info) == 0 || lstat ("/", &info) == 0
         || access ("/", F_OK) != access ("/nonexistent", F_OK) || readlink ("/proc/self/exe", target, sizeof target) > 0;
}

static gboolean
do_fork (void)
{
  pid_t child = fork ();

  if (child == 0)
    _exit (0);
  return child > 0;
}

/* The newer call by which glibc makes threads and processes. */
static gboolean
do_clone3 (void)
{
  struct clone_args arguments = { .exit_signal = SIGCHLD };
  long child = syscall (SYS_clone3, &arguments, sizeof arguments);

  if (child == 0)
    _exit (0);
  return child > 0;
}

static gboolean
do_execute (void)
{
  execl ("/bin/true", "true", NULL);
  return TRUE;
}

static gboolean
do_send_elsewhere (void)
{
  struct sockaddr_un address = { AF_UNIX, "/run/dbus/system_bus_socket" };
  struct msghdr message = { .msg_name = &address, .msg_namelen = sizeof address };

  return sendmsg (FR_IMAGE_SOCKET_FD, &message, MSG_NOSIGNAL) >= 0;
}

/* 0 to 2, the socket and the picture are all there is. */
static gboolean
do_count_descriptors (void)
{
  for (int fd = 0; fd < 4096; fd++)
    if ((fd <= FR_IMAGE_SOCKET_FD || fd == picture_fd) != (fcntl (fd, F_GETFD) >= 0))
      return TRUE;
  return FALSE;
}

static const struct
{
  const char *name;
  gboolean (*func) (void); /* whether it got away with it */
} deeds[] = {
  { "crash", do_crash },
  { "abort", do_abort },
  { "loop", do_loop },
  { "allocate", do_allocate },
  { "allocate-blindly", do_allocate_blindly },
  { "hoard", do_hoard },
  { "read-file", do_read_file },
  { "create-file", do_create_file },
  { "look", do_look },
  { "fork", do_fork },
  { "clone3", do_clone3 },
  { "execute", do_execute },
  { "send-elsewhere", do_send_elsewhere },
  { "count-descriptors", do_count_descriptors },
};

/* These need no more than to return, whatever they return. */
static const struct
{
  const char *name;
  long number;
  long arguments[4];
} calls[] = {
  { "socket", SYS_socket, { AF_INET, SOCK_STREAM } },
  { "socket-unix", SYS_socket, { AF_UNIX, SOCK_STREAM } },
  { "socket-netlink", SYS_socket, { AF_NETLINK, SOCK_RAW } },
  { "socketpair", SYS_socketpair, { AF_UNIX, SOCK_STREAM, 0, 0 } },
  { "connect", SYS_connect, { FR_IMAGE_SOCKET_FD } },
  { "bind", SYS_bind, { FR_IMAGE_SOCKET_FD } },
  { "openat2", SYS_openat2, { AT_FDCWD } },
  { "read", SYS_read, { 0 } },
  { "execveat", SYS_execveat, { -1 } },
  { "kill", SYS_kill, { 1, 0 } },
  { "ptrace", SYS_ptrace, { 16, 1 } },
  { "process_vm_readv", SYS_process_vm_readv, { 1 } },
  { "prlimit64", SYS_prlimit64, { 0, RLIMIT_CPU } },
  { "rt_sigaction", SYS_rt_sigaction, { SIGXCPU } },
  { "prctl", SYS_prctl, { 4, 1 } }, /* PR_SET_DUMPABLE */
  { "seccomp", SYS_seccomp, { 0 } },
  { "unshare", SYS_unshare, { 0x10000000 } }, /* CLONE_NEWUSER */
  { "setns", SYS_setns, { -1 } },
  { "unlinkat", SYS_unlinkat, { -1 } },
  { "ioctl", SYS_ioctl, { 0, 0x5412 } }, /* TIOCSTI: types into a terminal */
  { "dup-by-fcntl", SYS_fcntl, { 0, F_DUPFD } },
  { "io_uring_setup", SYS_io_uring_setup, { 1 } },
  { "userfaultfd", SYS_userfaultfd, { 0 } },
  { "keyctl", SYS_keyctl, { 0 } },
};

/* FALSE only if it was refused. */
static gboolean
misbehave (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (strcmp (deeds[i].name, name) == 0)
      return deeds[i].func ();
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (strcmp (calls[i].name, name) == 0)
      syscall (calls[i].number, calls[i].arguments[0], calls[i].arguments[1], calls[i].arguments[2],
               calls[i].arguments[3]);
  return TRUE;
}

gboolean
__wrap_fr_image_picture_open (FrImagePicture *self, int fd, GError **error)
{
  memset (head, 0, sizeof head);
  picture_fd = fd;
  if (pread (fd, head, sizeof head - 1, 0) < 0)
    head[0] = '\0';
  return __real_fr_image_picture_open (self, fd, error);
}

VipsImage *
__wrap_fr_image_picture_decode (FrImagePicture *self, guint width, guint height, GError **error)
{
  char *deed = strstr (head, "<!--deed:");
  char *end = deed != NULL ? strstr (deed, "-->") : NULL;

  if (end != NULL)
    {
      *end = '\0';
      if (!misbehave (deed + strlen ("<!--deed:")))
        {
          g_propagate_error (error, fr_image_error_new (FR_IMAGE_ERROR_TRUNCATED));
          return NULL;
        }
    }
  return __real_fr_image_picture_decode (self, width, height, error);
}
