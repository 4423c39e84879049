/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-arrivals.h"
#include "fr-autostart.h"
#include "fr-closing.h"
#include "fr-notifier.h"
#include "fr-preferences-text.h"
#include "tests.h"

/* What the preferences and the notifications say, and what closing means: without a window. */

static void
test_passphrases (void)
{
  g_autofree char *long_one = g_strnfill (1025, 'x');
  const struct
  {
    const char *first, *again;
    FrPassphraseFault fault;
    const char *text;
  } rows[] = {
    { "", "", FR_PASSPHRASE_EMPTY, "It has at least 8 letters." },
    { "1234567", "1234567", FR_PASSPHRASE_SHORT, "It has at least 8 letters." },
    { "ééééééé", "ééééééé", FR_PASSPHRASE_SHORT, "It has at least 8 letters." },
    { "12345678", "", FR_PASSPHRASE_DIFFERENT, "Type the same once more." },
    { "12345678", "12345679", FR_PASSPHRASE_DIFFERENT, "Type the same once more." },
    { "12345678", "12345678", FR_PASSPHRASE_OK, NULL },
    { long_one, long_one, FR_PASSPHRASE_LONG, "That is too long." },
    { long_one + 1, long_one + 1, FR_PASSPHRASE_OK, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrPassphraseFault fault = fr_preferences_text_check_passphrase (rows[i].first, rows[i].again);
      g_autofree char *text = fr_preferences_text_describe_passphrase (fault);

      g_assert_cmpint (fault, ==, rows[i].fault);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_backup (void)
{
  g_autoptr (GError) exists = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_EXIST, "x");
  g_autoptr (GError) denied = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_ACCES, "x");
  g_autoptr (GError) stopped = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  const struct
  {
    const GError *error;
    const char *text;
  } rows[] = {
    { NULL, "Saved as “a.freshet”." },
    { exists, "There is a file called “a.freshet” already. Choose another name." },
    { denied, "“a.freshet” cannot be written there. Choose another folder." },
    { stopped, "Stopped. Nothing was saved." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_preferences_text_describe_backup (rows[i].error, "/b/a.freshet");

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
add_problem (FrStoreReport *report, FrStoreProblemKind kind, const char *file, gboolean mended)
{
  fr_store_report_add (report, kind, NULL, file);
  ((FrStoreProblem *) report->problems->pdata[report->problems->len - 1])->mended = mended;
}

static void
test_check (void)
{
  const struct
  {
    guint n_pictures, n_bad, n_mended, n_more;
    const char *text;
  } rows[] = {
    { 0, 0, 0, 0, "There is nothing to check yet." },
    { 1, 0, 0, 0, "1 picture is as it should be." },
    { 7, 0, 0, 0, "All 7 pictures are as they should be." },
    { 7, 0, 2, 0, "All is as it should be again: what was damaged could be made anew." },
    { 7, 1, 2, 0, "1 thing is not as it should be." },
    { 7, 2, 0, 5, "7 things are not as they should be." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrStoreReport) report = fr_store_report_new ();
      g_autofree char *text = NULL;

      report->n_pictures = rows[i].n_pictures;
      report->n_more = rows[i].n_more;
      for (guint j = 0; j < rows[i].n_bad; j++)
        add_problem (report, FR_STORE_PROBLEM_FOREIGN, "x", FALSE);
      for (guint j = 0; j < rows[i].n_mended; j++)
        add_problem (report, FR_STORE_PROBLEM_PREVIEW, "x", TRUE);
      text = fr_preferences_text_checked (report);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* Each kind has its words, and each says what can be done; what was mended says so. */
static void
test_problems (void)
{
  for (guint kind = 0; kind < FR_STORE_N_PROBLEM_KINDS; kind++)
    {
      FrStoreProblem problem = { .kind = kind, .file = (char *) "blobs/ab" };
      g_autofree char *text = fr_preferences_text_describe_problem (&problem);
      g_autofree char *name = fr_preferences_text_name_problem (&problem);
      g_autofree char *mended = NULL, *nameless = NULL;

      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_cmpstr (name, ==, "blobs/ab");
      problem.mended = TRUE;
      problem.file = NULL;
      mended = fr_preferences_text_describe_problem (&problem);
      nameless = fr_preferences_text_name_problem (&problem);
      g_assert_cmpstr (mended, ==, "It was damaged, and has been made anew.");
      g_assert_cmpstr (nameless, ==, "Your pictures");
    }
}

static void
test_packs (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  const struct
  {
    guint n_done, n_known, n_failed;
    const char *packed;
    const char *unpacked;
  } rows[] = {
    { 0, 0, 0, "0 pictures are in “Freshet” now.", "0 pictures added." },
    { 1, 0, 0, "1 picture is in “Freshet” now.", "1 picture added." },
    { 5, 1, 0, "5 pictures are in “Freshet” now.", "5 pictures added. 1 was there already." },
    { 5, 2, 3, "5 pictures are in “Freshet” now. 3 could not be copied.",
      "5 pictures added. 2 were there already. 3 could not be added." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrPackReport) report = fr_pack_report_new ();
      g_autofree char *packed = NULL, *unpacked = NULL;

      report->n_done = rows[i].n_done;
      report->n_known = rows[i].n_known;
      for (guint j = 0; j < rows[i].n_failed; j++)
        fr_pack_report_fail (report, "x", error);
      packed = fr_preferences_text_packed (report, "/media/Freshet");
      unpacked = fr_preferences_text_unpacked (report);
      g_assert_cmpstr (packed, ==, rows[i].packed);
      g_assert_cmpstr (unpacked, ==, rows[i].unpacked);
    }
}

static void
test_progress (void)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2026, 11, 28, 14, 0, 0);
  g_autofree char *early = fr_preferences_text_checking (0, 0);
  g_autofree char *half = fr_preferences_text_checking (1000000, 2000000);
  g_autofree char *packing = fr_preferences_text_packing (1, 2);
  g_autofree char *unpacking = fr_preferences_text_unpacking (1, 2);
  g_autofree char *first = fr_preferences_text_name_export (day, 1);
  g_autofree char *second = fr_preferences_text_name_export (day, 2);

  g_assert_cmpstr (early, ==, "Checking…");
  g_assert_nonnull (strstr (half, "1.0"));
  g_assert_nonnull (strstr (half, "2.0"));
  g_assert_cmpstr (packing, ==, "Copied 1 of 2 pictures…");
  g_assert_cmpstr (unpacking, ==, "Adding picture 1 of 2…");
  g_assert_cmpstr (first, ==, "Freshet 2026-11-28");
  g_assert_cmpstr (second, ==, "Freshet 2026-11-28 (2)");
}

static void
test_closing (void)
{
  static const struct
  {
    FrClosingFacts facts;
    FrClosing closing;
  } rows[] = {
    { { 0 }, FR_CLOSING_QUIT },
    { { FALSE, TRUE, TRUE, "yes" }, FR_CLOSING_QUIT },
    { { TRUE, FALSE, FALSE, "yes" }, FR_CLOSING_QUIT },
    { { TRUE, TRUE, TRUE, NULL }, FR_CLOSING_ASK },
    { { TRUE, TRUE, TRUE, "ask" }, FR_CLOSING_ASK },
    { { TRUE, TRUE, FALSE, "ask" }, FR_CLOSING_QUIT },
    { { TRUE, TRUE, TRUE, "no" }, FR_CLOSING_QUIT },
    { { TRUE, TRUE, FALSE, "yes" }, FR_CLOSING_STAY },
    { { TRUE, TRUE, TRUE, "yes" }, FR_CLOSING_STAY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_closing_choose (&rows[i].facts), ==, rows[i].closing);
}

/* The first at once, the others together, one message in ten seconds. */
static void
test_arrivals (void)
{
  static const struct
  {
    int at_ms;         /* a tenth of a second before the limit, and at it */
    const char *title; /* nullable: comes then */
    const char *from;
    guint n; /* 0: nothing is told */
    const char *told_from;
  } rows[] = {
    { 0, NULL, NULL, 0, NULL },          { 1000, "Dune", "Anna", 1, "Anna" },
    { 1000, NULL, NULL, 0, NULL },       { 2000, "Sea", "Anna", 0, NULL },
    { 10900, "Hill", "Anna", 0, NULL },  { 11000, NULL, NULL, 3, "Anna" },
    { 12000, "Lake", "Bert", 0, NULL },  { 21000, NULL, NULL, 4, NULL },
    { 99000, "River", "Bert", 5, NULL },
  };
  g_autoptr (FrArrivals) arrivals = fr_arrivals_new ();
  FrArrivalsNews news;

  g_assert_cmpint (fr_arrivals_next_deadline (arrivals), ==, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean tells;

      if (rows[i].title != NULL)
        fr_arrivals_add (arrivals, rows[i].title, rows[i].from);
      tells = fr_arrivals_tell (arrivals, &news, rows[i].at_ms * G_GINT64_CONSTANT (1000));
      g_assert_cmpint (tells, ==, rows[i].n > 0);
      if (!tells)
        continue;
      g_assert_cmpuint (news.n, ==, rows[i].n);
      g_assert_cmpstr (news.title, ==, "Dune");
      g_assert_cmpstr (news.from, ==, rows[i].told_from);
      g_assert_cmpint (fr_arrivals_next_deadline (arrivals), ==, -1);
    }
}

static void
test_arrivals_seen (void)
{
  g_autoptr (FrArrivals) arrivals = fr_arrivals_new ();
  FrArrivalsNews news;

  fr_arrivals_add (arrivals, "Dune", "Anna");
  g_assert_true (fr_arrivals_tell (arrivals, &news, 5));
  fr_arrivals_add (arrivals, "Sea", "Bert");
  fr_arrivals_forget (arrivals);
  g_assert_cmpint (fr_arrivals_next_deadline (arrivals), ==, -1);
  fr_arrivals_add (arrivals, "Lake", "Carl");
  g_assert_cmpint (fr_arrivals_next_deadline (arrivals), ==, 5 + FR_ARRIVALS_JOIN_US);
  g_assert_false (fr_arrivals_tell (arrivals, &news, 4 + FR_ARRIVALS_JOIN_US));
  g_assert_true (fr_arrivals_tell (arrivals, &news, 5 + FR_ARRIVALS_JOIN_US));
  g_assert_cmpuint (news.n, ==, 1);
  g_assert_cmpstr (news.title, ==, "Lake");
}

static void
test_autostart_text (void)
{
  static const struct
  {
    const char *text;
    gboolean starts;
  } rows[] = {
    { "", FALSE },
    { "no key file", FALSE },
    { "[Desktop Entry]\nName=Freshet\n", FALSE },
    { "[Desktop Entry]\nExec=freshet\n", TRUE },
    { "[Desktop Entry]\nExec=freshet\nHidden=true\n", FALSE },
    { "[Desktop Entry]\nExec=freshet\nHidden=false\n", TRUE },
    { "[Desktop Entry]\nExec=freshet\nX-GNOME-Autostart-enabled=false\n", FALSE },
    { "[Desktop Entry]\nExec=freshet\nX-GNOME-Autostart-enabled=true\n", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_autostart_text_starts (rows[i].text), ==, rows[i].starts);
}

void
test_preferences_texts_add (void)
{
  g_test_add_func ("/ui/preferences/passphrases", test_passphrases);
  g_test_add_func ("/ui/preferences/backup-words", test_backup);
  g_test_add_func ("/ui/preferences/check-words", test_check);
  g_test_add_func ("/ui/preferences/problem-words", test_problems);
  g_test_add_func ("/ui/preferences/pack-words", test_packs);
  g_test_add_func ("/ui/preferences/progress-words", test_progress);
  g_test_add_func ("/ui/preferences/closing", test_closing);
  g_test_add_func ("/ui/preferences/arrivals", test_arrivals);
  g_test_add_func ("/ui/preferences/arrivals-seen", test_arrivals_seen);
  g_test_add_func ("/ui/preferences/autostart-text", test_autostart_text);
}
