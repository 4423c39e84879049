/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-config.h"

#include "fr-overlay-private.h"
#include "fr-passive-view.h"

/**
 * fr_overlay_config_init_default:
 * @config: (out caller-allocates): the numbers of protocol version 1
 *
 * Sets every number to what the protocol names.
 */
void
fr_overlay_config_init_default (FrOverlayConfig *config)
{
  *config = (FrOverlayConfig) {
    .relay_rate = FR_NEIGHBOUR_RELAY_RATE,
    .relay_burst = FR_NEIGHBOUR_RELAY_BURST,
    .origin_rate = FR_NEIGHBOUR_ORIGIN_RATE,
    .origin_burst = FR_NEIGHBOUR_ORIGIN_BURST,
    .hits_rate = FR_NEIGHBOUR_HITS_RATE,
    .hits_burst = FR_NEIGHBOUR_HITS_BURST,
    .ping_rate = FR_NEIGHBOUR_PING_RATE,
    .ping_burst = FR_NEIGHBOUR_PING_BURST,
    .max_faults = FR_NEIGHBOUR_MAX_FAULTS,
    .default_ttl = FR_OVERLAY_DEFAULT_TTL,
    .ledger_capacity = FR_QUERY_LEDGER_CAPACITY,
    .own_capacity = FR_QUERY_LEDGER_OWN_CAPACITY,
    .ledger_age_us = FR_QUERY_LEDGER_AGE_US,
    .max_checks = FR_OVERLAY_MAX_CHECKS,
    .hits_per_query = FR_OVERLAY_HITS_PER_QUERY,
    .trail_capacity = FR_HIT_TRAILS_CAPACITY,
    .ping_interval_us = FR_NEIGHBOUR_PING_INTERVAL_US,
    .ping_misses = FR_NEIGHBOUR_PING_MISSES,
    .asks = TRUE,
    .digests = TRUE,
    .reports = TRUE,
    .ttl_steps = { 2, 4, 7, 0 },
    .small_network = FR_OVERLAY_SMALL_NETWORK,
    .widen_after_us = FR_OVERLAY_WIDEN_AFTER_US,
    .enough_items = FR_OVERLAY_ENOUGH_ITEMS,
    .active_least = FR_MEMBERSHIP_ACTIVE_LEAST,
    .active_target = FR_MEMBERSHIP_ACTIVE_TARGET,
    .active_most = FR_MEMBERSHIP_ACTIVE_MOST,
    .passive_most = FR_PASSIVE_VIEW_MOST,
    .shuffle_interval_us = FR_MEMBERSHIP_SHUFFLE_INTERVAL_US,
    .max_ttl = FR_QUERY_MAX_TTL,
  };
}
