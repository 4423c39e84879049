/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How much room on the disk pictures will take that are to be added. Nobody looks into them for that: it is told by what
 * their files are called and how large they are, and is an estimate. Pure, but for what looks at the disk. */

/* Up to here nobody has to be asked, unless it is more than a tenth of what is free. */
#define FR_ROOM_LITTLE G_GUINT64_CONSTANT (1000000000)

/* What is kept of each picture beside its bytes: the small ones, and its row. */
#define FR_ROOM_BESIDE (32 * 1024)

/**
 * FrRoom:
 * @bytes_least: what they take where nothing is taken out of any of them
 * @bytes_needed: what they take where a copy without details is kept beside each that may have some
 * @bytes_free: what this person may still write where the pictures are
 * @n_pictures: how many there are, by their names
 * @shares: whether the disk lets some of them share their bytes with the files that are there
 */
typedef struct
{
  guint64 bytes_least;
  guint64 bytes_needed;
  guint64 bytes_free;
  guint n_pictures;
  gboolean shares;
} FrRoom;

typedef enum
{
  FR_ROOM_AMPLE, /* nobody has to be asked */
  FR_ROOM_ASK,
  FR_ROOM_TIGHT, /* it may not be enough */
  FR_ROOM_NONE,  /* it is not enough, whatever is in the files */
} FrRoomVerdict;

void fr_room_add (FrRoom *self, const char *name, guint64 size, gboolean shares, gboolean keeps_metadata);
FrRoomVerdict fr_room_judge (const FrRoom *self);
gboolean fr_room_find_free (const char *folder, guint64 *out_bytes, GError **error);

G_END_DECLS
