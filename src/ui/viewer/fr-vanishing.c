/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-vanishing.h"

#include <math.h>

#define MOVED 2 /* units: a hand on the table is no movement */

struct _FrVanishing
{
  GObject parent_instance;

  /* borrowed */
  GtkWidget *widget; /* which owns this */
  GPtrArray *bars;   /* owned, of borrowed widgets */

  /* owned */
  GSource *patience;

  /* state */
  double x, y;
  gboolean is_active;
  gboolean is_hidden;
};

enum
{
  PROP_0,
  PROP_REVEALED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrVanishing, fr_vanishing, G_TYPE_OBJECT)

static void
set_hidden (FrVanishing *self, gboolean is_hidden)
{
  if (is_hidden == self->is_hidden)
    return;
  self->is_hidden = is_hidden;
  gtk_widget_set_cursor_from_name (self->widget, is_hidden ? "none" : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

static void
end_patience (FrVanishing *self)
{
  if (self->patience != NULL)
    g_source_destroy (self->patience);
  g_clear_pointer (&self->patience, g_source_unref);
}

/* The pointer is over one, or it is used with keys. */
static gboolean
is_used (FrVanishing *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);
  gboolean has_keys = GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root));
  GtkStateFlags flags = GTK_STATE_FLAG_PRELIGHT | (has_keys ? GTK_STATE_FLAG_FOCUS_WITHIN : 0);

  for (guint i = 0; i < self->bars->len; i++)
    if (gtk_widget_get_state_flags (self->bars->pdata[i]) & flags)
      return TRUE;
  return FALSE;
}

static gboolean
patience_cb (gpointer data)
{
  FrVanishing *self = data;

  if (is_used (self))
    return G_SOURCE_CONTINUE;
  end_patience (self);
  set_hidden (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
motion_cb (FrVanishing *self, double x, double y)
{
  gboolean has_moved = fabs (x - self->x) > MOVED || fabs (y - self->y) > MOVED;

  if (!has_moved)
    return;
  self->x = x;
  self->y = y;
  fr_vanishing_reveal (self);
}

static gboolean
key_cb (FrVanishing *self, guint key)
{
  if (key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab || key == GDK_KEY_KP_Tab)
    fr_vanishing_reveal (self);
  return GDK_EVENT_PROPAGATE;
}

static void
fr_vanishing_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_REVEALED)
    g_value_set_boolean (value, !FR_VANISHING (object)->is_hidden);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_vanishing_dispose (GObject *object)
{
  end_patience (FR_VANISHING (object));
  G_OBJECT_CLASS (fr_vanishing_parent_class)->dispose (object);
}

static void
fr_vanishing_finalize (GObject *object)
{
  g_ptr_array_unref (FR_VANISHING (object)->bars);
  G_OBJECT_CLASS (fr_vanishing_parent_class)->finalize (object);
}

static void
fr_vanishing_class_init (FrVanishingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_vanishing_get_property;
  object_class->dispose = fr_vanishing_dispose;
  object_class->finalize = fr_vanishing_finalize;
  properties[PROP_REVEALED] = g_param_spec_boolean (
      "revealed", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_vanishing_init (FrVanishing *self)
{
  self->bars = g_ptr_array_new ();
}

/**
 * fr_vanishing_new:
 * @widget: over what the bars are; it owns what is returned
 *
 * Returns: (transfer full): what shows them always, until it is active
 */
FrVanishing *
fr_vanishing_new (GtkWidget *widget)
{
  FrVanishing *self = g_object_new (FR_TYPE_VANISHING, NULL);
  GtkEventController *motion = gtk_event_controller_motion_new (), *key = gtk_event_controller_key_new ();

  self->widget = widget;
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, key);
  return self;
}

void
fr_vanishing_add_bar (FrVanishing *self, GtkWidget *bar)
{
  g_ptr_array_add (self->bars, bar);
}

void
fr_vanishing_set_active (FrVanishing *self, gboolean is_active)
{
  self->is_active = is_active;
  fr_vanishing_reveal (self);
}

void
fr_vanishing_reveal (FrVanishing *self)
{
  set_hidden (self, FALSE);
  end_patience (self);
  if (!self->is_active)
    return;
  self->patience = g_timeout_source_new (FR_VANISHING_MS);
  g_source_set_callback (self->patience, patience_cb, self, NULL);
  g_source_attach (self->patience, NULL);
}

gboolean
fr_vanishing_get_revealed (FrVanishing *self)
{
  return !self->is_hidden;
}
