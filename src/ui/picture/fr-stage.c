/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-stage.h"

struct _FrStage
{
  AdwBin parent_instance;

  /* template widgets */
  GtkPicture *picture;
  GtkRevealer *progress_revealer;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;
};

enum
{
  CANCEL,
  RETRY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrStage, fr_stage, ADW_TYPE_BIN)

static void
cancel_clicked_cb (FrStage *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
retry_clicked_cb (FrStage *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
fr_stage_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_STAGE);
  G_OBJECT_CLASS (fr_stage_parent_class)->dispose (object);
}

static void
fr_stage_class_init (FrStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_stage_dispose;
  signals[CANCEL] = g_signal_new ("cancel", FR_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RETRY] = g_signal_new ("retry", FR_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-stage.ui");
  gtk_widget_class_bind_template_child (widget_class, FrStage, picture);
  gtk_widget_class_bind_template_child (widget_class, FrStage, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, FrStage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, FrStage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, FrStage, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, FrStage, error_label);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
}

static void
fr_stage_init (FrStage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_stage_clear:
 * @self: a stage
 * @title: (nullable): what the next picture is called, for those who cannot see it
 *
 * Shows nothing.
 */
void
fr_stage_clear (FrStage *self, const char *title)
{
  gtk_picture_set_paintable (self->picture, NULL);
  gtk_picture_set_alternative_text (self->picture, title);
  fr_stage_end_progress (self);
  fr_stage_set_error (self, NULL);
}

void
fr_stage_set_paintable (FrStage *self, GdkPaintable *paintable)
{
  gtk_picture_set_paintable (self->picture, paintable);
}

GdkPaintable *
fr_stage_get_paintable (FrStage *self)
{
  return gtk_picture_get_paintable (self->picture);
}

/**
 * fr_stage_set_progress:
 * @self: a stage
 * @fraction: how far the picture has come, from 0 to 1; below 0: not known
 * @text: the same in words
 */
void
fr_stage_set_progress (FrStage *self, double fraction, const char *text)
{
  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    gtk_progress_bar_set_fraction (self->progress_bar, MIN (fraction, 1.0));
  gtk_label_set_label (self->progress_label, text);
  gtk_revealer_set_reveal_child (self->progress_revealer, TRUE);
}

void
fr_stage_end_progress (FrStage *self)
{
  gtk_revealer_set_reveal_child (self->progress_revealer, FALSE);
}

/**
 * fr_stage_set_error:
 * @self: a stage
 * @message: (nullable): why the picture cannot be shown, as one sentence; %NULL: it can
 */
void
fr_stage_set_error (FrStage *self, const char *message)
{
  gtk_label_set_label (self->error_label, message != NULL ? message : "");
  gtk_revealer_set_reveal_child (self->error_revealer, message != NULL);
}

/**
 * fr_stage_get_error:
 * @self: a stage
 *
 * Returns: (nullable): the sentence that is shown
 */
const char *
fr_stage_get_error (FrStage *self)
{
  return gtk_revealer_get_reveal_child (self->error_revealer) ? gtk_label_get_label (self->error_label) : NULL;
}
