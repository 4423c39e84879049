/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-node-error.h"
#include "fr-test-support.h"

#include "introduction-pair.h"
#include "rude-peer.h"
#include "tests.h"

/* Whom nobody is linked to is dialled by whatever way there is. */

static gboolean
both_linked (gpointer data)
{
  Pair *pair = data;

  g_assert_no_error (pair->anna.error);
  return pair->anna.link != NULL && pair->ben.link != NULL;
}

static gboolean
has_failed (gpointer data)
{
  return ((Side *) data)->n_failed > 0;
}

static void
assert_way (Pair *pair, FrWay way)
{
  fr_test_wait_until (both_linked, pair, 15);
  g_assert_cmpint (fr_link_get_way (pair->anna.link), ==, way);
  g_assert_cmpint (fr_link_get_way (pair->ben.link), ==, way);
  g_assert_cmpuint (pair->ben.n_offers, ==, 1);
}

/* No server anywhere: the words go along links. */
static void
test_overlay (Pair *pair, gconstpointer data)
{
  FrDialTarget ben;

  pair_make_route (pair);
  ben = pair_get_target (&pair->ben, "ben");
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  assert_way (pair, FR_WAY_OVERLAY);
  g_assert_cmpuint (pair->anna.n_letters, <=, FR_INTRODUCTIONS_MAX_LETTERS);
  g_assert_cmpuint (pair->ben.n_letters, <=, FR_INTRODUCTIONS_MAX_LETTERS);
}

/* No route either, but somebody to ask. */
static void
test_locate (Pair *pair, gconstpointer data)
{
  FrDialTarget ben = pair_get_target (&pair->ben, "ben");

  pair->anna.can_locate = TRUE;
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_TRANSFER);
  assert_way (pair, FR_WAY_OVERLAY);
  g_assert_cmpuint (pair->anna.n_located, ==, 1);
}

/* Letters are lost, so the copy by the server is what is answered. */
static void
test_server_helps (Pair *pair, gconstpointer data)
{
  FrDialTarget ben;

  pair_make_route (pair);
  pair->anna.loses = TRUE;
  pair_go_online (pair, &pair->anna, "anna");
  pair_go_online (pair, &pair->ben, "ben");
  ben = pair_get_target (&pair->ben, "ben");
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  assert_way (pair, FR_WAY_SERVER);
  g_assert_cmpuint (pair->anna.n_letters, >, 0);
}

/* Answers along links are lost, so the offer goes by both ways; it is answered once, and that answer comes by the way of
 * the copy. */
static void
test_answered_once (Pair *pair, gconstpointer data)
{
  FrDialTarget ben;

  pair_make_route (pair);
  pair->ben.loses = TRUE;
  pair_go_online (pair, &pair->anna, "anna");
  pair_go_online (pair, &pair->ben, "ben");
  ben = pair_get_target (&pair->ben, "ben");
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  fr_test_wait_until (both_linked, pair, 15);
  g_assert_cmpint (fr_link_get_way (pair->anna.link), ==, FR_WAY_SERVER);
  g_assert_cmpint (fr_link_get_way (pair->ben.link), ==, FR_WAY_OVERLAY);
  g_assert_cmpuint (pair->ben.n_offers, ==, 1);
  g_assert_cmpuint (fr_switchboard_get_links (pair->ben.board)->len, ==, 1);
}

/* There is another server, and a doorbell, and nothing else. */
static void
test_elsewhere (Pair *pair, gconstpointer data)
{
  gboolean is_doorbell = GPOINTER_TO_INT (data);
  FrDialTarget ben = pair_get_target (&pair->ben, "ben");

  if (is_doorbell)
    {
      g_autoptr (FrRegistration) doorbell = fr_registration_new (pair->ben.identity);

      pair->server = rude_server_new (0, &pair->address);
      g_assert_true (fr_registration_connect (doorbell, pair->address, "ben", NULL));
      fr_test_wait_until (pair_is_online, doorbell, 10);
      fr_introductions_set_doorbell (pair->ben.introductions, doorbell);
      ben.doorbell = pair->address;
    }
  else
    {
      pair_go_online (pair, &pair->ben, "ben");
      ben.server = pair->address;
    }
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  assert_way (pair, is_doorbell ? FR_WAY_DOORBELL : FR_WAY_SERVER);
  fr_introductions_set_doorbell (pair->ben.introductions, NULL);
}

/* That nobody of that name is at the server does not end what may be answered along links; and tells most in the end. */
static void
test_most_telling (Pair *pair, gconstpointer data)
{
  FrDialTarget ben;

  pair_make_route (pair);
  pair->anna.loses = TRUE;
  pair_go_online (pair, &pair->anna, "anna");
  ben = pair_get_target (&pair->ben, "ben");
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  fr_test_wait_until (has_failed, &pair->anna, 15);
  g_assert_error (pair->anna.error, FR_NODE_ERROR, FR_NODE_ERROR_NOT_THERE);
  g_assert_cmpuint (pair->anna.n_failed, ==, 1);
}

static void
test_no_way (Pair *pair, gconstpointer data)
{
  FrDialTarget ben = pair_get_target (&pair->ben, "ben");

  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  g_assert_error (pair->anna.error, FR_NODE_ERROR, FR_NODE_ERROR_NO_SERVER);
  ben.address = (char *) "";
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  g_assert_error (pair->anna.error, FR_NODE_ERROR, FR_NODE_ERROR_OTHER_SERVER);
}

static FrDialNote
make_note (guint number)
{
  FrDialNote note = { .key = { { 9 } } };

  memcpy (note.dial_id, &number, sizeof number);
  return note;
}

static void
test_ended_limit (Pair *pair, gconstpointer data)
{
  FrDialNote first = make_note (0), second = make_note (1), other = first;

  for (guint i = 0; i < FR_INTRODUCTIONS_MAX_ENDED; i++)
    {
      FrDialNote note = make_note (i);

      fr_introductions_remember (pair->anna.introductions, &note);
      fr_introductions_remember (pair->anna.introductions, &note);
    }
  g_assert_true (fr_introductions_remembers (pair->anna.introductions, &first));
  other.key.bytes[0] = 10;
  g_assert_false (fr_introductions_remembers (pair->anna.introductions, &other)); /* nobody uses up another's */
  fr_introductions_remember (pair->anna.introductions, &other);
  g_assert_false (fr_introductions_remembers (pair->anna.introductions, &first));
  g_assert_true (fr_introductions_remembers (pair->anna.introductions, &second));
}

static void
test_way_names (void)
{
  g_assert_null (fr_way_to_string (FR_WAY_NONE));
  g_assert_cmpstr (fr_way_to_string (FR_WAY_OVERLAY), ==, "overlay");
  g_assert_cmpstr (fr_way_to_string (FR_WAY_SERVER), ==, "server");
  g_assert_cmpstr (fr_way_to_string (FR_WAY_DOORBELL), ==, "doorbell");
  g_assert_null (fr_way_to_string (FR_N_WAYS));
}

static void
add (const char *path, void (*test) (Pair *, gconstpointer), gconstpointer data)
{
  g_test_add (path, Pair, data, pair_set_up, test, pair_tear_down);
}

void
test_introductions_add (void)
{
  g_test_add_func ("/node/introductions/way-names", test_way_names);
  add ("/node/introductions/ended-limit", test_ended_limit, NULL);
  add ("/node/introductions/no-way", test_no_way, NULL);
  add ("/node/introductions/overlay", test_overlay, NULL);
  add ("/node/introductions/locate", test_locate, NULL);
  add ("/node/introductions/server-helps", test_server_helps, NULL);
  add ("/node/introductions/answered-once", test_answered_once, NULL);
  add ("/node/introductions/doorbell", test_elsewhere, GINT_TO_POINTER (TRUE));
  add ("/node/introductions/other-server", test_elsewhere, GINT_TO_POINTER (FALSE));
  add ("/node/introductions/most-telling", test_most_telling, NULL);
}
