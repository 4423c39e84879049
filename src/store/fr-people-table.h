/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-database.h"
#include "fr-person-record.h"

G_BEGIN_DECLS

/* The table of people. Not thread-safe: for the thread of its database. */

#define FR_PEOPLE_MAX 10000

extern const char fr_people_version_2[];
extern const char fr_people_version_4[];
extern const char fr_people_version_6[];
extern const char fr_people_version_10[];
extern const char fr_people_version_11[];
extern const char fr_people_version_15[];

GPtrArray *fr_people_table_list (FrDatabase *database, GError **error);
gboolean fr_people_table_put (FrDatabase *database, const FrPersonRecord *person, GError **error);
gboolean fr_people_table_replace_key (FrDatabase *database,
                                      const FrPeerKey *old,
                                      const FrPersonRecord *person,
                                      GError **error);
gboolean fr_people_table_remove (FrDatabase *database, const FrPersonRecord *person, GError **error);

G_END_DECLS
