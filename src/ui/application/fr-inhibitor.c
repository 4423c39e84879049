/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-inhibitor.h"

#include <glib/gi18n.h>

struct _FrInhibitor
{
  GObject parent_instance;

  /* borrowed */
  GtkWidget *widget; /* in the window whose pictures they are */

  /* owned */
  FrTransfers *transfers;
  GtkApplication *application; /* nullable: nothing is held off */

  /* state */
  guint cookie; /* 0: the desktop does not hold it off */
};

G_DEFINE_FINAL_TYPE (FrInhibitor, fr_inhibitor, G_TYPE_OBJECT)

static void
let_go (FrInhibitor *self)
{
  if (self->cookie != 0)
    gtk_application_uninhibit (self->application, self->cookie);
  self->cookie = 0;
  g_clear_object (&self->application);
}

static void
hold (FrInhibitor *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);
  GtkApplication *application = GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;

  if (application == NULL)
    return;
  self->application = g_object_ref (application);
  self->cookie = gtk_application_inhibit (application, GTK_WINDOW (root), GTK_APPLICATION_INHIBIT_SUSPEND,
                                          _ ("Pictures are on their way"));
}

static void
changed_cb (FrInhibitor *self)
{
  gboolean is_moving = fr_transfers_get_n_moving (self->transfers) > 0;

  if (is_moving && self->application == NULL)
    hold (self);
  else if (!is_moving)
    let_go (self);
}

static void
fr_inhibitor_dispose (GObject *object)
{
  FrInhibitor *self = FR_INHIBITOR (object);

  let_go (self);
  g_clear_object (&self->transfers);
  G_OBJECT_CLASS (fr_inhibitor_parent_class)->dispose (object);
}

static void
fr_inhibitor_class_init (FrInhibitorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_inhibitor_dispose;
}

static void
fr_inhibitor_init (FrInhibitor *self)
{
}

/**
 * fr_inhibitor_new:
 * @widget: a widget of the window, which lives longer than this
 * @transfers: what is on its way
 *
 * Returns: (transfer full): what holds off suspend until it is let go of
 */
FrInhibitor *
fr_inhibitor_new (GtkWidget *widget, FrTransfers *transfers)
{
  FrInhibitor *self = g_object_new (FR_TYPE_INHIBITOR, NULL);

  self->widget = widget;
  self->transfers = g_object_ref (transfers);
  g_signal_connect_object (transfers, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
fr_inhibitor_is_holding (FrInhibitor *self)
{
  return self->application != NULL;
}
