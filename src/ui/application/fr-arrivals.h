/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pictures that have come and that nobody has looked at yet, as one message: the first is told at once, those after it
 * together, one message in so many seconds at most. Never reads the clock. */

#define FR_ARRIVALS_JOIN_US (10 * G_USEC_PER_SEC)

typedef struct
{
  guint n;
  const char *title; /* of the first; borrowed, both */
  const char *from;  /* nullable: whom all are from */
} FrArrivalsNews;

typedef struct _FrArrivals FrArrivals;

FrArrivals *fr_arrivals_new (void);
void fr_arrivals_free (FrArrivals *self);
void fr_arrivals_add (FrArrivals *self, const char *title, const char *from);
gint64 fr_arrivals_next_deadline (FrArrivals *self); /* -1: there is nothing to tell */
gboolean fr_arrivals_tell (FrArrivals *self, FrArrivalsNews *out_news, gint64 now_us);
void fr_arrivals_forget (FrArrivals *self);          /* they have been seen */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrArrivals, fr_arrivals_free)

G_END_DECLS
