/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-first-start.h"

#include <glib/gi18n.h>

#include "fr-name-entry.h"
#include "fr-server-chooser.h"

struct _FrFirstStart
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkWidget *back_button;
  FrNameEntry *name_entry;
  GtkWidget *next_button;
  FrServerChooser *chooser;
  AdwActionRow *server_row;
  AdwActionRow *address_row;

  /* owned */
  FrNode *node;
};

enum
{
  FINISHED,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrFirstStart, fr_first_start, ADW_TYPE_BIN)

static void
show_step (FrFirstStart *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back_button, g_str_equal (name, "server"));
}

static void
finish (FrFirstStart *self)
{
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
next_cb (FrFirstStart *self)
{
  fr_first_start_next (self);
}

static void
back_cb (FrFirstStart *self)
{
  show_step (self, "name");
}

static void
show_address (FrFirstStart *self)
{
  const char *serving = fr_node_get_serving (self->node), *address = fr_node_get_address (self->node);

  adw_action_row_set_subtitle (self->server_row, serving != NULL ? serving : "");
  adw_action_row_set_subtitle (self->address_row, address != NULL ? address : "");
}

/* Who has started a network needs to tell others about it; who has joined one is done. */
static void
connected_cb (FrFirstStart *self)
{
  if (fr_node_get_serving (self->node) == NULL)
    {
      finish (self);
      return;
    }
  show_address (self);
  show_step (self, "ready");
}

static void
copy_cb (FrFirstStart *self)
{
  g_autofree char *invitation = fr_node_get_invitation (self->node);

  if (invitation == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), invitation);
  g_signal_emit (self, signals[MESSAGE], 0, _ ("Invitation copied. Send it to someone, and they can add you."));
}

static void
fr_first_start_dispose (GObject *object)
{
  FrFirstStart *self = FR_FIRST_START (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_FIRST_START);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_first_start_parent_class)->dispose (object);
}

static void
fr_first_start_class_init (FrFirstStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_first_start_dispose;
  signals[FINISHED]
      = g_signal_new ("finished", FR_TYPE_FIRST_START, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_FIRST_START, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (FR_TYPE_NAME_ENTRY);
  g_type_ensure (FR_TYPE_SERVER_CHOOSER);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-first-start.ui");
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, stack);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, back_button);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, name_entry);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, next_button);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, chooser);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, server_row);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, address_row);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, connected_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, finish);
}

static void
fr_first_start_init (FrFirstStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_first_start_set_node:
 * @self: what is asked
 * @node: whom it is for; once
 */
void
fr_first_start_set_node (FrFirstStart *self, FrNode *node)
{
  g_set_object (&self->node, node);
  g_signal_connect_object (node, "notify::address", G_CALLBACK (show_address), self, G_CONNECT_SWAPPED);
  fr_server_chooser_set_node (self->chooser, node);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}

/**
 * fr_first_start_fill_in:
 * @self: what is asked
 * @name: a name that may be right
 */
void
fr_first_start_fill_in (FrFirstStart *self, const char *name)
{
  fr_name_entry_set_name (self->name_entry, name);
}

/**
 * fr_first_start_next:
 * @self: what is asked
 *
 * Takes the name, and goes on to the server.
 *
 * Returns: %FALSE if the name will not do
 */
gboolean
fr_first_start_next (FrFirstStart *self)
{
  if (!fr_name_entry_get_valid (self->name_entry)
      || !fr_node_set_name (self->node, fr_name_entry_get_name (self->name_entry), NULL))
    return FALSE;
  /* a server that is known from the command line will do */
  if (fr_node_get_server (self->node) != NULL)
    finish (self);
  else
    show_step (self, "server");
  return TRUE;
}

const char *
fr_first_start_get_step (FrFirstStart *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}
