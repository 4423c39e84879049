/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-channel.h"

G_BEGIN_DECLS

/* Two channels joined in memory, open from the start: what is sent on one arrives on the other, in order, from the main
 * context in which the pair was made. For tests of everything above the transport. */

#define FR_TYPE_MEMORY_CHANNEL (fr_memory_channel_get_type ())
G_DECLARE_FINAL_TYPE (FrMemoryChannel, fr_memory_channel, FR, MEMORY_CHANNEL, FrChannel)

void fr_memory_channel_new_pair (const char *label, FrChannel **out_a, FrChannel **out_b);
void fr_memory_channel_set_held (FrMemoryChannel *self, gboolean held);

G_END_DECLS
