/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-mesh-private.h"

#include "fr-clock.h"

/* What we ask the network: for pictures, and for people. */

const FrMeshLocate *
fr_mesh_find_locate (FrMesh *self, const FrQueryId *query)
{
  for (guint i = 0; i < self->locates->len; i++)
    if (fr_query_id_equal_func (&g_array_index (self->locates, FrMeshLocate, i).query, query))
      return &g_array_index (self->locates, FrMeshLocate, i);
  return NULL;
}

static void
reply_clear (gpointer data)
{
  fr_reply_key_clear (&((FrMeshReply *) data)->key);
}

const FrReplyKey *
fr_mesh_find_reply (FrMesh *self, const FrQueryId *query)
{
  for (guint i = 0; self->replies != NULL && i < self->replies->len; i++)
    if (fr_query_id_equal_func (&g_array_index (self->replies, FrMeshReply, i).query, query))
      return &g_array_index (self->replies, FrMeshReply, i).key;
  return NULL;
}

static void
forget_reply (FrMesh *self, const FrQueryId *query)
{
  for (guint i = 0; self->replies != NULL && i < self->replies->len; i++)
    if (fr_query_id_equal_func (&g_array_index (self->replies, FrMeshReply, i).query, query))
      {
        g_array_remove_index (self->replies, i);
        return;
      }
}

/* The oldest gives way: its search has been answered for long. */
void
fr_mesh_remember_reply (FrMesh *self, const FrMeshReply *reply)
{
  if (self->replies == NULL)
    {
      self->replies = g_array_new (FALSE, FALSE, sizeof (FrMeshReply));
      g_array_set_clear_func (self->replies, reply_clear);
    }
  if (self->replies->len >= FR_MESH_MAX_REPLIES)
    g_array_remove_index (self->replies, 0);
  g_array_append_val (self->replies, *reply);
}

/**
 * fr_mesh_set_contact:
 * @self: a mesh
 * @key: somebody
 * @is_contact: whether the person has added them
 *
 * Searches are led to contacts too, where they share something with few.
 */
void
fr_mesh_set_contact (FrMesh *self, const FrPeerKey *key, gboolean is_contact)
{
  gboolean changed = is_contact ? g_hash_table_add (self->contacts, g_memdup2 (key, sizeof *key))
                                : g_hash_table_remove (self->contacts, key);

  if (changed)
    self->tags_day = 0;
}

static void
make_tags (FrMesh *self, gint64 today)
{
  g_autoptr (GPtrArray) contacts = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->contacts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (contacts, key);
  fr_contact_tags_init (&self->tags, self->identity, contacts, today);
  self->tags_day = today;
}

/* Made once a day, with the same random ones among them: else these could be told from the others. */
static void
fill_tags (FrMesh *self, Freshet__QueryBody *body)
{
  gint64 today = fr_contact_tags_today ();

  if (self->tags_day != today)
    make_tags (self, today);
  body->contact_tags = self->tags.tags;
  body->n_contact_tags = self->tags.n;
  body->everywhere = self->tags.everywhere;
}

GBytes *
fr_mesh_sign_query (FrMesh *self, Freshet__QueryBody *body, const char *name, guint8 signature[FR_SIGNATURE_SIZE])
{
  GBytes *packed;
  gsize size;
  const void *data;

  body->asker.data = (guint8 *) fr_identity_get_key (self->identity)->bytes;
  body->asker.len = FR_PEER_KEY_SIZE;
  body->name = (char *) name;
  /* It must grow over restarts too, and two searches may be made in the same microsecond. */
  self->sequence = MAX (self->sequence + 1, (guint64) g_get_real_time ());
  body->sequence = self->sequence;
  packed = fr_message_pack (&body->base);
  data = g_bytes_get_data (packed, &size);
  fr_identity_sign (self->identity, FR_SIGN_QUERY, data, size, signature);
  return packed;
}

static FrQueryId
ask (FrMesh *self, Freshet__QueryBody *body, const char *name, guint ttl)
{
  guint8 signature[FR_SIGNATURE_SIZE];
  g_autoptr (GBytes) packed = fr_mesh_sign_query (self, body, name, signature);

  return fr_overlay_search (self->overlay, packed, signature, ttl, fr_clock_now_us ());
}

/**
 * fr_mesh_search:
 * @self: a mesh
 * @name: what people call us
 * @words: what is searched for, at most 256 bytes
 *
 * Signs a search and floods it.
 *
 * Returns: its id, by which hits and previews come
 */
FrQueryId
fr_mesh_search (FrMesh *self, const char *name, const char *words)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  FrMeshReply reply;
  FrQueryId query;

  fr_reply_key_init (&reply.key);
  body.words = (char *) words;
  body.reply_key.data = reply.key.public_key;
  body.reply_key.len = sizeof reply.key.public_key;
  fill_tags (self, &body);
  query = reply.query = ask (self, &body, name, 0);
  fr_mesh_remember_reply (self, &reply);
  reply_clear (&reply);
  fr_mesh_pump (self);
  return query;
}

static void
end_locates (FrMesh *self, gint64 before_us, guint most)
{
  while (self->locates->len > 0
         && (self->locates->len > most || g_array_index (self->locates, FrMeshLocate, 0).asked_us < before_us))
    {
      fr_overlay_end_search (self->overlay, &g_array_index (self->locates, FrMeshLocate, 0).query, fr_clock_now_us ());
      g_array_remove_index (self->locates, 0);
    }
}

/**
 * fr_mesh_locate:
 * @self: a mesh
 * @name: what people call us
 * @key: whom to look for
 *
 * Asks everybody for one person: their answer leaves a route to them. “located” tells of it, soon or never.
 *
 * Returns: %FALSE if there is nobody to ask
 */
gboolean
fr_mesh_locate (FrMesh *self, const char *name, const FrPeerKey *key)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  FrMeshLocate locate = { .key = *key, .asked_us = fr_clock_now_us () };

  if (fr_mesh_get_n_links (self) == 0)
    return FALSE;
  end_locates (self, locate.asked_us - FR_MESH_LOCATE_US, FR_MESH_MAX_LOCATES - 1);
  body.words = (char *) "";
  body.kind = FRESHET__QUERY_BODY__KIND__KIND_LOCATE;
  body.target.data = (guint8 *) key->bytes;
  body.target.len = FR_PEER_KEY_SIZE;
  locate.query = ask (self, &body, name, FR_QUERY_MAX_TTL);
  g_array_append_val (self->locates, locate);
  fr_mesh_pump_later (self);
  return TRUE;
}

/**
 * fr_mesh_search_further:
 * @self: a mesh
 * @query: a search of our own
 *
 * Asks people further away too.
 *
 * Returns: %FALSE if it has gone as far as it can
 */
gboolean
fr_mesh_search_further (FrMesh *self, const FrQueryId *query)
{
  gboolean further = fr_overlay_search_further (self->overlay, query, fr_clock_now_us ());

  fr_mesh_pump (self);
  return further;
}

gboolean
fr_mesh_get_xray (FrMesh *self, const FrQueryId *query, FrQueryXray *out_xray)
{
  return fr_overlay_get_xray (self->overlay, query, fr_clock_now_us (), out_xray);
}

/**
 * fr_mesh_end_search:
 * @self: a mesh
 * @query: a search of our own
 *
 * Wants no more answers to a search.
 */
void
fr_mesh_end_search (FrMesh *self, const FrQueryId *query)
{
  forget_reply (self, query);
  fr_overlay_end_search (self->overlay, query, fr_clock_now_us ());
}
