/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetch-private.h"

G_BEGIN_DECLS

/* The pictures that are on their way here, or have come, the newest first. Lives in the main thread. */

#define FR_FETCH_LIST_MAX 200 /* of those that are over the oldest go first */

typedef struct _FrFetchList FrFetchList;

FrFetchList *fr_fetch_list_new (FrNetwork *network, FrStore *store, FrImageClient *image, FrGallery *gallery);
void fr_fetch_list_free (FrFetchList *self);
GListModel *fr_fetch_list_get_model (FrFetchList *self);
FrFetch *fr_fetch_list_fetch (FrFetchList *self, FrHit *hit, int holder);
void fr_fetch_list_cancel (FrFetchList *self);
void fr_fetch_list_take_report (FrFetchList *self, FrNetworkReport *report);

G_END_DECLS
