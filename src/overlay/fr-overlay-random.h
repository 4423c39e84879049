/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Random numbers of a seed in eight bytes, where a GRand takes 2.5 KB: splitmix64 (Steele, Lea, Flood, OOPSLA 2014).
 * Good enough to choose among neighbours, not for secrets. A plain value. */
typedef struct
{
  guint64 state;
} FrOverlayRandom;

static inline guint64
fr_overlay_random_mix (guint64 value)
{
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

static inline void
fr_overlay_random_init (FrOverlayRandom *self, guint64 seed)
{
  self->state = seed;
}

static inline guint64
fr_overlay_random_next (FrOverlayRandom *self)
{
  self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return fr_overlay_random_mix (self->state);
}

/* Uniform from 0 to bound - 1, without the bias of a plain remainder (Lemire, ACM TOMACS 29, 2019). */
static inline guint32
fr_overlay_random_below (FrOverlayRandom *self, guint32 bound)
{
  guint64 product = (fr_overlay_random_next (self) >> 32) * bound;

  if ((guint32) product < bound)
    {
      guint32 least = -bound % bound;

      while ((guint32) product < least)
        product = (fr_overlay_random_next (self) >> 32) * bound;
    }
  return (guint32) (product >> 32);
}

/* A time of three to five quarters of what is given, so that peers which began together do not go on together. */
static inline gint64
fr_overlay_random_jitter (FrOverlayRandom *self, gint64 time_us)
{
  return time_us / 4 * 3 + (gint64) fr_overlay_random_below (self, 1001) * (time_us / 2) / 1000;
}

G_END_DECLS
