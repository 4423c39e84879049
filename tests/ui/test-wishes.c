/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-notifier.h"
#include "fr-wish-row.h"
#include "fr-wish-text.h"
#include "tests.h"
#include "ui-fixture.h"

/* Wishes and recent searches, where one begins to look for pictures; with nobody there. */

#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)

static void
test_texts (void)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 11, 28, 12, 0, 0);
  const gint64 now_us = g_date_time_to_unix (noon) * G_USEC_PER_SEC;
  const struct
  {
    guint n_new;
    gint64 asked_us;
    const char *text;
  } rows[] = {
    { 0, 0, "Nothing new yet. Nobody was asked yet." },
    { 1, now_us, "1 new picture. Asked just now." },
    { 3, now_us - 59 * G_USEC_PER_SEC, "3 new pictures. Asked just now." },
    { 0, now_us + 90 * MINUTE, "Nothing new yet. Asked just now." }, /* the clock was set back */
    { 0, now_us - MINUTE, "Nothing new yet. Asked 1 minute ago." },
    { 0, now_us - 59 * MINUTE, "Nothing new yet. Asked 59 minutes ago." },
    { 0, now_us - 60 * MINUTE, "Nothing new yet. Asked at 11:00." },
    { 0, now_us - 13 * 60 * MINUTE, "Nothing new yet. Asked on 27 November 2026." },
  };
  const struct
  {
    FrSearchScope scope;
    const char *person;
    const char *text;
  } scopes[] = {
    { FR_SCOPE_EVERYONE, NULL, NULL },
    { FR_SCOPE_MINE, NULL, NULL },
    { FR_SCOPE_PEOPLE, NULL, "Only your people are asked." },
    { FR_SCOPE_PERSON, "Anna", "Only Anna is asked." },
    { FR_SCOPE_PERSON, NULL, "Only somebody is asked whom you removed." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_wish_text_describe (rows[i].n_new, rows[i].asked_us, now_us);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autofree char *text = fr_wish_text_describe_scope (scopes[i].scope, scopes[i].person);

      g_assert_cmpstr (text, ==, scopes[i].text);
    }
}

typedef struct
{
  UiFixture fixture;
  FrSearchPage *page;
  FrWishes *wishes;
  FrRecentSearches *searches;
} Lab;

static gboolean
is_loaded (gpointer wishes)
{
  return fr_wishes_get_loaded (wishes);
}

static void
lab_take (Lab *lab)
{
  FrNode *node = fr_window_get_node (lab->fixture.window);

  fr_main_view_search (fr_window_get_main_view (lab->fixture.window));
  lab->page = fr_main_view_get_search_page (fr_window_get_main_view (lab->fixture.window));
  lab->wishes = fr_node_get_wishes (node);
  lab->searches = fr_node_get_recent_searches (node);
  fr_test_wait_until (is_loaded, lab->wishes, 5);
}

static void
lab_init (Lab *lab)
{
  *lab = (Lab){ { NULL } };
  ui_fixture_open (&lab->fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&lab->fixture, "main");
  lab_take (lab);
}

static GtkWidget *
get_child (Lab *lab, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (lab->page), FR_TYPE_SEARCH_PAGE, name));
}

static GtkListBox *
get_list (Lab *lab, const char *name)
{
  GtkWidget *start = get_child (lab, "start");

  return GTK_LIST_BOX (gtk_widget_get_template_child (start, G_OBJECT_TYPE (start), name));
}

static const char *
get_view (Lab *lab)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (get_child (lab, "stack")));
}

typedef struct
{
  Lab *lab;
  const char *name;
} Goal;

static gboolean
has_view (gpointer data)
{
  const Goal *goal = data;

  return g_str_equal (fr_search_page_get_visible_name (goal->lab->page), goal->name);
}

static void
await_view (Lab *lab, const char *name)
{
  fr_test_wait_until (has_view, &(Goal){ lab, name }, 10);
}

static guint
count (gpointer model)
{
  return g_list_model_get_n_items (model);
}

static gboolean
is_heart_full (Lab *lab)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (get_child (lab, "wish_button")));
}

/* Where nothing was found there is a button; the heart tells, and takes it away again. */
static void
test_keeps (void)
{
  Lab lab;
  g_autoptr (FrWish) wish = NULL, first = NULL;

  lab_init (&lab);
  g_assert_cmpstr (get_view (&lab), ==, "status"); /* nothing to list yet */
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "wish_button")));
  fr_search_page_search (lab.page, "harbour");
  await_view (&lab, "nobody");
  g_assert_true (gtk_widget_get_visible (get_child (&lab, "status_wish_button")));
  g_assert_false (is_heart_full (&lab));
  g_assert_true (gtk_widget_get_visible (get_child (&lab, "wish_button")));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "search.wish", NULL));
  g_assert_cmpuint (count (lab.wishes), ==, 1);
  g_assert_false (gtk_widget_get_visible (get_child (&lab, "status_wish_button")));
  g_assert_true (is_heart_full (&lab));

  g_signal_emit_by_name (get_child (&lab, "wish_button"), "clicked"); /* as a click does */
  g_assert_cmpuint (count (lab.wishes), ==, 0);
  g_assert_false (is_heart_full (&lab));
  g_signal_emit_by_name (get_child (&lab, "wish_button"), "clicked");
  g_assert_true (is_heart_full (&lab));

  gtk_widget_activate_action (gtk_widget_get_first_child (GTK_WIDGET (fr_search_page_get_filter_bar (lab.page))),
                              "filter.tall", NULL); /* that would be another wish */
  g_assert_false (is_heart_full (&lab));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "search.wish", NULL));
  g_assert_cmpuint (count (lab.wishes), ==, 2);
  wish = g_list_model_get_item (G_LIST_MODEL (lab.wishes), 0);
  g_assert_cmpint (fr_wish_get_terms (wish)->shape, ==, FR_SHAPE_TALL);

  first = g_list_model_get_item (G_LIST_MODEL (lab.wishes), 1);
  fr_search_page_show_wish (lab.page, first); /* without a filter */
  g_assert_null (fr_filter_bar_get_filter (fr_search_page_get_filter_bar (lab.page)));
  g_assert_true (is_heart_full (&lab));
  fr_search_page_show_wish (lab.page, wish);
  g_assert_cmpint (fr_filter_bar_get_filter (fr_search_page_get_filter_bar (lab.page))->shape, ==, FR_SHAPE_TALL);
  g_assert_true (is_heart_full (&lab));
  ui_fixture_close (&lab.fixture);
}

static void
activate_row (GtkListBox *list, int index)
{
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, index));
}

static void
remove_row (GtkListBox *list, int index, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (gtk_list_box_get_row_at_index (list, index)), action, NULL));
}

static gboolean
has_focus (Lab *lab, gpointer widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (lab->fixture.window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* Before anything is typed: what is wished for, and what was looked for; each leads there, and can be taken away. */
static void
test_start (void)
{
  Lab lab;
  g_autoptr (FrWish) wish = NULL;

  lab_init (&lab);
  fr_search_page_search (lab.page, "harbour");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.page), "search.wish", NULL));
  fr_search_page_search (lab.page, "boat");
  fr_search_page_search (lab.page, "");
  await_view (&lab, "start");
  g_assert_cmpstr (get_view (&lab), ==, "start");
  g_assert_cmpuint (count (lab.searches), ==, 2);
  g_assert_cmpstr (adw_preferences_row_get_title (
                     ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (get_list (&lab, "searches_list"), 0))),
                   ==, "boat");
  activate_row (get_list (&lab, "searches_list"), 1);
  g_assert_cmpstr (fr_search_get_words (fr_search_page_get_search (lab.page)), ==, "harbour");
  await_view (&lab, "nobody");
  fr_search_page_search (lab.page, "");
  activate_row (get_list (&lab, "wishes_list"), 0);
  g_assert_cmpstr (fr_search_get_words (fr_search_page_get_search (lab.page)), ==, "harbour");
  g_assert_true (is_heart_full (&lab));

  fr_search_page_search (lab.page, "");
  await_view (&lab, "start");
  ui_fixture_settle ();
  wish = g_list_model_get_item (G_LIST_MODEL (lab.wishes), 0);
  remove_row (get_list (&lab, "wishes_list"), 0, "wish.remove");
  g_assert_cmpuint (count (lab.wishes), ==, 0);
  g_assert_true (has_focus (&lab, gtk_list_box_get_row_at_index (get_list (&lab, "searches_list"), 0)));
  fr_wishes_restore (lab.wishes, wish); /* as Undo does */
  g_assert_nonnull (gtk_list_box_get_row_at_index (get_list (&lab, "wishes_list"), 0));
  fr_wishes_remove (lab.wishes, wish);
  remove_row (get_list (&lab, "searches_list"), 0, "recent.remove");
  g_assert_cmpuint (count (lab.searches), ==, 1);
  g_assert_true (gtk_widget_activate_action (get_child (&lab, "start"), "start.forget-all", NULL));
  g_assert_cmpuint (count (lab.searches), ==, 0);
  await_view (&lab, "start");
  g_assert_cmpstr (get_view (&lab), ==, "status");
  g_assert_true (has_focus (&lab, get_child (&lab, "entry")));
  ui_fixture_close (&lab.fixture);
}

/* What a notification says and leads to. GNotification tells nobody what is in it, so it is looked at where it goes. */
static void
test_leads (void)
{
  Lab lab;
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new ("harbour & <b>more</b>");
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *text = NULL;
  FrWish *wish;

  lab_init (&lab);
  wish = fr_wishes_add (lab.wishes, terms, NULL);
  notification = fr_notifier_make_wish (wish);
  g_assert_nonnull (notification);
  text = fr_search_terms_to_string (terms);
  fr_main_view_show_page (fr_window_get_main_view (lab.fixture.window), "new");
  g_action_group_activate_action (G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (lab.fixture.window))),
                                  "show-wish", g_variant_new_string (text));
  g_assert_cmpstr (fr_main_view_get_visible_name (fr_window_get_main_view (lab.fixture.window)), ==, "search");
  g_assert_cmpstr (fr_search_get_words (fr_search_page_get_search (lab.page)), ==, "harbour & <b>more</b>");
  g_assert_true (has_focus (&lab, get_child (&lab, "entry")));
  fr_main_view_show_page (fr_window_get_main_view (lab.fixture.window), "new");
  fr_search_page_search (lab.page, "");
  fr_wishes_remove (lab.wishes, wish);
  fr_window_show_wish (lab.fixture.window, terms); /* it is gone: where others stand */
  g_assert_cmpstr (fr_main_view_get_visible_name (fr_window_get_main_view (lab.fixture.window)), ==, "search");
  g_assert_null (fr_search_page_get_search (lab.page));
  ui_fixture_close (&lab.fixture);
}

void
test_wishes_add (void)
{
  g_test_add_func ("/ui/wishes/texts", test_texts);
  g_test_add_func ("/ui/wishes/keeps", test_keeps);
  g_test_add_func ("/ui/wishes/start", test_start);
  g_test_add_func ("/ui/wishes/leads", test_leads);
}
