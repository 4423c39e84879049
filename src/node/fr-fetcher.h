/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-network-report.h"
#include "fr-store.h"
#include "fr-switchboard.h"

G_BEGIN_DECLS

/* Brings pictures here: by a link that is there, or one dialled for it; from the next holder where one fails. Lives in
 * the network thread.
 *
 * Signal "report" (FrNetworkReport *), of type FR_REPORT_FETCH; the handler may steal what is in it. */

#define FR_FETCHER_LINK_MAX_SIZE (1024 * 1024) /* bytes; more would delay the searches on a link */

typedef struct
{
  FrDialTarget target; /* with a key */
  guint64 size; /* of the picture, as this holder says: another may lie */
} FrFetchHolder;

typedef struct
{
  FrContentId id;
  guint64 size;
  GArray *holders; /* of FrFetchHolder, in the order in which they are tried */
} FrFetchRequest;

FrFetchRequest *fr_fetch_request_new (const FrContentId *id, guint64 size);
void fr_fetch_request_add (FrFetchRequest *self, const FrDialTarget *target, guint64 size);
void fr_fetch_request_free (FrFetchRequest *self);

#define FR_TYPE_FETCHER (fr_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (FrFetcher, fr_fetcher, FR, FETCHER, GObject)

FrFetcher *fr_fetcher_new (FrSwitchboard *switchboard, FrIntroductions *introductions, FrStore *store);
void fr_fetcher_set_limit (FrFetcher *self, guint kib); /* a second; 0: none */
void fr_fetcher_start (FrFetcher *self, guint number, FrFetchRequest *request);
void fr_fetcher_cancel (FrFetcher *self, guint number);
void fr_fetcher_pause (FrFetcher *self, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrFetchRequest, fr_fetch_request_free)

G_END_DECLS
