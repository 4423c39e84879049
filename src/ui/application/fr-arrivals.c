/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-arrivals.h"

struct _FrArrivals
{
  char *title; /* owned, both */
  char *from;  /* nullable: they are from several */
  guint n;
  guint n_told;
  gint64 not_before_us; /* that long after the last message */
};

/**
 * fr_arrivals_new:
 *
 * Returns: (transfer full): none
 */
FrArrivals *
fr_arrivals_new (void)
{
  return g_new0 (FrArrivals, 1);
}

/**
 * fr_arrivals_free:
 * @self: (nullable) (transfer full): pictures that have come
 */
void
fr_arrivals_free (FrArrivals *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->from);
  g_free (self);
}

/**
 * fr_arrivals_add:
 * @self: pictures that have come
 * @title: of another one
 * @from: whom it is from
 */
void
fr_arrivals_add (FrArrivals *self, const char *title, const char *from)
{
  if (self->n == 0)
    {
      self->title = g_strdup (title);
      self->from = g_strdup (from);
    }
  else if (g_strcmp0 (self->from, from) != 0)
    g_clear_pointer (&self->from, g_free);
  if (self->n < G_MAXUINT)
    self->n++;
}

/**
 * fr_arrivals_next_deadline:
 * @self: pictures that have come
 *
 * Returns: when fr_arrivals_tell() has something; -1: never
 */
gint64
fr_arrivals_next_deadline (FrArrivals *self)
{
  return self->n > self->n_told ? self->not_before_us : -1;
}

/**
 * fr_arrivals_tell:
 * @self: pictures that have come
 * @out_news: (out): what to tell; its strings are good until the next call
 * @now_us: the time
 *
 * Returns: whether there is something to tell now
 */
gboolean
fr_arrivals_tell (FrArrivals *self, FrArrivalsNews *out_news, gint64 now_us)
{
  if (self->n == self->n_told || now_us < self->not_before_us)
    return FALSE;
  self->n_told = self->n;
  self->not_before_us = now_us + FR_ARRIVALS_JOIN_US;
  *out_news = (FrArrivalsNews){ self->n, self->title, self->from };
  return TRUE;
}

/**
 * fr_arrivals_forget:
 * @self: pictures that have come
 *
 * What comes next is told as the first; it still waits its time.
 */
void
fr_arrivals_forget (FrArrivals *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->from, g_free);
  self->n = self->n_told = 0;
}
