/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-bar.h"

#include "fr-announce.h"

struct _FrViewerBar
{
  AdwBin parent_instance;

  /* template widgets */
  GtkProgressBar *progress;
  GtkBox *box;
  GtkLabel *about;
  GtkLabel *line;
  GtkWidget *buttons;
  GtkWidget *stop_button;
  GtkWidget *retry_button;
  GtkWidget *save_button;
  GtkWidget *show_button;
  GtkWidget *keep_button;
  GtkWidget *kept;
  GtkWidget *pass_on_button;

  /* owned */
  char *said; /* nullable: of this picture nothing yet */

  /* state */
  FrViewerOffers offers;
  guint is_narrow : 1;
};

G_DEFINE_FINAL_TYPE (FrViewerBar, fr_viewer_bar, ADW_TYPE_BIN)

/* What has long words does not stand beside others where it is narrow. */
static void
arrange (FrViewerBar *self)
{
  const FrViewerOffers wide = FR_VIEWER_PASS_ON | FR_VIEWER_RETRY | FR_VIEWER_SAVE;
  gboolean is_tall = self->is_narrow && (self->offers & wide);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  is_tall ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
show_offers (FrViewerBar *self, const FrViewerFacts *facts)
{
  const struct
  {
    FrViewerOffers offer;
    GtkWidget *widget;
  } widgets[] = {
    { FR_VIEWER_STOP, self->stop_button }, { FR_VIEWER_RETRY, self->retry_button },
    { FR_VIEWER_SAVE, self->save_button }, { FR_VIEWER_SHOW, self->show_button },
    { FR_VIEWER_KEEP, self->keep_button }, { FR_VIEWER_KEPT, self->kept },
    { FR_VIEWER_PASS_ON, self->pass_on_button },
  };

  self->offers = fr_viewer_text_get_offers (facts);
  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    gtk_widget_set_visible (widgets[i].widget, (self->offers & widgets[i].offer) != 0);
  gtk_widget_set_visible (self->buttons, self->offers != 0);
  arrange (self);
}

/* What is true from the beginning is said with the picture. */
static void
say (FrViewerBar *self, const char *line, gboolean is_error)
{
  gboolean is_news = self->said != NULL && !g_str_equal (self->said, line);

  g_free (self->said);
  self->said = g_strdup (line);
  if (!is_news)
    return;
  if (is_error)
    fr_announce (GTK_WIDGET (self), line);
  else
    fr_announce_progress (GTK_WIDGET (self), line);
}

static void
fr_viewer_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_VIEWER_BAR);
  G_OBJECT_CLASS (fr_viewer_bar_parent_class)->dispose (object);
}

static void
fr_viewer_bar_finalize (GObject *object)
{
  g_free (FR_VIEWER_BAR (object)->said);
  G_OBJECT_CLASS (fr_viewer_bar_parent_class)->finalize (object);
}

static void
fr_viewer_bar_class_init (FrViewerBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_viewer_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_viewer_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-viewer-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, progress);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, box);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, about);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, line);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, stop_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, retry_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, save_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, show_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, keep_button);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, kept);
  gtk_widget_class_bind_template_child (widget_class, FrViewerBar, pass_on_button);
}

static void
fr_viewer_bar_init (FrViewerBar *self)
{
  const FrViewerFacts nothing = { .about = "", .size = "", .holder = "" };

  gtk_widget_init_template (GTK_WIDGET (self));
  show_offers (self, &nothing);
}

void
fr_viewer_bar_clear (FrViewerBar *self)
{
  g_clear_pointer (&self->said, g_free);
}

/**
 * fr_viewer_bar_show:
 * @self: a bar
 * @facts: of the picture above it
 *
 * A button that goes while it has the focus hands it on.
 */
void
fr_viewer_bar_show (FrViewerBar *self, const FrViewerFacts *facts)
{
  g_autofree char *line = fr_viewer_text_describe (facts);
  double fraction = fr_viewer_text_get_fraction (facts);
  gboolean is_error = fr_viewer_text_is_error (facts);

  gtk_label_set_label (self->about, facts->about);
  gtk_label_set_label (self->line, line);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->line), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->line), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), fraction >= 0);
  gtk_progress_bar_set_fraction (self->progress, MAX (fraction, 0));
  show_offers (self, facts);
  say (self, line, is_error);
}

void
fr_viewer_bar_set_narrow (FrViewerBar *self, gboolean is_narrow)
{
  self->is_narrow = is_narrow;
  arrange (self);
}
