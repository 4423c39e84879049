/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fr-cli-output.h"
#include "fr-command.h"

static const struct
{
  const char *name;
  FrCommandFunc *run;
  const char *summary;
} commands[] = {
  { "serve", fr_command_serve, "run a meeting point, where people find each other" },
  { "peer", fr_command_peer, "share pictures, without a window, until stopped" },
  { "search", fr_command_search, "search everybody's pictures, and get some" },
  { "newest", fr_command_newest, "list what your people have shared last" },
  { "get", fr_command_get, "get one picture, now or when somebody is here who has it" },
  { "transfers", fr_command_transfers, "list, pause and cancel what is on its way to you" },
  { "gallery", fr_command_gallery, "add, list, search, share, tag, check, export and import your own pictures" },
  { "people", fr_command_people, "list, add and remove people" },
  { "identity", fr_command_identity, "who you are, and how others add you; backup and restore" },
  { "sim", fr_command_sim, "simulate a network of many peers" },
};

static void
print_help (FILE *file)
{
  fputs ("Usage: freshet-cli COMMAND [OPTION…]\n\n"
         "Freshet shares pictures directly between people. This is Freshet without a window.\n\n"
         "Commands:\n",
         file);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (file, "  %-9s %s\n", commands[i].name, commands[i].summary);
  fputs ("\nA network of two on one computer:\n"
         "  freshet-cli serve --port 9000 &\n"
         "  freshet-cli peer --data /tmp/anna --name Anna --server localhost:9000 --share ~/Pictures &\n"
         "  freshet-cli peer --data /tmp/bob --name Bob --server localhost:9000 --connect anna &\n"
         "  freshet-cli search --data /tmp/bob harbour --get ~/Downloads\n\n"
         "`freshet-cli COMMAND --help` says more of each. `freshet-cli --version` tells the version.\n\n"
         FR_COMMAND_EXITS "\n",
         file);
}

static gboolean
stop_cb (gpointer stop)
{
  g_cancellable_cancel (stop);
  return G_SOURCE_CONTINUE;
}

/* A connection to one peer takes about 20 descriptors; the soft limit is often 1024. */
static void
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static FrExit
run_command (FrCommandFunc *run, char **arguments)
{
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) owned = g_strdupv (arguments);
  g_autofree char *program = g_strdup_printf ("freshet-cli %s", arguments[0]);
  FrExit status;

  g_set_prgname (program);
  raise_file_limit ();
  signal (SIGPIPE, SIG_IGN);
  g_unix_signal_add (SIGINT, stop_cb, stop);
  g_unix_signal_add (SIGTERM, stop_cb, stop);
  status = run (&owned, stop, &error);
  if (error == NULL)
    return status;
  fr_cli_complain_sentence (error->message);
  if (error->domain == G_OPTION_ERROR)
    fr_cli_complain ("`%s --help` says how it is used.", program);
  return fr_exit_from_error (error);
}

/* A thread of GStreamer's may still be making a key when a command is quick, and exit() takes OpenSSL away from under
 * it. All that is ours is closed and on disk by now. */
static int
leave (FrExit status)
{
  fflush (NULL);
  _exit (status);
}

int
main (int argc, char **argv)
{
  setlocale (LC_CTYPE, ""); /* the messages stay English: scripts read them */
  if (argc < 2)
    {
      print_help (stderr);
      return FR_EXIT_USAGE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return leave (run_command (commands[i].run, argv + 1));
  if (strcmp (argv[1], "--version") == 0)
    {
      fr_cli_print ("freshet-cli " FR_VERSION);
      return FR_EXIT_OK;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0)
    {
      print_help (stdout);
      return FR_EXIT_OK;
    }
  fr_cli_complain ("There is no command `%s`. `freshet-cli --help` lists them.", argv[1]);
  return FR_EXIT_USAGE;
}
