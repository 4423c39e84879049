/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-audience-dialog.h"

#include <glib/gi18n.h>

#include "fr-contacts.h"

#define DEFAULT_WIDTH 420

struct _FrAudienceDialog
{
  AdwWindow parent_instance;

  /* template widgets */
  GtkLabel *heading;
  GtkLabel *note;
  GtkButton *accept_button;
  AdwActionRow *contacts_row;
  AdwActionRow *chosen_row;
  GtkCheckButton *everyone_check;
  GtkCheckButton *contacts_check;
  GtkCheckButton *chosen_check;
  GtkCheckButton *only_me_check;
  GtkWidget *people;
  GtkListBox *people_list;

  /* owned */
  GListModel *contacts; /* of FrPerson */
  GHashTable *chosen;   /* FrPeerKey -> itself */
  GTask *task;          /* until it is answered */
};

G_DEFINE_FINAL_TYPE (FrAudienceDialog, fr_audience_dialog, ADW_TYPE_WINDOW)

static GtkCheckButton *
get_check (FrAudienceDialog *self, FrAudience audience)
{
  GtkCheckButton *checks[] = {
    [FR_AUDIENCE_EVERYONE] = self->everyone_check,
    [FR_AUDIENCE_CONTACTS] = self->contacts_check,
    [FR_AUDIENCE_CHOSEN] = self->chosen_check,
    [FR_AUDIENCE_ONLY_ME] = self->only_me_check,
  };

  return checks[audience];
}

static GBytes *
list_chosen (FrAudienceDialog *self)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (FrPeerKey));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (keys, key, 1);
  return fr_audience_list_readers ((const FrPeerKey *) (gpointer) keys->data, keys->len);
}

static void
update (FrAudienceDialog *self)
{
  gboolean shows_people = gtk_check_button_get_active (self->chosen_check);

  if (shows_people != gtk_widget_get_visible (self->people))
    {
      gtk_widget_set_visible (self->people, shows_people);
      gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, -1); /* as high as it needs to be */
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "audience.accept",
                                 fr_audience_dialog_get_answer (self, NULL, NULL));
}

/* The contacts, each with a check */

static void
person_toggled_cb (GtkCheckButton *check, FrAudienceDialog *self)
{
  const FrPeerKey *key = g_object_get_data (G_OBJECT (check), "key");

  if (gtk_check_button_get_active (check))
    g_hash_table_add (self->chosen, g_memdup2 (key, sizeof *key));
  else
    g_hash_table_remove (self->chosen, key);
  update (self);
}

static GtkWidget *
make_person_row (gpointer item, gpointer data)
{
  FrAudienceDialog *self = data;
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();
  FrPeerKey *key = g_new0 (FrPeerKey, 1);

  fr_person_get_key (item, key);
  g_object_set_data_full (G_OBJECT (check), "key", key, g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fr_person_get_name (item));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->chosen, key));
  g_signal_connect (check, "toggled", G_CALLBACK (person_toggled_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

static void
show_contacts (FrAudienceDialog *self)
{
  guint n = g_list_model_get_n_items (self->contacts);
  g_autofree char *contacts = NULL;

  if (n == 0)
    contacts = g_strdup (_ ("Nobody yet, and whom you add later"));
  else
    contacts = g_strdup_printf (ngettext ("%u person, and whom you add later", "%u people, and whom you add later", n),
                                n);
  adw_action_row_set_subtitle (self->contacts_row, contacts);
  adw_action_row_set_subtitle (self->chosen_row,
                               n == 0 ? _ ("You have added nobody yet") : _ ("Some of your contacts"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->chosen_row), n > 0);
}

/* The answer */

typedef struct
{
  FrAudience audience;
  GBytes *readers; /* owned, nullable */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->readers, g_bytes_unref);
  g_free (answer);
}

/* What is given may be asked for when the window has gone. Takes it; %NULL: there is none. */
static void
return_answer (FrAudienceDialog *self, Answer *answer)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_pointer (task, answer, answer_free);
  else if (answer != NULL)
    answer_free (answer);
}

static void
accept_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrAudienceDialog *self = FR_AUDIENCE_DIALOG (widget);
  Answer *answer = g_new0 (Answer, 1);

  if (!fr_audience_dialog_get_answer (self, &answer->audience, &answer->readers))
    {
      answer_free (answer);
      return;
    }
  g_object_ref (self);
  return_answer (self, answer);
  gtk_window_destroy (GTK_WINDOW (self));
  g_object_unref (self);
}

/* Enter picks what has the focus, and then is the answer: never one that is not where the person looks. On its way it
 * would come to the button first. */
static gboolean
key_pressed_cb (FrAudienceDialog *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ADW_TYPE_ACTION_ROW) : NULL;
  GtkWidget *check = row != NULL ? adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)) : NULL;

  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter) || check == NULL)
    return GDK_EVENT_PROPAGATE;
  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)) && fr_audience_dialog_get_answer (self, NULL, NULL))
    accept_action (GTK_WIDGET (self), NULL, NULL);
  else
    gtk_widget_activate (check);
  return GDK_EVENT_STOP;
}

static gboolean
fr_audience_dialog_close_request (GtkWindow *window)
{
  return_answer (FR_AUDIENCE_DIALOG (window), NULL);
  return GTK_WINDOW_CLASS (fr_audience_dialog_parent_class)->close_request (window);
}

static void
fr_audience_dialog_dispose (GObject *object)
{
  FrAudienceDialog *self = FR_AUDIENCE_DIALOG (object);

  return_answer (self, NULL); /* the window below it has gone */
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_AUDIENCE_DIALOG);
  g_clear_object (&self->contacts);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  G_OBJECT_CLASS (fr_audience_dialog_parent_class)->dispose (object);
}

static void
fr_audience_dialog_class_init (FrAudienceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_audience_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = fr_audience_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-audience-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, note);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, contacts_row);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, chosen_row);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, everyone_check);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, contacts_check);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, chosen_check);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, only_me_check);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, people);
  gtk_widget_class_bind_template_child (widget_class, FrAudienceDialog, people_list);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_install_action (widget_class, "audience.accept", NULL, accept_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fr_audience_dialog_init (FrAudienceDialog *self)
{
  self->chosen = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * fr_audience_dialog_choose:
 * @self: a dialog
 * @audience: who may see the pictures
 * @readers: (nullable): the people chosen; those who are no contacts are left out
 *
 * Marks an answer, which the person has still to give.
 */
void
fr_audience_dialog_choose (FrAudienceDialog *self, FrAudience audience, GBytes *readers)
{
  guint n;
  const FrPeerKey *keys = fr_audience_get_readers (readers, &n);

  g_hash_table_remove_all (self->chosen);
  for (guint i = 0; i < g_list_model_get_n_items (self->contacts); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (self->contacts, i);
      FrPeerKey key;

      for (guint k = 0; k < n && fr_person_get_key (person, &key); k++)
        if (fr_peer_key_equal (&key, &keys[k]))
          g_hash_table_add (self->chosen, g_memdup2 (&key, sizeof key));
    }
  gtk_list_box_bind_model (self->people_list, self->contacts, make_person_row, self, NULL);
  gtk_check_button_set_active (get_check (self, audience), TRUE);
  gtk_widget_grab_focus (gtk_widget_get_ancestor (GTK_WIDGET (get_check (self, audience)), ADW_TYPE_ACTION_ROW));
  update (self);
}

/**
 * fr_audience_dialog_get_answer:
 * @self: a dialog
 * @out_audience: (out) (optional): who may see the pictures
 * @out_readers: (out) (optional) (nullable) (transfer full): the people chosen
 *
 * Returns: whether there is one that will do
 */
gboolean
fr_audience_dialog_get_answer (FrAudienceDialog *self, FrAudience *out_audience, GBytes **out_readers)
{
  for (guint audience = 0; audience <= FR_AUDIENCE_LAST; audience++)
    {
      g_autoptr (GBytes) readers = audience == FR_AUDIENCE_CHOSEN ? list_chosen (self) : NULL;

      if (!gtk_check_button_get_active (get_check (self, audience)))
        continue;
      if (!fr_audience_is_valid (audience, readers))
        return FALSE;
      if (out_audience != NULL)
        *out_audience = audience;
      if (out_readers != NULL)
        *out_readers = g_steal_pointer (&readers);
      return TRUE;
    }
  return FALSE;
}

static void
set_question (FrAudienceDialog *self, FrPeople *people, const FrAudienceQuestion *question)
{
  self->contacts = fr_contacts_new (people, FR_AUDIENCE_CONTACTS, NULL);
  g_signal_connect_object (self->contacts, "items-changed", G_CALLBACK (show_contacts), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->people_list, self->contacts, make_person_row, self, NULL);
  gtk_label_set_label (self->heading, question->heading);
  gtk_label_set_label (self->note, question->note != NULL ? question->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), question->note != NULL);
  gtk_button_set_label (self->accept_button, question->accept);
  show_contacts (self);
  if (question->has_answer)
    fr_audience_dialog_choose (self, question->audience, question->readers);
}

/**
 * fr_audience_dialog_ask_async:
 * @widget: where the question comes from
 * @people: the contacts are among them
 * @question: what to ask; copied
 * @callback: (scope async): called with the answer
 * @data: for @callback
 */
void
fr_audience_dialog_ask_async (GtkWidget *widget, FrPeople *people, const FrAudienceQuestion *question,
                              GAsyncReadyCallback callback, gpointer data)
{
  FrAudienceDialog *self
      = g_object_new (FR_TYPE_AUDIENCE_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);

  self->task = g_task_new (widget, NULL, callback, data);
  g_task_set_source_tag (self->task, fr_audience_dialog_ask_async);
  set_question (self, people, question);
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * fr_audience_dialog_ask_finish:
 * @widget: where the question came from
 * @result: what the callback got
 * @out_audience: (out): who may see the pictures
 * @out_readers: (out) (nullable) (transfer full): the people chosen
 *
 * Returns: whether there was an answer
 */
gboolean
fr_audience_dialog_ask_finish (GtkWidget *widget, GAsyncResult *result, FrAudience *out_audience, GBytes **out_readers)
{
  Answer *answer;

  g_return_val_if_fail (g_task_is_valid (result, widget), FALSE);

  answer = g_task_propagate_pointer (G_TASK (result), NULL);
  if (answer == NULL)
    return FALSE;
  *out_audience = answer->audience;
  *out_readers = g_steal_pointer (&answer->readers);
  answer_free (answer);
  return TRUE;
}
