/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "membership-fixture.h"
#include "overlay-fixture.h"
#include "tests.h"

#define LOW FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_LOW
#define HIGH FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_HIGH
#define PINNED FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_PINNED

#define FULL (FR_MEMBERSHIP_ACTIVE_TARGET + FR_MEMBERSHIP_SLACK)

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MemberFixture, member_clear)

static void
pin (MemberFixture *self, guint peer, gboolean pinned)
{
  FrPeerKey key = fixture_key (peer);

  fr_membership_pin (self->membership, &key, pinned);
}

static gboolean
wants (MemberFixture *self, guint peer)
{
  FrPeerKey key = fixture_key (peer);

  return fr_membership_wants_link (self->membership, &key);
}

static void
expect_neighbour (MemberFixture *self, FrLinkId link, Freshet__Neighbour__Priority priority)
{
  g_autoptr (Freshet__Frame) frame = member_expect_frame (self, link, FRESHET__FRAME__BODY_NEIGHBOUR, NULL);

  g_assert_cmpint (frame->neighbour->priority, ==, priority);
  g_assert_cmpuint (member_number_of (frame->neighbour->record), ==, FIXTURE_SELF);
}

/* Takes a Disconnect and its CLOSE; the link that they are for. */
static FrLinkId
expect_evicted (MemberFixture *self, FrLinkId link)
{
  FrLinkId evicted;
  g_autoptr (Freshet__Frame) frame = member_expect_frame (self, link, FRESHET__FRAME__BODY_DISCONNECT, &evicted);
  g_auto (FrMembershipAction) action = member_expect (self, FR_MEMBERSHIP_CLOSE);

  g_assert_cmpuint (action.link, ==, evicted);
  if (frame->disconnect->instead != NULL)
    g_assert_cmpuint (member_number_of (frame->disconnect->instead), !=, evicted);
  return evicted;
}

static void
test_tells_its_priority (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  member_init (&fixture, TRUE, 0);
  pin (&fixture, 4, TRUE);
  for (FrLinkId link = 1; link <= 6; link++)
    {
      member_up (&fixture, link);
      expect_neighbour (&fixture, link, link == 4 ? PINNED : link <= FR_MEMBERSHIP_ACTIVE_LEAST ? HIGH : LOW);
      member_drain (&fixture);
    }
  pin (&fixture, 6, TRUE); /* while there is a link: it is told again */
  expect_neighbour (&fixture, 6, PINNED);
  pin (&fixture, 6, FALSE);
  pin (&fixture, 99, FALSE);
  member_expect_nothing (&fixture);
}

static void
test_tells_when_it_can (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  g_autoptr (GBytes) record = member_record (FIXTURE_SELF, 2, TRUE);

  member_init (&fixture, FALSE, 0);
  fr_membership_set_record (fixture.membership, NULL);
  member_up (&fixture, 1);
  fr_membership_set_record (fixture.membership, record);
  member_expect_nothing (&fixture); /* not open */
  fr_membership_set_record (fixture.membership, NULL);
  fr_membership_set_open (fixture.membership, TRUE, fixture.now_us);
  member_expect_nothing (&fixture); /* no record */
  fr_membership_set_record (fixture.membership, record);
  expect_neighbour (&fixture, 1, HIGH);
  member_expect_nothing (&fixture);
  g_assert_cmpint (fr_membership_next_deadline (fixture.membership), <=, fixture.now_us);
}

/* Who goes when there is one too many. */
static void
test_evicts (void)
{
  static const struct
  {
    Freshet__Neighbour__Priority newcomer;
    gboolean we_pinned;
    gboolean newcomer_goes;
  } rows[] = {
    { LOW, FALSE, TRUE }, { LOW, TRUE, FALSE }, { HIGH, FALSE, FALSE }, { PINNED, FALSE, FALSE }, { 77, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (MemberFixture) fixture = { NULL };
      FrLinkId evicted;

      member_init (&fixture, TRUE, FULL);
      g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FULL);
      if (rows[i].we_pinned)
        pin (&fixture, FULL + 1, TRUE);
      member_up (&fixture, FULL + 1);
      member_drain (&fixture);
      {
        g_autoptr (GBytes) frame = member_neighbour (FULL + 1, rows[i].newcomer);

        g_assert_true (member_receive (&fixture, FULL + 1, frame));
      }
      evicted = expect_evicted (&fixture, 0);
      g_assert_true ((evicted == FULL + 1) == rows[i].newcomer_goes);
      g_assert_true (member_knows (&fixture, evicted));
      member_expect_nothing (&fixture);
      g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FULL);
      fr_membership_link_down (fixture.membership, evicted, FALSE, fixture.now_us);
      g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FULL);
    }
}

/* Only one of all may go: it is found. */
static void
test_spares (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  member_init (&fixture, TRUE, 0);
  for (FrLinkId link = 1; link <= FULL; link++)
    {
      if (link == 5)
        member_up_and_heard (&fixture, link, HIGH);
      else if (link % 3 == 0)
        member_up_and_heard (&fixture, link, PINNED); /* it says so */
      else if (link % 3 == 1)
        {
          pin (&fixture, link, TRUE); /* we do */
          member_up_and_heard (&fixture, link, LOW);
        }
      else
        member_up (&fixture, link); /* it has not said anything */
    }
  member_drain (&fixture);
  member_up_and_heard (&fixture, FULL + 1, PINNED);
  expect_neighbour (&fixture, FULL + 1, LOW);
  expect_evicted (&fixture, 5);
  member_up_and_heard (&fixture, FULL + 2, PINNED); /* now none may */
  expect_neighbour (&fixture, FULL + 2, LOW);
  member_expect_nothing (&fixture);
  g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FULL + 1);
}

/* Beyond the most it does not help to say that one is pinned. At the limit, and one past it. */
static void
test_most (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  member_init (&fixture, TRUE, 0);
  for (FrLinkId link = 1; link <= FR_MEMBERSHIP_ACTIVE_MOST; link++)
    member_up_and_heard (&fixture, link, PINNED);
  g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FR_MEMBERSHIP_ACTIVE_MOST);
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_CLOSE), ==, 0);
  member_up_and_heard (&fixture, FR_MEMBERSHIP_ACTIVE_MOST + 1, PINNED);
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_CLOSE), ==, 1);
  g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FR_MEMBERSHIP_ACTIVE_MOST);
}

/* A flood of newcomers in need drives out those who came by themselves, not those whom we chose. */
static void
test_chosen_ones_stay (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  FrLinkId first = 100;

  member_init (&fixture, TRUE, 0);
  for (guint peer = 1; peer <= FR_MEMBERSHIP_ACTIVE_LEAST; peer++)
    member_add (&fixture, peer);
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_DIAL), ==, FR_MEMBERSHIP_ACTIVE_LEAST);
  for (FrLinkId link = 1; link <= FR_MEMBERSHIP_ACTIVE_LEAST; link++)
    member_up_and_heard (&fixture, link, LOW);
  for (FrLinkId link = first; link < first + 200; link++)
    member_up_and_heard (&fixture, link, HIGH);
  g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FULL);
  for (FrLinkId link = 1; link <= FR_MEMBERSHIP_ACTIVE_LEAST; link++)
    g_assert_nonnull (_fr_membership_find (fixture.membership, link));
}

static void
test_wants_link (void)
{
  static const struct
  {
    gboolean open;
    guint n_links;
    gboolean wanted;
  } rows[] = {
    { TRUE, 0, TRUE }, { TRUE, FULL, TRUE }, { FALSE, FULL + 1, TRUE },
    { FALSE, FR_MEMBERSHIP_ACTIVE_MOST - 1, TRUE }, { FALSE, FR_MEMBERSHIP_ACTIVE_MOST, FALSE },
  };
  g_auto (MemberFixture) full = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (MemberFixture) fixture = { NULL };

      member_init (&fixture, rows[i].open, rows[i].n_links);
      g_assert_true (wants (&fixture, 99) == rows[i].wanted);
      pin (&fixture, 99, TRUE);
      g_assert_true (wants (&fixture, 99));
    }
  member_init (&full, TRUE, FULL);
  member_up (&full, FULL + 1); /* it has not said yet how much it needs us */
  g_assert_false (wants (&full, 99));
}

static void
receive_neighbour (MemberFixture *self, FrLinkId link, Freshet__Neighbour__Priority priority)
{
  g_autoptr (GBytes) frame = member_neighbour (link, priority);

  g_assert_true (member_receive (self, link, frame));
}

/* Links that say nothing fill an open peer for a short time only: whoever knocks then takes the place of one. */
static void
test_silent_links (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  const FrLinkId first = 100, n = 20;

  member_init (&fixture, TRUE, 0);
  for (FrLinkId link = 1; link <= FULL + 1; link++)
    member_up (&fixture, link);
  member_advance (&fixture, FR_MEMBERSHIP_SILENT_US - 1);
  g_assert_false (wants (&fixture, 99)); /* what they say may be under way */
  member_advance (&fixture, 1);
  for (FrLinkId link = first; link < first + n; link++)
    {
      g_assert_true (wants (&fixture, link) == (link < first + FULL + 1));
      if (!wants (&fixture, link))
        continue;
      member_up (&fixture, link);
      g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FULL + 1);
    }
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_CLOSE), ==, FULL + 1);
  for (FrLinkId link = 1; link <= FULL + 1; link++)
    g_assert_null (_fr_membership_find (fixture.membership, link));
}

/* At the limit and one past it, and of those who say that they need us, none is given up before them. */
static void
test_silent_links_go_first (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  member_init (&fixture, TRUE, 4);
  for (FrLinkId link = 5; link <= FULL; link++)
    member_up (&fixture, link);
  member_advance (&fixture, FR_MEMBERSHIP_SILENT_US);
  member_drain (&fixture);
  for (FrLinkId link = FULL + 1; link <= 2 * FULL - 4; link++)
    {
      member_up (&fixture, link);
      g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_CLOSE), ==, 0);
      receive_neighbour (&fixture, link, LOW);
      g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_CLOSE), ==, 1);
      g_assert_nonnull (_fr_membership_find (fixture.membership, link));
    }
  for (FrLinkId link = 1; link <= 4; link++)
    g_assert_nonnull (_fr_membership_find (fixture.membership, link));
  for (FrLinkId link = 5; link <= FULL; link++)
    g_assert_null (_fr_membership_find (fixture.membership, link));
  member_up_and_heard (&fixture, 99, LOW); /* now there are none but those who have spoken */
  g_assert_null (_fr_membership_find (fixture.membership, 99));
}

/* Who is not silent, and who may be so. */
static void
test_silent_links_that_stay (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  member_init (&fixture, TRUE, 0);
  for (guint peer = 1; peer <= 2; peer++)
    member_add (&fixture, peer);
  for (FrLinkId link = 1; link <= FULL + 1; link++)
    member_up (&fixture, link); /* 1 and 2 are those that we chose: that they are silent is no better */
  pin (&fixture, 3, TRUE);
  for (FrLinkId link = 4; link <= FULL; link++)
    receive_neighbour (&fixture, link, PINNED);
  member_advance (&fixture, FR_MEMBERSHIP_SILENT_US);
  member_drain (&fixture);
  g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FULL + 1);
  for (FrLinkId link = 50; link < 52; link++)
    {
      g_assert_true (wants (&fixture, link));
      member_up (&fixture, link);
      receive_neighbour (&fixture, link, HIGH);
    }
  g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FULL);
  for (FrLinkId link = 3; link <= FULL; link++)
    g_assert_nonnull (_fr_membership_find (fixture.membership, link));
  g_assert_null (_fr_membership_find (fixture.membership, 1));
  g_assert_null (_fr_membership_find (fixture.membership, 2));
  g_assert_null (_fr_membership_find (fixture.membership, FULL + 1));
  g_assert_nonnull (_fr_membership_find (fixture.membership, 50));
  g_assert_nonnull (_fr_membership_find (fixture.membership, 51));
}

static void
test_not_open (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  member_init (&fixture, FALSE, 1);
  member_add (&fixture, 50);
  for (FrLinkId link = 2; link <= FULL + 3; link++)
    member_up_and_heard (&fixture, link, LOW);
  member_advance (&fixture, 600 * G_USEC_PER_SEC);
  for (FrLinkId link = 1; link <= FULL + 3; link++)
    fr_membership_link_down (fixture.membership, link, TRUE, fixture.now_us);
  member_advance (&fixture, 600 * G_USEC_PER_SEC);
  member_expect_nothing (&fixture);
  g_assert_cmpint (fr_membership_next_deadline (fixture.membership), ==, G_MAXINT64);
}

static void
test_receives_disconnect (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  g_autoptr (GBytes) instead = member_record (50, 1, TRUE);
  g_autoptr (GBytes) secret = member_record (51, 1, FALSE);
  GBytes *frames[] = { member_disconnect (instead), member_disconnect (secret), member_disconnect (NULL) };

  member_init (&fixture, TRUE, FULL);
  for (FrLinkId link = 1; link <= 3; link++)
    {
      g_assert_true (member_receive (&fixture, link, frames[link - 1]));
      g_assert_true (member_receive (&fixture, link, frames[0])); /* nothing of it counts any more */
      g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, FULL - link);
      g_assert_true (member_knows (&fixture, link));
    }
  g_assert_true (member_knows (&fixture, 50) || member_expect_dial (&fixture) == 50);
  g_assert_false (member_knows (&fixture, 51));

  /* The other side should have closed them by now. */
  member_drain (&fixture);
  member_advance (&fixture, 9 * G_USEC_PER_SEC);
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_CLOSE), ==, 0);
  member_advance (&fixture, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (member_count (&fixture, FR_MEMBERSHIP_CLOSE), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    g_clear_pointer (&frames[i], g_bytes_unref);
}

/* Who says what only another may say, or nonsense. */
static void
test_faults (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  g_autoptr (GBytes) other = member_record (2, 1, TRUE);
  g_autoptr (GBytes) neighbour = member_neighbour (2, LOW);
  g_autoptr (GBytes) join = member_join (1, other);
  g_autoptr (GBytes) walk = member_forward_join (1, other, 3);
  g_autoptr (GBytes) shuffle = member_shuffle (1, 2, 3, (guint[]) { 5 }, 1);
  g_autoptr (GBytes) disconnect = member_disconnect (other);
  Freshet__Frame *frames[] = { fixture_parse (walk), fixture_parse (shuffle), fixture_parse (shuffle),
                               fixture_parse (disconnect) };

  member_init (&fixture, TRUE, 3);
  g_assert_false (member_receive (&fixture, 1, neighbour));
  g_assert_false (member_receive (&fixture, 1, join));
  frames[0]->forward_join->newcomer->signed_.len--;
  frames[1]->shuffle->origin->signed_.len--;
  frames[2]->shuffle->records[0]->signed_.len--;
  frames[3]->disconnect->instead->signed_.len--;
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_assert_false (fr_membership_receive (fixture.membership, 1, frames[i], fixture.now_us));
      g_clear_pointer (&frames[i], fr_frame_free);
    }
  member_expect_nothing (&fixture);
  g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, 0);
  g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, 3);
  g_assert_true (member_receive (&fixture, 99, neighbour)); /* no such link: it has just gone */
}

static void
test_limit (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  g_autoptr (GBytes) ping = fixture_ping (1);
  g_autoptr (GBytes) frame = member_neighbour (1, LOW);

  member_init (&fixture, TRUE, 3); /* a Neighbour of each has come */
  for (guint i = 1; i < FR_MEMBERSHIP_BURST; i++)
    g_assert_true (member_receive (&fixture, 1, frame));
  g_assert_cmpuint (fr_membership_get_n_limited (fixture.membership), ==, 0);
  g_assert_true (member_receive (&fixture, 1, frame));
  g_assert_cmpuint (fr_membership_get_n_limited (fixture.membership), ==, 1);
  g_assert_true (member_receive (&fixture, 1, ping)); /* not of ours: not counted */
  g_assert_cmpuint (fr_membership_get_n_limited (fixture.membership), ==, 1);
  fixture.now_us += G_USEC_PER_SEC;
  for (guint i = 0; i <= FR_MEMBERSHIP_RATE; i++)
    member_receive (&fixture, 1, frame);
  g_assert_cmpuint (fr_membership_get_n_limited (fixture.membership), ==, 2);
}

/* To be saved: neighbours, then others; and what comes of nonsense that was saved. */
static void
test_records (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("nonsense", 8);
  g_autoptr (GPtrArray) records = NULL;

  member_init (&fixture, FALSE, 2);
  member_up (&fixture, 3); /* has not told its record */
  member_add (&fixture, 10);
  member_add (&fixture, 11);
  member_add (&fixture, FIXTURE_SELF);
  member_add (&fixture, 1);
  fr_membership_add_record (fixture.membership, nonsense, fixture.now_us);
  g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, 2);
  records = fr_membership_get_records (fixture.membership);
  g_assert_cmpuint (records->len, ==, 4);
  for (guint i = 0; i < records->len; i++)
    {
      g_auto (FrKnownRecord) record = { .packed = NULL };

      g_assert_true (fr_known_record_unpack (&record, g_ptr_array_index (records, i)));
      g_assert_cmpuint (member_number (&record.key), ==, ((guint[]) { 1, 2, 10, 11 })[i]);
    }
}

/* The same peer by two links is still a neighbour when one of them goes. */
static void
test_two_links_of_one_peer (void)
{
  g_auto (MemberFixture) fixture = { NULL };
  FrPeerKey key = fixture_key (1);

  member_init (&fixture, FALSE, 1);
  fr_membership_link_up (fixture.membership, 2, &key, fixture.now_us);
  fr_membership_link_down (fixture.membership, 1, TRUE, fixture.now_us);
  fr_membership_link_down (fixture.membership, 1, TRUE, fixture.now_us);
  g_assert_cmpuint (fr_membership_get_n_active (fixture.membership), ==, 1);
  g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, 0);
}

static void
test_idle_size (void)
{
  g_auto (MemberFixture) fixture = { NULL };

  g_assert_cmpuint (sizeof (FrMembership), <, 1024 - 128); /* the rest: the view without entries, and malloc's own */
  member_init (&fixture, TRUE, 8);
  member_advance (&fixture, 120 * G_USEC_PER_SEC);
  for (FrLinkId link = 1; link <= 8; link++)
    fr_membership_link_down (fixture.membership, link, FALSE, fixture.now_us);
  member_drain (&fixture);
  g_assert_cmpuint (fr_membership_get_n_passive (fixture.membership), ==, 0);
  g_assert_null (fixture.membership->links);
  g_assert_null (fixture.membership->trails);
  g_assert_null (fixture.membership->seen);
  g_assert_null (fixture.membership->pinned);
  fr_membership_free (NULL);
}

void
test_membership_add (void)
{
  g_test_add_func ("/overlay/membership/tells-its-priority", test_tells_its_priority);
  g_test_add_func ("/overlay/membership/tells-when-it-can", test_tells_when_it_can);
  g_test_add_func ("/overlay/membership/evicts", test_evicts);
  g_test_add_func ("/overlay/membership/spares", test_spares);
  g_test_add_func ("/overlay/membership/most", test_most);
  g_test_add_func ("/overlay/membership/chosen-ones-stay", test_chosen_ones_stay);
  g_test_add_func ("/overlay/membership/wants-link", test_wants_link);
  g_test_add_func ("/overlay/membership/silent-links", test_silent_links);
  g_test_add_func ("/overlay/membership/silent-links-go-first", test_silent_links_go_first);
  g_test_add_func ("/overlay/membership/silent-links-that-stay", test_silent_links_that_stay);
  g_test_add_func ("/overlay/membership/not-open", test_not_open);
  g_test_add_func ("/overlay/membership/receives-disconnect", test_receives_disconnect);
  g_test_add_func ("/overlay/membership/faults", test_faults);
  g_test_add_func ("/overlay/membership/limit", test_limit);
  g_test_add_func ("/overlay/membership/records", test_records);
  g_test_add_func ("/overlay/membership/two-links-of-one-peer", test_two_links_of_one_peer);
  g_test_add_func ("/overlay/membership/idle-size", test_idle_size);
}
