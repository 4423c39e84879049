/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invitation.h"

#include <string.h>

#include "fr-peer-name.h"
#include "fr-relay-uri.h"
#include "fr-server-address.h"

#define PREFIX "freshet:invite?"

static void
append (GString *uri, const char *field, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (uri, "&%s=", field);
  g_string_append_uri_escaped (uri, value, NULL, FALSE);
}

/**
 * fr_invitation_to_uri:
 * @self: an invitation
 *
 * Returns: (transfer full): a link, `freshet:invite?name=…&key=…&server=…&id=…`, and `stun`, `turn` and `doorbell` where
 *   there are any, percent-encoded (RFC 3986)
 */
char *
fr_invitation_to_uri (const FrInvitation *self)
{
  g_autoptr (GString) uri = g_string_new (PREFIX "name=");
  g_autofree char *key = fr_peer_key_to_string (&self->key);

  g_string_append_uri_escaped (uri, self->name, NULL, FALSE);
  append (uri, "key", key);
  append (uri, "server", self->server);
  append (uri, "id", self->address);
  append (uri, "stun", self->stun);
  append (uri, "turn", self->turn);
  append (uri, "doorbell", self->doorbell);
  return g_string_free (g_steal_pointer (&uri), FALSE);
}

static gboolean
is_server (const char *text)
{
  g_autoptr (FrServerAddress) parsed
      = strlen (text) <= FR_INVITATION_MAX_SERVER ? fr_server_address_parse (text, NULL) : NULL;

  return parsed != NULL;
}

static gboolean
is_key (const char *text)
{
  FrPeerKey key;

  return fr_peer_key_parse (&key, text) && !fr_peer_key_is_zero (&key);
}

static gboolean
is_name (const char *text)
{
  g_autofree char *name = NULL;

  return fr_peer_name_normalise (text, &name) == FR_PEER_NAME_OK;
}

static const struct
{
  const char *name;
  gboolean (*is_valid) (const char *value);
  gboolean is_needed;
} fields[] = {
  { "name", is_name, TRUE },
  { "key", is_key, TRUE },
  { "server", is_server, TRUE },
  { "id", fr_peer_address_is_valid, TRUE },
  { "stun", fr_relay_uri_is_stun, FALSE },
  { "turn", fr_relay_uri_is_turn, FALSE },
  { "doorbell", is_server, FALSE },
};

static GHashTable *
read_fields (const char *text)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  char *name, *value;
  GUriParamsIter iter;
  guint n = 0;

  g_uri_params_iter_init (&iter, text, -1, "&", G_URI_PARAMS_NONE);
  while (g_uri_params_iter_next (&iter, &name, &value, &error))
    if (!g_hash_table_insert (values, name, value) || ++n > FR_INVITATION_MAX_FIELDS)
      return NULL;
  return error == NULL ? g_steal_pointer (&values) : NULL;
}

static gboolean
check_fields (GHashTable *values)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = g_hash_table_lookup (values, fields[i].name);

      if (value == NULL ? fields[i].is_needed : !fields[i].is_valid (value))
        return FALSE;
    }
  return TRUE;
}

/**
 * fr_invitation_parse:
 * @uri: (nullable): what somebody pasted; blanks around it do not matter
 *
 * Reads a link. Name, key, server and id must be there; whatever is known must be valid, and nothing there twice.
 *
 * Returns: (transfer full) (nullable): the invitation, or %NULL if it is none
 */
FrInvitation *
fr_invitation_parse (const char *uri)
{
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) values = NULL;
  FrInvitation *self;

  if (uri == NULL || strlen (uri) > 2 * FR_INVITATION_MAX_SIZE)
    return NULL;
  text = g_strstrip (g_strdup (uri));
  if (strlen (text) > FR_INVITATION_MAX_SIZE || g_ascii_strncasecmp (text, PREFIX, strlen (PREFIX)) != 0)
    return NULL;
  values = read_fields (text + strlen (PREFIX));
  if (values == NULL || !check_fields (values))
    return NULL;
  self = g_new0 (FrInvitation, 1);
  fr_peer_name_normalise (g_hash_table_lookup (values, "name"), &self->name);
  fr_peer_key_parse (&self->key, g_hash_table_lookup (values, "key"));
  self->server = g_strdup (g_hash_table_lookup (values, "server"));
  self->address = g_strdup (g_hash_table_lookup (values, "id"));
  self->stun = g_strdup (g_hash_table_lookup (values, "stun"));
  self->turn = g_strdup (g_hash_table_lookup (values, "turn"));
  self->doorbell = g_strdup (g_hash_table_lookup (values, "doorbell"));
  return self;
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
  g_free (self->stun);
  g_free (self->turn);
  g_free (self->doorbell);
  g_free (self);
}
