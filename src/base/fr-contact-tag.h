/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands for two people and a day, known to nobody else: who may see something leads the search of who shares it
 * to them. A plain value. */

#define FR_CONTACT_TAG_SIZE 4
#define FR_CONTACT_TAG_N_HASHES 8 /* bits in a digest: in one that is half full, one tag of 256 is there by chance */

typedef struct
{
  guint8 bytes[FR_CONTACT_TAG_SIZE];
} FrContactTag;

void fr_contact_tag_get_hashes (const FrContactTag *self, guint32 out_hashes[FR_CONTACT_TAG_N_HASHES]);

G_END_DECLS
