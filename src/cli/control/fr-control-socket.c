/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-socket.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int
open_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  int code = errno;

  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", folder, g_strerror (code));
  return fd;
}

/* A socket's address holds 108 bytes of path; through the folder's descriptor every path is short. */
static GSocketAddress *
make_address (int folder_fd)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d/" FR_CONTROL_SOCKET_NAME, folder_fd);

  return g_unix_socket_address_new (path);
}

static GSocket *
make_socket (GError **error)
{
  return g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
}

/**
 * fr_control_socket_listen:
 * @folder: a data folder that the caller has locked: a socket in it is left over from one that was killed
 * @error: (out): %G_IO_ERROR
 *
 * Listens on the folder's control socket.
 *
 * Returns: (transfer full): the socket, or %NULL
 */
GSocket *
fr_control_socket_listen (const char *folder, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  int folder_fd = open_folder (folder, error);
  gboolean listening = FALSE;

  if (folder_fd < 0)
    return NULL;
  socket = make_socket (error);
  if (socket != NULL)
    {
      address = make_address (folder_fd);
      unlinkat (folder_fd, FR_CONTROL_SOCKET_NAME, 0);
      fchmod (g_socket_get_fd (socket), 0600); /* Linux gives a bound socket this mode: it is never open to others */
      listening = g_socket_bind (socket, address, FALSE, error) && g_socket_listen (socket, error);
    }
  close (folder_fd);
  return listening ? g_steal_pointer (&socket) : NULL;
}

/**
 * fr_control_socket_unlink:
 * @folder: a data folder that the caller has locked
 *
 * Removes the control socket.
 */
void
fr_control_socket_unlink (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FR_CONTROL_SOCKET_NAME, NULL);

  g_unlink (path);
}

/**
 * fr_control_socket_connect:
 * @folder: a data folder
 * @error: (out): %G_IO_ERROR_NOT_FOUND or %G_IO_ERROR_CONNECTION_REFUSED if no peer runs there
 *
 * Connects to the peer that runs on @folder. Does not wait for it.
 *
 * Returns: (transfer full): the connection, or %NULL
 */
GIOStream *
fr_control_socket_connect (const char *folder, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  int folder_fd = open_folder (folder, error);
  gboolean connected = FALSE;

  if (folder_fd < 0)
    return NULL;
  socket = make_socket (error);
  if (socket != NULL)
    {
      address = make_address (folder_fd);
      connected = g_socket_connect (socket, address, NULL, error);
    }
  close (folder_fd);
  return connected ? G_IO_STREAM (g_socket_connection_factory_create_connection (socket)) : NULL;
}
