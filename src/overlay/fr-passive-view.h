/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-known-record.h"
#include "fr-overlay-random.h"

G_BEGIN_DECLS

/* Peers that are no neighbours and can be dialled: a bounded set of their records. None who tells of others fills more
 * than a quarter of it, so that nobody can surround us with peers of their own. Takes memory as it fills. */
typedef struct _FrPassiveView FrPassiveView;

#define FR_PASSIVE_VIEW_MOST 30
#define FR_PASSIVE_VIEW_SOURCE_SHARE 4 /* one part in so many is what one source may fill, but at least one place */

typedef struct
{
  FrKnownRecord record;
  FrPeerKey source;     /* the neighbour that told of it; zero: none did */
  gint64 not_before_us; /* not to be dialled before */
  gint64 lost_us;       /* when it was lost as a neighbour */
  guint8 n_failed;      /* dials since it was heard of last */
  guint lost : 1;       /* it was a neighbour that went without a goodbye */
} FrPassiveEntry;

FrPassiveView *fr_passive_view_new (guint most);
void fr_passive_view_free (FrPassiveView *self);

FrPassiveEntry *fr_passive_view_add (FrPassiveView *self, const FrKnownRecord *record, const FrPeerKey *source,
                                     FrOverlayRandom *random);
gboolean fr_passive_view_remove (FrPassiveView *self, const FrPeerKey *key);
FrPassiveEntry *fr_passive_view_lookup (FrPassiveView *self, const FrPeerKey *key);

guint fr_passive_view_get_size (const FrPassiveView *self);
FrPassiveEntry *fr_passive_view_get (FrPassiveView *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPassiveView, fr_passive_view_free)

G_END_DECLS
