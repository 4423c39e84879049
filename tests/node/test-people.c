/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-error.h"
#include "fr-person-private.h"
#include "fr-test-support.h"

#include "crowd.h"
#include "tests.h"

static void
assert_refused (Crowd *crowd, const char *text, FrNodeError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fr_people_add (crowd->people, text, &error));
  g_assert_error (error, FR_NODE_ERROR, (int) code);
  g_assert_cmpuint (crowd_count (crowd), ==, 0);
}

static void
test_not_added (Crowd *crowd, gconstpointer data)
{
  g_autofree char *other = crowd_invite ("Zoë", &crowd->zoe, OTHER_SERVER, "zoe");
  g_autofree char *own = crowd_invite ("Me", &crowd->own, SERVER, "me");
  g_autofree char *own_elsewhere = crowd_invite ("Me", &crowd->own, OTHER_SERVER, "somebody");
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
  FrPerson *zoe = crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);

  g_assert_cmpstr (crowd->wanted_server, ==, SERVER);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  fr_people_set_server (crowd->people, SERVER, "me", FALSE);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_LOOKING);
}

static void
wants_relays_cb (FrPeople *people, const char *stun, const char *turn, gpointer data)
{
  g_string_append_printf (data, "%s %s;", stun != NULL ? stun : "-", turn != NULL ? turn : "-");
}

/* Whoever is invited is known by their key from the start, and not checked; what helps to reach them is taken up. */
static void
test_invited (Crowd *crowd, gconstpointer data)
{
  FrInvitation invitation = { .name = (char *) "Zoë", .key = crowd->zoe, .server = (char *) SERVER,
                              .address = (char *) "zoe", .doorbell = (char *) "ws://10.0.0.1:40000",
                              .stun = (char *) "stun://a", .turn = (char *) "turn://u:p@a" };
  g_autofree char *text = fr_invitation_to_uri (&invitation);
  g_autofree char *plain = crowd_invite ("Mia", &crowd->mia, SERVER, "mia");
  g_autoptr (GString) relays = g_string_new (NULL);
  g_autoptr (GPtrArray) stored = NULL;
  FrPerson *zoe;
  FrPeerKey key;

  g_signal_connect (crowd->people, "wants-relays", G_CALLBACK (wants_relays_cb), relays);
  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add (crowd, text);
  crowd_add (crowd, plain);
  g_assert_true (fr_person_get_key (zoe, &key));
  g_assert_true (fr_peer_key_equal (&key, &crowd->zoe));
  g_assert_false (fr_person_get_checked (zoe));
  g_assert_cmpstr (relays->str, ==, "stun://a turn://u:p@a;");
  stored = crowd_list_stored (crowd);
  g_assert_cmpuint (stored->len, ==, 2);
  g_assert_cmpstr (((FrPersonRecord *) g_ptr_array_index (stored, 0))->doorbell, ==, "ws://10.0.0.1:40000");
  g_assert_cmpstr (((FrPersonRecord *) g_ptr_array_index (stored, 1))->doorbell, ==, "");
}

/* However often and in whatever way, and the key that an invitation names counts from then on. */
static void
test_same_person (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe;
  FrPeerKey key;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add (crowd, "zoe");
  g_assert_true (crowd_add (crowd, " zoe\n") == zoe);
  g_assert_false (fr_person_get_key (zoe, NULL));
  g_assert_true (crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER) == zoe);
  g_assert_true (fr_person_get_key (zoe, &key));
  g_assert_true (fr_peer_key_equal (&key, &crowd->zoe));
  g_assert_cmpstr (fr_person_get_name (zoe), ==, "Zoë");
  g_assert_true (crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER) == zoe);
  g_assert_cmpuint (crowd_count (crowd), ==, 1);
}

/* Two who have come to be called the same are two people, and each dial is about one of them. */
static void
test_same_address (Crowd *crowd, gconstpointer data)
{
  g_autoptr (FrPersonRecord) record = fr_person_record_new (&crowd->mia, "Zoë", SERVER, "zoe");
  FrPerson *zoe, *new_zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  record->auto_connect = TRUE;
  new_zoe = fr_people_append (crowd->people, record);
  fr_people_retry (crowd->people, new_zoe);
  g_assert_true (zoe != new_zoe);
  crowd_report (crowd, FR_REPORT_DIAL_FOUND, NULL, "zoe", -1);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_CONNECTING);
  g_assert_cmpint (fr_person_get_state (new_zoe), ==, FR_PERSON_LOOKING);
  crowd_report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_OTHER_PERSON);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_FAILED);
  g_assert_error (fr_person_get_error (zoe), FR_NODE_ERROR, FR_NODE_ERROR_OTHER_PERSON);
  g_assert_cmpint (fr_person_get_state (new_zoe), ==, FR_PERSON_LOOKING);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "zoe", -1);
  g_assert_cmpint (fr_person_get_state (new_zoe), ==, FR_PERSON_HERE);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_FAILED);
}

static void
test_come_and_go (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add (crowd, "zoe");
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "mia", -1);
  g_assert_true (fr_people_find_key (crowd->people, &crowd->zoe) == zoe);
  g_assert_cmpuint (fr_people_get_n_here (crowd->people), ==, 2);
  g_assert_cmpuint (crowd->n_notified, ==, 2);
  crowd_report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_NO_ANSWER); /* of another dial: no matter */
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_HERE);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->mia, "mia", FR_NODE_ERROR_LEFT);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  g_assert_cmpuint (fr_people_get_n_here (crowd->people), ==, 0);
  g_assert_cmpuint (crowd_count (crowd), ==, 1); /* who only came is gone */
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  g_assert_cmpint (fr_person_get_retry_at_us (zoe), >, g_get_monotonic_time ());
  fr_people_remove (crowd->people, zoe);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  g_assert_cmpuint (crowd_count (crowd), ==, 0);
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
  zoe = crowd_add (crowd, "zoe");
  g_assert_cmpint (fr_person_get_seen_us (zoe), ==, 0);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  came_us = fr_person_get_seen_us (zoe);
  g_assert_cmpint (came_us, >, 0);
  fr_test_wait_until (is_past, &came_us, 5);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  left_us = fr_person_get_seen_us (zoe);
  g_assert_cmpint (left_us, >, came_us);
  fr_test_wait_until (is_past, &left_us, 5);
  fr_people_retry (crowd->people, zoe);
  crowd_report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_NOT_THERE);
  g_assert_cmpint (fr_person_get_seen_us (zoe), ==, left_us);
}

/* The next try comes later each time, up to two minutes; where one would not help, there is none. */
static void
test_tries_again (Crowd *crowd, gconstpointer data)
{
  static const guint delays_s[] = { 5, 10, 20, 40, 80, 120, 120, 120 };
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add (crowd, "zoe");
  for (gsize i = 0; i < G_N_ELEMENTS (delays_s); i++)
    {
      gint64 before_us = g_get_monotonic_time (), at_us;

      crowd_report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_NOT_THERE);
      at_us = fr_person_get_retry_at_us (zoe);
      g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
      g_assert_cmpint (at_us, >=, before_us + delays_s[i] * G_USEC_PER_SEC);
      g_assert_cmpint (at_us, <=, g_get_monotonic_time () + delays_s[i] * G_USEC_PER_SEC);
      fr_person_set_state (zoe, FR_PERSON_LOOKING, NULL); /* as when that time has come */
    }
  crowd_report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_INTERCEPTED);
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
  zoe = crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  crowd_report (crowd, FR_REPORT_DIAL_FAILED, NULL, "zoe", FR_NODE_ERROR_NOT_THERE);
  fr_people_set_server (crowd->people, OTHER_SERVER, "me", FALSE);
  fr_people_set_server (crowd->people, OTHER_SERVER, "me", TRUE);
  fr_people_retry (crowd->people, zoe);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
  g_assert_error (fr_person_get_error (zoe), FR_NODE_ERROR, FR_NODE_ERROR_OTHER_SERVER);
  g_assert_null (fr_people_find_address (crowd->people, "zoe"));
  /* but a key is the same everywhere */
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe-2", -1);
  g_assert_cmpuint (crowd_count (crowd), ==, 1);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_HERE);
  g_assert_cmpstr (fr_person_get_server (zoe), ==, OTHER_SERVER);
  g_assert_cmpstr (fr_person_get_address (zoe), ==, "zoe-2");
}

/* Whoever was added is there again after a new start, once, and is dialled; who only came, or was removed, is not. */
static void
test_kept (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) left = NULL;
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  crowd_add (crowd, "zoe");
  crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "mia", -1);
  fr_people_remove (crowd->people, crowd_add (crowd, "tom"));
  records = crowd_list_stored (crowd);
  g_assert_cmpuint (records->len, ==, 1);
  fr_test_assert_finalizes (crowd->people);
  crowd_make_people (crowd);
  fr_people_load (crowd->people, records);
  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = fr_people_find_key (crowd->people, &crowd->zoe);
  g_assert_nonnull (zoe);
  g_assert_true (fr_person_get_added (zoe));
  g_assert_cmpint (fr_person_get_seen_us (zoe), >, 0);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_LOOKING);
  fr_people_remove (crowd->people, zoe);
  left = crowd_list_stored (crowd);
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
    crowd_add (crowd, "zoe");
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
  if (!was_here)
    crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  zoe = fr_people_find_key (crowd->people, &crowd->zoe);
  new_one = crowd_add (crowd, "zed");
  g_assert_true (new_one != zoe);
  crowd_report (crowd, FR_REPORT_DIAL_FOUND, NULL, "zed", -1);
  g_assert_cmpint (fr_person_get_state (new_one), ==, FR_PERSON_CONNECTING);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zed", -1);
  g_assert_cmpuint (crowd_count (crowd), ==, 1);
  g_assert_true (fr_people_find_address (crowd->people, "zed") == zoe);
  g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_HERE);
  g_assert_true (fr_person_get_added (zoe));
  g_assert_cmpuint (fr_people_get_n_here (crowd->people), ==, 1);
  records = crowd_list_stored (crowd);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (((FrPersonRecord *) g_ptr_array_index (records, 0))->address, ==, "zed");
}

/* Whom the person keeps is called what they were called first, or what the person says; what they call themselves since
 * then is known, too. Strangers are called what they say. */
static void
test_names (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stored = NULL;
  FrPerson *zoe, *mia, *stranger;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add (crowd, "zoe");
  g_assert_cmpstr (fr_person_get_name (zoe), ==, "zoe");
  crowd_report_named (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", "Zoë");
  g_assert_cmpstr (fr_person_get_name (zoe), ==, "Zoë");
  g_assert_null (fr_person_get_own_name (zoe));
  fr_people_set_checked (crowd->people, zoe, &crowd->zoe, TRUE);
  crowd_report_named (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", "Mia");
  g_assert_cmpstr (fr_person_get_name (zoe), ==, "Zoë");
  g_assert_cmpstr (fr_person_get_own_name (zoe), ==, "Mia");

  g_assert_false (fr_people_rename (crowd->people, zoe, " ", &error));
  g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_BAD_NAME);
  g_assert_cmpstr (fr_person_get_name (zoe), ==, "Zoë");
  g_assert_true (fr_people_rename (crowd->people, zoe, " My  sister ", NULL));
  g_assert_cmpstr (fr_person_get_name (zoe), ==, "My sister");
  crowd_report_named (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", "My sister");
  g_assert_null (fr_person_get_own_name (zoe));

  mia = crowd_add (crowd, "mia"); /* not met yet, and has a name all the same */
  g_assert_true (fr_people_rename (crowd->people, mia, "Mia from work", NULL));
  crowd_report_named (crowd, FR_REPORT_LINK_UP, &crowd->mia, "mia", "Zoë");
  g_assert_cmpstr (fr_person_get_name (mia), ==, "Mia from work");
  g_assert_cmpstr (fr_person_get_own_name (mia), ==, "Zoë");
  fr_people_block (crowd->people, mia);
  stored = crowd_list_stored (crowd);
  g_assert_cmpuint (stored->len, ==, 2);
  g_assert_cmpstr (((FrPersonRecord *) g_ptr_array_index (stored, 0))->name, ==, "My sister");
  g_assert_cmpstr (((FrPersonRecord *) g_ptr_array_index (stored, 1))->name, ==, "Mia from work");

  crowd_report_named (crowd, FR_REPORT_LINK_ASKS, &crowd->own, "tom", "Tom");
  stranger = fr_people_find_key (crowd->people, &crowd->own);
  crowd_report_named (crowd, FR_REPORT_LINK_ASKS, &crowd->own, "tom", "Thomas");
  g_assert_cmpstr (fr_person_get_name (stranger), ==, "Thomas");
  g_assert_null (fr_person_get_own_name (stranger));
  fr_people_accept (crowd->people, stranger);
  crowd_report_named (crowd, FR_REPORT_LINK_UP, &crowd->own, "tom", "My sister");
  g_assert_cmpstr (fr_person_get_name (stranger), ==, "Thomas");
}

/* Who may see what is for the contacts: as the store has it, it takes a key, and to have been added, and no block. */
static void
test_contact (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = crowd_add_invited (crowd, "Zoe", &crowd->zoe, SERVER);
  FrPerson *unmet = crowd_add (crowd, "mia");

  g_assert_true (fr_person_is_contact (zoe));
  g_assert_false (fr_person_is_contact (unmet));
  fr_person_met (unmet, &crowd->mia, "Mia", SERVER, "mia");
  g_assert_true (fr_person_is_contact (unmet));
  fr_person_set_added (unmet, FALSE);
  g_assert_false (fr_person_is_contact (unmet));
  fr_people_block (crowd->people, zoe);
  g_assert_false (fr_person_is_contact (zoe));
}

/* A link that stood before they were blocked, and of which we hear later, is none; nor is whoever was added there them. */
static void
test_blocked_meanwhile (Crowd *crowd, gconstpointer data)
{
  static const FrNetworkReportType types[] = { FR_REPORT_LINK_UP, FR_REPORT_LINK_ASKS, FR_REPORT_LINK_WAITS };
  FrPerson *zoe, *new_one;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  new_one = crowd_add (crowd, "zed");
  fr_people_block (crowd->people, zoe);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      crowd_report (crowd, types[i], &crowd->zoe, "zed", -1);
      g_assert_cmpint (fr_person_get_state (zoe), ==, FR_PERSON_AWAY);
      g_assert_true (fr_person_get_blocked (zoe));
      g_assert_false (fr_person_get_added (zoe));
      g_assert_cmpint (fr_person_get_state (new_one), ==, FR_PERSON_FAILED);
      g_assert_error (fr_person_get_error (new_one), FR_NODE_ERROR, FR_NODE_ERROR_BLOCKED);
      g_assert_cmpuint (crowd_count (crowd), ==, 2);
      fr_person_set_state (new_one, FR_PERSON_LOOKING, NULL);
    }
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
  zoe = crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->zoe, "zoe", -1);
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

/* Whoever says that the program here did wrong is not heard to be busy, until they are here again. */
static void
test_accused (Crowd *crowd, gconstpointer data)
{
  static const struct
  {
    FrNetworkReportType type;
    int code;
    int shown; /* -1: nothing */
  } rows[] = {
    { FR_REPORT_LINK_UP, -1, -1 },
    { FR_REPORT_LINK_DOWN, FR_NODE_ERROR_LEFT, -1 },
    { FR_REPORT_DIAL_FAILED, FR_NODE_ERROR_BUSY, FR_NODE_ERROR_BUSY },
    { FR_REPORT_LINK_UP, -1, -1 },
    { FR_REPORT_LINK_DOWN, FR_NODE_ERROR_ACCUSED, FR_NODE_ERROR_ACCUSED },
    { FR_REPORT_DIAL_FAILED, FR_NODE_ERROR_BUSY, FR_NODE_ERROR_ACCUSED },
    { FR_REPORT_DIAL_FAILED, FR_NODE_ERROR_NO_ANSWER, FR_NODE_ERROR_NO_ANSWER },
    { FR_REPORT_DIAL_FAILED, FR_NODE_ERROR_BUSY, FR_NODE_ERROR_ACCUSED },
    { FR_REPORT_LINK_UP, -1, -1 },
    { FR_REPORT_LINK_DOWN, FR_NODE_ERROR_LEFT, -1 },
    { FR_REPORT_DIAL_FAILED, FR_NODE_ERROR_BUSY, FR_NODE_ERROR_BUSY },
  };
  FrPerson *zoe;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].type == FR_REPORT_DIAL_FAILED)
        fr_people_retry (crowd->people, zoe);
      crowd_report (crowd, rows[i].type, &crowd->zoe, "zoe", rows[i].code);
      if (rows[i].shown < 0)
        g_assert_no_error (fr_person_get_error (zoe));
      else
        g_assert_error (fr_person_get_error (zoe), FR_NODE_ERROR, rows[i].shown);
      g_assert_cmpint (fr_person_get_kept_out_until_us (zoe), ==, 0);
      if (rows[i].type != FR_REPORT_LINK_UP)
        g_assert_cmpint (fr_person_get_retry_at_us (zoe), !=, 0); /* it is tried again by itself */
    }
}

/* What is notified is what can be read: each of these by itself. */
static void
test_flags (Crowd *crowd, gconstpointer data)
{
  static const char *const names[] = { "added", "blocked", "checked", "mine", "agrees", "other" };
  static const guint8 agreement[FR_PERSON_AGREEMENT_SIZE] = { 1 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FrPersonRecord) record = fr_person_record_new (&crowd->zoe, "Zoë", SERVER, "zoe");
      g_autoptr (FrPerson) person = fr_person_new (record);

      fr_person_set_added (person, i == 0);
      fr_person_set_blocked (person, i == 1);
      fr_person_set_checked (person, i == 2);
      fr_person_set_mine (person, i == 3);
      fr_person_set_agreement (person, i == 4 ? agreement : NULL);
      fr_person_set_other_key (person, i == 5 ? &crowd->mia : NULL);
      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        {
          gboolean flag;

          g_object_get (person, names[k], &flag, NULL);
          g_assert_cmpint (flag, ==, i == k);
        }
    }
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
      crowd_report (crowd, FR_REPORT_LINK_UP, &key, "stranger", -1);
      report_kept_out (crowd, FR_REPORT_LINK_DOWN, &key, "stranger", 300 * 1000);
      g_assert_cmpuint (crowd_count (crowd), ==, MIN (i + 1, FR_PEOPLE_MAX_KEPT_OUT));
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
    { "/node/people/invited", test_invited },
    { "/node/people/same-person", test_same_person },
    { "/node/people/same-address", test_same_address },
    { "/node/people/come-and-go", test_come_and_go },
    { "/node/people/seen", test_seen },
    { "/node/people/tries-again", test_tries_again },
    { "/node/people/other-server", test_other_server },
    { "/node/people/kept", test_kept },
    { "/node/people/names", test_names },
    { "/node/people/contact", test_contact },
    { "/node/people/blocked-meanwhile", test_blocked_meanwhile },
    { "/node/people/kept-out", test_kept_out },
    { "/node/people/accused", test_accused },
    { "/node/people/flags", test_flags },
    { "/node/people/strangers-kept-out", test_strangers_kept_out },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Crowd, NULL, crowd_set_up, tests[i].test, crowd_tear_down);
  g_test_add ("/node/people/renamed/here", Crowd, GINT_TO_POINTER (TRUE), crowd_set_up, test_renamed, crowd_tear_down);
  g_test_add ("/node/people/renamed/away", Crowd, GINT_TO_POINTER (FALSE), crowd_set_up, test_renamed, crowd_tear_down);
}
