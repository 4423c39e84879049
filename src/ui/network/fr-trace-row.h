/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-search-trace.h"

G_BEGIN_DECLS

/* One of the last searches: its words, what became of it, and the table of its steps. */

#define FR_TYPE_TRACE_ROW (fr_trace_row_get_type ())
G_DECLARE_FINAL_TYPE (FrTraceRow, fr_trace_row, FR, TRACE_ROW, AdwBin)

GtkWidget *fr_trace_row_new (FrSearchTrace *trace);

G_END_DECLS
