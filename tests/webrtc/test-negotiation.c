/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-negotiation.h"

#include "tests.h"

#define HOST "candidate:1 1 UDP 2015363327 127.0.0.1 40000 typ host"

/* What may happen to a negotiation, a letter each, and what it then has done. */
static gboolean
step (FrNegotiation *negotiation, char what)
{
  switch (what)
    {
    case 's':
      fr_negotiation_start (negotiation, 0);
      return TRUE;
    case 'l':
      return fr_negotiation_local_description (negotiation, "mine", 0);
    case 'r':
      return fr_negotiation_remote_description (negotiation, "theirs", 0);
    case 'c':
      return fr_negotiation_local_candidate (negotiation, 0, HOST);
    case 'C':
      return fr_negotiation_remote_candidate (negotiation, 0, HOST);
    case 'o':
      return fr_negotiation_opened (negotiation);
    case 'x':
      fr_negotiation_close (negotiation);
      return TRUE;
    case 't':
      fr_negotiation_tick (negotiation, FR_NEGOTIATION_TIMEOUT_US);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static void
append_actions (FrNegotiation *negotiation, GString *done)
{
  static const char letters[] = "OADCdc!"; /* in the order of FrNegotiationActionType */

  while (TRUE)
    {
      g_auto (FrNegotiationAction) action = { 0 };

      if (!fr_negotiation_next_action (negotiation, &action))
        return;
      g_string_append_c (done, letters[action.type]);
      if (action.type == FR_NEGOTIATION_APPLY_DESCRIPTION)
        g_assert_cmpstr (action.text, ==, "theirs");
      else if (action.type == FR_NEGOTIATION_SEND_DESCRIPTION)
        g_assert_cmpstr (action.text, ==, "mine");
      else if (action.type == FR_NEGOTIATION_APPLY_CANDIDATE || action.type == FR_NEGOTIATION_SEND_CANDIDATE)
        g_assert_cmpstr (action.text, ==, HOST);
      else
        g_assert_null (action.text);
    }
}

static const struct
{
  const char *name;
  gboolean dialler;
  const char *steps;
  const char *done; /* O create offer, A create answer, D apply description, C candidate, d send description,
                       c candidate, ! give up, - the step was refused */
  FrNegotiationState state;
} cases[] = {
  { "dialler", TRUE, "slrCo", "OdDC", FR_NEGOTIATION_OPEN },
  { "answerer", FALSE, "rlCo", "DAdC", FR_NEGOTIATION_OPEN },
  { "answerer starts", FALSE, "s", "", FR_NEGOTIATION_NEW },
  { "start twice", TRUE, "ss", "O", FR_NEGOTIATION_OFFERING },
  { "candidates before the offer", FALSE, "CCrl", "DACCd", FR_NEGOTIATION_CONNECTING },
  { "candidates before the answer", TRUE, "slCCrC", "OdDCCC", FR_NEGOTIATION_CONNECTING },
  { "own candidates before the offer is out", TRUE, "scclc", "Odccc", FR_NEGOTIATION_OFFERED },
  { "own candidates before the answer is out", FALSE, "rcl", "DAdc", FR_NEGOTIATION_CONNECTING },
  { "candidates after open", TRUE, "slroCc", "OdDCc", FR_NEGOTIATION_OPEN },
  { "answer before the offer", TRUE, "sr", "O-", FR_NEGOTIATION_OFFERING },
  { "answer before the start", TRUE, "r", "-", FR_NEGOTIATION_NEW },
  { "answer twice", TRUE, "slrr", "OdD-", FR_NEGOTIATION_CONNECTING },
  { "offer twice", FALSE, "rr", "DA-", FR_NEGOTIATION_ANSWERING },
  { "description that was not asked for", TRUE, "l", "-", FR_NEGOTIATION_NEW },
  { "description twice", TRUE, "sll", "Od-", FR_NEGOTIATION_OFFERED },
  { "open too early", TRUE, "slo", "Od-", FR_NEGOTIATION_OFFERED },
  { "open twice", TRUE, "slroo", "OdD-", FR_NEGOTIATION_OPEN },
  { "no time runs before the start", TRUE, "t", "", FR_NEGOTIATION_NEW },
  { "no time runs before the offer", FALSE, "t", "", FR_NEGOTIATION_NEW },
  { "no offer in time", TRUE, "st", "O!", FR_NEGOTIATION_TIMED_OUT },
  { "no answer in time", TRUE, "slt", "Od!", FR_NEGOTIATION_TIMED_OUT },
  { "no connection in time", TRUE, "slrt", "OdD!", FR_NEGOTIATION_TIMED_OUT },
  { "answer not made in time", FALSE, "rt", "DA!", FR_NEGOTIATION_TIMED_OUT },
  { "answerer not connected in time", FALSE, "rlt", "DAd!", FR_NEGOTIATION_TIMED_OUT },
  { "no time runs after open", TRUE, "slrot", "OdD", FR_NEGOTIATION_OPEN },
  { "gives up once", TRUE, "stt", "O!", FR_NEGOTIATION_TIMED_OUT },
  { "too late", TRUE, "sltrcCo", "Od!----", FR_NEGOTIATION_TIMED_OUT },
  { "closed", TRUE, "slxrcCot", "Od----", FR_NEGOTIATION_CLOSED },
  { "closed at once", FALSE, "xrlcCo", "-----", FR_NEGOTIATION_CLOSED },
  { "closed with candidates held", FALSE, "CCcx", "", FR_NEGOTIATION_CLOSED },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FrNegotiation) negotiation = fr_negotiation_new (cases[i].dialler, 0);
      g_autoptr (GString) done = g_string_new (NULL);

      g_test_message ("%s", cases[i].name);
      for (const char *what = cases[i].steps; *what != '\0'; what++)
        {
          if (!step (negotiation, *what))
            g_string_append_c (done, '-');
          append_actions (negotiation, done);
        }
      g_assert_cmpstr (done->str, ==, cases[i].done);
      g_assert_cmpint (fr_negotiation_get_state (negotiation), ==, cases[i].state);
    }
}

static void
test_deadline (void)
{
  g_autoptr (FrNegotiation) negotiation = fr_negotiation_new (TRUE, 1000);

  g_assert_cmpint (fr_negotiation_next_deadline (negotiation), ==, G_MAXINT64);
  fr_negotiation_start (negotiation, 50);
  g_assert_cmpint (fr_negotiation_next_deadline (negotiation), ==, 1050);
  g_assert_true (fr_negotiation_local_description (negotiation, "mine", 500));
  g_assert_cmpint (fr_negotiation_next_deadline (negotiation), ==, 1050);
  fr_negotiation_tick (negotiation, 1049);
  g_assert_cmpint (fr_negotiation_get_state (negotiation), ==, FR_NEGOTIATION_OFFERED);
  fr_negotiation_tick (negotiation, 1050);
  g_assert_cmpint (fr_negotiation_get_state (negotiation), ==, FR_NEGOTIATION_TIMED_OUT);
  g_assert_cmpint (fr_negotiation_next_deadline (negotiation), ==, G_MAXINT64);
}

static void
test_default_timeout (void)
{
  g_autoptr (FrNegotiation) negotiation = fr_negotiation_new (FALSE, 0);

  g_assert_true (fr_negotiation_remote_description (negotiation, "theirs", 7));
  g_assert_cmpint (fr_negotiation_next_deadline (negotiation), ==, 7 + FR_NEGOTIATION_TIMEOUT_US);
}

static void
test_candidates_bounded (void)
{
  g_autoptr (FrNegotiation) negotiation = fr_negotiation_new (FALSE, 0);
  g_autoptr (GString) done = g_string_new (NULL);

  for (guint i = 0; i < FR_NEGOTIATION_MAX_CANDIDATES; i++)
    g_assert_true (fr_negotiation_remote_candidate (negotiation, 0, HOST));
  g_assert_cmpuint (fr_negotiation_get_n_ignored (negotiation), ==, 0);
  g_assert_false (fr_negotiation_remote_candidate (negotiation, 0, HOST));
  g_assert_cmpuint (fr_negotiation_get_n_ignored (negotiation), ==, 1);
  g_assert_true (fr_negotiation_remote_description (negotiation, "theirs", 0));
  append_actions (negotiation, done);
  g_assert_cmpuint (done->len, ==, 2 + FR_NEGOTIATION_MAX_CANDIDATES);
  g_assert_false (fr_negotiation_remote_candidate (negotiation, 0, HOST));
}

/* Harmless, and neither applied nor counted against the good ones. */
static void
test_candidates_ignored (void)
{
  g_autoptr (FrNegotiation) negotiation = fr_negotiation_new (FALSE, 0);

  for (guint i = 0; i < 10 * FR_NEGOTIATION_MAX_CANDIDATES; i++)
    g_assert_false (fr_negotiation_remote_candidate (negotiation, 0, "rubbish"));
  g_assert_false (fr_negotiation_remote_candidate (negotiation, 1, HOST));
  g_assert_false (fr_negotiation_remote_candidate (negotiation, 0, ""));
  g_assert_cmpuint (fr_negotiation_get_n_ignored (negotiation), ==, 10 * FR_NEGOTIATION_MAX_CANDIDATES + 2);
  g_assert_true (fr_negotiation_remote_candidate (negotiation, 0, HOST));
}

static void
test_glare (void)
{
  const guint8 small[FR_DIAL_ID_SIZE] = { 0x7f, 0xff };
  const guint8 large[FR_DIAL_ID_SIZE] = { 0x80, 0x00 };
  const guint8 last[FR_DIAL_ID_SIZE] = { [0] = 0x80, [FR_DIAL_ID_SIZE - 1] = 1 };

  g_assert_true (fr_dial_id_wins (small, large));
  g_assert_false (fr_dial_id_wins (large, small));
  g_assert_true (fr_dial_id_wins (large, last));
  g_assert_false (fr_dial_id_wins (last, large));
  g_assert_false (fr_dial_id_wins (large, large));
}

void
test_negotiation_add (void)
{
  g_test_add_func ("/webrtc/negotiation/table", test_table);
  g_test_add_func ("/webrtc/negotiation/deadline", test_deadline);
  g_test_add_func ("/webrtc/negotiation/default-timeout", test_default_timeout);
  g_test_add_func ("/webrtc/negotiation/candidates-bounded", test_candidates_bounded);
  g_test_add_func ("/webrtc/negotiation/candidates-ignored", test_candidates_ignored);
  g_test_add_func ("/webrtc/negotiation/glare", test_glare);
}
