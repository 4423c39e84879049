/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"

G_BEGIN_DECLS

/* Messages of the bulk channel: a header of four 32-bit numbers, big end first, and a piece of one block of a picture.
 * A plain value. */

#define FR_BULK_HEADER_SIZE 16
#define FR_BULK_DATA_MAX (60 * 1024)
#define FR_BULK_MAX_BLOCKS 2048 /* of FR_PICTURE_MAX_SIZE */

typedef struct
{
  guint32 transfer;
  guint32 block;
  guint32 offset; /* in the block */
  guint32 length; /* of the data that follows */
} FrBulkHeader;

GBytes *fr_bulk_pack (const FrBulkHeader *header, const void *data);
FrWireFault fr_bulk_parse (GBytes *message, FrBulkHeader *out_header, const guint8 **out_data);

G_END_DECLS
