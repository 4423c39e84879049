/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-search.h"

G_BEGIN_DECLS

/* How far a search has gone: one line, and under it, for those who want to know, a table of the steps from here. What
 * it says comes from two pure functions. */

#define FR_TYPE_SEARCH_XRAY (fr_search_xray_get_type ())
G_DECLARE_FINAL_TYPE (FrSearchXray, fr_search_xray, FR, SEARCH_XRAY, AdwBin)

void fr_search_xray_set_xray (FrSearchXray *self, const FrQueryXray *xray);
void fr_search_xray_set_expanded (FrSearchXray *self, gboolean expanded);
char *fr_search_xray_get_cell (FrSearchXray *self, guint row, guint column);

char *fr_search_xray_describe (const FrQueryXray *xray);
char *fr_search_xray_describe_step (const FrQueryXrayHop *step, guint n_steps);

G_END_DECLS
