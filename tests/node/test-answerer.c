/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-answerer.h"
#include "fr-sealed-answer.h"
#include "fr-test-support.h"

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

static gboolean
is_idle (gpointer answerer)
{
  return fr_answerer_get_n_pending (answerer) == 0;
}

/* So many wait for the store, and of one more nothing comes. */
static void
test_pending (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (FrIdentity) asker = fr_identity_new ();
  g_autoptr (FrAnswerer) answerer = fr_answerer_new (identity, fixture->store);
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;

  fr_answerer_set_record (answerer, "Anna", NULL, NULL, NULL, TRUE);
  body.asker.data = (guint8 *) fr_identity_get_key (asker)->bytes;
  body.asker.len = FR_PEER_KEY_SIZE;
  body.words = (char *) "picture";
  for (guint i = 0; i <= FR_ANSWERER_MAX_PENDING; i++)
    {
      FrQueryId id = { { 1, (guint8) i } };

      fr_answerer_take (answerer, &id, &body, 1);
      g_assert_cmpuint (fr_answerer_get_n_pending (answerer), ==, MIN (i + 1, FR_ANSWERER_MAX_PENDING));
    }
  fr_test_wait_until (is_idle, answerer, 10);
  fr_answerer_take (answerer, &query, &body, 1);
  g_assert_cmpuint (fr_answerer_get_n_pending (answerer), ==, 1);
  fr_test_wait_until (is_idle, answerer, 10);
}

static guint64 sequence; /* of the next search */

/* Asks for a word, and waits for all answers. */
static void
ask (FrAnswerer *answerer, GPtrArray *answers, const FrPeerKey *asker, const FrReplyKey *reply_key)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;

  g_ptr_array_set_size (answers, 0);
  body.asker.data = (guint8 *) asker->bytes;
  body.asker.len = sizeof *asker;
  body.words = (char *) "harbour";
  body.sequence = sequence;
  if (reply_key != NULL)
    body.reply_key = (ProtobufCBinaryData) { sizeof reply_key->public_key, (guint8 *) reply_key->public_key };
  fr_answerer_take (answerer, &query, &body, 4);
  fr_test_wait_until (is_idle, answerer, 10);
}

/* How many pictures an asker is told of in the open, and sealed. */
static void
count_found (FrAnswerer *answerer, GPtrArray *answers, const FrPeerKey *asker, guint *out_open, guint *out_sealed)
{
  g_auto (FrReplyKey) key = { 0 };

  *out_open = *out_sealed = 0;
  fr_reply_key_init (&key);
  ask (answerer, answers, asker, &key);
  for (guint i = 0; i < answers->len; i++)
    {
      g_autoptr (Freshet__Frame) frame = NULL, inner = NULL;
      g_autoptr (FrHits) hits = NULL;
      gsize size;
      const void *bytes = g_bytes_get_data (g_ptr_array_index (answers, i), &size);

      g_assert_cmpint (fr_frame_parse (bytes, size, &frame), ==, FR_WIRE_OK);
      if (frame->body_case != FRESHET__FRAME__BODY_HITS)
        continue;
      if (fr_sealed_answer_is_sealed (frame))
        inner = fr_sealed_answer_open (frame, &key);
      hits = fr_hits_read (inner != NULL ? inner->hits : frame->hits);
      g_assert_nonnull (hits);
      g_assert_cmpuint (hits->total, ==, hits->items->len);
      *(inner != NULL ? out_sealed : out_open) += hits->items->len;
    }
}

static void
add_contact (FrStore *store, const FrPeerKey *key)
{
  g_autoptr (FrPersonRecord) record = fr_person_record_new (key, "Boris", "server", "boris");
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_put_person_async (store, record, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_store_put_person_finish (store, gallery_await (&result), NULL));
}

/* It is the key that has signed the query that decides, and what the person says last. */
static void
test_audience (GalleryFixture *fixture, gconstpointer data)
{
  const FrPeerKey boris = { { 7 } }, stranger = { { 8 } };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (FrAnswerer) answerer = fr_answerer_new (identity, fixture->store);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (FrPicture) always = gallery_add_drawing (fixture, 2, "Harbour for everyone");
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, "Harbour");
  g_autoptr (GBytes) boris_alone = fr_audience_list_readers (&boris, 1);
  const struct
  {
    FrAudience audience;
    GBytes *readers;
    guint open, boris; /* how many in the open, to anybody, and sealed to Boris */
  } rows[] = {
    { FR_AUDIENCE_EVERYONE, NULL, 2, 0 },
    { FR_AUDIENCE_CONTACTS, NULL, 1, 1 },
    { FR_AUDIENCE_CHOSEN, boris_alone, 1, 1 },
    { FR_AUDIENCE_ONLY_ME, NULL, 1, 0 },
  };
  guint open, sealed;

  add_contact (fixture->store, &boris);
  g_signal_connect (answerer, "answer", G_CALLBACK (answer_cb), answers);
  fr_answerer_set_record (answerer, "Anna", NULL, NULL, NULL, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      fr_gallery_share_async (fixture->gallery, &picture->id, 1, rows[i].audience, rows[i].readers, NULL,
                              gallery_answered_cb, &result);
      fr_gallery_share_finish (fixture->gallery, gallery_await (&result), &error);
      g_assert_no_error (error);
      count_found (answerer, answers, &boris, &open, &sealed);
      g_assert_cmpuint (open, ==, rows[i].open);
      g_assert_cmpuint (sealed, ==, rows[i].boris);
      count_found (answerer, answers, &stranger, &open, &sealed);
      g_assert_cmpuint (open, ==, rows[i].open);
      g_assert_cmpuint (sealed, ==, 0);
    }
}

/* Whatever it sees, it cannot tell whether there was a match that is not for it: not by what comes, nor by how much. */
static void
test_stranger_cannot_tell (GalleryFixture *fixture, gconstpointer data)
{
  const FrPeerKey boris = { { 7 } }, stranger = { { 8 } };
  g_auto (FrReplyKey) key = { 0 };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (FrAnswerer) answerer = fr_answerer_new (identity, fixture->store);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (FrPicture) everyone = gallery_add_drawing (fixture, 1, "Harbour");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GBytes) boris_alone = fr_audience_list_readers (&boris, 1);

  add_contact (fixture->store, &boris);
  fr_reply_key_init (&key);
  g_signal_connect (answerer, "answer", G_CALLBACK (answer_cb), answers);
  fr_answerer_set_record (answerer, "Anna", NULL, NULL, NULL, TRUE);
  ask (answerer, answers, &stranger, &key);
  before = g_ptr_array_copy (answers, (GCopyFunc) (gpointer) g_bytes_ref, NULL);
  g_assert_cmpuint (before->len, >=, 1);
  for (FrAudience audience = FR_AUDIENCE_CONTACTS; audience <= FR_AUDIENCE_LAST; audience++)
    {
      g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 2 + audience, "Harbour in secret");
      g_autoptr (GAsyncResult) result = NULL;

      fr_gallery_share_async (fixture->gallery, &picture->id, 1, audience,
                              audience == FR_AUDIENCE_CHOSEN ? boris_alone : NULL, NULL, gallery_answered_cb, &result);
      g_assert_true (fr_gallery_share_finish (fixture->gallery, gallery_await (&result), NULL));
      ask (answerer, answers, &stranger, &key);
      g_assert_cmpuint (answers->len, ==, before->len);
      for (guint i = 0; i < before->len; i++)
        g_assert_true (g_bytes_equal (before->pdata[i], answers->pdata[i]));
    }
}

/* Somebody else sends a contact's search again, and sees no more than strangers do: neither what there was nor what there
 * is since. */
static void
test_sent_again (GalleryFixture *fixture, gconstpointer data)
{
  const FrPeerKey boris = { { 7 } };
  static const struct
  {
    guint64 sequence;
    guint sealed;
  } rows[] = { { 1000, 1 }, { 1000, 0 }, { 1001, 1 }, { 1000, 0 }, { 999, 1 }, { 999, 0 } };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (FrAnswerer) answerer = fr_answerer_new (identity, fixture->store);
  g_autoptr (FrAdmission) admission = fr_admission_new ();
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (FrPicture) always = gallery_add_drawing (fixture, 2, "Harbour for everyone");
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, "Harbour");
  g_autoptr (GAsyncResult) result = NULL;
  guint open, sealed;

  add_contact (fixture->store, &boris);
  fr_admission_set_contact (admission, &boris, TRUE);
  fr_answerer_set_admission (answerer, admission);
  fr_gallery_share_async (fixture->gallery, &picture->id, 1, FR_AUDIENCE_CONTACTS, NULL, NULL, gallery_answered_cb,
                          &result);
  g_assert_true (fr_gallery_share_finish (fixture->gallery, gallery_await (&result), NULL));
  g_signal_connect (answerer, "answer", G_CALLBACK (answer_cb), answers);
  fr_answerer_set_record (answerer, "Anna", NULL, NULL, NULL, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      sequence = rows[i].sequence;
      count_found (answerer, answers, &boris, &open, &sealed);
      g_assert_cmpuint (open, ==, 1);
      g_assert_cmpuint (sealed, ==, rows[i].sealed);
    }
  sequence = 0;
  g_signal_handlers_disconnect_by_data (answerer, answers); /* a preview may come still */
  fr_answerer_set_admission (answerer, NULL);
}

/* Whoever gives no key for the answer is told what everyone is told. */
static void
test_no_reply_key (GalleryFixture *fixture, gconstpointer data)
{
  static const FrReplyKey no_key;
  const FrPeerKey boris = { { 7 } };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (FrAnswerer) answerer = fr_answerer_new (identity, fixture->store);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 1, "Harbour");
  g_autoptr (GAsyncResult) result = NULL;

  add_contact (fixture->store, &boris);
  fr_gallery_share_async (fixture->gallery, &picture->id, 1, FR_AUDIENCE_CONTACTS, NULL, NULL, gallery_answered_cb,
                          &result);
  g_assert_true (fr_gallery_share_finish (fixture->gallery, gallery_await (&result), NULL));
  g_signal_connect (answerer, "answer", G_CALLBACK (answer_cb), answers);
  fr_answerer_set_record (answerer, "Anna", NULL, NULL, NULL, TRUE);
  ask (answerer, answers, &boris, NULL);
  g_assert_cmpuint (answers->len, ==, 0);
  ask (answerer, answers, &boris, &no_key);
  g_assert_cmpuint (answers->len, ==, 0);
}

void
test_answerer_add (void)
{
  gallery_add_test ("/node/answerer/pending", test_pending);
  gallery_add_test ("/node/answerer/stranger-cannot-tell", test_stranger_cannot_tell);
  gallery_add_test ("/node/answerer/no-reply-key", test_no_reply_key);
  gallery_add_test ("/node/answerer/audience", test_audience);
  gallery_add_test ("/node/answerer/sent-again", test_sent_again);
  gallery_add_test ("/node/answerer/locate", test_locate);
}
