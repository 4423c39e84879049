/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-catalogue.h"

G_BEGIN_DECLS

struct _FrCatalogue
{
  FrDatabase *database; /* borrowed */
};

gboolean fr_catalogue_run_on_one (FrCatalogue *self, FrStatement *statement, GError **error);

G_END_DECLS
