/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-memory-channel.h"
#include "fr-mesh.h"
#include "fr-record.h"
#include "fr-test-support.h"

#include "gallery-fixture.h"
#include "tests.h"

/* A mesh with two neighbours, over channels in memory: what one says in walks goes on to the other, as long as the records
 * in it may be checked. */

enum
{
  TALKER,
  HEARER,
  N_NEIGHBOURS
};

typedef struct
{
  FrIdentity *identity;
  FrAnswerer *answerer;
  FrMesh *mesh;
  FrIdentity *theirs[N_NEIGHBOURS];
  FrLink *links[N_NEIGHBOURS]; /* ours */
  FrLink *ends[N_NEIGHBOURS];  /* theirs */
  guint n_ready;
  guint n_heard; /* walks, at the hearer */
  guint n_pongs; /* at the talker */
} Lab;

static void
ready_cb (FrLink *link, gpointer data)
{
  ((Lab *) data)->n_ready++;
}

static void
frame_cb (FrLink *link, const Freshet__Frame *frame, guint size, gpointer data)
{
  Lab *lab = data;

  lab->n_heard += link == lab->ends[HEARER] && frame->body_case == FRESHET__FRAME__BODY_SHUFFLE;
  lab->n_pongs += link == lab->ends[TALKER] && frame->body_case == FRESHET__FRAME__BODY_PONG;
}

static FrLink *
make_link (Lab *lab, FrIdentity *own, FrIdentity *other, FrChannel *channel, Freshet__Role role)
{
  FrLinkOptions options = { .identity = own, .name = "Somebody", .address = "other", .role = role,
                            .key = *fr_identity_get_key (other) };
  FrLink *link;

  options.facts.purpose = FRESHET__PURPOSE__PURPOSE_LINK;
  link = fr_link_new (NULL, channel, &options);
  g_signal_connect (link, "ready", G_CALLBACK (ready_cb), lab);
  g_signal_connect (link, "frame", G_CALLBACK (frame_cb), lab);
  fr_link_start (link);
  return link;
}

static gboolean
all_ready (gpointer data)
{
  return ((Lab *) data)->n_ready == 2 * N_NEIGHBOURS;
}

static void
lab_set_up (Lab *lab, FrStore *store)
{
  *lab = (Lab) { .identity = fr_identity_new () };
  lab->answerer = fr_answerer_new (lab->identity, store);
  lab->mesh = fr_mesh_new (lab->identity, lab->answerer);
  for (guint i = 0; i < N_NEIGHBOURS; i++)
    {
      g_autoptr (FrChannel) here = NULL, there = NULL;

      lab->theirs[i] = fr_identity_new ();
      fr_memory_channel_new_pair ("control", &here, &there);
      lab->links[i] = make_link (lab, lab->identity, lab->theirs[i], here, FRESHET__ROLE__ROLE_ANSWERER);
      lab->ends[i] = make_link (lab, lab->theirs[i], lab->identity, there, FRESHET__ROLE__ROLE_DIALLER);
    }
  fr_test_wait_until (all_ready, lab, 5);
  for (guint i = 0; i < N_NEIGHBOURS; i++)
    fr_mesh_add_link (lab->mesh, lab->links[i]);
}

static void
lab_tear_down (Lab *lab)
{
  for (guint i = 0; i < N_NEIGHBOURS; i++)
    {
      fr_mesh_remove_link (lab->mesh, lab->links[i]);
      g_signal_handlers_disconnect_by_data (lab->links[i], lab);
      g_signal_handlers_disconnect_by_data (lab->ends[i], lab);
      fr_link_give_up (lab->links[i]);
      fr_link_give_up (lab->ends[i]);
      g_object_unref (lab->links[i]);
      g_object_unref (lab->ends[i]);
      fr_identity_unref (lab->theirs[i]);
    }
  g_object_unref (lab->mesh);
  g_object_unref (lab->answerer);
  fr_identity_unref (lab->identity);
}

/* A walk of somebody far away, with so many records in all. */
static void
say_walk (Lab *lab, Freshet__PeerRecord *record, guint number, guint n_records)
{
  Freshet__Shuffle shuffle = FRESHET__SHUFFLE__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__PeerRecord *records[FR_SHUFFLE_MAX_RECORDS];
  guint8 walk[FR_QUERY_ID_SIZE] = { 1, (guint8) number };
  g_autoptr (GBytes) packed = NULL;

  g_assert_cmpuint (n_records, <=, 1 + FR_SHUFFLE_MAX_RECORDS);
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    records[i] = record;
  shuffle.walk = (ProtobufCBinaryData) { .len = sizeof walk, .data = walk };
  shuffle.origin = record;
  shuffle.records = records;
  shuffle.n_records = n_records - 1;
  shuffle.ttl = 3;
  frame.body_case = FRESHET__FRAME__BODY_SHUFFLE;
  frame.shuffle = &shuffle;
  packed = fr_frame_pack (&frame);
  g_assert_true (fr_link_send (lab->ends[TALKER], packed));
}

static void
say_ping (Lab *lab)
{
  Freshet__Ping ping = FRESHET__PING__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  g_autoptr (GBytes) packed = NULL;

  ping.nonce = 7;
  frame.body_case = FRESHET__FRAME__BODY_PING;
  frame.ping = &ping;
  packed = fr_frame_pack (&frame);
  g_assert_true (fr_link_send (lab->ends[TALKER], packed));
}

static gboolean
has_pong (gpointer data)
{
  return ((Lab *) data)->n_pongs > 0;
}

static gboolean
has_heard_all (gpointer data)
{
  return ((Lab *) data)->n_heard >= 8;
}

/* 64 records at once, and not one more of a frame that has nine: these take seconds to be had again. */
static void
test_records (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrIdentity) far = fr_identity_new ();
  Freshet__PeerRecord *record = fr_record_sign (far, "Far", "127.0.0.1:1", "far", "", TRUE);
  Lab lab;

  lab_set_up (&lab, fixture->store);
  G_STATIC_ASSERT (FR_MESH_RECORD_BURST == 7 * (1 + FR_SHUFFLE_MAX_RECORDS) + 1);
  for (guint i = 0; i < 7; i++)
    say_walk (&lab, record, i, 1 + FR_SHUFFLE_MAX_RECORDS);
  say_walk (&lab, record, 7, 1);
  say_walk (&lab, record, 8, 1 + FR_SHUFFLE_MAX_RECORDS);
  say_ping (&lab);
  fr_test_wait_until (has_pong, &lab, 10);
  fr_test_wait_until (has_heard_all, &lab, 10);
  g_assert_cmpuint (lab.n_heard, ==, 8);
  lab_tear_down (&lab);
  fr_record_free_message (record);
}

void
test_mesh_limits_add (void)
{
  gallery_add_test ("/node/mesh-limits/records", test_records);
}
