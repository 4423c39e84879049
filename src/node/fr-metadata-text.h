/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-stripped.h"
#include "fr-picture.h"

G_BEGIN_DECLS

/* What has become of what a picture's file tells beside the picture: judged, and said to people and programs. Pure
 * functions. */

void fr_metadata_judge (FrPicture *facts, const FrImageStripped *stripped, gboolean keeps);
const char *fr_metadata_get_name (FrMetadata metadata);
GStrv fr_metadata_list_names (guint removed);
char *fr_metadata_list_details (guint removed);
char *fr_metadata_describe (const FrPicture *picture);

G_END_DECLS
