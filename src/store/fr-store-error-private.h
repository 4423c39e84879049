/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "fr-store-error.h"

G_BEGIN_DECLS

/* Errors in the store's own words, from those of the operating system and of SQLite. */

void fr_store_error_set_errno (GError **error, int code, const char *what);
void fr_store_error_set_sqlite (GError **error, sqlite3 *connection, int code, const char *sql);

G_END_DECLS
