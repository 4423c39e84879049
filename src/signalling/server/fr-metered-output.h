/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The writing end of a #FrMeteredStream: counts what has been written. */

#define FR_TYPE_METERED_OUTPUT (fr_metered_output_get_type ())
G_DECLARE_FINAL_TYPE (FrMeteredOutput, fr_metered_output, FR, METERED_OUTPUT, GFilterOutputStream)

GOutputStream *fr_metered_output_new (GOutputStream *base);
guint64 fr_metered_output_get_written (FrMeteredOutput *self);

G_END_DECLS
