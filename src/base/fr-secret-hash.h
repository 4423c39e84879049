/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint fr_secret_hash (gconstpointer data, gsize size);

G_END_DECLS
