/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What two texts have in common for somebody who searches: letters without their marks and case. Pure. */

char *fr_text_fold (const char *text, gssize size);

G_END_DECLS
