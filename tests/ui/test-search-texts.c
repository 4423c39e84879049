/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-filter-text.h"
#include "fr-search-text.h"

#include "tests.h"

/* What a search and its filters say: without a page. */

#define SECOND G_USEC_PER_SEC

/* Asked a second ago, where nobody is here, or somebody. */
#define ALONE .words = "harbour", .asked = "harbour", .elapsed_us = SECOND, .looked_here = TRUE
#define ASKED .words = "harbour", .asked = "harbour", .n_here = 1, .looked_here = TRUE
#define LISTENING ASKED, .is_listening = TRUE

static const struct
{
  FrSearchFacts facts;
  FrSearchView view;
  const char *text;
} rows[] = {
  /* nothing typed, also where something was asked before */
  { { .words = "" }, FR_SEARCH_VIEW_START, NULL },
  { { .words = "", .asked = "harbour", .n_found = 3, .n_blocked = 1 }, FR_SEARCH_VIEW_START, NULL },

  /* typing: one's own */
  { { .words = "harbour" }, FR_SEARCH_VIEW_WALL, NULL },
  { { .words = "harbour", .looked_here = TRUE }, FR_SEARCH_VIEW_ASK, NULL },
  { { .words = "harbour", .looked_here = TRUE, .n_found = 1 },
    FR_SEARCH_VIEW_WALL,
    "1 picture of your own. Press Enter to ask your people and theirs." },
  { { .words = "harbour", .looked_here = TRUE, .n_found = 2, .scope = FR_SCOPE_PEOPLE },
    FR_SEARCH_VIEW_WALL,
    "2 pictures of your own. Press Enter to ask your people." },
  { { .words = "harbour", .looked_here = TRUE, .n_found = 2, .scope = FR_SCOPE_MINE },
    FR_SEARCH_VIEW_WALL,
    "2 pictures of your own." },
  { { .words = "harbour", .asked = "harbour", .looked_here = TRUE, .n_found = 2, .scope = FR_SCOPE_MINE },
    FR_SEARCH_VIEW_WALL,
    "2 pictures of your own." },
  { { .words = "harbour", .asked = "harbour", .looked_here = TRUE, .scope = FR_SCOPE_MINE }, FR_SEARCH_VIEW_ASK, NULL },
  { { .words = "harbour", .scope = FR_SCOPE_PERSON, .person = "Anna" }, FR_SEARCH_VIEW_ASK, NULL },

  /* asked */
  { { .words = "harbour", .asked = "harbour", .n_here = 1, .is_listening = TRUE },
    FR_SEARCH_VIEW_WALL,
    "Still listening." },
  { { LISTENING }, FR_SEARCH_VIEW_WALL, "Still listening." },
  { { LISTENING, .n_asked = 1 }, FR_SEARCH_VIEW_WALL, "Asked 1 person. Still listening." },
  { { LISTENING, .n_asked = 14 }, FR_SEARCH_VIEW_WALL, "Asked 14 people. Still listening." },
  { { LISTENING, .n_asked = 14, .n_found = 23 },
    FR_SEARCH_VIEW_WALL,
    "Asked 14 people. 23 pictures so far. Still listening." },
  { { LISTENING, .n_asked = 14, .n_found = 1 },
    FR_SEARCH_VIEW_WALL,
    "Asked 14 people. 1 picture so far. Still listening." },
  { { ASKED, .n_asked = 14, .n_found = 23 }, FR_SEARCH_VIEW_WALL, "Asked 14 people. 23 pictures." },
  { { ASKED, .n_asked = 14, .n_found = 1 }, FR_SEARCH_VIEW_WALL, "Asked 14 people. 1 picture." },
  { { LISTENING, .n_asked = 1, .n_found = 2, .scope = FR_SCOPE_PERSON, .person = "Anna" },
    FR_SEARCH_VIEW_WALL,
    "Asked Anna. 2 pictures so far. Still listening." },

  /* further, and as far as it goes */
  { { LISTENING, .n_asked = 4, .n_found = 3, .is_going_further = TRUE, .can_widen = TRUE },
    FR_SEARCH_VIEW_WALL,
    "Asking people who are further away… 3 pictures so far. Still listening." },
  { { LISTENING, .n_asked = 9, .n_found = 3, .is_at_end = TRUE },
    FR_SEARCH_VIEW_WALL,
    "Asked 9 people: everyone who can be reached. 3 pictures so far. Still listening." },
  { { LISTENING, .n_asked = 1, .n_found = 3, .is_at_end = TRUE },
    FR_SEARCH_VIEW_WALL,
    "Asked 1 person: everyone who can be reached. 3 pictures so far. Still listening." },
  { { LISTENING, .n_asked = 9, .n_found = 3, .is_at_end = TRUE, .scope = FR_SCOPE_PEOPLE },
    FR_SEARCH_VIEW_WALL,
    "Asked 9 people. 3 pictures so far. Still listening." },

  /* stopped */
  { { ASKED, .n_asked = 9, .n_found = 3, .is_stopped = TRUE }, FR_SEARCH_VIEW_WALL, "Stopped. 3 pictures so far." },
  { { ASKED, .n_asked = 9, .n_found = 1, .is_stopped = TRUE }, FR_SEARCH_VIEW_WALL, "Stopped. 1 picture so far." },
  { { ASKED, .n_asked = 9, .is_stopped = TRUE }, FR_SEARCH_VIEW_NOTHING, NULL },

  /* nothing */
  { { LISTENING, .n_asked = 3, .elapsed_us = FR_SEARCH_PATIENCE_US - 1 },
    FR_SEARCH_VIEW_WALL,
    "Asked 3 people. Still listening." },
  { { LISTENING, .n_asked = 3, .elapsed_us = FR_SEARCH_PATIENCE_US },
    FR_SEARCH_VIEW_NOTHING,
    "Asked 3 people. Still listening." },
  { { ASKED, .n_asked = 3, .elapsed_us = 60 * SECOND }, FR_SEARCH_VIEW_NOTHING, NULL },
  { { ASKED, .error = "Choose a name first." }, FR_SEARCH_VIEW_NOTHING, "Choose a name first." },
  { { ASKED, .error = "Choose a name first.", .n_found = 2 }, FR_SEARCH_VIEW_WALL, "Choose a name first." },

  /* nobody */
  { { ALONE, .is_listening = TRUE }, FR_SEARCH_VIEW_NOBODY, NULL },
  { { ALONE, .is_listening = TRUE, .n_found = 2 },
    FR_SEARCH_VIEW_WALL,
    "Nobody is here right now, so only your own pictures were searched." },
  { { ALONE, .is_listening = TRUE, .n_found = 2, .has_earlier = TRUE },
    FR_SEARCH_VIEW_WALL,
    "Nobody is here right now. These are from earlier." },
  { { ALONE, .n_asked = 2, .n_found = 2 }, FR_SEARCH_VIEW_WALL, "Asked 2 people. 2 pictures." },
  { { ALONE, .is_listening = TRUE, .scope = FR_SCOPE_PERSON, .person = "Anna" }, FR_SEARCH_VIEW_AWAY, NULL },
  { { ALONE, .is_listening = TRUE, .n_found = 2, .scope = FR_SCOPE_PERSON, .person = "Anna" },
    FR_SEARCH_VIEW_WALL,
    "Anna is not here right now. These are from earlier." },

  /* other words than were asked for */
  { { .words = "harbour night", .asked = "harbour", .n_here = 1, .looked_here = TRUE, .n_found = 2 },
    FR_SEARCH_VIEW_WALL,
    "These are for “harbour”. Press Enter to ask for “harbour night”." },

  /* filters, and people who are blocked */
  { { ASKED, .n_asked = 2, .n_found = 5, .n_hidden = 2 },
    FR_SEARCH_VIEW_WALL,
    "Asked 2 people. 5 pictures. 2 are hidden by filters." },
  { { ASKED, .n_asked = 2, .n_found = 5, .n_hidden = 1 },
    FR_SEARCH_VIEW_WALL,
    "Asked 2 people. 5 pictures. 1 is hidden by filters." },
  { { ASKED, .n_asked = 2, .n_found = 5, .n_hidden = 5 }, FR_SEARCH_VIEW_HIDDEN, "Asked 2 people. 5 pictures." },
  { { .words = "harbour", .looked_here = TRUE, .n_found = 1, .n_hidden = 1 },
    FR_SEARCH_VIEW_HIDDEN,
    "1 picture of your own. Press Enter to ask your people and theirs." },
  { { ASKED, .n_asked = 1, .n_found = 1, .n_blocked = 2 },
    FR_SEARCH_VIEW_WALL,
    "Asked 1 person. 1 picture. 2 pictures from people you blocked are not shown." },
  { { LISTENING, .n_blocked = 1 },
    FR_SEARCH_VIEW_WALL,
    "Still listening. 1 picture from people you blocked is not shown." },
};

static void
test_line (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_search_text_describe (&rows[i].facts);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (fr_search_text_get_view (&rows[i].facts), ==, rows[i].view);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_page (void)
{
  static const struct
  {
    FrSearchFacts facts;
    const char *title;
    const char *body;
  } pages[] = {
    { { .words = "" },
      "Look for Pictures",
      "Type a word of a title, a tag or a description. Parts of words are found." },
    { { .words = "harbour", .looked_here = TRUE },
      "None of Your Own",
      "Press Enter to ask your people and theirs." },
    { { .words = "harbour", .looked_here = TRUE, .scope = FR_SCOPE_PEOPLE },
      "None of Your Own",
      "Press Enter to ask your people." },
    { { .words = "harbour", .scope = FR_SCOPE_PERSON, .person = "Anna" }, "Ask Anna", "Press Enter to ask Anna." },
    { { .words = "harbour", .looked_here = TRUE, .scope = FR_SCOPE_MINE },
      "None of Your Own",
      "Try fewer words, or ask your people and theirs." },
    { { ASKED, .n_asked = 14 }, "Nothing Found", "Asked 14 people. Try fewer words, or parts of words, or be told when it turns up." },
    { { ASKED }, "Nothing Found", "Try fewer words, or parts of words, or be told when it turns up." },
    { { ASKED, .is_wished = TRUE },
      "Nothing Found",
      "Try fewer words, or parts of words. You will be told when it turns up." },
    { { ASKED, .n_asked = 14, .is_stopped = TRUE },
      "Nothing Found",
      "Stopped before everyone had time to answer. Try fewer words, or parts of words, or be told when it turns up." },
    { { ALONE },
      "Nobody Is Here Right Now",
      "So only your own pictures were searched, and none of them matches." },
    { { ALONE, .scope = FR_SCOPE_PERSON, .person = "Anna" },
      "Anna Is Not Here Right Now",
      "You both need Freshet open at the same time." },
    { { ASKED, .n_found = 5, .n_hidden = 5 },
      "Hidden by Filters",
      "5 pictures were found, and none of them passes." },
    { { ASKED, .n_found = 1, .n_hidden = 1 }, "Hidden by Filters", "1 picture was found, and it does not pass." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *title = fr_search_text_make_title (&pages[i].facts);
      g_autofree char *body = fr_search_text_make_body (&pages[i].facts);

      g_assert_cmpstr (title, ==, pages[i].title);
      g_assert_cmpstr (body, ==, pages[i].body);
    }
}

static void
test_faults (void)
{
  static const struct
  {
    const char *words;
    const char *fault;
  } faults[] = {
    { "harbour", NULL },
    { "海", NULL }, /* one letter is a word there */
    { "-dune", NULL },
    { "-", "Type a word to look for." },
    { "“”", "Type a word to look for." },
    { "a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5 6", NULL },
    { "a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5 6 7", "That is too much at once. Use fewer words." },
  };
  g_autofree char *longest = g_strnfill (256, 'a'), *too_long = g_strnfill (257, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    g_assert_cmpstr (fr_search_text_describe_fault (faults[i].words), ==, faults[i].fault);
  g_assert_null (fr_search_text_describe_fault (longest));
  g_assert_cmpstr (fr_search_text_describe_fault (too_long), ==, "That is too much at once. Use fewer words.");
}

/* Every kind that there is belongs to one of those that can be chosen. */
static void
test_kinds (void)
{
  static const struct
  {
    guint kinds;
    const char *text;
  } sets[] = {
    { 0, "Kind" },
    { FR_SEARCH_ALL_KINDS, "Kind" },
    { FR_SEARCH_KIND (1), "JPEG" },
    { FR_SEARCH_KIND (8), "Drawing" },
    { FR_SEARCH_KIND (7), "Others" },
    { FR_SEARCH_KIND (0) | FR_SEARCH_KIND (5), "Others" },
    { FR_SEARCH_KIND (1) | FR_SEARCH_KIND (2), "2 Kinds" },
  };
  guint all = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *text = fr_filter_text_describe_kinds (sets[i].kinds);

      g_assert_cmpstr (text, ==, sets[i].text);
    }
  for (guint kind = 0; kind < FR_FILTER_N_KINDS; kind++)
    {
      g_assert_cmpuint (all & fr_filter_text_get_kinds (kind), ==, 0);
      all |= fr_filter_text_get_kinds (kind);
      g_assert_nonnull (fr_filter_text_name_kind (kind));
    }
  g_assert_cmpuint (all, ==, FR_SEARCH_ALL_KINDS);
}

static void
test_sizes (void)
{
  static const struct
  {
    guint64 pixels;
    const char *name;
  } sizes[FR_FILTER_N_SIZES] = {
    { 0, "Any Size" },
    { 1000000, "1 Megapixel or More" },
    { 4000000, "4 Megapixels or More" },
    { 12000000, "12 Megapixels or More" },
  };

  for (guint i = 0; i < FR_FILTER_N_SIZES; i++)
    {
      g_autofree char *name = fr_filter_text_name_size (i);

      g_assert_cmpuint (fr_filter_text_get_pixels (i), ==, sizes[i].pixels);
      g_assert_cmpstr (name, ==, sizes[i].name);
    }
}

static void
test_dates (void)
{
  static const struct
  {
    int year, month, day;
    guint since[FR_FILTER_N_DATES];
  } days[] = {
    { 1970, 1, 1, { 0, G_MAXUINT - 2, 0, 0 } },      /* a Thursday; nobody lives then */
    { 2026, 11, 28, { 0, 20780, 20758, 20454 } },    /* a Saturday */
    { 2026, 11, 30, { 0, 20787, 20758, 20454 } },    /* a Monday */
    { 2028, 2, 29, { 0, 21242, 21215, 21184 } },     /* a Tuesday */
    { 2028, 12, 31, { 0, 21543, 21519, 21184 } },    /* a Sunday */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_local (days[i].year, days[i].month, days[i].day, 23, 59, 0);

      for (guint date = 0; date < FR_FILTER_N_DATES; date++)
        {
          g_assert_cmpuint (fr_filter_text_get_since (date, now), ==, days[i].since[date]);
          g_assert_nonnull (fr_filter_text_name_date (date));
        }
    }
}

static void
test_scopes (void)
{
  g_assert_cmpstr (fr_filter_text_name_scope (FR_SCOPE_EVERYONE), ==, "Everyone");
  g_assert_cmpstr (fr_filter_text_name_scope (FR_SCOPE_PEOPLE), ==, "My People");
  g_assert_cmpstr (fr_filter_text_name_scope (FR_SCOPE_MINE), ==, "My Pictures");
  g_assert_null (fr_filter_text_name_scope (FR_SCOPE_PERSON));
}

void
test_search_texts_add (void)
{
  g_test_add_func ("/ui/search-texts/line", test_line);
  g_test_add_func ("/ui/search-texts/page", test_page);
  g_test_add_func ("/ui/search-texts/faults", test_faults);
  g_test_add_func ("/ui/search-texts/kinds", test_kinds);
  g_test_add_func ("/ui/search-texts/sizes", test_sizes);
  g_test_add_func ("/ui/search-texts/dates", test_dates);
  g_test_add_func ("/ui/search-texts/scopes", test_scopes);
}
