/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-words-dialog.h"

#include <glib/gi18n.h>

#define WORDS_A_LINE 2
#define NO_WORDS "\n\n\n"     /* as high as they will be */
#define SPINNER_DELAY_MS 300 /* what comes sooner needs none */

/* Of whom the words are: the person may have another key by the time that they say something. Held by the dialog, and by
 * what waits for the words. */
typedef struct
{
  /* borrowed, until the dialog is closed */
  AdwMessageDialog *dialog;
  GtkLabel *label;
  GtkSpinner *spinner;

  /* owned */
  FrPeople *people;
  FrPerson *person;
  GCancellable *cancellable;
  guint spinner_timer;

  FrPeerKey key;
  gboolean is_other; /* of whoever is in the person's place */
} Comparison;

static void
comparison_clear (gpointer data)
{
  Comparison *comparison = data;

  g_object_unref (comparison->people);
  g_object_unref (comparison->person);
  g_object_unref (comparison->cancellable);
}

static void
comparison_unref (Comparison *comparison)
{
  g_rc_box_release_full (comparison, comparison_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Comparison, comparison_unref)

static void
comparison_close (Comparison *comparison, GClosure *closure)
{
  g_clear_handle_id (&comparison->spinner_timer, g_source_remove);
  g_cancellable_cancel (comparison->cancellable);
  comparison_unref (comparison);
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

static void
set_busy (Comparison *comparison, gboolean is_busy)
{
  adw_message_dialog_set_response_enabled (comparison->dialog, "same", !is_busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (comparison->label), GTK_ACCESSIBLE_STATE_BUSY, is_busy, -1);
}

static gboolean
late_cb (gpointer data)
{
  Comparison *comparison = data;

  comparison->spinner_timer = 0;
  gtk_spinner_start (comparison->spinner);
  gtk_widget_set_visible (GTK_WIDGET (comparison->spinner), TRUE);
  return G_SOURCE_REMOVE;
}

static void
words_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Comparison) comparison = data;
  g_auto (GStrv) words = fr_people_make_words_finish (FR_PEOPLE (source), result, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (words == NULL) /* the dialog is closed */
    return;
  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : i % WORDS_A_LINE == 0 ? "\n" : "   ", words[i]);
  g_clear_handle_id (&comparison->spinner_timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (comparison->spinner), FALSE);
  gtk_spinner_stop (comparison->spinner);
  gtk_label_set_label (comparison->label, text->str);
  set_busy (comparison, FALSE);
}

/* A place for the words, and a spinner over it. */
static GtkWidget *
make_place (Comparison *comparison)
{
  GtkWidget *label = gtk_label_new (NO_WORDS), *spinner = gtk_spinner_new (), *place = gtk_overlay_new ();

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE); /* or all of it is selected at once */
  gtk_widget_add_css_class (label, "words");
  gtk_widget_add_css_class (label, "title-3");
  gtk_widget_set_visible (spinner, FALSE);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_overlay_set_child (GTK_OVERLAY (place), label);
  gtk_overlay_add_overlay (GTK_OVERLAY (place), spinner);
  comparison->label = GTK_LABEL (label);
  comparison->spinner = GTK_SPINNER (spinner);
  return place;
}

static void
start (Comparison *comparison)
{
  set_busy (comparison, TRUE);
  comparison->cancellable = g_cancellable_new ();
  comparison->spinner_timer = g_timeout_add (SPINNER_DELAY_MS, late_cb, comparison);
  fr_people_make_words_async (comparison->people, &comparison->key, comparison->cancellable, words_cb,
                              g_rc_box_acquire (comparison));
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
 * The words come a moment later; nobody can say before that they are the same.
 *
 * Returns: (transfer none): a dialog about the words with them, or with whoever is where they were
 */
GtkWindow *
fr_words_dialog_new (GtkWindow *parent, FrPeople *people, FrPerson *person)
{
  Comparison *comparison = g_rc_box_new0 (Comparison);
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);
  const char *name = fr_person_get_name (person);

  comparison->dialog = ADW_MESSAGE_DIALOG (dialog);
  comparison->people = g_object_ref (people);
  comparison->person = g_object_ref (person);
  comparison->is_other = fr_person_get_other_key (person, &comparison->key);
  if (!comparison->is_other)
    fr_person_get_key (person, &comparison->key);
  /* Translators: the name of a person */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog),
                                     comparison->is_other ? _ ("Is This %s?") : _ ("Words to Compare With %s"), name);
  adw_message_dialog_format_body (
    ADW_MESSAGE_DIALOG (dialog),
    /* Translators: the name of a person, twice */
    _ ("Meet %s or call them, and ask what they see under “Compare Words”. If you both see the same words, it is %s, "
       "and nobody is between you."),
    name, name);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_place (comparison));
  add_responses (ADW_MESSAGE_DIALOG (dialog), comparison->is_other);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), comparison, (GClosureNotify) comparison_close, 0);
  start (comparison);
  return GTK_WINDOW (dialog);
}
