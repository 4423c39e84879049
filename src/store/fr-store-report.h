/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-picture.h"

G_BEGIN_DECLS

/* What a check of a whole store found. Plain values with owned fields. */

/* More than these are counted, not listed. */
#define FR_STORE_MAX_PROBLEMS 1000

typedef enum
{
  FR_STORE_PROBLEM_MISSING,    /* a picture without a file */
  FR_STORE_PROBLEM_TRUNCATED,  /* its file is shorter than it was */
  FR_STORE_PROBLEM_ALTERED,    /* its file has other bytes than its name says */
  FR_STORE_PROBLEM_UNREADABLE, /* the disk, or something in its place that is not a file */
  FR_STORE_PROBLEM_ORIGINAL,   /* what it was before it was cleaned is missing, or not that any more */
  FR_STORE_PROBLEM_HASHES,     /* the catalogue has other hashes for it; the next start mends them */
  FR_STORE_PROBLEM_THUMBNAIL,  /* it should have one, or has one that is none */
  FR_STORE_PROBLEM_PREVIEW,    /* likewise */
  FR_STORE_PROBLEM_UNLISTED,   /* the file of a whole picture that the catalogue does not know */
  FR_STORE_PROBLEM_FOREIGN,    /* anything else among the pictures */
  FR_STORE_PROBLEM_UNFINISHED, /* what could not be added or removed to the end; the next start does it */
  FR_STORE_PROBLEM_CATALOGUE,  /* the catalogue; the next start makes a new one */
} FrStoreProblemKind;

#define FR_STORE_N_PROBLEM_KINDS (FR_STORE_PROBLEM_CATALOGUE + 1)

typedef struct
{
  FrStoreProblemKind kind;
  FrPicture *picture; /* nullable: what the catalogue says of it */
  char *file;         /* nullable, UTF-8: below the store's folder */
  gboolean mended;    /* whoever had it checked has made it well again */
} FrStoreProblem;

typedef struct
{
  GPtrArray *problems; /* of FrStoreProblem */
  guint n_more;        /* that are not listed */
  guint n_pictures;    /* that were looked at */
  guint64 n_bytes;     /* of their files */
} FrStoreReport;

FrStoreReport *fr_store_report_new (void);
void fr_store_report_free (FrStoreReport *self);
void fr_store_report_add (FrStoreReport *self, FrStoreProblemKind kind, FrPicture *picture, const char *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrStoreReport, fr_store_report_free)

G_END_DECLS
