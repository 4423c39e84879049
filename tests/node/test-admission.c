/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-admission.h"
#include "fr-node-private.h"
#include "fr-test-support.h"
#include "node-lab.h"
#include "rude-peer.h"
#include "tests.h"

/* Who comes in: by itself, then between whole nodes. */

#define SECOND ((gint64) G_USEC_PER_SEC)

static FrPeerKey
key_of (guint number)
{
  FrPeerKey key = { { 1 } };

  memcpy (&key.bytes[1], &number, sizeof number);
  return key;
}

static void
test_rules (void)
{
  static const struct
  {
    FrAdmissionRule rule;
    gboolean contact, blocked, expected, turned_away, answered;
    guint n_waiting;
    FrAdmissionVerdict link, transfer;
  } rows[] = {
    { FR_ADMIT_ANYONE, .link = FR_ADMISSION_YES, .transfer = FR_ADMISSION_YES },
    { FR_ADMIT_ANYONE, .blocked = TRUE, .link = FR_ADMISSION_NO, .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_ANYONE, .turned_away = TRUE, .link = FR_ADMISSION_YES, .transfer = FR_ADMISSION_YES },
    { FR_ADMIT_ASK, .link = FR_ADMISSION_ASK, .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_ASK, .n_waiting = FR_ADMISSION_MAX_WAITING - 1, .link = FR_ADMISSION_ASK, .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_ASK, .n_waiting = FR_ADMISSION_MAX_WAITING, .link = FR_ADMISSION_LATER, .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_ASK, .contact = TRUE, .n_waiting = FR_ADMISSION_MAX_WAITING, .link = FR_ADMISSION_YES,
      .transfer = FR_ADMISSION_YES },
    { FR_ADMIT_ASK, .expected = TRUE, .link = FR_ADMISSION_YES, .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_ASK, .turned_away = TRUE, .link = FR_ADMISSION_NO, .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_ASK, .turned_away = TRUE, .expected = TRUE, .link = FR_ADMISSION_NO, .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_CONTACTS, .expected = TRUE, .link = FR_ADMISSION_YES, .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_ASK, .turned_away = TRUE, .contact = TRUE, .link = FR_ADMISSION_YES, .transfer = FR_ADMISSION_YES },
    { FR_ADMIT_ASK, .answered = TRUE, .link = FR_ADMISSION_ASK, .transfer = FR_ADMISSION_YES },
    { FR_ADMIT_ASK, .contact = TRUE, .expected = TRUE, .answered = TRUE, .blocked = TRUE, .link = FR_ADMISSION_NO,
      .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_CONTACTS, .link = FR_ADMISSION_NO, .transfer = FR_ADMISSION_NO },
    { FR_ADMIT_CONTACTS, .contact = TRUE, .link = FR_ADMISSION_YES, .transfer = FR_ADMISSION_YES },
    { FR_ADMIT_CONTACTS, .answered = TRUE, .link = FR_ADMISSION_NO, .transfer = FR_ADMISSION_YES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrAdmission) admission = fr_admission_new ();
      const FrPeerKey key = key_of (1), other = key_of (2);

      g_test_message ("row %u", i);
      fr_admission_set_rule (admission, rows[i].rule);
      fr_admission_set_contact (admission, &key, rows[i].contact);
      fr_admission_set_blocked (admission, &key, rows[i].blocked);
      g_assert_cmpint (fr_admission_is_contact (admission, &key), ==, rows[i].contact && !rows[i].blocked);
      fr_admission_expect (admission, "zoe", rows[i].expected);
      if (rows[i].turned_away)
        fr_admission_turn_away (admission, &key, SECOND);
      if (rows[i].answered)
        fr_admission_answered (admission, &key, SECOND);
      g_assert_cmpint (fr_admission_judge_link (admission, &key, "zoe", rows[i].n_waiting, SECOND), ==, rows[i].link);
      g_assert_cmpint (fr_admission_judge_transfer (admission, &key, SECOND), ==, rows[i].transfer);
      /* another key, where nobody vouches for an address, is a stranger */
      g_assert_cmpint (fr_admission_judge_link (admission, &other, NULL, 0, SECOND), ==,
                       rows[i].rule == FR_ADMIT_ANYONE  ? FR_ADMISSION_YES
                       : rows[i].rule == FR_ADMIT_ASK ? FR_ADMISSION_ASK
                                                        : FR_ADMISSION_NO);
    }
}

/* What is remembered fades, each at its time, and is bounded. */
static void
test_memory (void)
{
  g_autoptr (FrAdmission) admission = fr_admission_new ();
  const FrPeerKey key = key_of (1);

  fr_admission_set_rule (admission, FR_ADMIT_ASK);
  fr_admission_turn_away (admission, &key, SECOND);
  fr_admission_answered (admission, &key, SECOND);
  g_assert_cmpint (fr_admission_judge_transfer (admission, &key, SECOND + FR_ADMISSION_ANSWERED_US - 1), ==,
                   FR_ADMISSION_YES);
  g_assert_cmpint (fr_admission_judge_transfer (admission, &key, SECOND + FR_ADMISSION_ANSWERED_US), ==,
                   FR_ADMISSION_NO);
  g_assert_cmpint (fr_admission_judge_link (admission, &key, NULL, 0, SECOND + FR_ADMISSION_TURNED_AWAY_US - 1), ==,
                   FR_ADMISSION_NO);
  g_assert_cmpint (fr_admission_judge_link (admission, &key, NULL, 0, SECOND + FR_ADMISSION_TURNED_AWAY_US), ==,
                   FR_ADMISSION_ASK);

  for (guint i = 0; i <= FR_ADMISSION_MAX_ANSWERED; i++)
    {
      const FrPeerKey one = key_of (100 + i);

      fr_admission_answered (admission, &one, 2 * SECOND);
      g_assert_cmpint (fr_admission_judge_transfer (admission, &one, 2 * SECOND), ==, FR_ADMISSION_YES);
    }
  {
    const FrPeerKey first = key_of (100), second = key_of (101);

    g_assert_cmpint (fr_admission_judge_transfer (admission, &first, 2 * SECOND), ==, FR_ADMISSION_NO);
    g_assert_cmpint (fr_admission_judge_transfer (admission, &second, 2 * SECOND), ==, FR_ADMISSION_YES);
  }
  for (guint i = 0; i <= FR_ADMISSION_MAX_EXPECTED; i++)
    {
      g_autofree char *address = g_strdup_printf ("zoe-%u", i);

      fr_admission_expect (admission, address, TRUE);
      g_assert_cmpint (fr_admission_judge_link (admission, &key, address, 0, 2 * FR_ADMISSION_TURNED_AWAY_US), ==,
                       i < FR_ADMISSION_MAX_EXPECTED ? FR_ADMISSION_YES : FR_ADMISSION_ASK);
    }
}

/* Whoever is expected is so until they have come, or the person has changed their mind, or is at another server. */
static void
test_expected (void)
{
  g_autoptr (FrAdmission) admission = fr_admission_new ();
  const FrPeerKey key = key_of (1);

  fr_admission_set_rule (admission, FR_ADMIT_ASK);
  fr_admission_expect (admission, "zoe", TRUE);
  fr_admission_expect (admission, "mia", TRUE);
  fr_admission_expect (admission, "zoe", FALSE);
  g_assert_cmpint (fr_admission_judge_link (admission, &key, "zoe", 0, SECOND), ==, FR_ADMISSION_ASK);
  g_assert_cmpint (fr_admission_judge_link (admission, &key, "mia", 0, SECOND), ==, FR_ADMISSION_YES);
  fr_admission_expect_nobody (admission);
  g_assert_cmpint (fr_admission_judge_link (admission, &key, "mia", 0, SECOND), ==, FR_ADMISSION_ASK);
}

static void
test_wait (void)
{
  g_assert_false (fr_admission_has_waited (SECOND, SECOND));
  g_assert_false (fr_admission_has_waited (SECOND, SECOND + FR_ADMISSION_WAIT_US));
  g_assert_true (fr_admission_has_waited (SECOND, SECOND + FR_ADMISSION_WAIT_US + 1));
}

/* Somebody who searches again and again is not in the way of others whose time is over, and not forgotten before them. */
static void
test_searches_again (void)
{
  g_autoptr (FrAdmission) admission = fr_admission_new ();
  const FrPeerKey often = key_of (1), once = key_of (2);
  const gint64 later_us = SECOND + FR_ADMISSION_ANSWERED_US;

  fr_admission_set_rule (admission, FR_ADMIT_ASK);
  fr_admission_answered (admission, &often, SECOND);
  fr_admission_answered (admission, &once, SECOND);
  fr_admission_answered (admission, &often, later_us - 1);
  g_assert_cmpint (fr_admission_judge_transfer (admission, &once, later_us), ==, FR_ADMISSION_NO);
  fr_admission_answered (admission, &once, later_us);
  g_assert_cmpint (fr_admission_judge_transfer (admission, &once, later_us), ==, FR_ADMISSION_YES);
  g_assert_cmpint (fr_admission_judge_transfer (admission, &often, later_us), ==, FR_ADMISSION_YES);

  fr_admission_answered (admission, &often, later_us);
  for (guint i = 0; i < FR_ADMISSION_MAX_ANSWERED - 1; i++)
    {
      const FrPeerKey one = key_of (100 + i);

      fr_admission_answered (admission, &one, later_us);
    }
  g_assert_cmpint (fr_admission_judge_transfer (admission, &once, later_us), ==, FR_ADMISSION_NO);
  g_assert_cmpint (fr_admission_judge_transfer (admission, &often, later_us), ==, FR_ADMISSION_YES);
}

/* Who is where a contact was met, and is another, is asked about whatever the rule is. */
static void
test_changed (void)
{
  static const struct
  {
    guint key;
    const char *server, *address;
    gboolean changed;
  } rows[] = {
    { 1, "ws://a/", "zoe", FALSE },  { 2, "ws://a/", "zoe", FALSE }, { 3, "ws://a/", "zoe", TRUE },
    { 3, "ws://a/", "zoe-2", FALSE }, { 3, "ws://b/", "zoe", FALSE }, { 3, NULL, "zoe", FALSE },
    { 3, "ws://a/", NULL, FALSE },   { 3, "ws://a/", "mia", FALSE }, { 3, "", "mia", FALSE },
  };
  g_autoptr (FrAdmission) admission = fr_admission_new ();
  const FrPeerKey zoe = key_of (1), mia = key_of (2), other = key_of (3);

  fr_admission_set_place (admission, &zoe, "ws://a/", "mia"); /* no contact yet */
  fr_admission_set_contact (admission, &zoe, TRUE);
  fr_admission_set_contact (admission, &mia, TRUE);
  g_assert_false (fr_admission_is_changed (admission, &other, "ws://a/", "mia"));
  fr_admission_set_place (admission, &zoe, "ws://a/", "zoe-2");
  fr_admission_set_place (admission, &zoe, "ws://a/", "zoe"); /* where they are now */
  fr_admission_set_place (admission, &mia, "", "mia");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const FrPeerKey key = key_of (rows[i].key);

      g_test_message ("row %u", i);
      g_assert_cmpint (fr_admission_is_changed (admission, &key, rows[i].server, rows[i].address), ==, rows[i].changed);
    }
  for (guint rule = FR_ADMIT_ASK; rule <= FR_ADMIT_CONTACTS; rule++)
    {
      fr_admission_set_rule (admission, (FrAdmissionRule) rule);
      g_assert_cmpint (fr_admission_judge_changed (admission, &other, FR_ADMISSION_MAX_WAITING - 1, SECOND), ==,
                       FR_ADMISSION_ASK);
      g_assert_cmpint (fr_admission_judge_changed (admission, &other, FR_ADMISSION_MAX_WAITING, SECOND), ==,
                       FR_ADMISSION_LATER);
    }
  fr_admission_turn_away (admission, &other, SECOND);
  g_assert_cmpint (fr_admission_judge_changed (admission, &other, 0, SECOND), ==, FR_ADMISSION_NO);
  fr_admission_set_contact (admission, &zoe, TRUE); /* again: the place stays */
  g_assert_true (fr_admission_is_changed (admission, &other, "ws://a/", "zoe"));
  fr_admission_set_contact (admission, &zoe, FALSE);
  g_assert_false (fr_admission_is_changed (admission, &other, "ws://a/", "zoe"));
}

static void
test_rule_names (void)
{
  FrAdmissionRule rule;

  for (guint i = FR_ADMIT_ASK; i <= FR_ADMIT_CONTACTS; i++)
    {
      g_assert_true (fr_admission_rule_from_string (fr_admission_rule_to_string ((FrAdmissionRule) i), &rule));
      g_assert_cmpint (rule, ==, i);
    }
  g_assert_false (fr_admission_rule_from_string ("Ask", &rule));
  g_assert_false (fr_admission_rule_from_string (NULL, &rule));
  g_assert_false (fr_admission_rule_from_string ("", &rule));
}

/* Whole nodes: node 0 serves and has a picture; node 1 comes to it. */

static FrPerson *
only_person (FrNode *node)
{
  GListModel *people = G_LIST_MODEL (fr_node_get_people (node));
  g_autoptr (FrPerson) person = g_list_model_get_item (people, 0);

  g_assert_cmpuint (g_list_model_get_n_items (people), <=, 1);
  return person; /* the list holds it */
}

static gboolean
asks (gpointer node)
{
  FrPerson *person = only_person (node);

  return person != NULL && fr_person_get_state (person) == FR_PERSON_ASKS;
}

static gboolean
waits (gpointer person)
{
  return fr_person_get_state (person) == FR_PERSON_WAITS;
}

static gboolean
has_failed (gpointer person)
{
  return fr_person_get_state (person) == FR_PERSON_FAILED;
}

static gboolean
is_alone (gpointer node)
{
  return only_person (node) == NULL;
}

static gboolean
is_answered (gpointer search)
{
  return fr_search_get_n_holders (search) > 0;
}

static gboolean
somebody_is_here (gpointer people)
{
  return fr_people_get_n_here (people) > 0;
}

static gboolean
somebody_asks (gpointer people)
{
  return fr_people_get_n_asking (people) > 0;
}

static gboolean
hides_some (gpointer search)
{
  return fr_search_get_n_hidden (search) > 0;
}

static gboolean
is_answered_twice (gpointer search)
{
  return fr_search_get_n_holders (search) == 2;
}

/* Somebody whom the node has never met. */
static FrPerson *
person_with_key (FrPeople *people, const FrPeerKey *key)
{
  FrPersonRecord *record = fr_person_record_new (key, "Somebody", "", "somebody");
  FrPerson *person = fr_people_append (people, record);

  fr_person_record_free (record);
  return person;
}

/* A host and a guest, who has come so far as the host's rule lets them. */
static FrPerson *
visit (NodeLab *lab, FrAdmissionRule rule)
{
  g_autoptr (GBytes) picture = lab_make_picture ("harbour", 0);

  lab_init (lab, 1);
  lab_share (lab->nodes[0], picture, "Harbour");
  fr_node_set_admission_rule (lab->nodes[0], rule);
  lab_add_node (lab, "Guest", fr_node_get_server (lab->nodes[0]));
  return lab_add_person (lab->nodes[1], "node-0");
}

static void
test_accept (void)
{
  NodeLab lab;
  FrPerson *host = visit (&lab, FR_ADMIT_ASK), *guest;
  g_autoptr (FrSearch) before = NULL;
  g_autoptr (FrSearch) after = NULL;

  fr_test_wait_until (asks, lab.nodes[0], 15);
  fr_test_wait_until (waits, host, 5);
  guest = only_person (lab.nodes[0]);
  g_assert_cmpstr (fr_person_get_name (guest), ==, "Guest");
  g_assert_false (fr_person_get_added (guest));

  /* nobody is asked yet, on either side */
  before = fr_node_search (lab.nodes[1], "harbour", NULL);
  g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[0])), ==, 0);
  g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[1])), ==, 0);

  fr_people_accept (fr_node_get_people (lab.nodes[0]), guest);
  fr_test_wait_until (lab_is_here, guest, 10);
  fr_test_wait_until (lab_is_here, host, 10);
  g_assert_true (fr_person_get_added (guest));
  g_assert_cmpuint (fr_search_get_n_holders (before), ==, 0);
  after = fr_node_search (lab.nodes[1], "harbour", NULL);
  fr_test_wait_until (is_answered, after, 10);
  lab_clear (&lab);
}

/* Said no to, and the next time without a question. */
static void
test_turn_away (void)
{
  NodeLab lab;
  FrPerson *host = visit (&lab, FR_ADMIT_ASK);

  for (guint i = 0; i < 2; i++)
    {
      if (i == 0)
        {
          fr_test_wait_until (asks, lab.nodes[0], 15);
          fr_people_turn_away (fr_node_get_people (lab.nodes[0]), only_person (lab.nodes[0]));
        }
      fr_test_wait_until (has_failed, host, 15);
      g_assert_error (fr_person_get_error (host), FR_NODE_ERROR, FR_NODE_ERROR_REFUSED);
      fr_test_wait_until (is_alone, lab.nodes[0], 5);
      if (i == 0)
        fr_people_retry (fr_node_get_people (lab.nodes[1]), host);
    }
  lab_clear (&lab);
}

static gboolean
is_away (gpointer person)
{
  return fr_person_get_state (person) == FR_PERSON_AWAY && fr_person_get_error (person) != NULL;
}

/* Whoever was added, was not there, and was removed again, or is to be found at another server, is not expected any more:
 * who comes by that name then is asked about. */
static void
test_not_expected (gconstpointer data)
{
  gboolean moves = GPOINTER_TO_INT (data);
  FrPerson *absent;
  NodeLab lab;

  lab_init (&lab, 1);
  fr_node_set_admission_rule (lab.nodes[0], FR_ADMIT_ASK);
  absent = lab_add_person (lab.nodes[0], "guest");
  fr_test_wait_until (is_away, absent, 15);
  if (moves)
    {
      g_autofree char *other = NULL;
      FrPeerServer *server = rude_server_new (0, &other);

      g_assert_true (fr_node_connect_server (lab.nodes[0], other, NULL));
      lab_add_node (&lab, "Guest", other);
      fr_test_wait_until (lab_is_online, lab.nodes[0], 10);
      lab_add_person (lab.nodes[1], "node-0");
      fr_test_wait_until (somebody_asks, fr_node_get_people (lab.nodes[0]), 15);
      lab_clear (&lab);
      fr_peer_server_stop (server);
      g_object_unref (server);
      return;
    }
  fr_people_remove (fr_node_get_people (lab.nodes[0]), absent);
  lab_add_node (&lab, "Guest", fr_node_get_server (lab.nodes[0]));
  lab_add_person (lab.nodes[1], "node-0");
  fr_test_wait_until (asks, lab.nodes[0], 15);
  lab_clear (&lab);
}

static void
test_contacts_only (void)
{
  NodeLab lab;
  FrPerson *host = visit (&lab, FR_ADMIT_CONTACTS);

  fr_test_wait_until (has_failed, host, 15);
  g_assert_error (fr_person_get_error (host), FR_NODE_ERROR, FR_NODE_ERROR_REFUSED);
  g_assert_null (only_person (lab.nodes[0]));

  /* whom the person adds in turn is no stranger */
  lab_add_person (lab.nodes[0], "guest");
  fr_test_wait_until (lab_is_here, only_person (lab.nodes[0]), 15);
  fr_test_wait_until (lab_is_here, host, 15);
  lab_clear (&lab);
}

/* Somebody who is connected is blocked; they stay out, also after a start, until they are let in again. */
static void
test_block (void)
{
  NodeLab lab;
  FrPerson *host = visit (&lab, FR_ADMIT_ANYONE), *guest;
  FrPeople *people;

  fr_test_wait_until (lab_is_here, host, 15);
  people = fr_node_get_people (lab.nodes[0]);
  guest = only_person (lab.nodes[0]);
  fr_people_block (people, guest);
  fr_test_wait_until (has_failed, host, 15);
  g_assert_error (fr_person_get_error (host), FR_NODE_ERROR, FR_NODE_ERROR_REFUSED);
  g_assert_true (only_person (lab.nodes[0]) == guest);
  g_assert_true (fr_person_get_blocked (guest));

  fr_people_retry (fr_node_get_people (lab.nodes[1]), host);
  fr_test_wait_until (has_failed, host, 15);
  g_assert_error (fr_person_get_error (host), FR_NODE_ERROR, FR_NODE_ERROR_REFUSED);

  fr_people_unblock (people, guest);
  g_assert_null (only_person (lab.nodes[0]));
  fr_people_retry (fr_node_get_people (lab.nodes[1]), host);
  fr_test_wait_until (lab_is_here, host, 15);

  /* whoever is removed is a stranger again too, at once */
  fr_test_wait_until (somebody_is_here, people, 15);
  fr_people_block (people, only_person (lab.nodes[0]));
  fr_test_wait_until (has_failed, host, 15);
  fr_people_remove (people, only_person (lab.nodes[0]));
  fr_people_retry (fr_node_get_people (lab.nodes[1]), host);
  fr_test_wait_until (lab_is_here, host, 15);
  lab_clear (&lab);
}

static void
asked_cb (FrNetwork *network, const FrNetworkReport *report, gpointer data)
{
  if (report->type == FR_REPORT_ASKED)
    *(int *) data = (int) report->count;
}

static gboolean
is_known (gpointer data)
{
  return *(int *) data >= 0;
}

/* Whoever is blocked does not come in by an address that the person adds, whoever they hope to find there. */
static void
test_block_at_address (void)
{
  g_autoptr (FrSearch) search = NULL;
  FrPerson *person, *blocked;
  int n_asked = -1;
  FrPeople *people;
  NodeLab lab;

  lab_init (&lab, 1);
  lab_add_node (&lab, "Guest", fr_node_get_server (lab.nodes[0]));
  people = fr_node_get_people (lab.nodes[0]);
  blocked = person_with_key (people, fr_node_get_key (lab.nodes[1]));
  fr_people_block (people, blocked);
  person = lab_add_person (lab.nodes[0], "guest");
  g_assert_true (person != blocked);
  fr_test_wait_until (has_failed, person, 15);
  g_assert_error (fr_person_get_error (person), FR_NODE_ERROR, FR_NODE_ERROR_BLOCKED);
  g_assert_false (fr_person_get_key (person, NULL));
  g_signal_connect (lab.nodes[0]->network, "report", G_CALLBACK (asked_cb), &n_asked);
  search = fr_node_search (lab.nodes[0], "harbour", NULL);
  fr_test_wait_until (is_known, &n_asked, 10);
  g_assert_cmpint (n_asked, ==, 0); /* nor is there a link that nobody sees */
  g_assert_false (fr_person_get_added (blocked));
  g_assert_true (fr_person_get_blocked (blocked));
  g_assert_cmpuint (fr_people_get_n_here (people), ==, 0);
  lab_clear (&lab);
}

/* What a blocked person has is not shown, and they find nothing here, by way of others either. */
static void
test_block_through_others (void)
{
  NodeLab lab;
  g_autoptr (GBytes) picture = lab_make_picture ("boat", 0);
  g_autoptr (GBytes) other = lab_make_picture ("boat", 1);
  g_autoptr (GBytes) middle = lab_make_picture ("boat", 2);
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrSearch) back = NULL;
  FrPeople *people;

  lab_init (&lab, 3); /* a line: 0 - 1 - 2 */
  lab_share (lab.nodes[0], picture, "Boat of 0");
  lab_share (lab.nodes[1], middle, "Boat of 1");
  lab_share (lab.nodes[2], other, "Boat of 2");
  people = fr_node_get_people (lab.nodes[0]);
  fr_people_block (people, person_with_key (people, fr_node_get_key (lab.nodes[2])));

  search = fr_node_search (lab.nodes[0], "boat", NULL);
  fr_test_wait_until (is_answered, search, 10);
  fr_test_wait_until (hides_some, search, 10);
  g_assert_cmpuint (fr_search_get_n_hidden (search), ==, 1);
  g_assert_cmpuint (fr_search_get_n_holders (search), ==, 1);

  back = fr_node_search (lab.nodes[2], "boat", NULL);
  fr_test_wait_until (is_answered, back, 10);
  g_assert_cmpuint (fr_search_get_n_holders (back), ==, 1); /* node 1 */
  lab_clear (&lab);
}

/* Whoever is blocked by a peer in the middle finds nobody behind it; others do. */
static void
test_block_relays_nothing (void)
{
  NodeLab lab;
  g_autoptr (GBytes) picture = lab_make_picture ("boat", 0);
  g_autoptr (GBytes) middle = lab_make_picture ("boat", 1);
  g_autoptr (GBytes) other = lab_make_picture ("boat", 2);
  g_autoptr (FrSearch) blocked = NULL;
  g_autoptr (FrSearch) free = NULL;
  FrPeople *people;

  lab_init (&lab, 4); /* a line: 0 - 1 - 2 - 3 */
  lab_share (lab.nodes[0], picture, "Boat of 0");
  lab_share (lab.nodes[2], middle, "Boat of 2");
  lab_share (lab.nodes[3], other, "Boat of 3");
  people = fr_node_get_people (lab.nodes[1]);
  fr_people_block (people, person_with_key (people, fr_node_get_key (lab.nodes[3])));

  blocked = fr_node_search (lab.nodes[3], "boat", NULL);
  fr_test_wait_until (is_answered, blocked, 10); /* by 2, whose answer has as far to go as the question to 1 */
  free = fr_node_search (lab.nodes[2], "boat", NULL);
  fr_test_wait_until (is_answered_twice, free, 10); /* which goes to and through 1 all the same */
  g_assert_cmpuint (fr_search_get_n_holders (blocked), ==, 1);
  lab_clear (&lab);
}

void
test_admission_add (void)
{
  g_test_add_func ("/node/admission/rules", test_rules);
  g_test_add_func ("/node/admission/memory", test_memory);
  g_test_add_func ("/node/admission/expected", test_expected);
  g_test_add_func ("/node/admission/wait", test_wait);
  g_test_add_func ("/node/admission/searches-again", test_searches_again);
  g_test_add_func ("/node/admission/changed", test_changed);
  g_test_add_func ("/node/admission/rule-names", test_rule_names);
  g_test_add_func ("/node/admission/accept", test_accept);
  g_test_add_func ("/node/admission/turn-away", test_turn_away);
  g_test_add_data_func ("/node/admission/not-expected/removed", GINT_TO_POINTER (FALSE), test_not_expected);
  g_test_add_data_func ("/node/admission/not-expected/moved", GINT_TO_POINTER (TRUE), test_not_expected);
  g_test_add_func ("/node/admission/contacts-only", test_contacts_only);
  g_test_add_func ("/node/admission/block", test_block);
  g_test_add_func ("/node/admission/block-at-address", test_block_at_address);
  g_test_add_func ("/node/admission/block-through-others", test_block_through_others);
  g_test_add_func ("/node/admission/block-relays-nothing", test_block_relays_nothing);
}
