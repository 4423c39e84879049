/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invitation-entry.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-invitation-text.h"
#include "fr-invitation.h"

struct _FrInvitationEntry
{
  AdwBin parent_instance;

  /* template widgets */
  GtkEditable *row;
  GtkWidget *person_row;
  AdwAvatar *avatar;
  GtkLabel *hint_label;
  GtkLabel *error_label;
  GtkButton *submit_button;
  FrAddingView *adding;
  GtkButton *leave_button;

  /* owned */
  FrNode *node;
  GCancellable *cancellable; /* of reading the clipboard */
  char *waiting;             /* nullable: an invitation to take once we are on the way to where it is for */

  /* state */
  guint first_start : 1;
  guint is_new : 1; /* who is added was not in the list before */
};

enum
{
  PROP_0,
  PROP_FIRST_START,
  N_PROPS
};

enum
{
  LEAVE,
  SET_UP,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrInvitationEntry, fr_invitation_entry, ADW_TYPE_BIN)

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
set_error (FrInvitationEntry *self, const char *message)
{
  show_text (self->error_label, message);
  if (message == NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->row), "error");
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->row), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->row));
  fr_announce (GTK_WIDGET (self), message);
}

static char *
get_text (FrInvitationEntry *self)
{
  return fr_invitation_text_pick (gtk_editable_get_text (self->row));
}

/* Whose invitation it is, and what else it would change. */
static void
show_invitation (FrInvitationEntry *self, const char *text)
{
  g_autofree char *hint = self->node != NULL ? fr_node_describe_invited_relays (self->node, text) : NULL;
  g_autofree char *name = NULL, *place = NULL;

  show_text (self->hint_label, hint);
  gtk_widget_set_visible (self->person_row, fr_invitation_text_read (text, &name, &place));
  if (name == NULL)
    return;
  adw_avatar_set_text (self->avatar, name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->person_row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->person_row), place);
}

/* What is hidden gives the focus away first. */
static void
show_adding (FrInvitationEntry *self, gboolean is_adding)
{
  if (gtk_widget_has_focus (GTK_WIDGET (is_adding ? self->submit_button : self->leave_button)))
    gtk_widget_grab_focus (GTK_WIDGET (self->row));
  gtk_widget_set_visible (GTK_WIDGET (self->submit_button), !is_adding);
  if (is_adding)
    return;
  fr_adding_view_end (self->adding);
  gtk_widget_set_visible (GTK_WIDGET (self->leave_button), FALSE);
}

/* Who never was there need not be kept, once the person tries another spelling. */
static void
forget_misspelt (FrInvitationEntry *self)
{
  FrPerson *person = fr_adding_view_get_person (self->adding);

  if (person != NULL && self->is_new && fr_adding_view_get_step (self->adding) == FR_ADDING_NOBODY)
    fr_people_remove (fr_node_get_people (self->node), person);
}

static void
changed_cb (FrInvitationEntry *self)
{
  g_autofree char *text = get_text (self);

  if (self->node == NULL)
    return;
  forget_misspelt (self);
  g_clear_pointer (&self->waiting, g_free);
  set_error (self, NULL);
  show_adding (self, FALSE);
  show_invitation (self, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit_button), *text != '\0');
}

/* The button that was pressed is gone by then: what comes next has the focus. */
static void
adding_changed_cb (FrInvitationEntry *self)
{
  gboolean is_there = fr_adding_view_get_step (self->adding) == FR_ADDING_CONNECTED;
  gboolean may_leave = is_there || fr_adding_view_get_goes_on (self->adding);
  gboolean was_visible = gtk_widget_get_visible (GTK_WIDGET (self->leave_button));

  if (self->first_start)
    gtk_button_set_label (self->leave_button, is_there ? _ ("_Next") : _ ("_Go On"));
  if (is_there)
    gtk_widget_add_css_class (GTK_WIDGET (self->leave_button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->leave_button), "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->leave_button), may_leave);
  if (may_leave && !was_visible)
    gtk_widget_grab_focus (GTK_WIDGET (self->leave_button));
}

static void
set_up_cb (FrInvitationEntry *self, gboolean relay)
{
  g_signal_emit (self, signals[SET_UP], 0, relay);
}

static void
leave_clicked_cb (FrInvitationEntry *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

static gboolean
add (FrInvitationEntry *self, const char *text)
{
  FrPeople *people = fr_node_get_people (self->node);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (people));
  g_autoptr (GError) error = NULL;
  FrPerson *person = fr_people_add (people, text, &error);

  if (person == NULL)
    {
      show_adding (self, FALSE);
      set_error (self, error->message);
      return FALSE;
    }
  self->is_new = g_list_model_get_n_items (G_LIST_MODEL (people)) > n;
  show_adding (self, TRUE);
  fr_adding_view_begin (self->adding, self->node, person);
  return TRUE;
}

/* Only there does anybody know the address that is in it. */
static void
node_state_cb (FrInvitationEntry *self)
{
  g_autofree char *text = g_steal_pointer (&self->waiting);

  if (text != NULL)
    add (self, text);
}

/* At the first start an invitation says where one goes, whatever was chosen a minute ago. */
static gboolean
go_there (FrInvitationEntry *self, const char *text, GError **error)
{
  g_autoptr (FrInvitation) invitation = fr_invitation_parse (text);
  g_autofree char *before = g_strdup (fr_node_get_server (self->node));

  if (!self->first_start)
    return TRUE;
  if (invitation == NULL && before == NULL)
    {
      g_propagate_error (error, fr_node_error_new (FR_NODE_ERROR_BAD_ADDRESS, text));
      return FALSE;
    }
  if (invitation == NULL || before == NULL || g_strcmp0 (invitation->server, before) == 0)
    return TRUE; /* who has no meeting point is taken to theirs by adding them */
  if (!fr_node_connect_server (self->node, invitation->server, error))
    return FALSE;
  self->waiting = g_strdup (text);
  return TRUE;
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrInvitationEntry) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (text == NULL)
    set_error (self, _ ("There is nothing to paste. Copy the invitation first."));
  else
    fr_invitation_entry_fill_in (self, text);
}

static void
paste_clicked_cb (FrInvitationEntry *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->cancellable, pasted_cb,
                                 g_object_ref (self));
}

static void
submit_cb (FrInvitationEntry *self)
{
  fr_invitation_entry_submit (self);
}

static gboolean
fr_invitation_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FR_INVITATION_ENTRY (widget)->row));
}

static void
fr_invitation_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FIRST_START)
    FR_INVITATION_ENTRY (object)->first_start = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_invitation_entry_constructed (GObject *object)
{
  FrInvitationEntry *self = FR_INVITATION_ENTRY (object);

  G_OBJECT_CLASS (fr_invitation_entry_parent_class)->constructed (object);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row),
                                 self->first_start ? _ ("Invitation") : _ ("Invitation or Address"));
  gtk_button_set_label (self->submit_button, self->first_start ? _ ("_Connect") : _ ("_Add"));
  gtk_button_set_label (self->leave_button, self->first_start ? _ ("_Go On") : _ ("_Close"));
  fr_adding_view_set_hint (self->adding, self->first_start ? _ ("You can go on; this goes on by itself.")
                                                           : _ ("You can close this; it goes on by itself."));
}

static void
fr_invitation_entry_dispose (GObject *object)
{
  FrInvitationEntry *self = FR_INVITATION_ENTRY (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_INVITATION_ENTRY);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_invitation_entry_parent_class)->dispose (object);
}

static void
fr_invitation_entry_finalize (GObject *object)
{
  FrInvitationEntry *self = FR_INVITATION_ENTRY (object);

  g_clear_object (&self->cancellable);
  g_free (self->waiting);
  G_OBJECT_CLASS (fr_invitation_entry_parent_class)->finalize (object);
}

static void
fr_invitation_entry_class_init (FrInvitationEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = fr_invitation_entry_set_property;
  object_class->constructed = fr_invitation_entry_constructed;
  object_class->dispose = fr_invitation_entry_dispose;
  object_class->finalize = fr_invitation_entry_finalize;
  widget_class->grab_focus = fr_invitation_entry_grab_focus;
  properties[PROP_FIRST_START]
      = g_param_spec_boolean ("first-start", NULL, NULL, FALSE,
                              G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[LEAVE]
      = g_signal_new ("leave", FR_TYPE_INVITATION_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SET_UP] = g_signal_new ("set-up", FR_TYPE_INVITATION_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  g_type_ensure (FR_TYPE_ADDING_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-invitation-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, FrInvitationEntry, row);
  gtk_widget_class_bind_template_child (widget_class, FrInvitationEntry, person_row);
  gtk_widget_class_bind_template_child (widget_class, FrInvitationEntry, avatar);
  gtk_widget_class_bind_template_child (widget_class, FrInvitationEntry, hint_label);
  gtk_widget_class_bind_template_child (widget_class, FrInvitationEntry, error_label);
  gtk_widget_class_bind_template_child (widget_class, FrInvitationEntry, submit_button);
  gtk_widget_class_bind_template_child (widget_class, FrInvitationEntry, adding);
  gtk_widget_class_bind_template_child (widget_class, FrInvitationEntry, leave_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, adding_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_clicked_cb);
}

static void
fr_invitation_entry_init (FrInvitationEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * fr_invitation_entry_set_node:
 * @self: an entry
 * @node: who adds; once
 */
void
fr_invitation_entry_set_node (FrInvitationEntry *self, FrNode *node)
{
  g_set_object (&self->node, node);
  g_signal_connect_object (node, "notify::state", G_CALLBACK (node_state_cb), self, G_CONNECT_SWAPPED);
}

/**
 * fr_invitation_entry_fill_in:
 * @self: an entry
 * @text: what was pasted or opened
 *
 * Puts it where the person has only to say yes.
 */
void
fr_invitation_entry_fill_in (FrInvitationEntry *self, const char *text)
{
  g_autofree char *picked = fr_invitation_text_pick (text);

  gtk_editable_set_text (self->row, picked);
  if (*picked != '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->submit_button));
}

/**
 * fr_invitation_entry_submit:
 * @self: an entry
 *
 * Adds whom the entry names.
 *
 * Returns: %FALSE if it will not do; the reason is shown
 */
gboolean
fr_invitation_entry_submit (FrInvitationEntry *self)
{
  g_autofree char *text = get_text (self);
  g_autoptr (GError) error = NULL;

  if (*text == '\0' || !gtk_widget_get_visible (GTK_WIDGET (self->submit_button)))
    return FALSE;
  set_error (self, NULL);
  if (!go_there (self, text, &error))
    {
      set_error (self, error->message);
      return FALSE;
    }
  if (self->waiting == NULL)
    return add (self, text);
  show_adding (self, TRUE);
  fr_adding_view_begin (self->adding, self->node, NULL);
  return TRUE;
}

/**
 * fr_invitation_entry_get_error:
 * @self: an entry
 *
 * Returns: (nullable): why what is in it will not do
 */
const char *
fr_invitation_entry_get_error (FrInvitationEntry *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->error_label)) ? gtk_label_get_label (self->error_label) : NULL;
}

FrAddingView *
fr_invitation_entry_get_adding (FrInvitationEntry *self)
{
  return self->adding;
}
