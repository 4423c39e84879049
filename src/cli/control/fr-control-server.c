/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-server.h"

#include "fr-control-session.h"
#include "fr-control-socket.h"

#include <unistd.h>

struct _FrControlServer
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  FrControlHits *hits;
  GSocketService *service; /* nullable: not listening */
  GPtrArray *sessions;     /* of FrControlSession */
};

G_DEFINE_FINAL_TYPE (FrControlServer, fr_control_server, G_TYPE_OBJECT)

static void
session_closed_cb (FrControlSession *session, FrControlServer *self)
{
  g_ptr_array_remove_fast (self->sessions, session);
}

/* The folder is closed to others already; this also holds for a folder whose mode somebody has changed. */
static gboolean
is_same_person (GSocketConnection *connection)
{
  g_autoptr (GCredentials) credentials
      = g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);

  return credentials != NULL && g_credentials_get_unix_user (credentials, NULL) == getuid ();
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, FrControlServer *self)
{
  if (!is_same_person (connection) || !fr_control_server_add_stream (self, G_IO_STREAM (connection)))
    g_io_stream_close_async (G_IO_STREAM (connection), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  return TRUE;
}

static void
fr_control_server_dispose (GObject *object)
{
  FrControlServer *self = FR_CONTROL_SERVER (object);

  fr_control_server_close (self);
  g_clear_object (&self->node);
  g_clear_object (&self->hits);
  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  G_OBJECT_CLASS (fr_control_server_parent_class)->dispose (object);
}

static void
fr_control_server_class_init (FrControlServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_control_server_dispose;
}

static void
fr_control_server_init (FrControlServer *self)
{
  self->hits = fr_control_hits_new ();
  self->sessions = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * fr_control_server_new:
 * @node: the node to be asked
 *
 * Returns: (transfer full): a server that does not listen yet
 */
FrControlServer *
fr_control_server_new (FrNode *node)
{
  FrControlServer *self = g_object_new (FR_TYPE_CONTROL_SERVER, NULL);

  self->node = g_object_ref (node);
  return self;
}

/**
 * fr_control_server_listen:
 * @self: a server
 * @error: (out): %G_IO_ERROR
 *
 * Listens on the control socket in the node's data folder, which the node has locked.
 *
 * Returns: whether it listens
 */
gboolean
fr_control_server_listen (FrControlServer *self, GError **error)
{
  g_autoptr (GSocket) socket = NULL;

  g_return_val_if_fail (FR_IS_CONTROL_SERVER (self), FALSE);
  g_return_val_if_fail (self->service == NULL, FALSE);

  socket = fr_control_socket_listen (fr_node_get_folder (self->node), error);
  if (socket == NULL)
    return FALSE;
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  return g_socket_listener_add_socket (G_SOCKET_LISTENER (self->service), socket, NULL, error);
}

/**
 * fr_control_server_add_stream:
 * @self: a server
 * @stream: a stream whose other end may ask anything
 *
 * Answers on @stream too, as if it had come over the socket.
 *
 * Returns: %FALSE if there are %FR_CONTROL_MAX_SESSIONS already
 */
gboolean
fr_control_server_add_stream (FrControlServer *self, GIOStream *stream)
{
  FrControlSession *session;

  g_return_val_if_fail (FR_IS_CONTROL_SERVER (self), FALSE);

  if (self->sessions->len >= FR_CONTROL_MAX_SESSIONS)
    return FALSE;
  session = fr_control_session_new (self->node, self->hits, stream);
  g_signal_connect (session, "closed", G_CALLBACK (session_closed_cb), self);
  g_ptr_array_add (self->sessions, session);
  return TRUE;
}

/**
 * fr_control_server_get_n_sessions:
 * @self: a server
 *
 * Returns: how many are connected
 */
guint
fr_control_server_get_n_sessions (FrControlServer *self)
{
  g_return_val_if_fail (FR_IS_CONTROL_SERVER (self), 0);

  return self->sessions->len;
}

/**
 * fr_control_server_close:
 * @self: a server
 *
 * Stops to listen, and all that was asked for. To be called before the node is closed and lets go of its folder.
 */
void
fr_control_server_close (FrControlServer *self)
{
  g_return_if_fail (FR_IS_CONTROL_SERVER (self));

  if (self->service != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->service, self);
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
      g_clear_object (&self->service);
      fr_control_socket_unlink (fr_node_get_folder (self->node));
    }
  for (guint i = self->sessions->len; i-- > 0;)
    {
      g_signal_handlers_disconnect_by_data (self->sessions->pdata[i], self);
      fr_control_session_close (self->sessions->pdata[i]);
      g_ptr_array_remove_index (self->sessions, i);
    }
}
