/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const FrImageRequest summarise = { FR_IMAGE_PROTOCOL_MAGIC, 5, FR_IMAGE_SUMMARISE, 0, 0 };
static const FrImageRequest render = { FR_IMAGE_PROTOCOL_MAGIC, 5, FR_IMAGE_RENDER, 100, 50 };
static const FrImageRequest strip = { FR_IMAGE_PROTOCOL_MAGIC, 5, FR_IMAGE_STRIP, 0, 0 };
static const FrImageRequest render_part = { FR_IMAGE_PROTOCOL_MAGIC, 5, FR_IMAGE_RENDER_PART, 100, 50, 7, 8, 200, 100 };
static const FrImageRequest frames
    = { FR_IMAGE_PROTOCOL_MAGIC, 5, FR_IMAGE_FRAMES, 8192, 8192, .first = 20, .n = 16 };

typedef struct
{
  int ours;
  int theirs;
} Pair;

static void
pair_init (Pair *pair)
{
  int sockets[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets));
  *pair = (Pair) { sockets[0], sockets[1] };
}

static void
pair_clear (Pair *pair)
{
  if (pair->ours >= 0)
    close (pair->ours);
  if (pair->theirs >= 0)
    close (pair->theirs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static guint
count_fds (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_request_check (void)
{
  static const struct
  {
    FrImageRequest request;
    gboolean good;
  } rows[] = {
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_SUMMARISE, 0, 0 }, TRUE },
    { { FR_IMAGE_PROTOCOL_MAGIC + 1, 0, FR_IMAGE_SUMMARISE, 0, 0 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_SUMMARISE, 1, 0 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER, 1, 1 }, TRUE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER, 0, 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER, 1, 0 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER, FR_IMAGE_MAX_RENDER_SIDE, FR_IMAGE_MAX_RENDER_SIDE }, TRUE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER, FR_IMAGE_MAX_RENDER_SIDE + 1, 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER, 1, FR_IMAGE_MAX_RENDER_SIDE + 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_STRIP, 0, 0 }, TRUE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_STRIP, 0, 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER, 1, 1, .left = 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER, 1, 1, .n = 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_SUMMARISE, .height = 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_STRIP, .first = 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER_PART, 1, 1, 0, 0, 1, 1 }, TRUE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER_PART, 1, 1, 500000000, 500000000, 500000000, 1 }, TRUE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER_PART, 1, 1, 500000001, 0, 1, 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER_PART, 1, 1, 0, 0, 1, 500000001 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER_PART, 1, 1, 0, 0, 0, 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER_PART, 0, 1, 0, 0, 1, 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_RENDER_PART, 1, 1, 0, 0, 1, 1, .n = 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_FRAMES, 1, 1, .first = FR_IMAGE_MAX_FRAMES - 1, .n = 16 }, TRUE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_FRAMES, 1, 1, .first = FR_IMAGE_MAX_FRAMES, .n = 16 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_FRAMES, 1, 1, .n = FR_IMAGE_MAX_FRAMES_AT_ONCE }, TRUE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_FRAMES, 1, 1, .n = FR_IMAGE_MAX_FRAMES_AT_ONCE + 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_FRAMES, 1, 1, .n = 0 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_FRAMES, 1, 1, .left = 1, .n = 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, FR_IMAGE_FRAMES, 8193, 1, .n = 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, 6, 1, 1 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, 6, 0, 0 }, FALSE },
    { { FR_IMAGE_PROTOCOL_MAGIC, 0, 0, 0, 0 }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (fr_image_request_check (&rows[i].request), ==, rows[i].good);
    }
}

#define REPLY(...) { .magic = FR_IMAGE_PROTOCOL_MAGIC, .serial = 5, __VA_ARGS__ }
#define HEADER .kind = FR_IMAGE_REPLY_HEADER
#define SUMMARY .kind = FR_IMAGE_REPLY_SUMMARY, .type = FR_IMAGE_TYPE_PNG, .width = 4, .height = 3
#define PIXELS .kind = FR_IMAGE_REPLY_PIXELS
#define COPY .kind = FR_IMAGE_REPLY_COPY, .type = FR_IMAGE_TYPE_PNG
#define FRAMES .kind = FR_IMAGE_REPLY_FRAMES, .width = 4, .height = 3
#define FAILURE .kind = FR_IMAGE_REPLY_FAILURE

static const struct
{
  const char *description;
  FrImageReply reply;
  const FrImageRequest *request;
  int extra; /* bytes beyond what the reply says */
  gboolean has_fd;
  gboolean good;
} reply_rows[] = {
  { "header", REPLY (HEADER, .type = 1, .width = 1, .height = 1), &summarise, 0, FALSE, TRUE },
  { "header of a rendering", REPLY (HEADER, .type = 8, .width = 1, .height = 1), &render, 0, FALSE, TRUE },
  { "header of no type", REPLY (HEADER, .type = 0, .width = 1, .height = 1), &summarise, 0, FALSE, FALSE },
  { "header of type 9", REPLY (HEADER, .type = 9, .width = 1, .height = 1), &summarise, 0, FALSE, FALSE },
  { "header of other type", REPLY (HEADER, .type = 255, .width = 1, .height = 1), &summarise, 0, FALSE, FALSE },
  { "header without width", REPLY (HEADER, .type = 1, .height = 1), &summarise, 0, FALSE, FALSE },
  { "header without height", REPLY (HEADER, .type = 1, .width = 1), &summarise, 0, FALSE, FALSE },
  { "most pixels", REPLY (HEADER, .type = 1, .width = 25000, .height = 20000), &summarise, 0, FALSE, TRUE },
  { "one row more", REPLY (HEADER, .type = 1, .width = 25000, .height = 20001), &summarise, 0, FALSE, FALSE },
  { "pixels beyond 32 bits", REPLY (HEADER, .type = 1, .width = 1u << 31, .height = 2), &summarise, 0, FALSE, FALSE },
  { "header with a thumbnail", REPLY (HEADER, .type = 1, .width = 1, .height = 1, .thumbnail_size = 1), &summarise, 0,
    FALSE, FALSE },
  { "header with a descriptor", REPLY (HEADER, .type = 1, .width = 1, .height = 1), &summarise, 0, TRUE, FALSE },
  { "summary", REPLY (SUMMARY, .thumbnail_size = 1, .preview_size = 1), &summarise, 0, FALSE, TRUE },
  { "summary without preview", REPLY (SUMMARY, .thumbnail_size = 1), &summarise, 0, FALSE, TRUE },
  { "summary without thumbnail", REPLY (SUMMARY, .preview_size = 1), &summarise, 0, FALSE, FALSE },
  { "most of both", REPLY (SUMMARY, .thumbnail_size = FR_IMAGE_MAX_THUMBNAIL, .preview_size = FR_IMAGE_MAX_PREVIEW),
    &summarise, 0, FALSE, TRUE },
  { "thumbnail too large", REPLY (SUMMARY, .thumbnail_size = FR_IMAGE_MAX_THUMBNAIL + 1), &summarise, 0, FALSE, FALSE },
  { "preview too large", REPLY (SUMMARY, .thumbnail_size = 1, .preview_size = FR_IMAGE_MAX_PREVIEW + 1), &summarise, 0,
    FALSE, FALSE },
  { "sizes that wrap round", REPLY (SUMMARY, .thumbnail_size = G_MAXUINT32, .preview_size = 2), &summarise, 0, FALSE,
    FALSE },
  { "bytes missing", REPLY (SUMMARY, .thumbnail_size = 2), &summarise, -1, FALSE, FALSE },
  { "bytes left over", REPLY (SUMMARY, .thumbnail_size = 2), &summarise, 1, FALSE, FALSE },
  { "summary of a rendering", REPLY (SUMMARY, .thumbnail_size = 1), &render, 0, FALSE, FALSE },
  { "pixels", REPLY (PIXELS, .width = 100, .height = 50), &render, 0, TRUE, TRUE },
  { "pixels without descriptor", REPLY (PIXELS, .width = 100, .height = 50), &render, 0, FALSE, FALSE },
  { "pixels too wide", REPLY (PIXELS, .width = 101, .height = 50), &render, 0, TRUE, FALSE },
  { "pixels too high", REPLY (PIXELS, .width = 100, .height = 51), &render, 0, TRUE, FALSE },
  { "no pixels", REPLY (PIXELS, .width = 0, .height = 50), &render, 0, TRUE, FALSE },
  { "no rows", REPLY (PIXELS, .width = 100, .height = 0), &render, 0, TRUE, FALSE },
  { "pixels of a summary", REPLY (PIXELS, .width = 1, .height = 1), &summarise, 0, TRUE, FALSE },
  { "failure", REPLY (FAILURE, .error = FR_IMAGE_ERROR_TRUNCATED), &summarise, 0, FALSE, TRUE },
  { "last failure", REPLY (FAILURE, .error = FR_IMAGE_N_ERRORS - 1), &render, 0, FALSE, TRUE },
  { "failure unknown", REPLY (FAILURE, .error = FR_IMAGE_N_ERRORS), &summarise, 0, FALSE, FALSE },
  { "kind 0", REPLY (.kind = 0), &summarise, 0, FALSE, FALSE },
  { "copy", REPLY (COPY, .copy_size = 1), &strip, 0, TRUE, TRUE },
  { "largest copy", REPLY (COPY, .copy_size = FR_IMAGE_MAX_FILE_SIZE), &strip, 0, TRUE, TRUE },
  { "copy too large", REPLY (COPY, .copy_size = FR_IMAGE_MAX_FILE_SIZE + 1), &strip, 0, TRUE, FALSE },
  { "empty copy", REPLY (COPY), &strip, 0, TRUE, FALSE },
  { "all removed", REPLY (COPY, .copy_size = 1, .removed = FR_STRIP_ALL_DETAILS), &strip, 0, TRUE, TRUE },
  { "more removed", REPLY (COPY, .copy_size = 1, .removed = FR_STRIP_ALL_DETAILS + 1), &strip, 0, TRUE, FALSE },
  { "the same", REPLY (COPY, .copy_size = 1, .is_same = 1), &strip, 0, TRUE, TRUE },
  { "more than the same", REPLY (COPY, .copy_size = 1, .is_same = 2), &strip, 0, TRUE, FALSE },
  { "copy without descriptor", REPLY (COPY, .copy_size = 1), &strip, 0, FALSE, FALSE },
  { "copy with a thumbnail", REPLY (COPY, .copy_size = 1, .thumbnail_size = 1), &strip, 0, TRUE, FALSE },
  { "copy of no type", REPLY (.kind = FR_IMAGE_REPLY_COPY, .copy_size = 1), &strip, 0, TRUE, FALSE },
  { "copy for a summary", REPLY (COPY, .copy_size = 1), &summarise, 0, TRUE, FALSE },
  { "copy for a rendering", REPLY (COPY, .copy_size = 1), &render, 0, TRUE, FALSE },
  { "header of a copy", REPLY (HEADER, .type = 1, .width = 1, .height = 1), &strip, 0, FALSE, FALSE },
  { "summary of a copy", REPLY (SUMMARY, .thumbnail_size = 1), &strip, 0, FALSE, FALSE },
  { "pixels of a copy", REPLY (PIXELS, .width = 1, .height = 1), &strip, 0, TRUE, FALSE },
  { "failure of a copy", REPLY (FAILURE, .error = FR_IMAGE_ERROR_NOT_LOSSLESS), &strip, 0, FALSE, TRUE },
  { "a part", REPLY (PIXELS, .width = 100, .height = 50), &render_part, 0, TRUE, TRUE },
  { "too large a part", REPLY (PIXELS, .width = 100, .height = 51), &render_part, 0, TRUE, FALSE },
  { "header of a part", REPLY (HEADER, .type = 1, .width = 1, .height = 1), &render_part, 0, FALSE, TRUE },
  { "header of frames", REPLY (HEADER, .type = 4, .width = 1, .height = 1), &frames, 0, FALSE, TRUE },
  { "frames", REPLY (FRAMES, .n_frames = 16, .n_total = 36), &frames, 0, TRUE, TRUE },
  { "the last frame", REPLY (FRAMES, .n_frames = 1, .n_total = 21), &frames, 0, TRUE, TRUE },
  { "one frame too many", REPLY (FRAMES, .n_frames = 17, .n_total = 40), &frames, 0, TRUE, FALSE },
  { "no frame", REPLY (FRAMES, .n_frames = 0, .n_total = 40), &frames, 0, TRUE, FALSE },
  { "frames beyond the last", REPLY (FRAMES, .n_frames = 2, .n_total = 21), &frames, 0, TRUE, FALSE },
  { "most frames", REPLY (FRAMES, .n_frames = 1, .n_total = FR_IMAGE_MAX_FRAMES), &frames, 0, TRUE, TRUE },
  { "more frames than that", REPLY (FRAMES, .n_frames = 1, .n_total = FR_IMAGE_MAX_FRAMES + 1), &frames, 0, TRUE, FALSE },
  { "frames without descriptor", REPLY (FRAMES, .n_frames = 1, .n_total = 36), &frames, 0, FALSE, FALSE },
  { "frames for a rendering", REPLY (FRAMES, .n_frames = 1, .n_total = 36), &render, 0, TRUE, FALSE },
  { "frames of no width", REPLY (.kind = FR_IMAGE_REPLY_FRAMES, .height = 1, .n_frames = 1, .n_total = 36), &frames, 0,
    TRUE, FALSE },
  { "most bytes of frames", REPLY (.kind = FR_IMAGE_REPLY_FRAMES, .width = 2048, .height = 1024, .n_frames = 16,
    .n_total = 36), &frames, 0, TRUE, TRUE },
  { "more bytes than that", REPLY (.kind = FR_IMAGE_REPLY_FRAMES, .width = 2048, .height = 1025, .n_frames = 16,
    .n_total = 36), &frames, 0, TRUE, FALSE },
  { "pixels for frames", REPLY (PIXELS, .width = 1, .height = 1), &frames, 0, TRUE, FALSE },
  { "kind 7", REPLY (.kind = 7), &summarise, 0, FALSE, FALSE },
  { "other serial", { .magic = FR_IMAGE_PROTOCOL_MAGIC, .serial = 6, FAILURE }, &summarise, 0, FALSE, FALSE },
  { "other magic", { .magic = 5, .serial = 5, FAILURE }, &summarise, 0, FALSE, FALSE },
};

static void
test_reply_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reply_rows); i++)
    {
      const FrImageReply *reply = &reply_rows[i].reply;
      gsize size = sizeof *reply + reply->thumbnail_size + reply->preview_size + reply_rows[i].extra;

      g_test_message ("%s", reply_rows[i].description);
      g_assert_cmpint (fr_image_reply_check (reply, reply_rows[i].request, size, reply_rows[i].has_fd), ==,
                       reply_rows[i].good);
    }
}

static void
test_request_travels (void)
{
  g_auto (Pair) pair;
  FrImageRequest request;
  int fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  int received = -1;

  pair_init (&pair);
  g_assert_cmpint (fr_image_request_receive (pair.theirs, &request, &received), ==, FR_IMAGE_NOTHING_YET);
  g_assert_true (fr_image_request_send (pair.ours, &render, fd));
  g_assert_cmpint (fr_image_request_receive (pair.theirs, &request, &received), ==, FR_IMAGE_RECEIVED);
  g_assert_cmpmem (&request, sizeof request, &render, sizeof render);
  g_assert_cmpint (received, !=, fd);
  g_assert_cmpint (fcntl (received, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
  close (received);
  close (fd);
}

static void
test_request_without_file (void)
{
  g_auto (Pair) pair;
  FrImageRequest request;
  int received = -1;

  pair_init (&pair);
  g_assert_true (fr_image_request_send (pair.ours, &render, -1));
  g_assert_cmpint (fr_image_request_receive (pair.theirs, &request, &received), ==, FR_IMAGE_NONSENSE);
  g_assert_cmpint (received, ==, -1);
}

static void
test_reply_travels (void)
{
  g_auto (Pair) pair;
  g_autofree guint8 *sent = g_malloc (FR_IMAGE_MAX_THUMBNAIL + FR_IMAGE_MAX_PREVIEW);
  g_autofree guint8 *buffer = g_malloc (FR_IMAGE_MAX_THUMBNAIL + FR_IMAGE_MAX_PREVIEW);
  const FrImageReply reply
      = REPLY (SUMMARY, .thumbnail_size = FR_IMAGE_MAX_THUMBNAIL, .preview_size = FR_IMAGE_MAX_PREVIEW);
  FrImageReply received;
  int fd = -1;

  pair_init (&pair);
  memset (sent, 'a', FR_IMAGE_MAX_THUMBNAIL);
  memset (sent + FR_IMAGE_MAX_THUMBNAIL, 'b', FR_IMAGE_MAX_PREVIEW);
  g_assert_true (fr_image_reply_send (pair.theirs, &reply, sent, sent + FR_IMAGE_MAX_THUMBNAIL, -1));
  g_assert_cmpint (fr_image_reply_receive (pair.ours, &summarise, buffer, &received, &fd), ==, FR_IMAGE_RECEIVED);
  g_assert_cmpmem (&received, sizeof received, &reply, sizeof reply);
  g_assert_cmpmem (buffer, FR_IMAGE_MAX_THUMBNAIL + FR_IMAGE_MAX_PREVIEW, sent,
                   FR_IMAGE_MAX_THUMBNAIL + FR_IMAGE_MAX_PREVIEW);
  g_assert_cmpint (fd, ==, -1);
}

static void
test_closed (void)
{
  g_auto (Pair) pair;
  guint8 *buffer = g_malloc (FR_IMAGE_MAX_THUMBNAIL + FR_IMAGE_MAX_PREVIEW);
  FrImageReply reply;
  int fd = -1;

  pair_init (&pair);
  close (pair.theirs);
  pair.theirs = -1;
  g_assert_cmpint (fr_image_reply_receive (pair.ours, &summarise, buffer, &reply, &fd), ==, FR_IMAGE_CLOSED);
  g_assert_false (fr_image_request_send (pair.ours, &summarise, -1));
  g_free (buffer);
}

/* Sends `size` bytes of a reply, with so many copies of a descriptor. */
static void
send_with_fds (int socket, const FrImageReply *reply, gsize size, guint n_fds)
{
  union
  {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (4 * sizeof (int))];
  } control = { 0 };
  struct iovec part = { (void *) reply, size };
  struct msghdr message = { &(int) { 0 }, 0, &part, 1, control.bytes, CMSG_LEN (n_fds * sizeof (int)), 0 };
  int fds[4] = { socket, socket, socket, socket };

  control.header = (struct cmsghdr) { .cmsg_len = CMSG_LEN (n_fds * sizeof (int)), .cmsg_level = SOL_SOCKET,
                                      .cmsg_type = SCM_RIGHTS };
  memcpy (CMSG_DATA (&control.header), fds, n_fds * sizeof (int));
  message.msg_name = NULL;
  g_assert_cmpint (sendmsg (socket, &message, 0), ==, size);
}

/* Whatever descriptors come along, none stays open. */
static void
test_stray_descriptors (void)
{
  const FrImageReply pixels = REPLY (PIXELS, .width = 100, .height = 50);
  const FrImageReply failure = REPLY (FAILURE);
  static const struct
  {
    gboolean pixels;
    gsize size;
    guint n_fds;
  } rows[] = {
    { TRUE, sizeof (FrImageReply), 2 },
    { TRUE, sizeof (FrImageReply), 4 },
    { FALSE, sizeof (FrImageReply), 1 },
    { TRUE, sizeof (FrImageReply) - 1, 1 },
    { TRUE, 0, 1 },
  };
  g_auto (Pair) pair;
  g_autofree guint8 *buffer = g_malloc (FR_IMAGE_MAX_THUMBNAIL + FR_IMAGE_MAX_PREVIEW);
  guint before;

  pair_init (&pair);
  before = count_fds ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrImageReply reply;
      int fd = -1;

      g_test_message ("row %u", i);
      send_with_fds (pair.theirs, rows[i].pixels ? &pixels : &failure, rows[i].size, rows[i].n_fds);
      g_assert_cmpint (fr_image_reply_receive (pair.ours, &render, buffer, &reply, &fd), ==, FR_IMAGE_NONSENSE);
      g_assert_cmpint (fd, ==, -1);
      g_assert_cmpuint (count_fds (), ==, before);
    }
}

void
test_protocol_add (void)
{
  g_test_add_func ("/image/protocol/request-check", test_request_check);
  g_test_add_func ("/image/protocol/reply-check", test_reply_check);
  g_test_add_func ("/image/protocol/request-travels", test_request_travels);
  g_test_add_func ("/image/protocol/request-without-file", test_request_without_file);
  g_test_add_func ("/image/protocol/reply-travels", test_reply_travels);
  g_test_add_func ("/image/protocol/closed", test_closed);
  g_test_add_func ("/image/protocol/stray-descriptors", test_stray_descriptors);
}
