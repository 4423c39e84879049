/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

/* Two threads of a pool that count without a lock: ThreadSanitizer must say so, through the same functions of GLib by
 * which this program is ordered otherwise (tsan-edges.c). */

#define RACE "--race"
#define N_PUSHES 2000

static char *program;
static int counter;

static void
count_cb (gpointer data, gpointer user_data)
{
  counter++;
}

static int
race (void)
{
  GThreadPool *pool = g_thread_pool_new (count_cb, NULL, 2, TRUE, NULL);

  for (guint i = 0; i < N_PUSHES; i++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  return 0;
}

static void
test_race_is_seen (void)
{
  char *const arguments[] = { program, (char *) RACE, NULL };
  g_autofree char *said = NULL;
  int status = 0;

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &said, &status, NULL));
  g_assert_false (g_spawn_check_wait_status (status, NULL));
  g_assert_nonnull (strstr (said, "data race"));
  g_assert_nonnull (strstr (said, "count_cb"));
}

int
main (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], RACE))
    return race ();
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support/race-is-seen", test_race_is_seen);
  return g_test_run ();
}
