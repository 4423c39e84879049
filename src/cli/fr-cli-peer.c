/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-peer.h"

#include "fr-cli-output.h"
#include "fr-control-classify.h"
#include "fr-control-server.h"
#include "fr-node.h"
#include "fr-store-error.h"

#include <gio/gunixconnection.h>
#include <gio/gunixsocketaddress.h>
#include <sys/socket.h>

/* A peer that is starting has its folder locked for a moment before it can be asked. */
#define LOCKED_PATIENCE_US (3 * G_USEC_PER_SEC)
#define LOCKED_RETRY_MS 100
/* fr_node_close_async() takes about a second; whatever hangs, the program ends. */
#define CLOSE_PATIENCE_US (5 * G_USEC_PER_SEC)

struct _FrCliPeer
{
  /* owned */
  FrControlClient *client;
  GCancellable *cancellable;
  FrNode *node;            /* nullable: it runs in another process */
  FrControlServer *server; /* nullable, as the node */
};

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **out_result = data;

  *out_result = g_object_ref (result);
}

static FrNode *
open_node (const FrCliOptions *options, GCancellable *cancellable, GError **error)
{
  const FrNodeOptions node_options = { .folder = options->data,
                                       .name = options->name,
                                       .server = options->server,
                                       .stun = options->stun,
                                       .turn = (const char *const *) options->turn,
                                       .admission = options->incoming,
                                       .open = options->open,
                                       .added_only = options->added_only,
                                       .doorbell = options->doorbell,
                                       .loopback_only = options->loopback };
  g_autoptr (GAsyncResult) result = NULL;

  fr_node_open_async (&node_options, cancellable, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fr_node_open_finish (result, error);
}

static guint
choose_limit (const char *said, guint kept)
{
  guint64 kib = kept;

  if (said != NULL)
    g_ascii_string_to_unsigned (said, 10, 0, G_MAXUINT, &kib, NULL);
  return (guint) kib;
}

static void
set_limits (FrNode *node, const FrCliOptions *options)
{
  if (options->limit_down != NULL || options->limit_up != NULL)
    fr_node_set_limits (node, choose_limit (options->limit_down, fr_node_get_limit_down (node)),
                        choose_limit (options->limit_up, fr_node_get_limit_up (node)));
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
close_node (FrNode *node)
{
  GAsyncResult **result = g_new0 (GAsyncResult *, 1);
  gint64 deadline_us = g_get_monotonic_time () + CLOSE_PATIENCE_US;
  guint wake = g_timeout_add (100, wake_cb, NULL);

  fr_node_close_async (node, result_cb, result);
  while (*result == NULL && g_get_monotonic_time () < deadline_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  if (*result == NULL)
    return; /* the answer may still come, and needs its place */
  g_object_unref (*result);
  g_free (result);
}

static GIOStream *
make_stream (int fd, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, error);

  return socket != NULL ? G_IO_STREAM (g_socket_connection_factory_create_connection (socket)) : NULL;
}

static gboolean
connect_here (FrCliPeer *self, GError **error)
{
  g_autoptr (GIOStream) near = NULL;
  g_autoptr (GIOStream) far = NULL;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED, "Too many files are open.");
      return FALSE;
    }
  near = make_stream (fds[0], error);
  far = make_stream (fds[1], near != NULL ? error : NULL);
  if (near == NULL || far == NULL)
    return FALSE;
  self->client = fr_control_client_new (near);
  return fr_control_server_add_stream (self->server, far);
}

/* Said once: the list is whole again when the folder is opened the next time. */
static void
tell_rescue (FrNode *node)
{
  guint n_unnamed;

  if (!fr_node_was_rescued (node, &n_unnamed))
    return;
  fr_cli_complain ("The list of pictures was damaged and has been made anew.");
  if (n_unnamed > 0)
    fr_cli_complain ("%u of them lost their titles and are to be named again (gallery describe); only you can see them "
                     "until you share them again (gallery share).",
                     n_unnamed);
}

/* Errors as the node gives them. */
static FrCliPeer *
start (const FrCliOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (FrCliPeer) self = g_new0 (FrCliPeer, 1);

  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->node = open_node (options, cancellable, error);
  if (self->node == NULL)
    return NULL;
  tell_rescue (self->node);
  set_limits (self->node, options);
  self->server = fr_control_server_new (self->node);
  if (!fr_control_server_listen (self->server, error) || !connect_here (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static FrCliPeer *
connect_there (const FrCliOptions *options, GCancellable *cancellable)
{
  FrControlClient *client = fr_control_client_connect (options->data, NULL);
  FrCliPeer *self;

  if (client == NULL)
    return NULL;
  self = g_new0 (FrCliPeer, 1);
  self->client = client;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return self;
}

/**
 * fr_cli_peer_start:
 * @options: where its data are, and how it connects
 * @cancellable: (nullable): stops this, and what is asked later
 * @error: (out): %FR_CONTROL_ERROR; %FR_CONTROL_ERROR_FOLDER if a peer runs on the folder already
 *
 * Starts a peer in this process, which others can ask too.
 *
 * Returns: (transfer full): the peer, or %NULL
 */
FrCliPeer *
fr_cli_peer_start (const FrCliOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  FrCliPeer *self = start (options, cancellable, &failure);

  if (self == NULL)
    g_propagate_error (error, fr_control_classify (failure));
  return self;
}

/**
 * fr_cli_peer_open:
 * @options: where its data are; and how it connects, if it is to be started
 * @cancellable: (nullable): stops this, and what is asked later
 * @error: (out): %FR_CONTROL_ERROR
 *
 * Connects to the peer that runs on the data folder, or starts one.
 *
 * Returns: (transfer full): the peer, or %NULL
 */
FrCliPeer *
fr_cli_peer_open (const FrCliOptions *options, GCancellable *cancellable, GError **error)
{
  gint64 deadline_us = g_get_monotonic_time () + LOCKED_PATIENCE_US;
  FrCliPeer *self;

  while ((self = connect_there (options, cancellable)) == NULL)
    {
      g_autoptr (GError) failure = NULL;

      self = start (options, cancellable, &failure);
      if (self != NULL)
        return self;
      if (!g_error_matches (failure, FR_STORE_ERROR, FR_STORE_ERROR_LOCKED) || g_get_monotonic_time () >= deadline_us)
        {
          g_propagate_error (error, fr_control_classify (failure));
          return NULL;
        }
      g_usleep (LOCKED_RETRY_MS * 1000);
    }
  return self;
}

/**
 * fr_cli_peer_close:
 * @self: (nullable): a peer
 *
 * Lets go of a peer. One of our own says goodbye to everybody first.
 */
void
fr_cli_peer_close (FrCliPeer *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->client);
  if (self->server != NULL)
    fr_control_server_close (self->server);
  g_clear_object (&self->server);
  if (self->node != NULL)
    close_node (self->node);
  g_clear_object (&self->node);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/**
 * fr_cli_peer_get_client:
 * @self: a peer
 *
 * Returns: (transfer none): the connection to it
 */
FrControlClient *
fr_cli_peer_get_client (FrCliPeer *self)
{
  return self->client;
}

/**
 * fr_cli_peer_ask:
 * @self: a peer
 * @request: (transfer full): what is wanted
 * @func: (nullable): what to call with the answers
 * @data: for @func
 * @error: (out): %FR_CONTROL_ERROR
 *
 * Asks for something, and waits for the end of it.
 *
 * Returns: whether it succeeded
 */
gboolean
fr_cli_peer_ask (FrCliPeer *self, JsonObject *request, FrControlAnswerFunc func, gpointer data, GError **error)
{
  return fr_control_client_run (self->client, request, func, data, self->cancellable, error);
}

/**
 * fr_cli_peer_get_ready:
 * @self: a peer
 * @people: whether to wait for the people that were added too
 * @error: (out): %FR_CONTROL_ERROR_NO_SERVER
 *
 * Waits until a peer that was only just started is connected. One that has been running is as ready as it will be.
 *
 * Returns: whether its server has it
 */
gboolean
fr_cli_peer_get_ready (FrCliPeer *self, gboolean people, GError **error)
{
  JsonObject *request;

  if (self->node == NULL)
    return TRUE;
  request = fr_control_request ("ready");
  json_object_set_boolean_member (request, "people", people);
  return fr_cli_peer_ask (self, request, NULL, NULL, error);
}
