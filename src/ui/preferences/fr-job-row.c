/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-job-row.h"

#include "fr-announce.h"
#include "fr-failures-dialog.h"

struct _FrJobRow
{
  AdwActionRow parent_instance;

  /* template widgets */
  GtkButton *start_button;
  GtkWidget *stop_button;
  GtkWidget *show_button;

  /* owned */
  GCancellable *cancellable; /* while it runs */
  char *details_title;
  GListModel *details; /* of FrFailure; nullable */
};

enum
{
  PROP_0,
  PROP_START_LABEL,
  N_PROPS
};

enum
{
  START,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrJobRow, fr_job_row, ADW_TYPE_ACTION_ROW)

/* The focus stays in the row when the button that has it goes. */
static void
update (FrJobRow *self)
{
  gboolean runs = self->cancellable != NULL;
  GtkWidget *start = GTK_WIDGET (self->start_button);
  gboolean had_focus = gtk_widget_has_focus (start) || gtk_widget_has_focus (self->stop_button);

  gtk_widget_set_visible (self->stop_button, runs);
  gtk_widget_set_visible (start, !runs);
  gtk_widget_set_visible (self->show_button, !runs && self->details != NULL);
  if (had_focus)
    gtk_widget_grab_focus (runs ? self->stop_button : start);
}

/* Names and the words of errors may have anything in them; the subtitle is no markup. */
static void
set_text (FrJobRow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
}

static void
start_clicked_cb (FrJobRow *self)
{
  g_signal_emit (self, signals[START], 0);
}

static void
show_clicked_cb (FrJobRow *self)
{
  if (self->details != NULL)
    fr_failures_dialog_present_list (GTK_WIDGET (self), self->details_title, self->details);
}

static void
fr_job_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_START_LABEL)
    g_value_set_string (value, gtk_button_get_label (FR_JOB_ROW (object)->start_button));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_job_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_START_LABEL)
    gtk_button_set_label (FR_JOB_ROW (object)->start_button, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_job_row_dispose (GObject *object)
{
  FrJobRow *self = FR_JOB_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->details);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_JOB_ROW);
  G_OBJECT_CLASS (fr_job_row_parent_class)->dispose (object);
}

static void
fr_job_row_finalize (GObject *object)
{
  g_free (FR_JOB_ROW (object)->details_title);
  G_OBJECT_CLASS (fr_job_row_parent_class)->finalize (object);
}

static void
fr_job_row_class_init (FrJobRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_job_row_get_property;
  object_class->set_property = fr_job_row_set_property;
  object_class->dispose = fr_job_row_dispose;
  object_class->finalize = fr_job_row_finalize;
  properties[PROP_START_LABEL] = g_param_spec_string ("start-label", NULL, NULL, NULL,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[START] = g_signal_new ("start", FR_TYPE_JOB_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FrJobRow, start_button);
  gtk_widget_class_bind_template_child (widget_class, FrJobRow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, FrJobRow, show_button);
  gtk_widget_class_bind_template_callback (widget_class, start_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_job_row_stop);
}

static void
fr_job_row_init (FrJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_job_row_begin:
 * @self: a row that is not running
 * @text: what goes on
 *
 * Returns: (transfer none): what the job is given up by
 */
GCancellable *
fr_job_row_begin (FrJobRow *self, const char *text)
{
  g_assert (self->cancellable == NULL);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->details);
  set_text (self, text);
  update (self);
  fr_announce (GTK_WIDGET (self), text);
  return self->cancellable;
}

/**
 * fr_job_row_tell:
 * @self: a row
 * @text: how far it is
 */
void
fr_job_row_tell (FrJobRow *self, const char *text)
{
  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  set_text (self, text);
  fr_announce_progress (GTK_WIDGET (self), text);
}

/**
 * fr_job_row_end:
 * @self: a row
 * @text: what has come of it
 * @details_title: (nullable): of the list of what did not go well
 * @details: (nullable) (transfer none): that list, of #FrFailure
 */
void
fr_job_row_end (FrJobRow *self, const char *text, const char *details_title, GListModel *details)
{
  g_clear_object (&self->cancellable);
  g_free (self->details_title);
  self->details_title = g_strdup (details_title);
  g_clear_object (&self->details);
  if (details != NULL && g_list_model_get_n_items (details) > 0)
    self->details = g_object_ref (details);
  set_text (self, text);
  update (self);
  fr_announce (GTK_WIDGET (self), text);
}

gboolean
fr_job_row_get_running (FrJobRow *self)
{
  return self->cancellable != NULL;
}

/**
 * fr_job_row_stop:
 * @self: a row
 *
 * As the button does; the job ends by itself then.
 */
void
fr_job_row_stop (FrJobRow *self)
{
  g_cancellable_cancel (self->cancellable);
}
