/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-relay-uri.h"

#include <string.h>

/* libnice 0.1.21 takes quotation marks off a name or password, and reads past one that has nothing else. */
static gboolean
can_be_trimmed (const char *text)
{
  return text == NULL || text[strspn (text, "\"")] != '\0';
}

static gboolean
is_at (const char *uri, const char *scheme, const char *secure_scheme)
{
  g_autoptr (GUri) parsed = NULL;
  const char *host;

  if (strlen (uri) > FR_RELAY_URI_MAX_SIZE)
    return FALSE;
  parsed = g_uri_parse (uri, G_URI_FLAGS_NON_DNS | G_URI_FLAGS_HAS_PASSWORD, NULL);
  host = parsed != NULL ? g_uri_get_host (parsed) : NULL;
  return host != NULL && *host != '\0' && can_be_trimmed (g_uri_get_user (parsed))
         && can_be_trimmed (g_uri_get_password (parsed))
         && (g_str_equal (g_uri_get_scheme (parsed), scheme) || g_strcmp0 (g_uri_get_scheme (parsed), secure_scheme) == 0);
}

/**
 * fr_relay_uri_is_stun:
 * @uri: a text
 *
 * Returns: whether it is the address of a STUN server
 */
gboolean
fr_relay_uri_is_stun (const char *uri)
{
  return is_at (uri, "stun", NULL);
}

/**
 * fr_relay_uri_is_turn:
 * @uri: a text
 *
 * Returns: whether it is the address of a TURN server
 */
gboolean
fr_relay_uri_is_turn (const char *uri)
{
  return is_at (uri, "turn", "turns");
}
