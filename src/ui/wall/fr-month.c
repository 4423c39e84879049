/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-month.h"

struct _FrMonth
{
  GObject parent_instance;

  /* state */
  gint64 time_us;
  guint first;
  guint n;
};

G_DEFINE_FINAL_TYPE (FrMonth, fr_month, G_TYPE_OBJECT)

static void
fr_month_class_init (FrMonthClass *klass)
{
}

static void
fr_month_init (FrMonth *self)
{
}

/**
 * fr_month_new:
 * @time_us: some time in it
 * @first: the position of its first picture
 * @n: how many pictures there are of it
 *
 * Returns: (transfer full): a month
 */
FrMonth *
fr_month_new (gint64 time_us, guint first, guint n)
{
  FrMonth *self = g_object_new (FR_TYPE_MONTH, NULL);

  self->time_us = time_us;
  self->first = first;
  self->n = n;
  return self;
}

gint64
fr_month_get_time_us (FrMonth *self)
{
  return self->time_us;
}

guint
fr_month_get_first (FrMonth *self)
{
  return self->first;
}

guint
fr_month_get_n (FrMonth *self)
{
  return self->n;
}
