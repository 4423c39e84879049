/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the decoding process gives up all that it does not need: in two steps, since libraries load files
 * before they can decode, and must not afterwards. Part of the decoding process; for its first thread. */

/* Shared libraries, the picture, what is decoded of it: all that it may have mapped. */
#define FR_IMAGE_MAX_ADDRESS_SPACE (G_GUINT64_CONSTANT (1) << 30)

/* Descriptors: 0 to 2, the socket, the picture, what is made of it, and two to spare. Pixels are written to
 * memory of their own (memfd), which the limit on the address space does not cover: this one does. */
#define FR_IMAGE_MAX_OPEN_FILES 8

void fr_image_confinement_begin (void);
gboolean fr_image_confinement_close (void);

G_END_DECLS
