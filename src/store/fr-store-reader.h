/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-picture.h"
#include "fr-search-words.h"

G_BEGIN_DECLS

/* The pictures of a person, for another program of theirs, beside a Freshet that runs or without one. Changes nothing.
 * It waits for the disk, so it is for a thread, one at a time. */

#define FR_STORE_READER_MAX_FOUND 100

typedef struct _FrStoreReader FrStoreReader;

FrStoreReader *fr_store_reader_open (const char *folder, GError **error);
void fr_store_reader_free (FrStoreReader *self);

GPtrArray *fr_store_reader_search (FrStoreReader *self, const FrSearchWords *words, guint limit, GError **error);
FrPicture *fr_store_reader_get (FrStoreReader *self, const FrContentId *id, GError **error);
GBytes *fr_store_reader_get_thumbnail (FrStoreReader *self, const FrContentId *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrStoreReader, fr_store_reader_free)

G_END_DECLS
