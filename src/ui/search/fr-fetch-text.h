/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-fetch-state.h"

G_BEGIN_DECLS

/* How far a picture has come, in words. */

char *fr_fetch_text_describe (FrFetchState state, const char *holder, guint place, guint64 done, guint64 total);

G_END_DECLS
