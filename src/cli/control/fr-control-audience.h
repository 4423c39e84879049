/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-audience.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* Who may see pictures, as it is typed: `everyone`, `contacts`, `chosen:anna,boris`, `me`. */

gboolean fr_control_audience_read (FrPeople *people,
                                   const char *text,
                                   FrAudience *out_audience,
                                   GBytes **out_readers,
                                   GError **error);

G_END_DECLS
