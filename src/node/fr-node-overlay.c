/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"

#include "fr-local-address.h"

/* A node and the network that it is part of: who its neighbours are, its doorbell, and changes around it. */

static char *
find_host (FrNode *self)
{
  char *host = self->parts->loopback_only ? NULL : fr_local_address_find ();

  return host != NULL ? host : g_strdup (FR_LOOPBACK_HOST);
}

/* For the monitor, and for tests: this computer is reached by that address from now on. */
void
fr_node_move (FrNode *self, const char *host)
{
  FrNodeParts *parts = self->parts;

  if (g_strcmp0 (host, self->host) == 0)
    return;
  g_free (self->host);
  self->host = g_strdup (host);
  parts->webrtc.loopback_only = parts->loopback_only || g_str_equal (host, FR_LOOPBACK_HOST);
  fr_network_set_loopback_only (self->network, parts->webrtc.loopback_only);
  if (parts->doorbell)
    fr_network_ring (self->network, self->host);
  fr_network_wake (self->network);
}

/* The monitor tells of much that changes nothing for us. */
static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, gpointer data)
{
  g_autofree char *host = find_host (data);

  fr_node_move (data, host);
}

static void
content_cb (FrGallery *gallery, const char *folded, gpointer data)
{
  fr_network_add_content (((FrNode *) data)->network, folded);
}

/* For opening: before the server. */
void
fr_node_start_overlay (FrNode *self)
{
  self->host = find_host (self);
  g_signal_connect_object (self->gallery, "content", G_CALLBACK (content_cb), self, 0);
  if (self->parts->admission != NULL || self->parts->asks)
    fr_node_set_admission_rule (self, fr_node_get_admission_rule (self));
  if (self->parts->open != NULL)
    fr_node_set_open (self, fr_node_get_open (self));
  if (self->parts->doorbell)
    fr_network_ring (self->network, self->host);
  if (!self->parts->loopback_only)
    g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb),
                             self, 0);
}

/**
 * fr_node_set_admission_rule:
 * @self: a node
 * @rule: who may come in; where links are made by themselves, anyone may
 *
 * Chooses what becomes of strangers who want to connect, now and at every start.
 */
void
fr_node_set_admission_rule (FrNode *self, FrAdmissionRule rule)
{
  g_free (self->parts->admission);
  self->parts->admission = g_strdup (fr_admission_rule_to_string (rule));
  fr_node_put_setting (self, FR_SETTING_ADMISSION, self->parts->admission);
  fr_network_set_admission_rule (self->network, rule);
}

/**
 * fr_node_get_admission_rule:
 * @self: a node
 *
 * Returns: who may come in
 */
FrAdmissionRule
fr_node_get_admission_rule (FrNode *self)
{
  FrAdmissionRule rule = self->parts->asks ? FR_ADMIT_ASK : FR_ADMIT_ANYONE;

  fr_admission_rule_from_string (self->parts->admission, &rule);
  return rule;
}

/**
 * fr_node_set_open:
 * @self: a node
 * @open: whether links are made to strangers by themselves; else only to people who were added
 *
 * Chooses who our neighbours are, now and at every start.
 */
void
fr_node_set_open (FrNode *self, gboolean open)
{
  g_free (self->parts->open);
  self->parts->open = g_strdup (open ? FR_OPEN : FR_NOT_OPEN);
  fr_node_put_setting (self, FR_SETTING_OPEN, self->parts->open);
  fr_network_set_open (self->network, open);
}

gboolean
fr_node_get_open (FrNode *self)
{
  return g_strcmp0 (self->parts->open, FR_OPEN) == 0;
}
