/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-error.h"
#include "fr-image-protocol.h"
#include "fr-image-sniff.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* Behaves as a decoding process might that a picture has taken over. What it does is the text in the file that it
 * gets. */

static FrImageRequest request;

static void
send_raw (const void *data, gsize size, int fd)
{
  char control[CMSG_SPACE (sizeof (int))] = { 0 };
  struct iovec part = { (void *) data, size };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  if (fd >= 0)
    {
      message.msg_control = control;
      message.msg_controllen = sizeof control;
      *CMSG_FIRSTHDR (&message)
          = (struct cmsghdr) { .cmsg_len = CMSG_LEN (sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
      memcpy (CMSG_DATA (CMSG_FIRSTHDR (&message)), &fd, sizeof fd);
    }
  sendmsg (FR_IMAGE_SOCKET_FD, &message, MSG_NOSIGNAL);
}

static FrImageReply
make_reply (FrImageReplyKind kind)
{
  return (FrImageReply) {
    .magic = FR_IMAGE_PROTOCOL_MAGIC,
    .serial = request.serial,
    .kind = kind,
    .type = FR_IMAGE_TYPE_JPEG,
    .width = 4,
    .height = 3,
  };
}

static void
send_header (void)
{
  FrImageReply reply = make_reply (FR_IMAGE_REPLY_HEADER);

  send_raw (&reply, sizeof reply, -1);
}

static void
send_summary (const char *thumbnail)
{
  FrImageReply reply = make_reply (FR_IMAGE_REPLY_SUMMARY);

  reply.thumbnail_size = strlen (thumbnail);
  fr_image_reply_send (FR_IMAGE_SOCKET_FD, &reply, thumbnail, NULL, -1);
}

static void
do_good (void)
{
  send_header ();
  send_summary ("\xff\xd8\xff");
}

static void
do_nonsense (void)
{
  send_raw ("This is no reply at all, but it is long enough to be one.", 57, -1);
}

static void
do_short (void)
{
  send_raw ("Hm", 2, -1);
}

static void
do_too_large (void)
{
  g_autofree guint8 *data = g_malloc0 (FR_IMAGE_MAX_REPLY + 1);
  FrImageReply reply = make_reply (FR_IMAGE_REPLY_SUMMARY);

  reply.thumbnail_size = FR_IMAGE_MAX_THUMBNAIL + 1;
  reply.preview_size = FR_IMAGE_MAX_PREVIEW;
  memcpy (data, &reply, sizeof reply);
  send_header ();
  send_raw (data, FR_IMAGE_MAX_REPLY + 1, -1);
}

static void
do_not_a_thumbnail (void)
{
  send_header ();
  send_summary ("%PDF");
}

static void
do_no_header (void)
{
  send_summary ("\xff\xd8\xff");
}

static void
do_two_headers (void)
{
  send_header ();
  send_header ();
}

static void
do_chatter (void)
{
  do_good ();
  send_summary ("\xff\xd8\xff");
}

static void
do_other_serial (void)
{
  request.serial++;
  do_good ();
}

static void
do_never (void)
{
  pause ();
}

static void
do_never_after_header (void)
{
  send_header ();
  pause ();
}

static void
do_close (void)
{
  close (FR_IMAGE_SOCKET_FD);
  pause ();
}

static void
do_exit (void)
{
  _exit (0);
}

static void
do_no_memory (void)
{
  send_header ();
  _exit (FR_IMAGE_EXIT_NO_MEMORY);
}

static void
do_spin (void)
{
  for (volatile guint i = 0;; i++)
    ;
}

/* Answers, and is gone before the answer can have been read. */
static void
do_answer_and_exit (void)
{
  do_good ();
  _exit (1);
}

static void
send_pixels (int fd)
{
  FrImageReply reply = make_reply (FR_IMAGE_REPLY_PIXELS);

  send_header ();
  send_raw (&reply, sizeof reply, fd);
}

static void
do_unsealed (void)
{
  int fd = memfd_create ("fake", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (ftruncate (fd, 48) == 0)
    send_pixels (fd);
}

static void
do_sealed_small (void)
{
  int fd = memfd_create ("fake", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (ftruncate (fd, 47) == 0 && fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_WRITE) == 0)
    send_pixels (fd);
}

static void
do_pipe (void)
{
  int ends[2];

  if (pipe (ends) == 0)
    send_pixels (ends[0]);
}

static void
do_no_fd (void)
{
  send_pixels (-1);
}

static void
send_frames (gsize size, int seals)
{
  FrImageReply reply = make_reply (FR_IMAGE_REPLY_FRAMES);
  int fd = memfd_create ("fake", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  reply.n_frames = reply.n_total = 2;
  send_header ();
  if (ftruncate (fd, size) == 0 && fcntl (fd, F_ADD_SEALS, seals) == 0)
    send_raw (&reply, sizeof reply, fd);
}

static void
do_frames (void)
{
  send_frames (2 * (4 * 3 * 4 + 4), F_SEAL_SHRINK | F_SEAL_WRITE);
}

static void
do_frames_without_times (void)
{
  send_frames (2 * 4 * 3 * 4, F_SEAL_SHRINK | F_SEAL_WRITE);
}

static void
do_frames_unsealed (void)
{
  send_frames (2 * (4 * 3 * 4 + 4), F_SEAL_SHRINK);
}

static void
send_copy (const char *bytes, gsize said_size, int seals)
{
  FrImageReply reply = make_reply (FR_IMAGE_REPLY_COPY);
  gsize size = strlen (bytes);
  int fd = memfd_create ("fake", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  reply.copy_size = said_size;
  if (write (fd, bytes, size) == (ssize_t) size && fcntl (fd, F_ADD_SEALS, seals) == 0)
    send_raw (&reply, sizeof reply, fd);
}

static void
do_copy (void)
{
  send_copy ("\xff\xd8\xff", 3, F_SEAL_SHRINK | F_SEAL_WRITE);
}

static void
do_copy_after_header (void)
{
  send_header ();
  do_copy ();
}

static void
do_copy_unsealed (void)
{
  send_copy ("\xff\xd8\xff", 3, F_SEAL_SHRINK);
}

static void
do_copy_small (void)
{
  send_copy ("\xff\xd8\xff", 4, F_SEAL_SHRINK | F_SEAL_WRITE);
}

static void
do_copy_of_other_type (void)
{
  send_copy ("GIF89a", 6, F_SEAL_SHRINK | F_SEAL_WRITE);
}

static const struct
{
  const char *name;
  void (*func) (void);
} deeds[] = {
  { "good", do_good },
  { "nonsense", do_nonsense },
  { "short", do_short },
  { "too-large", do_too_large },
  { "not-a-thumbnail", do_not_a_thumbnail },
  { "no-header", do_no_header },
  { "two-headers", do_two_headers },
  { "chatter", do_chatter },
  { "other-serial", do_other_serial },
  { "never", do_never },
  { "never-after-header", do_never_after_header },
  { "close", do_close },
  { "exit", do_exit },
  { "no-memory", do_no_memory },
  { "spin", do_spin },
  { "answer-and-exit", do_answer_and_exit },
  { "unsealed", do_unsealed },
  { "sealed-small", do_sealed_small },
  { "pipe", do_pipe },
  { "no-fd", do_no_fd },
  { "frames", do_frames },
  { "frames-without-times", do_frames_without_times },
  { "frames-unsealed", do_frames_unsealed },
  { "copy", do_copy },
  { "copy-after-header", do_copy_after_header },
  { "copy-unsealed", do_copy_unsealed },
  { "copy-small", do_copy_small },
  { "copy-of-other-type", do_copy_of_other_type },
};

int
main (void)
{
  int fd;

  while (fr_image_request_receive (FR_IMAGE_SOCKET_FD, &request, &fd) == FR_IMAGE_RECEIVED)
    {
      char name[32] = "";

      if (pread (fd, name, sizeof name - 1, 0) < 0)
        return 1;
      close (fd);
      for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
        if (strcmp (deeds[i].name, name) == 0)
          deeds[i].func ();
    }
  return 0;
}
