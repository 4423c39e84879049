/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-record-check.h"

#include <string.h>

#include "fr-record.h"

#include "tests.h"

static guint8 walk[] = "sixteen bytes of";

/* Records of a few people, and one frame of each kind that brings some. */
typedef struct
{
  FrIdentity *identities[FR_SHUFFLE_MAX_RECORDS + 2];
  Freshet__PeerRecord *records[FR_SHUFFLE_MAX_RECORDS + 2];
} People;

static void
set_up (People *people, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (people->records); i++)
    {
      people->identities[i] = fr_identity_new ();
      people->records[i] = fr_record_sign (people->identities[i], "Somebody", "ws://192.0.2.7:9000/", "somebody", NULL, TRUE);
    }
}

static void
tear_down (People *people, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (people->records); i++)
    {
      fr_record_free_message (people->records[i]);
      fr_identity_unref (people->identities[i]);
    }
}

/* As it comes from a link. */
static Freshet__Frame *
send (Freshet__Frame *frame)
{
  g_autoptr (GBytes) packed = fr_frame_pack (frame);
  Freshet__Frame *parsed = NULL;

  fr_frame_parse (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), &parsed);
  return parsed;
}

typedef Freshet__Frame *(*Sender) (Freshet__PeerRecord *record);

static Freshet__Frame *
send_join (Freshet__PeerRecord *record)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Join join = FRESHET__JOIN__INIT;

  join.walk.data = walk;
  join.walk.len = 16;
  join.newcomer = record;
  frame.body_case = FRESHET__FRAME__BODY_JOIN;
  frame.join = &join;
  return send (&frame);
}

static Freshet__Frame *
send_forward_join (Freshet__PeerRecord *record)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__ForwardJoin forward = FRESHET__FORWARD_JOIN__INIT;

  forward.walk.data = walk;
  forward.walk.len = 16;
  forward.newcomer = record;
  forward.ttl = 3;
  frame.body_case = FRESHET__FRAME__BODY_FORWARD_JOIN;
  frame.forward_join = &forward;
  return send (&frame);
}

static Freshet__Frame *
send_neighbour (Freshet__PeerRecord *record)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Neighbour neighbour = FRESHET__NEIGHBOUR__INIT;

  neighbour.record = record;
  frame.body_case = FRESHET__FRAME__BODY_NEIGHBOUR;
  frame.neighbour = &neighbour;
  return send (&frame);
}

static Freshet__Frame *
send_disconnect (Freshet__PeerRecord *record)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Disconnect disconnect = FRESHET__DISCONNECT__INIT;

  disconnect.instead = record;
  frame.body_case = FRESHET__FRAME__BODY_DISCONNECT;
  frame.disconnect = &disconnect;
  return send (&frame);
}

static Freshet__Frame *
send_shuffle (Freshet__PeerRecord *origin, Freshet__PeerRecord **records, gsize n_records)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Shuffle shuffle = FRESHET__SHUFFLE__INIT;

  shuffle.walk.data = walk;
  shuffle.walk.len = 16;
  shuffle.origin = origin;
  shuffle.ttl = 3;
  shuffle.records = records;
  shuffle.n_records = n_records;
  frame.body_case = FRESHET__FRAME__BODY_SHUFFLE;
  frame.shuffle = &shuffle;
  return send (&frame);
}

static const struct
{
  const char *name;
  Sender send;
  gboolean may_be_empty;
} kinds[] = {
  { "join", send_join, FALSE },
  { "forward-join", send_forward_join, FALSE },
  { "neighbour", send_neighbour, FALSE },
  { "disconnect", send_disconnect, TRUE },
};

/* Ways to spoil a record; each is undone by doing it again. */

static void
flip_signature (People *people, guint i)
{
  people->records[i]->signature.data[20] ^= 1;
}

static void
flip_word (People *people, guint i)
{
  people->records[i]->signed_.data[people->records[i]->signed_.len - 1] ^= 1;
}

/* Somebody else's words under a good signature of their own. */
static void
swap_signatures (People *people, guint i)
{
  ProtobufCBinaryData kept = people->records[i]->signature;

  people->records[i]->signature = people->records[i + 1]->signature;
  people->records[i + 1]->signature = kept;
}

static void (*const spoils[]) (People *people, guint i) = { flip_signature, flip_word, swap_signatures };

static void
test_one_record (People *people, gconstpointer data)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (Freshet__Frame) good = kinds[k].send (people->records[0]);
      g_autoptr (Freshet__Frame) empty = kinds[k].send (NULL);

      g_test_message ("%s", kinds[k].name);
      g_assert_nonnull (good);
      g_assert_cmpuint (fr_record_check_count (good), ==, 1);
      g_assert_true (fr_record_check_frame (good));
      g_assert_true ((empty != NULL) == kinds[k].may_be_empty); /* others never come this far */
      if (empty != NULL)
        g_assert_true (fr_record_check_count (empty) == 0 && fr_record_check_frame (empty));
      for (guint s = 0; s < G_N_ELEMENTS (spoils); s++)
        {
          g_autoptr (Freshet__Frame) bad = NULL;

          spoils[s] (people, 0);
          bad = kinds[k].send (people->records[0]);
          g_assert_nonnull (bad);
          g_assert_cmpuint (fr_record_check_count (bad), ==, 1);
          g_assert_false (fr_record_check_frame (bad));
          spoils[s] (people, 0);
        }
    }
}

/* One that is bad is enough, at any place. */
static void
test_shuffle (People *people, gconstpointer data)
{
  const guint n = FR_SHUFFLE_MAX_RECORDS;
  g_autoptr (Freshet__Frame) good = send_shuffle (people->records[n], people->records, n);
  g_autoptr (Freshet__Frame) no_origin = send_shuffle (NULL, people->records, n);
  g_autoptr (Freshet__Frame) nothing = send_shuffle (people->records[n], NULL, 0);

  g_assert_cmpuint (fr_record_check_count (good), ==, n + 1);
  g_assert_true (fr_record_check_frame (good));
  if (no_origin != NULL) /* an answer has none */
    g_assert_cmpuint (fr_record_check_count (no_origin), ==, n);
  if (nothing != NULL)
    g_assert_cmpuint (fr_record_check_count (nothing), ==, 1);
  for (guint i = 0; i <= n; i++)
    {
      g_autoptr (Freshet__Frame) bad = NULL;

      flip_signature (people, i);
      bad = send_shuffle (people->records[n], people->records, n);
      g_assert_cmpuint (fr_record_check_count (bad), ==, n + 1);
      g_assert_false (fr_record_check_frame (bad));
      flip_signature (people, i);
    }
}

/* More records than there is place for are no frame; and where somebody made one all the same, are not counted. */
static void
test_shuffle_limit (People *people, gconstpointer data)
{
  const guint n = FR_SHUFFLE_MAX_RECORDS;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Shuffle shuffle = FRESHET__SHUFFLE__INIT;

  g_assert_null (send_shuffle (people->records[0], people->records, n + 1));
  shuffle.origin = people->records[0];
  shuffle.records = people->records;
  shuffle.n_records = n + 1;
  frame.body_case = FRESHET__FRAME__BODY_SHUFFLE;
  frame.shuffle = &shuffle;
  g_assert_cmpuint (fr_record_check_count (&frame), ==, n + 1);
  g_assert_true (fr_record_check_frame (&frame));
}

static void
test_other_frames (People *people, gconstpointer data)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Ping ping = FRESHET__PING__INIT;

  frame.body_case = FRESHET__FRAME__BODY_PING;
  frame.ping = &ping;
  g_assert_cmpuint (fr_record_check_count (&frame), ==, 0);
  g_assert_true (fr_record_check_frame (&frame));
}

/* A record's age is the overlay's to judge: an old one is as good as a new one here. */
static void
test_old_record (People *people, gconstpointer data)
{
  Freshet__PeerRecord *newer
      = fr_record_sign (people->identities[0], "Somebody else now", NULL, NULL, NULL, FALSE);
  g_autoptr (Freshet__Frame) first = send_join (people->records[0]);
  g_autoptr (Freshet__Frame) second = send_join (newer);

  g_assert_true (fr_record_check_frame (second));
  g_assert_true (fr_record_check_frame (first));
  fr_record_free_message (newer);
}

static void
add (const char *path, void (*test) (People *, gconstpointer))
{
  g_test_add (path, People, NULL, set_up, test, tear_down);
}

void
test_record_check_add (void)
{
  add ("/node/record-check/one-record", test_one_record);
  add ("/node/record-check/shuffle", test_shuffle);
  add ("/node/record-check/shuffle-limit", test_shuffle_limit);
  add ("/node/record-check/other-frames", test_other_frames);
  add ("/node/record-check/old-record", test_old_record);
}
