/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-adding-text.h"
#include "fr-invitation-text.h"
#include "fr-invitation.h"
#include "tests.h"

#define SECOND G_USEC_PER_SEC
#define ERROR_IS(code_) .has_error = TRUE, .code = FR_NODE_ERROR_##code_, .error = "It is so."

/* Words */

static void
test_steps (void)
{
  static const struct
  {
    FrAddingFacts facts;
    FrAddingStep step;
    const char *text;
    FrAddingRemedy remedy;
  } rows[] = {
    { { "Anna", FR_PERSON_AWAY, .node = FR_NODE_CONNECTING }, FR_ADDING_MEETING_POINT, "Going to the meeting point…" },
    { { "Anna", FR_PERSON_AWAY, .node = FR_NODE_OFFLINE, .has_meeting_point = TRUE },
      FR_ADDING_MEETING_POINT, "Going to the meeting point…" },
    { { "anna", FR_PERSON_AWAY, .node = FR_NODE_OFFLINE },
      FR_ADDING_NO_MEETING_POINT, "You need a meeting point first.", FR_ADDING_SET_UP_MEETING_POINT },
    { { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_WAITING, .node_error = "It cannot be reached." },
      FR_ADDING_LOST, "It cannot be reached.", FR_ADDING_TRY_AGAIN },
    { { "Anna", FR_PERSON_AWAY, .node = FR_NODE_FAILED },
      FR_ADDING_LOST, "The meeting point cannot be reached.", FR_ADDING_TRY_AGAIN },
    /* the invitation is for where one is on the way to */
    { { "Anna", FR_PERSON_AWAY, ERROR_IS (OTHER_SERVER), .node = FR_NODE_CONNECTING },
      FR_ADDING_MEETING_POINT, "Going to the meeting point…" },
    { { "Anna", FR_PERSON_AWAY, ERROR_IS (OTHER_SERVER), .node = FR_NODE_ONLINE },
      FR_ADDING_FAILED, "It is so.", FR_ADDING_TRY_AGAIN },
    { { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_ONLINE }, FR_ADDING_LOOKING, "Looking for Anna…" },
    { { "Anna", FR_PERSON_AWAY, .node = FR_NODE_ONLINE }, FR_ADDING_LOOKING, "Looking for Anna…" },
    { { "Anna", FR_PERSON_CONNECTING, .node = FR_NODE_ONLINE }, FR_ADDING_CONNECTING, "Found, connecting…" },
    { { "Anna", FR_PERSON_CONNECTING, .node = FR_NODE_WAITING }, FR_ADDING_CONNECTING, "Found, connecting…" },
    { { "Anna", FR_PERSON_ASKS, .node = FR_NODE_ONLINE }, FR_ADDING_CONNECTING, "Found, connecting…" },
    { { "Anna", FR_PERSON_WAITS, .node = FR_NODE_ONLINE }, FR_ADDING_WAITING, "Waiting for Anna to accept…" },
    { { "Anna", FR_PERSON_HERE, .node = FR_NODE_ONLINE }, FR_ADDING_CONNECTED, "Connected to Anna" },
    { { "Anna", FR_PERSON_HERE, .node = FR_NODE_WAITING }, FR_ADDING_CONNECTED, "Connected to Anna" },
    { { "Anna", FR_PERSON_AWAY, .is_known = TRUE, ERROR_IS (NOT_THERE), .node = FR_NODE_ONLINE },
      FR_ADDING_NOT_HERE, "Anna is not here." },
    { { "ana", FR_PERSON_AWAY, ERROR_IS (NOT_THERE), .node = FR_NODE_ONLINE },
      FR_ADDING_NOBODY, "No one called “ana” here. Check the spelling or ask for a link." },
    { { "Anna", FR_PERSON_AWAY, ERROR_IS (NO_ROUTE), .node = FR_NODE_ONLINE },
      FR_ADDING_NO_WAY, "Your two networks don’t let you connect directly. A relay would help.",
      FR_ADDING_SET_UP_RELAY },
    { { "Anna", FR_PERSON_FAILED, ERROR_IS (REFUSED), .node = FR_NODE_ONLINE },
      FR_ADDING_FAILED, "It is so.", FR_ADDING_TRY_AGAIN },
    { { "Anna", FR_PERSON_CHANGED, ERROR_IS (OTHER_PERSON), .node = FR_NODE_ONLINE },
      FR_ADDING_FAILED, "It is so.", FR_ADDING_NO_REMEDY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrAdding adding;
      g_autofree char *text = NULL;

      fr_adding_begin (&adding, 0);
      fr_adding_take (&adding, &rows[i].facts);
      text = fr_adding_text_describe (adding.step, &rows[i].facts);
      g_assert_cmpint (adding.step, ==, rows[i].step);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpint (fr_adding_text_get_remedy (adding.step, &rows[i].facts), ==, rows[i].remedy);
      g_assert_cmpint (fr_adding_remedy_get_label (rows[i].remedy) == NULL, ==, rows[i].remedy == FR_ADDING_NO_REMEDY);
    }
}

/* What has not worked stands until a later try comes further; whoever was connected once is added. */
static void
test_goes_further (void)
{
  static const FrAddingFacts looking = { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_ONLINE };
  static const FrAddingFacts absent = { "Anna", FR_PERSON_AWAY, .is_known = TRUE, ERROR_IS (NOT_THERE), .node = FR_NODE_ONLINE };
  static const FrAddingFacts going = { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_CONNECTING };
  static const FrAddingFacts lost = { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_WAITING };
  static const FrAddingFacts found = { "Anna", FR_PERSON_CONNECTING, .node = FR_NODE_ONLINE };
  static const FrAddingFacts no_way = { "Anna", FR_PERSON_AWAY, ERROR_IS (NO_ROUTE), .node = FR_NODE_ONLINE };
  static const FrAddingFacts waits = { "Anna", FR_PERSON_WAITS, .node = FR_NODE_ONLINE };
  static const FrAddingFacts here = { "Anna", FR_PERSON_HERE, .node = FR_NODE_ONLINE };
  static const FrAddingFacts refused = { "Anna", FR_PERSON_FAILED, ERROR_IS (REFUSED), .node = FR_NODE_ONLINE };
  static const struct
  {
    const FrAddingFacts *facts;
    FrAddingStep step;
    gboolean changed;
  } rows[] = {
    { &going, FR_ADDING_MEETING_POINT, FALSE }, { &lost, FR_ADDING_LOST, TRUE },
    { &going, FR_ADDING_LOST, FALSE },          { &looking, FR_ADDING_LOOKING, TRUE },
    { &absent, FR_ADDING_NOT_HERE, TRUE },      { &looking, FR_ADDING_NOT_HERE, FALSE },
    { &absent, FR_ADDING_NOT_HERE, FALSE },     { &going, FR_ADDING_NOT_HERE, FALSE },
    { &lost, FR_ADDING_LOST, TRUE },            { &looking, FR_ADDING_LOOKING, TRUE },
    { &found, FR_ADDING_CONNECTING, TRUE },     { &no_way, FR_ADDING_NO_WAY, TRUE },
    { &looking, FR_ADDING_NO_WAY, FALSE },      { &found, FR_ADDING_NO_WAY, FALSE },
    { &absent, FR_ADDING_NOT_HERE, TRUE },      { &found, FR_ADDING_CONNECTING, TRUE },
    { &waits, FR_ADDING_WAITING, TRUE },        { &refused, FR_ADDING_FAILED, TRUE },
    { &looking, FR_ADDING_FAILED, FALSE },      { &waits, FR_ADDING_WAITING, TRUE },
    { &here, FR_ADDING_CONNECTED, TRUE },       { &absent, FR_ADDING_CONNECTED, FALSE },
    { &refused, FR_ADDING_CONNECTED, FALSE },
  };
  FrAdding adding;

  fr_adding_begin (&adding, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (fr_adding_take (&adding, rows[i].facts), ==, rows[i].changed);
      g_assert_cmpint (adding.step, ==, rows[i].step);
    }
  fr_adding_begin (&adding, 0); /* the person asks for another try */
  g_assert_true (fr_adding_take (&adding, &looking));
}

/* Nobody has to watch for longer than five seconds, or at all where nothing will come of it soon. */
static void
test_goes_on (void)
{
  static const struct
  {
    FrAddingStep step;
    FrAddingFacts facts;
    gboolean at_once, later;
  } rows[] = {
    { FR_ADDING_MEETING_POINT, { "Anna" }, FALSE, TRUE },
    { FR_ADDING_LOOKING, { "Anna" }, FALSE, TRUE },
    { FR_ADDING_CONNECTING, { "Anna" }, FALSE, TRUE },
    { FR_ADDING_WAITING, { "Anna" }, FALSE, TRUE },
    { FR_ADDING_CONNECTED, { "Anna" }, FALSE, FALSE },
    { FR_ADDING_NO_MEETING_POINT, { "Anna" }, FALSE, FALSE },
    { FR_ADDING_LOST, { "Anna", .node = FR_NODE_WAITING }, TRUE, TRUE },
    { FR_ADDING_LOST, { "Anna", .node = FR_NODE_FAILED }, FALSE, FALSE },
    { FR_ADDING_NOT_HERE, { "Anna" }, TRUE, TRUE },
    { FR_ADDING_NOBODY, { "ana" }, FALSE, FALSE },
    { FR_ADDING_NO_WAY, { "Anna" }, FALSE, FALSE },
    { FR_ADDING_FAILED, { "Anna", FR_PERSON_AWAY }, TRUE, TRUE },
    { FR_ADDING_FAILED, { "Anna", FR_PERSON_FAILED }, FALSE, FALSE },
    { FR_ADDING_FAILED, { "Anna", FR_PERSON_CHANGED }, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrAdding adding = { rows[i].step, 100 * SECOND };

      g_assert_cmpint (fr_adding_text_goes_on (&adding, &rows[i].facts, 105 * SECOND - 1), ==, rows[i].at_once);
      g_assert_cmpint (fr_adding_text_goes_on (&adding, &rows[i].facts, 105 * SECOND), ==, rows[i].later);
      g_assert_cmpint (fr_adding_get_patience_us (&adding, 102 * SECOND), ==, 3 * SECOND);
      g_assert_cmpint (fr_adding_get_patience_us (&adding, 200 * SECOND), ==, 0);
    }
}

/* What people paste is a whole message as often as a link. */
static void
test_pick (void)
{
  g_autofree char *longest = g_strnfill (FR_INVITATION_TEXT_MAX_SIZE, ' ');
  g_autofree char *longer = g_strnfill (FR_INVITATION_TEXT_MAX_SIZE + 1, ' ');
  static const struct
  {
    const char *text, *picked;
  } rows[] = {
    { "", "" },
    { "  anna\n", "anna" },
    { "freshet:invite?name=A", "freshet:invite?name=A" },
    { "Hi! Add me:\nFreshet:Invite?name=A&key=b\nSee you.", "Freshet:Invite?name=A&key=b" },
    { "Add me (freshet:invite?name=A), I am there.", "freshet:invite?name=A" },
    { "“freshet:invite?name=A”", "freshet:invite?name=A" },
    { "Here: freshet:invite?name=A.", "freshet:invite?name=A" },
    { "freshet:invite?a freshet:invite?b", "freshet:invite?a" },
    { "freshet:other?a", "freshet:other?a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *picked = fr_invitation_text_pick (rows[i].text);

      g_assert_cmpstr (picked, ==, rows[i].picked);
    }
  memcpy (longest, "freshet:invite?", strlen ("freshet:invite?"));
  memcpy (longer, "freshet:invite?", strlen ("freshet:invite?"));
  longest[40] = longer[40] = 'x';
  {
    g_autofree char *picked = fr_invitation_text_pick (longest), *not_picked = fr_invitation_text_pick (longer);

    g_assert_cmpstr (picked, ==, "freshet:invite?");
    g_assert_cmpuint (strlen (not_picked), ==, 41);
  }
}

static void
test_read (void)
{
  static const struct
  {
    const char *server, *place;
  } rows[] = {
    { "wss://meet.example.org/a?key=secret", "Meets at meet.example.org" },
    { "ws://192.168.1.7:9001/", "Meets at 192.168.1.7" },
  };
  g_autofree char *name = NULL, *place = NULL;

  g_assert_false (fr_invitation_text_read ("anna", &name, &place));
  g_assert_false (fr_invitation_text_read ("freshet:invite?name=Anna", &name, &place));
  g_assert_null (name);
  g_assert_null (place);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrInvitation invitation = { .name = (char *) "Zoë", .key = { { 1 } }, .server = (char *) rows[i].server,
                                  .address = (char *) "zoe" };
      g_autofree char *uri = fr_invitation_to_uri (&invitation);
      g_autofree char *who = NULL, *where = NULL;

      g_assert_true (fr_invitation_text_read (uri, &who, &where));
      g_assert_cmpstr (who, ==, "Zoë");
      g_assert_cmpstr (where, ==, rows[i].place);
    }
}

void
test_adding_add (void)
{
  g_test_add_func ("/ui/adding/steps", test_steps);
  g_test_add_func ("/ui/adding/goes-further", test_goes_further);
  g_test_add_func ("/ui/adding/goes-on", test_goes_on);
  g_test_add_func ("/ui/adding/pick", test_pick);
  g_test_add_func ("/ui/adding/read", test_read);
}
