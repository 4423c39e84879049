/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-blob-dir.h"
#include "fr-catalogue.h"

G_BEGIN_DECLS

/* A catalogue that is damaged or gone is made anew, of what can still be read of it and of the pictures in the folder:
 * these are what cannot be had again. A picture of which no more is known than its bytes gets eight digits for a title,
 * no type, and can be seen by nobody else; whoever adds it again says what it is.
 *
 * The new one is made beside the old, and takes its place only when it is whole (freshet.db.rescued); whatever stops it
 * in between, the next start goes on. The old one is kept as freshet.db.damaged. Only for the one that holds the store's
 * lock. */

#define FR_RESCUE_MARK "damaged"

typedef struct
{
  gboolean rebuilt;
  guint n_adopted; /* pictures of which only the bytes were left */
} FrRescue;

gboolean fr_rescue_is_due (const char *folder, FrBlobDir *blobs);
gboolean fr_rescue_rebuild (const char *folder,
                            const char *const *migrations,
                            FrBlobDir *blobs,
                            FrRescue *out_rescue,
                            GError **error);
gboolean fr_rescue_finish (const char *folder, GError **error);
void fr_rescue_mark (const char *folder);

gboolean fr_rescue_adopt (FrDatabase *database, FrBlobDir *blobs, FrRescue *rescue, GError **error);
gboolean fr_rescue_is_adopted (const FrPicture *picture);
gboolean fr_rescue_complete (FrDatabase *database,
                             const FrPicture *picture,
                             GBytes *thumbnail,
                             GBytes *preview,
                             GError **error);

G_END_DECLS
