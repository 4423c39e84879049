/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-picture-view.h"

#include <glib/gi18n.h>

#include "fr-facts.h"
#include "fr-picture-editor.h"
#include "fr-save-dialog.h"
#include "fr-stage.h"

struct _FrPictureView
{
  AdwBin parent_instance;

  /* template widgets */
  AdwFlap *flap;
  AdwWindowTitle *title;
  FrStage *stage;
  FrPictureEditor *editor;

  /* owned */
  FrNode *node;
  FrTextureLoader *loader;
  FrGalleryItem *item;
  GSignalGroup *item_signals;
  GCancellable *cancellable; /* of what is being loaded */
};

enum
{
  CLOSED,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrPictureView, fr_picture_view, ADW_TYPE_BIN)

static void
tell (FrPictureView *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
show_picture (FrPictureView *self)
{
  FrPicture *picture = fr_gallery_item_get_picture (self->item);
  g_autofree char *facts = fr_facts_describe (picture->width, picture->height, picture->size);

  adw_window_title_set_title (self->title, picture->title);
  adw_window_title_set_subtitle (self->title, facts);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.save-original", fr_picture_has_original (picture));
}

/* Loading */

static void
thumbnail_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPictureView) self = data;
  g_autoptr (GdkTexture) texture = fr_texture_loader_load_finish (FR_TEXTURE_LOADER (source), result, NULL);

  if (texture != NULL && fr_stage_get_paintable (self->stage) == NULL)
    fr_stage_set_paintable (self->stage, GDK_PAINTABLE (texture));
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPictureView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrImagePixels) pixels = fr_gallery_render_finish (FR_GALLERY (source), result, &error);
  g_autoptr (GdkTexture) texture = pixels != NULL ? fr_texture_from_pixels (pixels) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture != NULL)
    fr_stage_set_paintable (self->stage, GDK_PAINTABLE (texture));
  else
    fr_stage_set_error (self->stage, error->message);
}

static void
load (FrPictureView *self)
{
  const FrContentId *id = fr_gallery_item_get_id (self->item);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  fr_stage_set_error (self->stage, NULL);
  fr_texture_loader_load_async (self->loader, id, NULL, self->cancellable, thumbnail_cb, g_object_ref (self));
  fr_gallery_render_async (fr_node_get_gallery (self->node), id, FR_STAGE_MAX_WIDTH, FR_STAGE_MAX_HEIGHT,
                           self->cancellable, rendered_cb, g_object_ref (self));
}

static void
show_item (FrPictureView *self, FrGalleryItem *item)
{
  g_set_object (&self->item, item);
  g_signal_group_set_target (self->item_signals, item);
  fr_picture_editor_open (self->editor, item);
  fr_stage_clear (self->stage, fr_gallery_item_get_picture (item)->title);
  show_picture (self);
  load (self);
}

static void
retry_cb (FrPictureView *self)
{
  if (self->item != NULL)
    load (self);
}

/* Save as */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPictureView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fr_gallery_export_finish (FR_GALLERY (source), result, &error);
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  /* Translators: the name of a file */
  g_autofree char *text = path != NULL ? g_strdup_printf (_ ("Saved as “%s”"), name) : g_strdup (error->message);

  tell (self, text);
}

static void
path_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrPictureView *self = FR_PICTURE_VIEW (source);
  g_autoptr (FrGalleryItem) item = data;
  g_autofree char *path = fr_save_dialog_ask_finish (GTK_WIDGET (self), result);

  if (path != NULL)
    fr_gallery_export_async (fr_node_get_gallery (self->node), fr_gallery_item_get_id (item), path, NULL, exported_cb,
                             g_object_ref (self));
}

/* What the person saves as their original is not what others get. */
static void
original_path_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrPictureView *self = FR_PICTURE_VIEW (source);
  g_autoptr (FrGalleryItem) item = data;
  g_autofree char *path = fr_save_dialog_ask_finish (GTK_WIDGET (self), result);

  if (path != NULL)
    fr_gallery_export_original_async (fr_node_get_gallery (self->node), fr_gallery_item_get_id (item), path, NULL,
                                      exported_cb, g_object_ref (self));
}

static void
save_original_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPictureView *self = FR_PICTURE_VIEW (widget);
  FrPicture *picture = self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL;

  if (picture != NULL)
    fr_save_dialog_ask_async (widget, picture->title, picture->type, original_path_chosen_cb,
                              g_object_ref (self->item));
}

static void
save_as_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPictureView *self = FR_PICTURE_VIEW (widget);
  FrPicture *picture = self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL;

  if (picture != NULL)
    fr_save_dialog_ask_async (widget, picture->title, picture->type, path_chosen_cb, g_object_ref (self->item));
}

/* Remove */

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPictureView) self = data;
  g_autoptr (GError) error = NULL;

  if (!fr_gallery_remove_finish (FR_GALLERY (source), result, &error))
    {
      tell (self, error->message);
      return;
    }
  tell (self, _ ("Picture removed"));
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
remove_response_cb (FrPictureView *self, const char *response)
{
  if (!g_str_equal (response, "remove") || self->item == NULL)
    return;
  fr_picture_editor_forget (self->editor);
  fr_gallery_remove_async (fr_node_get_gallery (self->node), fr_gallery_item_get_id (self->item), NULL, removed_cb,
                           g_object_ref (self));
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPictureView *self = FR_PICTURE_VIEW (widget);
  FrPicture *picture = self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL;
  GtkWidget *dialog;

  if (picture == NULL)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL);
  /* Translators: the title of a picture */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _ ("Remove “%s”?"), picture->title);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               fr_picture_is_mine (picture)
                                   ? _ ("Nobody will find it any more. The file that you added stays where it is.")
                                   : _ ("This copy is deleted. You can look for the picture again."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Reopen: the same picture with other bytes is another item. */

static void
reopen_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPictureView *self = FR_PICTURE_VIEW (widget);
  FrGalleryItem *item;
  FrContentId id;

  if (self->item == NULL || !fr_content_id_parse (&id, g_variant_get_string (parameter, NULL)))
    return;
  item = fr_gallery_find (fr_node_get_gallery (self->node), &id);
  if (item != NULL)
    show_item (self, item);
}

static void
fr_picture_view_dispose (GObject *object)
{
  FrPictureView *self = FR_PICTURE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->item_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PICTURE_VIEW);
  g_clear_object (&self->item);
  g_clear_object (&self->loader);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_picture_view_parent_class)->dispose (object);
}

static void
fr_picture_view_class_init (FrPictureViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_picture_view_dispose;
  signals[CLOSED]
      = g_signal_new ("closed", FR_TYPE_PICTURE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_PICTURE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (FR_TYPE_STAGE);
  g_type_ensure (FR_TYPE_PICTURE_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-picture-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPictureView, flap);
  gtk_widget_class_bind_template_child (widget_class, FrPictureView, title);
  gtk_widget_class_bind_template_child (widget_class, FrPictureView, stage);
  gtk_widget_class_bind_template_child (widget_class, FrPictureView, editor);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_install_action (widget_class, "picture.save-as", NULL, save_as_action);
  gtk_widget_class_install_action (widget_class, "picture.save-original", NULL, save_original_action);
  gtk_widget_class_install_action (widget_class, "picture.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "picture.reopen", "s", reopen_action);
}

static void
fr_picture_view_init (FrPictureView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (FR_TYPE_GALLERY_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::picture", G_CALLBACK (show_picture), self);
}

void
fr_picture_view_set_node (FrPictureView *self, FrNode *node, FrTextureLoader *loader)
{
  g_set_object (&self->node, node);
  g_set_object (&self->loader, loader);
  fr_picture_editor_set_node (self->editor, node);
}

/**
 * fr_picture_view_open:
 * @self: a view
 * @item: what to show
 */
void
fr_picture_view_open (FrPictureView *self, FrGalleryItem *item)
{
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_folded (self->flap));
  show_item (self, item);
}

/**
 * fr_picture_view_close:
 * @self: a view
 *
 * Keeps what has been edited, and shows nothing any more.
 */
void
fr_picture_view_close (FrPictureView *self)
{
  fr_picture_editor_save (self->editor);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_signal_group_set_target (self->item_signals, NULL);
  g_clear_object (&self->item);
  fr_stage_clear (self->stage, NULL);
}

void
fr_picture_view_set_title (FrPictureView *self, const char *title)
{
  fr_picture_editor_set_title (self->editor, title);
}

/**
 * fr_picture_view_get_item:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what is shown
 */
FrGalleryItem *
fr_picture_view_get_item (FrPictureView *self)
{
  return self->item;
}
