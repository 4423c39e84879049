/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-sniff.h"

#include <sys/stat.h>
#include <vips/vips.h>

G_BEGIN_DECLS

/* A picture's file as libvips reads it: checked to be a regular file of a size and kind that we take, and
 * read at positions of our own, since the descriptor's is shared with the process that sent it. Part of the
 * decoding process. */

gboolean fr_image_source_stat (int fd, struct stat *out_info);
VipsSource *fr_image_source_new (int fd, FrImageType *out_type, GError **error);

G_END_DECLS
