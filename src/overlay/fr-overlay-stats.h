/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an engine has done since it began, and what it holds now. */
typedef struct
{
  guint64 queries_received;
  guint64 queries_forwarded; /* copies sent on */
  guint64 queries_delivered;
  guint64 queries_seen;     /* copies of queries that were known, or of our own */
  guint64 queries_raised;   /* copies of known queries that may go farther, and were sent on */
  guint64 queries_limited;  /* over the rate of a link */
  guint64 queries_skipped;  /* links not taken: their digests rule out a match */
  guint64 queries_refused;  /* links not taken: they asked for nothing from so far away */
  guint64 queries_resent;   /* again, by a new link, since a neighbour that died may have swallowed them */
  guint64 throttles_sent;
  guint64 reports_sent;
  guint64 reports_limited;
  guint64 signals_relayed;
  guint64 signals_lost;     /* no way on, or over a limit */
  guint64 queries_busy;     /* too many signatures being checked, or that of a query forgotten meanwhile */
  guint64 signatures_bad;   /* found by checking, or known to be so */
  guint64 hits_relayed;     /* hits and previews, as in all of the following */
  guint64 hits_delivered;
  guint64 hits_seen;
  guint64 hits_resent;      /* by their next way, as the link ended that they had gone by */
  guint64 hits_handed_back; /* no way on */
  guint64 hits_lost;        /* no way on, nor back */
  guint64 hits_unknown;     /* for a query that is not known or not wanted any more; or said to be ours */
  guint64 hits_limited;     /* over the rate of a link, or the budget of a query */
  guint64 previews_limited; /* of these, previews */
  guint64 blocked;          /* queries, hits and signals of people who are blocked */
  guint64 pings_sent;
  guint64 pings_limited;
  guint64 faults;         /* frames that the protocol forbids */
  guint64 frames_unknown; /* of a later version */

  guint n_links;
  guint n_queries; /* in the ledger */
  guint n_own;     /* searches of our own in it */
  guint n_near;    /* questions to neighbours alone that are open */
  guint n_checks;
  guint n_trails;
  guint n_actions;
  guint n_routes;
  guint n_reports; /* being gathered */
  guint n_records; /* of peers that could be dialled */
  guint n_known;   /* peers that the widest search came to, as reported */
} FrOverlayStats;

G_END_DECLS
