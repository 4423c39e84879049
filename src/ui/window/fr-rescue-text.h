/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What has become of a list of pictures that was damaged, in words. */
char *fr_rescue_text_describe (guint n_unnamed);

G_END_DECLS
