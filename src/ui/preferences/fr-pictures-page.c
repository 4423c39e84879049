/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-pictures-page.h"

#include <glib/gi18n.h>

#include "fr-audience-dialog.h"
#include "fr-audience-text.h"
#include "fr-failure.h"
#include "fr-gallery-pack.h"
#include "fr-preferences-text.h"
#include "fr-settings.h"

#define MAX_EXPORTS 100 /* names of a day that are tried */

struct _FrPicturesPage
{
  AdwPreferencesPage parent_instance;

  /* template widgets */
  AdwActionRow *audience_row;
  GtkWidget *strangers_row;
  GtkSwitch *strangers_switch;
  FrJobRow *check_row;
  FrJobRow *export_row;
  FrJobRow *add_row;

  /* owned */
  FrNode *node;
  GSettings *settings; /* nullable */
  char *folder;        /* that is being written */
};

G_DEFINE_FINAL_TYPE (FrPicturesPage, fr_pictures_page, ADW_TYPE_PREFERENCES_PAGE)

/* Audience */

static void
show_audience (FrPicturesPage *self)
{
  FrAudience audience;
  GBytes *readers = NULL;
  g_autofree char *text = NULL;
  guint n_readers = 0;

  if (fr_gallery_get_audience (fr_node_get_gallery (self->node), &audience, &readers))
    {
      fr_audience_get_readers (readers, &n_readers);
      text = fr_audience_text_describe (audience, n_readers);
    }
  adw_action_row_set_subtitle (self->audience_row, text != NULL ? text : _ ("You are asked when you add the first."));
}

static void
audience_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrPicturesPage *self = FR_PICTURES_PAGE (source);
  g_autoptr (GBytes) readers = NULL;
  FrAudience audience;

  if (!fr_audience_dialog_ask_finish (GTK_WIDGET (self), result, &audience, &readers) || self->node == NULL)
    return;
  fr_gallery_set_audience (fr_node_get_gallery (self->node), audience, readers);
  show_audience (self);
}

static void
audience_clicked_cb (FrPicturesPage *self)
{
  FrAudienceQuestion question = { .heading = _ ("Who Can See What You Add?"),
                                  .note = _ ("What you have added already stays as it is."),
                                  .accept = _ ("_Set") };

  question.has_answer
      = fr_gallery_get_audience (fr_node_get_gallery (self->node), &question.audience, &question.readers);
  fr_audience_dialog_ask_async (GTK_WIDGET (self), fr_node_get_people (self->node), &question, audience_cb, NULL);
}

/* Check */

static void
end_with_error (FrJobRow *row, const GError *error)
{
  gboolean was_stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  fr_job_row_end (row, was_stopped ? _ ("Stopped.") : error->message, NULL, NULL);
}

static void
check_progress_cb (guint64 done, guint64 total, gpointer data)
{
  g_autofree char *text = fr_preferences_text_checking (done, total);

  fr_job_row_tell (data, text);
}

static GListModel *
list_problems (const FrStoreReport *report)
{
  GListStore *list = g_list_store_new (FR_TYPE_FAILURE);

  for (guint i = 0; i < report->problems->len; i++)
    {
      const FrStoreProblem *problem = report->problems->pdata[i];
      g_autofree char *name = fr_preferences_text_name_problem (problem);
      g_autofree char *text = fr_preferences_text_describe_problem (problem);
      g_autoptr (FrFailure) failure = fr_failure_new (name, text);

      g_list_store_append (list, failure);
    }
  return G_LIST_MODEL (list);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrJobRow) row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStoreReport) report = fr_gallery_check_finish (FR_GALLERY (source), result, &error);
  g_autoptr (GListModel) problems = NULL;
  g_autofree char *text = NULL;

  if (!fr_job_row_get_running (row)) /* gone meanwhile */
    return;
  if (report == NULL)
    {
      end_with_error (row, error);
      return;
    }
  problems = list_problems (report);
  text = fr_preferences_text_checked (report);
  fr_job_row_end (row, text, _ ("Not as It Should Be"), problems);
}

/**
 * fr_pictures_page_check:
 * @self: a page
 *
 * Looks whether all pictures are as they should be; the row says how that goes.
 */
void
fr_pictures_page_check (FrPicturesPage *self)
{
  GCancellable *cancellable;

  if (fr_job_row_get_running (self->check_row))
    return;
  cancellable = fr_job_row_begin (self->check_row, _ ("Checking…"));
  fr_gallery_check_async (fr_node_get_gallery (self->node), check_progress_cb, self->check_row, cancellable, checked_cb,
                          g_object_ref (self->check_row));
}

/* Export, and adding one */

static GListModel *
list_failures (const FrPackReport *report)
{
  GListStore *list = g_list_store_new (FR_TYPE_FAILURE);

  for (guint i = 0; i < report->failures->len; i++)
    {
      const FrPackFailure *failed = report->failures->pdata[i];
      g_autoptr (FrFailure) failure = fr_failure_new (failed->name, failed->error->message);

      g_list_store_append (list, failure);
    }
  for (guint i = 0; i < report->strangers->len; i++)
    {
      g_autoptr (FrFailure) failure = fr_failure_new (
          report->strangers->pdata[i],
          _ ("They were chosen to see some of these pictures, and can once you have added them to your people."));

      g_list_store_append (list, failure);
    }
  return G_LIST_MODEL (list);
}

static void
export_progress_cb (guint done, guint total, gpointer data)
{
  FrPicturesPage *self = data;
  g_autofree char *text = fr_preferences_text_packing (done, total);

  if (self->node != NULL)
    fr_job_row_tell (self->export_row, text);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPicturesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPackReport) report = fr_gallery_pack_finish (FR_GALLERY (source), result, &error);
  g_autoptr (GListModel) failures = NULL;
  g_autofree char *text = NULL;

  if (self->node == NULL) /* gone meanwhile */
    return;
  if (report == NULL)
    {
      end_with_error (self->export_row, error);
      return;
    }
  failures = list_failures (report);
  text = fr_preferences_text_packed (report, self->folder);
  fr_job_row_end (self->export_row, text, _ ("Not Copied"), failures);
}

/* One that is not there yet. */
static char *
choose_folder (const char *parent)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  char *path = NULL;

  for (guint nth = 1; nth <= MAX_EXPORTS; nth++)
    {
      g_autofree char *name = fr_preferences_text_name_export (now, nth);

      g_free (path);
      path = g_build_filename (parent, name, NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        break;
    }
  return path;
}

/**
 * fr_pictures_page_export:
 * @self: a page
 * @folder: (type filename): where to; it gets a new folder
 *
 * Copies all pictures, and what is known of them; the row says how that goes.
 */
void
fr_pictures_page_export (FrPicturesPage *self, const char *folder)
{
  GCancellable *cancellable;

  if (fr_job_row_get_running (self->export_row))
    return;
  g_free (self->folder);
  self->folder = choose_folder (folder);
  cancellable = fr_job_row_begin (self->export_row, _ ("Copying…"));
  fr_gallery_pack_async (fr_node_get_gallery (self->node), fr_node_get_people (self->node), self->folder,
                         export_progress_cb, self, cancellable, exported_cb, g_object_ref (self));
}

static void
add_progress_cb (guint done, guint total, gpointer data)
{
  FrPicturesPage *self = data;
  g_autofree char *text = fr_preferences_text_unpacking (done, total);

  if (self->node != NULL)
    fr_job_row_tell (self->add_row, text);
}

static void
export_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrPicturesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPackReport) report = fr_gallery_unpack_finish (FR_GALLERY (source), result, &error);
  g_autoptr (GListModel) failures = NULL;
  g_autofree char *text = NULL;

  if (self->node == NULL) /* gone meanwhile */
    return;
  if (report == NULL)
    {
      end_with_error (self->add_row, error);
      return;
    }
  failures = list_failures (report);
  text = fr_preferences_text_unpacked (report);
  fr_job_row_end (self->add_row, text, _ ("To Know About These"), failures);
}

/**
 * fr_pictures_page_add_export:
 * @self: a page
 * @folder: (type filename): what fr_pictures_page_export() made, here or at another computer
 *
 * Adds what is in it; the row says how that goes.
 */
void
fr_pictures_page_add_export (FrPicturesPage *self, const char *folder)
{
  GCancellable *cancellable;

  if (fr_job_row_get_running (self->add_row))
    return;
  cancellable = fr_job_row_begin (self->add_row, _ ("Looking for pictures…"));
  fr_gallery_unpack_async (fr_node_get_gallery (self->node), fr_node_get_people (self->node), folder, add_progress_cb,
                           self, cancellable, export_added_cb, g_object_ref (self));
}

typedef struct
{
  FrPicturesPage *page; /* owned */
  void (*act) (FrPicturesPage *page, const char *folder);
} Choice;

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autofree Choice *choice = data;
  g_autoptr (FrPicturesPage) self = choice->page;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_signal_handlers_disconnect_by_data (dialog, choice);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  if (path != NULL && self->node != NULL)
    choice->act (self, path);
}

static void
ask_for_folder (FrPicturesPage *self,
                const char *title,
                const char *accept,
                void (*act) (FrPicturesPage *page, const char *folder))
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, accept, _ ("_Cancel"));
  Choice *choice = g_new0 (Choice, 1);

  choice->page = g_object_ref (self);
  choice->act = act;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (folder_chosen_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
export_start_cb (FrPicturesPage *self)
{
  ask_for_folder (self, _ ("Export Everything To"), _ ("_Export Here"), fr_pictures_page_export);
}

static void
add_start_cb (FrPicturesPage *self)
{
  ask_for_folder (self, _ ("Add an Export"), _ ("_Add"), fr_pictures_page_add_export);
}

static void
fr_pictures_page_dispose (GObject *object)
{
  FrPicturesPage *self = FR_PICTURES_PAGE (object);
  FrJobRow *rows[] = { self->check_row, self->export_row, self->add_row };

  /* AdwPreferencesWindow of libadwaita 1.2 never lets go of the groups of its pages */
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i] != NULL)
      fr_job_row_stop (rows[i]);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PICTURES_PAGE);
  g_clear_object (&self->node);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (fr_pictures_page_parent_class)->dispose (object);
}

static void
fr_pictures_page_class_init (FrPicturesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_pictures_page_dispose;
  g_type_ensure (FR_TYPE_JOB_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-pictures-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPicturesPage, audience_row);
  gtk_widget_class_bind_template_child (widget_class, FrPicturesPage, strangers_row);
  gtk_widget_class_bind_template_child (widget_class, FrPicturesPage, strangers_switch);
  gtk_widget_class_bind_template_child (widget_class, FrPicturesPage, check_row);
  gtk_widget_class_bind_template_child (widget_class, FrPicturesPage, export_row);
  gtk_widget_class_bind_template_child (widget_class, FrPicturesPage, add_row);
  gtk_widget_class_bind_template_callback (widget_class, audience_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_pictures_page_check);
  gtk_widget_class_bind_template_callback (widget_class, export_start_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_start_cb);
}

static void
fr_pictures_page_init (FrPicturesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = fr_settings_open ();
  gtk_widget_set_visible (self->strangers_row, self->settings != NULL);
  if (self->settings != NULL)
    g_settings_bind (self->settings, FR_SETTING_SHOW_STRANGERS, self->strangers_switch, "active",
                     G_SETTINGS_BIND_DEFAULT);
}

/**
 * fr_pictures_page_set_node:
 * @self: a page
 * @node: whose pictures; once
 */
void
fr_pictures_page_set_node (FrPicturesPage *self, FrNode *node)
{
  g_set_object (&self->node, node);
  show_audience (self);
  g_signal_connect_object (self, "map", G_CALLBACK (show_audience), self, G_CONNECT_SWAPPED); /* asked elsewhere too */
}
