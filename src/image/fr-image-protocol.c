/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-error.h"
#include "fr-image-protocol.h"
#include "fr-image-sniff.h"
#include "fr-image-strip.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* A control message for one descriptor, aligned as CMSG_FIRSTHDR() wants it. */
typedef union
{
  struct cmsghdr header;
  char bytes[CMSG_SPACE (sizeof (int))];
} Control;

static gboolean
send_packet (int socket, struct iovec *parts, gsize n_parts, int fd)
{
  Control control = { 0 };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = n_parts };
  ssize_t sent;

  if (fd >= 0)
    {
      message.msg_control = control.bytes;
      message.msg_controllen = sizeof control.bytes;
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof fd);
      memcpy (CMSG_DATA (&control.header), &fd, sizeof fd);
    }
  do
    sent = sendmsg (socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent >= 0;
}

/* Takes the descriptor out of a packet; closes any beyond the first. */
static int
take_fd (struct msghdr *message)
{
  int taken = -1;

  for (struct cmsghdr *header = CMSG_FIRSTHDR (message); header != NULL;
       header = CMSG_NXTHDR (message, header))
    {
      if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
        continue;
      for (gsize at = 0; at + sizeof (int) <= header->cmsg_len - CMSG_LEN (0); at += sizeof (int))
        {
          int fd;

          memcpy (&fd, CMSG_DATA (header) + at, sizeof fd);
          if (taken < 0)
            taken = fd;
          else
            close (fd);
        }
    }
  return taken;
}

static FrImageReceipt
receive_packet (int socket, struct iovec *parts, gsize n_parts, gsize *out_size, int *out_fd)
{
  Control control;
  struct msghdr message = {
    .msg_iov = parts,
    .msg_iovlen = n_parts,
    .msg_control = control.bytes,
    .msg_controllen = CMSG_LEN (sizeof (int)),
  };
  ssize_t got;
  int fd;

  do
    got = recvmsg (socket, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    return errno == EAGAIN || errno == EWOULDBLOCK ? FR_IMAGE_NOTHING_YET : FR_IMAGE_CLOSED;
  fd = take_fd (&message);
  if (got == 0 && fd < 0)
    return FR_IMAGE_CLOSED;
  if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
    {
      if (fd >= 0)
        close (fd);
      return FR_IMAGE_NONSENSE;
    }
  *out_size = got;
  *out_fd = fd;
  return FR_IMAGE_RECEIVED;
}

static gboolean
has_size (const FrImageRequest *request)
{
  return request->max_width > 0 && request->max_height > 0 && request->max_width <= FR_IMAGE_MAX_RENDER_SIDE
         && request->max_height <= FR_IMAGE_MAX_RENDER_SIDE;
}

/* Whether it lies in the picture is seen when that has been opened. */
static gboolean
has_part (const FrImageRequest *request)
{
  return request->width > 0 && request->height > 0 && request->left <= FR_IMAGE_MAX_PIXELS
         && request->top <= FR_IMAGE_MAX_PIXELS && request->width <= FR_IMAGE_MAX_PIXELS
         && request->height <= FR_IMAGE_MAX_PIXELS;
}

static gboolean
has_frames (const FrImageRequest *request)
{
  return request->first < FR_IMAGE_MAX_FRAMES && request->n > 0 && request->n <= FR_IMAGE_MAX_FRAMES_AT_ONCE;
}

static gboolean
has_no_size (const FrImageRequest *request)
{
  return request->max_width == 0 && request->max_height == 0;
}

static gboolean
has_no_part (const FrImageRequest *request)
{
  return request->left == 0 && request->top == 0 && request->width == 0 && request->height == 0;
}

static gboolean
has_no_frames (const FrImageRequest *request)
{
  return request->first == 0 && request->n == 0;
}

/**
 * fr_image_request_check:
 * @request: what arrived
 *
 * Returns: whether it is a request that may be worked on
 */
gboolean
fr_image_request_check (const FrImageRequest *request)
{
  if (request->magic != FR_IMAGE_PROTOCOL_MAGIC)
    return FALSE;
  switch (request->operation)
    {
    case FR_IMAGE_SUMMARISE:
    case FR_IMAGE_STRIP:
      return has_no_size (request) && has_no_part (request) && has_no_frames (request);
    case FR_IMAGE_RENDER:
      return has_size (request) && has_no_part (request) && has_no_frames (request);
    case FR_IMAGE_RENDER_PART:
      return has_size (request) && has_part (request) && has_no_frames (request);
    case FR_IMAGE_FRAMES:
      return has_size (request) && has_no_part (request) && has_frames (request);
    default:
      return FALSE;
    }
}

static gboolean
check_header (const FrImageReply *reply)
{
  return fr_image_type_is_supported (reply->type) && reply->width > 0 && reply->height > 0
         && (guint64)reply->width * reply->height <= FR_IMAGE_MAX_PIXELS;
}

static gboolean
check_copy (const FrImageReply *reply)
{
  return fr_image_type_is_supported (reply->type) && reply->copy_size > 0
         && reply->copy_size <= FR_IMAGE_MAX_FILE_SIZE && (reply->removed & ~FR_STRIP_ALL_DETAILS) == 0
         && reply->is_same <= 1;
}

static gboolean
check_size (const FrImageReply *reply, const FrImageRequest *request)
{
  return reply->width > 0 && reply->width <= request->max_width && reply->height > 0
         && reply->height <= request->max_height;
}

static gboolean
check_frames (const FrImageReply *reply, const FrImageRequest *request)
{
  return check_size (reply, request) && reply->n_frames > 0 && reply->n_frames <= request->n && reply->n_total >= 2
         && reply->n_total <= FR_IMAGE_MAX_FRAMES && request->first + reply->n_frames <= reply->n_total
         && (guint64)reply->width * reply->height * FR_IMAGE_BYTES_PER_PIXEL * reply->n_frames
                <= FR_IMAGE_MAX_FRAMES_BYTES;
}

static gboolean
brings_fd (guint kind)
{
  return kind == FR_IMAGE_REPLY_PIXELS || kind == FR_IMAGE_REPLY_FRAMES || kind == FR_IMAGE_REPLY_COPY;
}

/**
 * fr_image_reply_check:
 * @reply: what arrived
 * @request: what was asked
 * @size: bytes of the whole packet
 * @has_fd: whether a descriptor came with it
 *
 * Says whether a reply is of a form that the decoding process may send in answer to @request.
 *
 * Returns: %FALSE if it is not; it must not be looked at further then
 */
gboolean
fr_image_reply_check (const FrImageReply *reply, const FrImageRequest *request, gsize size, gboolean has_fd)
{
  if (reply->magic != FR_IMAGE_PROTOCOL_MAGIC || reply->serial != request->serial)
    return FALSE;
  if (reply->thumbnail_size > FR_IMAGE_MAX_THUMBNAIL || reply->preview_size > FR_IMAGE_MAX_PREVIEW)
    return FALSE;
  if (size != sizeof *reply + reply->thumbnail_size + reply->preview_size)
    return FALSE;
  if (has_fd != brings_fd (reply->kind))
    return FALSE;
  if (size != sizeof *reply && reply->kind != FR_IMAGE_REPLY_SUMMARY)
    return FALSE;

  switch (reply->kind)
    {
    case FR_IMAGE_REPLY_HEADER:
      return request->operation != FR_IMAGE_STRIP && check_header (reply);
    case FR_IMAGE_REPLY_SUMMARY:
      return request->operation == FR_IMAGE_SUMMARISE && check_header (reply) && reply->thumbnail_size > 0;
    case FR_IMAGE_REPLY_PIXELS:
      return (request->operation == FR_IMAGE_RENDER || request->operation == FR_IMAGE_RENDER_PART)
             && check_size (reply, request);
    case FR_IMAGE_REPLY_FRAMES:
      return request->operation == FR_IMAGE_FRAMES && check_frames (reply, request);
    case FR_IMAGE_REPLY_COPY:
      return request->operation == FR_IMAGE_STRIP && check_copy (reply);
    case FR_IMAGE_REPLY_FAILURE:
      return reply->error < FR_IMAGE_N_ERRORS;
    default:
      return FALSE;
    }
}

/**
 * fr_image_request_send:
 * @socket: the socket
 * @request: what to ask
 * @fd: the picture's file; stays the caller's
 *
 * Returns: %FALSE if the other side is gone (or, on a socket that does not block, does not read)
 */
gboolean
fr_image_request_send (int socket, const FrImageRequest *request, int fd)
{
  struct iovec part = { (void *)request, sizeof *request };

  return send_packet (socket, &part, 1, fd);
}

/**
 * fr_image_request_receive:
 * @socket: the socket
 * @out_request: (out): what is asked
 * @out_fd: (out): the picture's file, owned by the caller now
 *
 * Takes the next request.
 *
 * Returns: whether there was one that may be worked on; the out parameters are set only then
 */
FrImageReceipt
fr_image_request_receive (int socket, FrImageRequest *out_request, int *out_fd)
{
  FrImageRequest request;
  struct iovec part = { &request, sizeof request };
  gsize size = 0;
  int fd = -1;
  FrImageReceipt receipt = receive_packet (socket, &part, 1, &size, &fd);

  if (receipt != FR_IMAGE_RECEIVED)
    return receipt;
  if (fd < 0)
    return FR_IMAGE_NONSENSE;
  if (size != sizeof request || !fr_image_request_check (&request))
    {
      close (fd);
      return FR_IMAGE_NONSENSE;
    }
  *out_request = request;
  *out_fd = fd;
  return FR_IMAGE_RECEIVED;
}

/**
 * fr_image_reply_send:
 * @socket: the socket
 * @reply: what to answer
 * @thumbnail: (nullable): its `thumbnail_size` bytes
 * @preview: (nullable): its `preview_size` bytes
 * @fd: a memfd with pixels or a copy, or -1; stays the caller's
 *
 * Returns: %FALSE if the other side is gone
 */
gboolean
fr_image_reply_send (int socket,
                     const FrImageReply *reply,
                     const void *thumbnail,
                     const void *preview,
                     int fd)
{
  struct iovec parts[] = {
    { (void *)reply, sizeof *reply },
    { (void *)thumbnail, reply->thumbnail_size },
    { (void *)preview, reply->preview_size },
  };

  return send_packet (socket, parts, G_N_ELEMENTS (parts), fd);
}

/**
 * fr_image_reply_receive:
 * @socket: the socket
 * @request: what was asked
 * @buffer: (out caller-allocates): room for %FR_IMAGE_MAX_THUMBNAIL + %FR_IMAGE_MAX_PREVIEW bytes: the
 * thumbnail, then the preview
 * @out_reply: (out): the answer
 * @out_fd: (out): a descriptor owned by the caller now, or -1
 *
 * Takes the next reply, checked with fr_image_reply_check().
 *
 * Returns: whether there was one; the out parameters are set only then
 */
FrImageReceipt
fr_image_reply_receive (int socket,
                        const FrImageRequest *request,
                        guint8 *buffer,
                        FrImageReply *out_reply,
                        int *out_fd)
{
  FrImageReply reply;
  struct iovec parts[] = { { &reply, sizeof reply }, { buffer, FR_IMAGE_MAX_REPLY - sizeof reply } };
  gsize size = 0;
  int fd = -1;
  FrImageReceipt receipt = receive_packet (socket, parts, G_N_ELEMENTS (parts), &size, &fd);

  if (receipt != FR_IMAGE_RECEIVED)
    return receipt;
  if (size < sizeof reply || !fr_image_reply_check (&reply, request, size, fd >= 0))
    {
      if (fd >= 0)
        close (fd);
      return FR_IMAGE_NONSENSE;
    }
  *out_reply = reply;
  *out_fd = fd;
  return FR_IMAGE_RECEIVED;
}
