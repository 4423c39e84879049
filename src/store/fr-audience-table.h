/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-audience.h"
#include "fr-content-id.h"
#include "fr-database.h"

G_BEGIN_DECLS

/* Who may see which picture. Not thread-safe: for the thread of its database. */

/* Whom the person has added and has met. */
#define FR_AUDIENCE_IS_CONTACT "EXISTS (SELECT 1 FROM people WHERE people.key = ?1 AND NOT blocked)"

/* Whether the reader, parameter 1, may see a row of `pictures`. NULL is the person herself. Whoever is chosen and was
 * removed from her people afterwards sees it no longer. Another computer of somebody who is chosen is chosen too. */
#define FR_AUDIENCE_ALLOWS                                                                                             \
  "(?1 IS NULL OR audience = 0 OR (" FR_AUDIENCE_IS_CONTACT " AND (audience = 1 OR (audience = 2"                      \
  " AND EXISTS (SELECT 1 FROM readers WHERE readers.number = pictures.number AND readers.key IN"                  \
  " (?1, (SELECT owner FROM people WHERE people.key = ?1)))))))"

/* The keys of those who were chosen, one after the other in hex: the readers of a row of `pictures`. */
#define FR_AUDIENCE_READERS                                                                                            \
  "(SELECT group_concat (hex (key), '') FROM (SELECT key FROM readers WHERE readers.number = pictures.number"          \
  " ORDER BY key))"

extern const char fr_audience_version_5[];
extern const char fr_audience_version_12[];

void fr_audience_bind_reader (FrStatement *statement, const FrPeerKey *reader);
GBytes *fr_audience_read_readers (FrStatement *row, int column);
gboolean fr_audience_check (FrAudience audience, GBytes *readers, GError **error);
gboolean fr_audience_put_readers (FrDatabase *database, gint64 number, GBytes *readers, GError **error);
gboolean fr_audience_set (FrDatabase *database,
                          const FrContentId *id,
                          FrAudience audience,
                          GBytes *readers,
                          GError **error);

G_END_DECLS
