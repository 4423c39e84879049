/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invitation.h"

#include <string.h>

#include "tests.h"

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
    { "freshet:invite", FALSE },
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

void
test_invitation_add (void)
{
  g_test_add_func ("/node/invitation/round-trip", test_round_trip);
  g_test_add_func ("/node/invitation/table", test_table);
  g_test_add_func ("/node/invitation/too-long", test_too_long);
}
