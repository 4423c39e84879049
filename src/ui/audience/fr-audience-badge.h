/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-people.h"
#include "fr-picture.h"

G_BEGIN_DECLS

/* A small mark on a picture that is not for everyone, or that was kept from somebody. */

#define FR_TYPE_AUDIENCE_BADGE (fr_audience_badge_get_type ())
G_DECLARE_FINAL_TYPE (FrAudienceBadge, fr_audience_badge, FR, AUDIENCE_BADGE, AdwBin)

void fr_audience_badge_show (FrAudienceBadge *self, const FrPicture *picture, FrPeople *people);
const char *fr_audience_badge_get_icon (FrAudienceBadge *self); /* nullable, both */
const char *fr_audience_badge_get_text (FrAudienceBadge *self);

G_END_DECLS
