/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* In which order one's own pictures are shown. */

typedef enum
{
  FR_GALLERY_SORT_DATE, /* the newest first, as they are */
  FR_GALLERY_SORT_NAME,
  FR_GALLERY_SORT_SIZE, /* the largest first */
  FR_GALLERY_SORT_FROM, /* one's own, then those of others, by their names */
} FrGallerySort;

#define FR_TYPE_GALLERY_SORT (fr_gallery_sort_get_type ())
GType fr_gallery_sort_get_type (void);

GtkSorter *fr_gallery_sort_make (FrGallerySort sort, FrPeople *people); /* nullable: of FrGalleryItem */

G_END_DECLS
