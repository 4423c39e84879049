/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-query-check.h"

#include <string.h>

/**
 * fr_query_check_new:
 * @id: the id of the query
 * @query: the query, from the wire
 * @copy: this copy of it
 * @self_key: our own key
 *
 * Returns: (transfer full) (nullable): the check; %NULL if the signed part is not what the protocol wants
 */
FrQueryCheck *
fr_query_check_new (const FrQueryId *id, const Freshet__Query *query, const FrQueryCopy *copy,
                    const FrPeerKey *self_key)
{
  g_autoptr (Freshet__QueryBody) body = NULL;
  FrQueryCheck *check;
  FrPeerKey asker;

  if (fr_query_body_parse (query->signed_.data, query->signed_.len, &body) != FR_WIRE_OK
      || !fr_peer_key_from_bytes (&asker, body->asker.data, body->asker.len))
    return NULL;

  check = g_new0 (FrQueryCheck, 1);
  check->id = *id;
  check->asker = asker;
  check->body = g_bytes_new (query->signed_.data, query->signed_.len);
  check->copy = *copy;
  check->is_for_one = body->kind == FRESHET__QUERY_BODY__KIND__KIND_LOCATE;
  check->is_near = body->kind == FRESHET__QUERY_BODY__KIND__KIND_NEWEST;
  check->is_for_us = check->is_for_one && memcmp (body->target.data, self_key->bytes, FR_PEER_KEY_SIZE) == 0;
  return check;
}

/**
 * fr_query_check_free:
 * @check: (nullable) (transfer full): a check
 */
void
fr_query_check_free (FrQueryCheck *check)
{
  if (check == NULL)
    return;
  g_bytes_unref (check->body);
  g_free (check);
}

/**
 * fr_query_check_next:
 * @check: a check whose copy was found bad
 *
 * Turns to the copy with another signature, which is held back until it is found good.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fr_query_check_next (FrQueryCheck *check)
{
  if (!check->has_rival)
    return FALSE;
  check->copy = check->rival;
  check->has_rival = FALSE;
  check->held = TRUE;
  return TRUE;
}
