/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hit-private.h"
#include "fr-network-pulse.h"
#include "fr-node-private.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "tests.h"

/* What is told to whoever looks at the network, and what is remembered of searches. */

#define FAR_S 20

static FrPeerKey
make_key (guint8 first)
{
  FrPeerKey key = { 0 };

  key.bytes[0] = first;
  return key;
}

static void
test_value (void)
{
  g_autoptr (FrNetworkPulse) pulse = fr_network_pulse_new ();
  g_autoptr (FrNetworkPulse) copy = NULL;
  FrPeerKey key;

  for (guint i = 0; i < FR_NETWORK_PULSE_MAX_LINKS; i++)
    {
      key = make_key ((guint8) i);
      g_assert_nonnull (fr_network_pulse_add (pulse, &key));
    }
  g_assert_cmpuint (pulse->n_links, ==, FR_NETWORK_PULSE_MAX_LINKS);
  key = make_key (3);
  g_assert_true (fr_network_pulse_add (pulse, &key) == &pulse->links[3]);
  key = make_key (FR_NETWORK_PULSE_MAX_LINKS);
  g_assert_null (fr_network_pulse_add (pulse, &key));
  g_assert_null (fr_network_pulse_find (pulse, &key));
  g_assert_cmpuint (pulse->n_links, ==, FR_NETWORK_PULSE_MAX_LINKS);

  copy = fr_network_pulse_copy (pulse);
  g_assert_true (fr_network_pulse_equal (pulse, copy));
  copy->links[5].kib++;
  g_assert_false (fr_network_pulse_equal (pulse, copy));
  copy->links[5] = pulse->links[5];
  copy->n_links--;
  g_assert_false (fr_network_pulse_equal (pulse, copy));
}

/* Bytes in all, and when; what is told then. */
static void
test_meter (void)
{
  static const struct
  {
    guint64 n_bytes;
    gint64 ms;
    guint least, most;
  } rows[] = {
    { 5000000, 1000, 0, 0 }, /* what was before nobody looked for */
    { 5000000, 1100, 0, 0 },
    { 5102400, 1200, 95, 105 },   /* a tenth of a second counts for a tenth */
    { 5102400, 1200, 95, 105 },   /* no time has passed */
    { 5102400, 1700, 45, 55 },    /* and is forgotten again */
    { 5102400, 3000, 0, 0 },
    { 6126400, 4000, 1000, 1000 },
    { 1000, 4100, 890, 910 },     /* something has ended */
    { 1000, 9000, 0, 0 },
  };
  FrPulseMeter meter = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint kib = fr_pulse_meter_update (&meter, rows[i].n_bytes, rows[i].ms * 1000);

      g_assert_cmpuint (kib, >=, rows[i].least);
      g_assert_cmpuint (kib, <=, rows[i].most);
    }
}

typedef struct
{
  FrNode *node;
  FrNetworkPulse *last;
  guint n_pulses;
  gint64 first_us, last_us;
} Watcher;

static void
pulse_cb (FrNode *node, const FrNetworkPulse *pulse, gpointer data)
{
  Watcher *watcher = data;

  g_clear_pointer (&watcher->last, fr_network_pulse_free);
  watcher->last = fr_network_pulse_copy (pulse);
}

static void
report_cb (FrNetwork *network, const FrNetworkReport *report, gpointer data)
{
  Watcher *watcher = data;

  if (report->type != FR_REPORT_PULSE)
    return;
  watcher->last_us = report->at_us;
  if (watcher->n_pulses++ == 0)
    watcher->first_us = report->at_us;
}

static void
watch (Watcher *watcher, FrNode *node)
{
  *watcher = (Watcher) { .node = node };
  g_signal_connect (node, "pulse", G_CALLBACK (pulse_cb), watcher);
  g_signal_connect (node->network, "report", G_CALLBACK (report_cb), watcher);
}

static void
unwatch (Watcher *watcher)
{
  g_signal_handlers_disconnect_by_data (watcher->node, watcher);
  g_signal_handlers_disconnect_by_data (watcher->node->network, watcher);
  g_clear_pointer (&watcher->last, fr_network_pulse_free);
}

static gboolean
knows_delay (gpointer data)
{
  Watcher *watcher = data;

  return watcher->last != NULL && watcher->last->n_links == 1 && watcher->last->links[0].state == FR_PULSE_HERE
         && watcher->last->links[0].round_trip_us > 0;
}

static gboolean
is_loaded (gpointer data)
{
  Watcher *watcher = data;

  return watcher->last != NULL && watcher->last->n_links == 1 && watcher->last->links[0].kib > 0;
}

static gboolean
is_alone (gpointer data)
{
  Watcher *watcher = data;

  return watcher->last != NULL && watcher->last->n_links == 0;
}

/* Nothing unless somebody looks; then the link with its delay, and what goes along it. */
static void
test_watching (void)
{
  g_autoptr (GBytes) picture = lab_make_large_picture (1, 3 * 1000 * 1000);
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (FrHit) hit = NULL;
  Watcher watcher;
  NodeLab lab;

  lab_init (&lab, 2);
  watch (&watcher, lab.nodes[0]);
  lab_share (lab.nodes[1], picture, "harbour");
  hit = lab_search (lab.nodes[0], "harbour", &search);
  g_assert_cmpuint (watcher.n_pulses, ==, 0);

  fr_node_set_watching (lab.nodes[0], TRUE);
  fr_node_set_watching (lab.nodes[0], TRUE); /* is no second one */
  fr_test_wait_until (knows_delay, &watcher, FAR_S);
  g_assert_true (fr_peer_key_equal (&watcher.last->links[0].key, fr_node_get_key (lab.nodes[1])));
  g_assert_false (watcher.last->links[0].is_relayed);
  g_object_unref (lab_fetch_whole (lab.nodes[0], hit));
  fr_test_wait_until (is_loaded, &watcher, FAR_S);
  g_assert_cmpint ((gint64) (watcher.n_pulses - 1) * FR_NETWORK_PULSE_INTERVAL_MS * 1000, <=,
                   watcher.last_us - watcher.first_us + G_USEC_PER_SEC / 5);

  lab_close_node (g_steal_pointer (&lab.nodes[1]));
  fr_test_wait_until (is_alone, &watcher, FAR_S);
  unwatch (&watcher);
  lab_clear (&lab);
}

static gboolean
is_marked (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
asked_cb (FrNetwork *network, const FrNetworkReport *report, gpointer data)
{
  if (report->type == FR_REPORT_ASKED)
    *(gboolean *) data = TRUE;
}

/* The network thread has done all that was asked of it until now. */
static void
pass_through (FrNode *node)
{
  g_autoptr (FrSearch) search = NULL;
  gboolean is_asked = FALSE;
  gulong handler = g_signal_connect (node->network, "report", G_CALLBACK (asked_cb), &is_asked);

  search = fr_node_search (node, "nothing", NULL);
  fr_test_wait_until (is_marked, &is_asked, FAR_S);
  g_signal_handler_disconnect (node->network, handler);
}

/* Looking away ends it. */
static void
test_looking_away (void)
{
  Watcher watcher;
  NodeLab lab;
  guint n;

  lab_init (&lab, 2);
  watch (&watcher, lab.nodes[0]);
  fr_node_set_watching (lab.nodes[0], TRUE);
  fr_test_wait_until (knows_delay, &watcher, FAR_S);
  fr_node_set_watching (lab.nodes[0], FALSE);
  pass_through (lab.nodes[0]);
  n = watcher.n_pulses;
  lab_close_node (g_steal_pointer (&lab.nodes[1]));
  for (guint i = 0; i < 3; i++)
    pass_through (lab.nodes[0]);
  g_assert_cmpuint (watcher.n_pulses, ==, n);

  fr_node_set_watching (lab.nodes[0], TRUE); /* and beginning again tells all of it again */
  fr_test_wait_until (is_alone, &watcher, FAR_S);
  unwatch (&watcher);
  lab_clear (&lab);
}

static gboolean
has_xray (gpointer trace)
{
  FrQueryXray xray;

  return fr_search_trace_get_xray (trace, &xray);
}

static gboolean
is_over (gpointer trace)
{
  return !fr_search_trace_get_listening (trace);
}

static FrSearchTrace *
get_trace (FrNode *node, guint position)
{
  g_autoptr (FrSearchTrace) trace
      = g_list_model_get_item (G_LIST_MODEL (fr_node_get_search_traces (node)), position);

  return trace; /* the list has it */
}

/* How far a search has gone is still known when nobody holds it any more. */
static void
test_trace (void)
{
  g_autoptr (GBytes) picture = lab_make_picture ("harbour", 0);
  g_autoptr (FrSearch) search = NULL;
  FrSearchTrace *trace;
  NodeLab lab;

  lab_init (&lab, 3);
  lab_share (lab.nodes[2], picture, "harbour");
  g_object_unref (lab_search (lab.nodes[0], "harbour", &search));
  trace = get_trace (lab.nodes[0], 0);
  g_assert_cmpstr (fr_search_trace_get_words (trace), ==, "harbour");
  g_assert_true (fr_search_trace_get_listening (trace));
  g_assert_cmpuint (fr_search_trace_get_n_answers (trace), ==, 1);
  g_assert_cmpuint (fr_search_trace_get_answer (trace, 0)->hops, ==, 2);
  g_assert_cmpint (fr_search_trace_get_answer (trace, 0)->delay_us, >, 0);
  g_assert_true (fr_peer_key_equal (&fr_search_trace_get_answer (trace, 0)->key, fr_node_get_key (lab.nodes[2])));
  g_assert_true (fr_peer_key_equal (&fr_search_trace_get_answer (trace, 0)->via, fr_node_get_key (lab.nodes[1])));
  fr_test_wait_until (has_xray, trace, FAR_S);
  g_clear_object (&search);
  fr_test_wait_until (is_over, trace, FAR_S);
  g_assert_true (has_xray (trace));
  g_assert_cmpuint (fr_search_trace_get_n_asked (trace), >=, 1);
  g_assert_cmpuint (fr_search_trace_get_n_answered (trace), ==, 1);
  g_assert_cmpuint (fr_search_trace_get_n_steps (trace), ==, 2);
  lab_clear (&lab);
}

/* As many people as there are, and as many answers as are remembered. */
static void
test_answers_are_bounded (void)
{
  g_autoptr (FrSearch) search = NULL;
  FrHitItem item = { .title = (char *) "harbour" };
  FrSearchTrace *trace;
  NodeLab lab;

  lab_init (&lab, 1);
  search = fr_node_search (lab.nodes[0], "harbour", NULL);
  trace = get_trace (lab.nodes[0], 0);
  for (guint i = 0; i <= FR_SEARCH_TRACE_MAX_PEOPLE; i++)
    {
      g_autoptr (FrHit) hit = fr_hit_new (&item, 1000);
      FrHolder holder = { .hops = i + 1 };

      memcpy (holder.key.bytes, &i, sizeof i);
      g_assert_true (fr_hit_add_holder (hit, &holder));
      g_signal_emit_by_name (search, "hit", hit, 0u);
      g_signal_emit_by_name (search, "hit", hit, 0u); /* again: is no other answer */
      g_assert_cmpuint (fr_search_trace_get_n_answered (trace), ==, MIN (i + 1, FR_SEARCH_TRACE_MAX_PEOPLE));
      g_assert_cmpuint (fr_search_trace_get_n_answers (trace), ==, MIN (i + 1, FR_SEARCH_TRACE_MAX_ANSWERS));
    }
  g_assert_cmpuint (fr_search_trace_get_n_steps (trace), ==, FR_QUERY_XRAY_HOPS - 1); /* whatever they say */
  lab_clear (&lab);
}

/* The last ones, the newest first; one's own pictures are nobody else's business. */
static void
test_traces_are_bounded (void)
{
  g_autoptr (FrSearchTerms) terms = fr_search_terms_new ("mine");
  g_autoptr (FrSearch) own = NULL;
  GListModel *traces;
  NodeLab lab;

  lab_init (&lab, 1);
  traces = G_LIST_MODEL (fr_node_get_search_traces (lab.nodes[0]));
  for (guint i = 0; i <= FR_SEARCH_TRACES_MAX; i++)
    {
      g_autofree char *words = g_strdup_printf ("words %u", i);
      g_autoptr (FrSearch) search = fr_node_search (lab.nodes[0], words, NULL);

      g_assert_cmpuint (g_list_model_get_n_items (traces), ==, MIN (i + 1, FR_SEARCH_TRACES_MAX));
      g_assert_cmpstr (fr_search_trace_get_words (get_trace (lab.nodes[0], 0)), ==, words);
    }
  g_assert_cmpstr (fr_search_trace_get_words (get_trace (lab.nodes[0], FR_SEARCH_TRACES_MAX - 1)), ==, "words 1");
  terms->scope = FR_SCOPE_MINE;
  own = fr_node_search_terms (lab.nodes[0], terms, NULL);
  g_assert_cmpstr (fr_search_trace_get_words (get_trace (lab.nodes[0], 0)), !=, "mine");
  lab_clear (&lab);
}

void
test_pulse_add (void)
{
  g_test_add_func ("/node/pulse/value", test_value);
  g_test_add_func ("/node/pulse/meter", test_meter);
  g_test_add_func ("/node/pulse/watching", test_watching);
  g_test_add_func ("/node/pulse/looking-away", test_looking_away);
  g_test_add_func ("/node/pulse/trace", test_trace);
  g_test_add_func ("/node/pulse/answers-are-bounded", test_answers_are_bounded);
  g_test_add_func ("/node/pulse/traces-are-bounded", test_traces_are_bounded);
}
