/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-servers.h"

static TestServer *shared[2];

static gboolean
start_own (TestServer *self, guint port)
{
  FrPeerServerConfig config = { .interface = "127.0.0.1", .port = port };
  g_autoptr (GError) error = NULL;

  self->own = fr_peer_server_new (&config);
  fr_peer_server_start (self->own, &error);
  g_assert_no_error (error);
  self->port = fr_peer_server_get_port (self->own);
  return TRUE;
}

static gboolean
start_reference (TestServer *self, guint port)
{
  const char *package = g_getenv ("FRESHET_REFERENCE_PEERSERVER");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "signalling", "reference-server.js", NULL);
  g_autofree char *options = g_strdup_printf ("{\"port\":%u}", port);
  g_autofree char *node = g_find_program_in_path ("node");
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  if (node == NULL || package == NULL || !g_file_test (package, G_FILE_TEST_IS_DIR))
    {
      g_test_skip (node == NULL ? "node is not installed" : "the npm package peer 1.0.2 is not in the build folder");
      return FALSE;
    }
  self->node = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, node, script,
                                 package, options, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->node));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  self->port = (guint) g_ascii_strtoull (line, NULL, 10);
  return TRUE;
}

TestServer *
test_server_start (TestServerKind kind, guint port)
{
  g_autoptr (TestServer) self = g_new0 (TestServer, 1);

  self->kind = kind;
  if (kind == TEST_SERVER_OWN ? !start_own (self, port) : !start_reference (self, port))
    return NULL;
  g_assert_cmpuint (self->port, !=, 0);
  return g_steal_pointer (&self);
}

void
test_server_stop (TestServer *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->own);
  if (self->node != NULL)
    {
      g_subprocess_force_exit (self->node);
      g_subprocess_wait (self->node, NULL, NULL);
      g_clear_object (&self->node);
    }
  g_free (self);
}

FrServerAddress *
test_server_make_address (TestServer *self)
{
  g_autofree char *text = g_strdup_printf ("127.0.0.1:%u", self->port);
  g_autoptr (GError) error = NULL;
  FrServerAddress *address = fr_server_address_parse (text, &error);

  g_assert_no_error (error);
  return address;
}

TestServer *
test_server_get_shared (TestServerKind kind)
{
  if (shared[kind] == NULL)
    shared[kind] = test_server_start (kind, 0);
  return shared[kind];
}

void
test_server_stop_shared (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    g_clear_pointer (&shared[i], test_server_stop);
}

GTlsCertificate *
test_server_make_certificate (const char *folder, char **out_path)
{
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *path = g_build_filename (folder, "certificate.pem", NULL);
  const char *argv[] = { "openssl", "req",  "-x509", "-newkey", "ec",    "-pkeyopt", "ec_paramgen_curve:prime256v1",
                         "-nodes",  "-days", "2",    "-subj",   "/CN=Test", "-addext", "subjectAltName=IP:127.0.0.1",
                         "-keyout", key,    "-out",  path,      NULL };
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  certificate = g_tls_certificate_new_from_files (path, key, &error);
  g_assert_no_error (error);
  *out_path = g_steal_pointer (&path);
  return certificate;
}
