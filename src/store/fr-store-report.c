/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store-report.h"

static void
problem_free (gpointer data)
{
  FrStoreProblem *problem = data;

  g_clear_pointer (&problem->picture, fr_picture_unref);
  g_free (problem->file);
  g_free (problem);
}

/**
 * fr_store_report_new:
 *
 * Returns: (transfer full): a report that says nothing yet
 */
FrStoreReport *
fr_store_report_new (void)
{
  FrStoreReport *self = g_new0 (FrStoreReport, 1);

  self->problems = g_ptr_array_new_with_free_func (problem_free);
  return self;
}

/**
 * fr_store_report_free:
 * @self: (nullable) (transfer full): a report
 */
void
fr_store_report_free (FrStoreReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/**
 * fr_store_report_add:
 * @self: a report
 * @kind: what is wrong
 * @picture: (nullable): with which picture
 * @file: (nullable) (type filename): with which file, below the store's folder
 *
 * Adds a problem; above %FR_STORE_MAX_PROBLEMS it is only counted.
 */
void
fr_store_report_add (FrStoreReport *self, FrStoreProblemKind kind, FrPicture *picture, const char *file)
{
  FrStoreProblem *problem;

  if (self->problems->len >= FR_STORE_MAX_PROBLEMS)
    {
      self->n_more++;
      return;
    }
  problem = g_new0 (FrStoreProblem, 1);
  problem->kind = kind;
  problem->picture = picture != NULL ? fr_picture_ref (picture) : NULL;
  problem->file = file != NULL ? g_filename_display_name (file) : NULL;
  g_ptr_array_add (self->problems, problem);
}
