/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>

#include "fr-limit-text.h"
#include "fr-transfer-ring.h"
#include "fr-transfer-text.h"

#include "tests.h"

/* What is said of what is on its way, and the ring. */

#define COMING .done = 1200000, .total = 3400000, .seconds_left = -1
#define GOING .is_going = TRUE, .done = 1200000, .total = 3400000, .seconds_left = -1
#define BOTH (FR_TRANSFER_PAUSE | FR_TRANSFER_CANCEL)
#define HALF (1200000.0 / 3400000.0)

/* Every state: the line, how full its bar is, what is offered, where it stands. */
static void
test_lines (void)
{
  static const struct
  {
    FrTransferFacts facts;
    const char *line;
    double fraction;
    FrTransferOffers offers;
    FrTransferGroup group;
  } rows[] = {
    { { COMING, .state = FR_FETCH_CONNECTING }, "Reaching Anna…", HALF, BOTH, FR_TRANSFER_COMING },
    { { .state = FR_FETCH_CONNECTING }, "Reaching Anna…", 0, BOTH, FR_TRANSFER_COMING },
    { { COMING, .state = FR_FETCH_QUEUED }, "Anna sends to others first…", HALF, BOTH, FR_TRANSFER_COMING },
    { { COMING, .state = FR_FETCH_QUEUED, .place = 2 }, "Anna sends to others first, you are number 2…", HALF, BOTH,
      FR_TRANSFER_COMING },
    { { COMING, .state = FR_FETCH_RUNNING }, "From Anna, 1.2 MB of 3.4 MB", HALF, BOTH, FR_TRANSFER_COMING },
    { { .state = FR_FETCH_RUNNING, .done = 3, .total = 2, .seconds_left = -1 }, "From Anna, 3 bytes of 2 bytes", 1, BOTH,
      FR_TRANSFER_COMING },
    { { COMING, .state = FR_FETCH_PAUSED }, "Paused, 1.2 MB of 3.4 MB", HALF, FR_TRANSFER_RESUME | FR_TRANSFER_CANCEL,
      FR_TRANSFER_COMING },
    { { COMING, .state = FR_FETCH_WAITING, .error = "Anna went." }, "Waits until Anna is here", -1, FR_TRANSFER_CANCEL,
      FR_TRANSFER_COMING },
    { { COMING, .state = FR_FETCH_FAILED, .error = "Anna went." }, "Anna went.", -1, FR_TRANSFER_RETRY,
      FR_TRANSFER_OVER },
    { { COMING, .state = FR_FETCH_FAILED }, "The picture did not come.", -1, FR_TRANSFER_RETRY, FR_TRANSFER_OVER },
    { { COMING, .state = FR_FETCH_FAILED, .error = "It was cancelled.", .is_stopped = TRUE }, "Stopped", -1,
      FR_TRANSFER_RETRY, FR_TRANSFER_OVER },
    { { COMING, .state = FR_FETCH_DONE, .error = "There is no room left." }, "There is no room left.", -1,
      FR_TRANSFER_OPEN, FR_TRANSFER_OVER },
    { { GOING, .state = FR_FETCH_QUEUED }, "Anna waits for their turn", HALF, 0, FR_TRANSFER_GOING },
    { { GOING, .state = FR_FETCH_RUNNING }, "To Anna, 1.2 MB of 3.4 MB", HALF, 0, FR_TRANSFER_GOING },
    { { GOING, .state = FR_FETCH_FAILED }, "To Anna, not all of it", -1, 0, FR_TRANSFER_OVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrTransferFacts facts = rows[i].facts;
      g_autofree char *line = NULL;

      facts.title = "Dune";
      facts.name = "Anna";
      line = fr_transfer_text_describe (&facts, 0);
      g_assert_cmpstr (line, ==, rows[i].line);
      g_assert_cmpfloat (fr_transfer_text_get_fraction (&facts), ==, rows[i].fraction);
      g_assert_cmpuint (fr_transfer_text_get_offers (&facts), ==, rows[i].offers);
      g_assert_cmpint (fr_transfer_text_get_group (&facts), ==, rows[i].group);
    }
}

static void
test_pace (void)
{
  static const struct
  {
    gint64 seconds;
    const char *left;
  } rows[] = {
    { 0, "0 seconds left" },   { 1, "1 second left" },      { 59, "59 seconds left" },   { 60, "1 minute left" },
    { 89, "1 minute left" },   { 90, "2 minutes left" },    { 3569, "59 minutes left" }, { 3570, "1 hour left" },
    { 7200, "2 hours left" },  { 7 * 24 * 3600, "168 hours left" },
  };

  FrTransferFacts facts = { .state = FR_FETCH_RUNNING, .total = 2000, .done = 1000, .seconds_left = -1 };
  g_autofree char *at_first = fr_transfer_text_describe_pace (&facts);
  g_autofree char *then = (facts.speed = 900000, fr_transfer_text_describe_pace (&facts));

  g_assert_cmpstr (at_first, ==, "");
  g_assert_cmpstr (then, ==, "900.0 kB a second");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *pace = NULL;
      g_autofree char *wanted = g_strdup_printf ("900.0 kB a second, %s", rows[i].left);

      facts.seconds_left = rows[i].seconds;
      pace = fr_transfer_text_describe_pace (&facts);
      g_assert_cmpstr (pace, ==, wanted);
    }
  facts.is_going = TRUE;
  g_assert_null (fr_transfer_text_describe_pace (&facts));
  facts.is_going = FALSE;
  facts.state = FR_FETCH_QUEUED;
  g_assert_null (fr_transfer_text_describe_pace (&facts));
}

static void
test_times (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 11, 28, 15, 0, 0);
  static const struct
  {
    int day, hour;
    gboolean is_going;
    const char *name;
    const char *line;
  } rows[] = {
    { 28, 14, FALSE, "Anna", "From Anna, today at 14:05" },
    { 28, 0, FALSE, "Anna", "From Anna, today at 00:05" },
    { 27, 23, FALSE, "Anna", "From Anna, yesterday at 23:05" },
    { 26, 14, FALSE, "Anna", "From Anna, 26 November at 14:05" },
    { 28, 14, FALSE, NULL, "From someone you don’t know, today at 14:05" },
    { 28, 14, TRUE, "Anna", "To Anna, today at 14:05" },
    { 28, 14, TRUE, NULL, "To someone you don’t know, today at 14:05" },
    { 28, 14, FALSE, "%H of %s", "From %H of %s, today at 14:05" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) then = g_date_time_new_local (2026, 11, rows[i].day, rows[i].hour, 5, 0);
      const FrTransferFacts facts = { .title = "Dune", .name = rows[i].name, .state = FR_FETCH_DONE,
                                      .is_going = rows[i].is_going,
                                      .ended_us = g_date_time_to_unix (then) * G_USEC_PER_SEC };
      g_autofree char *line
          = fr_transfer_text_describe (&facts, g_date_time_to_unix (now) * G_USEC_PER_SEC);

      g_assert_cmpstr (line, ==, rows[i].line);
    }
}

static void
test_announcements (void)
{
  static const struct
  {
    FrTransferFacts facts;
    const char *text;
  } rows[] = {
    { { .state = FR_FETCH_DONE }, "“Dune” has come" },
    { { .state = FR_FETCH_DONE, .is_going = TRUE }, NULL },
    { { .state = FR_FETCH_FAILED, .error = "Anna went." }, "“Dune” did not come: Anna went." },
    { { .state = FR_FETCH_FAILED, .error = "Stopped.", .is_stopped = TRUE }, NULL },
    { { .state = FR_FETCH_FAILED, .is_going = TRUE, .error = "Anna went." }, NULL },
    { { .state = FR_FETCH_WAITING, .error = "Anna went." }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrTransferFacts facts = rows[i].facts;
      g_autofree char *text = NULL;

      facts.title = "Dune";
      text = fr_transfer_text_announce (&facts);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_button (void)
{
  static const struct
  {
    guint n_moving, n_failed;
    const char *name;
  } rows[] = {
    { 0, 0, "Transfers" },
    { 1, 0, "Transfers, 1 on its way" },
    { 3, 0, "Transfers, 3 on their way" },
    { 0, 1, "Transfers, 1 did not come" },
    { 2, 4, "Transfers, 2 on their way, 4 did not come" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = fr_transfer_text_name_button (rows[i].n_moving, rows[i].n_failed);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

static void
test_ring (void)
{
  g_autoptr (FrTransferRing) ring = g_object_ref_sink (g_object_new (FR_TYPE_TRANSFER_RING, NULL));
  int least, natural;

  gtk_widget_measure (GTK_WIDGET (ring), GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  g_assert_cmpint (least, ==, 16);
  g_assert_cmpint (natural, ==, 16);
  fr_transfer_ring_show (ring, 0.5, FALSE);
  g_assert_cmpfloat (fr_transfer_ring_get_share (ring), ==, 0.5);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (ring), "error"));
  fr_transfer_ring_show (ring, 7, TRUE);
  g_assert_cmpfloat (fr_transfer_ring_get_share (ring), ==, 1);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (ring), "error"));
  fr_transfer_ring_show (ring, -1, FALSE);
  g_assert_cmpfloat (fr_transfer_ring_get_share (ring), ==, 0);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (ring), "error"));
}

/* Limits are kept in KiB, and said in decimal units. */
static void
test_limits (void)
{
  static const struct
  {
    guint kib;
    const char *text;
  } rates[] = {
    { 0, "As fast as it goes" }, { 1, "1 kB a second" },     { 98, "100 kB a second" },     { 244, "250 kB a second" },
    { 976, "999 kB a second" },  { 977, "1 MB a second" },   { 1465, "1.5 MB a second" },   { 9766, "10 MB a second" },
    { 12000, "12 MB a second" }, { 1953, "2 MB a second" },  { G_MAXUINT, "4398047 MB a second" },
  };
  static const struct
  {
    guint down, up;
    const char *text;
  } rows[] = {
    { 0, 0, NULL },
    { 98, 0, "Pictures come no faster than 100 kB a second." },
    { 0, 98, "Pictures go out no faster than 100 kB a second." },
    { 977, 98, "Pictures come no faster than 1 MB a second, and go out no faster than 100 kB a second." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autofree char *text = fr_limit_text_describe_rate (rates[i].kib);

      g_assert_cmpstr (text, ==, rates[i].text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_limit_text_describe (rows[i].down, rows[i].up);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

void
test_transfer_texts_add (void)
{
  g_test_add_func ("/ui/transfer-texts/lines", test_lines);
  g_test_add_func ("/ui/transfer-texts/pace", test_pace);
  g_test_add_func ("/ui/transfer-texts/times", test_times);
  g_test_add_func ("/ui/transfer-texts/announcements", test_announcements);
  g_test_add_func ("/ui/transfer-texts/button", test_button);
  g_test_add_func ("/ui/transfer-texts/ring", test_ring);
  g_test_add_func ("/ui/transfer-texts/limits", test_limits);
}
