/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include "fr-cli-found.h"
#include "fr-cli-output.h"
#include "fr-cli-peer.h"

#define DEFAULT_WAIT 5
#define MAX_WAIT 60

static const char description[]
    = "Answers are printed as they come: the beginning of the content id, size, how many people away, how\n"
      "long it took, title and who has it. Every word must match: parts of words, \"phrases\", -without\n"
      "(after --).\n\n"
      "Examples:\n"
      "  freshet-cli search harbour\n"
      "  freshet-cli search --get ~/Downloads sunset          the best match\n"
      "  freshet-cli search --get ~/Downloads --all sunset    every match\n"
      "  freshet-cli search --json --wait 2 -- dune -storm | jq -r .title\n\n"
      "It goes to people nearby first, and further when little was found; --further asks all within reach at\n"
      "once.\n\n"
      "With --json, one object a line: \"event\" is hit, preview, xray, progress, fetched, saved or\n"
      "fetch-failed. Times are milliseconds from asking. In xray, the last of which is the outcome, each of\n"
      "\"hops\" counts the peers that many links away: asked, and matched, whose hits have come; copies of the\n"
      "search suppressed there, as they had one; links from there skipped, as nothing behind them matches, and\n"
      "refused, as they were too busy.\n\n" FR_COMMAND_EXITS;

typedef struct
{
  FrCliOptions shared;
  char *get; /* nullable */
  gboolean all;
  gboolean further;
  double wait;
} Search;

static JsonObject *
make_request (const Search *search, const char *words, GError **error)
{
  g_autoptr (JsonObject) request = fr_control_request ("search");

  fr_control_set_string (request, "words", words);
  json_object_set_double_member (request, "wait", search->wait);
  json_object_set_boolean_member (request, "further", search->further);
  if (search->get != NULL)
    {
      g_autofree char *folder = fr_cli_make_folder_uri (search->get, error);

      if (folder == NULL)
        return NULL;
      fr_control_set_string (request, "folder", folder);
      fr_control_set_string (request, "get", search->all ? "all" : "best");
    }
  return g_steal_pointer (&request);
}

/* What a search that went well still may have failed at. */
static void
check_found (const Search *search, const FrCliFound *found, GError **error)
{
  if (found->n_hits == 0 && found->n_asked == 0)
    g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND,
                         "Nothing was found, and there was nobody to ask: you are connected to no one.");
  else if (found->n_hits == 0)
    g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND, "Nobody has answered.");
  else if (search->get != NULL && found->n_saved == 0 && found->n_failed == 0)
    g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND,
                         "All that was found is in your gallery already.");
  else if (search->get != NULL && (found->n_saved == 0 || (search->all && found->n_failed > 0)))
    g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOT_REACHED, "Not everything could be fetched.");
}

static void
print_reach (const FrCliFound *found)
{
  g_autofree char *reach = found->json ? NULL : fr_cli_found_describe_reach (found);

  if (reach != NULL)
    fr_cli_print ("%s", reach);
}

static void
run (const Search *search, const char *words, GCancellable *stop, GError **error)
{
  g_autoptr (JsonObject) request = make_request (search, words, error);
  g_autoptr (FrCliPeer) peer = request != NULL ? fr_cli_peer_open (&search->shared, stop, error) : NULL;
  FrCliFound found;

  if (peer == NULL || !fr_cli_peer_get_ready (peer, TRUE, error))
    return;
  fr_cli_found_init (&found, search->shared.json);
  if (fr_cli_peer_ask (peer, g_steal_pointer (&request), fr_cli_found_answer_cb, &found, error))
    {
      print_reach (&found);
      check_found (search, &found, error);
    }
}

static gboolean
check_options (const Search *search, const char *words, GError **error)
{
  if (!fr_cli_check_text ("search", words, error))
    return FALSE;
  if (search->all && search->get == NULL)
    fr_cli_set_usage_error (error, "--all goes with --get.");
  else if (search->wait < 0 || search->wait > MAX_WAIT)
    fr_cli_set_usage_error (error, "--wait takes 0 to %d seconds.", MAX_WAIT);
  else
    return TRUE;
  return FALSE;
}

FrExit
fr_command_search (char ***arguments, GCancellable *stop, GError **error)
{
  Search search = { .wait = DEFAULT_WAIT };
  const GOptionEntry entries[] = {
    { "get", 'g', 0, G_OPTION_ARG_FILENAME, &search.get, "Fetch the best match into DIR", "DIR" },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &search.all, "With --get: fetch every match", NULL },
    { "further", 'f', 0, G_OPTION_ARG_NONE, &search.further, "Ask all within reach at once, not those nearby first",
      NULL },
    { "wait", 'w', 0, G_OPTION_ARG_DOUBLE, &search.wait, "How long to wait for answers (default: 5)", "SECONDS" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = fr_cli_context_new (
      "WORDS…", "Searches the pictures of everybody within reach.", description, entries, &search.shared);

  if (fr_cli_context_parse (context, &search.shared, arguments, error))
    {
      g_autofree char *words = fr_cli_join_words (*arguments + 1);

      if (check_options (&search, words, error))
        run (&search, words, stop, error);
    }
  fr_cli_options_clear (&search.shared);
  g_free (search.get);
  return FR_EXIT_OK;
}
