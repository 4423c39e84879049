/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <unistd.h>

#include "tests.h"

/* The tests of this program have a network of their own, with nothing in it but a loopback interface that carries
 * 1 Mbit/s. */

#define INSIDE "FRESHET_TEST_SLOW"

/* Smaller packets than the loopback interface would take, as on a real uplink. */
static const char set_up[] = "PATH=$PATH:/usr/sbin:/sbin; ip link set lo mtu 1500 up"
                             " && tc qdisc add dev lo root tbf rate 1mbit burst 32k latency 400ms"
                             " && exec \"$@\"";

static gboolean
can_go_inside (void)
{
  const char *const line[] = { "unshare", "-rn", "sh", "-c", set_up, "sh", "true", NULL };
  int status = 0;

  return g_spawn_sync (NULL, (char **) line, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                       NULL, &status, NULL)
         && g_spawn_check_wait_status (status, NULL);
}

static void
go_inside (char **arguments)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  const char *const first[] = { "unshare", "-rn", "sh", "-c", set_up, "sh" };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (line, (gpointer) first[i]);
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (line, *arguments);
  g_ptr_array_add (line, NULL);
  g_setenv (INSIDE, "1", TRUE);
  execvp (first[0], (char **) line->pdata);
  g_error ("cannot run %s", first[0]);
}

static void
skip (void)
{
  g_test_skip ("there are no network namespaces, or no unshare, ip or tc");
}

int
main (int argc, char **argv)
{
  gboolean inside = g_getenv (INSIDE) != NULL;

  if (!inside && can_go_inside ())
    go_inside (argv);
  g_test_init (&argc, &argv, NULL);
  if (inside)
    test_slow_uplink_add ();
  else
    g_test_add_func ("/cli/slow-uplink", skip);
  return g_test_run ();
}
