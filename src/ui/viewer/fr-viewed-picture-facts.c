/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewed-picture-private.h"

#include <glib/gi18n.h>

#include "fr-audience-text.h"
#include "fr-facts.h"
#include "fr-node-error.h"

gboolean
fr_viewed_picture_is_covered (FrViewedPicture *self)
{
  return self->item == NULL && self->hit != NULL && self->veil != NULL && fr_veil_covers (self->veil, self->hit);
}

FrFetchState
fr_viewed_picture_get_state (FrViewedPicture *self)
{
  return self->fetch != NULL ? fr_fetch_get_state (self->fetch) : FR_FETCH_CONNECTING;
}

static gboolean
is_stopped (FrViewedPicture *self)
{
  return self->item == NULL && self->fetch != NULL && fr_viewed_picture_get_state (self) == FR_FETCH_FAILED
         && g_error_matches (fr_fetch_get_error (self->fetch), FR_NODE_ERROR, FR_NODE_ERROR_CANCELLED);
}

/* Its name, as long as it is known who has it: until somebody is asked that is the nearest. */
const char *
fr_viewed_picture_find_holder_name (FrViewedPicture *self, const FrPeerKey *key)
{
  for (guint i = 0; i < fr_hit_get_n_holders (self->hit); i++)
    if (fr_peer_key_equal (&fr_hit_get_holder (self->hit, i)->key, key))
      return fr_hit_get_holder (self->hit, i)->name;
  return fr_hit_get_n_holders (self->hit) > 0 ? fr_hit_get_holder (self->hit, 0)->name : "";
}

const FrContentId *
fr_viewed_picture_get_id (FrViewedPicture *self)
{
  return &self->id;
}

FrGalleryItem *
fr_viewed_picture_get_item (FrViewedPicture *self)
{
  return self->item;
}

FrHit *
fr_viewed_picture_get_hit (FrViewedPicture *self)
{
  return self->hit;
}

FrFetch *
fr_viewed_picture_get_fetch (FrViewedPicture *self)
{
  return self->fetch;
}

const char *
fr_viewed_picture_get_title (FrViewedPicture *self)
{
  if (self->item != NULL)
    return fr_gallery_item_get_picture (self->item)->title;
  return self->hit != NULL ? fr_hit_get_title (self->hit) : "";
}

const char *
fr_viewed_picture_get_words (FrViewedPicture *self)
{
  const FrPicture *picture = self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL;

  return picture != NULL && *picture->description != '\0' ? picture->description : fr_viewed_picture_get_title (self);
}

guint
fr_viewed_picture_get_kind (FrViewedPicture *self)
{
  if (self->item != NULL)
    return fr_gallery_item_get_picture (self->item)->type;
  return self->hit != NULL ? fr_hit_get_picture_type (self->hit) : 0;
}

void
fr_viewed_picture_get_size (FrViewedPicture *self, guint *out_width, guint *out_height, guint64 *out_bytes)
{
  const FrPicture *picture = self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL;

  if (picture == NULL && self->hit == NULL)
    return;
  *out_width = picture != NULL ? picture->width : fr_hit_get_width (self->hit);
  *out_height = picture != NULL ? picture->height : fr_hit_get_height (self->hit);
  *out_bytes = picture != NULL ? picture->size : fr_hit_get_size (self->hit);
}

/* One's own: for whom it is; another's: whom it is from. */
static char *
describe_about (FrViewedPicture *self)
{
  const FrPicture *picture = self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL;
  FrPeople *people = fr_node_get_people (self->node);
  g_autofree char *holders = NULL;

  if (picture != NULL)
    return fr_picture_is_mine (picture) ? fr_audience_text_describe_audience (picture, people)
                                        : fr_audience_text_describe_origin (picture, people);
  if (self->hit == NULL)
    return g_strdup ("");
  g_object_get (self->hit, "holders-text", &holders, NULL);
  /* Translators: who has a picture: “From Anna and 2 others” */
  return g_strdup_printf (_ ("From %s"), holders);
}

static void
replace (char **text, char *now)
{
  g_free (*text);
  *text = now;
}

/**
 * fr_viewed_picture_get_facts:
 * @self: a picture
 *
 * Returns: (transfer none): what the bar below it is about; its texts are there until the next call
 */
const FrViewerFacts *
fr_viewed_picture_get_facts (FrViewedPicture *self)
{
  const FrPicture *picture = self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL;
  guint width = 0, height = 0;
  guint64 bytes = 0;

  fr_viewed_picture_get_size (self, &width, &height, &bytes);
  replace (&self->about, describe_about (self));
  replace (&self->size, fr_facts_describe (width, height, bytes));
  replace (&self->holder, g_strdup (self->hit != NULL ? fr_viewed_picture_find_holder_name (self, &self->holder_key) : ""));
  self->facts = (FrViewerFacts){ .about = self->about,
                                 .size = self->size,
                                 .holder = self->holder,
                                 .gone = self->gone,
                                 .error = self->error,
                                 .keep_error = self->keep_error,
                                 .is_found = picture == NULL && self->hit != NULL,
                                 .is_covered = fr_viewed_picture_is_covered (self),
                                 .is_slow = self->is_slow,
                                 .is_keeping = self->is_keeping,
                                 .is_stopped = is_stopped (self),
                                 .is_kept = picture != NULL && !fr_picture_is_mine (picture),
                                 .is_passed_on = picture != NULL && fr_picture_is_offered (picture) };
  if (picture == NULL && self->fetch != NULL)
    {
      self->facts.is_coming = TRUE;
      self->facts.state = fr_viewed_picture_get_state (self);
      self->facts.place = fr_fetch_get_place (self->fetch);
      self->facts.done = fr_fetch_get_bytes_done (self->fetch);
      self->facts.total = fr_fetch_get_bytes_total (self->fetch);
    }
  return &self->facts;
}

gboolean
fr_viewed_picture_is_here (FrViewedPicture *self)
{
  return self->item != NULL || (self->fetch != NULL && fr_viewed_picture_get_state (self) == FR_FETCH_DONE);
}

gboolean
fr_viewed_picture_is_whole (FrViewedPicture *self)
{
  return self->is_whole;
}
