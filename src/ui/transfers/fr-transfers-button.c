/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-transfers-button.h"

#include "fr-transfer-ring.h"
#include "fr-transfers-list.h"

struct _FrTransfersButton
{
  AdwBin parent_instance;

  /* template widgets */
  GtkMenuButton *menu_button;
  GtkPopover *popover;
  FrTransfersList *list;
  GtkWidget *page_button;
  FrTransferRing *ring;
  FrTransferRing *page_ring;

  /* owned */
  FrTransfers *transfers;
  GSource *timer; /* until it is shown, or hidden */

  /* state */
  guint narrow : 1;
  guint is_open : 1; /* the popover */
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

enum
{
  OPEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrTransfersButton, fr_transfers_button, ADW_TYPE_BIN)

static void
end_timer (FrTransfersButton *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
is_wanted (FrTransfersButton *self)
{
  return self->is_open || fr_transfers_get_n_moving (self->transfers) > 0
         || fr_transfers_get_n_failed (self->transfers) > 0;
}

static gboolean
timer_cb (gpointer data)
{
  FrTransfersButton *self = data;

  end_timer (self);
  gtk_widget_set_visible (GTK_WIDGET (self), is_wanted (self));
  return G_SOURCE_REMOVE;
}

/* It neither flickers nor goes while the ring closes. */
static void
update_visible (FrTransfersButton *self)
{
  gboolean is_shown = gtk_widget_get_visible (GTK_WIDGET (self));

  if (is_shown == is_wanted (self))
    {
      end_timer (self);
      return;
    }
  if (self->timer != NULL)
    return;
  self->timer = g_timeout_source_new (is_shown ? FR_TRANSFERS_BUTTON_LINGER_MS : FR_TRANSFERS_BUTTON_SILENT_MS);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, NULL);
}

static void
name (GtkWidget *button, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (button, text);
}

static void
update (FrTransfersButton *self)
{
  guint n_moving = fr_transfers_get_n_moving (self->transfers), n_failed = fr_transfers_get_n_failed (self->transfers);
  double share = n_moving == 0 && n_failed == 0 ? 1 : fr_transfers_get_share (self->transfers);
  g_autofree char *text = fr_transfer_text_name_button (n_moving, n_failed);

  name (GTK_WIDGET (self->menu_button), text);
  name (self->page_button, text);
  fr_transfer_ring_show (self->ring, share, n_failed > 0);
  fr_transfer_ring_show (self->page_ring, share, n_failed > 0);
  update_visible (self);
}

static void
popover_mapped_cb (FrTransfersButton *self)
{
  self->is_open = TRUE;
  fr_transfers_list_take_focus (self->list);
}

static void
popover_closed_cb (FrTransfersButton *self)
{
  self->is_open = FALSE;
  fr_transfers_list_set_active (self->list, FALSE);
  update_visible (self);
}

/* Before its size is asked for. */
static void
create_popup_cb (GtkMenuButton *button, gpointer data)
{
  fr_transfers_list_set_active (FR_TRANSFERS_BUTTON (data)->list, TRUE);
}

static void
open_cb (FrTransfersButton *self, FrFetch *fetch)
{
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[OPEN], 0, fetch);
}

static void
set_narrow (FrTransfersButton *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), !narrow);
  gtk_widget_set_visible (self->page_button, narrow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
fr_transfers_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, FR_TRANSFERS_BUTTON (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_transfers_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    set_narrow (FR_TRANSFERS_BUTTON (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_transfers_button_dispose (GObject *object)
{
  FrTransfersButton *self = FR_TRANSFERS_BUTTON (object);

  end_timer (self);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_TRANSFERS_BUTTON);
  g_clear_object (&self->transfers);
  G_OBJECT_CLASS (fr_transfers_button_parent_class)->dispose (object);
}

static void
fr_transfers_button_class_init (FrTransfersButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_transfers_button_get_property;
  object_class->set_property = fr_transfers_button_set_property;
  object_class->dispose = fr_transfers_button_dispose;
  properties[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[OPEN] = g_signal_new ("open", FR_TYPE_TRANSFERS_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, FR_TYPE_FETCH);
  g_type_ensure (FR_TYPE_TRANSFER_RING);
  g_type_ensure (FR_TYPE_TRANSFERS_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-transfers-button.ui");
  gtk_widget_class_bind_template_child (widget_class, FrTransfersButton, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersButton, popover);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersButton, list);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersButton, page_button);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersButton, ring);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersButton, page_ring);
  gtk_widget_class_bind_template_callback (widget_class, popover_mapped_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
fr_transfers_button_init (FrTransfersButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_popup_cb, self, NULL);
}

/**
 * fr_transfers_button_set_transfers:
 * @self: a button
 * @transfers: what it is about; once
 * @loader: who loads small pictures
 */
void
fr_transfers_button_set_transfers (FrTransfersButton *self, FrTransfers *transfers, FrTextureLoader *loader)
{
  self->transfers = g_object_ref (transfers);
  fr_transfers_list_set_transfers (self->list, transfers, loader);
  g_signal_connect_object (transfers, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * fr_transfers_button_popup:
 * @self: a button
 *
 * Shows the list below it, as a click does.
 *
 * Returns: %FALSE if it is not shown, or the window is narrow
 */
gboolean
fr_transfers_button_popup (FrTransfersButton *self)
{
  if (self->narrow || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  gtk_menu_button_popup (self->menu_button);
  return TRUE;
}
