/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-server-bar.h"

#include <glib/gi18n.h>

/* Connecting is mostly over before anybody has read that it goes on. */
#define CONNECTING_DELAY_US G_USEC_PER_SEC

struct _FrServerBar
{
  AdwBin parent_instance;

  /* template widgets */
  GtkInfoBar *bar;
  GtkLabel *label;
  GtkWidget *retry_button;
  GtkWidget *change_button;

  /* owned */
  FrNode *node;
  char *dismissed; /* nullable: an address that somebody else has, and the person knows that */
  GSource *timer; /* counts the seconds down */

  /* state */
  gint64 connecting_since_us;
};

G_DEFINE_FINAL_TYPE (FrServerBar, fr_server_bar, ADW_TYPE_BIN)

static void update (FrServerBar *self);

static gboolean
timer_cb (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

static void
run_timer (FrServerBar *self, gboolean is_wanted)
{
  if (is_wanted == (self->timer != NULL))
    return;
  if (is_wanted)
    {
      self->timer = g_timeout_source_new_seconds (1);
      g_source_set_callback (self->timer, timer_cb, self, NULL);
      g_source_attach (self->timer, NULL);
      return;
    }
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

/* Somebody else has our address, and the person has not seen that yet. */
static gboolean
tells_taken (FrServerBar *self)
{
  const char *taken = fr_node_get_taken_address (self->node);

  return taken != NULL && g_strcmp0 (taken, self->dismissed) != 0;
}

static char *
describe (FrServerBar *self, FrNodeState state)
{
  const GError *error = fr_node_get_error (self->node);
  gint64 wait_us = fr_node_get_retry_at_us (self->node) - g_get_monotonic_time ();

  if (state == FR_NODE_ONLINE && tells_taken (self))
    return fr_server_bar_describe_taken (fr_node_get_taken_address (self->node), fr_node_get_address (self->node));
  return fr_server_bar_describe (state, error != NULL ? error->message : NULL, wait_us);
}

static gboolean
is_worth_showing (FrServerBar *self, FrNodeState state)
{
  if (state == FR_NODE_ONLINE)
    return tells_taken (self);
  if (state == FR_NODE_CONNECTING)
    return g_get_monotonic_time () - self->connecting_since_us >= CONNECTING_DELAY_US;
  return TRUE;
}

static void
update (FrServerBar *self)
{
  FrNodeState state = fr_node_get_state (self->node);
  g_autofree char *text = describe (self, state);

  if (state != FR_NODE_CONNECTING)
    self->connecting_since_us = 0;
  else if (self->connecting_since_us == 0)
    self->connecting_since_us = g_get_monotonic_time ();
  if (*text != '\0')
    gtk_label_set_label (self->label, text);
  gtk_info_bar_set_message_type (self->bar, state == FR_NODE_FAILED ? GTK_MESSAGE_ERROR : GTK_MESSAGE_INFO);
  gtk_widget_set_visible (self->retry_button, state == FR_NODE_WAITING || state == FR_NODE_FAILED);
  gtk_button_set_label (GTK_BUTTON (self->change_button), state == FR_NODE_ONLINE ? _ ("_Name…") : _ ("_Server…"));
  gtk_widget_set_visible (self->change_button, state != FR_NODE_CONNECTING);
  gtk_info_bar_set_show_close_button (self->bar, state == FR_NODE_ONLINE);
  gtk_info_bar_set_revealed (self->bar, is_worth_showing (self, state));
  run_timer (self, state == FR_NODE_WAITING || state == FR_NODE_CONNECTING);
}

static void
retry_clicked_cb (FrServerBar *self)
{
  fr_node_retry_server (self->node);
}

static void
response_cb (FrServerBar *self)
{
  g_free (self->dismissed);
  self->dismissed = g_strdup (fr_node_get_taken_address (self->node));
  update (self);
}

static void
fr_server_bar_dispose (GObject *object)
{
  FrServerBar *self = FR_SERVER_BAR (object);

  run_timer (self, FALSE);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_SERVER_BAR);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_server_bar_parent_class)->dispose (object);
}

static void
fr_server_bar_finalize (GObject *object)
{
  g_free (FR_SERVER_BAR (object)->dismissed);
  G_OBJECT_CLASS (fr_server_bar_parent_class)->finalize (object);
}

static void
fr_server_bar_class_init (FrServerBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_server_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_server_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-server-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FrServerBar, bar);
  gtk_widget_class_bind_template_child (widget_class, FrServerBar, label);
  gtk_widget_class_bind_template_child (widget_class, FrServerBar, retry_button);
  gtk_widget_class_bind_template_child (widget_class, FrServerBar, change_button);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
fr_server_bar_init (FrServerBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_server_bar_set_node:
 * @self: a bar
 * @node: whom it is about; once
 */
void
fr_server_bar_set_node (FrServerBar *self, FrNode *node)
{
  g_set_object (&self->node, node);
  g_signal_connect_object (node, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::address", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::error-message", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * fr_server_bar_get_text:
 * @self: a bar
 *
 * Returns: (nullable): what is shown; %NULL while all is well
 */
const char *
fr_server_bar_get_text (FrServerBar *self)
{
  return gtk_info_bar_get_revealed (self->bar) ? gtk_label_get_label (self->label) : NULL;
}

/**
 * fr_server_bar_describe:
 * @state: of the node
 * @error: (nullable): what keeps it from the server, as a sentence
 * @wait_us: how long until it tries again
 *
 * Returns: (transfer full): one or two sentences; "" if all is well
 */
char *
fr_server_bar_describe (FrNodeState state, const char *error, gint64 wait_us)
{
  guint seconds = (guint) ((MAX (wait_us, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autofree char *next = NULL;

  switch (state)
    {
    case FR_NODE_OFFLINE:
      return g_strdup (_ ("You are not connected to a server, so nobody new can find you."));
    case FR_NODE_CONNECTING:
      return g_strdup (_ ("Connecting to the server…"));
    case FR_NODE_WAITING:
      next = g_strdup_printf (ngettext ("Next try in %u second.", "Next try in %u seconds.", seconds), seconds);
      return g_strdup_printf ("%s %s", error != NULL ? error : _ ("The server cannot be reached."), next);
    case FR_NODE_FAILED:
      return g_strdup (error != NULL ? error : _ ("The server cannot be used."));
    case FR_NODE_ONLINE:
    default:
      return g_strdup ("");
    }
}

/**
 * fr_server_bar_describe_taken:
 * @taken: the address that somebody else has
 * @address: the one that we have
 *
 * Returns: (transfer full): two sentences
 */
char *
fr_server_bar_describe_taken (const char *taken, const char *address)
{
  /* Translators: two addresses, such as “anna” and “anna-7f3k” */
  return g_strdup_printf (_ ("Somebody else is “%s” at this server, so others find you as “%s”. You can choose another "
                             "name."),
                          taken, address);
}
