/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-details.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-audience-text.h"
#include "fr-details-text.h"
#include "fr-metadata-row.h"
#include "fr-readers-popover.h"
#include "fr-tag-entry.h"

struct _FrDetails
{
  AdwBin parent_instance;

  /* template widgets */
  AdwHeaderBar *header_bar;
  GtkWidget *back_button;
  GtkWidget *own_box;
  GtkEditable *title;
  GtkTextBuffer *description;
  FrTagEntry *tags;
  GtkWidget *error_box;
  GtkLabel *error_label;
  AdwActionRow *sharing_row;
  FrReadersPopover *readers;
  FrMetadataRow *metadata_row;
  AdwActionRow *found_title_row;
  AdwActionRow *date_row;
  AdwActionRow *kind_row;
  AdwActionRow *dimensions_row;
  AdwActionRow *size_row;
  AdwActionRow *from_row;
  AdwActionRow *came_row;
  AdwActionRow *id_row;

  /* owned */
  FrNode *node;
  FrViewedPicture *picture;
  FrGalleryItem *item;  /* whose words are shown to be changed; nullable */
  FrGalleryItem *saved; /* whose were saved last; nullable */

  /* state */
  guint n_saving;       /* that have not ended */
  guint is_showing : 1; /* the fields change by themselves */
  guint is_dirty : 1;
};

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrDetails, fr_details, ADW_TYPE_BIN)

static void
set_error (FrDetails *self, const char *message)
{
  gtk_label_set_label (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (self->error_box, message != NULL);
  if (message != NULL)
    fr_announce (GTK_WIDGET (self), message);
}

static void
changed_cb (FrDetails *self)
{
  if (!self->is_showing && self->item != NULL)
    self->is_dirty = TRUE;
}

static char *
get_description (FrDetails *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->description, &start, &end);
  return gtk_text_buffer_get_text (self->description, &start, &end, FALSE);
}

/* What is there already stays, with the place where one types. */
static void
show_words (FrDetails *self)
{
  const FrPicture *picture = fr_gallery_item_get_picture (self->item);
  g_autofree char *description = get_description (self);
  g_auto (GStrv) tags = fr_tag_entry_get_tags (self->tags);

  self->is_showing = TRUE;
  if (!g_str_equal (gtk_editable_get_text (self->title), picture->title))
    gtk_editable_set_text (self->title, picture->title);
  if (!g_str_equal (description, picture->description))
    gtk_text_buffer_set_text (self->description, picture->description, -1);
  if (!g_strv_equal ((const char *const *) tags, (const char *const *) picture->tags))
    fr_tag_entry_set_tags (self->tags, (const char *const *) picture->tags);
  self->is_showing = FALSE;
  self->is_dirty = FALSE;
  set_error (self, NULL);
}

/* Saving */

static gboolean
has_changed (FrDetails *self, const char *description, const char *const *tags)
{
  const FrPicture *picture = fr_gallery_item_get_picture (self->item);

  return !g_str_equal (gtk_editable_get_text (self->title), picture->title)
         || !g_str_equal (description, picture->description)
         || !g_strv_equal (tags, (const char *const *) picture->tags);
}

/* What was being changed stays on screen if it will not do; where another picture is open by now it cannot. */
static void
updated_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrDetails) self = data;
  g_autoptr (GError) error = NULL;

  self->n_saving--;
  if (fr_gallery_update_finish (FR_GALLERY (source), result, &error))
    {
      g_signal_emit (self, signals[MESSAGE], 0, _ ("Changes saved"));
      if (self->picture != NULL)
        fr_details_update (self);
    }
  else if (self->saved == self->item && self->item != NULL)
    {
      set_error (self, error->message);
      self->is_dirty = TRUE;
    }
  else
    g_signal_emit (self, signals[MESSAGE], 0, error->message);
}

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_details_save (FR_DETAILS (widget));
}

static void
field_left_cb (FrDetails *self)
{
  fr_details_save (self);
}

/* Escape takes back what has not been saved; then it leads back, as everywhere. */
static gboolean
key_cb (FrDetails *self, guint key)
{
  if (key != GDK_KEY_Escape || !self->is_dirty || self->item == NULL)
    return GDK_EVENT_PROPAGATE;
  show_words (self);
  return GDK_EVENT_STOP;
}

/* Facts */

static void
set_row (AdwActionRow *row, char *text)
{
  g_autofree char *owned = text;

  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
}

/* When it was added or kept here, or since when others have shared it. */
static char *
describe_date (FrDetails *self)
{
  if (self->item != NULL)
    return fr_details_text_describe_time (fr_gallery_item_get_picture (self->item)->added_us);
  return fr_details_text_describe_day (fr_hit_get_shared_day (fr_viewed_picture_get_hit (self->picture)));
}

static char *
describe_from (FrDetails *self)
{
  const FrPicture *picture = self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL;

  if (picture != NULL)
    return fr_picture_is_mine (picture) ? NULL
                                        : fr_audience_text_describe_origin (picture, fr_node_get_people (self->node));
  return g_strdup (fr_viewed_picture_get_facts (self->picture)->about);
}

static char *
describe_came (FrDetails *self)
{
  FrFetch *fetch = fr_viewed_picture_get_fetch (self->picture);

  if (fetch == NULL || fr_fetch_get_state (fetch) != FR_FETCH_DONE)
    return NULL;
  return fr_details_text_describe_duration (fr_fetch_get_finished_us (fetch) - fr_fetch_get_started_us (fetch));
}

static void
show_facts (FrDetails *self)
{
  guint width = 0, height = 0;
  guint64 bytes = 0;

  fr_viewed_picture_get_size (self->picture, &width, &height, &bytes);
  set_row (self->found_title_row, self->item == NULL ? g_strdup (fr_viewed_picture_get_title (self->picture)) : NULL);
  set_row (self->date_row, describe_date (self));
  set_row (self->kind_row, fr_details_text_describe_kind (fr_viewed_picture_get_kind (self->picture)));
  set_row (self->dimensions_row, fr_details_text_describe_dimensions (width, height));
  set_row (self->size_row, g_format_size (bytes));
  set_row (self->from_row, describe_from (self));
  set_row (self->came_row, describe_came (self));
  set_row (self->id_row, fr_content_id_to_string (fr_viewed_picture_get_id (self->picture)));
}

/* Who can see the picture: its own step, kept at once */

static void
show_sharing (FrDetails *self)
{
  FrPicture *picture = fr_gallery_item_get_picture (self->item);
  g_autofree char *text = fr_audience_text_describe_audience (picture, fr_node_get_people (self->node));

  adw_action_row_set_subtitle (self->sharing_row, text);
  fr_readers_popover_show_picture (self->readers, picture, fr_node_get_people (self->node));
}

static void
readers_shown_cb (FrDetails *self)
{
  if (self->item != NULL)
    show_sharing (self);
}

static void
copy_id_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrDetails *self = FR_DETAILS (widget);
  g_autofree char *id = NULL;

  if (self->picture == NULL)
    return;
  id = fr_content_id_to_string (fr_viewed_picture_get_id (self->picture));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), id);
  g_signal_emit (self, signals[MESSAGE], 0, _ ("Content ID copied"));
}

static void
fr_details_dispose (GObject *object)
{
  FrDetails *self = FR_DETAILS (object);

  g_clear_object (&self->item);
  g_clear_object (&self->saved);
  g_clear_object (&self->picture);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_DETAILS);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_details_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-details.ui");
  gtk_widget_class_bind_template_child (widget_class, FrDetails, header_bar);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, back_button);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, own_box);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, title);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, description);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, tags);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, error_box);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, error_label);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, sharing_row);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, readers);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, metadata_row);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, found_title_row);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, date_row);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, kind_row);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, dimensions_row);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, size_row);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, from_row);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, came_row);
  gtk_widget_class_bind_template_child (widget_class, FrDetails, id_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, readers_shown_cb);
}

static void
fr_details_class_init (FrDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_details_dispose;
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  g_type_ensure (FR_TYPE_METADATA_ROW);
  g_type_ensure (FR_TYPE_READERS_POPOVER);
  g_type_ensure (FR_TYPE_TAG_ENTRY);
  gtk_widget_class_install_action (widget_class, "details.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "details.copy-id", NULL, copy_id_action);
  bind_template (widget_class);
}

static void
fr_details_init (FrDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fr_details_set_node (FrDetails *self, FrNode *node)
{
  g_set_object (&self->node, node);
  fr_tag_entry_set_pictures (self->tags, G_LIST_MODEL (fr_node_get_gallery (node)));
}

/**
 * fr_details_show:
 * @self: details
 * @picture: (nullable): of what
 *
 * What was being changed of another picture is kept.
 */
void
fr_details_show (FrDetails *self, FrViewedPicture *picture)
{
  fr_details_save (self);
  g_clear_object (&self->item);
  g_set_object (&self->picture, picture);
  fr_details_update (self);
}

/* What is being saved is not what the gallery says yet, and may not be accepted. */
static gboolean
is_saving (FrDetails *self)
{
  return self->n_saving > 0 && self->saved == self->item;
}

/**
 * fr_details_update:
 * @self: details
 *
 * Shows what is true by now; what is being changed stays as it is.
 */
void
fr_details_update (FrDetails *self)
{
  FrGalleryItem *item = self->picture != NULL ? fr_viewed_picture_get_item (self->picture) : NULL;

  if (g_set_object (&self->item, item))
    {
      self->is_dirty = FALSE;
      fr_metadata_row_set_item (self->metadata_row, fr_node_get_gallery (self->node), item);
    }
  gtk_widget_set_visible (self->own_box, item != NULL);
  if (item != NULL)
    show_sharing (self);
  if (item != NULL && !self->is_dirty && !is_saving (self))
    show_words (self);
  if (self->picture != NULL)
    show_facts (self);
}

/**
 * fr_details_save:
 * @self: details
 *
 * Keeps what has been changed, if anything has.
 */
void
fr_details_save (FrDetails *self)
{
  g_auto (GStrv) tags = NULL;
  g_autofree char *description = NULL;

  if (!self->is_dirty || self->item == NULL)
    return;
  self->is_dirty = FALSE;
  set_error (self, NULL);
  tags = fr_tag_entry_get_tags (self->tags);
  description = get_description (self);
  if (!has_changed (self, description, (const char *const *) tags))
    return;
  g_set_object (&self->saved, self->item);
  self->n_saving++;
  fr_gallery_update_async (fr_node_get_gallery (self->node), fr_gallery_item_get_id (self->item),
                           gtk_editable_get_text (self->title), description, (const char *const *) tags, NULL,
                           updated_cb, g_object_ref (self));
}

void
fr_details_set_folded (FrDetails *self, gboolean is_folded)
{
  adw_header_bar_set_show_start_title_buttons (self->header_bar, is_folded);
  gtk_widget_set_visible (self->back_button, is_folded);
}

void
fr_details_forget (FrDetails *self)
{
  self->is_dirty = FALSE;
}

gboolean
fr_details_is_busy (FrDetails *self)
{
  return fr_metadata_row_is_busy (self->metadata_row);
}

/* What has just been unfolded takes the focus only once it is on screen. */
static void
title_mapped_cb (FrDetails *self)
{
  g_signal_handlers_disconnect_by_func (self->title, title_mapped_cb, self);
  fr_details_focus_title (self);
}

void
fr_details_focus_title (FrDetails *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self->title)))
    {
      g_signal_handlers_disconnect_by_func (self->title, title_mapped_cb, self);
      g_signal_connect_swapped (self->title, "map", G_CALLBACK (title_mapped_cb), self);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
  gtk_editable_select_region (self->title, 0, -1);
}

void
fr_details_set_title (FrDetails *self, const char *title)
{
  gtk_editable_set_text (self->title, title);
}
