/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetch.h"
#include "fr-gallery.h"
#include "fr-hit.h"
#include "fr-network.h"

G_BEGIN_DECLS

/* What FrNode alone does with a fetch. */

FrFetch *fr_fetch_new (FrNetwork *network, FrStore *store, FrImageClient *image, FrGallery *gallery, FrHit *hit,
                       int holder);
guint fr_fetch_get_number (FrFetch *self);
void fr_fetch_take_report (FrFetch *self, FrNetworkReport *report);

G_END_DECLS
