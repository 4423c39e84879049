/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-answerer.h"
#include "fr-overlay.h"
#include "fr-sealed-answer.h"
#include "fr-test-support.h"
#include "gallery-fixture.h"
#include "tests.h"

/* What a relay gets to read of a picture that is not for everyone. The asker's and the holder's frames all go through
 * it: three real engines, and the holder's own answerer, store and pictures. */

enum
{
  ASKER,
  RELAY,
  HOLDER,
  N_PEERS
};

#define TITLE "Xylophone in the attic"
#define WORD "xylophone" /* by which it is asked for */
#define OTHER_WORD "attic"

typedef struct
{
  FrIdentity *identities[N_PEERS];
  FrOverlay *engines[N_PEERS];
  FrAnswerer *answerer; /* the holder's */
  GByteArray *seen;     /* every byte that came to the relay */
  FrReplyKey reply_key;
  gint64 now_us;
  guint n_open;   /* pictures that the asker was told of */
  guint n_sealed;
  guint n_sealed_previews;
} Line;

/* Every link is named after the peer at its other end. */
static FrLinkId
link_to (guint peer)
{
  return peer + 1;
}

static void
take_answer (Line *line, GBytes *bytes)
{
  g_autoptr (Freshet__Frame) frame = NULL, inner = NULL;
  g_autoptr (FrHits) hits = NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpint (fr_frame_parse (data, size, &frame), ==, FR_WIRE_OK);
  if (fr_sealed_answer_is_sealed (frame))
    {
      inner = fr_sealed_answer_open (frame, &line->reply_key);
      g_assert_nonnull (inner);
      if (inner->body_case == FRESHET__FRAME__BODY_PREVIEW)
        line->n_sealed_previews++;
    }
  if (frame->body_case != FRESHET__FRAME__BODY_HITS)
    return;
  hits = fr_hits_read (inner != NULL ? inner->hits : frame->hits);
  g_assert_nonnull (hits);
  *(inner != NULL ? &line->n_sealed : &line->n_open) += hits->items->len;
}

static void
send_on (Line *line, guint from, const FrOverlayAction *action)
{
  guint to = action->link - 1;
  g_autoptr (Freshet__Frame) frame = NULL;
  gsize size;
  const void *data = g_bytes_get_data (action->frame, &size);

  if (to == RELAY)
    g_byte_array_append (line->seen, data, (guint) size);
  g_assert_cmpint (fr_frame_parse (data, size, &frame), ==, FR_WIRE_OK);
  fr_overlay_receive (line->engines[to], link_to (from), frame, size, line->now_us);
}

static void
do_action (Line *line, guint peer, const FrOverlayAction *action)
{
  g_autoptr (Freshet__QueryBody) body = NULL;
  gsize size = 0;
  const void *data = action->frame != NULL ? g_bytes_get_data (action->frame, &size) : NULL;

  switch (action->type)
    {
    case FR_OVERLAY_SEND:
      send_on (line, peer, action);
      break;
    case FR_OVERLAY_VERIFY:
      fr_overlay_verified (line->engines[peer], &action->query,
                           fr_identity_verify (&action->key, FR_SIGN_QUERY, data, size, action->signature,
                                               sizeof action->signature),
                           line->now_us);
      break;
    case FR_OVERLAY_DELIVER_QUERY:
      if (peer == HOLDER && fr_query_body_parse (data, size, &body) == FR_WIRE_OK)
        fr_answerer_take (line->answerer, &action->query, body, action->hops);
      break;
    case FR_OVERLAY_DELIVER_HITS:
    case FR_OVERLAY_DELIVER_PREVIEW:
      g_assert_cmpuint (peer, ==, ASKER);
      take_answer (line, action->frame);
      break;
    default:
      break;
    }
}

static void
pump (Line *line)
{
  FrOverlayAction action;
  gboolean any;

  do
    {
      any = FALSE;
      for (guint peer = 0; peer < N_PEERS; peer++)
        while (fr_overlay_next_action (line->engines[peer], &action))
          {
            do_action (line, peer, &action);
            fr_overlay_action_clear (&action);
            any = TRUE;
          }
    }
  while (any);
}

static void
answer_cb (FrAnswerer *answerer, const FrQueryId *query, GBytes *frame, gpointer data)
{
  Line *line = data;

  fr_overlay_answer (line->engines[HOLDER], query, frame, line->now_us);
  pump (line);
}

static void
connect_peers (Line *line, guint a, guint b)
{
  fr_overlay_link_up (line->engines[a], link_to (b), fr_identity_get_key (line->identities[b]), line->now_us);
  fr_overlay_link_up (line->engines[b], link_to (a), fr_identity_get_key (line->identities[a]), line->now_us);
}

static void
tell_content (Line *line, FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_get_ngrams_async (store, NULL, gallery_answered_cb, &result);
  fr_overlay_set_content (line->engines[HOLDER], fr_store_get_ngrams_finish (store, gallery_await (&result), NULL),
                          line->now_us);
}

static void
line_init (Line *line, FrStore *store)
{
  FrOverlayConfig config;

  *line = (Line) { .now_us = G_USEC_PER_SEC };
  fr_overlay_config_init_default (&config);
  for (guint i = 0; i < N_PEERS; i++)
    {
      line->identities[i] = fr_identity_new ();
      line->engines[i] = fr_overlay_new (&config, fr_identity_get_key (line->identities[i]), i + 1);
    }
  line->seen = g_byte_array_new ();
  line->answerer = fr_answerer_new (line->identities[HOLDER], store);
  fr_answerer_set_record (line->answerer, "Anna", NULL, NULL, NULL, TRUE);
  g_signal_connect (line->answerer, "answer", G_CALLBACK (answer_cb), line);
  fr_reply_key_init (&line->reply_key);
  tell_content (line, store);
  connect_peers (line, ASKER, RELAY);
  connect_peers (line, RELAY, HOLDER);
  pump (line);
  /* Digests are told a little later. */
  line->now_us += 5 * G_USEC_PER_SEC;
  for (guint i = 0; i < N_PEERS; i++)
    fr_overlay_tick (line->engines[i], line->now_us);
  pump (line);
}

static void
line_clear (Line *line)
{
  g_signal_handlers_disconnect_by_data (line->answerer, line);
  g_clear_object (&line->answerer);
  for (guint i = 0; i < N_PEERS; i++)
    {
      fr_overlay_free (line->engines[i]);
      fr_identity_unref (line->identities[i]);
    }
  g_byte_array_unref (line->seen);
  fr_reply_key_clear (&line->reply_key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static gboolean
is_answered (gpointer data)
{
  Line *line = data;

  return fr_answerer_get_n_pending (line->answerer) == 0;
}

static void
ask (Line *line, const char *words)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  g_autoptr (GBytes) packed = NULL;
  guint8 signature[FR_SIGNATURE_SIZE];
  gsize size;

  line->n_open = line->n_sealed = line->n_sealed_previews = 0;
  body.asker.data = (guint8 *) fr_identity_get_key (line->identities[ASKER])->bytes;
  body.asker.len = FR_PEER_KEY_SIZE;
  body.name = (char *) "Boris";
  body.words = (char *) words;
  body.sequence = (guint64) line->now_us++;
  body.reply_key = (ProtobufCBinaryData) { sizeof line->reply_key.public_key, line->reply_key.public_key };
  packed = fr_message_pack (&body.base);
  fr_identity_sign (line->identities[ASKER], FR_SIGN_QUERY, g_bytes_get_data (packed, &size), g_bytes_get_size (packed),
                    signature);
  fr_overlay_search (line->engines[ASKER], packed, signature, 0, line->now_us);
  pump (line);
  fr_test_wait_until (is_answered, line, 10);
}

static gboolean
has_preview_too (gpointer data)
{
  return ((Line *) data)->n_sealed_previews > 0;
}

static gboolean
was_seen (Line *line, gconstpointer bytes, gsize size)
{
  return memmem (line->seen->data, line->seen->len, bytes, size) != NULL;
}

static gboolean
was_text_seen (Line *line, const char *text)
{
  g_autofree char *wanted = g_ascii_strdown (text, -1);
  g_autofree char *seen = g_malloc (line->seen->len);

  for (guint i = 0; i < line->seen->len; i++)
    seen[i] = g_ascii_tolower ((char) line->seen->data[i]);
  return memmem (seen, line->seen->len, wanted, strlen (wanted)) != NULL;
}

/* The preview in pieces, so that no part of it goes by unseen either. */
static gboolean
was_preview_seen (Line *line, FrStore *store, const FrContentId *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) preview = NULL;
  const guint8 *data;
  gsize size;

  fr_store_get_preview_async (store, id, NULL, NULL, gallery_answered_cb, &result);
  preview = fr_store_get_preview_finish (store, gallery_await (&result), NULL);
  g_assert_nonnull (preview);
  data = g_bytes_get_data (preview, &size);
  for (gsize at = size / 2; at + 16 <= size; at += 16) /* the beginning is the same for all pictures */
    if (was_seen (line, data + at, 16))
      return TRUE;
  return FALSE;
}

static void
add_contact (FrStore *store, const FrPeerKey *key)
{
  g_autoptr (FrPersonRecord) record = fr_person_record_new (key, "Boris", "server", "boris");
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_put_person_async (store, record, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_store_put_person_finish (store, gallery_await (&result), NULL));
}

static void
share (GalleryFixture *fixture, const FrContentId *id, FrAudience audience)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_share_async (fixture->gallery, id, 1, audience, NULL, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_gallery_share_finish (fixture->gallery, gallery_await (&result), NULL));
}

static void
test_reads_nothing (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 0x123456, TITLE);
  g_autoptr (FrPicture) open = gallery_add_drawing (fixture, 0x654321, "Zebra");
  g_auto (Line) line = { 0 };

  share (fixture, &picture->id, FR_AUDIENCE_CONTACTS);
  line_init (&line, fixture->store);
  add_contact (fixture->store, fr_identity_get_key (line.identities[ASKER]));
  ask (&line, WORD);
  fr_test_wait_until (has_preview_too, &line, 10);
  g_assert_cmpuint (line.n_sealed, ==, 1);
  g_assert_cmpuint (line.n_open, ==, 0);

  g_assert_true (was_text_seen (&line, WORD)); /* the asker's own word */
  g_assert_false (was_text_seen (&line, TITLE));
  g_assert_false (was_text_seen (&line, OTHER_WORD));
  g_assert_false (was_seen (&line, &picture->id, sizeof picture->id));
  g_assert_false (was_seen (&line, &picture->preview_hash, sizeof picture->preview_hash));
  g_assert_false (was_preview_seen (&line, fixture->store, &picture->id));
}

/* The same eyes see all of it where it is for everyone: they do look. */
static void
test_reads_what_is_for_everyone (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 0x123456, TITLE);
  g_auto (Line) line = { 0 };

  line_init (&line, fixture->store);
  ask (&line, WORD);
  g_assert_cmpuint (line.n_open, ==, 1);
  g_assert_true (was_text_seen (&line, TITLE));
  g_assert_true (was_seen (&line, &picture->id, sizeof picture->id));
  g_assert_true (was_seen (&line, &picture->preview_hash, sizeof picture->preview_hash));
}

/* To somebody who may not see it the holder says nothing, and the relay gets as much as if it were not there. */
static void
test_stranger (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = gallery_add_drawing (fixture, 0x123456, TITLE);
  g_auto (Line) line = { 0 };
  guint n_before, n_there, n_absent;

  share (fixture, &picture->id, FR_AUDIENCE_CONTACTS);
  line_init (&line, fixture->store);
  n_before = line.seen->len;
  ask (&line, WORD);
  g_assert_cmpuint (line.n_open + line.n_sealed, ==, 0);
  n_there = line.seen->len - n_before;
  ask (&line, "xylophage"); /* as long, and not there */
  n_absent = line.seen->len - n_before - n_there;
  g_assert_cmpuint (n_there, ==, n_absent);
}

void
test_sealed_relay_add (void)
{
  gallery_add_test ("/node/sealed-relay/reads-nothing", test_reads_nothing);
  gallery_add_test ("/node/sealed-relay/reads-what-is-for-everyone", test_reads_what_is_for_everyone);
  gallery_add_test ("/node/sealed-relay/stranger", test_stranger);
}
