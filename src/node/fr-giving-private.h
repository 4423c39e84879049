/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-giving.h"
#include "fr-network-report.h"

G_BEGIN_DECLS

/* What the list of givings alone does with one. */

FrGiving *fr_giving_new (const FrNetworkReport *report, const char *title, FrPerson *person);
void fr_giving_take_report (FrGiving *self, const FrNetworkReport *report);
guint fr_giving_get_number (FrGiving *self);
gboolean fr_giving_is_over (FrGiving *self);

G_END_DECLS
