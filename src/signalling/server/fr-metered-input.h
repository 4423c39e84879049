/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The reading end of a #FrMeteredStream: fails when a WebSocket message becomes too large. */

#define FR_TYPE_METERED_INPUT (fr_metered_input_get_type ())
G_DECLARE_FINAL_TYPE (FrMeteredInput, fr_metered_input, FR, METERED_INPUT, GFilterInputStream)

GInputStream *fr_metered_input_new (GInputStream *base, gsize max_message_size);

G_END_DECLS
