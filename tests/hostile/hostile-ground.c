/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hostile-ground.h"

#include <malloc.h>

#include "fr-test-support.h"

static NodeLab lab;
static gboolean made;
static guint n_peers;
static guint n_searches;
static gsize bytes_before;
static gsize bytes_peak;
static gint64 began_us;

NodeLab *
ground_get (void)
{
  g_autoptr (GBytes) near = NULL;
  g_autoptr (GBytes) far = NULL;

  if (made)
    return &lab;
  made = TRUE;
  near = lab_make_picture ("near", 0);
  far = lab_make_picture ("far", 0);
  lab_init (&lab, 3);
  lab_add_node (&lab, "Node 3", ground_server ());
  fr_test_wait_until (lab_is_here, lab_add_person (lab.nodes[GROUND_OTHER_ASKER], GROUND_VICTIM_ADDRESS), 15);
  lab_share (lab.nodes[GROUND_VICTIM], near, "Harbour, near");
  lab_share (lab.nodes[GROUND_HOLDER], far, "Harbour, far");
  return &lab;
}

void
ground_clear (void)
{
  if (made)
    lab_clear (&lab);
  made = FALSE;
}

FrNode *
ground_victim (void)
{
  return ground_get ()->nodes[GROUND_VICTIM];
}

const char *
ground_server (void)
{
  return fr_node_get_server (lab.nodes[0]);
}

/* Of all threads. None are counted under AddressSanitizer, which has an allocator of its own. */
static gsize
bytes_in_use (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

void
ground_begin (void)
{
  bytes_before = bytes_peak = bytes_in_use ();
  began_us = g_get_monotonic_time ();
}

void
ground_measure (void)
{
  bytes_peak = MAX (bytes_peak, bytes_in_use ());
}

static gboolean
is_tidy (gpointer data)
{
  return bytes_in_use () < bytes_before + GROUND_LEFT_BYTES;
}

void
ground_end (void)
{
  gint64 took_us = g_get_monotonic_time () - began_us;

  ground_measure ();
  g_test_message ("%.1f s, %" G_GSIZE_FORMAT " KiB at most", (double) took_us / G_USEC_PER_SEC,
                  (bytes_peak - bytes_before) / 1024);
  g_assert_cmpint (took_us, <, GROUND_MOST_S * G_USEC_PER_SEC);
  g_assert_cmpuint (bytes_peak, <, bytes_before + GROUND_PEAK_BYTES);
  fr_test_wait_until (is_tidy, NULL, 5);
}

/* The two take turns: nobody may ask much more than once a second. */
FrSearch *
ground_ask (const char *words)
{
  FrNode *asker = ground_get ()->nodes[n_searches++ % 2 == 0 ? GROUND_ASKER : GROUND_OTHER_ASKER];
  g_autoptr (GError) error = NULL;
  FrSearch *search = fr_node_search (asker, words, &error);

  g_assert_no_error (error);
  return search;
}

static gboolean
found_both (gpointer search)
{
  ground_measure ();
  return fr_search_get_n_holders (search) >= 2;
}

void
ground_assert_searches (void)
{
  g_autoptr (FrSearch) search = ground_ask (GROUND_WORDS);

  fr_test_wait_until (found_both, search, GROUND_SEARCH_S);
  g_assert_cmpuint (fr_search_get_n_holders (search), ==, 2);
  fr_search_stop (search);
}

HostilePeer *
ground_peer_new (void)
{
  g_autofree char *address = g_strdup_printf ("mallory-%u", n_peers++);

  return hostile_peer_new (ground_server (), address, GROUND_VICTIM_ADDRESS);
}

static void
assert_ending (HostilePeer *peer, GroundEnding ending)
{
  static const int reasons[] = {
    [ENDS_FAULT] = FRESHET__BYE__REASON__REASON_FAULT,
    [ENDS_NOT_YOU] = FRESHET__BYE__REASON__REASON_NOT_YOU,
    [ENDS_VERSION] = FRESHET__BYE__REASON__REASON_VERSION,
  };

  if (ending == ENDS_NOT)
    {
      /* nobody answers Ping where pictures alone are moved */
      g_assert_true (peer->facts.purpose == FRESHET__PURPOSE__PURPOSE_TRANSFER || hostile_peer_settle (peer));
      g_assert_false (hostile_peer_is_over (peer));
      return;
    }
  if (ending == ENDS_UNTOLD)
    return;
  hostile_peer_await_end (peer, 15);
  if (ending != ENDS_ANYHOW)
    g_assert_cmpint (hostile_peer_get_bye (peer), ==, reasons[ending]);
}

static void
test_behaviour (gconstpointer data)
{
  const GroundBehaviour *test = data;
  HostilePeer *peer;

  ground_get ();
  ground_begin ();
  peer = ground_peer_new ();
  if (test->entrance == COMES_CONNECTED)
    hostile_peer_dial (peer, FR_DIAL_PURPOSE_LINK);
  else if (test->entrance != COMES_AS_NOBODY)
    hostile_peer_link (peer, test->entrance == COMES_LINKED ? FR_DIAL_PURPOSE_LINK : FR_DIAL_PURPOSE_TRANSFER);
  test->act (peer);
  ground_assert_searches ();
  if (test->entrance != COMES_AS_NOBODY)
    assert_ending (peer, test->ending);
  hostile_peer_free (peer);
  ground_end ();
}

void
ground_add_behaviours (const char *folder, const GroundBehaviour *behaviours, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/hostile/%s/%s", folder, behaviours[i].name);

      g_test_add_data_func (path, &behaviours[i], test_behaviour);
    }
}
