/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory as a file (memfd) by which the decoding process hands over what is too large for a packet. It is
 * sealed when it has been written, or its maker could change it under the reader's feet, or have the reader
 * killed by SIGBUS. Both processes use it. */

int fr_image_memory_new (void);
gboolean fr_image_memory_write (int fd, const void *data, gsize size);
gboolean fr_image_memory_seal (int fd);

GBytes *fr_image_memory_map (int fd, gsize size);

G_END_DECLS
