/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-meeting-here.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-server-address.h"

#define SILENT_MS 300 /* what takes longer says what it does */

struct _FrMeetingHere
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkLabel *reason_label;
  GtkWidget *retry_button;

  /* owned */
  FrNode *node;
  GSignalGroup *node_signals;
  GSource *silence;

  /* state */
  guint is_starting : 1; /* or started, and on the way there */
};

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrMeetingHere, fr_meeting_here, ADW_TYPE_BIN)

static void
end_silence (FrMeetingHere *self)
{
  if (self->silence != NULL)
    g_source_destroy (self->silence);
  g_clear_pointer (&self->silence, g_source_unref);
}

static void
show (FrMeetingHere *self, const char *page)
{
  end_silence (self);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "starting"));
  gtk_stack_set_visible_child_name (self->stack, page);
}

static gboolean
silence_cb (gpointer data)
{
  show (data, "starting");
  fr_announce (data, _ ("Starting a meeting point on this computer…"));
  return G_SOURCE_REMOVE;
}

static void
begin_silence (FrMeetingHere *self)
{
  show (self, "silence");
  self->silence = g_timeout_source_new (SILENT_MS);
  g_source_set_callback (self->silence, silence_cb, self, NULL);
  g_source_attach (self->silence, NULL);
}

/* An address can be written in several ways. */
static gboolean
uses_it (FrMeetingHere *self)
{
  const char *serving = fr_node_get_serving (self->node), *server = fr_node_get_server (self->node);
  g_autoptr (FrServerAddress) one = serving != NULL ? fr_server_address_parse (serving, NULL) : NULL;
  g_autoptr (FrServerAddress) other = server != NULL ? fr_server_address_parse (server, NULL) : NULL;
  g_autofree char *one_text = one != NULL ? fr_server_address_to_string (one) : NULL;
  g_autofree char *other_text = other != NULL ? fr_server_address_to_string (other) : NULL;

  return one_text != NULL && g_strcmp0 (one_text, other_text) == 0;
}

static gboolean
is_there (FrMeetingHere *self)
{
  return fr_node_get_state (self->node) == FR_NODE_ONLINE && uses_it (self)
         && fr_node_get_address (self->node) != NULL; /* or one is elsewhere still */
}

static void
become_ready (FrMeetingHere *self)
{
  self->is_starting = FALSE;
  end_silence (self);
  g_signal_emit (self, signals[READY], 0);
}

static void
node_state_cb (FrMeetingHere *self)
{
  const GError *error = fr_node_get_error (self->node);

  if (!self->is_starting)
    return;
  if (is_there (self))
    become_ready (self);
  else if (error != NULL && uses_it (self))
    fr_meeting_here_fail (self, error->message);
}

static void
served_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrMeetingHere) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *server = fr_node_serve_finish (FR_NODE (source), result, &error);

  if (self->node == NULL) /* the window is gone */
    return;
  if (server == NULL)
    fr_meeting_here_fail (self, error->message);
  else if (self->is_starting && is_there (self))
    become_ready (self);
}

static void
retry_clicked_cb (FrMeetingHere *self)
{
  g_autoptr (FrNode) node = g_object_ref (self->node);

  fr_meeting_here_start (self, node);
}

static void
fr_meeting_here_dispose (GObject *object)
{
  FrMeetingHere *self = FR_MEETING_HERE (object);

  end_silence (self);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_MEETING_HERE);
  g_clear_object (&self->node_signals);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_meeting_here_parent_class)->dispose (object);
}

static void
fr_meeting_here_class_init (FrMeetingHereClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_meeting_here_dispose;
  signals[READY]
      = g_signal_new ("ready", FR_TYPE_MEETING_HERE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-meeting-here.ui");
  gtk_widget_class_bind_template_child (widget_class, FrMeetingHere, stack);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingHere, spinner);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingHere, reason_label);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingHere, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
}

static void
fr_meeting_here_init (FrMeetingHere *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->node_signals = g_signal_group_new (FR_TYPE_NODE);
  g_signal_group_connect_swapped (self->node_signals, "notify::state", G_CALLBACK (node_state_cb), self);
}

/**
 * fr_meeting_here_start:
 * @self: where it is said
 * @node: who starts it
 *
 * Starts one, unless it runs.
 */
void
fr_meeting_here_start (FrMeetingHere *self, FrNode *node)
{
  g_set_object (&self->node, node);
  g_signal_group_set_target (self->node_signals, node);
  begin_silence (self);
  self->is_starting = TRUE;
  if (is_there (self))
    become_ready (self);
  else
    fr_node_serve_async (node, TRUE, 0, NULL, served_cb, g_object_ref (self));
}

/**
 * fr_meeting_here_fail:
 * @self: where it is said
 * @reason: a sentence
 *
 * Says that it did not work.
 */
void
fr_meeting_here_fail (FrMeetingHere *self, const char *reason)
{
  gtk_label_set_label (self->reason_label, reason);
  show (self, "failed");
  gtk_widget_grab_focus (self->retry_button);
  fr_announce (GTK_WIDGET (self), reason);
}

/**
 * fr_meeting_here_get_error:
 * @self: where it is said
 *
 * Returns: (nullable): why it did not work
 */
const char *
fr_meeting_here_get_error (FrMeetingHere *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "failed") == 0
             ? gtk_label_get_label (self->reason_label)
             : NULL;
}
