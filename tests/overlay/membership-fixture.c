/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "membership-fixture.h"

#include "overlay-fixture.h"

#include <string.h>

static ProtobufCBinaryData
binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

static ProtobufCBinaryData
binary_of_bytes (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return binary (data, size);
}

GBytes *
member_record (guint peer, guint64 sequence, gboolean may_pass_on)
{
  Freshet__PeerRecord record = FRESHET__PEER_RECORD__INIT;
  Freshet__PeerRecordBody body = FRESHET__PEER_RECORD_BODY__INIT;
  FrPeerKey key = fixture_key (peer);
  g_autoptr (GBytes) packed = NULL;
  guint8 signature[FR_SIGNATURE_SIZE] = { 0 };

  body.key = binary (key.bytes, sizeof key.bytes);
  body.name = (char *) "bob";
  body.sequence = sequence;
  body.may_pass_on = may_pass_on;
  packed = fr_message_pack (&body.base);
  record.signed_ = binary_of_bytes (packed);
  record.signature = binary (signature, sizeof signature);
  return fr_message_pack (&record.base);
}

FrKnownRecord
member_known (guint peer, guint64 sequence)
{
  g_autoptr (GBytes) packed = member_record (peer, sequence, TRUE);
  FrKnownRecord record;

  g_assert_true (fr_known_record_unpack (&record, packed));
  return record;
}

FrQueryId
member_walk (guint number)
{
  FrQueryId walk = { { 'w' } };

  memcpy (walk.bytes + 4, &number, sizeof number);
  return walk;
}

void
member_config (FrOverlayConfig *config)
{
  fr_overlay_config_init_default (config);
  config->active_least = FR_MEMBERSHIP_ACTIVE_LEAST;
  config->active_target = FR_MEMBERSHIP_ACTIVE_TARGET;
  config->active_most = FR_MEMBERSHIP_ACTIVE_MOST;
  config->passive_most = FR_PASSIVE_VIEW_MOST;
  config->shuffle_interval_us = FR_MEMBERSHIP_SHUFFLE_INTERVAL_US;
}

static Freshet__PeerRecord *
message_of (GBytes *packed)
{
  ProtobufCBinaryData data = binary_of_bytes (packed);
  Freshet__PeerRecord *record = freshet__peer_record__unpack (NULL, data.len, data.data);

  g_assert_nonnull (record);
  return record;
}

static void
message_free (Freshet__PeerRecord *record)
{
  freshet__peer_record__free_unpacked (record, NULL);
}

GBytes *
member_neighbour (guint peer, Freshet__Neighbour__Priority priority)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Neighbour neighbour = FRESHET__NEIGHBOUR__INIT;
  g_autoptr (GBytes) record = member_record (peer, 1, TRUE);
  GBytes *packed;

  neighbour.priority = priority;
  neighbour.record = message_of (record);
  frame.body_case = FRESHET__FRAME__BODY_NEIGHBOUR;
  frame.neighbour = &neighbour;
  packed = fr_frame_pack (&frame);
  message_free (neighbour.record);
  return packed;
}

GBytes *
member_disconnect (GBytes *instead)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Disconnect disconnect = FRESHET__DISCONNECT__INIT;
  GBytes *packed;

  disconnect.instead = instead != NULL ? message_of (instead) : NULL;
  frame.body_case = FRESHET__FRAME__BODY_DISCONNECT;
  frame.disconnect = &disconnect;
  packed = fr_frame_pack (&frame);
  message_free (disconnect.instead);
  return packed;
}

GBytes *
member_join (guint walk, GBytes *newcomer)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Join join = FRESHET__JOIN__INIT;
  FrQueryId id = member_walk (walk);
  GBytes *packed;

  join.walk = binary (id.bytes, sizeof id.bytes);
  join.newcomer = message_of (newcomer);
  frame.body_case = FRESHET__FRAME__BODY_JOIN;
  frame.join = &join;
  packed = fr_frame_pack (&frame);
  message_free (join.newcomer);
  return packed;
}

GBytes *
member_forward_join (guint walk, GBytes *newcomer, guint ttl)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__ForwardJoin join = FRESHET__FORWARD_JOIN__INIT;
  FrQueryId id = member_walk (walk);
  GBytes *packed;

  join.walk = binary (id.bytes, sizeof id.bytes);
  join.newcomer = message_of (newcomer);
  join.ttl = ttl;
  frame.body_case = FRESHET__FRAME__BODY_FORWARD_JOIN;
  frame.forward_join = &join;
  packed = fr_frame_pack (&frame);
  message_free (join.newcomer);
  return packed;
}

static GBytes *
pack_shuffle (Freshet__Shuffle *shuffle, const guint *peers, guint n_peers)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__PeerRecord *records[FR_SHUFFLE_MAX_RECORDS];
  GBytes *packed;

  for (guint i = 0; i < n_peers; i++)
    {
      g_autoptr (GBytes) record = member_record (peers[i], 1, TRUE);

      records[i] = message_of (record);
    }
  shuffle->records = records;
  shuffle->n_records = n_peers;
  frame.body_case = FRESHET__FRAME__BODY_SHUFFLE;
  frame.shuffle = shuffle;
  packed = fr_frame_pack (&frame);
  for (guint i = 0; i < n_peers; i++)
    message_free (records[i]);
  return packed;
}

GBytes *
member_shuffle (guint walk, guint origin, guint ttl, const guint *peers, guint n_peers)
{
  Freshet__Shuffle shuffle = FRESHET__SHUFFLE__INIT;
  FrQueryId id = member_walk (walk);
  g_autoptr (GBytes) record = member_record (origin, 1, TRUE);
  GBytes *packed;

  shuffle.walk = binary (id.bytes, sizeof id.bytes);
  shuffle.origin = message_of (record);
  shuffle.ttl = ttl;
  packed = pack_shuffle (&shuffle, peers, n_peers);
  message_free (shuffle.origin);
  return packed;
}

GBytes *
member_answer (const FrQueryId *walk, guint origin, const guint *peers, guint n_peers)
{
  Freshet__Shuffle shuffle = FRESHET__SHUFFLE__INIT;
  FrPeerKey key = fixture_key (origin);

  shuffle.walk = binary (walk->bytes, sizeof walk->bytes);
  shuffle.answers = binary (key.bytes, sizeof key.bytes);
  return pack_shuffle (&shuffle, peers, n_peers);
}

/* Links 1, 2, ... are up, their Neighbours have come; what that made it do has been taken away. */
void
member_init_with_config (MemberFixture *self, const FrOverlayConfig *config, gboolean open, guint n_links)
{
  FrPeerKey key = fixture_key (FIXTURE_SELF);
  g_autoptr (GBytes) record = member_record (FIXTURE_SELF, 1, TRUE);

  self->now_us = G_USEC_PER_SEC;
  self->membership = fr_membership_new (config, &key, 1);
  fr_membership_set_record (self->membership, record);
  fr_membership_set_open (self->membership, open, self->now_us);
  for (FrLinkId link = 1; link <= n_links; link++)
    member_up_and_heard (self, link, FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_LOW);
  member_drain (self);
}

void
member_init (MemberFixture *self, gboolean open, guint n_links)
{
  FrOverlayConfig config;

  member_config (&config);
  member_init_with_config (self, &config, open, n_links);
}

void
member_clear (MemberFixture *self)
{
  g_clear_pointer (&self->membership, fr_membership_free);
}

void
member_up (MemberFixture *self, FrLinkId link)
{
  FrPeerKey key = fixture_key (link);

  fr_membership_link_up (self->membership, link, &key, self->now_us);
}

void
member_up_and_heard (MemberFixture *self, FrLinkId link, Freshet__Neighbour__Priority priority)
{
  g_autoptr (GBytes) frame = member_neighbour (link, priority);

  member_up (self, link);
  g_assert_true (member_receive (self, link, frame));
}

void
member_add (MemberFixture *self, guint peer)
{
  g_autoptr (GBytes) record = member_record (peer, 1, TRUE);

  fr_membership_add_record (self->membership, record, self->now_us);
}

gboolean
member_receive (MemberFixture *self, FrLinkId link, GBytes *frame)
{
  g_autoptr (Freshet__Frame) parsed = fixture_parse (frame);

  return fr_membership_receive (self->membership, link, parsed, self->now_us);
}

/* Goes on by a time, with a tick at each deadline on the way. */
void
member_advance (MemberFixture *self, gint64 time_us)
{
  gint64 end_us = self->now_us + time_us;

  for (guint i = 0; fr_membership_next_deadline (self->membership) <= end_us; i++)
    {
      self->now_us = MAX (self->now_us, fr_membership_next_deadline (self->membership));
      fr_membership_tick (self->membership, self->now_us);
      g_assert_cmpuint (i, <, 10000);
    }
  self->now_us = end_us;
}

void
member_fail (MemberFixture *self, guint peer)
{
  FrPeerKey key = fixture_key (peer);

  fr_membership_dial_failed (self->membership, &key, self->now_us);
}

/* As one that is no neighbour. */
gboolean
member_knows (MemberFixture *self, guint peer)
{
  FrPeerKey key = fixture_key (peer);

  return fr_passive_view_lookup (self->membership->passive, &key) != NULL;
}

guint
member_drain (MemberFixture *self)
{
  FrMembershipAction action;
  guint n = 0;

  for (; fr_membership_next_action (self->membership, &action); n++)
    fr_membership_action_clear (&action);
  return n;
}

/* Takes all actions away and says how many were of a type. */
guint
member_count (MemberFixture *self, FrMembershipActionType type)
{
  FrMembershipAction action;
  guint n = 0;

  while (fr_membership_next_action (self->membership, &action))
    {
      n += action.type == type;
      fr_membership_action_clear (&action);
    }
  return n;
}

FrMembershipAction
member_expect (MemberFixture *self, FrMembershipActionType type)
{
  FrMembershipAction action;

  g_assert_true (fr_membership_next_action (self->membership, &action));
  g_assert_cmpint (action.type, ==, type);
  return action;
}

/* Link 0: any. */
Freshet__Frame *
member_expect_frame (MemberFixture *self, FrLinkId link, Freshet__Frame__BodyCase body, FrLinkId *out_link)
{
  g_auto (FrMembershipAction) action = member_expect (self, FR_MEMBERSHIP_SEND);
  Freshet__Frame *frame = fixture_parse (action.frame);

  g_assert_cmpint (frame->body_case, ==, body);
  if (link != 0)
    g_assert_cmpuint (action.link, ==, link);
  if (out_link != NULL)
    *out_link = action.link;
  return frame;
}

guint
member_expect_dial (MemberFixture *self)
{
  g_auto (FrMembershipAction) action = member_expect (self, FR_MEMBERSHIP_DIAL);
  g_auto (FrKnownRecord) record = { .packed = NULL };

  g_assert_true (fr_known_record_unpack (&record, action.frame));
  g_assert_true (fr_peer_key_equal (&record.key, &action.key));
  return member_number (&action.key);
}

void
member_expect_route (MemberFixture *self, guint walk, guint peer, FrLinkId link)
{
  g_auto (FrMembershipAction) action = member_expect (self, FR_MEMBERSHIP_ROUTE);
  FrQueryId id = member_walk (walk);

  g_assert_true (fr_query_id_equal_func (&action.walk, &id));
  g_assert_cmpuint (member_number (&action.key), ==, peer);
  g_assert_cmpuint (action.link, ==, link);
}

void
member_expect_nothing (MemberFixture *self)
{
  g_assert_cmpuint (member_drain (self), ==, 0);
}

guint
member_number (const FrPeerKey *key)
{
  guint number;

  memcpy (&number, key->bytes + 4, sizeof number);
  return number;
}

guint
member_number_of (const Freshet__PeerRecord *record)
{
  g_auto (FrKnownRecord) known = { .packed = NULL };

  g_assert_true (fr_known_record_read (&known, record));
  return member_number (&known.key);
}
