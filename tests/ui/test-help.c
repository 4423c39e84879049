/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-help-window.h"
#include "tests.h"
#include "ui-fixture.h"

static GtkWidget *
get_child (FrHelpWindow *help, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (help), FR_TYPE_HELP_WINDOW, name));
}

/* Its heading, as far from the top of what is seen as that goes. */
static double
get_place (FrHelpWindow *help, const char *question)
{
  graphene_point_t top;

  g_assert_true (gtk_widget_compute_point (get_child (help, question), get_child (help, "scrolled"),
                                           graphene_point_zero (), &top));
  return top.y;
}

static gboolean
is_seen (gpointer data)
{
  FrHelpWindow *help = data;
  int height = gtk_widget_get_height (get_child (help, "scrolled"));
  double place = height > 0 ? get_place (help, "meeting_point") : -1;

  return place >= 0 && place < height;
}

/* One window, however often it is asked for: it begins at the question that was asked. */
static void
test_questions (void)
{
  UiFixture fixture = { NULL };
  FrHelpWindow *help;
  int minimum;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  help = fr_help_window_present (GTK_WINDOW (fixture.window), NULL);
  ui_fixture_settle ();
  g_assert_cmpfloat (get_place (help, "find"), >=, 0);
  g_assert_false (is_seen (help));

  g_assert_true (fr_help_window_present (GTK_WINDOW (fixture.window), "meeting-point") == help);
  fr_test_wait_until (is_seen, help, 10);
  g_assert_true (fr_help_window_present (GTK_WINDOW (fixture.window), "no such question") == help);
  gtk_widget_measure (GTK_WIDGET (help), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_window_close (GTK_WINDOW (help));
  ui_fixture_close (&fixture);
}

void
test_help_add (void)
{
  g_test_add_func ("/ui/help/questions", test_questions);
}
