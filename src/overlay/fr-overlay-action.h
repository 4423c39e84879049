/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-content-id.h"
#include "fr-frame.h"
#include "fr-peer-key.h"

G_BEGIN_DECLS

/* What the engine wants done. A plain value that owns its frame; fr_overlay_action_clear() it. */

/* A link as the driver numbers it: never 0, never used twice while the engine lives. */
typedef guint32 FrLinkId;

typedef enum
{
  FR_OVERLAY_SEND,            /* frame: to be sent along link */
  FR_OVERLAY_VERIFY,          /* frame: a signed body; is signature key's? Answer with fr_overlay_verified() */
  FR_OVERLAY_DELIVER_QUERY,   /* frame: a signed body that was found valid; once a query */
  FR_OVERLAY_DELIVER_HITS,    /* frame: a packed Hits for a search of our own; not verified. What of them
                                 fr_overlay_hits_verified() does not call good does not count */
  FR_OVERLAY_DELIVER_PREVIEW, /* frame: a packed Preview for a search of our own; not verified */
  FR_OVERLAY_DELIVER_SIGNAL,  /* frame: what key has sealed for us, by the route query; not opened */
  FR_OVERLAY_CLOSE,           /* link is to be closed, and fr_overlay_link_down() called */
  FR_OVERLAY_DIAL,            /* frame: a packed PeerRecord of key, to be dialled for a link: by the route query where
                                 has_route, else by any way. Ends in fr_overlay_link_up() or fr_overlay_dial_failed() */
  FR_OVERLAY_XRAY,            /* more has been reported of the way of the search query, or it went farther:
                                 fr_overlay_get_xray(); what hits tell of it comes with those */
} FrOverlayActionType;

typedef enum
{
  FR_OVERLAY_REASON_NONE,
  FR_OVERLAY_REASON_SILENT, /* no answer to several pings */
  FR_OVERLAY_REASON_FAULTS, /* too many frames that the protocol forbids */
  FR_OVERLAY_REASON_FULL,   /* more links than are needed */
} FrOverlayReason;

typedef struct
{
  FrOverlayActionType type;
  FrLinkId link;   /* CLOSE, SEND: where to; else where it came from */
  FrQueryId query; /* VERIFY, all DELIVERs, XRAY; DIAL with has_route */
  GBytes *frame;
  guint8 signature[FR_SIGNATURE_SIZE]; /* VERIFY, DELIVER_QUERY */
  FrPeerKey key;                       /* VERIFY, DELIVER_QUERY: the asker; DELIVER_SIGNAL: the sender; DIAL: whom */
  guint hops;                          /* VERIFY, DELIVER_QUERY: links that it has crossed; DELIVER_HITS: by the holder;
                                          sealed: 0, and whoever opens them may say it to fr_overlay_hits_verified() */
  guint ttl;                           /* VERIFY, DELIVER_QUERY: as it came */
  guint part;                          /* DELIVER_HITS: of the holder's answer, from 0 */
  guint n_items;                       /* DELIVER_HITS: pictures that it names, or may name at most */
  FrOverlayReason reason;              /* CLOSE */
  guint has_route : 1;                 /* DIAL */
} FrOverlayAction;

void fr_overlay_action_clear (FrOverlayAction *action);
const char *fr_overlay_reason_to_string (FrOverlayReason reason);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrOverlayAction, fr_overlay_action_clear)

G_END_DECLS
