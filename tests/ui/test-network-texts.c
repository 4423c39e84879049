/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "fr-network-layout.h"
#include "fr-network-text.h"
#include "fr-search-wave.h"

#include "tests.h"

/* What decides how the network looks and what is said of it, without a window. */

#define STEP FR_SEARCH_WAVE_STEP_US
#define FADE FR_SEARCH_WAVE_FADE_US

static void
test_links (void)
{
  static const struct
  {
    FrNetworkLinkFacts facts;
    const char *text, *delay;
  } rows[] = {
    { { TRUE, FALSE, 12000, 0 }, "Anna, here, directly, 12 milliseconds, quiet", "12 ms" },
    { { TRUE, FALSE, 300, 0 }, "Anna, here, directly, 1 millisecond, quiet", "1 ms" },
    { { TRUE, FALSE, 0, 0 }, "Anna, here, directly, quiet", "…" },
    { { TRUE, TRUE, 80499, 15 }, "Anna, here, through a relay, 80 milliseconds, quiet", "80 ms" },
    { { TRUE, TRUE, 1000, 16 }, "Anna, here, through a relay, 1 millisecond, busy", "1 ms, busy" },
    { { TRUE, TRUE, 0, 511 }, "Anna, here, through a relay, busy", "…" },
    { { TRUE, FALSE, 1200000, 512 }, "Anna, here, directly, 1200 milliseconds, very busy", "1200 ms, very busy" },
    { { FALSE, FALSE, 12000, 900 }, "Anna, connecting", "…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_network_text_describe_link ("Anna", &rows[i].facts);
      g_autofree char *delay = fr_network_text_describe_delay (&rows[i].facts);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (delay, ==, rows[i].delay);
    }
  g_assert_cmpint (fr_network_text_judge_delay (0), ==, FR_DELAY_UNKNOWN);
  g_assert_cmpint (fr_network_text_judge_delay (80000), ==, FR_DELAY_SHORT);
  g_assert_cmpint (fr_network_text_judge_delay (80001), ==, FR_DELAY_LONG);
  g_assert_cmpint (fr_network_text_judge_delay (250000), ==, FR_DELAY_LONG);
  g_assert_cmpint (fr_network_text_judge_delay (250001), ==, FR_DELAY_VERY_LONG);
}

static void
test_searches (void)
{
  static const struct
  {
    guint n_asked, n_answered;
    gboolean is_listening;
    const char *text, *summary;
  } rows[] = {
    { 0, 0, TRUE, "“harbour”: asked 0 people so far. 0 answered.", "Nobody was here to be asked." },
    { 1, 0, TRUE, "“harbour”: asked 1 person so far. 0 answered.", "Asked 1 person. 0 answered." },
    { 14, 3, TRUE, "“harbour”: asked 14 people so far. 3 answered.", "Asked 14 people. 3 answered." },
    { 1, 1, FALSE, "“harbour”: asked 1 person. 1 answered.", "Asked 1 person. 1 answered." },
    { 14, 3, FALSE, "“harbour”: asked 14 people. 3 answered.", "Asked 14 people. 3 answered." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_network_text_describe_search ("harbour", rows[i].n_asked, rows[i].n_answered,
                                                               rows[i].is_listening);
      g_autofree char *summary = fr_network_text_summarize_search (rows[i].n_asked, rows[i].n_answered);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (summary, ==, rows[i].summary);
    }
}

static void
test_times (void)
{
  static const struct
  {
    gint64 us;
    const char *text;
    gint64 scale_us;
  } rows[] = {
    { 0, "0 ms", 10000 },          { 10000, "10 ms", 10000 },      { 10001, "10 ms", 20000 },
    { 20001, "20 ms", 50000 },     { 50001, "50 ms", 100000 },     { 999499, "999 ms", 1000000 },
    { 1000000, "1 s", 1000000 },   { 1440000, "1.4 s", 2000000 },  { 5000000, "5 s", 5000000 },
    { 60000000, "60 s", 100000000 },
  };
  g_autofree char *none = fr_network_text_describe_times (0, 0, 0);
  g_autofree char *one = fr_network_text_describe_times (1, 200000, 200000);
  g_autofree char *more = fr_network_text_describe_times (7, 200000, 1440000);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_network_text_describe_time (rows[i].us);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpint (fr_network_text_round_up_time (rows[i].us), ==, rows[i].scale_us);
    }
  g_assert_cmpstr (none, ==, "No answer has come yet.");
  g_assert_cmpstr (one, ==, "One answer, after 200 ms.");
  g_assert_cmpstr (more, ==, "7 answers, after 200 ms to 1.4 s.");
  g_assert_cmpint (fr_network_text_round_up_time (G_MAXINT64), ==, G_MAXINT64);
}

/* However many there are, and however narrow it is, nobody stands on anybody, or outside. */
static void
test_layout (void)
{
  static const int widths[] = { 300, 336, 500, 1000 };
  FrNetworkPoint points[FR_NETWORK_LAYOUT_MAX + 1];

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint n = 0; n <= FR_NETWORK_LAYOUT_MAX; n++)
      {
        FrNetworkSpace space = { .width = widths[w], .node_width = 90, .node_height = 80, .n_nodes = n };

        space.height = fr_network_layout_get_height (&space);
        fr_network_layout_place (&space, points);
        points[n] = fr_network_layout_get_middle (&space);
        for (guint i = 0; i <= n; i++)
          {
            g_assert_cmpfloat (points[i].x, >=, 45 - 0.01);
            g_assert_cmpfloat (points[i].x, <=, space.width - 45 + 0.01);
            g_assert_cmpfloat (points[i].y, >=, 40 - 0.01);
            g_assert_cmpfloat (points[i].y, <=, space.height - 40 + 0.01);
            for (guint j = 0; j < i; j++)
              g_assert_true (fabs (points[i].x - points[j].x) >= 90 - 0.01 || fabs (points[i].y - points[j].y) >= 80 - 0.01);
          }
      }
}

static void
test_layout_lines (void)
{
  FrNetworkSpace space = { .width = 500, .height = 300, .node_width = 100, .node_height = 80, .n_nodes = 4 };
  FrNetworkPoint points[4], middle = fr_network_layout_get_middle (&space), at;
  double x, y;

  fr_network_layout_place (&space, points);
  g_assert_cmpfloat_with_epsilon (points[0].x, 450, 0.01); /* the first at the end, then as a clock */
  g_assert_cmpfloat_with_epsilon (points[3].x, 250, 0.01);
  g_assert_cmpfloat_with_epsilon (points[3].y, 40, 0.01);
  at = fr_network_layout_leave (&space, middle, points[3]);
  g_assert_cmpfloat_with_epsilon (at.y, 110, 0.01); /* above oneself */
  at = fr_network_layout_leave (&space, points[0], middle);
  g_assert_cmpfloat_with_epsilon (at.x, 400, 0.01); /* beside them */
  at = fr_network_layout_leave (&space, middle, middle);
  g_assert_cmpfloat_with_epsilon (at.x, 250, 0.01);

  at = fr_network_layout_find (&space, points[0], 0, 3);
  g_assert_cmpfloat_with_epsilon (at.x, 250, 0.01);
  at = fr_network_layout_find (&space, points[0], 0.5, 3);
  g_assert_cmpfloat_with_epsilon (at.x, 350, 0.01);
  at = fr_network_layout_find (&space, points[0], 3, 3);
  g_assert_cmpfloat_with_epsilon (at.x, 550, 0.01); /* half as far away again */
  fr_network_layout_get_front (&space, 1, 3, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 200, 0.01);
  g_assert_cmpfloat_with_epsilon (y, 110, 0.01);
  fr_network_layout_get_front (&space, 2, 3, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 250, 0.01);
}

/* It waits where nothing more is known, goes on from there, and fades. */
static void
test_wave (void)
{
  g_autoptr (FrSearchWave) wave = fr_search_wave_new ();

  fr_search_wave_reach (wave, 2, 0); /* of nothing */
  g_assert_false (fr_search_wave_is_moving (wave, 0));
  fr_search_wave_begin (wave, 0);
  g_assert_false (fr_search_wave_is_moving (wave, STEP));
  fr_search_wave_reach (wave, 1, STEP);
  g_assert_cmpfloat_with_epsilon (fr_search_wave_get_front (wave, STEP), 0, 0.001);
  g_assert_cmpfloat_with_epsilon (fr_search_wave_get_front (wave, STEP * 3 / 2), 0.5, 0.001);
  fr_search_wave_reach (wave, 3, STEP * 3 / 2);
  fr_search_wave_reach (wave, 2, STEP * 3 / 2); /* it goes no way back */
  g_assert_cmpuint (fr_search_wave_get_n_steps (wave), ==, 3);
  g_assert_cmpfloat_with_epsilon (fr_search_wave_get_front (wave, STEP * 2), 1, 0.001);
  g_assert_cmpfloat_with_epsilon (fr_search_wave_get_front (wave, STEP * 9), 3, 0.001);
  g_assert_cmpfloat_with_epsilon (fr_search_wave_get_alpha (wave, STEP * 4), 1, 0.001);
  g_assert_cmpfloat_with_epsilon (fr_search_wave_get_alpha (wave, STEP * 4 + FADE / 2), 0.5, 0.001);
  g_assert_true (fr_search_wave_is_moving (wave, STEP * 4 + FADE - 1));
  g_assert_false (fr_search_wave_is_moving (wave, STEP * 4 + FADE));
  fr_search_wave_reach (wave, 4, STEP * 9); /* somebody has told late */
  g_assert_cmpfloat_with_epsilon (fr_search_wave_get_front (wave, STEP * 9), 3, 0.001);
  g_assert_true (fr_search_wave_is_moving (wave, STEP * 9));
  fr_search_wave_reach (wave, 1000, STEP * 9);
  g_assert_cmpuint (fr_search_wave_get_n_steps (wave), ==, FR_SEARCH_WAVE_MAX_STEPS);
  fr_search_wave_end (wave);
  g_assert_false (fr_search_wave_is_moving (wave, STEP * 9));
}

/* None leaves before it was asked for; each is gone when it has come. */
static void
test_wave_answers (void)
{
  g_autoptr (FrSearchWave) wave = fr_search_wave_new ();
  FrWaveAnswer answers[FR_SEARCH_WAVE_MAX_ANSWERS];
  FrPeerKey link = { .bytes = { 7 } };

  fr_search_wave_answer (wave, &link, 1, 0);
  g_assert_cmpuint (fr_search_wave_list_answers (wave, 0, answers), ==, 0); /* to no search */
  fr_search_wave_begin (wave, 0);
  fr_search_wave_answer (wave, &link, 2, 0);
  g_assert_cmpuint (fr_search_wave_get_n_steps (wave), ==, 2); /* it was asked, whether or not that was told */
  g_assert_cmpuint (fr_search_wave_list_answers (wave, STEP, answers), ==, 0);
  g_assert_true (fr_search_wave_is_moving (wave, STEP));
  g_assert_cmpuint (fr_search_wave_list_answers (wave, STEP * 2, answers), ==, 1);
  g_assert_cmpfloat_with_epsilon (answers[0].steps, 2, 0.001);
  g_assert_true (fr_peer_key_equal (&answers[0].link, &link));
  g_assert_cmpuint (fr_search_wave_list_answers (wave, STEP * 7 / 2, answers), ==, 1);
  g_assert_cmpfloat_with_epsilon (answers[0].steps, 0.5, 0.001);
  g_assert_cmpuint (fr_search_wave_list_answers (wave, STEP * 4, answers), ==, 0);

  for (guint i = 0; i <= FR_SEARCH_WAVE_MAX_ANSWERS; i++)
    fr_search_wave_answer (wave, &link, 0, STEP * 5);
  g_assert_cmpuint (fr_search_wave_list_answers (wave, STEP * 5, answers), ==, FR_SEARCH_WAVE_MAX_ANSWERS);
  g_assert_cmpfloat_with_epsilon (answers[0].steps, 1, 0.001);
  g_assert_false (fr_search_wave_is_moving (wave, STEP * 6));
}

void
test_network_texts_add (void)
{
  g_test_add_func ("/ui/network-texts/links", test_links);
  g_test_add_func ("/ui/network-texts/searches", test_searches);
  g_test_add_func ("/ui/network-texts/times", test_times);
  g_test_add_func ("/ui/network-texts/layout", test_layout);
  g_test_add_func ("/ui/network-texts/layout-lines", test_layout_lines);
  g_test_add_func ("/ui/network-texts/wave", test_wave);
  g_test_add_func ("/ui/network-texts/wave-answers", test_wave_answers);
}
