/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-picture.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* Who may see a picture, and whom it is from, in words and icons. */

const char *fr_audience_text_get_name (FrAudience audience);
const char *fr_audience_text_get_icon (FrAudience audience);
char *fr_audience_text_describe (FrAudience audience, guint n_readers);

/* About one picture; people give names to keys. */
char *fr_audience_text_describe_picture (const FrPicture *picture, FrPeople *people);
char *fr_audience_text_describe_origin (const FrPicture *picture, FrPeople *people);
char *fr_audience_text_describe_audience (const FrPicture *picture, FrPeople *people);

G_END_DECLS
