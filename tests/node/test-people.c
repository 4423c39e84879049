/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-invitation.h"
#include "fr-node-error.h"
#include "fr-person-private.h"
#include "fr-test-support.h"

#include "gallery-fixture.h"
#include "tests.h"

#define SERVER "127.0.0.1:9000"
#define OTHER_SERVER "127.0.0.2:9000"

/* People over a network that is at no server: what it would report the test reports. */
typedef struct
{
  char *folder;
  FrStore *store;
  FrNetwork *network;
  FrPeople *people;
  FrPeerKey own, zoe, mia;
  guint n_changes;
  guint n_notified; /* of "n-here" */
  char *wanted_server;
} Crowd;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  ((Crowd *) data)->n_changes++;
}

static void
notified_cb (FrPeople *people, GParamSpec *pspec, gpointer data)
{
  ((Crowd *) data)->n_notified++;
}

static void
wants_server_cb (FrPeople *people, const char *server, gpointer data)
{
  Crowd *crowd = data;

  g_free (crowd->wanted_server);
  crowd->wanted_server = g_strdup (server);
}

static void
make_people (Crowd *crowd)
{
  crowd->people = fr_people_new (crowd->store, crowd->network, &crowd->own);
  g_signal_connect (crowd->people, "items-changed", G_CALLBACK (changed_cb), crowd);
  g_signal_connect (crowd->people, "notify::n-here", G_CALLBACK (notified_cb), crowd);
  g_signal_connect (crowd->people, "wants-server", G_CALLBACK (wants_server_cb), crowd);
}

static void
set_up (Crowd *crowd, gconstpointer data)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrWebrtcConfig config = { .loopback_only = TRUE };

  crowd->folder = fr_test_folder_new ();
  fr_store_open_async (crowd->folder, NULL, gallery_answered_cb, &result);
  crowd->store = fr_store_open_finish (gallery_await (&result), &error);
  g_assert_no_error (error);
  crowd->network = fr_network_new (identity, crowd->store, &config);
  crowd->own = *fr_identity_get_key (identity);
  crowd->zoe.bytes[0] = 1;
  crowd->mia.bytes[0] = 2;
  make_people (crowd);
}

static void
tear_down (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_test_assert_finalizes (crowd->people);
  fr_network_close_async (crowd->network, gallery_answered_cb, &result);
  g_assert_true (fr_network_close_finish (crowd->network, gallery_await (&result), NULL));
  g_clear_object (&result);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* what the network had to say */
  fr_test_assert_finalizes (crowd->network);
  g_object_unref (crowd->store);
  fr_test_folder_free (crowd->folder);
  g_free (crowd->wanted_server);
}

static char *
invite (const char *name, const FrPeerKey *key, const char *server, const char *address)
{
  FrInvitation invitation = { .name = (char *) name, .key = *key, .server = (char *) server,
                              .address = (char *) address };

  return fr_invitation_to_uri (&invitation);
}

static FrPerson *
add (Crowd *crowd, const char *text)
{
  g_autoptr (GError) error = NULL;
  FrPerson *person = fr_people_add (crowd->people, text, &error);

  g_assert_no_error (error);
  return person;
}

static FrPerson *
add_invited (Crowd *crowd, const char *name, const FrPeerKey *key, const char *server)
{
  g_autofree char *text = invite (name, key, server, "zoe");

  return add (crowd, text);
}

static void
report (Crowd *crowd, FrNetworkReportType type, const FrPeerKey *key, const char *address, int code)
{
  g_autoptr (FrNetworkReport) news = fr_network_report_new (type);

  if (key != NULL)
    news->key = *key;
  news->name = g_strdup ("Somebody");
  news->address = g_strdup (address);
  if (code >= 0)
    news->error = fr_node_error_new ((FrNodeError) code, address);
  fr_people_take_report (crowd->people, news);
}

static guint
count (Crowd *crowd)
{
  return g_list_model_get_n_items (G_LIST_MODEL (crowd->people));
}

static void
assert_refused (Crowd *crowd, const char *text, FrNodeError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fr_people_add (crowd->people, text, &error));
  g_assert_error (error, FR_NODE_ERROR, (int) code);
  g_assert_cmpuint (count (crowd), ==, 0);
}

static void
test_not_added (Crowd *crowd, gconstpointer data)
{
  g_autofree char *other = invite ("Zoë", &crowd->zoe, OTHER_SERVER, "zoe");
  g_autofree char *own = invite ("Me", &crowd->own, SERVER, "me");
  g_autofree char *own_elsewhere = invite ("Me", &crowd->own, OTHER_SERVER, "somebody");
  g_autofree char *long_one = g_strnfill (5000, 'a');

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  assert_refused (crowd, other, FR_NODE_ERROR_OTHER_SERVER);
  assert_refused (crowd, own, FR_NODE_ERROR_YOURSELF);
  assert_refused (crowd, own_elsewhere, FR_NODE_ERROR_YOURSELF);
  assert_refused (crowd, " me ", FR_NODE_ERROR_YOURSELF);
  assert_refused (crowd, "", FR_NODE_ERROR_BAD_ADDRESS);
  assert_refused (crowd, "no/address", FR_NODE_ERROR_BAD_ADDRESS);
  assert_refused (crowd, long_one, FR_NODE_ERROR_BAD_ADDRESS);
  assert_refused (crowd, "freshet:?key=what", FR_NODE_ERROR_BAD_ADDRESS);
  g_assert_cmpuint (crowd->n_changes, ==, 0);
}

/* Whoever is at no server yet goes where the first invitation points. */
static void
test_wants_server (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = add_invited (crowd, "Zoë", &crowd->zoe, SERVER);

  g_assert_cmpstr (crowd->wanted_server, ==, SERVER);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  fr_people_set_server (crowd->people, SERVER, "me", FALSE);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_LOOKING);
}

/* However often and in whatever way, and the key that an invitation names counts from then on. */
static void
test_same_person (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe;
  FrPeerKey key;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = add (crowd, "zoe");
  g_assert_true (add (crowd, " zoe\n") == zoe);
  g_assert_false (fr_person_get_key (zoe, NULL));
  g_assert_true (add_invited (crowd, "Zoë", &crowd->zoe, SERVER) == zoe);
  g_assert_true (fr_person_get_key (zoe, &key));
  g_assert_true (fr_peer_key_equal (&key, &crowd->zoe));
  g_assert_cmpstr (fr_person_get_name (zoe), ==, "Zoë");
  g_assert_true (add_invited (crowd, "Zoë", &crowd->zoe, SERVER) == zoe);
  g_assert_cmpuint (count (crowd), ==, 1);
  /* whoever comes by that address with another key is somebody else */
  report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "zoe", -1);
  g_assert_cmpuint (count (crowd), ==, 2);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_LOOKING);
  g_assert_false (fr_person_get_added (fr_people_find_key (crowd->people, &crowd->mia)));
}

/* Two who are called the same are two people, and each dial is about one of them. */
static void
test_same_address (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe, *new_zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  new_zoe = add_invited (crowd, "Zoë", &crowd->mia, SERVER);
  g_assert_true (zoe != new_zoe);
  report (crowd, FR_REPORT_DIAL_FOUND, NULL, "zoe", -1);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_CONNECTING);
  g_assert_cmpint (fr_person_get_state (new_zoe), ==, FR_PERSON_LOOKING);
  report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_OTHER_PERSON);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_FAILED);
  g_assert_error (fr_person_get_error (zoe), FR_NODE_ERROR, FR_NODE_ERROR_OTHER_PERSON);
  g_assert_cmpint (fr_person_get_state (new_zoe), ==, FR_PERSON_LOOKING);
  report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "zoe", -1);
  g_assert_cmpint (fr_person_get_state (new_zoe), ==, FR_PERSON_HERE);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_FAILED);
}

static void
test_come_and_go (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = add (crowd, "zoe");
  report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "mia", -1);
  g_assert_true (fr_people_find_key (crowd->people, &crowd->zoe) == zoe);
  g_assert_cmpuint (fr_people_get_n_here (crowd->people), ==, 2);
  g_assert_cmpuint (crowd->n_notified, ==, 2);
  report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_NO_ANSWER); /* of another dial: no matter */
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_HERE);
  report (crowd, FR_REPORT_LINK_DOWN, &crowd->mia, "mia", FR_NODE_ERROR_LEFT);
  report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  g_assert_cmpuint (fr_people_get_n_here (crowd->people), ==, 0);
  g_assert_cmpuint (count (crowd), ==, 1); /* who only came is gone */
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  g_assert_cmpint (fr_person_get_retry_at_us (zoe), >, g_get_monotonic_time ());
  fr_people_remove (crowd->people, zoe);
  report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  g_assert_cmpuint (count (crowd), ==, 0);
}

static gboolean
is_past (gpointer data)
{
  return g_get_real_time () > *(gint64 *) data;
}

/* Who was here until now was seen now, however long ago they came; and keeps that, whatever is tried then. */
static void
test_seen (Crowd *crowd, gconstpointer data)
{
  gint64 came_us, left_us;
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = add (crowd, "zoe");
  g_assert_cmpint (fr_person_get_seen_us (zoe), ==, 0);
  report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  came_us = fr_person_get_seen_us (zoe);
  g_assert_cmpint (came_us, >, 0);
  fr_test_wait_until (is_past, &came_us, 5);
  report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  left_us = fr_person_get_seen_us (zoe);
  g_assert_cmpint (left_us, >, came_us);
  fr_test_wait_until (is_past, &left_us, 5);
  fr_people_retry (crowd->people, zoe);
  report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_NOT_THERE);
  g_assert_cmpint (fr_person_get_seen_us (zoe), ==, left_us);
}

/* The next try comes later each time, up to two minutes; where one would not help, there is none. */
static void
test_tries_again (Crowd *crowd, gconstpointer data)
{
  static const guint delays_s[] = { 5, 10, 20, 40, 80, 120, 120, 120 };
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = add (crowd, "zoe");
  for (gsize i = 0; i < G_N_ELEMENTS (delays_s); i++)
    {
      gint64 before_us = g_get_monotonic_time (), at_us;

      report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_NOT_THERE);
      at_us = fr_person_get_retry_at_us (zoe);
      g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
      g_assert_cmpint (at_us, >=, before_us + delays_s[i] * G_USEC_PER_SEC);
      g_assert_cmpint (at_us, <=, g_get_monotonic_time () + delays_s[i] * G_USEC_PER_SEC);
      fr_person_set_state (zoe, FR_PERSON_LOOKING, NULL); /* as when that time has come */
    }
  report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_INTERCEPTED);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_FAILED);
  fr_people_retry (crowd->people, zoe);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_LOOKING);
  g_assert_null (fr_person_get_error (zoe));
  g_assert_cmpuint (fr_person_get_n_failures (zoe), ==, 0);
}

/* An address is worth nothing at another server: somebody else may have it there. */
static void
test_other_server (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_NOT_THERE);
  fr_people_set_server (crowd->people, OTHER_SERVER, "me", FALSE);
  fr_people_set_server (crowd->people, OTHER_SERVER, "me", TRUE);
  fr_people_retry (crowd->people, zoe);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  g_assert_error (fr_person_get_error (zoe), FR_NODE_ERROR, FR_NODE_ERROR_OTHER_SERVER);
  g_assert_null (fr_people_find_address (crowd->people, "zoe"));
  /* but a key is the same everywhere */
  report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe-2", -1);
  g_assert_cmpuint (count (crowd), ==, 1);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_HERE);
  g_assert_cmpstr (fr_person_get_server (zoe), ==, OTHER_SERVER);
  g_assert_cmpstr (fr_person_get_address (zoe), ==, "zoe-2");
}

/* After all that has been written so far. */
static GPtrArray *
list_stored (Crowd *crowd)
{
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  fr_store_put_setting_async (crowd->store, "last", "1", NULL, gallery_answered_cb, &written);
  g_assert_true (fr_store_put_setting_finish (crowd->store, gallery_await (&written), NULL));
  fr_store_list_people_async (crowd->store, NULL, gallery_answered_cb, &result);
  records = fr_store_list_people_finish (crowd->store, gallery_await (&result), &error);
  g_assert_no_error (error);
  return records;
}

/* Whoever was added is there again after a new start, once, and is dialled; who only came, or was removed, is not. */
static void
test_kept (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) left = NULL;
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  add (crowd, "zoe");
  add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "mia", -1);
  fr_people_remove (crowd->people, add (crowd, "tom"));
  records = list_stored (crowd);
  g_assert_cmpuint (records->len, ==, 1);
  fr_test_assert_finalizes (crowd->people);
  make_people (crowd);
  fr_people_load (crowd->people, records);
  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = fr_people_find_key (crowd->people, &crowd->zoe);
  g_assert_nonnull (zoe);
  g_assert_true (fr_person_get_added (zoe));
  g_assert_cmpint (fr_person_get_seen_us (zoe), >, 0);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_LOOKING);
  fr_people_remove (crowd->people, zoe);
  left = list_stored (crowd);
  g_assert_cmpuint (left->len, ==, 0);
}

/* Somebody added by a new address turns out to be somebody known: they are one person, who is called that now. */
static void
test_renamed (Crowd *crowd, gconstpointer data)
{
  gboolean was_here = GPOINTER_TO_INT (data);
  g_autoptr (GPtrArray) records = NULL;
  FrPerson *zoe, *new_one;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  if (!was_here)
    add (crowd, "zoe");
  report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  if (!was_here)
    report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  zoe = fr_people_find_key (crowd->people, &crowd->zoe);
  new_one = add (crowd, "zed");
  g_assert_true (new_one != zoe);
  report (crowd, FR_REPORT_DIAL_FOUND, NULL, "zed", -1);
  g_assert_cmpint (fr_person_get_state (new_one), ==, FR_PERSON_CONNECTING);
  report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zed", -1);
  g_assert_cmpuint (count (crowd), ==, 1);
  g_assert_true (fr_people_find_address (crowd->people, "zed") == zoe);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_HERE);
  g_assert_true (fr_person_get_added (zoe));
  g_assert_cmpuint (fr_people_get_n_here (crowd->people), ==, 1);
  records = list_stored (crowd);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (((FrPersonRecord *) g_ptr_array_index (records, 0))->address, ==, "zed");
}

static void
report_kept_out (Crowd *crowd, FrNetworkReportType type, const FrPeerKey *key, const char *address, gint64 left_us)
{
  g_autoptr (FrNetworkReport) news = fr_network_report_new (type);

  news->key = *key;
  news->address = g_strdup (address);
  news->kept_out_us = left_us;
  news->error = fr_node_error_new (FR_NODE_ERROR_FAULT, address);
  fr_people_take_report (crowd->people, news);
}

static gboolean
is_looked_for (gpointer person)
{
  return fr_person_get_state (person) == FR_PERSON_LOOKING;
}

static gboolean
nobody_is_left (gpointer people)
{
  return g_list_model_get_n_items (people) == 0;
}

/* Whoever broke the protocol is not dialled before their time is over, and the list says why. */
static void
test_kept_out (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  report_kept_out (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", 60 * G_USEC_PER_SEC);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  g_assert_error (fr_person_get_error (zoe), FR_NODE_ERROR, FR_NODE_ERROR_KEPT_OUT);
  g_assert_cmpint (fr_person_get_kept_out_until_us (zoe), >, g_get_real_time () + 50 * G_USEC_PER_SEC);
  g_assert_cmpint (fr_person_get_retry_at_us (zoe), >, g_get_monotonic_time () + 50 * G_USEC_PER_SEC);
  g_assert_cmpuint (fr_people_get_n_here (crowd->people), ==, 0);

  /* asked to try all the same, the network says that it will not */
  fr_people_retry (crowd->people, zoe);
  g_assert_true (is_looked_for (zoe));
  report_kept_out (crowd, FR_REPORT_DIAL_FAILED, &crowd->zoe, "zoe", 100 * 1000);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  g_assert_error (fr_person_get_error (zoe), FR_NODE_ERROR, FR_NODE_ERROR_KEPT_OUT);
  fr_test_wait_until (is_looked_for, zoe, 5);
  g_assert_cmpint (fr_person_get_kept_out_until_us (zoe), ==, 0);
  g_assert_no_error (fr_person_get_error (zoe));
}

/* Strangers are shown for as long, but so many and no more; the first one goes. */
static void
test_strangers_kept_out (Crowd *crowd, gconstpointer data)
{
  FrPeerKey first = { { 99 } };

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  for (guint i = 0; i <= FR_PEOPLE_MAX_KEPT_OUT; i++)
    {
      FrPeerKey key = first;

      key.bytes[1] = (guint8) i;
      report (crowd, FR_REPORT_LINK_UP, &key, "stranger", -1);
      report_kept_out (crowd, FR_REPORT_LINK_DOWN, &key, "stranger", 300 * 1000);
      g_assert_cmpuint (count (crowd), ==, MIN (i + 1, FR_PEOPLE_MAX_KEPT_OUT));
    }
  g_assert_null (fr_people_find_key (crowd->people, &first));
  fr_test_wait_until (nobody_is_left, crowd->people, 5);
}

void
test_people_add (void)
{
  static const struct
  {
    const char *path;
    void (*test) (Crowd *, gconstpointer);
  } tests[] = {
    { "/node/people/not-added", test_not_added },
    { "/node/people/wants-server", test_wants_server },
    { "/node/people/same-person", test_same_person },
    { "/node/people/same-address", test_same_address },
    { "/node/people/come-and-go", test_come_and_go },
    { "/node/people/seen", test_seen },
    { "/node/people/tries-again", test_tries_again },
    { "/node/people/other-server", test_other_server },
    { "/node/people/kept", test_kept },
    { "/node/people/kept-out", test_kept_out },
    { "/node/people/strangers-kept-out", test_strangers_kept_out },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Crowd, NULL, set_up, tests[i].test, tear_down);
  g_test_add ("/node/people/renamed/here", Crowd, GINT_TO_POINTER (TRUE), set_up, test_renamed, tear_down);
  g_test_add ("/node/people/renamed/away", Crowd, GINT_TO_POINTER (FALSE), set_up, test_renamed, tear_down);
}
