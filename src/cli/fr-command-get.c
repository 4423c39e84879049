/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include <string.h>

#include "fr-cli-found.h"
#include "fr-cli-peer.h"

#define WAIT 10
#define MIN_CONTENT 8 /* letters: with fewer, it is a word */
#define CONTENT_LETTERS 64

static const char description[]
    = "PICTURE is a content id that a search has shown, or its beginning, or words to search for; then the\n"
      "first that comes is taken. Nothing is overwritten: a second picture of the same title gets a number.\n"
      "Without DIR, --keep puts the picture into your gallery, for you alone. What only people have whom you added and\n"
      "who are not here is an error, unless --wait waits for them. With --keep it comes by itself later, if a peer keeps\n"
      "running, also after a restart; `freshet-cli transfers` shows it.\n\n"
      "Examples:\n"
      "  freshet-cli get 1a2b3c4d5e6f7081 ~/Downloads\n"
      "  freshet-cli get 'harbour sunset' ~/Downloads\n"
      "  freshet-cli get --wait 1a2b3c4d5e6f7081 ~/Downloads\n"
      "  freshet-cli get --keep 1a2b3c4d5e6f7081\n\n"
      "Only a peer that keeps running (freshet-cli peer, or the window) remembers what was found.\n\n" FR_COMMAND_EXITS;

static gboolean
looks_like_content (const char *text)
{
  gsize length = strlen (text);

  return length >= MIN_CONTENT && length <= CONTENT_LETTERS && strspn (text, "0123456789abcdefABCDEF") == length;
}

typedef struct
{
  FrCliOptions shared;
  gboolean wait;
  gboolean keep;
} Get;

/* @folder is %NULL where the picture is kept. */
static gboolean
get_content (FrCliPeer *peer, const Get *get, const char *content, const char *folder, FrCliFound *found, GError **error)
{
  JsonObject *request = fr_control_request ("get");

  fr_control_set_string (request, "content", content);
  fr_control_set_string (request, "folder", folder);
  json_object_set_boolean_member (request, "wait", get->wait);
  json_object_set_boolean_member (request, "keep", get->keep);
  return fr_cli_peer_ask (peer, request, fr_cli_found_answer_cb, found, error);
}

static void
get_words (FrCliPeer *peer, const char *words, const char *folder, FrCliFound *found, GError **error)
{
  JsonObject *request = fr_control_request ("search");

  fr_control_set_string (request, "words", words);
  fr_control_set_string (request, "folder", folder);
  fr_control_set_string (request, "get", "best");
  json_object_set_int_member (request, "wait", WAIT);
  if (fr_cli_peer_get_ready (peer, TRUE, error)
      && fr_cli_peer_ask (peer, request, fr_cli_found_answer_cb, found, error) && found->n_saved == 0)
    g_set_error_literal (error, FR_CONTROL_ERROR,
                         found->n_failed > 0 ? FR_CONTROL_ERROR_NOT_REACHED : FR_CONTROL_ERROR_NOTHING_FOUND,
                         found->n_failed > 0 ? "It was found, but could not be fetched."
                                             : "Nobody has answered with a picture that you do not have.");
}

static void
run (const Get *get, const char *picture, const char *folder, GCancellable *stop, GError **error)
{
  g_autofree char *uri = folder != NULL ? fr_cli_make_folder_uri (folder, error) : NULL;
  g_autoptr (FrCliPeer) peer = uri != NULL || get->keep ? fr_cli_peer_open (&get->shared, stop, error) : NULL;
  g_autoptr (GError) failure = NULL;
  FrCliFound found;

  if (peer == NULL)
    return;
  fr_cli_found_init (&found, get->shared.json);
  if (looks_like_content (picture))
    {
      if (get_content (peer, get, picture, uri, &found, &failure))
        return;
      /* A word may be made of these letters too; a whole id is none. */
      if (strlen (picture) == CONTENT_LETTERS || get->keep
          || !g_error_matches (failure, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return;
        }
    }
  get_words (peer, picture, uri, &found, error);
}

static gboolean
check (const Get *get, char **arguments, GError **error)
{
  if (get->keep && get->wait)
    fr_cli_set_usage_error (error, "--keep does not wait, but it comes by itself later.");
  else if (get->keep && (g_strv_length (arguments) != 2 || !looks_like_content (arguments[1])))
    fr_cli_set_usage_error (error, "Say which picture to keep, by its content id.");
  else if (get->wait && g_strv_length (arguments) == 3 && !looks_like_content (arguments[1]))
    fr_cli_set_usage_error (error, "Say which picture to wait for, by its content id.");
  else if (!get->keep && g_strv_length (arguments) != 3)
    fr_cli_set_usage_error (error, "Say which picture, and the folder to put it in.");
  else
    return fr_cli_check_text ("picture", arguments[1], error);
  return FALSE;
}

FrExit
fr_command_get (char ***arguments, GCancellable *stop, GError **error)
{
  Get get = { 0 };
  const GOptionEntry entries[] = {
    { "wait", 'w', 0, G_OPTION_ARG_NONE, &get.wait, "Wait until somebody is here who has it", NULL },
    { "keep", 'k', 0, G_OPTION_ARG_NONE, &get.keep, "Put it into your gallery, for you alone, as soon as it comes", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context
      = fr_cli_context_new ("PICTURE [DIR]", "Gets one picture.", description, entries, &get.shared);

  if (fr_cli_context_parse (context, &get.shared, arguments, error) && check (&get, *arguments, error))
    run (&get, (*arguments)[1], get.keep ? NULL : (*arguments)[2], stop, error);
  fr_cli_options_clear (&get.shared);
  return FR_EXIT_OK;
}
