/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the other end of a link lives. webrtcbin never tells, so it is asked: each 20 s when all is quiet; soon when
 * it was sent something and says nothing. A plain value; never reads a clock. */

#define FR_LIVENESS_ASK_US (500 * 1000)      /* silence after something was sent, before the first question, at least */
#define FR_LIVENESS_ASK_ROUND_TRIPS 4        /* the same, in round trips */
#define FR_LIVENESS_GIVE_UP_US (1500 * 1000) /* silence after the question, at least */
#define FR_LIVENESS_GIVE_UP_ROUND_TRIPS 4
#define FR_LIVENESS_GIVE_UP_MAX_US (60 * G_USEC_PER_SEC) /* at most, however slow the link is */
#define FR_LIVENESS_QUEUE_FACTOR 2            /* times the time that what is queued takes to leave */
#define FR_LIVENESS_DRAIN_SLACK (256 * 1024)  /* bytes: a fall of the queue counts as life beyond this only */
#define FR_LIVENESS_ASSUMED_RATE (125 * 1000) /* bytes a second, 1 Mbit/s: as long as nothing else was measured */
#define FR_LIVENESS_RATE_US G_USEC_PER_SEC    /* what is older than about this counts little in the rate */

/* Who looks again only after so long, and that later than it should have, was asleep. */
#define FR_LIVENESS_JUMP_US (5 * G_USEC_PER_SEC)
#define FR_LIVENESS_LATE_US (250 * 1000)

typedef enum
{
  FR_LIVENESS_NOTHING, /* not due yet */
  FR_LIVENESS_ASK,     /* send a Ping, then call fr_liveness_asked() */
  FR_LIVENESS_DEAD,    /* give the link up */
} FrLivenessDue;

typedef struct
{
  /* all fields private */
  gint64 quiet_us;    /* config: the interval of questions on a quiet link */
  gint64 next_ask_us; /* when it will have been quiet for another of those */
  gint64 sent_us;     /* first thing sent since it was heard */
  gint64 asked_us;    /* first question since then that is not one of a quiet link */
  gint64 due_us;      /* when fr_liveness_due() was last called */
  guint misses;       /* config: how many questions of a quiet link may go unanswered */
  guint n_missed;
  guint asks : 1;   /* config: whether to ask after sending */
  guint sent : 1;   /* whether sent_us counts */
  guint asked : 1;  /* whether asked_us counts */
  guint urgent : 1; /* to be asked at once */
  guint hasty : 1;  /* the question that is due is not one of a quiet link */

  /* the queue */
  gsize queued;       /* bytes that wait to be sent */
  gsize queued_most;  /* the most that waited since it was heard */
  guint64 drained;    /* bytes that left since it was heard */
  guint64 busy;       /* bytes that left since nothing waited */
  gint64 progress_us; /* when some last left */
  double rate;        /* bytes a second that leave, smoothed */
} FrLiveness;

void fr_liveness_init (FrLiveness *self, gint64 quiet_us, guint misses, gboolean asks, gint64 now_us);
void fr_liveness_heard (FrLiveness *self, gint64 now_us);
void fr_liveness_sent (FrLiveness *self, gint64 now_us);
void fr_liveness_asked (FrLiveness *self, gint64 now_us);
void fr_liveness_queued (FrLiveness *self, gsize buffered, gint64 now_us);
void fr_liveness_check_now (FrLiveness *self, gint64 now_us);
FrLivenessDue fr_liveness_due (FrLiveness *self, guint round_trip_us, gint64 now_us);
gint64 fr_liveness_next_deadline (const FrLiveness *self, guint round_trip_us);

G_END_DECLS
