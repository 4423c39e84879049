/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invitation.h"

#include <string.h>

#include "fr-peer-name.h"

#define PREFIX "freshet:invite?"

/**
 * fr_invitation_to_uri:
 * @self: an invitation
 *
 * Returns: (transfer full): a link, `freshet:invite?name=…&key=…&server=…&id=…`, percent-encoded (RFC 3986)
 */
char *
fr_invitation_to_uri (const FrInvitation *self)
{
  g_autofree char *name = g_uri_escape_string (self->name, NULL, FALSE);
  g_autofree char *key = fr_peer_key_to_string (&self->key);
  g_autofree char *server = g_uri_escape_string (self->server, NULL, FALSE);
  g_autofree char *address = g_uri_escape_string (self->address, NULL, FALSE);

  return g_strdup_printf (PREFIX "name=%s&key=%s&server=%s&id=%s", name, key, server, address);
}

/**
 * fr_invitation_parse:
 * @uri: (nullable): what somebody pasted; blanks around it do not matter
 *
 * Reads a link. Name, key, server and id must be there, once and valid.
 *
 * Returns: (transfer full) (nullable): the invitation, or %NULL if it is none
 */
FrInvitation *
fr_invitation_parse (const char *uri)
{
  g_autofree char *text = uri != NULL ? g_strstrip (g_strdup (uri)) : NULL;
  g_autoptr (GHashTable) fields = NULL;
  g_autoptr (FrInvitation) self = g_new0 (FrInvitation, 1);
  const char *server;

  if (text == NULL || strlen (text) > FR_INVITATION_MAX_SIZE || g_ascii_strncasecmp (text, PREFIX, strlen (PREFIX)) != 0)
    return NULL;
  fields = g_uri_parse_params (text + strlen (PREFIX), -1, "&", G_URI_PARAMS_NONE, NULL);
  if (fields == NULL)
    return NULL;
  server = g_hash_table_lookup (fields, "server");
  if (fr_peer_name_normalise (g_hash_table_lookup (fields, "name"), &self->name) != FR_PEER_NAME_OK
      || !fr_peer_key_parse (&self->key, g_hash_table_lookup (fields, "key"))
      || !fr_peer_address_is_valid (g_hash_table_lookup (fields, "id")) || server == NULL || *server == '\0')
    return NULL;
  self->server = g_strdup (server);
  self->address = g_strdup (g_hash_table_lookup (fields, "id"));
  return g_steal_pointer (&self);
}

/**
 * fr_invitation_free:
 * @self: (nullable) (transfer full): an invitation
 *
 * Frees an invitation.
 */
void
fr_invitation_free (FrInvitation *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->server);
  g_free (self->address);
  g_free (self);
}
