/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-metadata-row.h"

#include <glib/gi18n.h>

#include "fr-metadata-text.h"

struct _FrMetadataRow
{
  AdwBin parent_instance;

  /* template widgets */
  GtkListBox *list;
  AdwActionRow *row;
  GtkSwitch *toggle;
  GtkLabel *error_label;

  /* owned */
  FrGallery *gallery;
  FrGalleryItem *item;
  GSignalGroup *item_signals;

  /* state */
  guint is_showing : 1; /* the switch moves by itself */
  guint is_changing : 1;
};

G_DEFINE_FINAL_TYPE (FrMetadataRow, fr_metadata_row, ADW_TYPE_BIN)

static void
set_error (FrMetadataRow *self, const char *message)
{
  gtk_label_set_label (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), message != NULL);
}

/* There is something to choose where the file tells something that can be removed. */
static gboolean
has_choice (const FrPicture *picture)
{
  return picture->metadata != FR_METADATA_FIXED
         && (picture->metadata != FR_METADATA_REMOVED || fr_picture_has_original (picture));
}

static void
show_picture (FrMetadataRow *self)
{
  const FrPicture *picture = self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL;
  gboolean is_mine = picture != NULL && fr_picture_is_mine (picture);
  g_autofree char *text = is_mine ? fr_metadata_describe (picture) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->list), is_mine);
  if (!is_mine)
    return;
  adw_action_row_set_subtitle (self->row, text);
  gtk_widget_set_visible (GTK_WIDGET (self->toggle), has_choice (picture));
  gtk_widget_set_sensitive (GTK_WIDGET (self->toggle), !self->is_changing);
  self->is_showing = TRUE;
  gtk_switch_set_active (self->toggle, picture->metadata != FR_METADATA_REMOVED);
  self->is_showing = FALSE;
}

/* Whoever has gone on to another picture stays there. */
static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrMetadataRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) picture = fr_gallery_keep_metadata_finish (FR_GALLERY (source), result, &error);
  g_autofree char *id = picture != NULL ? fr_content_id_to_string (&picture->id) : NULL;

  self->is_changing = FALSE;
  if (picture != NULL && self->item != NULL
      && fr_gallery_find (self->gallery, fr_gallery_item_get_id (self->item)) == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "picture.reopen", "s", id);
  show_picture (self);
  if (error != NULL)
    set_error (self, error->message);
}

static gboolean
state_set_cb (FrMetadataRow *self, gboolean state)
{
  if (self->is_showing || self->is_changing || self->item == NULL)
    return FALSE;
  self->is_changing = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->toggle), FALSE);
  set_error (self, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "details.save", NULL);
  fr_gallery_keep_metadata_async (self->gallery, fr_gallery_item_get_id (self->item), state, NULL, changed_cb,
                                  g_object_ref (self));
  return FALSE;
}

static void
fr_metadata_row_dispose (GObject *object)
{
  FrMetadataRow *self = FR_METADATA_ROW (object);

  g_clear_object (&self->item_signals);
  g_clear_object (&self->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_METADATA_ROW);
  g_clear_object (&self->gallery);
  G_OBJECT_CLASS (fr_metadata_row_parent_class)->dispose (object);
}

static void
fr_metadata_row_class_init (FrMetadataRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_metadata_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-metadata-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FrMetadataRow, list);
  gtk_widget_class_bind_template_child (widget_class, FrMetadataRow, row);
  gtk_widget_class_bind_template_child (widget_class, FrMetadataRow, toggle);
  gtk_widget_class_bind_template_child (widget_class, FrMetadataRow, error_label);
  gtk_widget_class_bind_template_callback (widget_class, state_set_cb);
}

static void
fr_metadata_row_init (FrMetadataRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (FR_TYPE_GALLERY_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::picture", G_CALLBACK (show_picture), self);
}

/**
 * fr_metadata_row_set_item:
 * @self: a row
 * @gallery: whose picture
 * @item: (nullable): which
 */
void
fr_metadata_row_set_item (FrMetadataRow *self, FrGallery *gallery, FrGalleryItem *item)
{
  g_set_object (&self->gallery, gallery);
  g_set_object (&self->item, item);
  g_signal_group_set_target (self->item_signals, item);
  set_error (self, NULL);
  show_picture (self);
}

/**
 * fr_metadata_row_is_busy:
 * @self: a row
 *
 * Returns: whether the picture is being made another file
 */
gboolean
fr_metadata_row_is_busy (FrMetadataRow *self)
{
  return self->is_changing;
}
