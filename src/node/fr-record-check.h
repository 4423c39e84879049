/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"

G_BEGIN_DECLS

/* The records that a frame brings, checked before the engine sees it: it keeps them and gives them to others. */

guint fr_record_check_count (const Freshet__Frame *frame);
gboolean fr_record_check_frame (const Freshet__Frame *frame);

G_END_DECLS
