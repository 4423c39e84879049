/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-report.h"

/**
 * fr_network_report_new:
 * @type: what has happened, now
 *
 * Returns: (transfer full): a report with nothing else in it
 */
FrNetworkReport *
fr_network_report_new (FrNetworkReportType type)
{
  FrNetworkReport *self = g_new0 (FrNetworkReport, 1);

  self->type = type;
  self->at_us = g_get_monotonic_time ();
  return self;
}

/**
 * fr_network_report_free:
 * @self: (nullable) (transfer full): a report
 *
 * Frees a report and what it owns.
 */
void
fr_network_report_free (FrNetworkReport *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->server);
  g_free (self->address);
  g_free (self->route);
  g_clear_error (&self->error);
  g_clear_pointer (&self->hits, fr_hits_free);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->staged, fr_staged_unref);
  g_clear_pointer (&self->acquaintances, fr_acquaintances_free);
  g_clear_pointer (&self->pulse, fr_network_pulse_free);
  g_free (self);
}
