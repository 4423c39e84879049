/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A call at a time that moves: what a plan's next deadline is given to. Belongs to the thread-default main context in
 * which it was made. */

#define FR_DEADLINE_NEVER G_MAXINT64

typedef struct _FrDeadline FrDeadline;
typedef void (*FrDeadlineFunc) (gpointer user_data);

FrDeadline *fr_deadline_new (FrDeadlineFunc func, gpointer user_data);
void fr_deadline_free (FrDeadline *self);
void fr_deadline_set (FrDeadline *self, gint64 time_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrDeadline, fr_deadline_free)

G_END_DECLS
