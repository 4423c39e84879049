/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-import-bar.h"

#include <glib/gi18n.h>

#include "fr-audience-text.h"
#include "fr-contacts.h"
#include "fr-failures-dialog.h"

struct _FrImportBar
{
  AdwBin parent_instance;

  /* template widgets */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkLabel *audience_label;
  GtkProgressBar *progress_bar;
  GtkWidget *cancel_button;
  GtkWidget *show_button;
  GtkWidget *close_button;

  /* owned */
  FrPeople *people;     /* nullable: the contacts are among them */
  FrImport *import;     /* that is shown */
  GSignalGroup *signals;
  GQueue waiting;       /* of FrImport */
};

enum
{
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrImportBar, fr_import_bar, ADW_TYPE_BIN)

static void
show_progress (FrImportBar *self)
{
  guint n_done = fr_import_get_n_done (self->import), n_total = fr_import_get_n_total (self->import);
  g_autofree char *text = NULL;

  if (n_total == 0)
    text = g_strdup (_ ("Looking for pictures…"));
  else
    /* Translators: how far adding pictures is: the number of the picture, and how many there are */
    text = g_strdup_printf (_ ("Adding picture %u of %u…"), MIN (n_done + 1, n_total), n_total);
  gtk_label_set_label (self->label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, n_total == 0 ? 0 : (double) n_done / n_total);
}

static void
show_buttons (FrImportBar *self, gboolean is_busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), is_busy);
  gtk_widget_set_visible (self->cancel_button, is_busy);
  gtk_widget_set_visible (self->show_button, !is_busy);
  gtk_widget_set_visible (self->close_button, !is_busy);
}

static void
show_audience (FrImportBar *self, FrImport *import)
{
  g_autofree char *text = fr_import_bar_describe_audience (import, self->people);

  gtk_label_set_label (self->audience_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->audience_label), text != NULL);
}

static void
begin_next (FrImportBar *self)
{
  g_autoptr (FrImport) import = g_queue_pop_head (&self->waiting);

  if (import == NULL)
    return;
  g_set_object (&self->import, import);
  g_signal_group_set_target (self->signals, import);
  show_buttons (self, TRUE);
  show_progress (self);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  fr_import_start (import);
  show_audience (self, import);
}

static void
finished_cb (FrImportBar *self)
{
  g_autoptr (FrImport) import = g_object_ref (self->import);
  g_autofree char *text = fr_import_bar_summarise (import);

  if (!fr_import_get_finished (import))
    return;
  g_signal_group_set_target (self->signals, NULL);
  gtk_label_set_label (self->label, text);
  show_buttons (self, FALSE);
  if (fr_import_get_failures (import)->len == 0)
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      g_clear_object (&self->import);
    }
  else if (fr_import_get_n_added (import) == 0 && g_queue_is_empty (&self->waiting))
    return; /* it stands in the bar */
  g_signal_emit (self, signals[FINISHED], 0, import, text);
  begin_next (self);
}

static void
cancel_clicked_cb (FrImportBar *self)
{
  g_queue_clear_full (&self->waiting, g_object_unref);
  if (self->import != NULL)
    fr_import_cancel (self->import);
}

static void
show_clicked_cb (FrImportBar *self)
{
  if (self->import != NULL)
    fr_failures_dialog_present (GTK_WIDGET (self), fr_import_get_failures (self->import));
}

static void
close_clicked_cb (FrImportBar *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  g_clear_object (&self->import);
}

static void
fr_import_bar_dispose (GObject *object)
{
  FrImportBar *self = FR_IMPORT_BAR (object);

  if (self->import != NULL)
    fr_import_cancel (self->import);
  g_clear_object (&self->signals);
  g_clear_object (&self->import);
  g_clear_object (&self->people);
  g_queue_clear_full (&self->waiting, g_object_unref);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_IMPORT_BAR);
  G_OBJECT_CLASS (fr_import_bar_parent_class)->dispose (object);
}

static void
fr_import_bar_class_init (FrImportBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_import_bar_dispose;
  signals[FINISHED] = g_signal_new ("finished", FR_TYPE_IMPORT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, FR_TYPE_IMPORT, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-import-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, label);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, audience_label);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, show_button);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, close_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
}

static void
fr_import_bar_init (FrImportBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_queue_init (&self->waiting);
  self->signals = g_signal_group_new (FR_TYPE_IMPORT);
  g_signal_group_connect_swapped (self->signals, "notify::n-total", G_CALLBACK (show_progress), self);
  g_signal_group_connect_swapped (self->signals, "notify::n-done", G_CALLBACK (show_progress), self);
  g_signal_group_connect_swapped (self->signals, "notify::finished", G_CALLBACK (finished_cb), self);
}

void
fr_import_bar_set_people (FrImportBar *self, FrPeople *people)
{
  g_set_object (&self->people, people);
}

/**
 * fr_import_bar_add:
 * @self: a bar
 * @import: what to add, not started
 *
 * Starts an import when those before it are over.
 */
void
fr_import_bar_add (FrImportBar *self, FrImport *import)
{
  gboolean is_busy = fr_import_bar_is_busy (self);

  g_queue_push_tail (&self->waiting, g_object_ref (import));
  if (!is_busy)
    begin_next (self);
}

gboolean
fr_import_bar_is_busy (FrImportBar *self)
{
  return self->import != NULL && !fr_import_get_finished (self->import);
}

static void
append (GString *text, const char *sentence_format, guint n)
{
  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (text, sentence_format, n);
}

/**
 * fr_import_bar_summarise:
 * @import: an import that is finished
 *
 * Returns: (transfer full): what has become of it, for people
 */
char *
fr_import_bar_summarise (FrImport *import)
{
  GString *text = g_string_new (NULL);
  guint n_added = fr_import_get_n_added (import), n_known = fr_import_get_n_known (import);
  guint n_failed = fr_import_get_failures (import)->len;
  guint n_cleaned = fr_import_count_cleaned (import), n_withheld = fr_import_count_withheld (import);

  append (text, ngettext ("%u picture added.", "%u pictures added.", n_added), n_added);
  append (text, ngettext ("%u was there already.", "%u were there already.", n_known), n_known);
  append (text, ngettext ("Details such as the place were removed from what is shared of %u.",
                          "Details such as the place were removed from what is shared of %u.", n_cleaned), n_cleaned);
  append (text, ngettext ("%u is for you alone until you share it: its details cannot be removed.",
                          "%u are for you alone until you share them: their details cannot be removed.", n_withheld),
          n_withheld);
  append (text, ngettext ("%u could not be added.", "%u could not be added.", n_failed), n_failed);
  if (text->len == 0)
    g_string_append (text, _ ("No picture was added."));
  return g_string_free (text, FALSE);
}

/**
 * fr_import_bar_describe_audience:
 * @import: an import
 * @people: (nullable): the contacts are among them
 *
 * Returns: (transfer full) (nullable): for whom the pictures are, where that is known
 */
char *
fr_import_bar_describe_audience (FrImport *import, FrPeople *people)
{
  FrAudience audience;
  GBytes *readers;
  g_autoptr (GListModel) contacts = NULL;

  if (!fr_import_get_audience (import, &audience, &readers))
    return NULL;
  if (people != NULL)
    contacts = fr_contacts_new (people, audience, readers);
  return fr_audience_text_describe (audience, contacts != NULL ? g_list_model_get_n_items (contacts) : 0);
}
