/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-network.h"

#include <signal.h>
#include <string.h>

#include "fr-test-support.h"

void
fr_test_network_start_server (FrTestNetwork *self)
{
  const char *const arguments[] = { "serve", "--json", "--port", self->port, NULL };
  const char *at;

  self->serve = fr_test_program_start (arguments);
  fr_test_program_wait_for (self->serve, "}\n");
  at = strstr (self->serve->out->str, "\"port\":");
  g_assert_nonnull (at);
  g_free (self->port);
  self->port = g_strdup_printf ("%d", atoi (at + strlen ("\"port\":")));
}

void
fr_test_network_stop_server (FrTestNetwork *self)
{
  fr_test_program_signal (self->serve, SIGTERM);
  g_assert_cmpint (fr_test_program_wait (self->serve), ==, 0);
  g_clear_pointer (&self->serve, fr_test_program_free);
}

void
fr_test_network_init (FrTestNetwork *self)
{
  *self = (FrTestNetwork) { .folder = fr_test_folder_new (), .port = g_strdup ("0") };
  fr_test_network_start_server (self);
  self->server = g_strdup_printf ("127.0.0.1:%s", self->port);
}

void
fr_test_network_clear (FrTestNetwork *self)
{
  g_clear_pointer (&self->serve, fr_test_program_free);
  fr_test_folder_free (self->folder);
  g_free (self->port);
  g_free (self->server);
}

char *
fr_test_network_path (FrTestNetwork *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
add_rest (GPtrArray *arguments, va_list rest)
{
  const char *argument;

  while ((argument = va_arg (rest, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer) argument);
  g_ptr_array_add (arguments, NULL);
}

static void
add (GPtrArray *arguments, const char *const *more)
{
  for (; *more != NULL; more++)
    g_ptr_array_add (arguments, (gpointer) *more);
}

FrTestProgram *
fr_test_network_peer (FrTestNetwork *self, const char *name, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *data = fr_test_network_path (self, name);
  const char *const first[]
      = { "peer", "--json", "--loopback", "--data", data, "--name", name, "--server", self->server, NULL };
  FrTestProgram *program;
  va_list rest;

  add (arguments, first);
  va_start (rest, name);
  add_rest (arguments, rest);
  va_end (rest);
  program = fr_test_program_start ((const char *const *) arguments->pdata);
  fr_test_program_wait_for (program, "\"event\":\"ready\"");
  return program;
}

int
fr_test_network_run (FrTestNetwork *self, char **out_text, char **err_text, const char *command, const char *name, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *data = fr_test_network_path (self, name);
  const char *const first[] = { command, "--loopback", "--data", data, NULL };
  va_list rest;

  add (arguments, first);
  va_start (rest, name);
  add_rest (arguments, rest);
  va_end (rest);
  return fr_test_program_run ((const char *const *) arguments->pdata, out_text, err_text);
}
