/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-own-computers.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-person-text.h"

struct _FrOwnComputers
{
  AdwPreferencesGroup parent_instance;

  /* template widgets */
  AdwExpanderRow *add_row;

  /* owned */
  FrPeople *people;
  GPtrArray *computers;  /* of rows, borrowed from the group */
  GPtrArray *candidates; /* of rows, borrowed from add_row */
};

G_DEFINE_FINAL_TYPE (FrOwnComputers, fr_own_computers, ADW_TYPE_PREFERENCES_GROUP)

/**
 * fr_own_computers_may_add:
 * @person: somebody
 *
 * Returns: whether the person here may say that it is another computer of theirs
 */
gboolean
fr_own_computers_may_add (FrPerson *person)
{
  return fr_person_is_contact (person) && fr_person_get_checked (person) && fr_person_get_owner (person) == NULL
         && !fr_person_get_mine (person);
}

static FrPerson *
get_person (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "fr-person");
}

static void
say_mine (FrOwnComputers *self, FrPerson *person)
{
  g_autoptr (GError) error = NULL;

  if (!fr_people_set_mine (self->people, person, TRUE, &error))
    {
      adw_expander_row_set_subtitle (self->add_row, error->message);
      fr_announce (GTK_WIDGET (self), error->message);
    }
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, FrOwnComputers *self)
{
  if (g_str_equal (response, "accept") && self->people != NULL)
    say_mine (self, get_person (GTK_WIDGET (dialog)));
}

static void
add_clicked_cb (FrOwnComputers *self, GtkWidget *button)
{
  FrPerson *person = get_person (button);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (button)), NULL,
      _ ("Say so only if this is your own computer. It will count as you: the people you are connected to will see it "
         "as yours, and it will find what you find with them. Say the same at the other computer."));

  /* Translators: the name of a person, which is perhaps one's own */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _ ("Is %s You?"), fr_person_get_name (person));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "accept",
                                    _ ("_This Is My Other Computer"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "fr-person", g_object_ref (person), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
part_clicked_cb (FrOwnComputers *self, GtkWidget *button)
{
  fr_people_set_mine (self->people, get_person (button), FALSE, NULL);
}

static GtkWidget *
make_row (FrOwnComputers *self, FrPerson *person, const char *text, const char *label, GCallback clicked)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *title = g_markup_escape_text (fr_person_get_name (person), -1);
  g_autofree char *subtitle = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "fr-person", g_object_ref (person), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_person (FrOwnComputers *self, FrPerson *person)
{
  g_autofree char *check = fr_person_text_describe_check_of (person);
  g_autofree char *address = NULL;
  GtkWidget *row;

  if (fr_person_get_mine (person))
    {
      row = make_row (self, person, check, _ ("_Part"), G_CALLBACK (part_clicked_cb));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->computers, row);
    }
  else if (fr_own_computers_may_add (person))
    {
      address = g_strdup_printf (_ ("Address: %s"), fr_person_get_address (person));
      row = make_row (self, person, address, _ ("_Add…"), G_CALLBACK (add_clicked_cb));
      adw_expander_row_add_row (self->add_row, row);
      g_ptr_array_add (self->candidates, row);
    }
}

/* They are few, and change seldom: all rows are made anew. The one to add is the last. */
static void
show_all (FrOwnComputers *self)
{
  guint n = self->people != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->people)) : 0;

  for (guint i = 0; i < self->computers->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->computers->pdata[i]);
  for (guint i = 0; i < self->candidates->len; i++)
    adw_expander_row_remove (self->add_row, self->candidates->pdata[i]);
  g_ptr_array_set_size (self->computers, 0);
  g_ptr_array_set_size (self->candidates, 0);
  g_object_ref (self->add_row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->add_row));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      show_person (self, person);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->add_row));
  g_object_unref (self->add_row);
  adw_expander_row_set_enable_expansion (self->add_row, self->candidates->len > 0);
  adw_expander_row_set_subtitle (
      self->add_row, self->candidates->len > 0
                         ? _ ("The words of these were compared.")
                         : _ ("Add it to your people, and compare the words at both computers. Then it is listed here."));
}

static void
watch_person (FrOwnComputers *self, FrPerson *person)
{
  static const char *const signals[] = { "notify::mine", "notify::agrees", "notify::checked", "notify::name",
                                         "notify::added", "notify::blocked" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (person, signals[i], G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
}

static void
people_changed_cb (FrOwnComputers *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      g_signal_handlers_disconnect_by_data (person, self); /* if it only moved */
      watch_person (self, person);
    }
  show_all (self);
}

/**
 * fr_own_computers_forget:
 * @self: a group
 *
 * Lets go of the people, for who knows that the group outlives its page.
 */
void
fr_own_computers_forget (FrOwnComputers *self)
{
  guint n = self->people != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->people)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      g_signal_handlers_disconnect_by_data (person, self);
    }
  if (self->people != NULL)
    g_signal_handlers_disconnect_by_data (self->people, self);
  g_clear_object (&self->people);
}

static void
fr_own_computers_dispose (GObject *object)
{
  fr_own_computers_forget (FR_OWN_COMPUTERS (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_OWN_COMPUTERS);
  G_OBJECT_CLASS (fr_own_computers_parent_class)->dispose (object);
}

static void
fr_own_computers_finalize (GObject *object)
{
  FrOwnComputers *self = FR_OWN_COMPUTERS (object);

  g_ptr_array_unref (self->computers);
  g_ptr_array_unref (self->candidates);
  G_OBJECT_CLASS (fr_own_computers_parent_class)->finalize (object);
}

static void
fr_own_computers_class_init (FrOwnComputersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_own_computers_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_own_computers_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-own-computers.ui");
  gtk_widget_class_bind_template_child (widget_class, FrOwnComputers, add_row);
}

static void
fr_own_computers_init (FrOwnComputers *self)
{
  self->computers = g_ptr_array_new ();
  self->candidates = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_own_computers_set_people:
 * @self: a group
 * @people: among whom the computers are; once
 */
void
fr_own_computers_set_people (FrOwnComputers *self, FrPeople *people)
{
  g_set_object (&self->people, people);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (people_changed_cb), self, G_CONNECT_SWAPPED);
  people_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (people)));
}
