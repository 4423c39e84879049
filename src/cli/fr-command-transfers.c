/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include "fr-cli-output.h"
#include "fr-cli-peer.h"

static const char description[]
    = "PICTURE is a content id, or its beginning. What waits comes by itself when somebody is here who has it,\n"
      "also after a restart, and goes into the gallery then, for you alone.\n\n"
      "Examples:\n"
      "  freshet-cli transfers list\n"
      "  freshet-cli transfers pause 1a2b3c4d5e6f7081\n"
      "  freshet-cli transfers list --json | jq -r 'select (.state == \"waiting\") | .title'\n\n"
      "With --json, one object a line: \"event\" is transfer; \"state\" is connecting, queued, running, paused,\n"
      "waiting, done or failed; \"speed\" is bytes a second.\n\n" FR_COMMAND_EXITS;

static void
show (JsonObject *transfer)
{
  const char *content = fr_control_get_string (transfer, "content");
  const char *state = fr_control_get_string (transfer, "state");
  double speed = fr_control_get_number (transfer, "speed", 0), left = fr_control_get_number (transfer, "seconds_left", -1);
  g_autofree char *title = fr_cli_escape (fr_control_get_string (transfer, "title"));
  g_autofree char *done = fr_cli_format_size (fr_control_get_number (transfer, "done", 0));
  g_autofree char *total = fr_cli_format_size (fr_control_get_number (transfer, "total", 0));
  g_autofree char *rate = fr_cli_format_size (speed);
  g_autofree char *name = fr_cli_escape (fr_control_get_string (transfer, "from_name"));
  g_autofree char *awaited = fr_cli_escape (fr_control_get_string (transfer, "awaits"));
  g_autoptr (GString) more = g_string_new (NULL);

  if (speed > 0)
    g_string_append_printf (more, ", %s a second", rate);
  if (left >= 0)
    g_string_append_printf (more, ", %.0f s left", left);
  if (*awaited != '\0')
    g_string_append_printf (more, " until %s is here", awaited);
  fr_cli_print ("%.16s  %s of %s  %s (%s)  %s%s", content != NULL ? content : "", done, total, title,
                name, state != NULL ? state : "", more->str);
}

static void
answer_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  const FrCliOptions *options = data;

  if (is_end)
    return;
  if (options->json)
    fr_cli_print_json (NULL, answer);
  else
    show (answer);
}

static void
change (FrCliPeer *peer, const char *operation, char **pictures, GError **error)
{
  for (; *pictures != NULL; pictures++)
    {
      JsonObject *request = fr_control_request (operation);

      fr_control_set_string (request, "content", *pictures);
      if (!fr_cli_peer_ask (peer, request, NULL, NULL, error))
        return;
    }
}

static const struct
{
  const char *name;
  const char *operation;
  gboolean of_one;
} actions[] = { { "list", "transfers-list", FALSE },     { "pause", "transfers-pause", TRUE },
                { "resume", "transfers-resume", TRUE },  { "retry", "transfers-retry", TRUE },
                { "cancel", "transfers-cancel", TRUE },  { "clear", "transfers-clear", FALSE } };

static gboolean
check (guint action, char **pictures, GError **error)
{
  if (action == G_N_ELEMENTS (actions))
    fr_cli_set_usage_error (error, "Say what to do: list, pause, resume, retry, cancel or clear.");
  else if (actions[action].of_one && *pictures == NULL)
    fr_cli_set_usage_error (error, "Say which picture.");
  else if (!actions[action].of_one && *pictures != NULL)
    fr_cli_set_usage_error (error, "Too many arguments.");
  else
    {
      for (; *pictures != NULL; pictures++)
        if (!fr_cli_check_text ("picture", *pictures, error))
          return FALSE;
      return TRUE;
    }
  return FALSE;
}

FrExit
fr_command_transfers (char ***arguments, GCancellable *stop, GError **error)
{
  g_auto (FrCliOptions) options = { 0 };
  g_autoptr (GOptionContext) context
      = fr_cli_context_new ("list | clear | pause | resume | retry | cancel PICTURE…",
                            "Shows and changes what is on its way to you.", description, NULL, &options);
  g_autoptr (FrCliPeer) peer = NULL;
  guint action = 0;

  if (!fr_cli_context_parse (context, &options, arguments, error))
    return FR_EXIT_USAGE;
  while (action < G_N_ELEMENTS (actions) && g_strcmp0 ((*arguments)[1], actions[action].name) != 0)
    action++;
  if (!check (action, (*arguments)[1] != NULL ? *arguments + 2 : *arguments + 1, error))
    return FR_EXIT_USAGE;
  peer = fr_cli_peer_open (&options, stop, error);
  if (peer == NULL)
    return FR_EXIT_FAILED;
  if (actions[action].of_one)
    change (peer, actions[action].operation, *arguments + 2, error);
  else
    fr_cli_peer_ask (peer, fr_control_request (actions[action].operation), answer_cb, &options, error);
  return FR_EXIT_OK;
}
