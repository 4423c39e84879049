/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is said about the network: who is connected, how far a search has gone, when answers came. Pure. */

typedef struct
{
  gboolean is_here;    /* else it comes up */
  gboolean is_relayed;
  guint round_trip_us; /* 0: not known yet */
  guint kib;           /* a second that go along it */
} FrNetworkLinkFacts;

/* How far away somebody is, by the time that a message takes. */
typedef enum
{
  FR_DELAY_UNKNOWN,
  FR_DELAY_SHORT,
  FR_DELAY_LONG,
  FR_DELAY_VERY_LONG,
} FrDelayClass;

char *fr_network_text_describe_link (const char *name, const FrNetworkLinkFacts *facts);
char *fr_network_text_describe_delay (const FrNetworkLinkFacts *facts); /* what fits below a name */
FrDelayClass fr_network_text_judge_delay (guint round_trip_us);

char *fr_network_text_describe_search (const char *words, guint n_asked, guint n_answered, gboolean is_listening);
char *fr_network_text_summarize_search (guint n_asked, guint n_answered); /* what stands below its words */

char *fr_network_text_describe_time (gint64 us);
char *fr_network_text_describe_times (guint n_answers, gint64 first_us, gint64 last_us);
gint64 fr_network_text_round_up_time (gint64 us); /* to where a scale may end */

G_END_DECLS
