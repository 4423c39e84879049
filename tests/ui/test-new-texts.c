/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "fr-new-text.h"
#include "fr-seen-watch.h"

#include "tests.h"

/* What the start page says, and when a picture has been looked at: without a page. */

static void
test_states (void)
{
  static const struct
  {
    FrNewFacts facts;
    FrNewState state;
    const char *title;
    const char *button;
    const char *line;
  } rows[] = {
    { { 0 }, FR_NEW_STATE_NOBODY, "No People Yet", "Invite…", NULL },
    { { .is_unreadable = TRUE }, FR_NEW_STATE_NOBODY, "No People Yet", "Invite…", NULL },
    { { .n_people = 1, .name = "Anna", .waits = TRUE }, FR_NEW_STATE_WAITING, "Waiting for Anna to Accept",
      "Copy Invitation", NULL },
    { { .n_people = 2, .name = "Anna", .waits = TRUE }, FR_NEW_STATE_AWAY, "Nobody Is Here Right Now", "Try Again", NULL },
    { { .n_people = 1, .name = "Anna" }, FR_NEW_STATE_AWAY, "Anna Is Not Here Right Now", "Try Again", NULL },
    { { .n_people = 1, .name = "Anna", .is_unreadable = TRUE }, FR_NEW_STATE_AWAY, "Anna Is Not Here Right Now",
      "Try Again", "What you saw earlier cannot be read. It comes again when your people are here." },
    { { .n_people = 3, .name = "Anna" }, FR_NEW_STATE_AWAY, "Nobody Is Here Right Now", "Try Again", NULL },
    { { .n_people = 1, .name = "Anna", .could_stay = TRUE }, FR_NEW_STATE_MISSED, "Anna Is Not Here Right Now",
      "Keep Sharing in the Background", NULL },
    { { .n_people = 1, .name = "Anna", .waits = TRUE, .could_stay = TRUE }, FR_NEW_STATE_WAITING,
      "Waiting for Anna to Accept", "Copy Invitation", NULL },
    { { .n_people = 2, .n_here = 1, .name = "Anna", .could_stay = TRUE }, FR_NEW_STATE_NOTHING,
      "Nobody Has Shared Anything With You Yet", "Share Something…", NULL },
    { { .n_people = 1, .n_here = 1, .name = "100 %s" }, FR_NEW_STATE_NOTHING, "100 %s Has Shared Nothing With You Yet",
      "Share Something With 100 %s…", NULL },
    { { .n_people = 3, .n_here = 1, .name = "Anna" }, FR_NEW_STATE_NOTHING, "Nobody Has Shared Anything With You Yet",
      "Share Something…", NULL },
    { { .n_people = 1, .n_here = 1, .name = "Anna", .n_silent = 1, .silent = "Anna" }, FR_NEW_STATE_SILENT,
      "Anna Has Not Answered", "Ask Again", NULL },
    { { .n_people = 2, .n_here = 2, .name = "Anna", .n_silent = 2, .silent = "Anna" }, FR_NEW_STATE_SILENT,
      "Nobody Has Answered", "Ask Again", NULL },
    { { .n_people = 2, .n_here = 2, .name = "Anna", .n_silent = 1, .silent = "Anna" }, FR_NEW_STATE_NOTHING,
      "Nobody Has Shared Anything With You Yet", "Share Something…", NULL },
    { { .n_people = 1, .n_here = 1, .name = "Anna", .n_asking = 1, .asking = "Anna" }, FR_NEW_STATE_WALL, "", "",
      "Asking Anna what is new…" },
    { { .n_people = 2, .n_here = 2, .n_asking = 2, .asking = "Anna", .n_pictures = 5 }, FR_NEW_STATE_WALL, "", "",
      "Asking Anna and 1 other what is new…" },
    { { .n_people = 9, .n_here = 3, .n_asking = 3, .asking = "Anna", .n_silent = 1, .silent = "Bert", .n_pictures = 5 },
      FR_NEW_STATE_WALL, "", "", "Asking Anna and 2 others what is new…" },
    { { .n_people = 1, .n_here = 1, .n_pictures = 5 }, FR_NEW_STATE_WALL, "", "", NULL },
    { { .n_people = 1, .n_here = 1, .n_pictures = 5, .is_unreadable = TRUE }, FR_NEW_STATE_WALL, "", "", NULL },
    { { .n_people = 2, .n_here = 2, .n_pictures = 5, .n_silent = 1, .silent = "Bert" }, FR_NEW_STATE_WALL, "", "",
      "Bert did not answer. Their pictures are from earlier." },
    { { .n_people = 3, .n_here = 3, .n_pictures = 5, .n_silent = 3, .silent = "Bert" }, FR_NEW_STATE_WALL, "", "",
      "Bert and 2 others did not answer. Their pictures are from earlier." },
    { { .n_people = 1, .name = "Anna", .n_pictures = 5 }, FR_NEW_STATE_WALL, "", "",
      "Nobody is here right now. These are from earlier." },
    { { .n_people = 2, .name = "Anna", .n_pictures = 1, .is_unreadable = TRUE }, FR_NEW_STATE_WALL, "", "",
      "What you saw earlier cannot be read. It comes again when your people are here." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrNewState state = fr_new_text_choose (&rows[i].facts);
      g_autofree char *title = fr_new_text_title (state, &rows[i].facts);
      g_autofree char *button = fr_new_text_button (state, &rows[i].facts);
      g_autofree char *line = fr_new_text_line (&rows[i].facts);

      g_assert_cmpint (state, ==, rows[i].state);
      g_assert_cmpstr (title, ==, rows[i].title);
      g_assert_cmpstr (button, ==, rows[i].button);
      g_assert_cmpstr (line, ==, rows[i].line);
      if (state == FR_NEW_STATE_WALL)
        continue;
      g_assert_cmpstr (fr_new_text_body (state), !=, ""); /* every empty page leads on */
      g_assert_nonnull (fr_new_text_get_action (state));
      g_assert_nonnull (fr_new_text_get_icon (state));
    }
}

static void
test_news (void)
{
  static const struct
  {
    guint n;
    const char *name;
    const char *text;
  } rows[] = {
    { 1, "Anna", "1 new picture from Anna" },
    { 12, "Anna", "12 new pictures from Anna" },
    { 1, NULL, "1 new picture from your people" },
    { 5000, NULL, "5000 new pictures from your people" },
  };
  g_autofree char *request = fr_new_text_request ("Bert", NULL);
  g_autofree char *introduced = fr_new_text_request ("Bert", "Anna");
  g_autofree char *place = fr_new_text_place (0, 3);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_new_text_count_fresh (rows[i].n, rows[i].name);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
  g_assert_cmpstr (request, ==, "Bert would like to connect to you");
  g_assert_cmpstr (introduced, ==, "Bert would like to connect to you. Introduced by Anna.");
  g_assert_cmpstr (place, ==, "1 of 3");
}

/* Which pictures, by letters, are on the screen at a time, and which of them have been looked at by then. */
static void
test_seen (void)
{
  static const struct
  {
    gint64 ms;
    const char *shown;
    const char *seen;
  } rows[] = {
    { 0, "ab", "" },
    { 500, "abb", "" },   /* one twice is one */
    { 999, "ab", "" },
    { 1000, "abc", "ab" },
    { 1500, "abc", "" },  /* each is told once */
    { 1999, "c", "" },
    { 2000, "ca", "c" },
    { 2999, "ca", "" },   /* who went begins anew */
    { 3000, "a", "a" },
    { 3100, "", "" },
    { 3200, "d", "" },
    { 9000, "d", "d" },
    { 8000, "d", "" },    /* a clock that goes back is no trouble */
  };
  g_autoptr (FrSeenWatch) watch = fr_seen_watch_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) shown = g_array_new (FALSE, TRUE, sizeof (FrContentId));
      g_autoptr (GArray) seen = NULL;
      g_autoptr (GString) text = g_string_new (NULL);

      g_array_set_size (shown, (guint) strlen (rows[i].shown));
      for (guint k = 0; k < shown->len; k++)
        g_array_index (shown, FrContentId, k).bytes[0] = (guint8) rows[i].shown[k];
      seen = fr_seen_watch_look (watch, shown, rows[i].ms * 1000);
      for (guint k = 0; k < seen->len; k++)
        g_string_append_c (text, (char) g_array_index (seen, FrContentId, k).bytes[0]);
      g_assert_cmpstr (text->str, ==, rows[i].seen);
    }
}

/* After another page was shown it counts from the beginning. */
static void
test_forget (void)
{
  g_autoptr (FrSeenWatch) watch = fr_seen_watch_new ();
  g_autoptr (GArray) shown = g_array_new (FALSE, TRUE, sizeof (FrContentId));
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) early = NULL;
  g_autoptr (GArray) late = NULL;

  g_array_set_size (shown, 1);
  first = fr_seen_watch_look (watch, shown, 0);
  fr_seen_watch_forget (watch);
  early = fr_seen_watch_look (watch, shown, FR_SEEN_WATCH_US);
  late = fr_seen_watch_look (watch, shown, 2 * FR_SEEN_WATCH_US);
  g_assert_cmpuint (first->len, ==, 0);
  g_assert_cmpuint (early->len, ==, 0);
  g_assert_cmpuint (late->len, ==, 1);
}

void
test_new_texts_add (void)
{
  g_test_add_func ("/ui/new-texts/states", test_states);
  g_test_add_func ("/ui/new-texts/news", test_news);
  g_test_add_func ("/ui/new-texts/seen", test_seen);
  g_test_add_func ("/ui/new-texts/forget", test_forget);
}
