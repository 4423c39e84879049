/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Something that takes a while, and is asked for by a button: the row says how far it is and what has come of it, and
 * has a button to stop it. Decides nothing. */

#define FR_TYPE_JOB_ROW (fr_job_row_get_type ())
G_DECLARE_FINAL_TYPE (FrJobRow, fr_job_row, FR, JOB_ROW, AdwActionRow)

GCancellable *fr_job_row_begin (FrJobRow *self, const char *text); /* (transfer none): the button to stop cancels it */
void fr_job_row_tell (FrJobRow *self, const char *text);
void fr_job_row_end (FrJobRow *self, const char *text, const char *details_title, GListModel *details);
gboolean fr_job_row_get_running (FrJobRow *self);
void fr_job_row_stop (FrJobRow *self);

/* Property "start-label" (string): of the button. Signal "start": it was pressed. */

G_END_DECLS
