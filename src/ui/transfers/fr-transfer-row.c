/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-transfer-row.h"

#include <glib/gi18n.h>

#include "fr-thumbnail.h"
#include "fr-transfers.h"

struct _FrTransferRow
{
  GtkListBoxRow parent_instance;

  /* template widgets */
  FrThumbnail *thumbnail;
  GtkLabel *title;
  GtkProgressBar *progress;
  GtkLabel *line;
  GtkLabel *pace;
  GtkWidget *buttons;
  GtkWidget *pause_button;
  GtkWidget *retry_button;
  GtkWidget *cancel_button;

  /* owned */
  GObject *transfer;
  FrTextureLoader *loader;
  FrVeil *veil; /* nullable */

  /* state */
  FrTransferOffers offers;
  guint update_id; /* a frame in which it is shown anew */
};

enum
{
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrTransferRow, fr_transfer_row, GTK_TYPE_LIST_BOX_ROW)

/* Each button says of what it is, for who hears one at a time. */
static void
name_button (GtkWidget *button, const char *format, const char *title)
{
  g_autofree char *name = g_strdup_printf (format, title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_buttons (FrTransferRow *self, const char *title)
{
  gboolean is_resting = (self->offers & FR_TRANSFER_RESUME) != 0;

  /* Translators: all four: the title of a picture */
  name_button (self->pause_button, is_resting ? _ ("Go on with %s") : _ ("Pause %s"), title);
  name_button (self->retry_button, _ ("Try %s again"), title);
  name_button (self->cancel_button, _ ("Cancel %s"), title);
}

/* Pausing and going on is one button, so that the focus stays. */
static void
show_offers (FrTransferRow *self)
{
  gboolean is_resting = (self->offers & FR_TRANSFER_RESUME) != 0;

  gtk_button_set_icon_name (GTK_BUTTON (self->pause_button),
                            is_resting ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->pause_button), is_resting ? "transfer.resume" : "transfer.pause");
  gtk_widget_set_tooltip_text (self->pause_button, is_resting ? _ ("Go On") : _ ("Pause"));
  gtk_widget_set_visible (self->pause_button, is_resting || (self->offers & FR_TRANSFER_PAUSE));
  gtk_widget_set_visible (self->retry_button, self->offers & FR_TRANSFER_RETRY);
  gtk_widget_set_visible (self->cancel_button, self->offers & FR_TRANSFER_CANCEL);
  gtk_widget_set_visible (self->buttons, (self->offers & ~(guint) FR_TRANSFER_OPEN) != 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), (self->offers & FR_TRANSFER_OPEN) != 0);
}

static void
show_line (FrTransferRow *self, const FrTransferFacts *facts)
{
  g_autofree char *text = fr_transfer_text_describe (facts, g_get_real_time ());
  g_autofree char *pace = fr_transfer_text_describe_pace (facts);
  gboolean has_pace = pace != NULL && *pace != '\0';
  /* Translators: the first is a title or a sentence, the second says more of it */
  g_autofree char *both = g_strdup_printf (_ ("%s. %s"), facts->title, text);
  g_autofree char *name = has_pace ? g_strdup_printf (_ ("%s. %s"), both, pace) : g_strdup (both);

  gtk_label_set_label (self->line, text);
  gtk_label_set_label (self->pace, pace != NULL ? pace : ""); /* its line is kept free, so that nothing jumps */
  gtk_widget_set_visible (GTK_WIDGET (self->pace), pace != NULL);
  if (fr_transfer_text_is_error (facts))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->line), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->line), "dim-label");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->line), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->line), "dim-label");
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (FrTransferRow *self)
{
  FrTransferFacts facts;
  double fraction;

  fr_transfers_gather (self->transfer, &facts);
  fraction = fr_transfer_text_get_fraction (&facts);
  self->offers = fr_transfer_text_get_offers (&facts);
  gtk_label_set_label (self->title, facts.title);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), fraction >= 0);
  gtk_progress_bar_set_fraction (self->progress, MAX (fraction, 0));
  show_line (self, &facts);
  show_offers (self);
  name_buttons (self, facts.title);
}

static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FrTransferRow *self = FR_TRANSFER_ROW (widget);

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Blocks come by the hundred in a second. */
static void
changed_cb (FrTransferRow *self)
{
  if (self->update_id == 0)
    self->update_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_cb, NULL, NULL);
}

static void
show_picture (FrTransferRow *self)
{
  FrFetch *fetch = FR_IS_FETCH (self->transfer) ? FR_FETCH (self->transfer) : NULL;
  GBytes *preview = fetch != NULL ? fr_fetch_get_preview (fetch) : NULL;

  if (fetch == NULL) /* one's own */
    fr_thumbnail_show (self->thumbnail, self->loader, fr_giving_get_id (FR_GIVING (self->transfer)), NULL);
  else if (preview != NULL)
    fr_thumbnail_show (self->thumbnail, self->loader, fr_fetch_get_id (fetch), preview);
  if (fetch != NULL && self->veil != NULL)
    fr_thumbnail_set_blurred (self->thumbnail, fr_veil_covers (self->veil, fr_fetch_get_hit (fetch)));
}

static void
pause_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (FR_TRANSFER_ROW (widget)->offers & FR_TRANSFER_PAUSE)
    fr_fetch_pause (FR_FETCH (FR_TRANSFER_ROW (widget)->transfer));
}

static void
resume_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (FR_TRANSFER_ROW (widget)->offers & FR_TRANSFER_RESUME)
    fr_fetch_resume (FR_FETCH (FR_TRANSFER_ROW (widget)->transfer));
}

static void
retry_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (FR_TRANSFER_ROW (widget)->offers & FR_TRANSFER_RETRY)
    fr_fetch_retry (FR_FETCH (FR_TRANSFER_ROW (widget)->transfer));
}

/* Delete, and the button; the list knows where the focus goes then. */
static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

static void
fr_transfer_row_dispose (GObject *object)
{
  FrTransferRow *self = FR_TRANSFER_ROW (object);

  if (self->update_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->update_id);
  self->update_id = 0;
  /* a child that is a template child too would be unparented twice */
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_TRANSFER_ROW);
  g_clear_object (&self->transfer);
  g_clear_object (&self->loader);
  g_clear_object (&self->veil);
  G_OBJECT_CLASS (fr_transfer_row_parent_class)->dispose (object);
}

static void
fr_transfer_row_class_init (FrTransferRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_transfer_row_dispose;
  signals[REMOVE]
      = g_signal_new ("remove", FR_TYPE_TRANSFER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (FR_TYPE_THUMBNAIL);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-transfer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FrTransferRow, thumbnail);
  gtk_widget_class_bind_template_child (widget_class, FrTransferRow, title);
  gtk_widget_class_bind_template_child (widget_class, FrTransferRow, progress);
  gtk_widget_class_bind_template_child (widget_class, FrTransferRow, line);
  gtk_widget_class_bind_template_child (widget_class, FrTransferRow, pace);
  gtk_widget_class_bind_template_child (widget_class, FrTransferRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, FrTransferRow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, FrTransferRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, FrTransferRow, cancel_button);
  gtk_widget_class_install_action (widget_class, "transfer.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "transfer.resume", NULL, resume_action);
  gtk_widget_class_install_action (widget_class, "transfer.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "transfer.cancel", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "transfer.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "transfer.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "transfer.remove", NULL);
}

static void
fr_transfer_row_init (FrTransferRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_transfer_row_new:
 * @transfer: #FrFetch or #FrGiving
 * @loader: who loads its picture
 * @veil: (nullable): what is blurred
 *
 * Returns: (transfer floating): a row about it
 */
FrTransferRow *
fr_transfer_row_new (gpointer transfer, FrTextureLoader *loader, FrVeil *veil)
{
  FrTransferRow *self = g_object_new (FR_TYPE_TRANSFER_ROW, NULL);

  self->transfer = g_object_ref (transfer);
  self->loader = g_object_ref (loader);
  g_set_object (&self->veil, veil);
  g_signal_connect_object (transfer, "notify", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (FR_IS_FETCH (transfer))
    g_signal_connect_object (transfer, "notify::preview", G_CALLBACK (show_picture), self, G_CONNECT_SWAPPED);
  if (veil != NULL)
    g_signal_connect_object (veil, "changed", G_CALLBACK (show_picture), self, G_CONNECT_SWAPPED);
  update (self);
  show_picture (self);
  return self;
}

gpointer
fr_transfer_row_get_transfer (FrTransferRow *self)
{
  return self->transfer;
}

FrTransferOffers
fr_transfer_row_get_offers (FrTransferRow *self)
{
  return self->offers;
}

const char *
fr_transfer_row_get_text (FrTransferRow *self)
{
  return gtk_label_get_label (self->line);
}
