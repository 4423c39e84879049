/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sealed-answer.h"

#include <string.h>

#include "fr-hits.h"
#include "tests.h"

static const FrQueryId query = { { 1, 2, 3 } };

static GBytes *
make_hits_titled (const FrIdentity *identity, const FrQueryId *id, guint n, const char *title, guint part)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);
  Freshet__PeerRecord *record = fr_record_sign (identity, "Holder", NULL, NULL, NULL, FALSE);
  GBytes *bytes;

  for (guint i = 0; i < n; i++)
    {
      FrPicture *picture = fr_picture_new ();

      fr_picture_set_text (picture, title, "", NULL);
      picture->id.bytes[0] = (guint8) i;
      picture->size = 1000;
      g_ptr_array_add (pictures, picture);
    }
  bytes = fr_hits_pack_part (identity, record, id, 3, pictures, n, part);
  fr_record_free_message (record);
  return bytes;
}

static GBytes *
make_hits (const FrIdentity *identity, const FrQueryId *id, guint n)
{
  return make_hits_titled (identity, id, n, "Harbour", 0);
}

static GBytes *
make_preview (const FrIdentity *identity, const FrQueryId *id, gsize size)
{
  static const guint8 zeros[FR_PREVIEW_DATA_MAX_SIZE];
  g_autoptr (GBytes) data = g_bytes_new_static (zeros, size);
  FrBlockHash hash;

  fr_content_hash_block (zeros, size, &hash);
  return fr_preview_pack (identity, id, &hash, data);
}

static Freshet__Frame *
parse (GBytes *bytes)
{
  Freshet__Frame *frame = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
  return frame;
}

/* A size says nothing but which of a few it is. */
static void
test_sizes (void)
{
  char longest[FR_TITLE_MAX_BYTES + 1] = { 0 };
  g_auto (FrReplyKey) key = { 0 };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  const struct
  {
    const char *title;
    guint n;
    gsize size;
  } rows[] = {
    { "Harbour", 1, 1024 },  { "Harbour at night, seen from the lighthouse", 1, 1024 },
    { "Harbour", 20, 4096 }, { longest, 20, 16384 },
  };

  memset (longest, 't', FR_TITLE_MAX_BYTES);
  fr_reply_key_init (&key);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint part = 0; part < FR_HITS_MAX_PARTS; part++)
      {
        g_autoptr (GBytes) open = make_hits_titled (identity, &query, rows[i].n, rows[i].title, part);
        g_autoptr (GBytes) sealed
          = fr_sealed_answer_pack (open, &query, fr_identity_get_key (identity), part, key.public_key);
        g_autoptr (Freshet__Frame) frame = parse (sealed);
        g_autoptr (Freshet__Frame) inner = fr_sealed_answer_open (frame, &key);
        g_autoptr (FrHits) hits = NULL;

        g_assert_cmpuint (g_bytes_get_size (sealed), ==, rows[i].size);
        g_assert_true (fr_sealed_answer_is_sealed (frame) && !fr_sealed_answer_is_sealed (inner));
        hits = fr_hits_read (inner->hits);
        g_assert_cmpuint (hits->items->len, ==, rows[i].n);
      }
}

static void
test_previews (void)
{
  g_auto (FrReplyKey) key = { 0 };
  g_autoptr (FrIdentity) identity = fr_identity_new ();

  fr_reply_key_init (&key);
  for (guint part = 0; part < FR_PREVIEW_MAX_PARTS; part++)
    {
      gsize size = part == 0 ? FR_PREVIEW_DATA_MAX_SIZE : part;
      g_autoptr (GBytes) open = make_preview (identity, &query, size);
      g_autoptr (GBytes) sealed
        = fr_sealed_answer_pack (open, &query, fr_identity_get_key (identity), part, key.public_key);
      g_autoptr (Freshet__Frame) frame = parse (sealed);
      g_autoptr (Freshet__Frame) inner = fr_sealed_answer_open (frame, &key);

      g_assert_cmpuint (g_bytes_get_size (sealed), ==, FR_PREVIEW_MAX_SIZE);
      g_assert_cmpuint (inner->preview->data.len, ==, size);
    }
}

static void
assert_refused (GBytes *inside, const FrPeerKey *holder, guint part)
{
  g_auto (FrReplyKey) key = { 0 };
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (Freshet__Frame) frame = NULL;

  fr_reply_key_init (&key);
  sealed = fr_sealed_answer_pack (inside, &query, holder, part, key.public_key);
  frame = parse (sealed);
  g_assert_null (fr_sealed_answer_open (frame, &key));
}

/* What is inside must be what the outside says, by which relays go. */
static void
test_forged (void)
{
  static const FrQueryId other_query = { { 9 } };
  g_auto (FrReplyKey) key = { 0 };
  g_autoptr (FrIdentity) identity = fr_identity_new (), other = fr_identity_new ();
  const FrPeerKey *holder = fr_identity_get_key (identity);
  g_autoptr (GBytes) hits = make_hits (identity, &query, 1);
  g_autoptr (GBytes) moved = make_hits (identity, &other_query, 1);
  g_autoptr (GBytes) preview = make_preview (identity, &query, 10);
  g_autoptr (GBytes) moved_preview = make_preview (identity, &other_query, 10);
  g_autoptr (GBytes) twice = NULL;
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("\x4a\x02xy", 4);

  fr_reply_key_init (&key);
  twice = fr_sealed_answer_pack (hits, &query, holder, 0, key.public_key);
  assert_refused (moved, holder, 0);
  assert_refused (hits, fr_identity_get_key (other), 0);
  assert_refused (hits, holder, 1); /* it says part 0 */
  assert_refused (moved_preview, holder, 0);
  assert_refused (preview, fr_identity_get_key (other), 0);
  assert_refused (twice, holder, 0);
  assert_refused (nonsense, holder, 0);
}

static void
test_cannot_be_sealed (void)
{
  static const guint8 no_key[FR_REPLY_PUBLIC_SIZE];
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) hits = make_hits (identity, &query, 1);

  g_assert_null (fr_sealed_answer_pack (hits, &query, fr_identity_get_key (identity), 0, no_key));
}

void
test_sealed_answer_add (void)
{
  g_test_add_func ("/node/sealed-answer/sizes", test_sizes);
  g_test_add_func ("/node/sealed-answer/previews", test_previews);
  g_test_add_func ("/node/sealed-answer/forged", test_forged);
  g_test_add_func ("/node/sealed-answer/cannot-be-sealed", test_cannot_be_sealed);
}
