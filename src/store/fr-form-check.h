/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-catalogue.h"

G_BEGIN_DECLS

/* Whether what the catalogue keeps beside a picture is what it should be. For the thread of its database. */

typedef enum
{
  FR_FORMS_GOOD = 0,
  FR_FORMS_BAD_HASHES = 1 << 0, /* of the blocks, or the size */
  FR_FORMS_BAD_THUMBNAIL = 1 << 1,
  FR_FORMS_BAD_PREVIEW = 1 << 2,
} FrFormFaults;

FrFormFaults fr_form_check (FrCatalogue *catalogue, FrDatabase *database, const FrPicture *picture);
gboolean fr_form_is_encoded (GBytes *bytes);

G_END_DECLS
