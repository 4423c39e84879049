/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-channel.h"

/* What holds for every kind of channel, as one set of test bodies: each kind registers them with its own way to get two
 * open channels that are each other's peer. */

typedef struct
{
  const char *name;                                /* the tests are called /channel/NAME/... */
  gpointer (*set_up) (FrChannel **a, FrChannel **b); /* both open, and owned by what is returned */
  void (*tear_down) (gpointer pair);
} ChannelKind;

void channel_cases_add (const ChannelKind *kind);
