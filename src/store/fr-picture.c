/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-picture.h"

#include "fr-origin-name.h"
#include "fr-text-fold.h"

G_DEFINE_BOXED_TYPE (FrPicture, fr_picture, fr_picture_ref, fr_picture_unref)

/**
 * fr_picture_new:
 *
 * Makes the description of a picture of one's own, without words, for everyone.
 *
 * Returns: (transfer full): a picture whose fields are to be filled in before it is handed on
 */
FrPicture *
fr_picture_new (void)
{
  FrPicture *self = g_new0 (FrPicture, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->title = g_strdup ("");
  self->description = g_strdup ("");
  self->tags = g_new0 (char *, 1);
  self->mime = g_strdup ("");
  self->origin_name = g_strdup ("");
  return self;
}

/**
 * fr_picture_copy:
 * @self: a picture
 *
 * Returns: (transfer full): another one with the same fields, which may be changed
 */
FrPicture *
fr_picture_copy (const FrPicture *self)
{
  FrPicture *copy = g_new (FrPicture, 1);

  *copy = *self;
  g_atomic_ref_count_init (&copy->ref_count);
  copy->title = g_strdup (self->title);
  copy->description = g_strdup (self->description);
  copy->tags = g_strdupv (self->tags);
  copy->mime = g_strdup (self->mime);
  copy->origin_name = g_strdup (self->origin_name);
  copy->readers = self->readers != NULL ? g_bytes_ref (self->readers) : NULL;
  return copy;
}

/**
 * fr_picture_ref:
 * @self: a picture
 *
 * Returns: (transfer full): @self
 */
FrPicture *
fr_picture_ref (FrPicture *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fr_picture_unref:
 * @self: (transfer full): a picture
 *
 * Gives up a reference.
 */
void
fr_picture_unref (FrPicture *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->title);
  g_free (self->description);
  g_strfreev (self->tags);
  g_free (self->mime);
  g_free (self->origin_name);
  g_clear_pointer (&self->readers, g_bytes_unref);
  g_free (self);
}

/**
 * fr_picture_set_text:
 * @self: a picture that has not been handed on
 * @title: the title
 * @description: (nullable): what there is to say about it
 * @tags: (nullable) (array zero-terminated=1): words to find it by
 *
 * Fills in what a person wrote. Nothing is checked here; a store refuses what is too long.
 */
void
fr_picture_set_text (FrPicture *self, const char *title, const char *description, const char *const *tags)
{
  char *new_title = g_strdup (title);
  char *new_description = g_strdup (description != NULL ? description : "");
  GStrv new_tags = tags != NULL ? g_strdupv ((char **) tags) : g_new0 (char *, 1);

  g_free (self->title);
  g_free (self->description);
  g_strfreev (self->tags);
  self->title = new_title;
  self->description = new_description;
  self->tags = new_tags;
}

/**
 * fr_picture_set_origin:
 * @self: a picture that has not been handed on
 * @origin: whom it was kept from; zero: it is the person's own
 * @name: (nullable): what they call themselves, which is cleaned
 *
 * Fills in where it came from.
 */
void
fr_picture_set_origin (FrPicture *self, const FrPeerKey *origin, const char *name)
{
  char *new_name = fr_origin_name_clean (fr_peer_key_is_zero (origin) ? NULL : name);

  self->origin = *origin;
  g_free (self->origin_name);
  self->origin_name = new_name;
}

/**
 * fr_picture_set_audience:
 * @self: a picture that has not been handed on
 * @audience: who may see it
 * @readers: (nullable): the people chosen
 *
 * Fills in who may see it. Nothing is checked here; a store refuses what does not belong together.
 */
void
fr_picture_set_audience (FrPicture *self, FrAudience audience, GBytes *readers)
{
  GBytes *new_readers = readers != NULL ? g_bytes_ref (readers) : NULL;

  g_clear_pointer (&self->readers, g_bytes_unref);
  self->readers = new_readers;
  self->audience = audience;
}

/**
 * fr_picture_is_mine:
 * @self: a picture
 *
 * Returns: whether the person added it, rather than kept it from somebody
 */
gboolean
fr_picture_is_mine (const FrPicture *self)
{
  return fr_peer_key_is_zero (&self->origin);
}

/**
 * fr_picture_is_offered:
 * @self: a picture
 *
 * Returns: whether everyone may find and fetch it
 */
gboolean
fr_picture_is_offered (const FrPicture *self)
{
  return self->audience == FR_AUDIENCE_EVERYONE;
}

/**
 * fr_picture_has_original:
 * @self: a picture
 *
 * Returns: whether the bytes as they were added are kept beside those that are shared
 */
gboolean
fr_picture_has_original (const FrPicture *self)
{
  return self->metadata == FR_METADATA_REMOVED && !fr_content_id_equal (&self->id, &self->original_id);
}

/**
 * fr_picture_fold_texts:
 * @title: a title
 * @description: a description
 * @tags: (array zero-terminated=1): tags
 *
 * A line each, so that no phrase is found that begins in one and ends in the next: a folded text has no line ends.
 *
 * Returns: (transfer full): all that a search can find a picture by
 */
char *
fr_picture_fold_texts (const char *title, const char *description, const char *const *tags)
{
  g_autofree char *folded_title = fr_text_fold (title, -1);
  g_autofree char *folded_description = fr_text_fold (description, -1);
  GString *all = g_string_new (folded_title);

  for (gsize i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *folded = fr_text_fold (tags[i], -1);

      g_string_append_printf (all, "\n%s", folded);
    }
  g_string_append_printf (all, "\n%s", folded_description);
  return g_string_free (all, FALSE);
}
