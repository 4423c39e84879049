/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gallery.h"

#include <string.h>

/* What cameras and telephones write beside a photograph: who made the camera, its serial number, when and where it was
 * taken, and a note of the maker that is larger than all the rest. Exif 2.3, little-endian. */

#define MAKER_NOTE_SIZE (24 * 1024)

/* Types of TIFF's fields. */
enum
{
  TEXT = 2,
  SHORT = 3,
  LONG = 4,
  RATIONAL = 5,
  ANYTHING = 7,
};

static void
add_number (GByteArray *bytes, guint32 value, guint size)
{
  for (guint i = 0; i < size; i++)
    g_byte_array_append (bytes, &(guint8){ (guint8) (value >> (8 * i)) }, 1);
}

typedef struct
{
  guint tag;
  guint type;
  guint count;
  guint32 value;    /* where it fits into a field, */
  const void *data; /* else */
  gsize size;
} Field;

/* A directory of TIFF, and behind it what its fields refer to. */
static void
add_directory (GByteArray *tiff, const Field *fields, guint n)
{
  gsize at = tiff->len + 2 + 12 * n + 4;

  add_number (tiff, n, 2);
  for (guint i = 0; i < n; i++)
    {
      add_number (tiff, fields[i].tag, 2);
      add_number (tiff, fields[i].type, 2);
      add_number (tiff, fields[i].count, 4);
      add_number (tiff, fields[i].data != NULL ? (guint32) at : fields[i].value, 4);
      at += fields[i].size;
    }
  add_number (tiff, 0, 4);
  for (guint i = 0; i < n; i++)
    if (fields[i].data != NULL)
      g_byte_array_append (tiff, fields[i].data, (guint) fields[i].size);
}

static gsize
measure (const Field *fields, guint n)
{
  gsize size = 2 + 12 * n + 4;

  for (guint i = 0; i < n; i++)
    size += fields[i].size;
  return size;
}

#define TEXT_FIELD(tag, text) { tag, TEXT, sizeof (text), 0, text, sizeof (text) }

/* The same camera; the place differs a little each time. */
static GByteArray *
make_exif (guint number)
{
  g_autofree guint8 *note = g_malloc0 (MAKER_NOTE_SIZE);
  const guint32 degrees[6] = { 53, 1, 33, 1, number % 60, 1 };
  const Field camera[] = {
    TEXT_FIELD (0x9003, "2026:07:14 18:23:05"), TEXT_FIELD (0xa431, "SN-0042-1187"), TEXT_FIELD (0xa434, "35mm F1.8"),
    { 0x927c, ANYTHING, MAKER_NOTE_SIZE, 0, note, MAKER_NOTE_SIZE },
  };
  const Field place[] = {
    { 0x0001, TEXT, 2, 'N', NULL, 0 },
    { 0x0002, RATIONAL, 3, 0, degrees, sizeof degrees },
    { 0x0003, TEXT, 2, 'E', NULL, 0 },
    { 0x0004, RATIONAL, 3, 0, degrees, sizeof degrees },
  };
  Field first[] = {
    TEXT_FIELD (0x010f, "Camera Works"), TEXT_FIELD (0x0110, "Model 12"), { 0x0112, SHORT, 1, 1, NULL, 0 },
    TEXT_FIELD (0x013b, "Anna Example"), { 0x8769, LONG, 1, 0, NULL, 0 }, { 0x8825, LONG, 1, 0, NULL, 0 },
  };
  GByteArray *tiff = g_byte_array_new ();

  memset (note, 'x', MAKER_NOTE_SIZE);
  first[4].value = (guint32) (8 + measure (first, G_N_ELEMENTS (first)));
  first[5].value = (guint32) (first[4].value + measure (camera, G_N_ELEMENTS (camera)));
  g_byte_array_append (tiff, (const guint8 *) "II*\0\x08\0\0\0", 8);
  add_directory (tiff, first, G_N_ELEMENTS (first));
  add_directory (tiff, camera, G_N_ELEMENTS (camera));
  add_directory (tiff, place, G_N_ELEMENTS (place));
  return tiff;
}

/* SOI, and APP0 where there is one: that must stay the first. 0: no JPEG. */
static gsize
measure_head (const guint8 *data, gsize size)
{
  gsize head = 2;

  if (size < 6 || memcmp (data, "\xff\xd8\xff", 3) != 0)
    return 0;
  if (data[3] == 0xe0)
    head += 2 + ((gsize) data[4] << 8 | data[5]);
  return head <= size ? head : 0;
}

/* In a segment of its own. */
static gboolean
write_with_details (const char *photograph, guint number, const char *path, GError **error)
{
  g_autoptr (GByteArray) exif = make_exif (number), all = g_byte_array_new ();
  gsize length = 2 + 6 + exif->len, size, head;
  const guint8 marker[] = { 0xff, 0xe1, (guint8) (length >> 8), (guint8) length, 'E', 'x', 'i', 'f', 0, 0 };
  g_autofree char *data = NULL;

  if (!g_file_get_contents (photograph, &data, &size, error))
    return FALSE;
  head = measure_head ((const guint8 *) data, size);
  if (head == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s does not begin like a JPEG", photograph);
      return FALSE;
    }
  g_byte_array_append (all, (const guint8 *) data, (guint) head);
  g_byte_array_append (all, marker, sizeof marker);
  g_byte_array_append (all, exif->data, exif->len);
  g_byte_array_append (all, (const guint8 *) data + head, (guint) (size - head));
  return g_file_set_contents (path, (const char *) all->data, all->len, error);
}

GPtrArray *
gallery_make_photographs_with_details (GPtrArray *photographs, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_null_terminated (photographs->len, g_free, TRUE);

  for (guint i = 0; i < photographs->len; i++)
    {
      char *path = g_strconcat (photographs->pdata[i], GALLERY_DETAILS_SUFFIX, NULL);

      g_ptr_array_add (paths, path);
      if (!g_file_test (path, G_FILE_TEST_EXISTS) && !write_with_details (photographs->pdata[i], i, path, error))
        return NULL;
    }
  return g_steal_pointer (&paths);
}
