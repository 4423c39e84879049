/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-clock.h"

#include <time.h>

/**
 * fr_clock_now_us:
 *
 * Returns: microseconds since the computer was started, suspended time included (CLOCK_BOOTTIME)
 */
gint64
fr_clock_now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}
