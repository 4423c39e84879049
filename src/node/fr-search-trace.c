/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-trace.h"

struct _FrSearchTrace
{
  GObject parent_instance;

  /* owned */
  char *words;
  GArray *answers;     /* of FrTraceAnswer */
  GHashTable *holders; /* set of FrPeerKey: who has answered */

  /* borrowed, while it lives */
  FrSearch *search; /* weak */

  /* state */
  gint64 started_us;
  guint n_neighbours; /* that it was sent to */
  gboolean has_xray;
  FrQueryXray xray;
};

enum
{
  CHANGED,
  ANSWER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrSearchTrace, fr_search_trace, G_TYPE_OBJECT)

static void
take_facts (FrSearchTrace *self, FrSearch *search)
{
  self->n_neighbours = fr_search_get_n_asked (search);
  self->has_xray = fr_search_get_xray (search, &self->xray);
}

static void
changed_cb (FrSearchTrace *self)
{
  take_facts (self, self->search);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
hit_cb (FrSearchTrace *self, FrHit *hit, guint index)
{
  const FrHolder *holder = fr_hit_get_holder (hit, index);
  FrTraceAnswer answer = { .key = holder->key, .via = holder->via, .hops = MIN (holder->hops, FR_QUERY_XRAY_HOPS - 1) };

  if (g_hash_table_size (self->holders) == FR_SEARCH_TRACE_MAX_PEOPLE
      || g_hash_table_contains (self->holders, &holder->key))
    return;
  g_hash_table_add (self->holders, g_memdup2 (&holder->key, sizeof holder->key));
  answer.delay_us = fr_hit_get_n_holders (hit) == 1 ? fr_hit_get_delay_us (hit) : g_get_monotonic_time () - self->started_us;
  if (self->answers->len < FR_SEARCH_TRACE_MAX_ANSWERS)
    {
      g_array_append_val (self->answers, answer);
      g_signal_emit (self, signals[ANSWER], 0, self->answers->len - 1);
    }
  changed_cb (self);
}

static void
fr_search_trace_dispose (GObject *object)
{
  g_clear_weak_pointer (&FR_SEARCH_TRACE (object)->search);
  G_OBJECT_CLASS (fr_search_trace_parent_class)->dispose (object);
}

static void
fr_search_trace_finalize (GObject *object)
{
  FrSearchTrace *self = FR_SEARCH_TRACE (object);

  g_free (self->words);
  g_array_unref (self->answers);
  g_hash_table_unref (self->holders);
  G_OBJECT_CLASS (fr_search_trace_parent_class)->finalize (object);
}

static void
fr_search_trace_class_init (FrSearchTraceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_search_trace_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_search_trace_finalize;
  signals[CHANGED] = g_signal_new ("changed", FR_TYPE_SEARCH_TRACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWER] = g_signal_new ("answer", FR_TYPE_SEARCH_TRACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_UINT);
}

static void
fr_search_trace_init (FrSearchTrace *self)
{
  self->answers = g_array_new (FALSE, FALSE, sizeof (FrTraceAnswer));
  self->holders = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
}

/**
 * fr_search_trace_new:
 * @search: one that has just begun
 *
 * Returns: (transfer full): what is remembered of it
 */
FrSearchTrace *
fr_search_trace_new (FrSearch *search)
{
  FrSearchTrace *self = g_object_new (FR_TYPE_SEARCH_TRACE, NULL);

  g_set_weak_pointer (&self->search, search);
  self->words = g_strdup (fr_search_get_words (search));
  self->started_us = fr_search_get_started_us (search);
  take_facts (self, search);
  g_signal_connect_object (search, "hit", G_CALLBACK (hit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "xray", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "notify::listening", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

const char *
fr_search_trace_get_words (FrSearchTrace *self)
{
  return self->words;
}

gint64
fr_search_trace_get_started_us (FrSearchTrace *self)
{
  return self->started_us;
}

/**
 * fr_search_trace_get_listening:
 * @self: a trace
 *
 * Returns: whether answers may still come
 */
gboolean
fr_search_trace_get_listening (FrSearchTrace *self)
{
  return self->search != NULL && fr_search_get_listening (self->search);
}

/**
 * fr_search_trace_get_xray:
 * @self: a trace
 * @out_xray: (out): what has become of it
 *
 * Returns: %FALSE if nothing is known yet
 */
gboolean
fr_search_trace_get_xray (FrSearchTrace *self, FrQueryXray *out_xray)
{
  if (self->has_xray)
    *out_xray = self->xray;
  return self->has_xray;
}

/**
 * fr_search_trace_get_n_asked:
 * @self: a trace
 *
 * Returns: how many people it has come to, as far as they have told; at least those whom it was sent to from here
 */
guint
fr_search_trace_get_n_asked (FrSearchTrace *self)
{
  guint n = 0;

  for (guint i = 1; self->has_xray && i < MIN (self->xray.n_hops, FR_QUERY_XRAY_HOPS); i++)
    n += self->xray.hops[i].asked;
  return MAX (n, self->n_neighbours);
}

guint
fr_search_trace_get_n_answered (FrSearchTrace *self)
{
  return g_hash_table_size (self->holders);
}

/**
 * fr_search_trace_get_n_steps:
 * @self: a trace
 *
 * Returns: how many steps away the farthest are whom it has come to; 0: nobody
 */
guint
fr_search_trace_get_n_steps (FrSearchTrace *self)
{
  guint n = self->n_neighbours > 0 ? 1 : 0;

  for (guint i = 1; self->has_xray && i < MIN (self->xray.n_hops, FR_QUERY_XRAY_HOPS); i++)
    if (self->xray.hops[i].asked > 0)
      n = MAX (n, i);
  for (guint i = 0; i < self->answers->len; i++)
    n = MAX (n, g_array_index (self->answers, FrTraceAnswer, i).hops);
  return n;
}

guint
fr_search_trace_get_n_answers (FrSearchTrace *self)
{
  return self->answers->len;
}

/**
 * fr_search_trace_get_answer:
 * @self: a trace
 * @index: below fr_search_trace_get_n_answers()
 *
 * Returns: (transfer none): an answer, in the order in which they came; until the next one comes
 */
const FrTraceAnswer *
fr_search_trace_get_answer (FrSearchTrace *self, guint index)
{
  g_return_val_if_fail (index < self->answers->len, NULL);
  return &g_array_index (self->answers, FrTraceAnswer, index);
}
