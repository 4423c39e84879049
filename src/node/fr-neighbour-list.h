/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Records of peers as one text, so that they can be kept as a setting and dialled after the next start. */

#define FR_NEIGHBOUR_LIST_MAX 30 /* records */

char *fr_neighbour_list_write (GPtrArray *records);
GPtrArray *fr_neighbour_list_read (const char *text);

G_END_DECLS
