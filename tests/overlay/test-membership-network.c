/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"
#include "membership-fixture.h"
#include "overlay-fixture.h"
#include "tests.h"

/* Many memberships on a virtual clock. A dial takes 50 ms when the other side lives and wants the link, else it fails;
 * a frame takes 10 ms. Events of one time happen in the order in which they were caused, so a seed replays all of it. */

#define N_NODES 200
#define FRAME_US (10 * 1000)
#define DIAL_US (50 * 1000)
#define REFUSED_US (100 * 1000)
#define NOBODY_US (5 * G_USEC_PER_SEC) /* until a server says so */
#define LOST_US (2 * G_USEC_PER_SEC)   /* until the death of a neighbour is noticed, at most */

typedef enum
{
  FRAME,
  DIAL_ENDS,
  CLOSED,
  TICK,
} EventType;

typedef struct
{
  gint64 at_us;
  guint64 order;
  EventType type;
  guint node;
  guint other; /* DIAL_ENDS: who dials node */
  FrLinkId link;
  GBytes *frame;
} Event;

typedef struct
{
  FrMembership *membership;
  gboolean alive;
  GHashTable *links; /* FrLinkId -> the number of the other node */
  gint64 tick_at_us;
} Node;

typedef struct
{
  GRand *rand;
  Node nodes[N_NODES];
  GSequence *events;
  guint64 order;
  gint64 now_us;
  FrLinkId last_link;
  gboolean network_down; /* of all: no dial succeeds */
  guint n_dials;
  guint n_refused;
} Net;

static int
compare_events (gconstpointer a, gconstpointer b, gpointer unused)
{
  const Event *first = a, *second = b;

  if (first->at_us != second->at_us)
    return first->at_us < second->at_us ? -1 : 1;
  return first->order < second->order ? -1 : first->order > second->order;
}

static void
event_free (Event *event)
{
  g_clear_pointer (&event->frame, g_bytes_unref);
  g_free (event);
}

static Event *
plan (Net *self, EventType type, gint64 delay_us, guint node)
{
  Event *event = g_new0 (Event, 1);

  event->type = type;
  event->at_us = self->now_us + delay_us;
  event->order = self->order++;
  event->node = node;
  g_sequence_insert_sorted (self->events, event, compare_events, NULL);
  return event;
}

static guint
other_end (Net *self, guint node, FrLinkId link)
{
  gpointer other;

  if (!g_hash_table_lookup_extended (self->nodes[node].links, GUINT_TO_POINTER (link), NULL, &other))
    return G_MAXUINT;
  return GPOINTER_TO_UINT (other);
}

static void
begin_dial (Net *self, guint from, const FrPeerKey *key)
{
  guint to = member_number (key);
  Node *target = &self->nodes[to];
  FrPeerKey own = fixture_key (from);
  gboolean reached = target->alive && !self->network_down;
  gboolean wanted = reached && fr_membership_wants_link (target->membership, &own);
  Event *event = plan (self, DIAL_ENDS, wanted ? DIAL_US : reached ? REFUSED_US : NOBODY_US, to);

  event->other = from;
  self->n_dials++;
  self->n_refused += reached && !wanted;
}

static void
go_on (Net *self, guint number)
{
  Node *node = &self->nodes[number];
  FrMembershipAction action;
  gint64 deadline_us;

  for (; node->alive && fr_membership_next_action (node->membership, &action); fr_membership_action_clear (&action))
    {
      guint other = action.link != 0 ? other_end (self, number, action.link) : G_MAXUINT;
      Event *event;

      if (action.type == FR_MEMBERSHIP_DIAL)
        begin_dial (self, number, &action.key);
      else if (action.type == FR_MEMBERSHIP_SEND && other != G_MAXUINT)
        {
          event = plan (self, FRAME, FRAME_US, other);
          event->link = action.link;
          event->frame = g_bytes_ref (action.frame);
        }
      else if (action.type == FR_MEMBERSHIP_CLOSE && other != G_MAXUINT)
        for (guint end = 0; end < 2; end++)
          {
            event = plan (self, CLOSED, FRAME_US, end == 0 ? number : other);
            event->link = action.link;
          }
    }
  deadline_us = node->alive ? MAX (fr_membership_next_deadline (node->membership), self->now_us) : G_MAXINT64;
  if (deadline_us < node->tick_at_us)
    {
      node->tick_at_us = deadline_us;
      plan (self, TICK, deadline_us - self->now_us, number);
    }
}

static gboolean
are_linked (Net *self, guint a, guint b)
{
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, self->nodes[a].links);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (GPOINTER_TO_UINT (other) == b)
      return TRUE;
  return FALSE;
}

static gboolean
end_dial (Net *self, guint from, guint to)
{
  FrPeerKey from_key = fixture_key (from), to_key = fixture_key (to);
  FrLinkId link;

  if (!self->nodes[from].alive)
    return FALSE;
  if (!self->nodes[to].alive || self->network_down || are_linked (self, from, to))
    {
      fr_membership_dial_failed (self->nodes[from].membership, &to_key, self->now_us);
      go_on (self, from);
      return FALSE;
    }
  if (!fr_membership_wants_link (self->nodes[to].membership, &from_key))
    {
      fr_membership_dial_refused (self->nodes[from].membership, &to_key, self->now_us);
      go_on (self, from);
      return FALSE;
    }
  link = ++self->last_link;
  g_hash_table_insert (self->nodes[from].links, GUINT_TO_POINTER (link), GUINT_TO_POINTER (to));
  g_hash_table_insert (self->nodes[to].links, GUINT_TO_POINTER (link), GUINT_TO_POINTER (from));
  fr_membership_link_up (self->nodes[from].membership, link, &to_key, self->now_us);
  fr_membership_link_up (self->nodes[to].membership, link, &from_key, self->now_us);
  go_on (self, from);
  go_on (self, to);
  return TRUE;
}

static void
handle (Net *self, Event *event)
{
  Node *node = &self->nodes[event->node];

  if (event->type == DIAL_ENDS)
    {
      end_dial (self, event->other, event->node);
      return;
    }
  if (!node->alive)
    return;
  if (event->type == FRAME && other_end (self, event->node, event->link) != G_MAXUINT)
    {
      g_autoptr (Freshet__Frame) frame = fixture_parse (event->frame);

      g_assert_true (fr_membership_receive (node->membership, event->link, frame, self->now_us));
    }
  else if (event->type == CLOSED && g_hash_table_remove (node->links, GUINT_TO_POINTER (event->link)))
    fr_membership_link_down (node->membership, event->link, event->other != 0, self->now_us);
  else if (event->type == TICK && event->at_us == node->tick_at_us)
    {
      node->tick_at_us = G_MAXINT64;
      fr_membership_tick (node->membership, self->now_us);
    }
  go_on (self, event->node);
}

static void
run (Net *self, gint64 time_us)
{
  gint64 end_us = self->now_us + time_us;

  while (!g_sequence_is_empty (self->events))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->events);
      Event event = *(Event *) g_sequence_get (first);

      if (event.at_us > end_us)
        break;
      if (event.frame != NULL)
        g_bytes_ref (event.frame);
      g_sequence_remove (first);
      self->now_us = event.at_us;
      handle (self, &event);
      g_clear_pointer (&event.frame, g_bytes_unref);
    }
  self->now_us = end_us;
}

static void
add_node (Net *self, guint number)
{
  Node *node = &self->nodes[number];
  FrPeerKey key = fixture_key (number);
  g_autoptr (GBytes) record = member_record (number, 1, TRUE);
  FrOverlayConfig config;

  member_config (&config);
  node->membership = fr_membership_new (&config, &key, g_rand_int (self->rand));
  node->links = g_hash_table_new (NULL, NULL);
  node->alive = TRUE;
  node->tick_at_us = G_MAXINT64;
  fr_membership_set_record (node->membership, record);
  fr_membership_set_open (node->membership, TRUE, self->now_us);
  go_on (self, number);
}

static Net *
net_new (void)
{
  Net *self = g_new0 (Net, 1);

  self->rand = fr_test_rand_new ();
  self->events = g_sequence_new ((GDestroyNotify) event_free);
  self->now_us = G_USEC_PER_SEC;
  return self;
}

static void
net_free (Net *self)
{
  for (guint i = 0; i < N_NODES; i++)
    {
      g_clear_pointer (&self->nodes[i].membership, fr_membership_free);
      g_clear_pointer (&self->nodes[i].links, g_hash_table_unref);
    }
  g_sequence_free (self->events);
  g_rand_free (self->rand);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Net, net_free)

/* One by one, each by a random member that wants it. */
static void
join_between (Net *self, guint first, guint end)
{
  add_node (self, first);
  for (guint number = first + 1; number < end; number++)
    {
      guint tries = 0;

      add_node (self, number);
      while (!end_dial (self, number, (guint) g_rand_int_range (self->rand, (gint32) first, (gint32) number)))
        g_assert_cmpuint (++tries, <, 1000);
      run (self, G_USEC_PER_SEC);
    }
}

static void
join_all (Net *self)
{
  join_between (self, 0, N_NODES);
}

/* Without a word; their neighbours notice one by one. */
static void
crash (Net *self, double share)
{
  guint n_alive = 0, n_crash;

  for (guint i = 0; i < N_NODES; i++)
    n_alive += self->nodes[i].alive;
  for (n_crash = (guint) (n_alive * share); n_crash > 0;)
    {
      Node *node = &self->nodes[g_rand_int_range (self->rand, 0, N_NODES)];
      GHashTableIter iter;
      gpointer link, other;

      if (!node->alive)
        continue;
      node->alive = FALSE;
      n_crash--;
      g_hash_table_iter_init (&iter, node->links);
      while (g_hash_table_iter_next (&iter, &link, &other))
        {
          Event *event = plan (self, CLOSED, g_rand_int_range (self->rand, 0, LOST_US), GPOINTER_TO_UINT (other));

          event->link = GPOINTER_TO_UINT (link);
          event->other = 1; /* lost */
        }
      g_hash_table_remove_all (node->links);
    }
}

/* Of those who live, over links whose ends both live. */
static guint
find_components (Net *self, guint *out_largest)
{
  gboolean seen[N_NODES] = { FALSE };
  guint n = 0;

  *out_largest = 0;
  for (guint start = 0; start < N_NODES; start++)
    {
      guint stack[N_NODES], n_stack = 0, size = 0;

      if (!self->nodes[start].alive || seen[start])
        continue;
      n++;
      seen[start] = TRUE;
      stack[n_stack++] = start;
      while (n_stack > 0)
        {
          Node *node = &self->nodes[stack[--n_stack]];
          GHashTableIter iter;
          gpointer other;

          size++;
          g_hash_table_iter_init (&iter, node->links);
          while (g_hash_table_iter_next (&iter, NULL, &other))
            if (self->nodes[GPOINTER_TO_UINT (other)].alive && !seen[GPOINTER_TO_UINT (other)])
              {
                seen[GPOINTER_TO_UINT (other)] = TRUE;
                stack[n_stack++] = GPOINTER_TO_UINT (other);
              }
        }
      *out_largest = MAX (*out_largest, size);
    }
  return n;
}

static guint
n_components (Net *self)
{
  guint largest;

  return find_components (self, &largest);
}

/* For so many seconds at most, and says how many it took. */
static void
run_until_one (Net *self, guint seconds)
{
  guint n = 0;

  for (; n < seconds && n_components (self) > 1; n++)
    run (self, G_USEC_PER_SEC);
  g_test_message ("one again after %u s", n);
  g_assert_cmpuint (n_components (self), ==, 1);
}

typedef struct
{
  guint n_alive, n_good, n_links, n_passive;
} Degrees;

static void
count_degrees (Net *self, Degrees *degrees)
{
  for (guint i = 0; i < N_NODES; i++)
    if (self->nodes[i].alive)
      {
        guint degree = fr_membership_get_n_active (self->nodes[i].membership);

        degrees->n_alive++;
        degrees->n_links += degree;
        degrees->n_passive += fr_membership_get_n_passive (self->nodes[i].membership);
        degrees->n_good += degree >= FR_MEMBERSHIP_ACTIVE_LEAST
                           && degree <= FR_MEMBERSHIP_ACTIVE_TARGET + FR_MEMBERSHIP_SLACK;
        g_assert_cmpuint (fr_membership_get_n_limited (self->nodes[i].membership), ==, 0);
      }
}

/* Over ten seconds, since two of a hundred may have given up one neighbour for another at the same moment. */
static void
check_degrees (Net *self)
{
  Degrees sum = { 0 };

  for (guint second = 0; second < 10; second++)
    {
      count_degrees (self, &sum);
      run (self, G_USEC_PER_SEC);
    }
  g_test_message ("%.0f s: %u peers, %.2f neighbours, %.1f others each; %u dials, %u refused",
                  (double) self->now_us / G_USEC_PER_SEC, sum.n_alive / 10, (double) sum.n_links / sum.n_alive,
                  (double) sum.n_passive / sum.n_alive, self->n_dials, self->n_refused);
  g_assert_cmpuint (100 * sum.n_good, >=, 99 * sum.n_alive);
}

static void
test_joins_and_heals (void)
{
  g_autoptr (Net) net = net_new ();

  join_all (net);
  run (net, 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (n_components (net), ==, 1);
  check_degrees (net);

  crash (net, 0.5);
  run (net, LOST_US);
  run_until_one (net, 58);
  run (net, 58 * G_USEC_PER_SEC);
  g_assert_cmpuint (n_components (net), ==, 1);
  check_degrees (net);
}

/* All that is needed to heal is in the passive views of those that are left. One in three thousand of them knows nobody
 * who lives (0.8 to the 36th), and has to be found by others. */
static void
test_heals_most_gone (void)
{
  g_autoptr (Net) net = net_new ();
  guint largest;

  join_all (net);
  run (net, 120 * G_USEC_PER_SEC);
  crash (net, 0.8);
  run (net, 120 * G_USEC_PER_SEC);
  find_components (net, &largest);
  g_test_message ("%u together", largest);
  g_assert_cmpuint (largest, >=, N_NODES / 5 - 2);
}

/* The network of all of them is away for ten minutes; nobody helps when it is back. */
static void
test_network_returns (void)
{
  g_autoptr (Net) net = net_new ();

  join_all (net);
  run (net, 60 * G_USEC_PER_SEC);
  net->network_down = TRUE;
  for (guint i = 0; i < N_NODES; i++)
    {
      GHashTableIter iter;
      gpointer link;

      g_hash_table_iter_init (&iter, net->nodes[i].links);
      while (g_hash_table_iter_next (&iter, &link, NULL))
        {
          Event *event = plan (net, CLOSED, g_rand_int_range (net->rand, 0, LOST_US), i);

          event->link = GPOINTER_TO_UINT (link);
          event->other = 1;
        }
    }
  run (net, 600 * G_USEC_PER_SEC);
  g_assert_cmpuint (n_components (net), ==, N_NODES);
  net->network_down = FALSE;
  run_until_one (net, 90);
  run (net, 60 * G_USEC_PER_SEC);
  check_degrees (net);
}

/* Two networks, each whole and with neighbours enough; those of one have heard of two of the other each. They become one,
 * and nobody is worse off. If nobody looked farther than its neighbours they would stay islands for ever. */
static void
test_islands_find_each_other (void)
{
  g_autoptr (Net) net = net_new ();
  guint largest;

  for (guint island = 0; island < 2; island++)
    join_between (net, island * N_NODES / 2, (island + 1) * N_NODES / 2);
  run (net, 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (find_components (net, &largest), ==, 2);
  g_assert_cmpuint (largest, ==, N_NODES / 2);
  for (guint i = 0; i < N_NODES / 2; i++)
    for (guint known = 0; known < 2; known++)
      {
        guint other = (guint) g_rand_int_range (net->rand, N_NODES / 2, N_NODES);
        g_autoptr (GBytes) record = member_record (other, 1, TRUE);

        fr_membership_add_record (net->nodes[i].membership, record, net->now_us);
        go_on (net, i);
      }
  run_until_one (net, 600);
  run (net, 300 * G_USEC_PER_SEC);
  g_assert_cmpuint (n_components (net), ==, 1);
  check_degrees (net);
}

void
test_membership_network_add (void)
{
  g_test_add_func ("/overlay/membership-network/joins-and-heals", test_joins_and_heals);
  g_test_add_func ("/overlay/membership-network/islands-find-each-other", test_islands_find_each_other);
  g_test_add_func ("/overlay/membership-network/heals-most-gone", test_heals_most_gone);
  g_test_add_func ("/overlay/membership-network/network-returns", test_network_returns);
}
