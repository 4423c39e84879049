/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-invitation.h"
#include "fr-people-private.h"
#include "fr-server-address.h"
#include "fuzz-input.h"

/* What is pasted: invitations, addresses of servers, addresses of people. An input is tried as all of them. */

const gsize fuzz_max_size = FR_INVITATION_MAX_SIZE + 1;

static void
try_invitation (const char *text)
{
  g_autoptr (FrInvitation) invitation = fr_invitation_parse (text), again = NULL;
  g_autofree char *uri = NULL;

  if (invitation == NULL)
    return;
  uri = fr_invitation_to_uri (invitation);
  again = fr_invitation_parse (uri);
  if (strlen (uri) > FR_INVITATION_MAX_SIZE)
    return;
  g_assert_nonnull (again);
  g_assert_cmpstr (invitation->name, ==, again->name);
  g_assert_cmpstr (invitation->server, ==, again->server);
  g_assert_cmpstr (invitation->address, ==, again->address);
  g_assert_true (fr_peer_key_equal (&invitation->key, &again->key));
}

static void
try_server (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrServerAddress) address = fr_server_address_parse (text, &error), again = NULL;
  g_autofree char *canonical = NULL, *canonical_again = NULL, *socket = NULL;
  g_autoptr (GUri) uri = NULL;

  g_assert_true ((address == NULL) == (error != NULL));
  if (address == NULL)
    return;
  canonical = fr_server_address_to_string (address);
  if (strlen (canonical) > FR_SERVER_ADDRESS_MAX_SIZE)
    return;
  again = fr_server_address_parse (canonical, &error);
  g_assert_no_error (error);
  canonical_again = fr_server_address_to_string (again);
  g_assert_cmpstr (canonical, ==, canonical_again);

  /* Where we connect to is what was understood, whatever is in the id and the token. */
  socket = fr_server_address_make_socket_uri (address, text, text);
  uri = g_uri_parse (socket, G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_uri_get_host (uri), ==, fr_server_address_get_host (address));
  g_assert_cmpint (g_uri_get_port (uri), ==, (int) fr_server_address_get_port (address));
  g_assert_null (g_uri_get_userinfo (uri));
}

static void
try_person (const char *text)
{
  const FrPeerKey own_key = { { 1 } };
  g_autoptr (GError) error = NULL;
  FrInvitation *invitation = NULL;
  FrPersonRecord *record = fr_people_parse (text, "http://127.0.0.1:9000/", "anna", &own_key, &invitation, &error);

  g_assert_true ((record == NULL) == (error != NULL));
  fr_invitation_free (invitation);
  fr_person_record_free (record);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text (data, size);

  try_invitation (text);
  try_server (text);
  if (g_utf8_validate (text, -1, NULL)) /* a text field and the command line let nothing else through */
    try_person (text);
  return 0;
}
