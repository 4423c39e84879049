/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-protocol.h"

G_BEGIN_DECLS

/* How the decoding process gives up all that it does not need: in two steps, since libraries load files
 * before they can decode, and must not afterwards. Part of the decoding process; for its first thread. */

/* Shared libraries, the picture, what is decoded of it: all that it may have mapped. */
#define FR_IMAGE_MAX_ADDRESS_SPACE (G_GUINT64_CONSTANT (1) << 30)

/* Descriptors: 0 to 2, the socket, the picture, and one memfd for what is made of it. Such memory is not part
 * of the address space: this limits how much of it there is. */
#define FR_IMAGE_MAX_OPEN_FILES 6

/* The most that is ever written to one file: pixels, or a copy. */
#define FR_IMAGE_MAX_WRITTEN_BYTES MAX (FR_IMAGE_MAX_PIXEL_BYTES, FR_IMAGE_MAX_FILE_SIZE)

void fr_image_confinement_begin (void);
gboolean fr_image_confinement_close (void);

G_END_DECLS
