/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "fr-test-network.h"
#include "fr-test-support.h"
#include "tests.h"

/* What a peer may take to be back: it tries a server again after at most a second at first, a little more each time. */
#define N_PEERS 3
#define BACK_SECONDS 15

static const char *const names[N_PEERS] = { "Anna", "Bob", "Cara" };

typedef struct
{
  FrTestProgram *program;
  const char *text;
  gsize from;
} Wanted;

static gboolean
is_written (gpointer data)
{
  Wanted *wanted = data;

  return strstr (wanted->program->out->str + wanted->from, wanted->text) != NULL;
}

static void
kill_server (FrTestNetwork *network)
{
  fr_test_program_signal (network->serve, SIGKILL);
  g_assert_cmpint (fr_test_program_wait (network->serve), ==, -SIGKILL);
  g_clear_pointer (&network->serve, fr_test_program_free);
}

static double
seconds_since (gint64 from_us)
{
  return (double) (g_get_monotonic_time () - from_us) / G_USEC_PER_SEC;
}

/* The server dies without a word and comes back at the same port: everybody is with it again, the links were there all
 * along, and whoever comes next is let in by anybody. */
static void
test_server_killed (void)
{
  FrTestNetwork network;
  FrTestProgram *peers[N_PEERS];
  FrTestProgram *zoe;
  Wanted wanted[N_PEERS];
  gint64 back_us;
  double all_back;

  fr_test_network_init (&network);
  for (guint i = 0; i < N_PEERS; i++)
    {
      peers[i] = fr_test_network_peer (&network, names[i], i > 0 ? "--connect" : NULL, "anna", NULL);
      fr_test_program_wait_for (peers[i], i > 0 ? "\"state\":\"here\"" : "\"state\":\"online\"");
    }
  kill_server (&network);
  for (guint i = 0; i < N_PEERS; i++)
    {
      fr_test_program_wait_for (peers[i], "\"state\":\"waiting\"");
      wanted[i] = (Wanted) { peers[i], "\"state\":\"online\"", peers[i]->out->len };
    }

  fr_test_network_start_server (&network);
  back_us = g_get_monotonic_time ();
  for (guint i = 0; i < N_PEERS; i++)
    fr_test_wait_until (is_written, &wanted[i], BACK_SECONDS);
  all_back = seconds_since (back_us);
  zoe = fr_test_network_peer (&network, "Zoe", "--connect", "cara", NULL);
  fr_test_program_wait_for (zoe, "\"state\":\"here\"");
  g_test_message ("the server has everybody again after %.2f s, and somebody new after %.2f s", all_back,
                  seconds_since (back_us));
  for (guint i = 0; i < N_PEERS; i++)
    g_assert_null (strstr (peers[i]->out->str, "\"event\":\"person-gone\""));

  fr_test_program_free (zoe);
  for (guint i = 0; i < N_PEERS; i++)
    fr_test_program_free (peers[i]);
  fr_test_network_clear (&network);
}

void
test_recovery_add (void)
{
  g_test_add_func ("/cli/recovery/server-killed", test_server_killed);
}
