/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text as a QR code (ISO/IEC 18004) of half blocks, with its quiet zone. With `colours` it is black on white in
 * terminals of either style. NULL where the text is too long, or where Freshet was built without libqrencode. */
char *fr_cli_qr_new (const char *text, gboolean colours);

G_END_DECLS
