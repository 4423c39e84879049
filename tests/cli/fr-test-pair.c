/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-pair.h"

#include <sys/socket.h>

static GIOStream *
make_stream (int fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, &error);

  g_assert_no_error (error);
  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

void
fr_test_pair_init (FrTestPair *self)
{
  int fds[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds));
  self->near = make_stream (fds[0]);
  self->far = make_stream (fds[1]);
}

void
fr_test_pair_clear (FrTestPair *self)
{
  g_clear_object (&self->near);
  g_clear_object (&self->far);
}
