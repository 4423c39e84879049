/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* A prepared statement in use: bind, then step through its rows; fr_statement_release() (or g_autoptr) gives it back to
 * the #FrDatabase that owns it. Parameters and columns are numbered as in SQLite: from 1, and from 0. */

typedef struct _FrStatement FrStatement;

FrStatement *fr_statement_new (sqlite3 *connection, const char *sql, GError **error);
void fr_statement_free (FrStatement *self);
void fr_statement_take (FrStatement *self);
void fr_statement_release (FrStatement *self);

void fr_statement_bind_int64 (FrStatement *self, int parameter, gint64 value);
void fr_statement_bind_text (FrStatement *self, int parameter, const char *value);
void fr_statement_bind_data (FrStatement *self, int parameter, gconstpointer data, gsize size);
void fr_statement_bind_bytes (FrStatement *self, int parameter, GBytes *bytes);
void fr_statement_bind_pointer (FrStatement *self, int parameter, gpointer value, const char *type);

gboolean fr_statement_next (FrStatement *self, GError **error);
gboolean fr_statement_run (FrStatement *self, GError **error);

gint64 fr_statement_get_int64 (FrStatement *self, int column);
const char *fr_statement_get_text (FrStatement *self, int column);
gconstpointer fr_statement_get_data (FrStatement *self, int column, gsize *out_size);
GBytes *fr_statement_dup_bytes (FrStatement *self, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrStatement, fr_statement_release)

G_END_DECLS
