/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-room.h"

#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>

#include "fr-picture.h"
#include "fr-store-error-private.h"

/* What file systems hand out at a time. */
#define CLUSTER 4096

typedef enum
{
  KIND_NONE,  /* something else, of which nothing is added */
  KIND_WHOLE, /* nothing can be taken out of it: there is one file */
  KIND_CLEANED
} Kind;

/* What has no ending may be any picture. */
static Kind
tell_kind (const char *name)
{
  static const struct
  {
    const char *ending;
    Kind kind;
  } endings[] = {
    { "jpg", KIND_CLEANED }, { "jpeg", KIND_CLEANED }, { "jpe", KIND_CLEANED }, { "jfif", KIND_CLEANED },
    { "png", KIND_CLEANED }, { "webp", KIND_CLEANED }, { "gif", KIND_CLEANED }, { "heic", KIND_WHOLE },
    { "heif", KIND_WHOLE },  { "avif", KIND_WHOLE },   { "tif", KIND_WHOLE },   { "tiff", KIND_WHOLE },
    { "svg", KIND_WHOLE },
  };
  const char *dot = strrchr (name, '.');

  if (dot == NULL)
    return KIND_CLEANED;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot + 1, endings[i].ending) == 0)
      return endings[i].kind;
  return KIND_NONE;
}

/**
 * fr_room_add:
 * @self: (inout): room, all zero at first
 * @name: (type filename): what a file is called
 * @size: its size in bytes
 * @shares: whether its copy shares its bytes on disk with it
 * @keeps_metadata: whether it is shared as it is
 *
 * Counts one more file. What is empty or too large will not be added, and takes nothing.
 */
void
fr_room_add (FrRoom *self, const char *name, guint64 size, gboolean shares, gboolean keeps_metadata)
{
  Kind kind = tell_kind (name);
  guint64 on_disk = (size + CLUSTER - 1) / CLUSTER * CLUSTER;

  if (kind == KIND_NONE || size == 0 || size > FR_PICTURE_MAX_BYTES)
    return;
  self->n_pictures++;
  self->shares = self->shares || shares;
  self->bytes_needed += FR_ROOM_BESIDE;
  if (!shares)
    {
      self->bytes_least += on_disk;
      self->bytes_needed += on_disk;
    }
  if (kind == KIND_CLEANED && !keeps_metadata)
    self->bytes_needed += on_disk;
}

/**
 * fr_room_judge:
 * @self: room
 *
 * Returns: whether there is enough, and whether the person has to know
 */
FrRoomVerdict
fr_room_judge (const FrRoom *self)
{
  if (self->bytes_least > self->bytes_free)
    return FR_ROOM_NONE;
  if (self->bytes_needed > self->bytes_free)
    return FR_ROOM_TIGHT;
  if (self->bytes_needed > FR_ROOM_LITTLE || self->bytes_needed > self->bytes_free / 10)
    return FR_ROOM_ASK;
  return FR_ROOM_AMPLE;
}

/**
 * fr_room_find_free:
 * @folder: (type filename): a folder
 * @out_bytes: (out): how much may be written there by whoever runs this
 * @error: (out) (optional): %FR_STORE_ERROR_IO
 *
 * Asks the file system; blocking.
 *
 * Returns: whether it has answered
 */
gboolean
fr_room_find_free (const char *folder, guint64 *out_bytes, GError **error)
{
  struct statvfs disk;

  if (statvfs (folder, &disk) != 0)
    {
      fr_store_error_set_errno (error, errno, "The disk does not say how much room there is");
      return FALSE;
    }
  *out_bytes = (guint64) disk.f_bavail * disk.f_frsize;
  return TRUE;
}
