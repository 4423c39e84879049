/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-error.h"
#include "fr-node-private.h"
#include "fr-person-private.h"
#include "fr-safety-words.h"
#include "fr-test-support.h"

#include "crowd.h"
#include "node-lab.h"
#include "tests.h"

/* Somebody with another key is where a person was: first by reports, then between whole nodes. */

static void
assert_pinned (FrPerson *person, const FrPeerKey *key)
{
  FrPeerKey theirs;

  g_assert_true (fr_person_get_key (person, &theirs));
  g_assert_true (fr_peer_key_equal (&theirs, key));
}

static void
assert_changed (FrPerson *person, const FrPeerKey *other)
{
  FrPeerKey theirs;

  g_assert_cmpint (fr_person_get_state (person), ==, FR_PERSON_CHANGED);
  g_assert_error (fr_person_get_error (person), FR_NODE_ERROR, FR_NODE_ERROR_OTHER_PERSON);
  g_assert_true (fr_person_get_other_key (person, &theirs));
  g_assert_true (fr_peer_key_equal (&theirs, other));
}

static char **
make_words (FrPeople *people, const FrPeerKey *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char **words;

  fr_people_make_words_async (people, key, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 15);
  words = fr_people_make_words_finish (people, result, &error);
  g_assert_no_error (error);
  return words;
}

/* Zoë, who was met, and is not here. */
static FrPerson *
know_zoe (Crowd *crowd)
{
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add (crowd, "zoe");
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  assert_pinned (zoe, &crowd->zoe);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  return zoe;
}

static const FrNetworkReportType ways[] = { FR_REPORT_OTHER_KEY, FR_REPORT_LINK_ASKS, FR_REPORT_LINK_UP };

/* Whichever way they come, nobody is taken for her, and her key stays hers. */
static void
test_not_taken (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know_zoe (crowd);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (GPtrArray) stored = NULL;

      crowd_report (crowd, ways[i], &crowd->mia, "zoe", -1);
      assert_changed (zoe, &crowd->mia);
      assert_pinned (zoe, &crowd->zoe);
      g_assert_cmpuint (crowd_count (crowd), ==, 1);
      g_assert_cmpuint (fr_people_get_n_here (crowd->people), ==, 0);
      g_assert_cmpuint (fr_people_get_n_asking (crowd->people), ==, 1);
      stored = crowd_list_stored (crowd);
      g_assert_cmpuint (stored->len, ==, 1);
      g_assert_true (fr_peer_key_equal (&((FrPersonRecord *) g_ptr_array_index (stored, 0))->key, &crowd->zoe));
      fr_person_set_other_key (zoe, NULL);
      fr_person_set_state (zoe, FR_PERSON_AWAY, NULL);
    }
}

/* She is dialled, and somebody else answers; trying again asks again. */
static void
test_dialled (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know_zoe (crowd);

  for (guint i = 0; i < 2; i++)
    {
      fr_people_retry (crowd->people, zoe);
      g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_LOOKING);
      crowd_report (crowd, FR_REPORT_OTHER_KEY, &crowd->mia, "zoe", -1);
      crowd_report (crowd, FR_REPORT_DIAL_FAILED, &crowd->zoe, "zoe", FR_NODE_ERROR_OTHER_PERSON);
      assert_changed (zoe, &crowd->mia);
      g_assert_cmpint (fr_person_get_retry_at_us (zoe), ==, 0);
    }
  /* the question stays, whatever keeps her away then */
  fr_people_retry (crowd->people, zoe);
  crowd_report (crowd, FR_REPORT_DIAL_FAILED, &crowd->zoe, "zoe", FR_NODE_ERROR_NOT_THERE);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_CHANGED);
  /* until she herself is there */
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_HERE);
  g_assert_false (fr_person_get_other_key (zoe, NULL));
  g_assert_cmpuint (fr_people_get_n_asking (crowd->people), ==, 0);
  /* and while she is, there is no question */
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      crowd_report (crowd, ways[i], &crowd->mia, "zoe", -1);
      g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_HERE);
      g_assert_false (fr_person_get_other_key (zoe, NULL));
      g_assert_cmpuint (crowd_count (crowd), ==, 1);
    }
}

static void
test_refused (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know_zoe (crowd);

  crowd_report (crowd, FR_REPORT_LINK_ASKS, &crowd->mia, "zoe", -1);
  g_assert_cmpuint (fr_people_get_n_asking (crowd->people), ==, 1);
  fr_people_refuse_other (crowd->people, zoe);
  g_assert_cmpuint (fr_people_get_n_asking (crowd->people), ==, 0);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->mia, "zoe", FR_NODE_ERROR_LEFT);
  g_assert_cmpuint (crowd_count (crowd), ==, 1);
  /* not asked again about the same one, and she is still looked for */
  fr_person_set_state (zoe, FR_PERSON_LOOKING, NULL);
  crowd_report (crowd, FR_REPORT_OTHER_KEY, &crowd->mia, "zoe", -1);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  g_assert_false (fr_person_get_other_key (zoe, NULL));
  g_assert_cmpint (fr_person_get_retry_at_us (zoe), >, 0);
  /* but about the next one, and about the same when the person tries again */
  crowd_report (crowd, FR_REPORT_OTHER_KEY, &crowd->own, "zoe", -1);
  assert_changed (zoe, &crowd->own);
  fr_people_refuse_other (crowd->people, zoe);
  fr_people_retry (crowd->people, zoe);
  crowd_report (crowd, FR_REPORT_OTHER_KEY, &crowd->own, "zoe", -1);
  assert_changed (zoe, &crowd->own);
  assert_pinned (zoe, &crowd->zoe);
}

/* Words were the same: it is her, at another computer. */
static void
test_accepted (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GPtrArray) stored = NULL;
  const FrPersonRecord *record;
  FrPerson *zoe = know_zoe (crowd);

  g_assert_false (fr_people_accept_other (crowd->people, zoe, &crowd->mia)); /* nobody is there */
  crowd_report (crowd, FR_REPORT_LINK_ASKS, &crowd->mia, "zoe", -1);
  g_assert_false (fr_people_accept_other (crowd->people, zoe, &crowd->own)); /* words of another key */
  assert_changed (zoe, &crowd->mia);
  g_assert_true (fr_people_accept_other (crowd->people, zoe, &crowd->mia));
  g_assert_cmpuint (fr_people_get_n_asking (crowd->people), ==, 0);
  assert_pinned (zoe, &crowd->mia);
  g_assert_true (fr_person_get_checked (zoe));
  g_assert_false (fr_person_get_other_key (zoe, NULL));
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_LOOKING);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "zoe", -1);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_HERE);
  stored = crowd_list_stored (crowd);
  g_assert_cmpuint (stored->len, ==, 1);
  record = g_ptr_array_index (stored, 0);
  g_assert_true (fr_peer_key_equal (&record->key, &crowd->mia));
  g_assert_true (record->checked);
  /* whoever has the old computer is not her any more */
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->mia, "zoe", FR_NODE_ERROR_LEFT);
  crowd_report (crowd, FR_REPORT_LINK_ASKS, &crowd->zoe, "zoe", -1);
  assert_changed (zoe, &crowd->zoe);
}

/* A link that somebody sends is no proof either. */
static void
test_invitation (Crowd *crowd, gconstpointer data)
{
  g_autofree char *text = crowd_invite ("Zoë", &crowd->mia, SERVER, "zoe");
  g_autoptr (GError) error = NULL;
  FrPerson *zoe = know_zoe (crowd);

  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  g_assert_null (fr_people_add (crowd->people, text, &error)); /* she is here, and is another */
  g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_OTHER_PERSON);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  g_assert_true (crowd_add_invited (crowd, "Zoë", &crowd->mia, SERVER) == zoe);
  assert_changed (zoe, &crowd->mia);
  assert_pinned (zoe, &crowd->zoe);
  g_assert_cmpuint (crowd_count (crowd), ==, 1);
}

/* Whoever is known is known, wherever they are; and nobody has a place at another server than ours. */
static void
test_no_change (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know_zoe (crowd), *mia = crowd_add (crowd, "mia");
  g_autoptr (FrNetworkReport) news = fr_network_report_new (FR_REPORT_LINK_UP);

  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "mia", -1);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "zoe", -1);
  g_assert_cmpint (fr_person_get_state (mia), ==, FR_PERSON_HERE);
  g_assert_false (fr_person_get_other_key (zoe, NULL));

  news->key = crowd->own;
  news->name = g_strdup ("Zoë");
  news->address = g_strdup ("zoe");
  news->way = FR_WAY_OVERLAY;
  fr_people_take_report (crowd->people, news);
  g_assert_false (fr_person_get_other_key (zoe, NULL));
  g_assert_cmpuint (crowd_count (crowd), ==, 3);
  g_assert_true (fr_people_find_address (crowd->people, "mia") == NULL);
}

/* A blocked or removed person leaves no question behind. */
static void
test_ended (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know_zoe (crowd);

  crowd_report (crowd, FR_REPORT_OTHER_KEY, &crowd->mia, "zoe", -1);
  fr_people_block (crowd->people, zoe);
  g_assert_false (fr_person_get_other_key (zoe, NULL));
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  crowd_report (crowd, FR_REPORT_LINK_ASKS, &crowd->mia, "zoe", -1); /* nobody's place now */
  g_assert_cmpuint (crowd_count (crowd), ==, 2);
}

static void
test_checked (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GPtrArray) stored = NULL;
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add (crowd, "zoe");
  g_assert_false (fr_people_set_checked (crowd->people, zoe, &crowd->zoe, TRUE)); /* not met yet */
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  g_assert_false (fr_people_set_checked (crowd->people, zoe, &crowd->mia, TRUE));
  g_assert_false (fr_person_get_checked (zoe));
  g_assert_true (fr_people_set_checked (crowd->people, zoe, &crowd->zoe, TRUE));
  stored = crowd_list_stored (crowd);
  fr_test_assert_finalizes (crowd->people);
  crowd_make_people (crowd);
  fr_people_load (crowd->people, stored);
  zoe = fr_people_find_key (crowd->people, &crowd->zoe);
  g_assert_true (fr_person_get_checked (zoe));
}

/* Whole nodes: node 0 serves and knows Guest; then somebody with another key has that name. */

static FrPerson *
only_person (FrNode *node)
{
  GListModel *people = G_LIST_MODEL (fr_node_get_people (node));
  g_autoptr (FrPerson) person = g_list_model_get_item (people, 0);

  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 1);
  return person; /* the list holds it */
}

static gboolean
is_away (gpointer person)
{
  return fr_person_get_state (person) == FR_PERSON_AWAY;
}

static gboolean
is_changed (gpointer person)
{
  return fr_person_get_state (person) == FR_PERSON_CHANGED;
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
turn_cb (gpointer n_turns)
{
  ++*(guint *) n_turns;
  return G_SOURCE_CONTINUE;
}

/* Returns how often there was nothing else to do while words were made. */
static guint
count_turns (Crowd *crowd, const char *const *expected)
{
  guint n_turns = 0, idle = g_idle_add_full (G_PRIORITY_LOW, turn_cb, &n_turns, NULL);
  g_auto (GStrv) words = make_words (crowd->people, &crowd->zoe);

  g_source_remove (idle);
  g_assert_true (g_strv_equal ((const char *const *) words, expected));
  return n_turns;
}

/* They are those of both keys, and the main loop goes on meanwhile. */
static void
test_words (Crowd *crowd, gconstpointer data)
{
  g_auto (GStrv) expected = fr_safety_words_make (&crowd->own, &crowd->zoe);
  guint n_turns = 0;

  /* more than once, should this thread not run while the other does */
  for (guint i = 0; n_turns == 0 && i < 20; i++)
    n_turns = count_turns (crowd, (const char *const *) expected);
  g_assert_cmpuint (n_turns, >, 0);
}

/* Before they are begun, or while they are made, or when they are there. */
static void
test_words_cancelled (Crowd *crowd, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      fr_people_make_words_async (crowd->people, &crowd->zoe, cancellable, lab_result_cb, &result);
      if (i == 1)
        g_cancellable_cancel (cancellable);
      fr_test_wait_until (lab_is_set, &result, 15);
      g_cancellable_cancel (cancellable);
      g_assert_null (fr_people_make_words_finish (crowd->people, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* Whoever asked lets go of the people meanwhile: they end with the answer, in this thread. */
static void
test_words_alone (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) words = NULL;
  gpointer people = crowd->people;

  g_object_add_weak_pointer (people, &people);
  fr_people_make_words_async (crowd->people, &crowd->zoe, NULL, lab_result_cb, &result);
  g_object_unref (crowd->people);
  fr_test_wait_until (lab_is_set, &result, 15);
  words = fr_people_make_words_finish (people, result, NULL);
  g_assert_cmpuint (g_strv_length (words), ==, FR_SAFETY_WORDS_N);
  g_clear_object (&result);
  g_assert_null (people);
  crowd_make_people (crowd);
}

/* Returns Guest, as node 0 knows them; node 1, another, has their address now. */
static FrPerson *
replace_guest (NodeLab *lab)
{
  FrPerson *guest;

  lab_init (lab, 1);
  lab_add_node (lab, "Guest", fr_node_get_server (lab->nodes[0]));
  guest = lab_add_person (lab->nodes[0], "guest");
  fr_test_wait_until (lab_is_here, guest, 15);
  lab_close_node (g_steal_pointer (&lab->nodes[1]));
  fr_test_wait_until (is_away, guest, 15);
  lab_add_node (lab, "Guest", fr_node_get_server (lab->nodes[0]));
  g_assert_cmpstr (fr_node_get_address (lab->nodes[2]), ==, "guest");
  return guest;
}

/* They come, and wait; both sides have the same words, and the person says that it is Guest; or that it is not. */
static void
test_comes (gconstpointer data)
{
  gboolean accepted = GPOINTER_TO_INT (data);
  g_auto (GStrv) words = NULL, their_words = NULL;
  FrPerson *guest, *host;
  FrPeople *people;
  FrPeerKey old, other;
  NodeLab lab;

  guest = replace_guest (&lab);
  people = fr_node_get_people (lab.nodes[0]);
  g_assert_true (fr_person_get_key (guest, &old));
  host = lab_add_person (lab.nodes[2], "node-0");
  fr_test_wait_until (is_changed, guest, 15);
  fr_test_wait_until (waits, host, 15);
  g_assert_true (only_person (lab.nodes[0]) == guest);
  assert_pinned (guest, &old);
  g_assert_cmpuint (fr_people_get_n_here (people), ==, 0);
  g_assert_true (fr_person_get_other_key (guest, &other));
  g_assert_true (fr_peer_key_equal (&other, fr_node_get_key (lab.nodes[2])));
  words = make_words (people, &other);
  their_words = make_words (fr_node_get_people (lab.nodes[2]), fr_node_get_key (lab.nodes[0]));
  g_assert_true (g_strv_equal ((const char *const *) words, (const char *const *) their_words));
  if (accepted)
    {
      g_assert_true (fr_people_accept_other (people, guest, &other));
      fr_test_wait_until (lab_is_here, guest, 15);
      fr_test_wait_until (lab_is_here, host, 15);
      assert_pinned (guest, &other);
    }
  else
    {
      fr_people_refuse_other (people, guest);
      fr_test_wait_until (has_failed, host, 15);
      g_assert_error (fr_person_get_error (host), FR_NODE_ERROR, FR_NODE_ERROR_REFUSED);
      fr_people_retry (fr_node_get_people (lab.nodes[2]), host);
      fr_test_wait_until (has_failed, host, 15);
      g_assert_true (only_person (lab.nodes[0]) == guest);
      g_assert_cmpint (fr_person_get_state (guest), !=, FR_PERSON_CHANGED);
      assert_pinned (guest, &old);
    }
  lab_clear (&lab);
}

/* They are dialled, and are not who was meant. */
static void
test_is_dialled (void)
{
  FrPerson *guest;
  FrPeerKey old;
  NodeLab lab;

  guest = replace_guest (&lab);
  g_assert_true (fr_person_get_key (guest, &old));
  fr_people_retry (fr_node_get_people (lab.nodes[0]), guest);
  fr_test_wait_until (is_changed, guest, 15);
  assert_changed (guest, fr_node_get_key (lab.nodes[2]));
  assert_pinned (guest, &old);
  g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[2])), ==, 0);
  lab_clear (&lab);
}

static gboolean
nobody_is_here (gpointer people)
{
  return fr_people_get_n_here (people) == 0;
}

/* A link that is made without a thought of who has that address, as neighbours are: it ends before anything came by it. */
static void
test_is_linked (void)
{
  FrPerson *guest;
  FrPeerKey old;
  NodeLab lab;

  guest = replace_guest (&lab);
  g_assert_true (fr_person_get_key (guest, &old));
  fr_network_dial (lab.nodes[0]->network, "guest", NULL);
  fr_test_wait_until (is_changed, guest, 15);
  assert_changed (guest, fr_node_get_key (lab.nodes[2]));
  assert_pinned (guest, &old);
  g_assert_true (only_person (lab.nodes[0]) == guest);
  fr_test_wait_until (nobody_is_here, fr_node_get_people (lab.nodes[2]), 15);
  lab_clear (&lab);
}

void
test_people_keys_add (void)
{
  static const struct
  {
    const char *path;
    void (*test) (Crowd *, gconstpointer);
  } tests[] = {
    { "/node/people-keys/not-taken", test_not_taken },   { "/node/people-keys/dialled", test_dialled },
    { "/node/people-keys/refused", test_refused },       { "/node/people-keys/accepted", test_accepted },
    { "/node/people-keys/invitation", test_invitation }, { "/node/people-keys/no-change", test_no_change },
    { "/node/people-keys/ended", test_ended },           { "/node/people-keys/checked", test_checked },
    { "/node/people-keys/words", test_words },           { "/node/people-keys/words/alone", test_words_alone },
    { "/node/people-keys/words/cancelled", test_words_cancelled },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Crowd, NULL, crowd_set_up, tests[i].test, crowd_tear_down);
  g_test_add_data_func ("/node/people-keys/comes/accepted", GINT_TO_POINTER (TRUE), test_comes);
  g_test_add_data_func ("/node/people-keys/comes/refused", GINT_TO_POINTER (FALSE), test_comes);
  g_test_add_func ("/node/people-keys/is-dialled", test_is_dialled);
  g_test_add_func ("/node/people-keys/is-linked", test_is_linked);
}
