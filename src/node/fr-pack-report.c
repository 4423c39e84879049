/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-pack-report.h"

#include "fr-gallery-error.h"

static void
failure_free (gpointer data)
{
  FrPackFailure *failure = data;

  g_free (failure->name);
  g_error_free (failure->error);
  g_free (failure);
}

/**
 * fr_pack_report_new:
 *
 * Returns: (transfer full): a report of nothing
 */
FrPackReport *
fr_pack_report_new (void)
{
  FrPackReport *self = g_new0 (FrPackReport, 1);

  self->failures = g_ptr_array_new_with_free_func (failure_free);
  self->strangers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * fr_pack_report_free:
 * @self: (nullable) (transfer full): a report
 */
void
fr_pack_report_free (FrPackReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->failures);
  g_ptr_array_unref (self->strangers);
  g_free (self);
}

/**
 * fr_pack_report_fail:
 * @self: a report
 * @name: of a picture
 * @cause: why it was left out
 *
 * Adds a picture that could not be exported or added.
 */
void
fr_pack_report_fail (FrPackReport *self, const char *name, const GError *cause)
{
  FrPackFailure *failure = g_new (FrPackFailure, 1);

  *failure = (FrPackFailure) { g_strdup (name), fr_gallery_error_new (cause) };
  g_ptr_array_add (self->failures, failure);
}
