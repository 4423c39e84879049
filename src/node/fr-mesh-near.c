/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-mesh-private.h"

#include "fr-clock.h"

/* What we ask of people whom we are linked to, and of nobody else. */

static GArray *
find_links (FrMesh *self, const FrPeerKey *keys, guint n_keys)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (FrLinkId));
  GHashTableIter iter;
  gpointer id, link;

  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, &id, &link))
    for (guint i = 0; i < n_keys; i++)
      if (fr_peer_key_equal (fr_link_get_key (link), &keys[i]))
        {
          FrLinkId number = GPOINTER_TO_UINT (id);

          g_array_append_val (ids, number);
          break;
        }
  return ids;
}

static FrQueryId
ask (FrMesh *self, Freshet__QueryBody *body, const char *name, GArray *links)
{
  guint8 signature[FR_SIGNATURE_SIZE];
  g_autoptr (GBytes) packed = fr_mesh_sign_query (self, body, name, signature);

  return fr_overlay_search_near (self->overlay, packed, signature, (const FrLinkId *) (gpointer) links->data,
                                 links->len, fr_clock_now_us ());
}

/**
 * fr_mesh_search_near:
 * @self: a mesh
 * @name: what people call us
 * @words: what is searched for, at most 256 bytes
 * @keys: (array length=n_keys): whom to ask
 * @n_keys: how many they are
 * @out_query: (out): the id of the search; untouched if nobody is asked
 *
 * Searches the pictures of a few, as far as they are linked to us.
 *
 * Returns: how many of them are asked
 */
guint
fr_mesh_search_near (FrMesh *self, const char *name, const char *words, const FrPeerKey *keys, guint n_keys,
                     FrQueryId *out_query)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  g_autoptr (GArray) links = find_links (self, keys, n_keys);
  FrMeshReply reply;

  if (links->len == 0)
    return 0;
  fr_reply_key_init (&reply.key);
  body.words = (char *) words;
  body.reply_key.data = reply.key.public_key;
  body.reply_key.len = sizeof reply.key.public_key;
  *out_query = reply.query = ask (self, &body, name, links);
  fr_mesh_remember_reply (self, &reply);
  fr_reply_key_clear (&reply.key);
  fr_mesh_pump (self);
  return links->len;
}

/**
 * fr_mesh_ask_newest:
 * @self: a mesh
 * @name: what people call us
 * @key: whom to ask
 * @out_query: (out): the id of the question; untouched if they are not linked to us
 *
 * Asks somebody what they share with us. Their answer comes as “hits”, also where that is nothing.
 *
 * Returns: how many links it went out by: 0 or 1
 */
guint
fr_mesh_ask_newest (FrMesh *self, const char *name, const FrPeerKey *key, FrQueryId *out_query)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  g_autoptr (GArray) links = find_links (self, key, 1);

  if (links->len == 0)
    return 0;
  body.words = (char *) "";
  body.kind = FRESHET__QUERY_BODY__KIND__KIND_NEWEST;
  body.most = FR_QUERY_MAX_MOST;
  *out_query = ask (self, &body, name, links);
  fr_mesh_pump (self);
  return links->len;
}
