/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FR_GALLERY_ERROR (fr_gallery_error_quark ())

typedef enum
{
  FR_GALLERY_ERROR_NO_AUDIENCE,   /* nobody has said yet who may see what is added */
  FR_GALLERY_ERROR_NOT_MINE,      /* what somebody else shared stays as it is */
  FR_GALLERY_ERROR_ORIGINAL_LEFT, /* a picture is there, and what it was before is not */
} FrGalleryError;

GQuark fr_gallery_error_quark (void);

/* What went wrong with a picture, said to people: errors with the domain and code of the store or of what decodes
 * pictures, or one of these, but with one plain, translated sentence that a front end may show as it is. */

GError *fr_gallery_error_new (const GError *cause);
void fr_gallery_return_error (GTask *task, GError *error);

G_END_DECLS
