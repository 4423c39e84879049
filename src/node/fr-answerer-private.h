/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-aged-table.h"
#include "fr-answerer.h"
#include "fr-asker-windows.h"

G_BEGIN_DECLS

/* What the files of this type share. */

struct _FrAnswerer
{
  GObject parent_instance;

  /* owned */
  FrIdentity *identity;
  FrStore *store;
  Freshet__PeerRecord *record;
  GCancellable *cancellable;
  FrAskerWindows *windows; /* of contacts: nobody else gets anything sealed */
  FrAgedTable *newest_askers; /* nullable: how many small pictures each has got lately */

  /* borrowed */
  FrAdmission *admission; /* NULL: nobody needs to be let in */

  /* state */
  guint n_pending;
};

void fr_answerer_emit (FrAnswerer *self, const FrQueryId *query, GBytes *frame);

/* In fr-answerer-newest.c */
void fr_answerer_take_newest (FrAnswerer *self, const FrQueryId *query, const FrPeerKey *asker, guint most);

G_END_DECLS
