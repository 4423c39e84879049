/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invitation.h"
#include "fr-relay-uri.h"

#include <string.h>

#include "tests.h"

#define GOOD "freshet:invite?name=Anna&key=" KEY "&server=a&id=anna"
#define KEY "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void
test_round_trip (void)
{
  FrInvitation invitation = { .name = (char *) "Zoë & Anna", .server = (char *) "wss://example.org/a?key=b",
                              .address = (char *) "zoe-7f3k" };
  g_autoptr (FrInvitation) again = NULL;
  g_autofree char *uri = NULL;

  g_assert_true (fr_peer_key_parse (&invitation.key, KEY));
  uri = fr_invitation_to_uri (&invitation);
  g_assert_true (g_str_has_prefix (uri, "freshet:invite?"));
  again = fr_invitation_parse (uri);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->name, ==, invitation.name);
  g_assert_cmpstr (again->server, ==, invitation.server);
  g_assert_cmpstr (again->address, ==, invitation.address);
  g_assert_true (fr_peer_key_equal (&again->key, &invitation.key));
  g_assert_null (again->stun);
  g_assert_null (again->turn);
  g_assert_null (again->doorbell);
}

/* What helps to reach somebody, with what a password may have in it. */
static void
test_everything (void)
{
  FrInvitation invitation = { .name = (char *) "Zoë", .server = (char *) "example.org", .address = (char *) "zoe",
                              .stun = (char *) "stun://example.org:3478",
                              .turn = (char *) "turn://zo%40e:p%26s%3D@example.org:3478",
                              .doorbell = (char *) "ws://192.168.1.7:40001" };
  g_autoptr (FrInvitation) again = NULL;
  g_autofree char *uri = NULL;

  g_assert_true (fr_peer_key_parse (&invitation.key, KEY));
  uri = fr_invitation_to_uri (&invitation);
  again = fr_invitation_parse (uri);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->stun, ==, invitation.stun);
  g_assert_cmpstr (again->turn, ==, invitation.turn);
  g_assert_cmpstr (again->doorbell, ==, invitation.doorbell);
}

static void
test_table (void)
{
  static const struct
  {
    const char *uri;
    gboolean good;
  } rows[] = {
    { "freshet:invite?name=Anna&key=" KEY "&server=ws%3A%2F%2Fa&id=anna", TRUE },
    { "  freshet:invite?name=Anna&key=" KEY "&server=ws%3A%2F%2Fa&id=anna\n", TRUE },
    { "FRESHET:invite?name=Anna&key=" KEY "&server=ws%3A%2F%2Fa&id=anna", TRUE },
    { "freshet:invite?later=1&name=Anna&key=" KEY "&server=a&id=anna&also=x", TRUE },
    { "freshet:invite?key=" KEY "&server=a&id=anna", FALSE },
    { "freshet:invite?name=Anna&server=a&id=anna", FALSE },
    { "freshet:invite?name=Anna&key=12&server=a&id=anna", FALSE },
    { "freshet:invite?name=Anna&key=" KEY "&id=anna", FALSE },
    { "freshet:invite?name=Anna&key=" KEY "&server=a&id=..%2Fanna", FALSE },
    { "freshet:invite?name=An%00na&key=" KEY "&server=a&id=anna", FALSE },
    { "freshet:invite?name=%E2%80%AEAnna&key=" KEY "&server=a&id=anna", FALSE },
    { GOOD "&stun=stun%3A%2F%2Fa%3A3478", TRUE },
    { GOOD "&stun=turn%3A%2F%2Fa", FALSE },
    { GOOD "&stun=", FALSE },
    { GOOD "&turn=turns%3A%2F%2Fu%3Ap%40a", TRUE },
    { GOOD "&turn=http%3A%2F%2Fa", FALSE },
    { GOOD "&turn=turn%3A%2F%2F", FALSE },
    { GOOD "&doorbell=ws%3A%2F%2F10.0.0.1%3A4000", TRUE },
    { GOOD "&doorbell=ftp%3A%2F%2Fa", FALSE },
    { GOOD "&id=mia", FALSE },
    { GOOD "&later=1&later=2", FALSE },
    { GOOD "&x=%zz", FALSE },
    { GOOD "&x", FALSE },
    { "freshet:invite?name=Anna&key=0000000000000000000000000000000000000000000000000000000000000000&server=a&id=anna",
      FALSE },
    { "freshet:invite?name=Anna&key=" KEY "&server=a%20b&id=anna", FALSE },
    { "freshet:invite?name=Anna&key=" KEY "&server=ftp%3A%2F%2Fa&id=anna", FALSE },
    { "freshet:invite", FALSE },
    { "freshet:invite?", FALSE },
    { "anna", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrInvitation) invitation = fr_invitation_parse (rows[i].uri);

      g_test_message ("%s", rows[i].uri);
      g_assert_cmpint (invitation != NULL, ==, rows[i].good);
    }
}

static void
test_too_long (void)
{
  g_autofree char *filler = g_strnfill (FR_INVITATION_MAX_SIZE, 'x');
  g_autofree char *start = g_strdup ("freshet:invite?name=Anna&key=" KEY "&server=a&id=anna&x=");
  g_autofree char *longest = g_strdup_printf ("%s%.*s", start, FR_INVITATION_MAX_SIZE - (int) strlen (start), filler);
  g_autofree char *longer = g_strconcat (longest, "x", NULL);
  g_autoptr (FrInvitation) good = fr_invitation_parse (longest);

  g_assert_nonnull (good);
  g_assert_null (fr_invitation_parse (longer));
}

static void
test_too_many_fields (void)
{
  g_autoptr (GString) uri = g_string_new (GOOD);

  for (guint i = 4; i < FR_INVITATION_MAX_FIELDS; i++)
    g_string_append_printf (uri, "&x%u=", i);
  {
    g_autoptr (FrInvitation) good = fr_invitation_parse (uri->str);

    g_assert_nonnull (good);
  }
  g_string_append (uri, "&y=");
  g_assert_null (fr_invitation_parse (uri->str));
}

/* One that fits, and one byte more. */
static void
test_long_addresses (void)
{
  static const struct
  {
    const char *before;
    gsize most;
  } rows[] = {
    { "freshet:invite?name=Anna&key=" KEY "&id=anna&server=", FR_INVITATION_MAX_SERVER },
    { GOOD "&doorbell=", FR_INVITATION_MAX_SERVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strnfill (rows[i].most - strlen ("ws://a/"), 'p');
      g_autofree char *longest = g_strconcat (rows[i].before, "ws://a/", path, NULL);
      g_autofree char *longer = g_strconcat (longest, "p", NULL);
      g_autoptr (FrInvitation) good = fr_invitation_parse (longest);

      g_assert_nonnull (good);
      g_assert_null (fr_invitation_parse (longer));
    }
}

static void
test_long_relay (void)
{
  g_autofree char *password = g_strnfill (FR_RELAY_URI_MAX_SIZE - strlen ("turn://u:@a"), 'p');
  g_autofree char *longest = g_strconcat ("turn://u:", password, "@a", NULL);
  g_autofree char *longer = g_strconcat ("turn://u:", password, "p@a", NULL);

  g_assert_true (fr_relay_uri_is_turn (longest));
  g_assert_false (fr_relay_uri_is_turn (longer));
  g_assert_false (fr_relay_uri_is_stun (longest));
}

/* What libnice would read past the end of. */
static void
test_quoted_relay (void)
{
  static const struct
  {
    const char *uri;
    gboolean is_good;
  } rows[] = {
    { "turn://u:p@a", TRUE },           { "turn://%22u%22:%22p@a", TRUE },  { "turn://%22:p@a", FALSE },
    { "turn://u:%22@a", FALSE },        { "turn://u:%22%22%22@a", FALSE },  { "turn://:p@a", FALSE },
    { "turn://u:@a", FALSE },           { "turns://%22%22:%22@a", FALSE },  { "turn://u:%00@a", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_relay_uri_is_turn (rows[i].uri), ==, rows[i].is_good);
}

void
test_invitation_add (void)
{
  g_test_add_func ("/node/invitation/round-trip", test_round_trip);
  g_test_add_func ("/node/invitation/everything", test_everything);
  g_test_add_func ("/node/invitation/too-many-fields", test_too_many_fields);
  g_test_add_func ("/node/invitation/long-addresses", test_long_addresses);
  g_test_add_func ("/node/invitation/long-relay", test_long_relay);
  g_test_add_func ("/node/invitation/quoted-relay", test_quoted_relay);
  g_test_add_func ("/node/invitation/table", test_table);
  g_test_add_func ("/node/invitation/too-long", test_too_long);
}
