/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "heal-crowd.h"

G_BEGIN_DECLS

/* What a process takes of the computer, as /proc tells it. */

typedef struct
{
  guint descriptors; /* but for connections */
  guint connections; /* TCP, established: to the server, and by ICE */
  guint threads; /* but for those that are lent */
  guint lent;    /* by GLib's thread pool: those without work wait there for the next */
  double mib;    /* resident */
} HealUsage;

HealUsage heal_usage_read (const char *pid);

/* What each of the first `n` members takes at rest: the least that it has taken, once that has not become less for
 * HEAL_REST_SECONDS. More than that is a dial that is under way. */
#define HEAL_REST_SECONDS 15
gboolean heal_usage_at_rest (HealCrowd *crowd, guint n, double seconds, HealUsage *out_usages);

/* Waits until it takes no more descriptors and threads than `before`; FALSE if it never does. As to threads that are
 * lent, it may take as many more as the pool keeps without work: how many wait depends on the minute before. Of each of
 * `n_sessions` ICE keeps, beside a socket that listens and one for datagrams, the connections that were there before a
 * way was chosen: one or two, as it happens. */
#define HEAL_CONNECTIONS_OF_SESSION 2
gboolean heal_usage_is_back (HealCrowd *crowd, guint i, const HealUsage *before, guint n_sessions, double seconds,
                             HealUsage *out_usage);

/* To stderr: what its descriptors are, and what its threads are called. */
void heal_usage_tell_descriptors (HealCrowd *crowd, guint i);
void heal_usage_tell_threads (HealCrowd *crowd, guint i);

G_END_DECLS
