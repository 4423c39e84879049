/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What went wrong with a picture, said to people: errors with the domain and code of the store or of what decodes
 * pictures, but with one plain, translated sentence that a front end may show as it is. */

GError *fr_gallery_error_new (const GError *cause);
void fr_gallery_return_error (GTask *task, GError *error);

G_END_DECLS
