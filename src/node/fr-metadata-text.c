/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-metadata-text.h"

#include <glib/gi18n-lib.h>

/* A name for programs, and words for people, for each kind of detail: in the order in which people care. */
static const struct
{
  FrStripDetails detail;
  const char *name;
  const char *words;
} details[] = {
  { FR_STRIP_PLACE, "place", N_ ("the place where it was taken") },
  { FR_STRIP_TIME, "time", N_ ("when it was taken or changed") },
  { FR_STRIP_CAMERA, "camera", N_ ("the camera and what it noted, such as its serial number") },
  { FR_STRIP_OWNER, "owner", N_ ("who took it or owns it") },
  { FR_STRIP_THUMBNAIL, "thumbnail", N_ ("a small picture inside the file, which may show what was cut off") },
  { FR_STRIP_DESCRIPTION, "description", N_ ("titles, comments and keywords") },
  { FR_STRIP_HISTORY, "history", N_ ("notes of programs that edited it") },
  { FR_STRIP_TRAILER, "trailer", N_ ("what came after its end, such as a video") },
  { FR_STRIP_OTHER, "other", N_ ("other details") },
};

static const char *const names[] = {
  [FR_METADATA_UNTOUCHED] = "not-looked-at",
  [FR_METADATA_REMOVED] = "removed",
  [FR_METADATA_KEPT] = "kept",
  [FR_METADATA_FIXED] = "not-removable",
};

/**
 * fr_metadata_judge:
 * @facts: (inout): of a picture, which is filled in
 * @stripped: (nullable): the copy of it without details, if one could be made
 * @keeps: whether the person wants the details to be shared
 *
 * Says what becomes of the metadata of a picture.
 */
void
fr_metadata_judge (FrPicture *facts, const FrImageStripped *stripped, gboolean keeps)
{
  facts->removed = stripped != NULL && !stripped->is_same ? stripped->removed : 0;
  facts->strip_version = stripped != NULL ? stripped->version : FR_STRIP_VERSION;
  if (keeps)
    facts->metadata = FR_METADATA_KEPT;
  else
    facts->metadata = stripped != NULL ? FR_METADATA_REMOVED : FR_METADATA_FIXED;
}

/**
 * fr_metadata_get_name:
 * @metadata: what has become of it
 *
 * Returns: a word for programs
 */
const char *
fr_metadata_get_name (FrMetadata metadata)
{
  g_return_val_if_fail ((guint) metadata < G_N_ELEMENTS (names), NULL);

  return names[metadata];
}

/**
 * fr_metadata_list_names:
 * @removed: #FrStripDetails
 *
 * Returns: (transfer full): a word for programs for each
 */
GStrv
fr_metadata_list_names (guint removed)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    if (removed & details[i].detail)
      g_strv_builder_add (builder, details[i].name);
  return g_strv_builder_end (builder);
}

/**
 * fr_metadata_list_details:
 * @removed: #FrStripDetails
 *
 * Returns: (transfer full): what that is, for people: the parts of a sentence, or nothing
 */
char *
fr_metadata_list_details (guint removed)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    if (removed & details[i].detail)
      g_strv_builder_add (builder, _ (details[i].words));
  parts = g_strv_builder_end (builder);
  /* Translators: between the parts of a list of details, such as “the place where it was taken; other details” */
  return g_strjoinv (_ ("; "), parts);
}

/**
 * fr_metadata_describe:
 * @picture: a picture of the person's own
 *
 * Returns: (transfer full): a sentence or two about what others get to know from its file
 */
char *
fr_metadata_describe (const FrPicture *picture)
{
  g_autofree char *list = fr_metadata_list_details (picture->removed);

  switch (picture->metadata)
    {
    case FR_METADATA_REMOVED:
      if (*list == '\0')
        return g_strdup (_ ("The file tells nothing beside the picture."));
      /* Translators: a list of details, such as “the place where it was taken; other details” */
      return g_strdup_printf (_ ("Removed before sharing: %s. You keep the original."), list);
    case FR_METADATA_KEPT:
      if (*list == '\0')
        return g_strdup (_ ("The file is shared as it is, with whatever it tells."));
      /* Translators: a list of details, such as “the place where it was taken; other details” */
      return g_strdup_printf (_ ("Shared with the picture: %s."), list);
    case FR_METADATA_FIXED:
      return g_strdup (_ ("What the file tells about place, time and camera cannot be removed from files of this kind. "
                          "Whoever may see the picture gets that too."));
    case FR_METADATA_UNTOUCHED:
      break;
    }
  return g_strdup (_ ("Not cleaned: the file is shared as it is, and may tell the place, the time and the camera."));
}
