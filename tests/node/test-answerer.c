/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-answerer.h"

#include "gallery-fixture.h"
#include "tests.h"

static const FrQueryId query = { { 1, 2, 3 } };

static void
answer_cb (FrAnswerer *answerer, const FrQueryId *id, GBytes *frame, gpointer data)
{
  g_assert_true (fr_query_id_equal_func (id, &query));
  g_ptr_array_add (data, g_bytes_ref (frame));
}

/* Asks for a key; returns whether that was answered at once. */
static gboolean
locate (FrAnswerer *answerer, GPtrArray *answers, const FrPeerKey *key, gsize key_size)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;

  g_ptr_array_set_size (answers, 0);
  body.kind = FRESHET__QUERY_BODY__KIND__KIND_LOCATE;
  body.target.data = (guint8 *) key->bytes;
  body.target.len = key_size;
  fr_answerer_take (answerer, &query, &body, 4);
  g_assert_cmpuint (fr_answerer_get_n_pending (answerer), ==, 0);
  return answers->len == 1;
}

/* Who asks for our key is told where we are, and nobody else is. */
static void
test_locate (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (FrAnswerer) answerer = fr_answerer_new (identity, fixture->store);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (Freshet__Frame) frame = NULL;
  g_autoptr (FrHits) hits = NULL;
  FrPeerKey key = *fr_identity_get_key (identity), other = key;
  gsize size;
  const void *bytes;

  other.bytes[31] ^= 1;
  g_signal_connect (answerer, "answer", G_CALLBACK (answer_cb), answers);
  g_assert_false (locate (answerer, answers, &key, sizeof key)); /* it knows no record yet */
  fr_answerer_set_record (answerer, "Anna", NULL, NULL, "ws://192.0.2.7:41000/", TRUE);
  g_assert_false (locate (answerer, answers, &other, sizeof other));
  g_assert_false (locate (answerer, answers, &key, sizeof key - 1));
  g_assert_false (locate (answerer, answers, &key, 0));
  g_assert_true (locate (answerer, answers, &key, sizeof key));

  bytes = g_bytes_get_data (g_ptr_array_index (answers, 0), &size);
  g_assert_cmpint (fr_frame_parse (bytes, size, &frame), ==, FR_WIRE_OK);
  hits = fr_hits_read (frame->hits);
  g_assert_nonnull (hits);
  g_assert_true (fr_peer_key_equal (&hits->holder.key, &key));
  g_assert_cmpstr (hits->holder.doorbell, ==, "ws://192.0.2.7:41000/");
  g_assert_true (hits->holder.may_pass_on);
  g_assert_cmpuint (hits->items->len, ==, 0);
  g_assert_cmpuint (hits->hops, ==, 4);
}

void
test_answerer_add (void)
{
  gallery_add_test ("/node/answerer/locate", test_locate);
}
