/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-provider-answer.h"

#include <glib/gi18n.h>

#include "fr-store-reader.h"

#define GENERIC_ICON "image-x-generic"

/**
 * fr_provider_join_terms:
 * @terms: (array zero-terminated=1): what was typed, a word each
 *
 * Returns: (transfer full): all that a search of Freshet can have, in one; what goes past its caps is left out
 */
char *
fr_provider_join_terms (const char *const *terms)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; terms[i] != NULL && i < FR_SEARCH_MAX_WORDS; i++)
    {
      if (joined->len + strlen (terms[i]) + 1 > FR_SEARCH_MAX_BYTES)
        break;
      if (joined->len > 0)
        g_string_append_c (joined, ' ');
      g_string_append (joined, terms[i]);
    }
  return g_string_free (joined, FALSE);
}

/* Without pictures, or where another Freshet has made the catalogue, there is nothing to say: that is for its window. */
static FrStoreReader *
open_reader (const char *folder)
{
  g_autoptr (GError) error = NULL;
  FrStoreReader *reader = fr_store_reader_open (folder, &error);

  if (reader == NULL)
    g_debug ("No pictures to look through: %s", error->message);
  return reader;
}

/**
 * fr_provider_find:
 * @folder: the folder of one person's data
 * @terms: (array zero-terminated=1): what was typed, a word each
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids of one's own pictures that match, the newest first, at most
 *   %FR_PROVIDER_MAX_FOUND; none where they cannot be read
 */
char **
fr_provider_find (const char *folder, const char *const *terms)
{
  g_autofree char *text = fr_provider_join_terms (terms);
  g_autoptr (FrSearchWords) words = fr_search_words_parse (text, NULL);
  g_autoptr (FrStoreReader) reader = words != NULL ? open_reader (folder) : NULL;
  g_autoptr (GPtrArray) pictures
      = reader != NULL ? fr_store_reader_search (reader, words, FR_PROVIDER_MAX_FOUND, NULL) : NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    {
      const FrPicture *picture = g_ptr_array_index (pictures, i);
      g_autofree char *id = fr_content_id_to_string (&picture->id);

      g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}

static gboolean
is_jpeg (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size > 3 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff;
}

/* Not every desktop reads WebP, which those with transparent parts are. */
static GVariant *
make_icon (FrStoreReader *reader, const FrPicture *picture)
{
  g_autoptr (GBytes) thumbnail
      = picture->has_thumbnail ? fr_store_reader_get_thumbnail (reader, &picture->id, NULL) : NULL;
  g_autoptr (GIcon) icon = thumbnail != NULL && is_jpeg (thumbnail) ? g_bytes_icon_new (thumbnail)
                                                                    : g_themed_icon_new (GENERIC_ICON);

  return g_icon_serialize (icon);
}

static const char *
get_name (const FrPicture *picture)
{
  if (*picture->title != '\0')
    return picture->title;
  return *picture->description != '\0' ? picture->description : _("Picture");
}

static void
add_meta (GVariantBuilder *metas, FrStoreReader *reader, const char *text)
{
  g_autoptr (FrPicture) picture = NULL;
  g_autoptr (GVariant) icon = NULL;
  FrContentId id;

  if (fr_content_id_parse (&id, text))
    picture = fr_store_reader_get (reader, &id, NULL);
  if (picture == NULL)
    return;
  icon = make_icon (reader, picture);
  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (text));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (get_name (picture)));
  if (*picture->description != '\0')
    g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (picture->description));
  g_variant_builder_add (metas, "{sv}", "icon", icon);
  g_variant_builder_close (metas);
}

/**
 * fr_provider_describe:
 * @folder: the folder of one person's data
 * @ids: (array zero-terminated=1): pictures that fr_provider_find() has found; of more than %FR_PROVIDER_MAX_FOUND the first
 *
 * Returns: (transfer floating): `aa{sv}`: for each that is still there its id, name, description and icon
 */
GVariant *
fr_provider_describe (const char *folder, const char *const *ids)
{
  g_autoptr (FrStoreReader) reader = open_reader (folder);
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; reader != NULL && ids[i] != NULL && i < FR_PROVIDER_MAX_FOUND; i++)
    add_meta (&metas, reader, ids[i]);
  return g_variant_builder_end (&metas);
}
