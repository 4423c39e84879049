/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "fr-announce-pace.h"
#include "fr-announce.h"
#include "fr-navigation.h"
#include "fr-notice-text.h"
#include "fr-test-support.h"
#include "fr-window-size.h"
#include "tests.h"

#define SECOND G_USEC_PER_SEC

/* Notices */

static void
test_notice (void)
{
  static const struct
  {
    FrNoticeFacts facts;
    FrNotice notice;
    const char *text, *count_down, *remedy;
  } rows[] = {
    { { .state = FR_NODE_ONLINE }, FR_NOTICE_NONE, "", "", NULL },
    { { .state = FR_NODE_CONNECTING }, FR_NOTICE_CONNECTING, "Going to the meeting point…", "", NULL },
    { { .state = FR_NODE_WAITING, .error = "It is gone.", .wait_us = 2 * SECOND - 1 },
      FR_NOTICE_LOST, "It is gone.", "Next try in 2 seconds.", "_Change…" },
    { { .state = FR_NODE_WAITING, .error = "It is gone.", .wait_us = 1 },
      FR_NOTICE_LOST, "It is gone.", "Next try in 1 second.", "_Change…" },
    { { .state = FR_NODE_WAITING, .wait_us = -5 },
      FR_NOTICE_LOST, "The meeting point cannot be reached.", "Next try in 0 seconds.", "_Change…" },
    { { .state = FR_NODE_FAILED, .error = "It is something else." },
      FR_NOTICE_UNUSABLE, "It is something else.", "", "_Change…" },
    { { .state = FR_NODE_FAILED }, FR_NOTICE_UNUSABLE, "The meeting point cannot be used.", "", "_Change…" },
    { { .state = FR_NODE_OFFLINE },
      FR_NOTICE_NO_MEETING_POINT, "You have no meeting point, so nobody new can find you.", "", "_Set Up…" },
    { { .state = FR_NODE_ONLINE, .taken = "anna", .address = "anna-7f3k" },
      FR_NOTICE_NAME_TAKEN, "Somebody else is “anna” at this meeting point, so others find you as “anna-7f3k”.", "",
      "Choose Another _Name…" },
    { { .state = FR_NODE_ONLINE, .taken = "anna", .address = "anna-7f3k", .dismissed = "anna" },
      FR_NOTICE_NONE, "", "", NULL },
    { { .state = FR_NODE_ONLINE, .taken = "anna", .address = "anna-7f3k", .dismissed = "bert" },
      FR_NOTICE_NAME_TAKEN, "Somebody else is “anna” at this meeting point, so others find you as “anna-7f3k”.", "",
      "Choose Another _Name…" },
    { { .state = FR_NODE_WAITING, .error = "It is gone.", .taken = "anna", .wait_us = SECOND }, /* the worse first */
      FR_NOTICE_LOST, "It is gone.", "Next try in 1 second.", "_Change…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrNotice notice = fr_notice_text_choose (&rows[i].facts);
      g_autofree char *text = fr_notice_text_describe (notice, &rows[i].facts);
      g_autofree char *count_down = fr_notice_text_count_down (notice, &rows[i].facts);

      g_assert_cmpint (notice, ==, rows[i].notice);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (count_down, ==, rows[i].count_down);
      g_assert_cmpstr (fr_notice_text_get_remedy (notice), ==, rows[i].remedy);
    }
}

/* What is over within a second is not shown, and a try in between does not make the bar flicker. */
static void
test_notice_pace (void)
{
  static const struct
  {
    gint64 at_us;
    FrNotice notice, shown;
  } steps[] = {
    { 10 * SECOND, FR_NOTICE_CONNECTING, FR_NOTICE_NONE },
    { 11 * SECOND - 1, FR_NOTICE_CONNECTING, FR_NOTICE_NONE },
    { 11 * SECOND - 1, FR_NOTICE_NONE, FR_NOTICE_NONE },
    { 12 * SECOND, FR_NOTICE_LOST, FR_NOTICE_NONE },
    { 13 * SECOND, FR_NOTICE_LOST, FR_NOTICE_LOST },
    { 14 * SECOND, FR_NOTICE_CONNECTING, FR_NOTICE_LOST },
    { 15 * SECOND - 1, FR_NOTICE_LOST, FR_NOTICE_LOST },
    { 16 * SECOND, FR_NOTICE_CONNECTING, FR_NOTICE_LOST },
    { 17 * SECOND, FR_NOTICE_CONNECTING, FR_NOTICE_CONNECTING },
    { 17 * SECOND, FR_NOTICE_NONE, FR_NOTICE_NONE },
  };
  FrNoticePace pace = { FR_NOTICE_NONE };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_cmpint (fr_notice_pace_step (&pace, steps[i].notice, steps[i].at_us), ==, steps[i].shown);
}

/* Announcing */

static void
test_announce_pace (void)
{
  static const struct
  {
    gint64 at_us;
    const char *put;
    gboolean is_progress;
    const char *said;
  } steps[] = {
    { 100 * SECOND, NULL, FALSE, NULL },
    { 100 * SECOND, "1 of 9", TRUE, "1 of 9" },
    { 101 * SECOND, "2 of 9", TRUE, NULL },
    { 102 * SECOND, "3 of 9", TRUE, NULL },
    { 105 * SECOND - 1, NULL, FALSE, NULL },
    { 105 * SECOND, NULL, FALSE, "3 of 9" },
    { 105 * SECOND, NULL, FALSE, NULL },
    { 106 * SECOND, "4 of 9", TRUE, NULL },
    { 107 * SECOND, "All is there.", FALSE, "All is there." }, /* and 4 of 9 is not said after it */
    { 113 * SECOND, NULL, FALSE, NULL },
    { 113 * SECOND, "Another.", FALSE, "Another." },
    { 113 * SECOND, "And another.", FALSE, "And another." },
  };
  FrAnnouncePace pace = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *said = NULL;

      if (steps[i].put != NULL)
        fr_announce_pace_put (&pace, steps[i].put, steps[i].is_progress);
      said = fr_announce_pace_take (&pace, steps[i].at_us);
      g_assert_cmpstr (said, ==, steps[i].said);
      g_assert_cmpint (fr_announce_pace_get_deadline (&pace), >, steps[i].at_us);
    }
  fr_announce_pace_put (&pace, "Never said.", TRUE);
  fr_announce_pace_clear (&pace);
  g_assert_null (pace.waiting);
}

static gboolean
is_not_described (gpointer data)
{
  return !gtk_test_accessible_has_property (data, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* The widget with the focus says it for a while, and has its own description again after that; an entry, not its text. */
static void
test_announce (void)
{
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new (), *button = gtk_button_new_with_label ("Add");

  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_set_tooltip_text (button, "Add pictures");
  gtk_widget_grab_focus (entry);
  fr_announce (box, "1 picture added.");
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "1 picture added.");
  gtk_widget_grab_focus (button);
  fr_announce (box, "2 pictures added.");
  g_assert_true (is_not_described (entry));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "2 pictures added.");
  gtk_widget_grab_focus (entry);
  fr_announce (box, "3 pictures added.");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Add pictures");
  fr_test_wait_until (is_not_described, entry, 10);
  fr_announce_progress (box, "4 pictures added."); /* and the window goes while it is said */
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The way back */

typedef struct
{
  AdwLeaflet *leaflet;
  FrNavigation *navigation;
  GString *left;
} Pages;

static void
left_cb (Pages *pages, const char *name)
{
  g_string_append_printf (pages->left, "%s ", name);
}

static void
pages_init (Pages *pages)
{
  static const char *const names[] = { "pages", "search", "picture", "hit" };

  pages->leaflet = g_object_ref_sink (ADW_LEAFLET (adw_leaflet_new ()));
  adw_leaflet_set_can_unfold (pages->leaflet, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    adw_leaflet_page_set_name (adw_leaflet_append (pages->leaflet, gtk_button_new_with_label (names[i])), names[i]);
  pages->navigation = fr_navigation_new (pages->leaflet);
  pages->left = g_string_new (NULL);
  g_signal_connect_swapped (pages->navigation, "left", G_CALLBACK (left_cb), pages);
}

static void
pages_clear (Pages *pages)
{
  g_object_unref (pages->navigation);
  g_object_unref (pages->leaflet);
  g_string_free (pages->left, TRUE);
}

static void
check (Pages *pages, const char *shown, guint depth, const char *left)
{
  g_assert_cmpstr (adw_leaflet_get_visible_child_name (pages->leaflet), ==, shown);
  g_assert_cmpuint (fr_navigation_get_depth (pages->navigation), ==, depth);
  g_assert_cmpstr (pages->left->str, ==, left);
  g_string_truncate (pages->left, 0);
}

static void
test_navigation (void)
{
  Pages pages;

  pages_init (&pages);
  g_assert_false (fr_navigation_pop (pages.navigation));
  check (&pages, "pages", 1, "");
  fr_navigation_push (pages.navigation, "picture");
  check (&pages, "picture", 2, "");
  fr_navigation_push (pages.navigation, "picture"); /* is there */
  check (&pages, "picture", 2, "");
  fr_navigation_push (pages.navigation, "search"); /* whatever their order in the leaflet */
  fr_navigation_push (pages.navigation, "hit");
  check (&pages, "hit", 4, "");
  g_assert_true (fr_navigation_pop (pages.navigation));
  check (&pages, "search", 3, "hit ");
  fr_navigation_push (pages.navigation, "picture"); /* is moved up, not there twice */
  check (&pages, "picture", 3, "");
  g_assert_true (fr_navigation_pop (pages.navigation));
  check (&pages, "search", 2, "picture ");
  fr_navigation_push (pages.navigation, "hit");
  fr_navigation_go_home (pages.navigation);
  check (&pages, "pages", 1, "hit search ");
  fr_navigation_go_home (pages.navigation);
  check (&pages, "pages", 1, "");
  pages_clear (&pages);
}

/* What the leaflet does by itself, by a key or a swipe: it goes where one was, not to its neighbour. */
static void
test_navigation_follows (void)
{
  Pages pages;

  pages_init (&pages);
  fr_navigation_push (pages.navigation, "hit");
  fr_navigation_push (pages.navigation, "search");
  g_assert_true (adw_leaflet_navigate (pages.leaflet, ADW_NAVIGATION_DIRECTION_BACK));
  check (&pages, "hit", 2, "search ");
  g_assert_true (adw_leaflet_navigate (pages.leaflet, ADW_NAVIGATION_DIRECTION_BACK));
  check (&pages, "pages", 1, "hit ");
  g_assert_false (adw_leaflet_navigate (pages.leaflet, ADW_NAVIGATION_DIRECTION_BACK));
  pages_clear (&pages);
}

static gboolean
has_width (gpointer data)
{
  return gtk_widget_get_width (data) > 0;
}

/* What is opened while something else still moves away stays open. */
static void
test_navigation_hurries (void)
{
  GtkWidget *window = gtk_window_new ();
  Pages pages;

  pages_init (&pages);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (pages.leaflet));
  gtk_window_present (GTK_WINDOW (window));
  fr_test_wait_until (has_width, pages.leaflet, 20);
  fr_navigation_push (pages.navigation, "hit");
  g_assert_true (adw_leaflet_get_child_transition_running (pages.leaflet));
  g_assert_true (fr_navigation_pop (pages.navigation));
  fr_navigation_push (pages.navigation, "picture");
  check (&pages, "picture", 2, "hit ");
  gtk_window_destroy (GTK_WINDOW (window));
  pages_clear (&pages);
}

static void
test_narrow (void)
{
  static const struct
  {
    int width, xft_dpi;
    gboolean narrow;
  } rows[] = {
    { 360, 96 * 1024, TRUE },  { 599, 96 * 1024, TRUE },  { 600, 96 * 1024, FALSE }, { 1920, 96 * 1024, FALSE },
    { 599, -1, TRUE },         { 600, -1, FALSE },        { 899, 144 * 1024, TRUE }, { 900, 144 * 1024, FALSE },
    { 0, 96 * 1024, TRUE },    { G_MAXINT, G_MAXINT, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_window_size_is_narrow (rows[i].width, rows[i].xft_dpi), ==, rows[i].narrow);
}

void
test_frame_add (void)
{
  g_test_add_func ("/ui/frame/notice", test_notice);
  g_test_add_func ("/ui/frame/notice-pace", test_notice_pace);
  g_test_add_func ("/ui/frame/announce-pace", test_announce_pace);
  g_test_add_func ("/ui/frame/announce", test_announce);
  g_test_add_func ("/ui/frame/navigation", test_navigation);
  g_test_add_func ("/ui/frame/navigation-follows", test_navigation_follows);
  g_test_add_func ("/ui/frame/navigation-hurries", test_navigation_hurries);
  g_test_add_func ("/ui/frame/narrow", test_narrow);
}
