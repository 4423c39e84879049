/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-statement.h"

G_BEGIN_DECLS

/* One connection to an SQLite database, and its prepared statements. Not thread-safe: one thread at a time. */

typedef struct _FrDatabase FrDatabase;

FrDatabase *fr_database_open (const char *path, const char *const *migrations, GError **error);
FrDatabase *fr_database_open_to_read (const char *path, GError **error);
FrDatabase *fr_database_open_beside (const char *path, guint *out_version, GError **error);
void fr_database_free (FrDatabase *self);

gboolean fr_database_execute (FrDatabase *self, const char *sql, GError **error);
FrStatement *fr_database_use (FrDatabase *self, const char *sql, GError **error);
gboolean fr_database_add_function (FrDatabase *self,
                                   const char *name,
                                   int n_arguments,
                                   void (*function) (sqlite3_context *, int, sqlite3_value **),
                                   GError **error);
gboolean fr_database_begin (FrDatabase *self, GError **error);
gboolean fr_database_commit (FrDatabase *self, GError **error);
void fr_database_rollback (FrDatabase *self);
gboolean fr_database_settle (FrDatabase *self, GError **error);
gboolean fr_database_check (FrDatabase *self, const char *sql, GError **error);
sqlite3 *fr_database_get_connection (FrDatabase *self);
gint64 fr_database_get_last_number (FrDatabase *self);
guint fr_database_get_n_changed (FrDatabase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrDatabase, fr_database_free)

G_END_DECLS
