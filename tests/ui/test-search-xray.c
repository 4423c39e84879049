/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-private.h"
#include "fr-search-xray.h"

#include "tests.h"
#include "ui-fixture.h"

/* As in the panel. */
enum
{
  STEPS,
  ASKED,
  ANSWERED,
  ALREADY,
  NOT_NEEDED,
  BUSY
};

static const FrQueryXray far = { .n_hops = 4,
                                 .ttl = 4,
                                 .can_widen = TRUE,
                                 .hops = { { 1, 1, 2, 0, 0 }, { 4, 2, 3, 0, 0 }, { 9, 3, 5, 12, 1 },
                                           { 128, 7, 240, 103600, 0 } } };

static void
test_line (void)
{
  static const struct
  {
    FrQueryXray xray;
    const char *text;
  } rows[] = {
    { { 0 }, NULL },
    { { .n_hops = 1, .hops = { { 1, 1 } } }, NULL },
    { { .n_hops = 2, .hops = { { 1 }, { 0, 0, 0, 0, 5 } } }, NULL },
    { { .n_hops = 2, .hops = { { 1 }, { 1 } } }, "Up to 1 step away" },
    { { .n_hops = 3, .hops = { { 1 }, { 1 }, { 1 } } }, "Up to 2 steps away" },
    { { .n_hops = 4, .hops = { { 1 }, { 4 }, { 10 }, { 0, 0, 7 } } }, "Up to 2 steps away" },
    { { .n_hops = 2, .hops = { { 1 }, { 4 }, { 10 } } }, "Up to 1 step away" }, /* the rest is not told */
    { { .n_hops = G_MAXUINT, .hops = { { 1 }, { 4 }, [FR_QUERY_XRAY_HOPS - 1] = { 1 } } },
      "Up to 7 steps away" },
  };

  G_STATIC_ASSERT (FR_QUERY_XRAY_HOPS == 8);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_search_xray_describe (&rows[i].xray);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_sentence (void)
{
  static const struct
  {
    FrQueryXrayHop step;
    guint n_steps;
    const char *text;
  } rows[] = {
    { { 4, 2, 3, 12, 2 },
      1,
      "1 step away: 4 people asked; 2 had something; 3 copies not passed on twice; "
      "12 not asked, as they have nothing like it; 2 were too busy" },
    { { 1, 1, 1, 1, 1 },
      2,
      "2 steps away: 1 person asked; 1 had something; 1 copy not passed on twice; "
      "1 not asked, as they have nothing like it; 1 was too busy" },
    { { 0 }, 3, "3 steps away: 0 people asked" },
    { { 1, 1, 0, 0, 6 }, 0, "From here: 6 were too busy" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_search_xray_describe_step (&rows[i].step, rows[i].n_steps);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
assert_cell (FrSearchXray *panel, guint row, guint column, const char *wanted)
{
  g_autofree char *text = fr_search_xray_get_cell (panel, row, column);

  g_assert_cmpstr (text, ==, wanted);
}

/* A row for each step that has something to tell, and no more when a nearer search follows. */
static void
test_table (void)
{
  FrSearchXray *panel = g_object_ref_sink (g_object_new (FR_TYPE_SEARCH_XRAY, NULL));
  FrQueryXray xray = far;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (panel)));
  fr_search_xray_set_xray (panel, &xray);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (panel)));
  assert_cell (panel, 0, STEPS, NULL); /* that oneself was asked says nothing */
  assert_cell (panel, 1, STEPS, "1");
  assert_cell (panel, 2, ASKED, "9");
  assert_cell (panel, 2, ANSWERED, "3");
  assert_cell (panel, 2, ALREADY, "5");
  assert_cell (panel, 2, NOT_NEEDED, "12");
  assert_cell (panel, 2, BUSY, "1");
  assert_cell (panel, 3, BUSY, "0");
  assert_cell (panel, 4, STEPS, NULL);

  xray.hops[0].refused = 6;
  xray.hops[2] = (FrQueryXrayHop) { 0 };
  xray.n_hops = 3;
  fr_search_xray_set_xray (panel, &xray);
  assert_cell (panel, 0, STEPS, "You");
  assert_cell (panel, 0, ASKED, "0");
  assert_cell (panel, 0, BUSY, "6");
  assert_cell (panel, 2, STEPS, NULL);
  assert_cell (panel, 3, STEPS, NULL);

  xray.n_hops = G_MAXUINT;
  fr_search_xray_set_xray (panel, &xray);
  assert_cell (panel, FR_QUERY_XRAY_HOPS - 1, STEPS, NULL);
  fr_search_xray_set_xray (panel, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (panel)));
  g_object_unref (panel);
}

static GtkWidget *
find_child (GtkWidget *widget, GType type)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (; child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type);
  return found;
}

static void
test_expands (void)
{
  FrSearchXray *panel = g_object_ref_sink (g_object_new (FR_TYPE_SEARCH_XRAY, NULL));
  GtkRevealer *revealer = GTK_REVEALER (find_child (GTK_WIDGET (panel), GTK_TYPE_REVEALER));
  GtkAccessible *toggle = GTK_ACCESSIBLE (find_child (GTK_WIDGET (panel), GTK_TYPE_TOGGLE_BUTTON));

  g_assert_false (gtk_revealer_get_reveal_child (revealer));
  g_assert_true (gtk_test_accessible_has_state (toggle, GTK_ACCESSIBLE_STATE_EXPANDED));
  g_assert_true (gtk_test_accessible_has_relation (toggle, GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  fr_search_xray_set_expanded (panel, TRUE);
  g_assert_true (gtk_revealer_get_reveal_child (revealer));
  g_object_unref (panel);
}

/* The buttons that do something; those that are hidden do not count. */
static guint
count_buttons (GtkWidget *widget, const char *action)
{
  guint n_found = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return gtk_widget_get_sensitive (widget) ? 1 : 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_found += count_buttons (child, action);
  return n_found;
}

static void
report (FrSearchPage *page, const FrQueryXray *xray)
{
  g_autoptr (FrNetworkReport) report = fr_network_report_new (FR_REPORT_XRAY);

  report->xray = *xray;
  fr_search_take_report (fr_search_page_get_search (page), report);
}

/* What a search tells is shown; it can be sent further while there is further to go, and stopped. */
static void
test_page (void)
{
  UiFixture fixture = { NULL };
  FrSearchPage *page;
  FrSearchXray *panel;
  FrQueryXray xray = far;
  int minimum;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  page = fr_main_view_get_search_page (fr_window_get_main_view (fixture.window));
  panel = FR_SEARCH_XRAY (find_child (GTK_WIDGET (page), FR_TYPE_SEARCH_XRAY));
  g_assert_cmpuint (count_buttons (GTK_WIDGET (page), "search.stop"), ==, 0);

  fr_search_page_search (page, "harbour");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (panel)));
  g_assert_cmpuint (count_buttons (GTK_WIDGET (page), "search.stop"), ==, 1);
  g_assert_cmpuint (count_buttons (GTK_WIDGET (page), "search.look-further"), ==, 0);

  report (page, &xray);
  fr_search_xray_set_expanded (panel, TRUE);
  assert_cell (panel, 3, ASKED, "128");
  g_assert_cmpuint (count_buttons (GTK_WIDGET (page), "search.look-further"), >=, 1);
  gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  xray.can_widen = FALSE;
  report (page, &xray);
  g_assert_cmpuint (count_buttons (GTK_WIDGET (page), "search.look-further"), ==, 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "search.stop", NULL));
  g_assert_false (fr_search_get_listening (fr_search_page_get_search (page)));
  g_assert_cmpuint (count_buttons (GTK_WIDGET (page), "search.stop"), ==, 0);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (panel))); /* how it ended */

  fr_search_page_search (page, "dune");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (panel)));
  ui_fixture_close (&fixture);
}

void
test_search_xray_add (void)
{
  g_test_add_func ("/ui/search-xray/line", test_line);
  g_test_add_func ("/ui/search-xray/sentence", test_sentence);
  g_test_add_func ("/ui/search-xray/table", test_table);
  g_test_add_func ("/ui/search-xray/expands", test_expands);
  g_test_add_func ("/ui/search-xray/page", test_page);
}
