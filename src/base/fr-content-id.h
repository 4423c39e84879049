/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a picture is called on the network: BLAKE2b-256 over its size and the hashes of its blocks, so that a list of
 * block hashes can be checked the moment it arrives, and then each block by itself. Plain values. */

#define FR_CONTENT_ID_SIZE 32
#define FR_BLOCK_SIZE (256 * 1024)

typedef struct
{
  guint8 bytes[FR_CONTENT_ID_SIZE];
} FrContentId;

typedef struct
{
  guint8 bytes[32];
} FrBlockHash;

gboolean fr_content_id_from_bytes (FrContentId *self, const void *data, gsize size);
gboolean fr_content_id_parse (FrContentId *self, const char *text);
char *fr_content_id_to_string (const FrContentId *self);
gboolean fr_content_id_equal (const FrContentId *a, const FrContentId *b);
guint fr_content_id_hash (gconstpointer id);
gboolean fr_content_id_equal_func (gconstpointer a, gconstpointer b);

guint fr_content_n_blocks (guint64 size);
void fr_content_hash_block (const void *data, gsize size, FrBlockHash *out_hash);
void fr_content_id_from_blocks (guint64 size, const FrBlockHash *hashes, guint n_hashes, FrContentId *out_id);

/* A search: the hash of the signed query, so that nobody can occupy an id with other content. */

#define FR_QUERY_ID_SIZE 16

typedef struct
{
  guint8 bytes[FR_QUERY_ID_SIZE];
} FrQueryId;

void fr_query_id_from_signed (FrQueryId *self, const void *data, gsize size);
gboolean fr_query_id_from_bytes (FrQueryId *self, const void *data, gsize size);
char *fr_query_id_to_string (const FrQueryId *self);
gboolean fr_query_id_parse (FrQueryId *self, const char *text);
guint fr_query_id_hash (gconstpointer id);
gboolean fr_query_id_equal_func (gconstpointer a, gconstpointer b);

G_END_DECLS
