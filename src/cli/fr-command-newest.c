/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include "fr-cli-found.h"
#include "fr-cli-output.h"
#include "fr-cli-peer.h"

#define DEFAULT_WAIT 20
#define MAX_WAIT 60

static const char description[]
    = "Asks the people you added who are here, and nobody else: up to 60 pictures of each, those that were\n"
      "shared last first. What they said earlier is listed too, also when they have gone since.\n\n"
      "Examples:\n"
      "  freshet-cli newest\n"
      "  freshet-cli newest --from anna\n"
      "  freshet-cli newest --json | jq -r 'select (.fresh) | .content'\n\n"
      "With --json, one object a line: \"event\" is hit; \"day\", days since 1970, says when it was shared, and\n"
      "\"fresh\" that you have not been told of it before.\n\n" FR_COMMAND_EXITS;

typedef struct
{
  FrCliOptions shared;
  char *from; /* nullable */
  double wait;
} Newest;

typedef struct
{
  gboolean json;
  guint n_found;
  guint n_asked; /* both known at the end */
  guint n_silent;
} Told;

static void
show (JsonObject *hit)
{
  JsonNode *node = json_object_get_member (hit, "holder");
  JsonObject *holder = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 day = (gint64) fr_control_get_number (hit, "day", 0);
  g_autoptr (GDateTime) shared = day > 0 ? g_date_time_new_from_unix_utc (day * 24 * 3600) : NULL;
  g_autofree char *date = shared != NULL ? g_date_time_format (shared, "%Y-%m-%d") : g_strdup ("          ");
  g_autofree char *title = fr_cli_escape (fr_control_get_string (hit, "title"));
  g_autofree char *size = fr_cli_format_size (fr_control_get_number (hit, "size", 0));
  g_autofree char *name = fr_cli_escape (holder != NULL ? fr_control_get_string (holder, "name") : "");
  const char *content = fr_control_get_string (hit, "content");

  fr_cli_print ("%.16s  %8s  %s  %s  %s (%s)", content != NULL ? content : "", size, date,
                fr_control_get_flag (hit, "fresh") ? "new" : "   ", title, name != NULL ? name : "");
}

static void
answer_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Told *told = data;

  if (is_end)
    {
      told->n_asked = (guint) fr_control_get_number (answer, "asked", 0);
      told->n_silent = (guint) fr_control_get_number (answer, "silent", 0);
      return;
    }
  told->n_found++;
  if (told->json)
    fr_cli_print_json (NULL, answer);
  else
    show (answer);
}

static void
check_told (const Told *told, GError **error)
{
  if (told->n_silent > 0)
    fr_cli_complain ("%u of %u did not answer.", told->n_silent, told->n_asked);
  if (told->n_found == 0 && told->n_asked == 0)
    g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND,
                         "There was nobody to ask: none of the people you added is here.");
  else if (told->n_found == 0)
    g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND, "Nobody shares anything with you.");
}

static void
run (const Newest *newest, GCancellable *stop, GError **error)
{
  g_autoptr (JsonObject) request = fr_control_request ("newest");
  g_autoptr (FrCliPeer) peer = fr_cli_peer_open (&newest->shared, stop, error);
  Told told = { .json = newest->shared.json };

  json_object_set_double_member (request, "wait", newest->wait);
  if (newest->from != NULL)
    fr_control_set_string (request, "person", newest->from);
  if (peer == NULL || !fr_cli_peer_get_ready (peer, TRUE, error))
    return;
  if (fr_cli_peer_ask (peer, g_steal_pointer (&request), answer_cb, &told, error))
    check_told (&told, error);
}

FrExit
fr_command_newest (char ***arguments, GCancellable *stop, GError **error)
{
  Newest newest = { .wait = DEFAULT_WAIT };
  const GOptionEntry entries[] = {
    { "from", 'f', 0, G_OPTION_ARG_STRING, &newest.from, "Ask this person alone", "PERSON" },
    { "wait", 'w', 0, G_OPTION_ARG_DOUBLE, &newest.wait, "How long to wait for answers (default: 20)", "SECONDS" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context
      = fr_cli_context_new (NULL, "Lists what your people have shared last.", description, entries, &newest.shared);

  if (fr_cli_context_parse (context, &newest.shared, arguments, error))
    {
      if ((*arguments)[1] != NULL)
        fr_cli_set_usage_error (error, "newest takes no words; --from names a person.");
      else if (newest.wait < 0 || newest.wait > MAX_WAIT)
        fr_cli_set_usage_error (error, "--wait takes 0 to %d seconds.", MAX_WAIT);
      else
        run (&newest, stop, error);
    }
  fr_cli_options_clear (&newest.shared);
  g_free (newest.from);
  return FR_EXIT_OK;
}
