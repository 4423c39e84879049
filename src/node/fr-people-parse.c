/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-invitation.h"
#include "fr-node-error.h"
#include "fr-peer-name.h"

/**
 * fr_people_parse:
 * @text: an address, or an invitation (a `freshet:` link), as a person pasted it
 * @server: (nullable): where we are
 * @own_address: (nullable): what we are called there
 * @own_key: our own
 * @out_invitation: (out) (transfer full) (nullable): what the invitation says, if it is one that will do
 * @error: return location for %FR_NODE_ERROR_BAD_ADDRESS, %FR_NODE_ERROR_YOURSELF or %FR_NODE_ERROR_OTHER_SERVER
 *
 * Reads who is to be added, and refuses who cannot be.
 *
 * Returns: (transfer full) (nullable): who is meant; an address alone tells no key
 */
FrPersonRecord *
fr_people_parse (const char *text, const char *server, const char *own_address, const FrPeerKey *own_key,
                 FrInvitation **out_invitation, GError **error)
{
  g_autoptr (FrInvitation) invitation = fr_invitation_parse (text);
  g_autofree char *address = NULL;
  FrPeerKey nobody = { { 0 } };
  FrNodeError code = FR_NODE_ERROR_BAD_ADDRESS;

  if (invitation == NULL)
    {
      address = g_strstrip (g_strdup (text));
      if (fr_peer_address_is_valid (address) && g_strcmp0 (address, own_address) != 0)
        return fr_person_record_new (&nobody, address, server != NULL ? server : "", address);
      if (g_strcmp0 (address, own_address) == 0)
        code = FR_NODE_ERROR_YOURSELF;
    }
  else if (fr_peer_key_equal (&invitation->key, own_key))
    code = FR_NODE_ERROR_YOURSELF;
  else if (server != NULL && g_strcmp0 (invitation->server, server) != 0)
    code = FR_NODE_ERROR_OTHER_SERVER;
  else
    {
      FrPersonRecord *record
          = fr_person_record_new (&invitation->key, invitation->name, invitation->server, invitation->address);

      fr_person_record_set_doorbell (record, invitation->doorbell);
      *out_invitation = g_steal_pointer (&invitation);
      return record;
    }
  g_propagate_error (error, fr_node_error_new (code, invitation != NULL ? invitation->name : address));
  return NULL;
}
