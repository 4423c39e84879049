/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What became of the export or import of a whole gallery. Plain values with owned fields. */

typedef struct
{
  char *name;    /* of the picture, or of the file, for people */
  GError *error; /* in words for people */
} FrPackFailure;

typedef struct
{
  guint n_done;        /* pictures that were exported, or added */
  guint n_known;       /* that were there already, and stayed as they are */
  GPtrArray *failures; /* of FrPackFailure; an original that was left out is one, though its picture is not */
  GPtrArray *strangers; /* of char *: who may see some of what was added, and is not among the person's people */
} FrPackReport;

FrPackReport *fr_pack_report_new (void);
void fr_pack_report_free (FrPackReport *self);
void fr_pack_report_fail (FrPackReport *self, const char *name, const GError *cause);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPackReport, fr_pack_report_free)

G_END_DECLS
