/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-contact-tags.h"
#include "fr-hits.h"

#include <string.h>

#include "tests.h"

static const FrQueryId query = { { 1, 2, 3 } };

static GPtrArray *
make_pictures (guint n)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);

  for (guint i = 0; i < n; i++)
    {
      FrPicture *picture = fr_picture_new ();
      g_autofree char *title = g_strdup_printf ("Harbour %u", i);

      fr_picture_set_text (picture, title, "", NULL);
      picture->id.bytes[0] = (guint8) (i + 1);
      picture->type = 1;
      picture->size = 1000 + i;
      picture->width = 40;
      picture->shared_us = (20000 + i) * FR_DAY_US + 1;
      picture->height = 30;
      picture->has_preview = i % 2 == 0;
      picture->preview_hash.bytes[0] = (guint8) i;
      g_ptr_array_add (pictures, picture);
    }
  return pictures;
}

static Freshet__Frame *
make_frame (const FrIdentity *holder, const FrIdentity *signer, guint n)
{
  g_autoptr (GPtrArray) pictures = make_pictures (n);
  Freshet__PeerRecord *record = fr_record_sign (holder, "Holder", "ws://127.0.0.1:9000/", "holder", NULL, FALSE);
  g_autoptr (GBytes) bytes = fr_hits_pack (signer, record, &query, 3, n > 0 ? pictures : NULL, n);
  Freshet__Frame *frame = NULL;

  fr_record_free_message (record);
  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
  g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_HITS);
  return frame;
}

static void
test_round_trip (void)
{
  g_autoptr (FrIdentity) holder = fr_identity_new ();
  g_autoptr (Freshet__Frame) frame = make_frame (holder, holder, 3);
  g_autoptr (FrHits) hits = fr_hits_read (frame->hits);
  const FrHitItem *item;

  g_assert_nonnull (hits);
  g_assert_true (fr_query_id_equal_func (&hits->query, &query));
  g_assert_true (fr_peer_key_equal (&hits->holder.key, fr_identity_get_key (holder)));
  g_assert_cmpstr (hits->holder.name, ==, "Holder");
  g_assert_cmpstr (hits->holder.server, ==, "ws://127.0.0.1:9000/");
  g_assert_cmpstr (hits->holder.address, ==, "holder");
  g_assert_cmpuint (hits->hops, ==, 3);
  g_assert_cmpuint (hits->total, ==, 3);
  g_assert_cmpuint (hits->items->len, ==, 3);
  item = &g_array_index (hits->items, FrHitItem, 2);
  g_assert_cmpstr (item->title, ==, "Harbour 2");
  g_assert_cmpuint (item->size, ==, 1002);
  g_assert_cmpuint (item->width, ==, 40);
  g_assert_cmpuint (item->day, ==, 20002);
  g_assert_true (item->has_preview);
  g_assert_cmpuint (item->preview_hash.bytes[0], ==, 2);
  g_assert_false (g_array_index (hits->items, FrHitItem, 1).has_preview);
}

static void
test_no_more_than_fit (void)
{
  g_autoptr (FrIdentity) holder = fr_identity_new ();
  g_autoptr (Freshet__Frame) frame = make_frame (holder, holder, FR_HITS_MAX_ITEMS + 5);
  g_autoptr (FrHits) hits = fr_hits_read (frame->hits);

  g_assert_cmpuint (hits->items->len, ==, FR_HITS_MAX_ITEMS);
  g_assert_cmpuint (hits->total, ==, FR_HITS_MAX_ITEMS + 5);
}

/* The day is said as it is, but what is to come is not believed. */
static void
test_days (void)
{
  const gint64 now_us = g_get_real_time ();
  const struct
  {
    gint64 shared_us;
    gint64 day;
  } rows[] = {
    { 0, 0 }, { -1, 0 }, { FR_DAY_US - 1, 0 }, { FR_DAY_US, 1 }, { now_us, now_us / FR_DAY_US },
    { now_us + FR_DAY_US, now_us / FR_DAY_US + 1 }, { now_us + 3 * FR_DAY_US, 0 }, { G_MAXINT64, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrIdentity) holder = fr_identity_new ();
      g_autoptr (GPtrArray) pictures = make_pictures (1);
      Freshet__PeerRecord *record = fr_record_sign (holder, "Holder", "", "", NULL, FALSE);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (Freshet__Frame) frame = NULL;
      g_autoptr (FrHits) hits = NULL;

      ((FrPicture *) pictures->pdata[0])->shared_us = rows[i].shared_us;
      bytes = fr_hits_pack (holder, record, &query, 3, pictures, 1);
      fr_record_free_message (record);
      g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
      hits = fr_hits_read (frame->hits);
      g_assert_cmpint (g_array_index (hits->items, FrHitItem, 0).day, ==, rows[i].day);
    }
}

/* In somebody else's name, moved to another search, or changed on the way. */
static void
test_forged (void)
{
  g_autoptr (FrIdentity) holder = fr_identity_new ();
  g_autoptr (FrIdentity) mallory = fr_identity_new ();
  g_autoptr (Freshet__Frame) by_mallory = make_frame (holder, mallory, 1);
  g_autoptr (Freshet__Frame) moved = make_frame (holder, holder, 1);
  g_autoptr (Freshet__Frame) changed = make_frame (holder, holder, 1);

  g_assert_null (fr_hits_read (by_mallory->hits));
  moved->hits->query_id.data[0] ^= 1;
  g_assert_null (fr_hits_read (moved->hits));
  for (gsize i = 0; i < changed->hits->signed_.len; i++)
    {
      changed->hits->signed_.data[i] ^= 0x20;
      g_assert_null (fr_hits_read (changed->hits));
      changed->hits->signed_.data[i] ^= 0x20;
    }
}

/* The answer to who looks for the holder itself: where it is, and nothing else. */
static void
test_no_items (void)
{
  g_autoptr (FrIdentity) holder = fr_identity_new ();
  g_autoptr (FrIdentity) mallory = fr_identity_new ();
  g_autoptr (Freshet__Frame) frame = make_frame (holder, holder, 0);
  g_autoptr (Freshet__Frame) by_mallory = make_frame (holder, mallory, 0);
  g_autoptr (FrHits) hits = fr_hits_read (frame->hits), mine = NULL;

  g_assert_nonnull (hits);
  g_assert_cmpuint (hits->items->len, ==, 0);
  g_assert_cmpuint (hits->total, ==, 0);
  g_assert_cmpuint (hits->hops, ==, 3);
  g_assert_cmpstr (hits->holder.address, ==, "holder");
  g_assert_null (fr_hits_read (by_mallory->hits));
  mine = fr_hits_steal (hits);
  g_assert_null (hits->holder.packed);
  g_assert_nonnull (mine->holder.packed);
}

static void
test_preview (void)
{
  g_autoptr (FrIdentity) holder = fr_identity_new ();
  g_autofree guint8 *data = g_malloc0 (FR_PREVIEW_DATA_MAX_SIZE);
  g_autoptr (GBytes) small = g_bytes_new (data, FR_PREVIEW_DATA_MAX_SIZE);
  g_autoptr (Freshet__Frame) frame = NULL;
  g_autoptr (GBytes) bytes = NULL;
  FrBlockHash hash;

  fr_content_hash_block (data, FR_PREVIEW_DATA_MAX_SIZE, &hash);
  bytes = fr_preview_pack (holder, &query, &hash, small);
  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
  g_assert_cmpmem (frame->preview->data.data, frame->preview->data.len, data, FR_PREVIEW_DATA_MAX_SIZE);
  g_assert_cmpmem (frame->preview->hash.data, frame->preview->hash.len, hash.bytes, sizeof hash.bytes);
}

/* What would hide the end of a title, or begin a line of its own, does not come in. */
static void
test_title_is_clean (void)
{
  static const char *const rows[][2] = {
    { "Harbour\nnow", "Harbour now" },
    { "Harbour \xe2\x80\xaegpj.exe", "Harbour gpj.exe" },
    { "Har\x07" "bour\xe2\x81\xa6 at\tnight", "Harbour at night" },
  };
  g_autoptr (FrIdentity) holder = fr_identity_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Freshet__PeerRecord *record = fr_record_sign (holder, "Holder", "ws://127.0.0.1:9000/", "holder", NULL, FALSE);
      g_autoptr (GPtrArray) pictures = make_pictures (1);
      FrPicture *picture = g_ptr_array_index (pictures, 0);
      g_autoptr (Freshet__Frame) frame = NULL;
      g_autoptr (FrHits) hits = NULL;
      g_autoptr (GBytes) bytes = NULL;

      g_free (picture->title);
      picture->title = g_strdup (rows[i][0]);
      bytes = fr_hits_pack (holder, record, &query, 3, pictures, 1);
      fr_record_free_message (record);
      g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
      hits = fr_hits_read (frame->hits);
      g_assert_nonnull (hits);
      g_assert_cmpstr (g_array_index (hits->items, FrHitItem, 0).title, ==, rows[i][1]);
    }
}

/* Only what our own previews are, however good its hash: the rest could be anything that any decoder takes. */
static void
test_preview_kinds (void)
{
  static const struct
  {
    const char *what;
    const char *data;
    gsize size;
    gboolean is_one;
  } rows[] = {
    { "JPEG", "\xff\xd8\xff\xe0\0\x10JFIF", 10, TRUE },
    { "WebP", "RIFF\x1a\0\0\0WEBPVP8 ", 16, TRUE },
    { "PNG", "\x89PNG\r\n\x1a\n", 8, FALSE },
    { "GIF", "GIF89a\1\0\1\0", 10, FALSE },
    { "TIFF", "II*\0\x08\0\0\0", 8, FALSE },
    { "HEIF", "\0\0\0\x18""ftypheic\0\0\0\0mif1heic", 24, FALSE },
    { "AVIF", "\0\0\0\x18""ftypavif\0\0\0\0mif1avif", 24, FALSE },
    { "SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>", 41, FALSE },
    { "words", "Secret!", 7, FALSE },
  };
  g_autoptr (FrIdentity) holder = fr_identity_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint swapped = 0; swapped < 2; swapped++)
      {
        g_autoptr (GBytes) data = g_bytes_new_static (rows[i].data, rows[i].size);
        g_autoptr (GBytes) bytes = NULL, read = NULL;
        g_autoptr (Freshet__Frame) frame = NULL;
        FrBlockHash hash, found;

        g_test_message ("%s", rows[i].what);
        fr_content_hash_block ((const guint8 *) rows[i].data, rows[i].size, &hash);
        hash.bytes[0] ^= swapped;
        bytes = fr_preview_pack (holder, &query, &hash, data);
        g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==,
                         FR_WIRE_OK);
        read = fr_preview_read (frame->preview, &found);
        g_assert_true ((read != NULL) == (rows[i].is_one && !swapped));
        g_assert_true (read == NULL || g_bytes_equal (read, data));
      }
}

void
test_hits_add (void)
{
  g_test_add_func ("/node/hits/days", test_days);
  g_test_add_func ("/node/hits/round-trip", test_round_trip);
  g_test_add_func ("/node/hits/no-more-than-fit", test_no_more_than_fit);
  g_test_add_func ("/node/hits/forged", test_forged);
  g_test_add_func ("/node/hits/no-items", test_no_items);
  g_test_add_func ("/node/hits/preview", test_preview);
  g_test_add_func ("/node/hits/title-is-clean", test_title_is_clean);
  g_test_add_func ("/node/hits/preview-kinds", test_preview_kinds);
}
