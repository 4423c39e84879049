/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"

#include "fr-invitation.h"
#include "fr-local-address.h"
#include "fr-peer-name.h"
#include "fr-server-address.h"
#include "fr-server-problem.h"

/* A node and its rendezvous server: somebody else's, or one in this process. */

static FrNodeState
state_of (FrRendezvousState state)
{
  switch (state)
    {
    case FR_RENDEZVOUS_CONNECTING:
      return FR_NODE_CONNECTING;
    case FR_RENDEZVOUS_ONLINE:
      return FR_NODE_ONLINE;
    case FR_RENDEZVOUS_WAITING:
      return FR_NODE_WAITING;
    case FR_RENDEZVOUS_FAILED:
      return FR_NODE_FAILED;
    case FR_RENDEZVOUS_OFFLINE:
    default:
      return FR_NODE_OFFLINE;
    }
}

/* For FrNode: a report of type SERVER. */
void
fr_node_take_server (FrNode *self, const FrNetworkReport *report)
{
  FrNodeParts *parts = self->parts;

  self->state = state_of (report->server_state);
  self->retry_at_us = report->retry_at_us;
  g_clear_error (&self->error);
  g_free (self->taken);
  self->taken = self->state == FR_NODE_ONLINE ? g_strdup (report->name) : NULL;
  if (report->error != NULL && self->state != FR_NODE_ONLINE)
    self->error = fr_server_problem_new (report->error, report->server);
  if (self->state == FR_NODE_ONLINE)
    {
      g_autofree char *setting = fr_node_address_setting (report->server);
      /* somebody else has it now: it is asked for again at the next start, as that is where people look for us */
      gboolean keeps_old = self->taken != NULL && parts->address != NULL;

      g_free (parts->server);
      parts->server = g_strdup (report->server);
      g_free (parts->address);
      parts->address = g_strdup (report->address);
      fr_node_put_setting (self, FR_SETTING_SERVER, parts->server);
      if (!keeps_old)
        fr_node_put_setting (self, setting, parts->address);
    }
  fr_people_set_server (self->people, parts->server, parts->address, self->state == FR_NODE_ONLINE);
  if (self->state == FR_NODE_WAITING)
    fr_people_do_without_server (self->people);
  g_object_freeze_notify (G_OBJECT (self));
  fr_node_notify (self, FR_NODE_PROP_STATE);
  fr_node_notify (self, FR_NODE_PROP_ERROR_MESSAGE);
  fr_node_notify (self, FR_NODE_PROP_SERVER);
  fr_node_notify (self, FR_NODE_PROP_ADDRESS);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * fr_node_get_taken_address:
 * @self: a node
 *
 * Returns: (nullable): the address that we would have had at this server, if somebody else did not have it; we have
 *   another one that looks like it
 */
const char *
fr_node_get_taken_address (FrNode *self)
{
  return self->taken;
}

static gboolean
go_to_server (FrNode *self, const char *server, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (FrServerAddress) parsed = fr_server_address_parse (server, &problem);
  g_autofree char *canonical = NULL;

  if (parsed == NULL)
    {
      g_propagate_error (error, fr_server_problem_new (problem, server));
      return FALSE;
    }
  canonical = fr_server_address_to_string (parsed);
  if (g_strcmp0 (canonical, self->parts->server) != 0)
    {
      g_clear_pointer (&self->parts->address, g_free);
      g_free (self->parts->server);
      self->parts->server = g_steal_pointer (&canonical);
      fr_node_put_setting (self, FR_SETTING_SERVER, self->parts->server);
      fr_node_notify (self, FR_NODE_PROP_SERVER);
    }
  fr_node_retry_server (self);
  return TRUE;
}

/* For FrNode: a report of type SERVING. */
void
fr_node_take_serving (FrNode *self, FrNetworkReport *report)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->serve_tasks);

  if (report->error == NULL)
    {
      g_free (self->serving);
      self->serving = g_strdup (report->server);
      fr_node_notify (self, FR_NODE_PROP_SERVING);
      go_to_server (self, report->server, NULL);
    }
  else
    fr_node_retry_server (self); /* says what is wrong with the one we had */
  if (task == NULL)
    return;
  if (report->error != NULL)
    g_task_return_error (task, g_steal_pointer (&report->error));
  else
    g_task_return_pointer (task, g_strdup (report->server), g_free);
}

static void
keep_serving (FrNode *self, const char *serving)
{
  if (g_strcmp0 (self->parts->serving, serving) == 0)
    return;
  g_free (self->parts->serving);
  self->parts->serving = g_strdup (serving);
  fr_node_put_setting (self, FR_SETTING_SERVING, serving);
}

/* For opening: the server that ran here last time, or the one that was chosen. */
void
fr_node_start_server (FrNode *self)
{
  const char *serving = self->parts->serving;

  if (serving != NULL)
    fr_node_serve_async (self, g_str_equal (serving, FR_SERVING_LOCAL_NETWORK), 0, NULL, NULL, NULL);
  else
    fr_node_retry_server (self);
}

/* One that only this computer hears is nothing to tell others. */
static const char *
get_doorbell (FrNode *self)
{
  gboolean is_inside = self->doorbell != NULL && g_str_has_prefix (self->doorbell, "ws://" FR_LOOPBACK_HOST ":");

  return is_inside && !self->parts->loopback_only ? NULL : self->doorbell;
}

/**
 * fr_node_get_invitation:
 * @self: a node
 *
 * Returns: (transfer full) (nullable): a `freshet:` link by which others can add us; %NULL before we have been
 *   registered
 */
char *
fr_node_get_invitation (FrNode *self)
{
  FrInvitation invitation = { .name = self->parts->name,
                              .key = *fr_node_get_key (self),
                              .server = self->parts->server,
                              .address = self->parts->address,
                              .stun = (char *) fr_node_get_stun (self),
                              .turn = (char *) fr_node_get_turn (self),
                              .doorbell = (char *) get_doorbell (self) };

  if (invitation.name == NULL || invitation.server == NULL || invitation.address == NULL)
    return NULL;
  return fr_invitation_to_uri (&invitation);
}

/**
 * fr_node_connect_server:
 * @self: a node
 * @server: `host`, `host:port`, `ws://host:port/path` or `wss://host/path?key=k`
 * @error: return location for %FR_RENDEZVOUS_ERROR_BAD_ADDRESS
 *
 * Registers at a server, as soon as there is a name, and does so again at every start.
 *
 * Returns: %FALSE if @server is no address
 */
gboolean
fr_node_connect_server (FrNode *self, const char *server, GError **error)
{
  if (!go_to_server (self, server, error))
    return FALSE;
  keep_serving (self, NULL);
  return TRUE;
}

/**
 * fr_node_disconnect_server:
 * @self: a node
 *
 * Leaves the server; people who are connected stay so.
 */
void
fr_node_disconnect_server (FrNode *self)
{
  fr_network_disconnect (self->network);
}

/**
 * fr_node_retry_server:
 * @self: a node
 *
 * Registers at the server now, if name and server are known.
 */
void
fr_node_retry_server (FrNode *self)
{
  FrNodeParts *parts = self->parts;
  g_autofree char *address = NULL;

  if (parts->name == NULL || parts->server == NULL)
    return;
  address = parts->address != NULL ? g_strdup (parts->address) : fr_peer_address_from_name (parts->name);
  fr_network_connect (self->network, parts->server, address);
}

/**
 * fr_node_serve_async:
 * @self: a node
 * @local_network: whether other computers shall reach it
 * @port: 0: the usual one if it is free, else any
 * @cancellable: (nullable): not used
 * @callback: (scope async): called when the server runs
 * @data: for @callback
 *
 * Starts a rendezvous server in this process and connects to it. It is started again whenever the node is opened, until
 * another server is chosen.
 */
void
fr_node_serve_async (FrNode *self, gboolean local_network, guint port, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autofree char *host = local_network && !self->parts->webrtc.loopback_only ? fr_local_address_find () : NULL;

  g_task_set_source_tag (task, fr_node_serve_async);
  g_queue_push_tail (&self->serve_tasks, g_object_ref (task));
  keep_serving (self, local_network ? FR_SERVING_LOCAL_NETWORK : FR_SERVING_THIS_COMPUTER);
  fr_network_serve (self->network, host != NULL ? host : FR_LOOPBACK_HOST, port);
}

/**
 * fr_node_serve_finish:
 * @self: a node
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the server's address
 */
char *
fr_node_serve_finish (FrNode *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
fr_node_get_serving (FrNode *self)
{
  return self->serving;
}

