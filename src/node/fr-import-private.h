/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-import.h"

G_BEGIN_DECLS

/* What the files of FrImport share. */

struct _FrImport
{
  GObject parent_instance;

  /* Owned */
  FrGallery *gallery;
  GCancellable *cancellable;
  GQueue places; /* paths of files and folders that have not been looked at */
  GQueue files;  /* paths of files that have been found and not begun with */
  GBytes *bytes; /* a picture that has not been begun with, and what to call it */
  char *title;
  GBytes *readers; /* nullable */
  GPtrArray *failures; /* FrImportFailure */
  GPtrArray *pictures; /* FrPicture */
  GTask *plan;         /* nullable: whoever waits for the plan */
  FrRoom *room;        /* nullable: what the plan has found */

  /* State */
  FrAudience audience;
  guint n_total;
  guint n_added;
  guint n_known;
  guint n_at_once;      /* pictures that are worked on now */
  guint is_started : 1;
  guint is_looking : 1; /* at a place */
  guint is_finished : 1;
  guint has_audience : 1;
  guint keeps_metadata : 1;
  guint waits_for_room : 1;
  guint is_out_of_room : 1; /* nothing more is begun */
};

void fr_import_grow (FrImport *self, guint n_more);
void fr_import_count_failure (FrImport *self, const char *path, GError *error);
void fr_import_work_on (FrImport *self);

/* In fr-import-places.c */
void fr_import_look_at_place (FrImport *self);

/* In fr-import-plan.c */
void fr_import_plan_on (FrImport *self);

/* In fr-import-audience.c */
void fr_import_settle_audience (FrImport *self);

G_END_DECLS
