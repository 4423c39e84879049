/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-import.h"

G_BEGIN_DECLS

/* What is said while pictures are added, and of what has become of them. Pure functions. */

/**
 * FrImportFacts:
 * @n_total: how many were found
 * @n_done: how many are over
 * @n_added: how many are new
 * @n_known: how many were there already
 * @n_failed: how many could not be added
 * @n_cleaned: of how many less is shared than their files tell
 * @n_withheld: how many nobody else can see, since that cannot be taken out
 * @is_stopped: whether somebody has stopped it
 */
typedef struct
{
  guint n_total;
  guint n_done;
  guint n_added;
  guint n_known;
  guint n_failed;
  guint n_cleaned;
  guint n_withheld;
  gboolean is_stopped;
} FrImportFacts;

/* Fewer are not counted while they are looked for: that takes no time. */
#define FR_IMPORT_TEXT_MANY 100

void fr_import_text_gather (FrImport *import, FrImportFacts *out_facts);
char *fr_import_text_looking (guint n_found);
char *fr_import_text_adding (const FrImportFacts *facts);
char *fr_import_text_out_of_room (guint n_added);
char *fr_import_text_summarise (const FrImportFacts *facts);
char *fr_import_text_failed (guint n_failed, guint n_total);
guint fr_import_text_quarter (const FrImportFacts *facts);

/* Before it is begun, where the person has to know; NULL where nobody does. */
char *fr_import_text_room_heading (const FrRoom *room);
char *fr_import_text_room_body (const FrRoom *room);

/* The field afterwards. */
const char *fr_import_text_question (guint n_pictures);
const char *fr_import_text_described (guint n_pictures, gboolean others_see_them);

G_END_DECLS
