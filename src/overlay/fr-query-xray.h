/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"

G_BEGIN_DECLS

/* What became of a search, by the links that it had to cross: counts only. A plain value. */

#define FR_QUERY_XRAY_HOPS FR_REPORT_MAX_HOPS /* the asker is hop 0 */

typedef struct
{
  guint asked;      /* peers that the search came to */
  guint matched;    /* of these, peers whose hits have come */
  guint suppressed; /* copies that came to peers which had one */
  guint skipped;    /* links not taken, as a digest ruled out a match */
  guint refused;    /* links or copies over a limit */
} FrQueryXrayHop;

typedef struct
{
  guint n_hops; /* those with something to tell: hops[0] to hops[n_hops - 1] */
  guint ttl;    /* how far it has been sent */
  gboolean can_widen;
  FrQueryXrayHop hops[FR_QUERY_XRAY_HOPS];
} FrQueryXray;

G_END_DECLS
