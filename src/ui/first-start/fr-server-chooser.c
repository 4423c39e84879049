/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-server-chooser.h"

#include <glib/gi18n.h>

#include "fr-invitation.h"

struct _FrServerChooser
{
  AdwBin parent_instance;

  /* template widgets */
  GtkWidget *serve_row;
  GtkEditable *address;
  GtkWidget *join_button;
  GtkEditable *stun;
  GtkEditable *turn;
  GtkSpinner *spinner;
  GtkLabel *status;

  /* owned */
  FrNode *node;

  /* state */
  guint is_waiting : 1; /* for the node to come online */
  guint is_chosen : 1;  /* something was: what was wrong with the server before may be heard of once more */
};

enum
{
  CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrServerChooser, fr_server_chooser, ADW_TYPE_BIN)

static void
set_status (FrServerChooser *self, gboolean is_waiting, const char *text, gboolean is_error)
{
  self->is_waiting = is_waiting;
  gtk_widget_set_sensitive (self->serve_row, !is_waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_waiting);
  gtk_spinner_set_spinning (self->spinner, is_waiting);
  gtk_label_set_label (self->status, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status), text != NULL);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

static void
node_state_cb (FrServerChooser *self)
{
  const GError *error = fr_node_get_error (self->node);

  if (!self->is_chosen)
    return;
  switch (fr_node_get_state (self->node))
    {
    case FR_NODE_ONLINE:
      self->is_chosen = FALSE;
      set_status (self, FALSE, NULL, FALSE);
      g_signal_emit (self, signals[CONNECTED], 0);
      break;
    case FR_NODE_WAITING:
    case FR_NODE_FAILED:
      set_status (self, FALSE, error != NULL ? error->message : _ ("The meeting point cannot be reached."), TRUE);
      break;
    case FR_NODE_OFFLINE:
    case FR_NODE_CONNECTING:
    default:
      break;
    }
}

static gboolean
use_relays (FrServerChooser *self)
{
  g_autoptr (GError) error = NULL;

  if (fr_node_set_relays (self->node, gtk_editable_get_text (self->stun), gtk_editable_get_text (self->turn), &error))
    return TRUE;
  set_status (self, FALSE, error->message, TRUE);
  return FALSE;
}

static void
served_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrServerChooser) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *server = fr_node_serve_finish (FR_NODE (source), result, &error);

  if (server == NULL)
    set_status (self, FALSE, error->message, TRUE);
}

static void
serve_clicked_cb (FrServerChooser *self)
{
  fr_server_chooser_serve (self);
}

static void
join_clicked_cb (FrServerChooser *self)
{
  fr_server_chooser_join (self, gtk_editable_get_text (self->address));
}

static void
address_changed_cb (FrServerChooser *self)
{
  g_autofree char *hint = self->node != NULL
                              ? fr_node_describe_invited_relays (self->node, gtk_editable_get_text (self->address))
                              : NULL;

  if (!self->is_waiting)
    set_status (self, FALSE, hint, FALSE);
  gtk_widget_set_sensitive (self->join_button, *gtk_editable_get_text (self->address) != '\0');
}

static void
fr_server_chooser_dispose (GObject *object)
{
  FrServerChooser *self = FR_SERVER_CHOOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_SERVER_CHOOSER);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_server_chooser_parent_class)->dispose (object);
}

static void
fr_server_chooser_class_init (FrServerChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_server_chooser_dispose;
  signals[CONNECTED]
      = g_signal_new ("connected", FR_TYPE_SERVER_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-server-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, FrServerChooser, serve_row);
  gtk_widget_class_bind_template_child (widget_class, FrServerChooser, address);
  gtk_widget_class_bind_template_child (widget_class, FrServerChooser, join_button);
  gtk_widget_class_bind_template_child (widget_class, FrServerChooser, stun);
  gtk_widget_class_bind_template_child (widget_class, FrServerChooser, turn);
  gtk_widget_class_bind_template_child (widget_class, FrServerChooser, spinner);
  gtk_widget_class_bind_template_child (widget_class, FrServerChooser, status);
  gtk_widget_class_bind_template_callback (widget_class, serve_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, join_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_changed_cb);
}

static void
fr_server_chooser_init (FrServerChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_server_chooser_set_node:
 * @self: a chooser
 * @node: whom it is for; once
 */
void
fr_server_chooser_set_node (FrServerChooser *self, FrNode *node)
{
  const char *stun = fr_node_get_stun (node), *turn = fr_node_get_turn (node);

  g_set_object (&self->node, node);
  g_signal_connect_object (node, "notify::state", G_CALLBACK (node_state_cb), self, G_CONNECT_SWAPPED);
  gtk_editable_set_text (self->stun, stun != NULL ? stun : "");
  gtk_editable_set_text (self->turn, turn != NULL ? turn : "");
  if (fr_node_get_server (node) != NULL && fr_node_get_serving (node) == NULL)
    gtk_editable_set_text (self->address, fr_node_get_server (node));
}

/**
 * fr_server_chooser_join:
 * @self: a chooser
 * @text: the address of a server, or somebody's invitation
 *
 * Connects; whose invitation it is is added to the people.
 */
void
fr_server_chooser_join (FrServerChooser *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (FrInvitation) invitation = fr_invitation_parse (stripped);
  g_autoptr (GError) error = NULL;

  if (*stripped == '\0' || self->is_waiting || !use_relays (self))
    return;
  self->is_chosen = TRUE;
  set_status (self, TRUE, _ ("Connecting…"), FALSE);
  if (!fr_node_connect_server (self->node, invitation != NULL ? invitation->server : stripped, &error)
      || (invitation != NULL && fr_people_add (fr_node_get_people (self->node), stripped, &error) == NULL))
    set_status (self, FALSE, error->message, TRUE);
}

/**
 * fr_server_chooser_serve:
 * @self: a chooser
 *
 * Starts a network on this computer.
 */
void
fr_server_chooser_serve (FrServerChooser *self)
{
  if (self->is_waiting || !use_relays (self))
    return;
  self->is_chosen = TRUE;
  set_status (self, TRUE, _ ("Starting…"), FALSE);
  fr_node_serve_async (self->node, TRUE, 0, NULL, served_cb, g_object_ref (self));
}

/**
 * fr_server_chooser_get_error:
 * @self: a chooser
 *
 * Returns: (nullable): why the choice did not work
 */
const char *
fr_server_chooser_get_error (FrServerChooser *self)
{
  return gtk_widget_has_css_class (GTK_WIDGET (self->status), "error") ? gtk_label_get_label (self->status) : NULL;
}
