/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-database.h"
#include "fr-picture.h"
#include "fr-search-words.h"

G_BEGIN_DECLS

/* The table of pictures and the index of their words. Not thread-safe: for the thread of its database. */

/* No search counts further than this: what matches so much was not asked precisely, and asking must stay cheap. */
#define FR_CATALOGUE_MAX_TOTAL 1000

typedef struct _FrCatalogue FrCatalogue;

extern const char fr_catalogue_version_1[];

FrCatalogue *fr_catalogue_new (FrDatabase *database, GError **error);
void fr_catalogue_free (FrCatalogue *self);

gboolean fr_catalogue_insert (FrCatalogue *self,
                              const FrPicture *picture,
                              GBytes *hashes,
                              GBytes *thumbnail,
                              GBytes *preview,
                              GError **error);
gboolean fr_catalogue_set_text (FrCatalogue *self,
                                const FrContentId *id,
                                const char *title,
                                const char *description,
                                const char *const *tags,
                                GError **error);
gboolean fr_catalogue_set_audience (FrCatalogue *self,
                                    const FrContentId *ids,
                                    guint n_ids,
                                    FrAudience audience,
                                    GBytes *readers,
                                    GError **error);
gboolean fr_catalogue_remove (FrCatalogue *self, const FrContentId *id, GError **error);
gboolean fr_catalogue_hide (FrCatalogue *self, const FrContentId *ids, guint n_ids, guint *out_n_hidden, GError **error);
GPtrArray *fr_catalogue_restore (FrCatalogue *self, const FrContentId *ids, guint n_ids, GError **error);

FrPicture *fr_catalogue_get (FrCatalogue *self, const FrContentId *id, const FrPeerKey *reader, GError **error);
GPtrArray *fr_catalogue_list (FrCatalogue *self, const FrPeerKey *reader, guint offset, guint limit, GError **error);
gboolean fr_catalogue_count (FrCatalogue *self, const FrPeerKey *reader, guint *out_count, GError **error);
GPtrArray *fr_catalogue_search (FrCatalogue *self,
                                const FrSearchWords *words,
                                const FrPeerKey *reader,
                                gboolean restricted,
                                guint limit,
                                guint *out_total,
                                GError **error);
GPtrArray *fr_catalogue_list_newest (FrCatalogue *self,
                                     const FrPeerKey *reader,
                                     guint limit,
                                     guint *out_total,
                                     GError **error);
GBytes *fr_catalogue_get_thumbnail (FrCatalogue *self, const FrContentId *id, const FrPeerKey *reader, GError **error);
GBytes *fr_catalogue_get_preview (FrCatalogue *self, const FrContentId *id, const FrPeerKey *reader, GError **error);
GBytes *fr_catalogue_get_blocks (FrCatalogue *self,
                                 const FrContentId *id,
                                 const FrPeerKey *reader,
                                 guint64 *out_size,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrCatalogue, fr_catalogue_free)

G_END_DECLS
