/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-progress.h"

#include "fr-cli-output.h"

#include <stdio.h>
#include <unistd.h>

/**
 * fr_cli_progress_init:
 * @self: (out caller-allocates): a progress line that is not shown yet
 * @wanted: whether it is to be shown at all
 *
 * Something begins now that may take its time.
 */
void
fr_cli_progress_init (FrCliProgress *self, gboolean wanted)
{
  *self = (FrCliProgress) { .started_us = g_get_monotonic_time (), .enabled = wanted && isatty (STDERR_FILENO) };
}

/**
 * fr_cli_progress_is_due:
 * @self: a progress line
 * @now_us: monotonic time
 *
 * Returns: whether it has taken long enough, and the line was not drawn just now
 */
gboolean
fr_cli_progress_is_due (FrCliProgress *self, gint64 now_us)
{
  return self->enabled && now_us - self->started_us >= FR_CLI_PROGRESS_AFTER_US
         && (self->shown_us == 0 || now_us - self->shown_us >= FR_CLI_PROGRESS_EVERY_US);
}

/**
 * fr_cli_progress_show:
 * @self: a progress line
 * @what: what is going on, from anybody
 * @done: how much is done
 * @total: of how much; 0 if it is not known
 *
 * Draws the line, if it is due.
 */
void
fr_cli_progress_show (FrCliProgress *self, const char *what, double done, double total)
{
  gint64 now_us = g_get_monotonic_time ();
  g_autofree char *escaped = NULL;

  if (!fr_cli_progress_is_due (self, now_us))
    return;
  self->shown_us = now_us;
  escaped = fr_cli_escape (what);
  if (total > 0)
    fprintf (stderr, "\r\033[K%3.0f %%  %s", CLAMP (done / total, 0, 1) * 100, escaped);
  else
    fprintf (stderr, "\r\033[K%s", escaped);
  fflush (stderr);
}

/**
 * fr_cli_progress_clear:
 * @self: a progress line
 *
 * Takes the line away, before something else is written.
 */
void
fr_cli_progress_clear (FrCliProgress *self)
{
  if (self->shown_us == 0)
    return;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
  self->shown_us = 0;
}
