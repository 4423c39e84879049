/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-content-id.h"
#include "fr-peer-key.h"

G_BEGIN_DECLS

/* A picture that a search has found, with everybody who has it. Lives in the main thread. */

typedef struct
{
  FrPeerKey key;
  char *name;
  char *server;  /* where it can be dialled */
  char *address;
  char *doorbell;  /* where it can be dialled without that; empty: it has none */
  FrQueryId route; /* by which it answered: leads there along links that are there, for a minute */
  guint64 size;  /* of the picture in bytes, as they say */
  FrPeerKey via;   /* the neighbour by whom it answered; zero: not known */
  guint hops;    /* links that the search crossed to get there; 0: this computer */
} FrHolder;

#define FR_TYPE_HIT (fr_hit_get_type ())
G_DECLARE_FINAL_TYPE (FrHit, fr_hit, FR, HIT, GObject)

/* Properties: "title" (string); "preview" (GBytes, nullable, notified: JPEG or WebP), "n-holders" (uint, notified),
 * "holders-text" (string, notified: for people, "Anna and 2 others"), "mine" (boolean, notified: it is in the own
 * gallery), "fresh" (boolean, notified: it was not looked at since it came from one's people), "shared-day" (uint: days
 * since 1970; 0: not said). */
const FrContentId *fr_hit_get_id (FrHit *self);
const char *fr_hit_get_title (FrHit *self);
guint fr_hit_get_picture_type (FrHit *self);
guint64 fr_hit_get_size (FrHit *self);
guint fr_hit_get_width (FrHit *self);
guint fr_hit_get_height (FrHit *self);
GBytes *fr_hit_get_preview (FrHit *self);
gboolean fr_hit_get_mine (FrHit *self);
gboolean fr_hit_get_fresh (FrHit *self);
guint fr_hit_get_shared_day (FrHit *self);
guint fr_hit_get_n_holders (FrHit *self);
const FrHolder *fr_hit_get_holder (FrHit *self, guint index);
gint64 fr_hit_get_delay_us (FrHit *self);         /* from asking to the first holder's answer */
gint64 fr_hit_get_preview_delay_us (FrHit *self); /* to the preview; -1: none yet */

G_END_DECLS
