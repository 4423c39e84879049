/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is going to happen, by time; what happens at the same time does so in the order in which it was pushed, so that
 * a run can be repeated. A wheel of buckets of a millisecond holds the next eight seconds and is sorted a bucket at a
 * time; a heap holds what is later. Events are plain values: the caller frees what is left with fr_sim_queue_pop(). */
typedef struct _FrSimQueue FrSimQueue;

#define FR_SIM_QUEUE_BUCKETS 8192
#define FR_SIM_QUEUE_BUCKET_BITS 10 /* 2^10 us */

typedef struct
{
  gint64 at_us;
  gpointer data;
  guint32 peer;
  guint32 link;
  guint type;
} FrSimEvent;

FrSimQueue *fr_sim_queue_new (void);
void fr_sim_queue_free (FrSimQueue *self);

void fr_sim_queue_push (FrSimQueue *self, const FrSimEvent *event);
const FrSimEvent *fr_sim_queue_peek (const FrSimQueue *self, guint ahead);
gboolean fr_sim_queue_pop (FrSimQueue *self, gint64 until_us, FrSimEvent *out_event);

gsize fr_sim_queue_get_length (const FrSimQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSimQueue, fr_sim_queue_free)

G_END_DECLS
