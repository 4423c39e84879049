/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay.h"

/* One engine, to which anything happens in any order: frames of all kinds on any link, sensible, senseless and damaged;
 * links that come and go; what the application may ask; time that jumps. Whatever it is, tables stay within their
 * bounds, one frame never causes many more, and after a tick nothing is due. What happens is chosen by the caller. */
typedef struct _Chaos Chaos;

/* From 0 to bound - 1. */
typedef guint (*ChaosChoose) (gpointer source, guint bound);

void chaos_config_init_usual (FrOverlayConfig *config);
void chaos_config_init_tight (FrOverlayConfig *config);

Chaos *chaos_new (const FrOverlayConfig *config, guint32 seed, ChaosChoose choose, gpointer source);
void chaos_free (Chaos *c);
void chaos_step (Chaos *c);
void chaos_receive (Chaos *c, const guint8 *data, gsize size);
void chaos_end (Chaos *c);
guint64 chaos_get_n_actions (const Chaos *c);
