/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-queue.h"

#include <string.h>

#define BUCKET_US ((gint64) 1 << FR_SIM_QUEUE_BUCKET_BITS)
#define FEW 24          /* so few are sorted by insertion */
#define CHUNK_EVENTS 15 /* a chunk is half a kilobyte */

/* What a bucket holds lies in chunks, and those that a bucket has done with serve the next: they are still in the
 * processor's cache, where a bucket's own memory would have been driven out since it was last used. */
typedef struct _Chunk Chunk;

struct _Chunk
{
  Chunk *next;
  guint n;
  FrSimEvent events[CHUNK_EVENTS];
};

typedef struct
{
  Chunk *first;
  Chunk *last;
  guint n;
} Bucket;

typedef struct
{
  FrSimEvent event;
  guint64 order;
} FarEvent;

struct _FrSimQueue
{
  Bucket *wheel;
  Chunk *spare;
  gint64 current; /* number of the bucket that is being emptied: its time / BUCKET_US */
  GArray *open;   /* of FrSimEvent: its events, sorted */
  guint at;       /* the next of them */
  gsize n_near;   /* in the wheel and open */

  GArray *far; /* of FarEvent: a heap */
  guint64 order;
};

static Chunk *
add_chunk (FrSimQueue *self, Bucket *bucket)
{
  Chunk *chunk = self->spare;

  if (chunk != NULL)
    self->spare = chunk->next;
  else
    chunk = g_new (Chunk, 1);
  chunk->next = NULL;
  chunk->n = 0;
  if (bucket->last != NULL)
    bucket->last->next = chunk;
  else
    bucket->first = chunk;
  bucket->last = chunk;
  return chunk;
}

static inline void
append (FrSimQueue *self, Bucket *bucket, const FrSimEvent *event)
{
  Chunk *chunk = bucket->last;

  if (chunk == NULL || chunk->n == CHUNK_EVENTS)
    chunk = add_chunk (self, bucket);
  chunk->events[chunk->n++] = *event;
  bucket->n++;
}

static void
empty (FrSimQueue *self, Bucket *bucket)
{
  if (bucket->last == NULL)
    return;
  bucket->last->next = self->spare;
  self->spare = bucket->first;
  *bucket = (Bucket) { NULL };
}

static void
free_chunks (Chunk *chunk)
{
  while (chunk != NULL)
    {
      Chunk *next = chunk->next;

      g_free (chunk);
      chunk = next;
    }
}

static Bucket *
bucket_of (FrSimQueue *self, gint64 number)
{
  return &self->wheel[number % FR_SIM_QUEUE_BUCKETS];
}

static gboolean
is_before (const FarEvent *a, const FarEvent *b)
{
  return a->event.at_us != b->event.at_us ? a->event.at_us < b->event.at_us : a->order < b->order;
}

static void
push_far (FrSimQueue *self, const FrSimEvent *event)
{
  FarEvent added = { *event, self->order++ };
  guint i = self->far->len;

  g_array_set_size (self->far, i + 1);
  while (i > 0)
    {
      FarEvent *parent = &g_array_index (self->far, FarEvent, (i - 1) / 2);

      if (!is_before (&added, parent))
        break;
      g_array_index (self->far, FarEvent, i) = *parent;
      i = (i - 1) / 2;
    }
  g_array_index (self->far, FarEvent, i) = added;
}

static FrSimEvent
pop_far (FrSimQueue *self)
{
  FrSimEvent first = g_array_index (self->far, FarEvent, 0).event;
  guint n = self->far->len - 1, i = 0;
  FarEvent last = g_array_index (self->far, FarEvent, n);

  for (guint child = 1; child < n; child = 2 * i + 1)
    {
      if (child + 1 < n && is_before (&g_array_index (self->far, FarEvent, child + 1),
                                      &g_array_index (self->far, FarEvent, child)))
        child++;
      if (!is_before (&g_array_index (self->far, FarEvent, child), &last))
        break;
      g_array_index (self->far, FarEvent, i) = g_array_index (self->far, FarEvent, child);
      i = child;
    }
  g_array_index (self->far, FarEvent, i) = last;
  g_array_set_size (self->far, n);
  return first;
}

/* What the wheel now has room for goes there. Nothing can have been pushed there before it, so order is kept. */
static void
bring_near (FrSimQueue *self)
{
  gint64 end_us = (self->current + FR_SIM_QUEUE_BUCKETS) * BUCKET_US;

  while (self->far->len > 0 && g_array_index (self->far, FarEvent, 0).event.at_us < end_us)
    {
      FrSimEvent event = pop_far (self);

      append (self, bucket_of (self, event.at_us / BUCKET_US), &event);
      self->n_near++;
    }
}

static void
sort_few (FrSimEvent *events, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      FrSimEvent event = events[i];
      guint j = i;

      for (; j > 0 && events[j - 1].at_us > event.at_us; j--)
        events[j] = events[j - 1];
      events[j] = event;
    }
}

/* All are of one bucket, so there are as many possible times as a bucket has microseconds: counted, not compared. */
static void
sort_many (const Bucket *bucket, FrSimEvent *into)
{
  guint starts[BUCKET_US + 1] = { 0 };

  for (const Chunk *chunk = bucket->first; chunk != NULL; chunk = chunk->next)
    for (guint i = 0; i < chunk->n; i++)
      starts[chunk->events[i].at_us % BUCKET_US + 1]++;
  for (guint i = 1; i < BUCKET_US; i++)
    starts[i] += starts[i - 1];
  for (const Chunk *chunk = bucket->first; chunk != NULL; chunk = chunk->next)
    for (guint i = 0; i < chunk->n; i++)
      into[starts[chunk->events[i].at_us % BUCKET_US]++] = chunk->events[i];
}

static void
open_bucket (FrSimQueue *self)
{
  Bucket *bucket = bucket_of (self, self->current);
  FrSimEvent *open;
  guint n = 0;

  self->at = 0;
  g_array_set_size (self->open, bucket->n);
  open = (FrSimEvent *) self->open->data;
  if (bucket->n > FEW)
    sort_many (bucket, open);
  else
    {
      for (const Chunk *chunk = bucket->first; chunk != NULL; n += chunk->n, chunk = chunk->next)
        memcpy (open + n, chunk->events, chunk->n * sizeof (FrSimEvent));
      sort_few (open, n);
    }
  empty (self, bucket);
}

/* Something that is to happen within the millisecond that is under way: behind all that is not later. */
static void
push_now (FrSimQueue *self, const FrSimEvent *event)
{
  FrSimEvent *open;
  guint i;

  g_array_append_val (self->open, *event);
  open = (FrSimEvent *) self->open->data;
  for (i = self->open->len - 1; i > self->at && open[i - 1].at_us > event->at_us; i--)
    open[i] = open[i - 1];
  open[i] = *event;
}

/* Moves on to the next bucket; leaps where there is nothing near. */
static gboolean
advance (FrSimQueue *self, gint64 until_us)
{
  gint64 last = until_us / BUCKET_US;

  if (self->n_near == 0)
    {
      if (self->far->len == 0 || g_array_index (self->far, FarEvent, 0).event.at_us > until_us)
        return FALSE;
      self->current = g_array_index (self->far, FarEvent, 0).event.at_us / BUCKET_US;
    }
  else if (self->current >= last)
    return FALSE;
  else
    self->current++;
  bring_near (self);
  open_bucket (self);
  return TRUE;
}

/**
 * fr_sim_queue_new:
 *
 * Returns: (transfer full): an empty queue at time 0
 */
FrSimQueue *
fr_sim_queue_new (void)
{
  FrSimQueue *self = g_new0 (FrSimQueue, 1);

  self->wheel = g_new0 (Bucket, FR_SIM_QUEUE_BUCKETS);
  self->open = g_array_new (FALSE, FALSE, sizeof (FrSimEvent));
  self->far = g_array_new (FALSE, FALSE, sizeof (FarEvent));
  return self;
}

/**
 * fr_sim_queue_free:
 * @self: (nullable) (transfer full): a queue
 *
 * What events point to is not freed.
 */
void
fr_sim_queue_free (FrSimQueue *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < FR_SIM_QUEUE_BUCKETS; i++)
    free_chunks (self->wheel[i].first);
  free_chunks (self->spare);
  g_free (self->wheel);
  g_array_unref (self->open);
  g_array_unref (self->far);
  g_free (self);
}

/**
 * fr_sim_queue_push:
 * @self: a queue
 * @event: what is going to happen; not before what was popped last
 */
void
fr_sim_queue_push (FrSimQueue *self, const FrSimEvent *event)
{
  gint64 number = event->at_us / BUCKET_US;

  if (number >= self->current + FR_SIM_QUEUE_BUCKETS)
    {
      push_far (self, event);
      return;
    }
  if (number <= self->current)
    push_now (self, event);
  else
    append (self, bucket_of (self, number), event);
  self->n_near++;
}

/**
 * fr_sim_queue_pop:
 * @self: a queue
 * @until_us: nothing later than this
 * @out_event: (out caller-allocates): the next that happens; untouched if there is nothing
 *
 * Returns: %FALSE if nothing happens until then
 */
gboolean
fr_sim_queue_pop (FrSimQueue *self, gint64 until_us, FrSimEvent *out_event)
{
  const FrSimEvent *next;

  while (self->at == self->open->len)
    if (!advance (self, until_us))
      return FALSE;
  next = &g_array_index (self->open, FrSimEvent, self->at);
  if (next->at_us > until_us)
    return FALSE;
  *out_event = *next;
  self->at++;
  self->n_near--;
  return TRUE;
}

/**
 * fr_sim_queue_peek:
 * @self: a queue
 * @ahead: how many events to pass over
 *
 * Looks ahead within the millisecond that is under way.
 *
 * Returns: (transfer none) (nullable): what happens then, unless something comes in between; valid until the next call
 */
const FrSimEvent *
fr_sim_queue_peek (const FrSimQueue *self, guint ahead)
{
  guint i = self->at + ahead;

  return i < self->open->len ? &g_array_index (self->open, FrSimEvent, i) : NULL;
}

/**
 * fr_sim_queue_get_length:
 * @self: a queue
 *
 * Returns: how many events wait
 */
gsize
fr_sim_queue_get_length (const FrSimQueue *self)
{
  return self->n_near + self->far->len;
}
