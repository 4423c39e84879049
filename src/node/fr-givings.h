/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"
#include "fr-giving.h"
#include "fr-network-report.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* The pictures that go out, or have gone, the newest first. Lives in the main thread. How many there are at once is
 * bounded by the queue of uploads. */

#define FR_GIVINGS_MAX_OVER 200 /* the oldest go first */

typedef struct _FrGivings FrGivings;

FrGivings *fr_givings_new (FrPeople *people, FrGallery *gallery);
void fr_givings_free (FrGivings *self);
GListModel *fr_givings_get_model (FrGivings *self); /* of FrGiving */
void fr_givings_take_report (FrGivings *self, const FrNetworkReport *report); /* of type FR_REPORT_GIVING */
void fr_givings_forget (FrGivings *self, FrGiving *giving);
void fr_givings_clear (FrGivings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrGivings, fr_givings_free)

G_END_DECLS
