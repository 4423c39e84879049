/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* How adding pictures goes: how much room it needs, counts, a way to stop, and afterwards what could not be added and why,
 * and a field for what is in them. What is added while something is being added waits for its turn. */

#define FR_TYPE_IMPORT_BAR (fr_import_bar_get_type ())
G_DECLARE_FINAL_TYPE (FrImportBar, fr_import_bar, FR, IMPORT_BAR, AdwBin)

void fr_import_bar_set_node (FrImportBar *self, FrNode *node);
void fr_import_bar_add (FrImportBar *self, FrImport *import);
gboolean fr_import_bar_is_busy (FrImportBar *self);
char *fr_import_bar_summarise (FrImport *import);
char *fr_import_bar_describe_audience (FrImport *import, FrPeople *people);

/* Signal "finished" (FrImport *import, const char *text): what has become of one, to be told beside the bar. */

G_END_DECLS
