/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include "fr-cli-identity.h"
#include "fr-cli-output.h"
#include "fr-cli-peer.h"
#include "fr-cli-qr.h"

#include <unistd.h>

static const char description[]
    = "Without a command, it tells who you are.\n\n"
      "Commands:\n"
      "  backup FILE      keep your key, name and people in a file that a passphrase locks\n"
      "  restore FILE     take them from there; Freshet must not be running on the data folder\n\n"
      "Examples:\n"
      "  freshet-cli identity\n"
      "  freshet-cli identity --qr\n"
      "  freshet-cli identity --json | jq -r .invitation\n"
      "  freshet-cli identity backup /media/stick/anna.freshet\n"
      "  freshet-cli identity restore --data /tmp/anna /media/stick/anna.freshet\n\n"
      "The invitation is a link that another person gives to `freshet-cli people add`, or\n"
      "opens with Freshet; there is one once a meeting point has you. Whoever has a backup and its\n"
      "passphrase can be you; without the passphrase it is of no use to anybody, you included.\n"
      "Pictures are not in it: `freshet-cli gallery export` keeps these.\n\n" FR_COMMAND_EXITS;

static void
print_member (JsonObject *identity, const char *label, const char *name)
{
  g_autofree char *value = fr_cli_escape (fr_control_get_string (identity, name));

  if (*value != '\0')
    fr_cli_print ("%-11s %s", label, value);
}

static void
print_qr (JsonObject *identity)
{
  const char *invitation = fr_control_get_string (identity, "invitation");
  g_autofree char *code = invitation != NULL ? fr_cli_qr_new (invitation, isatty (STDOUT_FILENO)) : NULL;

  if (code != NULL)
    g_print ("\n%s", code);
  else
    fr_cli_complain (invitation != NULL ? "The invitation cannot be shown as a QR code."
                                        : "There is an invitation once a meeting point has you.");
}

typedef struct
{
  const FrCliOptions *options;
  gboolean qr;
} Printing;

static void
print_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  const Printing *printing = data;

  if (!is_end || !fr_control_get_flag (answer, "ok"))
    return;
  if (printing->options->json)
    {
      fr_cli_print_json (NULL, answer);
      return;
    }
  print_member (answer, "Name:", "name");
  print_member (answer, "Address:", "address");
  print_member (answer, "Taken:", "taken");
  print_member (answer, "Meets at:", "server");
  print_member (answer, "State:", "state");
  print_member (answer, "Key:", "key");
  print_member (answer, "Invitation:", "invitation");
  if (printing->qr)
    print_qr (answer);
}

static FrExit
show (FrCliOptions *options, gboolean qr, GCancellable *stop, GError **error)
{
  Printing printing = { options, qr };
  g_autoptr (FrCliPeer) peer = fr_cli_peer_open (options, stop, error);

  if (peer == NULL)
    return FR_EXIT_FAILED;
  fr_cli_peer_get_ready (peer, FALSE, NULL); /* the address is the server's to give; the rest is true without it */
  fr_cli_peer_ask (peer, fr_control_request ("status"), print_cb, &printing, error);
  return FR_EXIT_OK;
}

static FrExit
keep (FrCliOptions *options, char **rest, const char *passphrase_file, gboolean replace, GCancellable *stop,
     GError **error)
{
  if (rest[0] == NULL || rest[1] == NULL || rest[2] != NULL || *rest[1] == '\0')
    fr_cli_set_usage_error (error, "Say `backup FILE` or `restore FILE`, or nothing.");
  else if (g_strcmp0 (rest[0], "backup") == 0 && !replace)
    fr_cli_identity_backup (options, rest[1], passphrase_file, stop, error);
  else if (g_strcmp0 (rest[0], "restore") == 0)
    fr_cli_identity_restore (options, rest[1], passphrase_file, replace, stop, error);
  else
    fr_cli_set_usage_error (error, replace && g_strcmp0 (rest[0], "backup") == 0
                                     ? "--replace belongs to `restore`; a backup never overwrites a file."
                                     : "Say `backup FILE` or `restore FILE`, or nothing.");
  return FR_EXIT_OK;
}

FrExit
fr_command_identity (char ***arguments, GCancellable *stop, GError **error)
{
  g_auto (FrCliOptions) options = { 0 };
  g_autofree char *passphrase_file = NULL;
  gboolean replace = FALSE, qr = FALSE;
  const GOptionEntry entries[] = {
    { "passphrase-file", 'p', 0, G_OPTION_ARG_FILENAME, &passphrase_file,
      "Its first line is the passphrase (default: it is asked for)", "FILE" },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &replace,
      "For restore: take the place of another identity, which is kept beside it", NULL },
    { "qr", 'q', 0, G_OPTION_ARG_NONE, &qr, "Show the invitation as a QR code, too", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context
      = fr_cli_context_new ("[backup FILE | restore FILE]",
                            "Tells who you are, and how others add you; keeps that and brings it back.", description,
                            entries, &options);

  if (!fr_cli_context_parse (context, &options, arguments, error))
    return FR_EXIT_USAGE;
  if (passphrase_file == NULL && !replace && (*arguments)[1] == NULL)
    return show (&options, qr, stop, error);
  return keep (&options, *arguments + 1, passphrase_file, replace, stop, error);
}
