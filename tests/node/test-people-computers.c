/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-acquaintance-table.h"
#include "fr-node-error.h"
#include "fr-person-private.h"
#include "fr-test-support.h"

#include "crowd.h"
#include "gallery-fixture.h"
#include "tests.h"

/* Several computers of one person, and who was introduced: what the reports of the network make of the list. */

static const FrPeerKey laptop = { { 20 } }, tablet = { { 21 } }, carol = { { 30 } };

static FrNetworkReport *
say (const FrPeerKey *who, FrAcquaintanceKind kind)
{
  FrNetworkReport *news = fr_network_report_new (FR_REPORT_INTRODUCED);

  news->key = *who;
  news->acquaintances = fr_acquaintances_new (kind);
  return news;
}

static void
add_subject (FrNetworkReport *news, const FrPeerKey *key, const char *address)
{
  g_ptr_array_add (news->acquaintances->subjects, fr_acquaintance_new (key, "Zoë", SERVER, address));
}

/* All other computers that somebody says to have; NULL: no second, or none. */
static void
say_computers (Crowd *crowd, const FrPeerKey *who, const FrPeerKey *first, const FrPeerKey *second)
{
  g_autoptr (FrNetworkReport) news = say (who, FR_ACQUAINTANCE_COMPUTERS);

  if (first != NULL)
    add_subject (news, first, "laptop");
  if (second != NULL)
    add_subject (news, second, "tablet");
  fr_people_take_report (crowd->people, news);
}

static void
say_person (Crowd *crowd, const FrPeerKey *who, const FrPeerKey *key)
{
  g_autoptr (FrNetworkReport) news = say (who, FR_ACQUAINTANCE_PERSON);

  add_subject (news, key, "carol");
  fr_people_take_report (crowd->people, news);
}

static void
say_you (Crowd *crowd, const FrPeerKey *who, gboolean agrees)
{
  g_autoptr (FrNetworkReport) news = say (who, FR_ACQUAINTANCE_YOU);

  news->acquaintances->agrees = agrees;
  memset (news->acquaintances->agreement, 7, sizeof news->acquaintances->agreement);
  fr_people_take_report (crowd->people, news);
}

/* A contact who is here. */
static FrPerson *
know (Crowd *crowd, const FrPeerKey *key, const char *address)
{
  FrPerson *person;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  person = crowd_add (crowd, address);
  crowd_report (crowd, FR_REPORT_LINK_UP, key, address, -1);
  g_assert_true (fr_person_is_contact (person));
  return person;
}

static guint
count_computers (FrPerson *person)
{
  g_autoptr (GPtrArray) computers = fr_person_list_computers (person);

  return computers->len;
}

static void
count_cb (FrPeople *people, FrPerson *computer, gpointer data)
{
  g_assert_nonnull (fr_person_get_owner (computer));
  ++*(guint *) data;
}

/* It stands behind its person, counts as a contact, is not checked, and is there after a start. */
static void
test_taken (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe"), *mia = know (crowd, &crowd->mia, "mia"), *other;
  g_autoptr (GPtrArray) stored = NULL;
  guint n = 0;

  g_signal_connect (crowd->people, "other-computer", G_CALLBACK (count_cb), &n);
  g_assert_true (fr_people_set_checked (crowd->people, zoe, &crowd->zoe, TRUE));
  say_computers (crowd, &crowd->zoe, &laptop, &tablet);
  say_computers (crowd, &crowd->zoe, &laptop, &tablet); /* as at each meeting */
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (crowd_count (crowd), ==, 4);
  g_assert_cmpuint (count_computers (zoe), ==, 2);
  other = fr_people_find_key (crowd->people, &laptop);
  g_assert_true (fr_person_get_owner (other) == zoe);
  g_assert_true (fr_person_is_contact (other));
  g_assert_false (fr_person_get_checked (other));
  g_assert_true (g_ptr_array_index (crowd->people->people, 1) == other);
  g_assert_true (g_ptr_array_index (crowd->people->people, 3) == mia);

  stored = crowd_list_stored (crowd);
  fr_test_assert_finalizes (crowd->people);
  crowd_make_people (crowd);
  fr_people_load (crowd->people, stored);
  zoe = fr_people_find_key (crowd->people, &crowd->zoe);
  other = fr_people_find_key (crowd->people, &tablet);
  g_assert_true (fr_person_get_owner (other) == zoe);
  g_assert_true (g_ptr_array_index (crowd->people->people, 2) == other);
}

/* What is not listed any more is a stranger again; nothing at all is nothing. */
static void
test_taken_back (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe");
  g_autoptr (GPtrArray) stored = NULL;

  say_computers (crowd, &crowd->zoe, &laptop, &tablet);
  say_computers (crowd, &crowd->zoe, &tablet, NULL);
  g_assert_null (fr_people_find_key (crowd->people, &laptop));
  g_assert_cmpuint (count_computers (zoe), ==, 1);
  say_computers (crowd, &crowd->zoe, NULL, NULL);
  g_assert_cmpuint (crowd_count (crowd), ==, 1);
  stored = crowd_list_stored (crowd);
  g_assert_cmpuint (stored->len, ==, 1);
}

/* Strangers, the blocked, and computers that came by the word of another are not listened to. */
static void
test_not_listened_to (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe");

  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "mia", -1); /* not added */
  say_computers (crowd, &crowd->mia, &laptop, NULL);
  say_person (crowd, &crowd->mia, &carol);
  say_you (crowd, &crowd->mia, TRUE);
  say_computers (crowd, &carol, &laptop, NULL); /* nobody at all */
  g_assert_cmpuint (crowd_count (crowd), ==, 2);
  g_assert_false (fr_person_get_agrees (fr_people_find_key (crowd->people, &crowd->mia)));

  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  say_computers (crowd, &laptop, &tablet, NULL);
  g_assert_null (fr_people_find_key (crowd->people, &tablet));
  say_you (crowd, &laptop, TRUE);
  g_assert_false (fr_person_get_agrees (fr_people_find_key (crowd->people, &laptop)));

  fr_people_block (crowd->people, zoe);
  say_computers (crowd, &crowd->zoe, &tablet, NULL);
  say_person (crowd, &crowd->zoe, &carol);
  g_assert_null (fr_people_find_key (crowd->people, &tablet));
  g_assert_null (fr_people_find_key (crowd->people, &carol));
}

/* Whoever is somebody here already is not moved: not a contact, nobody blocked, nobody's computer, not we. */
static void
test_not_moved (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe"), *mia = know (crowd, &crowd->mia, "mia");
  FrPerson *blocked = know (crowd, &carol, "carol");

  fr_people_block (crowd->people, blocked);
  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  say_computers (crowd, &crowd->mia, &laptop, &crowd->zoe);
  g_assert_cmpuint (count_computers (mia), ==, 0);
  g_assert_null (fr_person_get_owner (zoe));
  g_assert_true (fr_person_get_owner (fr_people_find_key (crowd->people, &laptop)) == zoe);
  say_computers (crowd, &crowd->mia, &carol, &crowd->own);
  g_assert_cmpuint (count_computers (mia), ==, 0);
  g_assert_true (fr_person_get_blocked (blocked));
  g_assert_false (fr_person_get_added (blocked));
  g_assert_null (fr_people_find_key (crowd->people, &crowd->own));
}

/* A stranger who is in the list is let in by it. */
static void
test_stranger (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe"), *other;

  crowd_report (crowd, FR_REPORT_LINK_ASKS, &laptop, "laptop", -1);
  g_assert_cmpuint (fr_people_get_n_asking (crowd->people), ==, 1);
  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  other = fr_people_find_key (crowd->people, &laptop);
  g_assert_true (fr_person_get_owner (other) == zoe);
  g_assert_true (fr_person_get_added (other));
  crowd_report (crowd, FR_REPORT_LINK_UP, &laptop, "laptop", -1);
  g_assert_cmpuint (fr_people_get_n_asking (crowd->people), ==, 0);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &laptop, "laptop", FR_NODE_ERROR_LEFT);
  g_assert_cmpuint (crowd_count (crowd), ==, 2); /* it stays */
}

static void
test_too_many (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe");
  g_autoptr (FrNetworkReport) news = say (&crowd->zoe, FR_ACQUAINTANCE_COMPUTERS);

  for (guint8 i = 1; i < FR_PERSON_MAX_COMPUTERS; i++)
    add_subject (news, &(FrPeerKey) { { 100, i } }, "");
  fr_people_take_report (crowd->people, news);
  g_assert_cmpuint (count_computers (zoe), ==, FR_PERSON_MAX_COMPUTERS - 1);
  add_subject (news, &tablet, ""); /* more than the protocol allows */
  fr_people_take_report (crowd->people, news);
  g_assert_cmpuint (count_computers (zoe), ==, FR_PERSON_MAX_COMPUTERS - 1);
  g_assert_null (fr_people_find_key (crowd->people, &tablet));
}

/* Blocking one is blocking all, and so are removing and unblocking. */
static void
test_together (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe"), *other;
  g_autoptr (GPtrArray) stored = NULL, left = NULL;

  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  other = fr_people_find_key (crowd->people, &laptop);
  fr_people_block (crowd->people, other);
  g_assert_true (fr_person_get_blocked (zoe));
  g_assert_true (fr_person_get_blocked (other));
  g_assert_false (fr_person_get_added (other));
  stored = crowd_list_stored (crowd);
  g_assert_cmpuint (stored->len, ==, 2);
  for (guint i = 0; i < stored->len; i++)
    g_assert_true (((FrPersonRecord *) stored->pdata[i])->blocked);
  fr_people_unblock (crowd->people, other);
  g_assert_cmpuint (crowd_count (crowd), ==, 0);

  zoe = know (crowd, &crowd->zoe, "zoe");
  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  fr_people_remove (crowd->people, zoe);
  g_assert_cmpuint (crowd_count (crowd), ==, 0);
  left = crowd_list_stored (crowd);
  g_assert_cmpuint (left->len, ==, 0);
}

/* Added anew, she is there alone, until she says what else is hers. */
static void
test_added_again (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe");

  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  fr_people_block (crowd->people, zoe);
  g_assert_true (crowd_add (crowd, "zoe") == zoe);
  g_assert_false (fr_person_get_blocked (zoe));
  g_assert_cmpuint (crowd_count (crowd), ==, 1);
  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  g_assert_cmpuint (count_computers (zoe), ==, 1);
}

/* Her first computer was lost: what it said of others goes with it. */
static void
test_lost (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe");
  g_autoptr (GPtrArray) stored = NULL;

  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->zoe, "zoe", FR_NODE_ERROR_LEFT);
  crowd_report (crowd, FR_REPORT_LINK_ASKS, &crowd->mia, "zoe", -1);
  g_assert_true (fr_people_accept_other (crowd->people, zoe, &crowd->mia));
  g_assert_null (fr_people_find_key (crowd->people, &laptop));
  stored = crowd_list_stored (crowd);
  g_assert_cmpuint (stored->len, ==, 1);
}

/* That it is called so is her word: nobody who is really called so is suspected, or kept from coming. */
static void
test_claimed_address (Crowd *crowd, gconstpointer data)
{
  FrPerson *other, *mia;

  know (crowd, &crowd->zoe, "zoe");
  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  other = fr_people_find_key (crowd->people, &laptop);
  g_assert_cmpint (fr_person_get_state (other), ==, FR_PERSON_LOOKING);
  crowd_report (crowd, FR_REPORT_OTHER_KEY, &crowd->mia, "laptop", -1);
  g_assert_false (fr_person_get_other_key (other, NULL));
  g_assert_cmpint (fr_person_get_state (other), ==, FR_PERSON_AWAY);
  crowd_report (crowd, FR_REPORT_LINK_ASKS, &crowd->mia, "laptop", -1);
  mia = fr_people_find_key (crowd->people, &crowd->mia);
  g_assert_cmpint (fr_person_get_state (mia), ==, FR_PERSON_ASKS);
  /* once it was there, that is its place like anybody's */
  crowd_report (crowd, FR_REPORT_LINK_UP, &laptop, "laptop", -1);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &laptop, "laptop", FR_NODE_ERROR_LEFT);
  crowd_report (crowd, FR_REPORT_LINK_ASKS, &carol, "laptop", -1);
  g_assert_true (fr_person_get_other_key (other, NULL));
}

static GPtrArray *
list_acquaintances (Crowd *crowd)
{
  g_autoptr (GPtrArray) people = crowd_list_stored (crowd); /* what was written before */
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_list_acquaintances_async (crowd->store, NULL, gallery_answered_cb, &result);
  return fr_store_list_acquaintances_finish (crowd->store, gallery_await (&result), NULL);
}

/* Somebody comes by the word of other people: no server says what they are called. */
static void
meet_elsewhere (Crowd *crowd, const FrPeerKey *key, const char *address)
{
  g_autoptr (FrNetworkReport) news = fr_network_report_new (FR_REPORT_LINK_UP);

  news->key = *key;
  news->name = g_strdup ("Somebody");
  news->address = g_strdup (address);
  news->way = FR_WAY_OVERLAY;
  fr_people_take_report (crowd->people, news);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, key, address, FR_NODE_ERROR_LEFT);
}

static void
start_anew (Crowd *crowd)
{
  g_autoptr (GPtrArray) stored = crowd_list_stored (crowd), acquaintances = list_acquaintances (crowd);

  fr_test_assert_finalizes (crowd->people);
  crowd_make_people (crowd);
  fr_people_load (crowd->people, stored);
  fr_people_load_acquaintances (crowd->people, acquaintances);
  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
}

/* Nor does a start make a word of others more than that, whether they were here meanwhile or not; and what a server has said
 * stays said. */
static void
test_claimed_after_start (Crowd *crowd, gconstpointer data)
{
  const FrPeerKey *const claimed[] = { &laptop, &tablet, &carol };
  static const char *const addresses[] = { "laptop", "tablet", "carol" };

  know (crowd, &crowd->zoe, "zoe");
  say_computers (crowd, &crowd->zoe, &laptop, &tablet);
  say_person (crowd, &crowd->zoe, &carol);
  fr_people_accept (crowd->people, fr_people_find_key (crowd->people, &carol));
  meet_elsewhere (crowd, &laptop, "laptop");
  start_anew (crowd);
  g_assert_true (fr_person_has_place (fr_people_find_key (crowd->people, &crowd->zoe)));
  for (gsize i = 0; i < G_N_ELEMENTS (claimed); i++)
    {
      FrPerson *person = fr_people_find_key (crowd->people, claimed[i]);

      g_assert_false (fr_person_has_place (person));
      g_assert_cmpstr (fr_person_get_address (person), ==, addresses[i]);
      g_assert_cmpint (fr_person_get_state (person), ==, FR_PERSON_LOOKING);
      crowd_report (crowd, FR_REPORT_OTHER_KEY, &crowd->mia, addresses[i], -1);
      g_assert_false (fr_person_get_other_key (person, NULL));
      crowd_report (crowd, FR_REPORT_LINK_UP, claimed[i], addresses[i], -1);
    }
  start_anew (crowd);
  for (gsize i = 0; i < G_N_ELEMENTS (claimed); i++)
    g_assert_true (fr_person_has_place (fr_people_find_key (crowd->people, claimed[i])));
}

/* Of the person here: both have to say so, and words were compared. */
static void
test_mine (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe");
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (fr_people_set_mine (crowd->people, zoe, TRUE, &error));
  g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_NOT_CHECKED);
  g_assert_true (fr_people_set_checked (crowd->people, zoe, &crowd->zoe, TRUE));
  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  g_assert_true (fr_people_set_mine (crowd->people, zoe, TRUE, NULL));
  g_assert_true (fr_person_get_mine (zoe));
  g_assert_cmpuint (crowd_count (crowd), ==, 1); /* what it called its own is not somebody else's */
  say_computers (crowd, &crowd->zoe, &laptop, NULL);
  g_assert_cmpuint (crowd_count (crowd), ==, 1);
  g_assert_false (fr_person_get_agrees (zoe));
  say_you (crowd, &crowd->zoe, TRUE);
  g_assert_true (fr_person_get_agrees (zoe));
  stored = crowd_list_stored (crowd);
  fr_test_assert_finalizes (crowd->people);
  crowd_make_people (crowd);
  fr_people_load (crowd->people, stored);
  zoe = fr_people_find_key (crowd->people, &crowd->zoe);
  g_assert_true (fr_person_get_mine (zoe) && fr_person_get_agrees (zoe) && fr_person_get_told (zoe));
  say_you (crowd, &crowd->zoe, FALSE);
  g_assert_false (fr_person_get_agrees (zoe));
}

/* Whatever ends it: not checked any more, blocked, another key in its place. */
static void
test_mine_ends (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe");

  for (guint i = 0; i < 3; i++)
    {
      FrPeerKey key;

      g_assert_true (fr_person_get_key (zoe, &key));
      g_assert_true (fr_people_set_checked (crowd->people, zoe, &key, TRUE));
      g_assert_true (fr_people_set_mine (crowd->people, zoe, TRUE, NULL));
      say_you (crowd, &key, TRUE);
      if (i == 0)
        g_assert_true (fr_people_set_mine (crowd->people, zoe, FALSE, NULL));
      else if (i == 1)
        fr_people_set_checked (crowd->people, zoe, &key, FALSE);
      else
        {
          crowd_report (crowd, FR_REPORT_LINK_DOWN, &key, "zoe", FR_NODE_ERROR_LEFT);
          crowd_report (crowd, FR_REPORT_LINK_ASKS, &crowd->mia, "zoe", -1);
          g_assert_true (fr_people_accept_other (crowd->people, zoe, &crowd->mia));
          g_assert_false (fr_person_get_agrees (zoe));
        }
      g_assert_false (fr_person_get_mine (zoe));
    }
  g_assert_true (fr_people_set_mine (crowd->people, zoe, TRUE, NULL));
  fr_people_block (crowd->people, zoe);
  g_assert_false (fr_person_get_mine (zoe));
}

static void
test_mine_too_many (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint8 i = 1; i <= FR_PERSON_MAX_COMPUTERS; i++)
    {
      g_autofree char *address = g_strdup_printf ("mine-%u", i);
      FrPeerKey key = { { 100, i } };
      FrPerson *person = know (crowd, &key, address);
      gboolean fits = i < FR_PERSON_MAX_COMPUTERS;

      g_assert_true (fr_people_set_checked (crowd->people, person, &key, TRUE));
      g_assert_cmpint (fr_people_set_mine (crowd->people, person, TRUE, fits ? NULL : &error), ==, fits);
      if (fits)
        g_assert_true (fr_people_set_mine (crowd->people, person, TRUE, NULL)); /* once more */
    }
  g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_TOO_MANY_COMPUTERS);
}

/* Acquaintances */

/* She stays a stranger, in the list, with the name of who knows her; also after a start. */
static void
test_introduced (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe"), *person;
  g_autoptr (GPtrArray) stored = NULL, acquaintances = NULL, left = NULL;

  know (crowd, &crowd->mia, "mia");
  say_person (crowd, &crowd->zoe, &carol);
  say_person (crowd, &crowd->mia, &carol); /* the first one stays */
  say_person (crowd, &crowd->zoe, &crowd->mia); /* known */
  say_person (crowd, &crowd->zoe, &crowd->own);
  g_assert_cmpuint (crowd_count (crowd), ==, 3);
  person = fr_people_find_key (crowd->people, &carol);
  g_assert_true (fr_person_get_introducer (person) == zoe);
  g_assert_false (fr_person_is_contact (person));
  g_assert_true (fr_person_is_introduced_only (person));
  crowd_report (crowd, FR_REPORT_LINK_ASKS, &carol, "carol", -1);
  g_assert_cmpint (fr_person_get_state (person), ==, FR_PERSON_ASKS);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &carol, "carol", FR_NODE_ERROR_LEFT);
  g_assert_cmpuint (crowd_count (crowd), ==, 3);

  stored = crowd_list_stored (crowd);
  acquaintances = list_acquaintances (crowd);
  g_assert_cmpuint (stored->len, ==, 2); /* not among the contacts */
  g_assert_cmpuint (acquaintances->len, ==, 1);
  fr_test_assert_finalizes (crowd->people);
  crowd_make_people (crowd);
  fr_people_load (crowd->people, stored);
  fr_people_load_acquaintances (crowd->people, acquaintances);
  zoe = fr_people_find_key (crowd->people, &crowd->zoe);
  person = fr_people_find_key (crowd->people, &carol);
  g_assert_true (fr_person_get_introducer (person) == zoe);
  fr_people_remove (crowd->people, zoe);
  g_assert_null (fr_people_find_key (crowd->people, &carol));
  left = list_acquaintances (crowd);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_decided (Crowd *crowd, gconstpointer data)
{
  FrPerson *person;
  g_autoptr (GPtrArray) left = NULL;

  know (crowd, &crowd->zoe, "zoe");
  say_person (crowd, &crowd->zoe, &carol);
  fr_people_turn_away (crowd->people, fr_people_find_key (crowd->people, &carol));
  g_assert_cmpuint (crowd_count (crowd), ==, 1);
  left = list_acquaintances (crowd);
  g_assert_cmpuint (left->len, ==, 0);

  say_person (crowd, &crowd->zoe, &carol);
  person = fr_people_find_key (crowd->people, &carol);
  fr_people_accept (crowd->people, person);
  g_assert_true (fr_person_is_contact (person));
  g_assert_cmpint (fr_person_get_state (person), ==, FR_PERSON_LOOKING);
  g_assert_nonnull (fr_person_get_introducer (person));
  crowd_report (crowd, FR_REPORT_OTHER_KEY, &crowd->mia, "carol", -1); /* her address was the word of somebody else */
  g_assert_false (fr_person_get_other_key (person, NULL));
}

/* Whoever types an address means whoever is called that, and not whom somebody says to be called so. */
static void
test_typed_address (Crowd *crowd, gconstpointer data)
{
  FrPerson *person;

  know (crowd, &crowd->zoe, "zoe");
  say_person (crowd, &crowd->zoe, &carol);
  person = crowd_add (crowd, "carol");
  g_assert_false (fr_person_get_key (person, NULL));
  g_assert_cmpuint (crowd_count (crowd), ==, 3);
  crowd_report (crowd, FR_REPORT_LINK_UP, &crowd->mia, "carol", -1);
  g_assert_true (fr_people_find_key (crowd->people, &crowd->mia) == person);
}

static void
test_too_many_introduced (Crowd *crowd, gconstpointer data)
{
  know (crowd, &crowd->zoe, "zoe");
  know (crowd, &crowd->mia, "mia");
  for (guint8 i = 0; i <= FR_ACQUAINTANCES_MAX_EACH; i++)
    {
      FrPeerKey key = { { 100, i } };

      say_person (crowd, &crowd->zoe, &key);
      g_assert_true ((fr_people_find_key (crowd->people, &key) != NULL) == (i < FR_ACQUAINTANCES_MAX_EACH));
    }
  say_person (crowd, &crowd->mia, &carol);
  g_assert_nonnull (fr_people_find_key (crowd->people, &carol));
}

/* Both have to be here, and contacts. */
static void
test_introduce (Crowd *crowd, gconstpointer data)
{
  FrPerson *zoe = know (crowd, &crowd->zoe, "zoe"), *mia = know (crowd, &crowd->mia, "mia");
  g_autoptr (GError) same = NULL, away = NULL;

  g_assert_true (fr_people_introduce (crowd->people, zoe, mia, NULL));
  g_assert_false (fr_people_introduce (crowd->people, zoe, zoe, &same));
  g_assert_error (same, FR_NODE_ERROR, FR_NODE_ERROR_AWAY);
  crowd_report (crowd, FR_REPORT_LINK_DOWN, &crowd->mia, "mia", FR_NODE_ERROR_LEFT);
  g_assert_false (fr_people_introduce (crowd->people, zoe, mia, &away));
  g_assert_error (away, FR_NODE_ERROR, FR_NODE_ERROR_AWAY);
}

#define ADD(name, function) g_test_add ("/node/people-computers/" name, Crowd, NULL, crowd_set_up, function, crowd_tear_down)

void
test_people_computers_add (void)
{
  ADD ("taken", test_taken);
  ADD ("taken-back", test_taken_back);
  ADD ("not-listened-to", test_not_listened_to);
  ADD ("not-moved", test_not_moved);
  ADD ("stranger", test_stranger);
  ADD ("too-many", test_too_many);
  ADD ("together", test_together);
  ADD ("added-again", test_added_again);
  ADD ("lost", test_lost);
  ADD ("claimed-address", test_claimed_address);
  ADD ("claimed-after-start", test_claimed_after_start);
  ADD ("mine", test_mine);
  ADD ("mine-ends", test_mine_ends);
  ADD ("mine-too-many", test_mine_too_many);
  ADD ("introduced", test_introduced);
  ADD ("decided", test_decided);
  ADD ("typed-address", test_typed_address);
  ADD ("too-many-introduced", test_too_many_introduced);
  ADD ("introduce", test_introduce);
}
