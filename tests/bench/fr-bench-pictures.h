/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Real JPEGs of given sizes, made once from the photographs of Debian's mate-backgrounds. */

typedef struct
{
  const char *name; /* as in the report */
  guint bytes;
  guint width; /* pixels, so that the quality is an ordinary one */
} FrBenchSize;

#define FR_BENCH_N_SIZES 3
extern const FrBenchSize fr_bench_sizes[FR_BENCH_N_SIZES];

/* The bytes of a JPEG within 8 % of the size, kept in `folder`; `variant` picks the photograph. Takes seconds the first
 * time. */
GBytes *fr_bench_make_picture (const char *folder, guint size, guint variant, GError **error);

/* Writes it with `comment` in it, a JPEG of its own. */
gboolean fr_bench_write_picture (GBytes *picture, const char *comment, const char *path, GError **error);

G_END_DECLS
