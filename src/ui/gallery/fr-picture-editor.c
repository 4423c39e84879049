/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-picture-editor.h"

#include "fr-audience-change.h"
#include "fr-audience-text.h"
#include "fr-facts.h"
#include "fr-readers-popover.h"
#include "fr-metadata-row.h"

struct _FrPictureEditor
{
  AdwBin parent_instance;

  /* template widgets */
  GtkEditable *title;
  GtkEditable *tags;
  GtkTextBuffer *description;
  GtkLabel *error_label;
  AdwActionRow *sharing_row;
  FrReadersPopover *readers;
  FrMetadataRow *metadata_row;

  /* owned */
  FrNode *node;
  FrGalleryItem *item;
  GSignalGroup *item_signals;

  /* state */
  guint is_dirty : 1;
};

G_DEFINE_FINAL_TYPE (FrPictureEditor, fr_picture_editor, ADW_TYPE_BIN)

static void
set_dirty (FrPictureEditor *self, gboolean is_dirty)
{
  self->is_dirty = is_dirty;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", is_dirty);
}

static void
set_error (FrPictureEditor *self, const char *message)
{
  gtk_label_set_label (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), message != NULL);
}

static void
changed_cb (FrPictureEditor *self)
{
  set_dirty (self, self->item != NULL);
}

/* Who can see the picture: its own step, kept at once */

static void
show_sharing (FrPictureEditor *self)
{
  FrPicture *picture = fr_gallery_item_get_picture (self->item);
  g_autofree char *text = fr_audience_text_describe_picture (picture, fr_node_get_people (self->node));

  adw_action_row_set_subtitle (self->sharing_row, text);
  fr_readers_popover_show_picture (self->readers, picture, fr_node_get_people (self->node));
}

static void
readers_shown_cb (FrPictureEditor *self)
{
  if (self->item != NULL)
    show_sharing (self);
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrPictureEditor *self = FR_PICTURE_EDITOR (source);
  g_autoptr (GError) error = NULL;

  if (!fr_audience_change_finish (GTK_WIDGET (self), result, NULL, NULL, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_error (self, error->message);
}

static void
share_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPictureEditor *self = FR_PICTURE_EDITOR (widget);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->item == NULL)
    return;
  g_ptr_array_add (items, g_object_ref (self->item));
  fr_audience_change_async (widget, self->node, items, shared_cb, NULL);
}

static void
show_item (FrPictureEditor *self)
{
  FrPicture *picture = fr_gallery_item_get_picture (self->item);
  g_autofree char *tags = fr_facts_tags_to_text ((const char *const *) picture->tags);

  gtk_editable_set_text (self->title, picture->title);
  gtk_editable_set_text (self->tags, tags);
  gtk_text_buffer_set_text (self->description, picture->description, -1);
  show_sharing (self);
  set_error (self, NULL);
  set_dirty (self, FALSE);
}

/* What was being edited stays on screen if it will not do; another picture may be open by now. */
static void
updated_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPictureEditor) self = data;
  g_autoptr (GError) error = NULL;

  if (fr_gallery_update_finish (FR_GALLERY (source), result, &error))
    return;
  set_error (self, error->message);
  set_dirty (self, self->item != NULL);
}

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_picture_editor_save (FR_PICTURE_EDITOR (widget));
}

static void
fr_picture_editor_dispose (GObject *object)
{
  FrPictureEditor *self = FR_PICTURE_EDITOR (object);

  g_clear_object (&self->item_signals);
  g_clear_object (&self->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PICTURE_EDITOR);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_picture_editor_parent_class)->dispose (object);
}

static void
fr_picture_editor_class_init (FrPictureEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_picture_editor_dispose;
  g_type_ensure (FR_TYPE_READERS_POPOVER);
  g_type_ensure (FR_TYPE_METADATA_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-picture-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPictureEditor, title);
  gtk_widget_class_bind_template_child (widget_class, FrPictureEditor, tags);
  gtk_widget_class_bind_template_child (widget_class, FrPictureEditor, description);
  gtk_widget_class_bind_template_child (widget_class, FrPictureEditor, error_label);
  gtk_widget_class_bind_template_child (widget_class, FrPictureEditor, sharing_row);
  gtk_widget_class_bind_template_child (widget_class, FrPictureEditor, readers);
  gtk_widget_class_bind_template_child (widget_class, FrPictureEditor, metadata_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_picture_editor_save);
  gtk_widget_class_bind_template_callback (widget_class, readers_shown_cb);
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "editor.share", NULL, share_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "editor.save", NULL);
}

static void
fr_picture_editor_init (FrPictureEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (FR_TYPE_GALLERY_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::picture", G_CALLBACK (show_sharing), self);
  set_dirty (self, FALSE);
}

void
fr_picture_editor_set_node (FrPictureEditor *self, FrNode *node)
{
  g_set_object (&self->node, node);
}

/**
 * fr_picture_editor_open:
 * @self: an editor
 * @item: what to edit
 */
void
fr_picture_editor_open (FrPictureEditor *self, FrGalleryItem *item)
{
  g_set_object (&self->item, item);
  g_signal_group_set_target (self->item_signals, item);
  fr_metadata_row_set_item (self->metadata_row, fr_node_get_gallery (self->node), item);
  show_item (self);
}

void
fr_picture_editor_set_title (FrPictureEditor *self, const char *title)
{
  gtk_editable_set_text (self->title, title);
}

/**
 * fr_picture_editor_save:
 * @self: an editor
 *
 * Keeps what has been edited, if anything has.
 */
void
fr_picture_editor_save (FrPictureEditor *self)
{
  g_auto (GStrv) tags = NULL;
  g_autofree char *description = NULL;
  GtkTextIter start, end;

  if (!self->is_dirty || self->item == NULL)
    return;
  set_error (self, NULL);
  set_dirty (self, FALSE);
  tags = fr_facts_tags_from_text (gtk_editable_get_text (self->tags));
  gtk_text_buffer_get_bounds (self->description, &start, &end);
  description = gtk_text_buffer_get_text (self->description, &start, &end, FALSE);
  fr_gallery_update_async (fr_node_get_gallery (self->node), fr_gallery_item_get_id (self->item), gtk_editable_get_text (self->title),
                           description, (const char *const *) tags, NULL, updated_cb, g_object_ref (self));
}

/**
 * fr_picture_editor_forget:
 * @self: an editor
 *
 * Gives up what has been edited: the picture goes.
 */
void
fr_picture_editor_forget (FrPictureEditor *self)
{
  set_dirty (self, FALSE);
}
