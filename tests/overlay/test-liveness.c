/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-liveness.h"

#include "fr-test-support.h"
#include "tests.h"

#define MS (gint64) 1000
#define QUIET_US (20 * G_USEC_PER_SEC)
#define MISSES 3
#define KIB 1024

/* What happens, or what must be due. */
typedef enum
{
  END,
  HEARD,
  SENT,
  QUEUED, /* number: bytes */
  CHECK,
  RATE,     /* number: bytes a second, as though they had been measured */
  NOTHING,  /* number: round trip */
  ASK,      /* number: round trip; asked */
  DEAD,     /* number: round trip */
  DEADLINE, /* number: round trip; the time is when it is, not when it is asked for */
} What;

typedef struct
{
  gint64 at_us;
  What what;
  guint number;
} Step;

static void
play (FrLiveness *liveness, const Step *step)
{
  for (guint i = 0; step->what != END; step++, i++)
    switch (step->what)
      {
      case HEARD:
        fr_liveness_heard (liveness, step->at_us);
        break;
      case SENT:
        fr_liveness_sent (liveness, step->at_us);
        break;
      case QUEUED:
        fr_liveness_queued (liveness, step->number, step->at_us);
        break;
      case CHECK:
        fr_liveness_check_now (liveness, step->at_us);
        break;
      case RATE:
        liveness->rate = step->number;
        break;
      case DEADLINE:
        g_assert_cmpint (fr_liveness_next_deadline (liveness, step->number), ==, step->at_us);
        break;
      default:
        /* Twice, for to look changes nothing. */
        for (guint n = 0; n < 2; n++)
          {
            FrLivenessDue due = fr_liveness_due (liveness, step->number, step->at_us);

            if (due != (FrLivenessDue) (step->what - NOTHING))
              g_error ("step %u, at %" G_GINT64_FORMAT ": %d is due", i, step->at_us, due);
          }
        if (step->what == ASK)
          fr_liveness_asked (liveness, step->at_us);
        break;
      }
}

static void
play_from_start (gboolean asks, const Step *steps)
{
  FrLiveness liveness;

  fr_liveness_init (&liveness, QUIET_US, MISSES, asks, 0);
  play (&liveness, steps);
}

/* Asked each 20 s; three questions without an answer, and 20 s after the last, end it. */
static void
test_quiet (void)
{
  static const Step steps[] = {
    { QUIET_US, DEADLINE }, { QUIET_US - 1, NOTHING }, { QUIET_US, ASK },
    { 2 * QUIET_US, DEADLINE }, { 2 * QUIET_US - 1, NOTHING }, { 2 * QUIET_US, ASK },
    { 3 * QUIET_US - 1, NOTHING }, { 3 * QUIET_US, ASK },
    { 4 * QUIET_US, DEADLINE }, { 4 * QUIET_US - 1, NOTHING }, { 4 * QUIET_US, DEAD },
    { 4 * QUIET_US + 1, DEAD }, { 0 },
  };
  static const Step answered[] = {
    { QUIET_US, ASK }, { 2 * QUIET_US, ASK }, { 3 * QUIET_US, ASK }, { 4 * QUIET_US - 1, HEARD },
    { 5 * QUIET_US - 1, DEADLINE }, { 5 * QUIET_US - 2, NOTHING },
    { 5 * QUIET_US - 1, ASK }, { 6 * QUIET_US - 1, ASK }, { 7 * QUIET_US - 1, ASK }, { 8 * QUIET_US - 1, DEAD }, { 0 },
  };

  for (guint asks = 0; asks < 2; asks++)
    {
      play_from_start (asks != 0, steps);
      play_from_start (asks != 0, answered);
    }
}

/* A peer that was sent something and is silent. */
static void
test_sent (void)
{
  static const Step rows[][12] = {
    /* 500 ms after the first thing sent, then 1.5 s */
    { { 1000, SENT }, { 2000, SENT }, { 1000 + 500 * MS, DEADLINE }, { 999 + 500 * MS, NOTHING },
      { 1000 + 500 * MS, ASK },
      { 1000 + 2000 * MS, DEADLINE }, { 1500 * MS, SENT }, { 999 + 2000 * MS, NOTHING }, { 1000 + 2000 * MS, DEAD } },
    /* the question goes out late: the 1.5 s begin with it */
    { { 1, SENT }, { 700 * MS, ASK }, { 2200 * MS - 1, NOTHING }, { 2200 * MS, DEAD } },
    /* 4 round trips where those are longer, each time */
    { { 1, SENT, 0 }, { 1 + 500 * MS, DEADLINE, 125 * MS }, { 1 + 500 * MS + 4, DEADLINE, 125 * MS + 1 },
      { 800 * MS, NOTHING, 200 * MS }, { 800 * MS + 1, ASK, 200 * MS }, { 2300 * MS + 1, DEADLINE, 375 * MS },
      { 2300 * MS + 5, DEADLINE, 375 * MS + 1 }, { 2800 * MS, NOTHING, 500 * MS }, { 2800 * MS + 1, DEAD, 500 * MS } },
    /* any sign of life ends it */
    { { 1, SENT }, { 500 * MS, HEARD }, { 500 * MS + QUIET_US, DEADLINE }, { 500 * MS + 1, NOTHING },
      { 600 * MS, SENT }, { 1100 * MS, ASK }, { 2599 * MS, HEARD }, { 2600 * MS, NOTHING },
      { 2599 * MS + QUIET_US, DEADLINE } },
    /* heard between what is due and what is done: the question is one like on a quiet link */
    { { 1, SENT }, { 600 * MS, NOTHING, G_MAXINT32 }, { 600 * MS, HEARD }, { 600 * MS + QUIET_US, ASK },
      { 600 * MS + 2 * QUIET_US, DEADLINE } },
    /* a quiet link was asked just before: that question was not for what is sent now */
    { { QUIET_US, ASK }, { QUIET_US + 1, SENT }, { QUIET_US + 1 + 500 * MS, DEADLINE },
      { QUIET_US + 1 + 500 * MS, ASK },
      { QUIET_US + 1 + 2000 * MS, DEAD } },
    /* sent just before a quiet link is asked: neither is that */
    { { QUIET_US - 1, SENT }, { QUIET_US, ASK }, { QUIET_US - 1 + 500 * MS, ASK }, { QUIET_US - 1 + 2000 * MS, DEAD } },
  };
  static const Step never[] = { { 1, SENT }, { QUIET_US, DEADLINE }, { QUIET_US - 1, NOTHING }, { QUIET_US, ASK },
                                { 2 * QUIET_US, DEADLINE }, { 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    play_from_start (TRUE, rows[i]);
  play_from_start (FALSE, never); /* who does not want that */
}

/* A Ping that nobody found due yet, such as a first one to learn the round trip, is one more on a quiet link. */
static void
test_asked_unbidden (void)
{
  static const Step steps[] = { { 1 + QUIET_US, DEADLINE }, { 1 + QUIET_US, ASK }, { 1 + 2 * QUIET_US, ASK },
                                { 1 + 3 * QUIET_US, DEAD }, { 0 } };
  FrLiveness liveness;

  fr_liveness_init (&liveness, QUIET_US, MISSES, TRUE, 0);
  fr_liveness_asked (&liveness, 1);
  play (&liveness, steps);
}

/* What is due is forgotten when the peer is heard before the question goes out. */
static void
test_heard_before_asked (void)
{
  FrLiveness liveness;

  fr_liveness_init (&liveness, QUIET_US, MISSES, TRUE, 0);
  fr_liveness_sent (&liveness, 1);
  g_assert_cmpint (fr_liveness_due (&liveness, 0, 600 * MS), ==, FR_LIVENESS_ASK);
  fr_liveness_heard (&liveness, 600 * MS);
  fr_liveness_asked (&liveness, 600 * MS);
  g_assert_cmpint (fr_liveness_next_deadline (&liveness, 0), ==, 600 * MS + QUIET_US);
}

static void
test_no_misses_allowed (void)
{
  FrLiveness liveness;

  fr_liveness_init (&liveness, 1, 0, TRUE, 0);
  g_assert_cmpint (fr_liveness_due (&liveness, 0, 0), ==, FR_LIVENESS_NOTHING);
  g_assert_cmpint (fr_liveness_due (&liveness, 0, 1), ==, FR_LIVENESS_DEAD);
}

/* Asked at once, and given up soon, whether one asks after sending or not. */
static void
test_check_now (void)
{
  static const Step rows[][12] = {
    { { 7, CHECK }, { 7, DEADLINE }, { 7, ASK }, { 7 + 1500 * MS, DEADLINE }, { 6 + 1500 * MS, NOTHING },
      { 7 + 1500 * MS, DEAD } },
    { { 7, CHECK }, { 9, ASK }, { 9 + 2000 * MS, DEADLINE, 500 * MS }, { 10, HEARD }, { 10 + QUIET_US, DEADLINE } },
    /* a question that went into the void does not count */
    { { 1, CHECK }, { 1, ASK }, { 1501 * MS, CHECK }, { 1501 * MS, DEADLINE }, { 1501 * MS, ASK },
      { 3001 * MS - 1, NOTHING }, { 3001 * MS, DEAD } },
    /* neither do three on a quiet link */
    { { QUIET_US, ASK }, { 2 * QUIET_US, ASK }, { 3 * QUIET_US, ASK }, { 4 * QUIET_US, CHECK }, { 4 * QUIET_US, ASK },
      { 4 * QUIET_US + 1500 * MS, DEADLINE }, { 4 * QUIET_US + 1500 * MS - 1, NOTHING },
      { 4 * QUIET_US + 1500 * MS, DEAD } },
    /* heard before it was asked: there is no doubt any more */
    { { 7, CHECK }, { 8, HEARD }, { 8, NOTHING }, { 8 + QUIET_US, DEADLINE } },
  };

  for (guint asks = 0; asks < 2; asks++)
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
      play_from_start (asks != 0, rows[i]);
}

/* Who looks again after more than 5 s, and too late by more than 250 ms, slept, and must ask first. */
static void
test_jump (void)
{
  static const gint64 at_us = 600 * MS, dead_us = 2100 * MS;
  static const Step rows[][12] = {
    /* 5 s sharp are no sleep */
    { { 1, SENT }, { at_us, ASK }, { dead_us, DEADLINE }, { at_us + 5000 * MS, DEAD } },
    { { 1, SENT }, { at_us, ASK }, { dead_us, DEADLINE }, { at_us + 5000 * MS + 1, ASK },
      { at_us + 6500 * MS, NOTHING }, { at_us + 6500 * MS + 1, DEAD } },
    /* in time, or late by 250 ms sharp, is no sleep, however long the pause */
    { { QUIET_US, ASK }, { 2 * QUIET_US, ASK }, { 3 * QUIET_US, ASK }, { 4 * QUIET_US + 250 * MS, DEAD } },
    { { QUIET_US, ASK }, { 2 * QUIET_US, ASK }, { 3 * QUIET_US, ASK }, { 4 * QUIET_US + 250 * MS + 1, ASK },
      { 4 * QUIET_US + 1750 * MS, NOTHING }, { 4 * QUIET_US + 1750 * MS + 1, DEAD } },
    /* a quiet link is in doubt after sleep: no three questions */
    { { QUIET_US + 250 * MS + 1, ASK }, { QUIET_US + 1750 * MS + 1, DEADLINE } },
    { { QUIET_US + 250 * MS, ASK }, { 2 * QUIET_US + 250 * MS, DEADLINE } },
    /* years */
    { { G_MAXINT64 / 2, ASK }, { G_MAXINT64 / 2 + 1500 * MS, DEAD } },
    /* and the clock runs backwards */
    { { 100, SENT }, { -5000 * MS, NOTHING }, { 500 * MS + 100, ASK }, { 1, HEARD }, { 1 + QUIET_US, DEADLINE } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    play_from_start (TRUE, rows[i]);
}

/* Twice what the queue takes to leave. */
static void
test_queue_delays (void)
{
  static const Step rows[][16] = {
    /* 1 Mbit/s is assumed: 187,500 bytes take 1.5 s; twice, that is 3 s. What waits counts as sent. */
    { { 1, QUEUED, 187500 }, { 1 + 500 * MS, DEADLINE }, { 1 + 500 * MS, ASK }, { 1 + 3500 * MS, DEADLINE },
      { 3500 * MS, NOTHING }, { 1 + 3500 * MS, DEAD } },
    /* 1.5 s at least: 93,750 bytes are as good as none */
    { { 1, QUEUED, 93750 }, { 1 + 500 * MS, ASK }, { 1 + 2000 * MS, DEADLINE } },
    { { 1, QUEUED, 93751 }, { 1 + 500 * MS, ASK }, { 1 + 2000 * MS + 16, DEADLINE } },
    /* the most of all since it was heard, for a question waits behind it */
    { { 1, QUEUED, 187500 }, { 2, QUEUED, 100 }, { 1 + 500 * MS, ASK }, { 1 + 3500 * MS, DEADLINE } },
    { { 1, QUEUED, 187500 }, { 2, QUEUED, 93750 }, { 3, HEARD }, { 3 + 500 * MS, ASK }, { 3 + 2000 * MS, DEADLINE } },
    /* what comes later too */
    { { 1, SENT }, { 1 + 500 * MS, ASK }, { 1 + 2000 * MS, DEADLINE }, { 600 * MS, QUEUED, 187500 },
      { 1 + 3500 * MS, DEADLINE } },
    /* a fast link, and one that takes longer than anybody waits: 60 s sharp, and more */
    { { 0, RATE, 100000000 }, { 1, QUEUED, 262144 }, { 1 + 500 * MS, ASK }, { 1 + 2000 * MS, DEADLINE } },
    { { 0, RATE, 1000 }, { 1, QUEUED, 29999 }, { 1 + 500 * MS, ASK }, { 2 * QUIET_US, RATE, 1000 },
      { 1 + 500 * MS + QUIET_US, DEADLINE }, { 1 + 500 * MS + QUIET_US, ASK }, { 1 + 500 * MS + 2 * QUIET_US, ASK },
      { 1 + 500 * MS + 59998 * MS, DEADLINE }, { 500 * MS + 59998 * MS, NOTHING },
      { 1 + 500 * MS + 59998 * MS, DEAD } },
    { { 0, RATE, 1000 }, { 1, QUEUED, 30001 }, { 1 + 500 * MS, ASK }, { 1 + 500 * MS + QUIET_US, ASK },
      { 1 + 500 * MS + 2 * QUIET_US, ASK }, { 1 + 60500 * MS, DEADLINE }, { 60500 * MS, NOTHING },
      { 1 + 60500 * MS, DEAD } },
    /* however large the numbers */
    { { 1, QUEUED, G_MAXUINT }, { 1 + 500 * MS, ASK, 0 }, { 1 + 500 * MS + QUIET_US, ASK, 0 },
      { 1 + 500 * MS + 2 * QUIET_US, ASK, 0 }, { 1 + 60500 * MS, DEADLINE, G_MAXUINT } },
    /* another network: what was measured may not hold there */
    { { 0, RATE, 100000000 }, { 1, QUEUED, 187500 }, { 5, CHECK }, { 5, ASK }, { 5 + 3000 * MS, DEADLINE } },
    { { 0, RATE, 62500 }, { 1, QUEUED, 187500 }, { 5, CHECK }, { 5, ASK }, { 5 + 6000 * MS, DEADLINE } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    play_from_start (TRUE, rows[i]);
}

/* SCTP takes 256 KiB from a dead peer's queue; what leaves beyond that has arrived. */
static void
test_draining_is_life (void)
{
  static const Step rows[][16] = {
    { { 1, QUEUED, 300 * KIB }, { 10, QUEUED, 44 * KIB }, { 1 + 500 * MS, DEADLINE } },
    { { 1, QUEUED, 300 * KIB }, { 10, QUEUED, 44 * KIB - 1 }, { 10 + 500 * MS, DEADLINE } },
    { { 1, QUEUED, 300 * KIB }, { 10, QUEUED, 44 * KIB }, { 20, QUEUED, 44 * KIB - 1 }, { 20 + 500 * MS, DEADLINE },
      { 30, QUEUED, 0 }, { 30 + 500 * MS, DEADLINE } },
    /* in pieces, with more put in between */
    { { 1, QUEUED, 128 * KIB }, { 10, QUEUED, 0 }, { 20, QUEUED, 128 * KIB }, { 30, QUEUED, 0 },
      { 1 + 500 * MS, DEADLINE },
      { 40, QUEUED, 1 }, { 1 + 500 * MS, DEADLINE }, { 50, QUEUED, 0 }, { 50 + 500 * MS, DEADLINE } },
    /* counted anew after it was heard */
    { { 1, QUEUED, 600 * KIB }, { 10, QUEUED, 344 * KIB }, { 20, HEARD }, { 30, QUEUED, 88 * KIB },
      { 20 + 500 * MS, DEADLINE }, { 40, QUEUED, 88 * KIB - 1 }, { 40 + 500 * MS, DEADLINE } },
    /* it answers a question as anything else does */
    { { 1, QUEUED, 300 * KIB }, { 1 + 500 * MS, ASK }, { 600 * MS, QUEUED, 1 }, { 1100 * MS, DEADLINE } },
    /* more in the queue is no life, nor is the same */
    { { 1, QUEUED, 300 * KIB }, { 10, QUEUED, 900 * KIB }, { 20, QUEUED, 900 * KIB }, { 1 + 500 * MS, DEADLINE } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    play_from_start (TRUE, rows[i]);
}

/* Full queues keep us from sending, so the death of the peer shows only because what waits counts as sent. */
static void
test_dies_with_full_queue (void)
{
  static const Step steps[] = {
    { 1, QUEUED, 200000 }, { 100 * MS, HEARD }, { 600 * MS, DEADLINE }, { 600 * MS, ASK }, { 3800 * MS, DEADLINE },
    { 700 * MS, QUEUED, 200000 }, { 3800 * MS - 1, NOTHING }, { 3800 * MS, DEAD }, { 0 },
  };

  play_from_start (TRUE, steps);
}

/* The rate is that of the link, not that of the memory which SCTP's buffer is filled at. */
static void
test_rate (void)
{
  static const struct
  {
    guint rate;
    guint every_ms;
  } rows[] = { { 20000, 250 }, { 125000, 250 }, { 125000, 10 }, { 1000000, 250 }, { 30000000, 1 }, { 5000, 1000 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const guint piece = rows[i].rate / 1000 * rows[i].every_ms;
      FrLiveness liveness;
      gint64 now_us = 0;

      fr_liveness_init (&liveness, QUIET_US, MISSES, TRUE, now_us);
      fr_liveness_queued (&liveness, FR_LIVENESS_DRAIN_SLACK, now_us);
      fr_liveness_queued (&liveness, 0, now_us + 1);
      g_assert_cmpfloat (liveness.rate, ==, FR_LIVENESS_ASSUMED_RATE);
      fr_liveness_queued (&liveness, FR_LIVENESS_DRAIN_SLACK + piece, now_us);
      fr_liveness_queued (&liveness, piece, now_us);
      g_assert_cmpfloat (liveness.rate, ==, FR_LIVENESS_ASSUMED_RATE);
      while (now_us < 20 * G_USEC_PER_SEC)
        {
          now_us += rows[i].every_ms * MS;
          fr_liveness_queued (&liveness, 0 + 1, now_us);
          fr_liveness_queued (&liveness, piece + 1, now_us);
        }
      g_assert_cmpfloat (liveness.rate, >, 0.95 * rows[i].rate);
      g_assert_cmpfloat (liveness.rate, <, 1.05 * rows[i].rate);
    }
}

/* A link that carries `rate` bytes a second, with up to 256 KiB in the queue before SCTP's own 210 KB. The peer says
 * nothing but what it is asked for, and a question waits behind all that was queued before it. */
typedef struct
{
  FrLiveness liveness;
  guint rate;
  double queue, sctp; /* bytes */
  gboolean asked;     /* whether a question is out */
  double before;      /* bytes before the first of those */
  guint n_asked;
  gboolean refills;
} SlowLink;

#define TICK_US (10 * MS)
#define SCTP_BUFFER 210000.0
#define HIGH_WATER (256 * KIB)

static FrLivenessDue
slow_link_step (SlowLink *self, gboolean sees_falls, gint64 now_us)
{
  double left = MIN (self->sctp, (double) self->rate * TICK_US / G_USEC_PER_SEC), moved;
  FrLivenessDue due;

  self->sctp -= left;
  moved = MIN (self->queue, SCTP_BUFFER - self->sctp);
  self->queue -= moved;
  self->sctp += moved;
  if (sees_falls)
    fr_liveness_queued (&self->liveness, (gsize) self->queue, now_us);
  self->before -= left;
  if (self->asked && self->before <= 0)
    {
      self->asked = FALSE;
      fr_liveness_heard (&self->liveness, now_us);
    }
  if (self->refills && self->queue < HIGH_WATER)
    {
      self->queue = HIGH_WATER;
      fr_liveness_sent (&self->liveness, now_us);
      fr_liveness_queued (&self->liveness, HIGH_WATER, now_us);
    }
  due = fr_liveness_due (&self->liveness, 0, now_us);
  if (due == FR_LIVENESS_ASK)
    {
      fr_liveness_asked (&self->liveness, now_us);
      self->n_asked++;
      if (!self->asked)
        self->before = self->queue + self->sctp;
      self->asked = TRUE;
    }
  return due;
}

/* 1 Mbit/s is no death, whether the queue is filled all the time or once, and whether its falls are seen (always, four
 * times a second, never) or not. */
static void
test_slow_uplink (void)
{
  static const guint every_ticks[] = { 1, 25, 1000000 };

  for (guint refills = 0; refills < 2; refills++)
    for (gsize i = 0; i < G_N_ELEMENTS (every_ticks); i++)
      {
        SlowLink link = { .rate = 125000, .queue = HIGH_WATER, .refills = refills != 0 };

        fr_liveness_init (&link.liveness, QUIET_US, MISSES, TRUE, 0);
        fr_liveness_queued (&link.liveness, HIGH_WATER, 0);
        for (gint64 tick = 1; tick <= 60 * G_USEC_PER_SEC / TICK_US; tick++)
          if (slow_link_step (&link, tick % every_ticks[i] == 0, tick * TICK_US) == FR_LIVENESS_DEAD)
            g_error ("given up after %" G_GINT64_FORMAT " ms", tick * TICK_US / MS);
        /* Where all falls are seen, they are life enough. */
        g_assert_true ((link.n_asked == 0) == (refills && i == 0));
        if (refills && i == 0)
          g_assert_cmpfloat_with_epsilon (link.liveness.rate, 125000, 10000);
      }
}

/* The same link, whose peer dies under full load: found within 0.5 s and 4.2 s for the queue. */
static void
test_slow_uplink_dies (void)
{
  SlowLink link = { .rate = 125000, .queue = HIGH_WATER, .refills = TRUE };
  gint64 now_us = 0;

  fr_liveness_init (&link.liveness, QUIET_US, MISSES, TRUE, 0);
  fr_liveness_queued (&link.liveness, HIGH_WATER, 0);
  for (; now_us < 20 * G_USEC_PER_SEC; now_us += TICK_US)
    g_assert_cmpint (slow_link_step (&link, TRUE, now_us), !=, FR_LIVENESS_DEAD);
  link.rate = 0;
  for (; now_us < 60 * G_USEC_PER_SEC; now_us += TICK_US)
    if (slow_link_step (&link, TRUE, now_us) == FR_LIVENESS_DEAD)
      break;
  g_assert_cmpint (now_us, >, 22 * G_USEC_PER_SEC);
  g_assert_cmpint (now_us, <=, 25 * G_USEC_PER_SEC);
}

/* Whatever happens: who does what is due is never told the same again at once, and NOTHING means a time ahead. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint round = 0; round < 200; round++)
    {
      FrLiveness liveness;
      gint64 now_us = 0;

      fr_liveness_init (&liveness, QUIET_US, MISSES, round % 2 == 0, now_us);
      for (guint i = 0; i < 500; i++)
        {
          guint round_trip_us = (guint) g_rand_int_range (rand, 0, 1000000);
          FrLivenessDue due;

          now_us += g_rand_int_range (rand, 0, i % 50 == 0 ? 10000000 : 1000000);
          switch (g_rand_int_range (rand, 0, 8))
            {
            case 0:
              fr_liveness_heard (&liveness, now_us);
              break;
            case 1:
              fr_liveness_sent (&liveness, now_us);
              break;
            case 2:
              fr_liveness_queued (&liveness, (gsize) g_rand_int_range (rand, 0, 1000000), now_us);
              break;
            case 3:
              fr_liveness_check_now (&liveness, now_us);
              break;
            default:
              break;
            }
          due = fr_liveness_due (&liveness, round_trip_us, now_us);
          if (due == FR_LIVENESS_DEAD)
            break;
          if (due == FR_LIVENESS_ASK)
            {
              g_assert_cmpint (fr_liveness_next_deadline (&liveness, round_trip_us), <=, now_us);
              fr_liveness_asked (&liveness, now_us);
            }
          g_assert_cmpint (fr_liveness_next_deadline (&liveness, round_trip_us), >, now_us);
          g_assert_cmpint (fr_liveness_due (&liveness, round_trip_us, now_us), ==, FR_LIVENESS_NOTHING);
        }
    }
}

void
test_liveness_add (void)
{
  g_test_add_func ("/overlay/liveness/quiet", test_quiet);
  g_test_add_func ("/overlay/liveness/sent", test_sent);
  g_test_add_func ("/overlay/liveness/asked-unbidden", test_asked_unbidden);
  g_test_add_func ("/overlay/liveness/heard-before-asked", test_heard_before_asked);
  g_test_add_func ("/overlay/liveness/no-misses-allowed", test_no_misses_allowed);
  g_test_add_func ("/overlay/liveness/check-now", test_check_now);
  g_test_add_func ("/overlay/liveness/jump", test_jump);
  g_test_add_func ("/overlay/liveness/queue-delays", test_queue_delays);
  g_test_add_func ("/overlay/liveness/draining-is-life", test_draining_is_life);
  g_test_add_func ("/overlay/liveness/dies-with-full-queue", test_dies_with_full_queue);
  g_test_add_func ("/overlay/liveness/rate", test_rate);
  g_test_add_func ("/overlay/liveness/slow-uplink", test_slow_uplink);
  g_test_add_func ("/overlay/liveness/slow-uplink-dies", test_slow_uplink_dies);
  g_test_add_func ("/overlay/liveness/random", test_random);
}
