/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-words-dialog.h"

#include <glib/gi18n.h>

#define WORDS_A_LINE 2

/* Of whom the words are: the person may have another key by the time that they say something. */
typedef struct
{
  FrPeople *people;
  FrPerson *person;
  FrPeerKey key;
  gboolean is_other; /* of whoever is in the person's place */
} Comparison;

static void
comparison_free (Comparison *comparison, GClosure *closure)
{
  g_object_unref (comparison->people);
  g_object_unref (comparison->person);
  g_free (comparison);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Comparison *comparison)
{
  gboolean is_same = g_str_equal (response, "same");

  if (comparison->is_other && is_same)
    fr_people_accept_other (comparison->people, comparison->person, &comparison->key);
  else if (comparison->is_other && g_str_equal (response, "refuse"))
    fr_people_refuse_other (comparison->people, comparison->person);
  else if (is_same)
    fr_people_set_checked (comparison->people, comparison->person, &comparison->key, TRUE);
}

static GtkWidget *
words_label_new (char **words)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *label = gtk_label_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : i % WORDS_A_LINE == 0 ? "\n" : "   ", words[i]);
  gtk_label_set_label (GTK_LABEL (label), text->str);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE); /* or all of it is selected at once */
  gtk_widget_add_css_class (label, "words");
  gtk_widget_add_css_class (label, "title-3");
  return label;
}

static void
add_responses (AdwMessageDialog *dialog, gboolean is_other)
{
  if (is_other)
    {
      adw_message_dialog_add_responses (dialog, "refuse", _ ("_Don’t Connect"), "same", _ ("They Are the _Same"), NULL);
      adw_message_dialog_set_default_response (dialog, "refuse");
    }
  else
    {
      adw_message_dialog_add_responses (dialog, "cancel", _ ("_Not Now"), "same", _ ("They Are the _Same"), NULL);
      adw_message_dialog_set_default_response (dialog, "cancel");
    }
  adw_message_dialog_set_close_response (dialog, "cancel");
}

/**
 * fr_words_dialog_new:
 * @parent: (nullable): over which window
 * @people: people
 * @person: one of them, who has been met
 *
 * Takes some 40 ms.
 *
 * Returns: (transfer none): a dialog about the words with them, or with whoever is where they were
 */
GtkWindow *
fr_words_dialog_new (GtkWindow *parent, FrPeople *people, FrPerson *person)
{
  Comparison *comparison = g_new0 (Comparison, 1);
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);
  const char *name = fr_person_get_name (person);
  g_auto (GStrv) words = NULL;

  comparison->people = g_object_ref (people);
  comparison->person = g_object_ref (person);
  comparison->is_other = fr_person_get_other_key (person, &comparison->key);
  if (!comparison->is_other)
    fr_person_get_key (person, &comparison->key);
  words = fr_people_make_words (people, &comparison->key);
  /* Translators: the name of a person */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog),
                                     comparison->is_other ? _ ("Is This %s?") : _ ("Words to Compare With %s"), name);
  adw_message_dialog_format_body (
    ADW_MESSAGE_DIALOG (dialog),
    /* Translators: the name of a person, twice */
    _ ("Meet %s or call them, and ask what they see under “Compare Words”. If you both see the same words, it is %s, "
       "and nobody is between you."),
    name, name);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), words_label_new (words));
  add_responses (ADW_MESSAGE_DIALOG (dialog), comparison->is_other);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), comparison, (GClosureNotify) comparison_free, 0);
  return GTK_WINDOW (dialog);
}
