/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-private.h"
#include "fr-hit-private.h"
#include "fr-node-error.h"
#include "fr-node-private.h"
#include "fr-person-private.h"

#include "node-lab.h"
#include "tests.h"

/* What becomes of a fetch that has failed, and when it is kept by itself. There is a network, and nobody in it; what it
 * would say is made up. */

typedef struct
{
  NodeLab lab;
  FrPerson *person;
  FrFetch *fetch;
} Alone;

static void
alone_init (Alone *alone)
{
  static const FrPeerKey key = { { 7 } };
  static const FrHitItem item = { .id = { { 9 } }, .title = (char *) "Fish", .size = 1000 };
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_person_record_free);
  FrPersonRecord *record = fr_person_record_new (&key, "Anna", "", "anna");
  g_autoptr (FrHit) hit = fr_hit_new (&item, 0);
  FrNode *node;

  *alone = (Alone) { 0 };
  node = lab_add_node (&alone->lab, "Node 0", NULL);
  record->auto_connect = TRUE;
  g_ptr_array_add (people, record);
  fr_people_load (fr_node_get_people (node), people);
  alone->person = fr_people_find_key (fr_node_get_people (node), &key);
  fr_hit_add_holder (hit, &(FrHolder) { .key = key, .name = (char *) "Anna", .server = (char *) "",
                                        .address = (char *) "anna", .doorbell = (char *) "", .size = 1000 });
  alone->fetch = fr_node_fetch (node, hit, -1);
}

static void
alone_clear (Alone *alone)
{
  g_clear_object (&alone->fetch);
  lab_clear (&alone->lab);
}

/* What the network would say. */
static void
fail (Alone *alone, FrNodeError code, guint n_away)
{
  g_autoptr (FrNetworkReport) report = fr_network_report_new (FR_REPORT_FETCH);

  report->fetch_state = FR_FETCH_FAILED;
  report->total = 1000;
  report->count = n_away;
  report->error = fr_node_error_new (code, "Anna");
  fr_fetch_take_report (alone->fetch, report);
}

static gboolean
is_waiting (gpointer data)
{
  return fr_fetch_get_state (data) == FR_FETCH_WAITING;
}

static void
test_rules (void)
{
  static const struct
  {
    FrPersonState state;
    FrNodeError error;
    guint n_away;
    FrFetchState becomes;
  } rows[] = {
    { FR_PERSON_AWAY, FR_NODE_ERROR_NOT_THERE, 1, FR_FETCH_WAITING },
    { FR_PERSON_AWAY, FR_NODE_ERROR_NO_SERVER, 1, FR_FETCH_WAITING },
    { FR_PERSON_LOOKING, FR_NODE_ERROR_NO_ANSWER, 1, FR_FETCH_WAITING },
    { FR_PERSON_AWAY, FR_NODE_ERROR_GONE, 0, FR_FETCH_FAILED },   /* they were there, and do not have it */
    { FR_PERSON_AWAY, FR_NODE_ERROR_NO_ROUTE, 0, FR_FETCH_FAILED },
    { FR_PERSON_AWAY, FR_NODE_ERROR_GONE, 1, FR_FETCH_WAITING },  /* somebody else does not have it */
    { FR_PERSON_HERE, FR_NODE_ERROR_NO_ANSWER, 1, FR_FETCH_FAILED },
    { FR_PERSON_HERE, FR_NODE_ERROR_BUSY, 0, FR_FETCH_FAILED },
    { FR_PERSON_HERE, FR_NODE_ERROR_BROKEN, 0, FR_FETCH_FAILED },
    { FR_PERSON_HERE, FR_NODE_ERROR_LEFT, 1, FR_FETCH_WAITING },  /* they may just be going */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Alone alone;

      alone_init (&alone);
      fr_person_set_state (alone.person, rows[i].state, NULL);
      fail (&alone, rows[i].error, rows[i].n_away);
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (fr_fetch_get_state (alone.fetch), ==, rows[i].becomes);
      g_assert_error (fr_fetch_get_error (alone.fetch), FR_NODE_ERROR, (int) rows[i].error);
      g_assert_true ((fr_fetch_get_finished_us (alone.fetch) != 0) == (rows[i].becomes == FR_FETCH_FAILED));
      alone_clear (&alone);
    }
}

/* Somebody who is here and goes away whenever they are asked is not asked for ever; when they come anew, they are. */
static void
test_tries (void)
{
  Alone alone;
  FrPeerKey key;

  alone_init (&alone);
  fr_person_set_state (alone.person, FR_PERSON_HERE, NULL);
  g_assert_true (fr_person_get_key (alone.person, &key));
  for (guint i = 0; i < FR_FETCH_MAX_TRIES; i++)
    {
      fail (&alone, FR_NODE_ERROR_LEFT, 1);
      g_assert_cmpint (fr_fetch_get_state (alone.fetch), ==, FR_FETCH_WAITING);
      g_assert_false (alone.fetch->ready);
      fr_fetch_start (alone.fetch);
    }
  fail (&alone, FR_NODE_ERROR_LEFT, 1);
  g_assert_cmpint (fr_fetch_get_state (alone.fetch), ==, FR_FETCH_FAILED);
  fr_fetch_retry (alone.fetch);
  fail (&alone, FR_NODE_ERROR_LEFT, 1);
  g_assert_cmpint (fr_fetch_get_state (alone.fetch), ==, FR_FETCH_WAITING);
  fr_fetch_list_take_link_up (alone.lab.nodes[0]->fetches, &key);
  g_assert_cmpint (fr_fetch_get_state (alone.fetch), ==, FR_FETCH_CONNECTING);
  g_assert_cmpuint (alone.fetch->n_tries, ==, 0);
  alone_clear (&alone);
}

/* By itself, after a moment, if they are here still. */
static void
test_blip (void)
{
  Alone alone;

  alone_init (&alone);
  fr_person_set_state (alone.person, FR_PERSON_HERE, NULL);
  fail (&alone, FR_NODE_ERROR_LEFT, 1);
  g_assert_true (is_waiting (alone.fetch));
  g_source_set_ready_time (alone.fetch->timer, 0);
  while (is_waiting (alone.fetch))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (fr_fetch_get_state (alone.fetch), ==, FR_FETCH_CONNECTING);
  fail (&alone, FR_NODE_ERROR_LEFT, 1);
  fr_person_set_state (alone.person, FR_PERSON_AWAY, NULL);
  g_source_set_ready_time (alone.fetch->timer, 0);
  while (alone.fetch->timer != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_waiting (alone.fetch)); /* now until they come */
  alone_clear (&alone);
}

/* When it is kept by itself. */
static void
test_late (void)
{
  static const struct
  {
    gint64 waited_us;
    int said; /* -1: nothing */
    gboolean late;
  } rows[] = {
    { 0, -1, FALSE },
    { FR_FETCH_LATE_US, -1, FALSE },
    { FR_FETCH_LATE_US + 1, -1, TRUE },
    { FR_FETCH_LATE_US + 1, FALSE, FALSE },
    { 0, TRUE, TRUE },
  };
  Alone alone;

  alone_init (&alone);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      alone.fetch->waited_us = rows[i].waited_us;
      alone.fetch->keeps_said = FALSE;
      if (rows[i].said >= 0)
        fr_fetch_set_keeps (alone.fetch, rows[i].said);
      g_assert_cmpint (fr_fetch_is_late (alone.fetch), ==, rows[i].late);
    }
  alone_clear (&alone);
}

void
test_fetch_rules_add (void)
{
  g_test_add_func ("/node/fetch-rules/rules", test_rules);
  g_test_add_func ("/node/fetch-rules/tries", test_tries);
  g_test_add_func ("/node/fetch-rules/blip", test_blip);
  g_test_add_func ("/node/fetch-rules/late", test_late);
}
