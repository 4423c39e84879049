/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line on a terminal that says how far something is. It appears after a second, so that what is quick stays quiet;
 * never where stderr is no terminal. */

#define FR_CLI_PROGRESS_AFTER_US G_USEC_PER_SEC
#define FR_CLI_PROGRESS_EVERY_US (100 * 1000)

typedef struct
{
  gint64 started_us;
  gint64 shown_us; /* 0: not on the screen */
  gboolean enabled;
} FrCliProgress;

void fr_cli_progress_init (FrCliProgress *self, gboolean wanted);
gboolean fr_cli_progress_is_due (FrCliProgress *self, gint64 now_us);
void fr_cli_progress_show (FrCliProgress *self, const char *what, double done, double total);
void fr_cli_progress_clear (FrCliProgress *self);

G_END_DECLS
