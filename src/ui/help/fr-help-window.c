/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-help-window.h"

struct _FrHelpWindow
{
  AdwWindow parent_instance;

  /* template widgets */
  GtkWidget *scrolled;
  GtkWidget *content;
  GtkWidget *find;
  GtkWidget *see;
  GtkWidget *connect;
  GtkWidget *meeting_point;

  /* borrowed */
  GtkWidget *wanted; /* nullable: the answer that is to be at the top, once all has its place */
};

G_DEFINE_FINAL_TYPE (FrHelpWindow, fr_help_window, ADW_TYPE_WINDOW)

static void
fr_help_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_HELP_WINDOW);
  G_OBJECT_CLASS (fr_help_window_parent_class)->dispose (object);
}

static void
fr_help_window_class_init (FrHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_help_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FrHelpWindow, scrolled);
  gtk_widget_class_bind_template_child (widget_class, FrHelpWindow, content);
  gtk_widget_class_bind_template_child (widget_class, FrHelpWindow, find);
  gtk_widget_class_bind_template_child (widget_class, FrHelpWindow, see);
  gtk_widget_class_bind_template_child (widget_class, FrHelpWindow, connect);
  gtk_widget_class_bind_template_child (widget_class, FrHelpWindow, meeting_point);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fr_help_window_init (FrHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
get_answer (FrHelpWindow *self, const char *question)
{
  const struct
  {
    const char *name;
    GtkWidget *answer;
  } answers[] = {
    { "find", self->find },
    { "see", self->see },
    { "connect", self->connect },
    { "meeting-point", self->meeting_point },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_strcmp0 (question, answers[i].name) == 0)
      return answers[i].answer;
  return NULL;
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FrHelpWindow *self = FR_HELP_WINDOW (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  graphene_point_t top;

  if (gtk_widget_get_height (self->content) == 0)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_compute_point (self->wanted, self->content, graphene_point_zero (), &top))
    gtk_adjustment_set_value (adjustment, top.y);
  return G_SOURCE_REMOVE;
}

static FrHelpWindow *
find_open (GtkApplication *application)
{
  GList *windows = gtk_application_get_windows (application);

  for (; windows != NULL; windows = windows->next)
    if (FR_IS_HELP_WINDOW (windows->data))
      return windows->data;
  return NULL;
}

/**
 * fr_help_window_present:
 * @parent: a window of the application
 * @question: (nullable): `find`, `see`, `connect` or `meeting-point`: what to begin with; others begin at the top
 *
 * Opens the help, or comes back to it where it is open.
 *
 * Returns: (transfer none): its window
 */
FrHelpWindow *
fr_help_window_present (GtkWindow *parent, const char *question)
{
  GtkApplication *application = gtk_window_get_application (parent);
  FrHelpWindow *self = find_open (application);

  if (self == NULL)
    self = g_object_new (FR_TYPE_HELP_WINDOW, "application", application, "transient-for", parent, NULL);
  self->wanted = get_answer (self, question);
  if (self->wanted != NULL)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->scrolled);
  return self;
}
