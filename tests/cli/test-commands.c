/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-exit.h"

#include <signal.h>
#include <string.h>

#include "fr-test-program.h"
#include "fr-test-support.h"
#include "tests.h"

/* Each command explains itself, with examples and how it ends. */
static void
test_help (void)
{
  static const char *const commands[]
      = { "serve", "peer", "search", "newest", "get", "transfers", "gallery", "people", "identity", "sim" };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *const arguments[] = { commands[i], "--help", NULL };
      g_autofree char *program = g_strdup_printf ("  freshet-cli %s", commands[i]);
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (fr_test_program_run (arguments, &out, &err), ==, FR_EXIT_OK);
      g_assert_nonnull (strstr (out, program));
      g_assert_nonnull (strstr (out, "Examples:"));
      g_assert_nonnull (strstr (out, "Exit status:"));
      g_assert_cmpstr (err, ==, "");
    }
}

static void
test_overview (void)
{
  static const char *const rows[][2] = { { "--help", "Commands:" }, { "help", "Commands:" }, { "-h", "Commands:" },
                                         { "--version", FR_VERSION } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *const arguments[] = { rows[i][0], NULL };
      g_autofree char *out = NULL;

      g_assert_cmpint (fr_test_program_run (arguments, &out, NULL), ==, FR_EXIT_OK);
      g_assert_nonnull (strstr (out, rows[i][1]));
    }
}

/* What is wrong with a command line is said in one sentence, and where help is. */
static void
test_usage_errors (void)
{
  static const char *const rows[][8] = {
    { "nonsense" },
    { "--nonsense" },
    { "serve", "--nonsense" },
    { "serve", "more" },
    { "serve", "--port", "65536" },
    { "serve", "--port", "-1" },
    { "serve", "--port", "x" },
    { "serve", "--interface", "localhost" },
    { "serve", "--path", "no-slash" },
    { "peer", "more" },
    { "peer", "--share" },
    { "peer", "--open", "--added-only" },
    { "peer", "--incoming", "sometimes" },
    { "peer", "--incoming", "ask", "--open" },
    { "peer", "--connect", "" },
    { "peer", "--name", "\xff" },
    { "search" },
    { "search", "\xff" },
    { "search", "--all", "storm" },
    { "search", "--further" },
    { "search", "--wait", "61", "storm" },
    { "search", "--wait", "-1", "storm" },
    { "get" },
    { "get", "storm" },
    { "get", "storm", "folder", "more" },
    { "get", "--wait", "storm", "folder" },
    { "get", "--keep", "storm" },
    { "get", "--keep", "0123456789", "folder" },
    { "get", "--keep", "--wait", "0123456789" },
    { "transfers" },
    { "transfers", "nonsense" },
    { "transfers", "list", "more" },
    { "transfers", "clear", "0123456789" },
    { "transfers", "pause" },
    { "transfers", "cancel", "" },
    { "gallery" },
    { "gallery", "nonsense" },
    { "gallery", "add" },
    { "gallery", "list", "more" },
    { "newest", "harbour" },
    { "newest", "--wait", "61" },
    { "newest", "--wait", "-1" },
    { "gallery", "search" },
    { "gallery", "tag", "0123456789" },
    { "gallery", "metadata", "keep" },
    { "gallery", "describe" },
    { "gallery", "describe", "0123456789", "a", "b" },
    { "gallery", "remove" },
    { "people" },
    { "people", "nonsense" },
    { "people", "list", "more" },
    { "people", "add" },
    { "people", "remove" },
    { "people", "rename", "zoe" },
    { "people", "rename", "zoe", "Zoë", "more" },
    { "people", "accept" },
    { "people", "decline" },
    { "people", "block" },
    { "people", "unblock", "" },
    { "people", "add", "" },
    { "gallery", "check", "more" },
    { "gallery", "export" },
    { "gallery", "export-original", "0123456789" },
    { "gallery", "export-original", "a", "b", "c" },
    { "gallery", "import" },
    { "gallery", "import", "a", "b" },
    { "people", "words" },
    { "people", "mine" },
    { "people", "introduce" },
    { "people", "introduce", "anna" },
    { "people", "introduce", "anna", "bob", "zoe" },
    { "people", "checked" },
    { "identity", "--nonsense" },
    { "identity", "backup" },
    { "identity", "backup", "" },
    { "identity", "restore", "a", "b" },
    { "identity", "keep", "a" },
    { "identity", "--replace" },
    { "identity", "backup", "a", "--replace" },
    { "sim", "more" },
    { "sim", "--topology", "star" },
    { "sim", "--peers", "1" },
    { "sim", "--peers", "1000001" },
    { "sim", "--degree", "0" },
    { "sim", "--degree", "101" },
    { "sim", "--queries", "-1" },
    { "sim", "--queries", "1000001" },
    { "sim", "--ttl", "8" },
    { "sim", "--ttl", "-1" },
    { "sim", "--crash", "100" },
    { "sim", "--crash", "nan" },
    { "sim", "--loss", "91" },
    { "sim", "--latency", "fast" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i][0]);
      g_assert_cmpint (fr_test_program_run (rows[i], &out, &err), ==, FR_EXIT_USAGE);
      g_assert_cmpstr (out, ==, "");
      g_assert_nonnull (strstr (err, "--help"));
      g_assert_null (strstr (err, "CRITICAL"));
    }
}

static void
test_no_command (void)
{
  static const char *const arguments[] = { NULL };
  g_autofree char *err = NULL;

  g_assert_cmpint (fr_test_program_run (arguments, NULL, &err), ==, FR_EXIT_USAGE);
  g_assert_nonnull (strstr (err, "Commands:"));
}

static void
test_serve_stops (void)
{
  static const char *const arguments[] = { "serve", "--port", "0", "--json", NULL };

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (FrTestProgram) program = fr_test_program_start (arguments);

      fr_test_program_wait_for (program, "\"event\":\"ready\"");
      fr_test_program_signal (program, i == 0 ? SIGTERM : SIGINT);
      g_assert_cmpint (fr_test_program_wait (program), ==, FR_EXIT_OK);
      g_assert_cmpstr (program->err->str, ==, "");
    }
}

static void
test_serve_port_taken (void)
{
  static const char *const arguments[] = { "serve", "--port", "0", "--json", NULL };
  g_autoptr (FrTestProgram) first = fr_test_program_start (arguments);
  g_autofree char *port = NULL;
  g_autofree char *err = NULL;
  const char *at;

  fr_test_program_wait_for (first, "}\n");
  at = strstr (first->out->str, "\"port\":");
  g_assert_nonnull (at);
  port = g_strdup_printf ("%d", atoi (at + strlen ("\"port\":")));
  {
    const char *const again[] = { "serve", "--port", port, NULL };

    g_assert_cmpint (fr_test_program_run (again, NULL, &err), ==, FR_EXIT_NO_SERVER);
    g_assert_nonnull (strstr (err, port));
    g_assert_cmpint (strchr (err, '\n') - err, ==, strlen (err) - 1); /* one line */
  }
}

/* One JSON object, and curves where they are wanted. */
static void
test_sim (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *plots = g_build_filename (folder, "plots", NULL);
  g_autofree char *degrees = g_build_filename (plots, "degrees.svg", NULL);
  const char *const arguments[] = { "sim", "--peers", "60", "--queries", "5", "--topology", "small-world",
                                    "--latency", "fixed:20", "--loss", "1", "--plot", plots, NULL };
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (fr_test_program_run (arguments, &out, &err), ==, FR_EXIT_OK);
  g_assert_true (g_str_has_prefix (out, "{\"topology\":\"small-world\",\"peers\":60,"));
  g_assert_true (g_str_has_suffix (out, "}\n"));
  g_assert_cmpstr (err, ==, "");
  g_assert_true (g_file_test (degrees, G_FILE_TEST_IS_REGULAR));
  fr_test_folder_free (folder);
}

/* A list of pictures that is damaged is made anew, which is told once, with what there is to do. */
static void
test_rescue (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  g_autofree char *picture = g_build_filename (folder, "Dune.svg", NULL);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *catalogue = g_build_filename (data, "freshet.db", NULL);
  g_autofree char *said = NULL, *said_again = NULL;
  const char *const add[] = { "gallery", "add", "--loopback", "--data", data, "--audience", "everyone", picture, NULL };
  const char *const list[] = { "gallery", "list", "--loopback", "--data", data, NULL };

  g_assert_true (g_file_set_contents (picture, "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='6'/>", -1,
                                      NULL));
  g_assert_cmpint (fr_test_program_run (add, NULL, NULL), ==, FR_EXIT_OK);
  g_assert_true (g_file_set_contents (catalogue, "garbage", -1, NULL));
  g_assert_cmpint (fr_test_program_run (list, NULL, &said), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (said, "has been made anew."));
  g_assert_nonnull (strstr (said, "1 of them lost"));
  g_assert_cmpint (fr_test_program_run (list, NULL, &said_again), ==, FR_EXIT_OK);
  g_assert_null (strstr (said_again, "anew"));
  fr_test_folder_free (g_steal_pointer (&folder));
}

void
test_commands_add (void)
{
  g_test_add_func ("/cli/commands/help", test_help);
  g_test_add_func ("/cli/commands/overview", test_overview);
  g_test_add_func ("/cli/commands/usage-errors", test_usage_errors);
  g_test_add_func ("/cli/commands/no-command", test_no_command);
  g_test_add_func ("/cli/serve/stops", test_serve_stops);
  g_test_add_func ("/cli/serve/port-taken", test_serve_port_taken);
  g_test_add_func ("/cli/commands/sim", test_sim);
  g_test_add_func ("/cli/commands/rescue", test_rescue);
}
