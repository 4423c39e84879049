/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewed-picture-private.h"

#include <glib/gi18n.h>

#include "fr-wall-item.h"

#define SILENT_MS 300 /* what takes longer says what it does */

enum
{
  CHANGED,
  TEXTURE,
  KEPT,
  PART,
  MOVING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrViewedPicture, fr_viewed_picture, G_TYPE_OBJECT)

static void
tell (FrViewedPicture *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_error (FrViewedPicture *self, const char *message)
{
  g_free (self->error);
  self->error = g_strdup (message);
}

/* A small form of it */

static void
small_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrViewedPicture) self = data;
  g_autoptr (GdkTexture) texture = fr_texture_loader_load_finish (FR_TEXTURE_LOADER (source), result, NULL);

  if (texture != NULL && self->is_open && !self->is_whole)
    g_signal_emit (self, signals[TEXTURE], 0, texture);
}

static void
load_small (FrViewedPicture *self)
{
  GBytes *preview = self->item == NULL && self->hit != NULL ? fr_hit_get_preview (self->hit) : NULL;
  GdkTexture *texture = fr_texture_loader_recall (self->loader, &self->id, self->item == NULL);

  if (!self->is_open || self->is_whole)
    return;
  if (texture != NULL)
    g_signal_emit (self, signals[TEXTURE], 0, texture);
  else if (self->item != NULL || preview != NULL)
    fr_texture_loader_load_async (self->loader, &self->id, preview, self->cancellable, small_cb, g_object_ref (self));
}

/* All of it */

static void
show_pixels (FrViewedPicture *self, FrImagePixels *pixels, const GError *error)
{
  g_autoptr (GdkTexture) texture = pixels != NULL ? fr_texture_from_pixels (pixels) : NULL;

  if (!self->is_open || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_error (self, error != NULL ? error->message : NULL);
  if (texture != NULL)
    {
      self->is_whole = TRUE;
      g_signal_emit (self, signals[TEXTURE], 0, texture);
      fr_viewed_picture_begin_moving (self);
    }
  tell (self);
}

static void
own_rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrViewedPicture) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrImagePixels) pixels = fr_gallery_render_finish (FR_GALLERY (source), result, &error);

  show_pixels (self, pixels, error);
}

static void
fetched_rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrViewedPicture) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrImagePixels) pixels = fr_fetch_render_finish (FR_FETCH (source), result, &error);

  show_pixels (self, pixels, error);
}

static void
render (FrViewedPicture *self)
{
  g_cancellable_cancel (self->rendering);
  g_clear_object (&self->rendering);
  if (!self->is_open || self->wanted_width == 0 || !fr_viewed_picture_is_here (self))
    return;
  self->rendering = g_cancellable_new ();
  if (self->item != NULL)
    fr_gallery_render_async (fr_node_get_gallery (self->node), &self->id, self->wanted_width, self->wanted_height,
                             self->rendering, own_rendered_cb, g_object_ref (self));
  else
    fr_fetch_render_async (self->fetch, self->wanted_width, self->wanted_height, self->rendering, fetched_rendered_cb,
                           g_object_ref (self));
}

/* Keeping */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrViewedPicture) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) picture = fr_fetch_keep_finish (FR_FETCH (source), result, &error);

  self->is_keeping = FALSE;
  g_clear_pointer (&self->keep_error, g_free);
  if (picture == NULL)
    self->keep_error = g_strdup (error->message);
  tell (self);
  if (picture != NULL)
    g_signal_emit (self, signals[KEPT], 0);
}

static void
keep_now (FrViewedPicture *self)
{
  fr_fetch_keep_async (self->fetch, NULL, kept_cb, g_object_ref (self));
}

/* Coming */

static void
end_silence (FrViewedPicture *self)
{
  if (self->silence != NULL)
    g_source_destroy (self->silence);
  g_clear_pointer (&self->silence, g_source_unref);
}

static gboolean
silence_cb (gpointer data)
{
  FrViewedPicture *self = data;

  end_silence (self);
  self->is_slow = TRUE;
  tell (self);
  return G_SOURCE_REMOVE;
}

static void
begin_silence (FrViewedPicture *self)
{
  end_silence (self);
  self->is_slow = FALSE;
  self->silence = g_timeout_source_new (SILENT_MS);
  g_source_set_callback (self->silence, silence_cb, self, NULL);
  g_source_attach (self->silence, NULL);
}

/* Somebody else is asked now. */
static void
follow_holder (FrViewedPicture *self)
{
  static const FrPeerKey nobody;
  const FrPeerKey *key = fr_fetch_get_holder (self->fetch);

  if (fr_peer_key_equal (key, &self->holder_key) || fr_peer_key_equal (key, &nobody))
    return;
  if (!fr_peer_key_equal (&self->holder_key, &nobody))
    {
      g_free (self->gone);
      self->gone = g_strdup (fr_viewed_picture_find_holder_name (self, &self->holder_key));
    }
  self->holder_key = *key;
}

static void
state_cb (FrViewedPicture *self)
{
  const GError *error = fr_fetch_get_error (self->fetch);

  follow_holder (self);
  if (fr_viewed_picture_get_state (self) == FR_FETCH_FAILED)
    {
      set_error (self, error != NULL ? error->message : _ ("The picture did not come."));
      self->is_keeping = FALSE;
    }
  if (fr_viewed_picture_get_state (self) == FR_FETCH_DONE)
    {
      render (self);
      fr_viewed_picture_render_part (self);
      if (self->is_keeping)
        keep_now (self);
    }
  tell (self);
}

static void
progress_cb (FrViewedPicture *self)
{
  follow_holder (self);
  tell (self);
}

/* What is blurred does not come: to see it is one step, to get it another. */
static void
begin_fetch (FrViewedPicture *self)
{
  g_autoptr (FrFetch) fetch = NULL;

  if (self->item != NULL || self->hit == NULL || fr_viewed_picture_is_covered (self))
    return;
  fetch = fr_node_fetch (self->node, self->hit, -1);
  set_error (self, NULL);
  self->holder_key = (FrPeerKey){ 0 };
  g_clear_pointer (&self->gone, g_free);
  begin_silence (self);
  g_set_object (&self->fetch, fetch);
  g_signal_group_set_target (self->fetch_signals, fetch);
  state_cb (self);
}

/* Where it is */

static void
set_item (FrViewedPicture *self, FrGalleryItem *item)
{
  if (!g_set_object (&self->item, item))
    return;
  g_signal_group_set_target (self->item_signals, item);
  if (item == NULL && self->is_open)
    begin_fetch (self);
  tell (self);
}

/* It may have been kept, or removed, wherever that was done. What is one's own and gone is not shown as anything else. */
static void
gallery_cb (FrViewedPicture *self)
{
  FrGalleryItem *item = fr_gallery_find (fr_node_get_gallery (self->node), &self->id);

  if (item != NULL || self->hit != NULL)
    set_item (self, item);
}

/* Somebody has become a contact, or all is to be shown clearly. */
static void
veil_cb (FrViewedPicture *self)
{
  if (self->is_open && self->fetch == NULL)
    begin_fetch (self);
  tell (self);
}

static void
fr_viewed_picture_dispose (GObject *object)
{
  FrViewedPicture *self = FR_VIEWED_PICTURE (object);

  fr_viewed_picture_close (self);
  g_clear_object (&self->fetch_signals);
  g_clear_object (&self->hit_signals);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->fetch);
  g_clear_object (&self->hit);
  g_clear_object (&self->item);
  g_clear_object (&self->veil);
  g_clear_object (&self->loader);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_viewed_picture_parent_class)->dispose (object);
}

static void
fr_viewed_picture_finalize (GObject *object)
{
  FrViewedPicture *self = FR_VIEWED_PICTURE (object);

  g_free (self->gone);
  g_free (self->error);
  g_free (self->keep_error);
  g_free (self->about);
  g_free (self->size);
  g_free (self->holder);
  G_OBJECT_CLASS (fr_viewed_picture_parent_class)->finalize (object);
}

static void
fr_viewed_picture_class_init (FrViewedPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_viewed_picture_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_viewed_picture_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", FR_TYPE_VIEWED_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TEXTURE] = g_signal_new ("texture", FR_TYPE_VIEWED_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, GDK_TYPE_TEXTURE);
  signals[KEPT]
      = g_signal_new ("kept", FR_TYPE_VIEWED_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PART] = g_signal_new ("part", FR_TYPE_VIEWED_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                GDK_TYPE_TEXTURE, G_TYPE_POINTER);
  signals[MOVING]
      = g_signal_new ("moving", FR_TYPE_VIEWED_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_viewed_picture_init (FrViewedPicture *self)
{
  self->item_signals = g_signal_group_new (FR_TYPE_GALLERY_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::picture", G_CALLBACK (tell), self);
  self->hit_signals = g_signal_group_new (FR_TYPE_HIT);
  g_signal_group_connect_swapped (self->hit_signals, "notify::holders-text", G_CALLBACK (tell), self);
  g_signal_group_connect_swapped (self->hit_signals, "notify::preview", G_CALLBACK (load_small), self);
  self->fetch_signals = g_signal_group_new (FR_TYPE_FETCH);
  g_signal_group_connect_swapped (self->fetch_signals, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_group_connect_swapped (self->fetch_signals, "notify::bytes-done", G_CALLBACK (progress_cb), self);
}

/**
 * fr_viewed_picture_identify:
 * @object: what a list of pictures has: #FrWallItem, #FrGalleryItem or #FrHit
 *
 * Returns: (transfer none): which picture that is
 */
const FrContentId *
fr_viewed_picture_identify (gpointer object)
{
  if (FR_IS_WALL_ITEM (object))
    return fr_wall_item_get_id (object);
  if (FR_IS_HIT (object))
    return fr_hit_get_id (object);
  return fr_gallery_item_get_id (object);
}

static FrHit *
find_hit (gpointer object)
{
  if (FR_IS_WALL_ITEM (object))
    return fr_wall_item_get_hit (object);
  return FR_IS_HIT (object) ? object : NULL;
}

/**
 * fr_viewed_picture_new:
 * @node: who has it, or gets it
 * @loader: who loads what is small
 * @veil: (nullable): what is blurred
 * @object: #FrWallItem, #FrGalleryItem or #FrHit
 *
 * What was found and is in the own gallery is one's own.
 *
 * Returns: (transfer full): a picture of which nothing is loaded yet
 */
FrViewedPicture *
fr_viewed_picture_new (FrNode *node, FrTextureLoader *loader, FrVeil *veil, gpointer object)
{
  FrViewedPicture *self = g_object_new (FR_TYPE_VIEWED_PICTURE, NULL);
  FrGallery *gallery = fr_node_get_gallery (node);

  self->node = g_object_ref (node);
  self->loader = g_object_ref (loader);
  g_set_object (&self->veil, veil);
  self->id = *fr_viewed_picture_identify (object);
  g_set_object (&self->hit, find_hit (object));
  g_set_object (&self->item, fr_gallery_find (gallery, &self->id));
  g_signal_group_set_target (self->item_signals, self->item);
  g_signal_group_set_target (self->hit_signals, self->hit);
  g_signal_connect_object (gallery, "items-changed", G_CALLBACK (gallery_cb), self, G_CONNECT_SWAPPED);
  if (veil != NULL)
    g_signal_connect_object (veil, "changed", G_CALLBACK (veil_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
fr_viewed_picture_open (FrViewedPicture *self)
{
  self->is_open = TRUE;
  self->cancellable = g_cancellable_new ();
  load_small (self);
  begin_fetch (self);
}

/**
 * fr_viewed_picture_close:
 * @self: a picture
 *
 * Nothing of it is wanted any more. What is on its way goes on coming, and is there when it is opened again.
 */
void
fr_viewed_picture_close (FrViewedPicture *self)
{
  self->is_open = FALSE;
  end_silence (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->rendering);
  g_clear_object (&self->rendering);
  fr_viewed_picture_end_closely (self);
}

/**
 * fr_viewed_picture_want:
 * @self: a picture
 * @width: so many pixels are worth having
 * @height: the same
 *
 * Has it decoded at that size, as soon as it is here.
 */
void
fr_viewed_picture_want (FrViewedPicture *self, guint width, guint height)
{
  self->wanted_width = width;
  self->wanted_height = height;
  render (self);
}

/**
 * fr_viewed_picture_retry:
 * @self: a picture
 *
 * Tries again what went wrong: what has come but cannot be shown is decoded once more, else it is asked for.
 */
void
fr_viewed_picture_retry (FrViewedPicture *self)
{
  if (self->error == NULL && self->keep_error != NULL)
    fr_viewed_picture_keep (self);
  else if (fr_viewed_picture_is_here (self))
    {
      set_error (self, NULL);
      render (self);
    }
  else
    begin_fetch (self);
  tell (self);
}

void
fr_viewed_picture_stop (FrViewedPicture *self)
{
  if (self->fetch != NULL)
    fr_fetch_cancel (self->fetch);
}

/**
 * fr_viewed_picture_uncover:
 * @self: a picture
 *
 * Shows a stranger's picture clearly, and gets it.
 */
void
fr_viewed_picture_uncover (FrViewedPicture *self)
{
  if (!fr_viewed_picture_is_covered (self))
    return;
  fr_veil_lift (self->veil, self->hit); /* which tells */
}

void
fr_viewed_picture_keep (FrViewedPicture *self)
{
  if (self->item != NULL || self->fetch == NULL || self->is_keeping || fr_viewed_picture_get_state (self) == FR_FETCH_FAILED)
    return;
  self->is_keeping = TRUE;
  g_clear_pointer (&self->keep_error, g_free);
  if (fr_viewed_picture_get_state (self) == FR_FETCH_DONE)
    keep_now (self);
  tell (self);
}
