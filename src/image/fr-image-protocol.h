/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Freshet and its decoding process say to each other: packets (SOCK_SEQPACKET) of fixed-size structs in
 * the machine's own byte order, each with at most one descriptor. A request brings the picture's file; a
 * reply may be followed by a thumbnail and a preview in the same packet, or bring pixels or a copy in a sealed
 * memfd.
 * Neither side trusts the other: the decoding process may have been taken over by a picture. */

/* The descriptor on which the decoding process finds its socket. */
#define FR_IMAGE_SOCKET_FD 3

/* With this exit status the decoding process says that it ran out of memory. */
#define FR_IMAGE_EXIT_NO_MEMORY 77

#define FR_IMAGE_PROTOCOL_MAGIC 0x46724935u

#define FR_IMAGE_MAX_FILE_SIZE   (G_GUINT64_CONSTANT (512) << 20)
#define FR_IMAGE_MAX_PIXELS      G_GUINT64_CONSTANT (500000000)
#define FR_IMAGE_THUMBNAIL_SIDE  256
#define FR_IMAGE_MAX_THUMBNAIL   (128u << 10)
#define FR_IMAGE_MAX_PREVIEW     6144u
#define FR_IMAGE_MAX_RENDER_SIDE 8192u
#define FR_IMAGE_BYTES_PER_PIXEL 4u
#define FR_IMAGE_MAX_PIXEL_BYTES                                                                             \
  ((gsize)FR_IMAGE_MAX_RENDER_SIDE * FR_IMAGE_MAX_RENDER_SIDE * FR_IMAGE_BYTES_PER_PIXEL)

/* What moves: its frames are built one upon the other, so the last costs all that come before it. What is beyond
 * these is not shown, or does not move at all. */
#define FR_IMAGE_MAX_FRAMES         4096u                         /* of a picture */
#define FR_IMAGE_MAX_FRAMES_AT_ONCE 64u                           /* in an answer */
#define FR_IMAGE_MAX_FRAME_PIXELS   (G_GUINT64_CONSTANT (1) << 24) /* of a frame */
#define FR_IMAGE_MAX_MOVING_PIXELS  (G_GUINT64_CONSTANT (1) << 29) /* of all frames */
#define FR_IMAGE_MAX_FRAMES_BYTES   (G_GUINT64_CONSTANT (128) << 20) /* of those of an answer, while it is made */

typedef enum
{
  FR_IMAGE_SUMMARISE = 1, /* answered by a header, then a summary */
  FR_IMAGE_RENDER = 2,    /* answered by a header, then pixels */
  FR_IMAGE_STRIP = 3,     /* answered by a copy without details, at once */
  FR_IMAGE_RENDER_PART = 4, /* answered by a header, then pixels */
  FR_IMAGE_FRAMES = 5,      /* answered by a header, then frames */
} FrImageOperation;

typedef struct
{
  guint32 magic;
  guint32 serial;
  guint32 operation; /* FrImageOperation */
  guint32 max_width; /* pixels, for FR_IMAGE_RENDER, FR_IMAGE_RENDER_PART and FR_IMAGE_FRAMES */
  guint32 max_height;
  guint32 left; /* for FR_IMAGE_RENDER_PART: where it is, in pixels of the picture as it is shown */
  guint32 top;
  guint32 width;
  guint32 height;
  guint32 first; /* for FR_IMAGE_FRAMES */
  guint32 n;
} FrImageRequest;

typedef enum
{
  FR_IMAGE_REPLY_HEADER = 1,  /* type, width and height of the whole picture; another reply follows */
  FR_IMAGE_REPLY_SUMMARY = 2, /* thumbnail_size and preview_size bytes follow in the packet */
  FR_IMAGE_REPLY_PIXELS
  = 3, /* width and height of what is in the descriptor: RGBA, 8 bits, rows without gaps */
  FR_IMAGE_REPLY_FAILURE = 4, /* error */
  FR_IMAGE_REPLY_FRAMES = 6,  /* n_frames, each of width and height, one after the other, then the milliseconds of each (32
                               * bits); of n_total that may be asked for */
  FR_IMAGE_REPLY_COPY = 5,    /* type, removed, is_same, and copy_size, the bytes of the file in the descriptor */
} FrImageReplyKind;

typedef struct
{
  guint32 magic;
  guint32 serial; /* of the request */
  guint32 kind;   /* FrImageReplyKind */
  guint32 error;  /* FrImageError */
  guint32 type;   /* FrImageType */
  guint32 width;
  guint32 height;
  guint32 thumbnail_size; /* bytes */
  guint32 preview_size;
  guint32 removed; /* FrStripDetails */
  guint32 copy_size;
  guint32 is_same; /* whether the copy is the file, byte for byte: 0 or 1 */
  guint32 n_frames;
  guint32 n_total;
} FrImageReply;

#define FR_IMAGE_MAX_REPLY (sizeof (FrImageReply) + FR_IMAGE_MAX_THUMBNAIL + FR_IMAGE_MAX_PREVIEW)

typedef enum
{
  FR_IMAGE_RECEIVED,
  FR_IMAGE_NOTHING_YET,
  FR_IMAGE_CLOSED,
  FR_IMAGE_NONSENSE,
} FrImageReceipt;

gboolean fr_image_request_check (const FrImageRequest *request);
gboolean fr_image_reply_check (const FrImageReply *reply,
                               const FrImageRequest *request,
                               gsize size,
                               gboolean has_fd);

gboolean fr_image_request_send (int socket, const FrImageRequest *request, int fd);
FrImageReceipt fr_image_request_receive (int socket, FrImageRequest *out_request, int *out_fd);

gboolean fr_image_reply_send (int socket,
                              const FrImageReply *reply,
                              const void *thumbnail,
                              const void *preview,
                              int fd);
FrImageReceipt fr_image_reply_receive (int socket,
                                       const FrImageRequest *request,
                                       guint8 *buffer,
                                       FrImageReply *out_reply,
                                       int *out_fd);

G_END_DECLS
