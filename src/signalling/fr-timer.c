/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-timer.h"

/**
 * fr_timer_set:
 * @timer: (inout): a timer; one that is running ends
 * @context: the main context in which @callback is called
 * @delay_ms: when, in milliseconds from now
 * @callback: what to call; runs again and again while it returns %G_SOURCE_CONTINUE
 * @user_data: for @callback; must live until the timer is cleared
 *
 * Starts a timer.
 */
void
fr_timer_set (GSource **timer, GMainContext *context, guint delay_ms, GSourceFunc callback, gpointer user_data)
{
  fr_timer_clear (timer);
  *timer = g_timeout_source_new (delay_ms);
  g_source_set_callback (*timer, callback, user_data, NULL);
  g_source_attach (*timer, context);
}

/**
 * fr_timer_clear:
 * @timer: (inout): a timer, running or not
 *
 * Ends a timer; its callback may do so itself.
 */
void
fr_timer_clear (GSource **timer)
{
  if (*timer == NULL)
    return;
  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}
