/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"

#include "fr-relay-uri.h"

#include <glib/gi18n-lib.h>

/* A node and what helps it through firewalls. */

static gboolean
check (const char *uri, gboolean (*is_valid) (const char *uri), GError **error)
{
  if (uri == NULL || is_valid (uri))
    return TRUE;
  g_propagate_error (error, fr_node_error_new (FR_NODE_ERROR_BAD_RELAY, uri));
  return FALSE;
}

/**
 * fr_node_set_relays:
 * @self: a node
 * @stun: (nullable): such as `stun://example.org:3478`; %NULL or "": none
 * @turn: (nullable): such as `turn://name:password@example.org:3478`; %NULL or "": none
 * @error: return location for %FR_NODE_ERROR_BAD_RELAY
 *
 * Sets the servers that help connections made from now on through firewalls (RFC 8489, RFC 8656), and keeps them.
 *
 * Returns: %FALSE if one of them is no such address; then neither is used
 */
gboolean
fr_node_set_relays (FrNode *self, const char *stun, const char *turn, GError **error)
{
  const char *turns[] = { NULL, NULL };
  FrWebrtcConfig *webrtc = &self->parts->webrtc;

  if (stun != NULL && *stun == '\0')
    stun = NULL;
  if (turn != NULL && *turn == '\0')
    turn = NULL;
  if (!check (stun, fr_relay_uri_is_stun, error) || !check (turn, fr_relay_uri_is_turn, error))
    return FALSE;
  if (g_strcmp0 (stun, webrtc->stun) == 0 && g_strcmp0 (turn, fr_node_get_turn (self)) == 0)
    return TRUE;
  turns[0] = turn;
  g_free (webrtc->stun);
  webrtc->stun = g_strdup (stun);
  g_strfreev (webrtc->turn);
  webrtc->turn = turn != NULL ? g_strdupv ((char **) turns) : NULL;
  fr_node_put_setting (self, FR_SETTING_STUN, stun);
  fr_node_put_setting (self, FR_SETTING_TURN, turn);
  fr_network_set_relays (self->network, stun, turn);
  return TRUE;
}

/**
 * fr_node_get_stun:
 * @self: a node
 *
 * Returns: (nullable): the STUN server that is used
 */
const char *
fr_node_get_stun (FrNode *self)
{
  return self->parts->webrtc.stun;
}

/**
 * fr_node_get_turn:
 * @self: a node
 *
 * Returns: (nullable): the first of the TURN servers that are used
 */
const char *
fr_node_get_turn (FrNode *self)
{
  return self->parts->webrtc.turn != NULL ? self->parts->webrtc.turn[0] : NULL;
}

static char *
get_host (const char *uri)
{
  g_autoptr (GUri) parsed
      = uri != NULL ? g_uri_parse (uri, G_URI_FLAGS_NON_DNS | G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;

  return parsed != NULL ? g_strdup (g_uri_get_host (parsed)) : NULL;
}

/**
 * fr_node_describe_invited_relays:
 * @self: a node
 * @text: an address or an invitation, as a person pasted it
 *
 * An invitation may name servers that help through firewalls, which are used for all connections then, unless the person
 * has chosen some.
 *
 * Returns: (transfer full) (nullable): a sentence for people about what adding it would change; %NULL: nothing
 */
char *
fr_node_describe_invited_relays (FrNode *self, const char *text)
{
  g_autoptr (FrInvitation) invitation = fr_invitation_parse (text);
  const char *stun = invitation != NULL && fr_node_get_stun (self) == NULL ? invitation->stun : NULL;
  const char *turn = invitation != NULL && fr_node_get_turn (self) == NULL ? invitation->turn : NULL;
  g_autofree char *first = get_host (stun), *second = get_host (turn);

  if (first == NULL && second == NULL)
    return NULL;
  if (first == NULL || second == NULL || g_str_equal (first, second))
    /* Translators: a server */
    return g_strdup_printf (_ ("By this invitation all your connections will be helped through firewalls by %s, which can "
                               "see your network address."),
                            first != NULL ? first : second);
  /* Translators: two servers */
  return g_strdup_printf (_ ("By this invitation all your connections will be helped through firewalls by %s and %s, "
                             "which can see your network address."),
                          first, second);
}
