/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-inbox.h"

#include "fr-test-support.h"
#include "tests.h"

#define N_THREADS 4
#define N_POSTS 5000

typedef struct
{
  FrWebrtcInbox *inbox;
  GThread *thread;
  guint next[N_THREADS];
  guint n_events;
  guint n_of_type[FR_WEBRTC_EVENT_TORN_DOWN + 1];
  FrWebrtcEventType last;
  gboolean detach_at_first;
} Owner;

static void
event_cb (const FrWebrtcEvent *event, gpointer data)
{
  Owner *owner = data;

  g_assert_true (g_thread_self () == owner->thread);
  owner->n_events++;
  owner->n_of_type[event->type]++;
  owner->last = event->type;
  if (event->type == FR_WEBRTC_EVENT_LOCAL_CANDIDATE)
    {
      guint thread = event->number / N_POSTS;

      g_assert_cmpuint (event->number % N_POSTS, ==, owner->next[thread]);
      owner->next[thread]++;
    }
  if (owner->detach_at_first)
    fr_webrtc_inbox_detach (owner->inbox);
}

static void
owner_init (Owner *owner)
{
  *owner = (Owner) { .thread = g_thread_self () };
  owner->inbox = fr_webrtc_inbox_new (event_cb, owner);
}

static void
owner_clear (Owner *owner)
{
  fr_webrtc_inbox_detach (owner->inbox);
  fr_webrtc_inbox_unref (owner->inbox);
}

static void
run_all (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

typedef struct
{
  FrWebrtcInbox *inbox;
  guint number;
} Poster;

static gpointer
post_thread (gpointer data)
{
  Poster *poster = data;

  for (guint i = 0; i < N_POSTS; i++)
    fr_webrtc_inbox_post_text (poster->inbox, FR_WEBRTC_EVENT_LOCAL_CANDIDATE, poster->number * N_POSTS + i, NULL);
  fr_webrtc_inbox_unref (poster->inbox);
  return NULL;
}

static gboolean
all_arrived (gpointer data)
{
  return ((Owner *) data)->n_events == N_THREADS * N_POSTS;
}

/* From many threads, everything arrives, in one thread, and in the order in which each of them posted. */
static void
test_threads (void)
{
  GThread *threads[N_THREADS];
  Poster posters[N_THREADS];
  Owner owner;

  owner_init (&owner);
  for (guint i = 0; i < N_THREADS; i++)
    {
      posters[i] = (Poster) { fr_webrtc_inbox_ref (owner.inbox), i };
      threads[i] = g_thread_new ("poster", post_thread, &posters[i]);
    }
  fr_test_wait_until (all_arrived, &owner, 10);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  run_all ();
  g_assert_cmpuint (owner.n_events, ==, N_THREADS * N_POSTS);
  owner_clear (&owner);
}

/* Never in the thread that posts, even where that could. */
static void
test_not_at_once (void)
{
  Owner owner;

  owner_init (&owner);
  fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_UNREACHABLE, NULL, NULL);
  g_assert_cmpuint (owner.n_events, ==, 0);
  run_all ();
  g_assert_cmpuint (owner.n_events, ==, 1);
  owner_clear (&owner);
}

static void
test_flood (void)
{
  const gsize size = 65536;
  const guint fitting = FR_WEBRTC_INBOX_MAX_BYTES / (65536 + FR_WEBRTC_INBOX_EVENT_BYTES);
  g_autoptr (GBytes) message = g_bytes_new_take (g_malloc0 (size), size);
  Owner owner;

  owner_init (&owner);
  for (guint i = 0; i < fitting; i++)
    fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_CHANNEL_MESSAGE, NULL, message);
  run_all ();
  g_assert_cmpuint (owner.n_of_type[FR_WEBRTC_EVENT_CHANNEL_MESSAGE], ==, fitting);
  g_assert_cmpuint (owner.n_of_type[FR_WEBRTC_EVENT_FLOODED], ==, 0);

  for (guint i = 0; i < fitting + 100; i++)
    fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_CHANNEL_MESSAGE, NULL, message);
  run_all ();
  g_assert_cmpuint (owner.n_of_type[FR_WEBRTC_EVENT_CHANNEL_MESSAGE], ==, 2 * fitting);
  g_assert_cmpuint (owner.n_of_type[FR_WEBRTC_EVENT_FLOODED], ==, 1);
  g_assert_cmpint (owner.last, ==, FR_WEBRTC_EVENT_FLOODED);

  fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_TORN_DOWN, NULL, NULL);
  run_all ();
  g_assert_cmpint (owner.last, ==, FR_WEBRTC_EVENT_TORN_DOWN);
  owner_clear (&owner);
}

/* A flood of events that weigh nothing is one too. */
static void
test_flood_of_small (void)
{
  Owner owner;

  owner_init (&owner);
  for (guint i = 0; i <= FR_WEBRTC_INBOX_MAX_BYTES / FR_WEBRTC_INBOX_EVENT_BYTES; i++)
    fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_CHANNEL_DRAINED, NULL, NULL);
  run_all ();
  g_assert_cmpint (owner.last, ==, FR_WEBRTC_EVENT_FLOODED);
  owner_clear (&owner);
}

static void
test_finished (void)
{
  Owner owner;

  owner_init (&owner);
  fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_UNREACHABLE, NULL, NULL);
  fr_webrtc_inbox_finish (owner.inbox);
  fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_UNREACHABLE, NULL, NULL);
  fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_TORN_DOWN, NULL, NULL);
  run_all ();
  g_assert_cmpuint (owner.n_events, ==, 1);
  g_assert_cmpint (owner.last, ==, FR_WEBRTC_EVENT_TORN_DOWN);
  owner_clear (&owner);
}

static void
test_detached (void)
{
  Owner owner;

  owner_init (&owner);
  owner.detach_at_first = TRUE;
  for (int i = 0; i < 10; i++)
    fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_UNREACHABLE, NULL, NULL);
  run_all ();
  g_assert_cmpuint (owner.n_events, ==, 1);
  fr_webrtc_inbox_post (owner.inbox, FR_WEBRTC_EVENT_TORN_DOWN, NULL, NULL);
  run_all ();
  g_assert_cmpuint (owner.n_events, ==, 1);
  owner_clear (&owner);
}

void
test_inbox_add (void)
{
  g_test_add_func ("/webrtc/inbox/threads", test_threads);
  g_test_add_func ("/webrtc/inbox/not-at-once", test_not_at_once);
  g_test_add_func ("/webrtc/inbox/flood", test_flood);
  g_test_add_func ("/webrtc/inbox/flood-of-small", test_flood_of_small);
  g_test_add_func ("/webrtc/inbox/finished", test_finished);
  g_test_add_func ("/webrtc/inbox/detached", test_detached);
}
