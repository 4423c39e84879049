/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-exit.h"

#include <signal.h>
#include <string.h>

#include "fr-test-network.h"
#include "fr-test-support.h"
#include "tests.h"

/* What waits until somebody is here who has it, between real peers, each a process. */

typedef struct
{
  FrTestNetwork network;
  FrTestProgram *anna; /* has the picture; NULL: she is away */
  FrTestProgram *bob;  /* has added her */
  char *content;
  char *folder;
} Pair;

static void
stop (FrTestProgram **program)
{
  fr_test_program_signal (*program, SIGTERM);
  g_assert_cmpint (fr_test_program_wait (*program), ==, FR_EXIT_OK);
  g_clear_pointer (program, fr_test_program_free);
}

static void
start_anna (Pair *pair)
{
  pair->anna = fr_test_network_peer (&pair->network, "Anna", NULL);
  fr_test_program_wait_for (pair->anna, "\"state\":\"online\"");
}

/* A few megabytes that no encoder has to make: a TIFF of one pixel, with something behind it. */
static char *
make_picture (Pair *pair)
{
  static const guint8 head[] = {
    'I', 'I', 42, 0, 8, 0, 0, 0, 9, 0, 0, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,
    2, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0, 3, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 6, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,
    17, 1, 4, 0, 1, 0, 0, 0, 122, 0, 0, 0, 21, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 22, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,
    23, 1, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
  };
  const gsize size = 3 * 1024 * 1024;
  g_autofree char *bytes = g_malloc0 (size);
  char *path = fr_test_network_path (&pair->network, "Storm.tiff");

  memcpy (bytes, head, sizeof head);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  return path;
}

/* Bob has heard of the picture, and Anna is away since. */
static void
pair_init (Pair *pair)
{
  g_autofree char *found = NULL, *path = NULL;

  *pair = (Pair) { 0 };
  fr_test_network_init (&pair->network);
  pair->folder = fr_test_network_path (&pair->network, "got");
  path = make_picture (pair);
  pair->anna = fr_test_network_peer (&pair->network, "Anna", "--keep-metadata", "--share", path, NULL);
  fr_test_program_wait_for (pair->anna, "\"event\":\"shared-all\"");
  fr_test_program_wait_for (pair->anna, "\"state\":\"online\"");
  pair->bob = fr_test_network_peer (&pair->network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (pair->bob, "\"state\":\"here\"");
  g_assert_cmpint (fr_test_network_run (&pair->network, &found, NULL, "newest", "Bob", NULL), ==, FR_EXIT_OK);
  pair->content = g_strndup (found, 16);
  stop (&pair->anna);
  fr_test_program_wait_for (pair->bob, "\"state\":\"away\"");
}

static void
pair_clear (Pair *pair)
{
  if (pair->anna != NULL)
    stop (&pair->anna);
  if (pair->bob != NULL)
    stop (&pair->bob);
  g_free (pair->content);
  g_free (pair->folder);
  fr_test_network_clear (&pair->network);
}

static FrTestProgram *
start_get (Pair *pair, const char *option)
{
  g_autofree char *data = fr_test_network_path (&pair->network, "Bob");
  const char *const arguments[]
      = { "get", "--json", "--data", data, option, pair->content, pair->folder, NULL };

  return fr_test_program_start (arguments);
}

static char *
list (Pair *pair)
{
  char *listed = NULL;

  g_assert_cmpint (fr_test_network_run (&pair->network, &listed, NULL, "transfers", "Bob", "list", NULL), ==,
                   FR_EXIT_OK);
  return listed;
}

static int
change (Pair *pair, const char *action)
{
  return fr_test_network_run (&pair->network, NULL, NULL, "transfers", "Bob", action, pair->content, NULL);
}

/* Without an option it is an error, and nothing is left of it; with one it comes when she does. */
static void
test_wait (void)
{
  Pair pair;
  FrTestProgram *get;
  g_autofree char *err = NULL, *none = NULL, *listed = NULL, *saved = NULL, *done = NULL, *cleared = NULL;

  pair_init (&pair);
  g_assert_cmpint (fr_test_network_run (&pair.network, NULL, &err, "get", "Bob", pair.content, pair.folder, NULL), ==,
                   FR_EXIT_NOT_REACHED);
  none = list (&pair);
  g_assert_nonnull (strstr (none, " failed"));
  get = start_get (&pair, "--wait");
  fr_test_program_wait_for (get, "\"event\":\"waiting\"");
  listed = list (&pair);
  g_assert_nonnull (strstr (listed, "Storm (Anna)  waiting until Anna is here"));
  start_anna (&pair);
  g_assert_cmpint (fr_test_program_wait (get), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (get->out->str, "\"event\":\"saved\""));
  saved = g_build_filename (pair.folder, "Storm.tif", NULL);
  g_assert_true (g_file_test (saved, G_FILE_TEST_EXISTS));
  done = list (&pair);
  g_assert_nonnull (strstr (done, "  done"));
  g_assert_cmpint (fr_test_network_run (&pair.network, NULL, NULL, "transfers", "Bob", "clear", NULL), ==, FR_EXIT_OK);
  cleared = list (&pair);
  g_assert_cmpstr (cleared, ==, "");
  fr_test_program_free (get);
  pair_clear (&pair);
}

typedef struct
{
  Pair *pair;
  const char *text;
} Wanted;

static gboolean
has_in_gallery (gpointer data)
{
  const Wanted *wanted = data;
  g_autofree char *listed = NULL;

  g_assert_cmpint (fr_test_network_run (&wanted->pair->network, &listed, NULL, "gallery", "Bob", "list", NULL), ==,
                   FR_EXIT_OK);
  return strstr (listed, wanted->text) != NULL;
}

/* Wanted, and then both end; it is in the gallery some time after both have started again. */
static void
test_keep (void)
{
  Pair pair;
  Wanted wanted = { &pair, "Storm" };
  g_autofree char *out = NULL, *listed = NULL, *again = NULL;

  pair_init (&pair);
  g_assert_cmpint (fr_test_network_run (&pair.network, &out, NULL, "get", "Bob", "--keep", pair.content, NULL), ==,
                   FR_EXIT_OK);
  g_assert_cmpstr (out, ==, "Storm waits until Anna is here.\n");
  stop (&pair.bob);
  pair.bob = fr_test_network_peer (&pair.network, "Bob", NULL);
  listed = list (&pair);
  g_assert_nonnull (strstr (listed, "waiting until Anna is here"));
  start_anna (&pair);
  fr_test_wait_until (has_in_gallery, &wanted, 30);
  g_assert_cmpint (fr_test_network_run (&pair.network, &again, NULL, "get", "Bob", pair.content, pair.folder, NULL), ==,
                   FR_EXIT_OK);
  pair_clear (&pair);
}

static gboolean
is_here (gpointer data)
{
  Pair *pair = data;
  g_autofree char *listed = NULL;

  g_assert_cmpint (fr_test_network_run (&pair->network, &listed, NULL, "people", "Bob", "list", NULL), ==, FR_EXIT_OK);
  return strstr (listed, "Anna (anna) is here.") != NULL;
}

/* What is paused does not come when she does; resumed, it does. Cancelled, it is tried again. */
static void
test_change (void)
{
  Pair pair;
  g_autofree char *paused = NULL, *still = NULL, *kept = NULL;
  Wanted wanted = { &pair, "Storm" };

  pair_init (&pair);
  g_assert_cmpint (change (&pair, "pause"), ==, FR_EXIT_NOTHING_FOUND);
  g_assert_cmpint (fr_test_network_run (&pair.network, NULL, NULL, "get", "Bob", "--keep", pair.content, NULL), ==,
                   FR_EXIT_OK);
  g_assert_cmpint (change (&pair, "pause"), ==, FR_EXIT_OK);
  paused = list (&pair);
  g_assert_nonnull (strstr (paused, "  paused\n"));
  start_anna (&pair);
  fr_test_wait_until (is_here, &pair, 30);
  still = list (&pair);
  g_assert_nonnull (strstr (still, "  paused\n"));
  g_assert_cmpint (change (&pair, "cancel"), ==, FR_EXIT_OK);
  g_assert_cmpint (change (&pair, "retry"), ==, FR_EXIT_OK);
  g_assert_cmpint (change (&pair, "resume"), ==, FR_EXIT_OK); /* it is going */
  fr_test_wait_until (has_in_gallery, &wanted, 30);
  g_assert_cmpint (fr_test_network_run (&pair.network, &kept, NULL, "get", "Bob", "--keep", pair.content, NULL), ==,
                   FR_EXIT_OK);
  pair_clear (&pair);
}

void
test_transfers_add (void)
{
  g_test_add_func ("/cli/transfers/wait", test_wait);
  g_test_add_func ("/cli/transfers/keep", test_keep);
  g_test_add_func ("/cli/transfers/change", test_change);
}
