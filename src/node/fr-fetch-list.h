/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetch.h"
#include "fr-gallery.h"
#include "fr-network.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* The pictures that are on their way here, wait for somebody, or have come, the newest first. Lives in the main thread.
 * Counted: each of its fetches holds it. */

#define FR_FETCH_LIST_MAX 200  /* of those that are over the oldest go first */
#define FR_FETCH_LIST_AT_ONCE 8 /* that are on their way when one more of those that have waited begins */

typedef struct _FrFetchList FrFetchList;

FrFetchList *fr_fetch_list_new (FrNetwork *network, FrStore *store, FrImageClient *image, FrGallery *gallery,
                                FrPeople *people);
void fr_fetch_list_end (FrFetchList *self);
GListModel *fr_fetch_list_get_model (FrFetchList *self);
void fr_fetch_list_load (FrFetchList *self);
FrFetch *fr_fetch_list_fetch (FrFetchList *self, FrHit *hit, int holder);
void fr_fetch_list_forget (FrFetchList *self, FrFetch *fetch);
void fr_fetch_list_clear (FrFetchList *self);
void fr_fetch_list_close (FrFetchList *self);
void fr_fetch_list_take_report (FrFetchList *self, FrNetworkReport *report);
void fr_fetch_list_take_link_up (FrFetchList *self, const FrPeerKey *key);

G_END_DECLS
