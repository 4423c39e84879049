/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include "fr-cli-output.h"
#include "fr-cli-peer.h"
#include "fr-cli-qr.h"

#include <unistd.h>

static const char description[] = "Examples:\n"
                                  "  freshet-cli identity\n"
                                  "  freshet-cli identity --qr\n"
                                  "  freshet-cli identity --json | jq -r .invitation\n\n"
                                  "The invitation is a link that another person gives to `freshet-cli people add`, or\n"
                                  "opens with Freshet; there is one once a server has you.\n\n" FR_COMMAND_EXITS;

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
                                        : "There is an invitation once a server has you.");
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
  print_member (answer, "Server:", "server");
  print_member (answer, "State:", "state");
  print_member (answer, "Key:", "key");
  print_member (answer, "Invitation:", "invitation");
  if (printing->qr)
    print_qr (answer);
}

FrExit
fr_command_identity (char ***arguments, GCancellable *stop, GError **error)
{
  g_auto (FrCliOptions) options = { 0 };
  Printing printing = { .options = &options };
  const GOptionEntry entries[] = {
    { "qr", 'q', 0, G_OPTION_ARG_NONE, &printing.qr, "Show the invitation as a QR code, too", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context
      = fr_cli_context_new (NULL, "Tells who you are, and how others add you.", description, entries, &options);
  g_autoptr (FrCliPeer) peer = NULL;

  if (!fr_cli_context_parse (context, &options, arguments, error))
    return FR_EXIT_USAGE;
  peer = fr_cli_peer_open (&options, stop, error);
  if (peer == NULL)
    return FR_EXIT_FAILED;
  fr_cli_peer_get_ready (peer, FALSE, NULL); /* the address is the server's to give; the rest is true without it */
  fr_cli_peer_ask (peer, fr_control_request ("status"), print_cb, &printing, error);
  return FR_EXIT_OK;
}
