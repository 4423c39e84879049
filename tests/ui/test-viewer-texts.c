/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <string.h>

#include "fr-details-text.h"
#include "fr-tag-entry.h"
#include "fr-vanishing.h"
#include "fr-viewer-text.h"
#include "fr-wrap-layout.h"

#include "tests.h"
#include "ui-fixture.h"

/* What the viewer says, and its small parts. */

#define FOUND .is_found = TRUE, .is_coming = TRUE

/* Every state of the bar: what it says, how full it is, and what it offers. */
static void
test_bar (void)
{
  static const struct
  {
    FrViewerFacts facts;
    const char *line;
    double fraction;
    FrViewerOffers offers;
  } rows[] = {
    { { 0 }, "4 × 3, 2 kB", -1, 0 },
    { { FOUND, .state = FR_FETCH_CONNECTING }, "4 × 3, 2 kB", -1, FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_CONNECTING, .is_slow = TRUE }, "Reaching Anna…", -1, FR_VIEWER_STOP | FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_QUEUED, .is_slow = TRUE }, "Anna sends to others first…", -1,
      FR_VIEWER_STOP | FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_QUEUED, .is_slow = TRUE, .place = 3 },
      "Anna sends to others first, you are number 3…", -1, FR_VIEWER_STOP | FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_RUNNING, .done = 500000, .total = 1000000 }, "4 × 3, 2 kB", -1, FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_RUNNING, .is_slow = TRUE, .done = 500000, .total = 1000000 }, "500.0 kB of 1.0 MB", 0.5,
      FR_VIEWER_STOP | FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_RUNNING, .is_slow = TRUE, .done = 3000000, .total = 1000000 }, "3.0 MB of 1.0 MB", 1,
      FR_VIEWER_STOP | FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_RUNNING, .is_slow = TRUE }, "0 bytes of 0 bytes", 0, FR_VIEWER_STOP | FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_CONNECTING, .gone = "Bert" }, "Bert went away. Asking Anna instead…", -1,
      FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_RUNNING, .gone = "Bert", .is_slow = TRUE, .done = 1, .total = 4 },
      "1 byte of 4 bytes", 0.25, FR_VIEWER_STOP | FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_DONE }, "4 × 3, 2 kB", -1, FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_DONE, .is_keeping = TRUE }, "4 × 3, 2 kB", -1, FR_VIEWER_KEEP },
    { { FOUND, .state = FR_FETCH_FAILED, .error = "Anna went." }, "Anna went.", -1, FR_VIEWER_RETRY },
    { { FOUND, .state = FR_FETCH_FAILED, .error = "Stopped", .is_stopped = TRUE }, "Stopped.", -1, FR_VIEWER_RETRY },
    { { FOUND, .state = FR_FETCH_DONE, .error = "Damaged." }, "Damaged.", -1, FR_VIEWER_RETRY | FR_VIEWER_SAVE },
    { { FOUND, .state = FR_FETCH_DONE, .keep_error = "No room." }, "No room.", -1, FR_VIEWER_RETRY },
    { { FOUND, .is_covered = TRUE, .error = "Nothing" }, "From someone you don’t know.", -1, FR_VIEWER_SHOW },
    { { .error = "Damaged." }, "Damaged.", -1, FR_VIEWER_RETRY | FR_VIEWER_SAVE },
    { { .is_kept = TRUE }, "4 × 3, 2 kB", -1, FR_VIEWER_KEPT | FR_VIEWER_PASS_ON },
    { { .is_kept = TRUE, .is_passed_on = TRUE }, "4 × 3, 2 kB", -1, FR_VIEWER_KEPT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrViewerFacts facts = rows[i].facts;
      g_autofree char *line = NULL;

      facts.holder = "Anna";
      facts.size = "4 × 3, 2 kB";
      facts.about = "From Anna";
      line = fr_viewer_text_describe (&facts);
      g_assert_cmpuint (fr_viewer_text_get_offers (&facts), ==, rows[i].offers);
      g_assert_cmpfloat (fr_viewer_text_get_fraction (&facts), ==, rows[i].fraction);
      g_assert_cmpstr (line, ==, rows[i].line);
      g_assert_true (fr_viewer_text_is_error (&facts)
                     == (!facts.is_covered && !facts.is_stopped && (facts.error != NULL || facts.keep_error != NULL)));
    }
}

static void
test_position (void)
{
  g_autofree char *text = fr_viewer_text_describe_picture (2, 40, "Harbour at night", "From Anna");

  g_assert_cmpstr (text, ==, "Picture 3 of 40: Harbour at night. From Anna");
}

/* What others send may be anything. */
static void
test_facts (void)
{
  static const struct
  {
    guint type;
    const char *kind;
  } kinds[] = { { 0, NULL }, { 1, "JPEG" }, { 3, "WebP" }, { 8, "Drawing (SVG)" }, { 9, NULL }, { G_MAXUINT, NULL } };
  static const struct
  {
    guint day;
    const char *text;
  } days[] = { { 0, NULL }, { 1, "2 January 1970" }, { 20785, "28 November 2026" }, { 100000, "17 October 2243" },
               { 100001, NULL }, { G_MAXUINT, NULL } };
  static const struct
  {
    gint64 us;
    const char *text;
  } durations[] = { { -5, NULL }, { 0, NULL }, { 1, "In 0.1 seconds" }, { 800000, "In 0.8 seconds" }, { 9940000, "In 9.9 seconds" },
                    { 9960000, "In 10 seconds" }, { 61 * G_USEC_PER_SEC, "In 61 seconds" } };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = fr_details_text_describe_kind (kinds[i].type);

      g_assert_cmpstr (text, ==, kinds[i].kind);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *text = fr_details_text_describe_day (days[i].day);

      g_assert_cmpstr (text, ==, days[i].text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *text = fr_details_text_describe_duration (durations[i].us);

      g_assert_cmpstr (text, ==, durations[i].text);
    }
}

static void
test_sizes_and_times (void)
{
  g_autofree char *dimensions = fr_details_text_describe_dimensions (1920, 1080);
  g_autofree char *time = fr_details_text_describe_time (G_GINT64_CONSTANT (1795874700) * G_USEC_PER_SEC);

  g_assert_cmpstr (dimensions, ==, "1920 × 1080");
  g_assert_null (fr_details_text_describe_dimensions (0, 5));
  g_assert_null (fr_details_text_describe_dimensions (5, 0));
  g_assert_nonnull (strstr (time, "November 2026"));
  g_assert_null (fr_details_text_describe_time (0));
  g_assert_null (fr_details_text_describe_time (G_MAXINT64)); /* no calendar has it */
}

/* The tag that most pictures have, in whatever case; a letter is a letter, however many bytes it has. */
static void
test_completes (void)
{
  static const struct
  {
    const char *begin, *rest;
  } rows[] = { { "", NULL },     { "h", "arbour" }, { "HAR", "bour" }, { "harv", "est" }, { "harbour", "" },
               { "harbours", NULL }, { "é", "té" },  { "x", NULL } };
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (counts, (gpointer) "harvest", GUINT_TO_POINTER (2));
  g_hash_table_insert (counts, (gpointer) "harbour", GUINT_TO_POINTER (5));
  g_hash_table_insert (counts, (gpointer) "hat", GUINT_TO_POINTER (5));
  g_hash_table_insert (counts, (gpointer) "été", GUINT_TO_POINTER (1));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *rest = fr_tag_entry_complete (counts, rows[i].begin);

      g_assert_cmpstr (rest, ==, rows[i].rest);
    }
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
count_cb (guint *count)
{
  ++*count;
}

/* A comma ends a tag, Enter too; each is there once; a button takes one away, Backspace the last. */
static void
test_tags (void)
{
  FrTagEntry *entry = g_object_ref_sink (g_object_new (FR_TYPE_TAG_ENTRY, NULL));
  GtkWidget *text = find (GTK_WIDGET (entry), GTK_TYPE_TEXT);
  const char *const tags[] = { "sea", "night", NULL };
  const char *const with_boat[] = { "sea", "night", "boat", NULL };
  const char *const without_sea[] = { "night", "boat", NULL };
  guint n_changes = 0;

  g_signal_connect_swapped (entry, "changed", G_CALLBACK (count_cb), &n_changes);
  fr_tag_entry_set_tags (entry, tags);
  g_assert_cmpuint (n_changes, ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (text), "boat, Sea,");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  g_auto (GStrv) got = fr_tag_entry_get_tags (entry);
  g_assert_cmpstrv (got, with_boat);
  g_assert_cmpuint (n_changes, >=, 1);

  g_signal_emit_by_name (find (GTK_WIDGET (entry), GTK_TYPE_BUTTON), "clicked");
  g_auto (GStrv) fewer = fr_tag_entry_get_tags (entry);
  g_assert_cmpstrv (fewer, without_sea);
  g_assert_true (fr_tag_entry_take_last (entry));
  g_assert_true (fr_tag_entry_take_last (entry));
  g_assert_false (fr_tag_entry_take_last (entry));
  gtk_editable_set_text (GTK_EDITABLE (text), "dune");
  g_auto (GStrv) typed = fr_tag_entry_get_tags (entry);
  g_assert_cmpstr (typed[0], ==, "dune");
  ui_fixture_settle ();
  g_object_unref (entry);
}

/* As many on a line as fit; what is wider than the line is as wide as that. */
static void
test_wraps (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  static const struct
  {
    int width, height;
  } rows[] = { { 320, 20 }, { 319, 46 }, { 206, 46 }, { 205, 72 }, { 100, 72 } };
  int minimum, natural;

  gtk_widget_set_layout_manager (box, fr_wrap_layout_new (6));
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *child = gtk_drawing_area_new ();

      gtk_widget_set_size_request (child, i == 2 ? 108 : 100, 20);
      gtk_widget_set_parent (child, box);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, rows[i].width, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (natural, ==, rows[i].height);
    }
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 108);
  g_assert_cmpint (natural, ==, 320);
  while (gtk_widget_get_first_child (box) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (box));
  g_object_unref (box);
}

static gboolean
is_hidden (gpointer data)
{
  return !fr_vanishing_get_revealed (data);
}

/* Bars go only in full screen, and come back. */
static void
test_vanishes (void)
{
  GtkWidget *window = gtk_window_new ();
  FrVanishing *vanishing = fr_vanishing_new (window);

  g_assert_true (fr_vanishing_get_revealed (vanishing));
  fr_vanishing_set_active (vanishing, TRUE);
  g_assert_true (fr_vanishing_get_revealed (vanishing));
  fr_test_wait_until (is_hidden, vanishing, 10);
  fr_vanishing_reveal (vanishing);
  g_assert_true (fr_vanishing_get_revealed (vanishing));
  fr_test_wait_until (is_hidden, vanishing, 10);
  fr_vanishing_set_active (vanishing, FALSE);
  g_assert_true (fr_vanishing_get_revealed (vanishing));
  g_assert_finalize_object (vanishing);
  gtk_window_destroy (GTK_WINDOW (window));
}

void
test_viewer_texts_add (void)
{
  g_test_add_func ("/ui/viewer-texts/bar", test_bar);
  g_test_add_func ("/ui/viewer-texts/position", test_position);
  g_test_add_func ("/ui/viewer-texts/facts", test_facts);
  g_test_add_func ("/ui/viewer-texts/sizes-and-times", test_sizes_and_times);
  g_test_add_func ("/ui/viewer-texts/completes", test_completes);
  g_test_add_func ("/ui/viewer-texts/tags", test_tags);
  g_test_add_func ("/ui/viewer-texts/wraps", test_wraps);
  g_test_add_func ("/ui/viewer-texts/vanishes", test_vanishes);
}
