/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-thumbnail.h"

/* So that colours are left, and nothing that one would rather not have seen. */
#define BLUR_RADIUS 32

struct _FrThumbnail
{
  AdwBin parent_instance;

  /* template widgets */
  GtkPicture *picture;
  GtkWidget *placeholder;

  /* owned */
  GCancellable *cancellable; /* of what is being loaded */

  /* state */
  gboolean is_blurred;
};

G_DEFINE_FINAL_TYPE (FrThumbnail, fr_thumbnail, ADW_TYPE_BIN)

static void
set_texture (FrThumbnail *self, GdkTexture *texture)
{
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->placeholder, texture == NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrThumbnail) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = fr_texture_loader_load_finish (FR_TEXTURE_LOADER (source), result, &error);

  /* Another picture is shown here by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  set_texture (self, texture);
}

static void
stop (FrThumbnail *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
fr_thumbnail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FrThumbnail *self = FR_THUMBNAIL (widget);

  if (self->is_blurred)
    gtk_snapshot_push_blur (snapshot, BLUR_RADIUS);
  GTK_WIDGET_CLASS (fr_thumbnail_parent_class)->snapshot (widget, snapshot);
  if (self->is_blurred)
    gtk_snapshot_pop (snapshot);
}

static void
fr_thumbnail_dispose (GObject *object)
{
  stop (FR_THUMBNAIL (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_THUMBNAIL);
  G_OBJECT_CLASS (fr_thumbnail_parent_class)->dispose (object);
}

static void
fr_thumbnail_class_init (FrThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_thumbnail_dispose;
  widget_class->snapshot = fr_thumbnail_snapshot;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-thumbnail.ui");
  gtk_widget_class_bind_template_child (widget_class, FrThumbnail, picture);
  gtk_widget_class_bind_template_child (widget_class, FrThumbnail, placeholder);
}

static void
fr_thumbnail_init (FrThumbnail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_thumbnail_show:
 * @self: a thumbnail
 * @loader: who loads it
 * @id: which picture
 * @preview: (nullable): the bytes of its preview; %NULL: its thumbnail in the own gallery
 *
 * Shows a picture as soon as it has been decoded; what was to be shown before is given up.
 */
void
fr_thumbnail_show (FrThumbnail *self, FrTextureLoader *loader, const FrContentId *id, GBytes *preview)
{
  GdkTexture *remembered = fr_texture_loader_recall (loader, id, preview != NULL);

  stop (self);
  set_texture (self, remembered);
  if (remembered != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  fr_texture_loader_load_async (loader, id, preview, self->cancellable, loaded_cb, g_object_ref (self));
}

/**
 * fr_thumbnail_clear:
 * @self: a thumbnail
 *
 * Shows a plain tile, and gives up what was being loaded.
 */
void
fr_thumbnail_clear (FrThumbnail *self)
{
  stop (self);
  set_texture (self, NULL);
}

GdkPaintable *
fr_thumbnail_get_paintable (FrThumbnail *self)
{
  return gtk_picture_get_paintable (self->picture);
}

/**
 * fr_thumbnail_set_blurred:
 * @self: a thumbnail
 * @is_blurred: whether no more than its colours are shown
 */
void
fr_thumbnail_set_blurred (FrThumbnail *self, gboolean is_blurred)
{
  if (is_blurred == self->is_blurred)
    return;
  self->is_blurred = is_blurred;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
fr_thumbnail_get_blurred (FrThumbnail *self)
{
  return self->is_blurred;
}
