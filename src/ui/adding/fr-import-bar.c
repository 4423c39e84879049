/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-import-bar.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-audience-text.h"
#include "fr-contacts.h"
#include "fr-describe-bar.h"
#include "fr-failure.h"
#include "fr-failures-dialog.h"
#include "fr-import-text.h"
#include "fr-room-dialog.h"

/* What takes less shows nothing, so that nothing flickers. */
#define PATIENCE_MS 300

typedef enum
{
  SHOWS_LOOKING, /* and what comes before it is begun */
  SHOWS_ADDING,
  SHOWS_OUT_OF_ROOM,
  SHOWS_FAILURES,
} Shown;

struct _FrImportBar
{
  AdwBin parent_instance;

  /* template widgets */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkLabel *audience_label;
  GtkProgressBar *progress_bar;
  GtkWidget *cancel_button;
  GtkWidget *go_on_button;
  GtkWidget *show_button;
  GtkWidget *close_button;
  FrDescribeBar *describe_bar;

  /* owned */
  FrPeople *people;     /* nullable: the contacts are among them */
  FrImport *import;     /* that goes on */
  GSignalGroup *signals;
  GQueue waiting;       /* of FrImport */
  GPtrArray *failed;    /* of FrImport: those of which something was not added, until that is closed */

  /* state */
  Shown shown;
  guint reveal_id;
  guint quarter;        /* told last */
  gint64 began_us;      /* real time */
  guint is_declined : 1; /* the person did not want it after all */
};

enum
{
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrImportBar, fr_import_bar, ADW_TYPE_BIN)

/* What it shows */

static void
set_shown (FrImportBar *self, Shown shown)
{
  self->shown = shown;
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), shown == SHOWS_ADDING);
  gtk_widget_set_visible (self->cancel_button, shown != SHOWS_FAILURES);
  gtk_widget_set_visible (self->go_on_button, shown == SHOWS_OUT_OF_ROOM);
  gtk_widget_set_visible (self->show_button, shown == SHOWS_FAILURES);
  gtk_widget_set_visible (self->close_button, shown == SHOWS_FAILURES);
}

static void
set_revealed (FrImportBar *self, gboolean revealed)
{
  g_clear_handle_id (&self->reveal_id, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, revealed);
}

static gboolean
reveal_cb (gpointer data)
{
  FrImportBar *self = data;

  self->reveal_id = 0;
  set_revealed (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
reveal_soon (FrImportBar *self)
{
  if (self->reveal_id == 0 && !gtk_revealer_get_reveal_child (self->revealer))
    self->reveal_id = g_timeout_add (PATIENCE_MS, reveal_cb, self);
}

static void
show_progress (FrImportBar *self)
{
  const FrImportFacts facts = {
    .n_total = fr_import_get_n_total (self->import),
    .n_done = fr_import_get_n_done (self->import),
  };
  g_autofree char *text = NULL;
  guint quarter = fr_import_text_quarter (&facts);

  if (self->shown == SHOWS_LOOKING)
    text = fr_import_text_looking (facts.n_total);
  else if (self->shown == SHOWS_ADDING)
    text = fr_import_text_adding (&facts);
  else
    return;
  gtk_label_set_label (self->label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, facts.n_total == 0 ? 0 : (double) facts.n_done / facts.n_total);
  if (self->shown != SHOWS_ADDING || quarter == self->quarter)
    return;
  self->quarter = quarter;
  if (gtk_revealer_get_reveal_child (self->revealer))
    fr_announce_progress (GTK_WIDGET (self), text);
}

static void
show_audience (FrImportBar *self, FrImport *import)
{
  g_autofree char *text = fr_import_bar_describe_audience (import, self->people);

  gtk_label_set_label (self->audience_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->audience_label), text != NULL);
}

static void
show_out_of_room (FrImportBar *self)
{
  g_autofree char *text = NULL;

  if (!fr_import_get_out_of_room (self->import))
    return;
  text = fr_import_text_out_of_room (fr_import_get_n_added (self->import));
  set_shown (self, SHOWS_OUT_OF_ROOM);
  gtk_label_set_label (self->label, text);
  set_revealed (self, TRUE);
  fr_announce (GTK_WIDGET (self), text);
}

/* Of all that were added one after the other. */
static void
show_failures (FrImportBar *self)
{
  guint n_failed = 0, n_total = 0, n_pictures = 0;
  g_autofree char *failed = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->failed->len; i++)
    {
      n_failed += fr_import_get_failures (self->failed->pdata[i])->len;
      n_total += fr_import_get_n_total (self->failed->pdata[i]);
      n_pictures += fr_import_get_pictures (self->failed->pdata[i])->len;
    }
  failed = fr_import_text_failed (n_failed, n_total);
  if (n_pictures > 0)
    text = g_steal_pointer (&failed);
  else
    text = g_strdup_printf (C_ ("sentences", "%s %s"), _ ("No picture was added."), failed);
  set_shown (self, SHOWS_FAILURES);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->audience_label), FALSE);
  set_revealed (self, TRUE);
  fr_announce (GTK_WIDGET (self), text);
}

/* One after the other */

static void
start (FrImportBar *self)
{
  FrImport *import = self->import;
  guint n = fr_import_get_n_total (import);
  g_autofree char *text = g_strdup_printf (ngettext ("Adding %u picture", "Adding %u pictures", n), n);

  set_shown (self, SHOWS_ADDING);
  show_progress (self);
  reveal_soon (self);
  if (n > 1 && !fr_import_get_cancelled (import))
    fr_announce_progress (GTK_WIDGET (self), text);
  show_audience (self, import);
  g_object_ref (import);
  fr_import_start (import);
  if (self->import == import)
    show_audience (self, import); /* the gallery may know it better by now */
  g_object_unref (import);
}

static void
decline (FrImportBar *self)
{
  g_autoptr (FrImport) import = g_object_ref (self->import);

  self->is_declined = TRUE;
  fr_import_cancel (import);
  fr_import_start (import); /* which ends it */
}

static void
response_cb (FrImportBar *self, const char *response)
{
  if (self->import == NULL)
    return;
  if (g_str_equal (response, "add"))
    start (self);
  else
    decline (self);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrImportBar) self = data;
  FrImport *import = FR_IMPORT (source);
  GtkWindow *dialog = NULL;

  if (self->import != import)
    return; /* the window has closed */
  /* how much room there is may be unknown: then it is seen on the way */
  if (fr_import_plan_finish (import, result, NULL))
    dialog = fr_room_dialog_present (GTK_WIDGET (self), fr_import_get_room (import));
  if (dialog == NULL)
    {
      start (self);
      return;
    }
  set_revealed (self, FALSE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
}

static void
begin_next (FrImportBar *self)
{
  g_autoptr (FrImport) import = g_queue_pop_head (&self->waiting);

  if (import == NULL)
    {
      if (self->failed->len > 0)
        show_failures (self);
      else
        set_revealed (self, FALSE);
      return;
    }
  g_set_object (&self->import, import);
  g_signal_group_set_target (self->signals, import);
  self->quarter = 0;
  self->is_declined = FALSE;
  self->began_us = g_get_real_time ();
  set_shown (self, SHOWS_LOOKING);
  show_progress (self);
  show_audience (self, import);
  reveal_soon (self);
  fr_import_set_waits_for_room (import, TRUE);
  fr_import_plan_async (import, planned_cb, g_object_ref (self));
}

/* What was not added stands in the bar; what was is told of. */
static void
tell (FrImportBar *self, FrImport *import)
{
  FrImportFacts facts;
  g_autofree char *text = NULL;
  guint n_to_describe;

  fr_import_text_gather (import, &facts);
  if (facts.n_failed > 0)
    g_ptr_array_add (self->failed, g_object_ref (import));
  if (facts.n_failed > 0 && fr_import_get_pictures (import)->len == 0)
    return;
  facts.n_failed = 0;
  text = fr_import_text_summarise (&facts);
  n_to_describe = fr_describe_bar_ask (self->describe_bar, import, self->began_us);
  g_signal_emit (self, signals[FINISHED], 0, import, text);
  if (n_to_describe > 0)
    fr_announce_progress (GTK_WIDGET (self), fr_import_text_question (n_to_describe));
}

static void
finished_cb (FrImportBar *self)
{
  g_autoptr (FrImport) import = g_object_ref (self->import);

  if (!fr_import_get_finished (import))
    return;
  g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->import);
  if (!self->is_declined)
    tell (self, import);
  if (self->import == NULL)
    begin_next (self);
}

/* What can be done */

static void
cancel_clicked_cb (FrImportBar *self)
{
  g_queue_clear_full (&self->waiting, g_object_unref);
  if (self->import != NULL)
    fr_import_cancel (self->import);
}

static void
go_on_clicked_cb (FrImportBar *self)
{
  if (self->import == NULL)
    return;
  set_shown (self, SHOWS_ADDING);
  show_progress (self);
  fr_import_go_on (self->import);
}

static void
close_clicked_cb (FrImportBar *self)
{
  g_ptr_array_set_size (self->failed, 0);
  if (self->import == NULL)
    set_revealed (self, FALSE);
}

static void
again_cb (FrImportBar *self)
{
  g_autoptr (GPtrArray) failed = g_steal_pointer (&self->failed);

  self->failed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < failed->len; i++)
    {
      g_autoptr (FrImport) again = fr_import_new_again (failed->pdata[i]);

      if (again != NULL)
        fr_import_bar_add (self, again);
    }
  if (self->import == NULL)
    set_revealed (self, FALSE);
}

static void
show_clicked_cb (FrImportBar *self)
{
  g_autoptr (GListStore) rows = g_list_store_new (FR_TYPE_FAILURE);
  gboolean can_be_tried_again = FALSE;
  FrFailuresDialog *dialog;

  for (guint i = 0; i < self->failed->len; i++)
    {
      GPtrArray *failures = fr_import_get_failures (self->failed->pdata[i]);

      for (guint j = 0; j < failures->len; j++)
        {
          const FrImportFailure *failure = failures->pdata[j];
          g_autoptr (FrFailure) row = fr_failure_new (failure->name, failure->error->message);

          g_list_store_append (rows, row);
          can_be_tried_again = can_be_tried_again || failure->path != NULL;
        }
    }
  dialog = fr_failures_dialog_present_list (GTK_WIDGET (self), _ ("Not Added"), G_LIST_MODEL (rows));
  fr_failures_dialog_set_can_retry (dialog, can_be_tried_again);
  g_signal_connect_object (dialog, "retry", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
}

static void
fr_import_bar_dispose (GObject *object)
{
  FrImportBar *self = FR_IMPORT_BAR (object);

  g_clear_handle_id (&self->reveal_id, g_source_remove);
  g_clear_object (&self->signals); /* nothing is told any more */
  if (self->import != NULL)
    fr_import_cancel (self->import);
  g_clear_object (&self->import);
  g_clear_object (&self->people);
  g_queue_clear_full (&self->waiting, g_object_unref);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_IMPORT_BAR);
  G_OBJECT_CLASS (fr_import_bar_parent_class)->dispose (object);
}

static void
fr_import_bar_finalize (GObject *object)
{
  g_ptr_array_unref (FR_IMPORT_BAR (object)->failed);
  G_OBJECT_CLASS (fr_import_bar_parent_class)->finalize (object);
}

static void
fr_import_bar_class_init (FrImportBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_import_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_import_bar_finalize;
  g_type_ensure (FR_TYPE_DESCRIBE_BAR);
  signals[FINISHED] = g_signal_new ("finished", FR_TYPE_IMPORT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, FR_TYPE_IMPORT, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-import-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, label);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, audience_label);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, go_on_button);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, show_button);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, close_button);
  gtk_widget_class_bind_template_child (widget_class, FrImportBar, describe_bar);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_on_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
}

static void
fr_import_bar_init (FrImportBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_queue_init (&self->waiting);
  self->failed = g_ptr_array_new_with_free_func (g_object_unref);
  self->signals = g_signal_group_new (FR_TYPE_IMPORT);
  g_signal_group_connect_swapped (self->signals, "notify::n-total", G_CALLBACK (show_progress), self);
  g_signal_group_connect_swapped (self->signals, "notify::n-done", G_CALLBACK (show_progress), self);
  g_signal_group_connect_swapped (self->signals, "notify::out-of-room", G_CALLBACK (show_out_of_room), self);
  g_signal_group_connect_swapped (self->signals, "notify::finished", G_CALLBACK (finished_cb), self);
}

/**
 * fr_import_bar_set_node:
 * @self: a bar
 * @node: whose pictures are added; without one it asks for no words about them
 */
void
fr_import_bar_set_node (FrImportBar *self, FrNode *node)
{
  g_set_object (&self->people, fr_node_get_people (node));
  fr_describe_bar_set_gallery (self->describe_bar, fr_node_get_gallery (node));
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

/**
 * fr_import_bar_summarise:
 * @import: an import that is finished
 *
 * Returns: (transfer full): what has become of it, for people
 */
char *
fr_import_bar_summarise (FrImport *import)
{
  FrImportFacts facts;

  fr_import_text_gather (import, &facts);
  return fr_import_text_summarise (&facts);
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
