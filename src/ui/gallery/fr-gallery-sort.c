/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-sort.h"

#include "fr-audience-text.h"
#include "fr-gallery-item.h"

G_DEFINE_ENUM_TYPE (FrGallerySort, fr_gallery_sort, G_DEFINE_ENUM_VALUE (FR_GALLERY_SORT_DATE, "date"),
                    G_DEFINE_ENUM_VALUE (FR_GALLERY_SORT_NAME, "name"),
                    G_DEFINE_ENUM_VALUE (FR_GALLERY_SORT_SIZE, "size"),
                    G_DEFINE_ENUM_VALUE (FR_GALLERY_SORT_FROM, "from"))

static char *
get_name (FrGalleryItem *item, gpointer data)
{
  return g_strdup (fr_gallery_item_get_picture (item)->title);
}

static guint64
get_size (FrGalleryItem *item, gpointer data)
{
  return fr_gallery_item_get_picture (item)->size;
}

/* One's own are from nobody, which comes first. */
static char *
get_from (FrGalleryItem *item, FrPeople *people)
{
  char *from = fr_audience_text_describe_origin (fr_gallery_item_get_picture (item), people);

  return from != NULL ? from : g_strdup ("");
}

static void
unref_people (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

/**
 * fr_gallery_sort_make:
 * @sort: an order
 * @people: whose names are known
 *
 * What is equal stays in the order of its date.
 *
 * Returns: (transfer full) (nullable): what sorts like that; %NULL: nothing has to
 */
GtkSorter *
fr_gallery_sort_make (FrGallerySort sort, FrPeople *people)
{
  GtkNumericSorter *sorter;

  switch (sort)
    {
    case FR_GALLERY_SORT_NAME:
      return GTK_SORTER (gtk_string_sorter_new (
          gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_name), NULL, NULL)));
    case FR_GALLERY_SORT_SIZE:
      sorter = gtk_numeric_sorter_new (
          gtk_cclosure_expression_new (G_TYPE_UINT64, NULL, 0, NULL, G_CALLBACK (get_size), NULL, NULL));
      gtk_numeric_sorter_set_sort_order (sorter, GTK_SORT_DESCENDING);
      return GTK_SORTER (sorter);
    case FR_GALLERY_SORT_FROM:
      return GTK_SORTER (gtk_string_sorter_new (gtk_cclosure_expression_new (
          G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_from), g_object_ref (people), unref_people)));
    case FR_GALLERY_SORT_DATE:
    default:
      return NULL;
    }
}
