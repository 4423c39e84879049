/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A text as a QR code (ISO/IEC 18004), black on white in all styles, with the quiet zone around it that scanners need. */

#define FR_TYPE_QR_CODE (fr_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (FrQrCode, fr_qr_code, FR, QR_CODE, GtkWidget)

gboolean fr_qr_code_set_text (FrQrCode *self, const char *text);
guint fr_qr_code_get_width (FrQrCode *self);
gboolean fr_qr_code_is_dark (FrQrCode *self, guint x, guint y);

G_END_DECLS
