/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-image-protocol.h"
#include "fr-image-sniff.h"
#include "fuzz-input.h"

/* What the decoding process answers, once a picture has taken it over; and what it may be asked. */

const gsize fuzz_max_size = sizeof (FrImageRequest) + sizeof (FrImageReply) + 2;

static FrImageRequest
take_request (FuzzInput *input)
{
  FrImageRequest request = { .magic = FR_IMAGE_PROTOCOL_MAGIC, .serial = 7 };

  request.operation = fuzz_take_byte (input) % 7;
  request.max_width = fuzz_take_number (input);
  request.max_height = fuzz_take_number (input);
  request.left = fuzz_take_number (input);
  request.top = fuzz_take_number (input);
  request.width = fuzz_take_number (input);
  request.height = fuzz_take_number (input);
  request.first = fuzz_take_number (input);
  request.n = fuzz_take_number (input);
  return request;
}

static FrImageReply
take_reply (FuzzInput *input)
{
  FrImageReply reply = { .magic = FR_IMAGE_PROTOCOL_MAGIC, .serial = 7 };

  reply.kind = fuzz_take_byte (input) % 8;
  reply.error = fuzz_take_number (input);
  reply.type = fuzz_take_number (input);
  reply.width = fuzz_take_number (input);
  reply.height = fuzz_take_number (input);
  reply.thumbnail_size = fuzz_take_number (input);
  reply.preview_size = fuzz_take_number (input);
  reply.removed = fuzz_take_number (input);
  reply.copy_size = fuzz_take_number (input);
  reply.is_same = fuzz_take_number (input);
  reply.n_frames = fuzz_take_number (input);
  reply.n_total = fuzz_take_number (input);
  return reply;
}

/* What is mapped is never more than may be, and what is copied fits into its place. */
static void
check_good (const FrImageReply *reply, const FrImageRequest *request, gboolean has_fd)
{
  const guint64 pixels = (guint64) reply->width * reply->height;

  g_assert_cmpuint ((guint64) reply->thumbnail_size + reply->preview_size, <=,
                    FR_IMAGE_MAX_THUMBNAIL + FR_IMAGE_MAX_PREVIEW);
  switch (reply->kind)
    {
    case FR_IMAGE_REPLY_PIXELS:
      g_assert_true (has_fd);
      g_assert_cmpuint (pixels, >, 0);
      g_assert_cmpuint (pixels * FR_IMAGE_BYTES_PER_PIXEL, <=, FR_IMAGE_MAX_PIXEL_BYTES);
      break;
    case FR_IMAGE_REPLY_FRAMES:
      g_assert_true (has_fd);
      g_assert_cmpuint (reply->n_frames, >, 0);
      g_assert_cmpuint (pixels, >, 0);
      g_assert_cmpuint (pixels * FR_IMAGE_BYTES_PER_PIXEL, <=, FR_IMAGE_MAX_FRAMES_BYTES / reply->n_frames);
      g_assert_cmpuint (reply->n_total, <=, FR_IMAGE_MAX_FRAMES);
      g_assert_cmpuint ((guint64) request->first + reply->n_frames, <=, reply->n_total);
      break;
    case FR_IMAGE_REPLY_COPY:
      g_assert_true (has_fd);
      g_assert_cmpuint (reply->copy_size, <=, FR_IMAGE_MAX_FILE_SIZE);
      break;
    default:
      g_assert_false (has_fd);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  const FrImageRequest request = take_request (&input);
  const FrImageReply reply = take_reply (&input);
  const guint flags = fuzz_take_byte (&input);
  const gboolean has_fd = flags & 1;
  const gsize packet = sizeof reply + (gsize) reply.thumbnail_size + reply.preview_size + (flags >> 7);

  if (!fr_image_request_check (&request))
    return 0;
  g_assert_cmpuint (request.max_width, <=, FR_IMAGE_MAX_RENDER_SIDE);
  g_assert_cmpuint (request.max_height, <=, FR_IMAGE_MAX_RENDER_SIDE);
  if (fr_image_reply_check (&reply, &request, packet, has_fd))
    {
      g_assert_cmpuint (flags >> 7, ==, 0);
      check_good (&reply, &request, has_fd);
    }
  return 0;
}
