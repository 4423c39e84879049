/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include <string.h>

#include "fr-cli-output.h"
#include "fr-cli-peer.h"

/* Enough for a connection through a slow relay. */
#define ADD_SECONDS 15

static const char description[]
    = "Commands:\n"
      "  list            everybody who was added or is connected\n"
      "  add WHO…        connect to people, now and whenever Freshet runs\n"
      "  remove WHO…     do so no more\n"
      "  rename WHO NAME call them something else, whatever they call themselves\n"
      "  accept WHO…     let in who asks to connect (see `peer --incoming`), now and later\n"
      "  decline WHO…    say no to who asks; they are not asked about again for a day\n"
      "  block WHO…      want nothing of them: no connection, none of their pictures, none for them\n"
      "  unblock WHO…    make them a stranger like any other again\n"
      "  words WHO…      tell the words to compare with them, face to face or by telephone\n"
      "  checked WHO…    the words are the same on both sides; whoever is where they were is them, then\n"
      "  unchecked WHO…  take that back\n"
      "  mine WHO…       this is another computer of yours, once words were compared and the same is said there\n"
      "  not-mine WHO…   take that back\n"
      "  introduce WHO TO  tell two people who are both here of each other; they decide what comes of it\n\n"
      "WHO is an address (zoe); to add, also an invitation (freshet:…) that `freshet-cli identity` tells;\n"
      "for the others, also a key.\n\n"
      "Examples:\n"
      "  freshet-cli people add zoe\n"
      "  freshet-cli people list --json | jq -r 'select(.state == \"here\") | .name'\n\n" FR_COMMAND_EXITS;

static const char *
describe_state (const char *state)
{
  static const struct
  {
    const char *state, *words;
  } rows[] = { { "here", "here" },
               { "away", "not here" },
               { "looking", "being looked for" },
               { "connecting", "being connected to" },
               { "waits", "still deciding whether to let you in" },
               { "asks", "asking to connect" },
               { "failed", "not connected" },
               { "changed", "not connected" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (state, rows[i].state) == 0)
      return rows[i].words;
  return "in a state of a newer Freshet";
}

/* Whose computer it is, and who told us of them. */
static char *
describe_more (JsonObject *person)
{
  g_autofree char *introducer = fr_cli_escape (fr_control_get_string (person, "introduced_by_name"));
  g_autofree char *owner = fr_cli_escape (fr_control_get_string (person, "computer_of_name"));
  g_autofree char *own_name = fr_cli_escape (fr_control_get_string (person, "own_name"));

  if (fr_control_get_flag (person, "mine"))
    return g_strdup (fr_control_get_flag (person, "says_mine") ? " Your other computer."
                                                               : " Your other computer, once it says so too.");
  if (fr_control_get_flag (person, "says_mine"))
    return g_strdup (" Says that it is another computer of yours.");
  if (*owner != '\0')
    return g_strdup_printf (" Another computer of %s.", owner);
  if (*introducer != '\0')
    return g_strdup_printf (" Introduced by %s.", introducer);
  return *own_name != '\0' ? g_strdup_printf (" Goes by “%s” now.", own_name) : g_strdup ("");
}

static void
print_person (JsonObject *person, const FrCliOptions *options)
{
  g_autofree char *name = fr_cli_escape (fr_control_get_string (person, "name"));
  g_autofree char *address = fr_cli_escape (fr_control_get_string (person, "address"));
  g_autofree char *error = fr_cli_escape (fr_control_get_string (person, "error"));
  g_autofree char *more = describe_more (person);

  if (options->json)
    fr_cli_print_json (NULL, person);
  else if (fr_control_get_flag (person, "blocked"))
    fr_cli_print ("%s (%s) is blocked.", *name != '\0' ? name : "Somebody", address);
  else
    fr_cli_print ("%s (%s) is %s%s%s%s%s", *name != '\0' ? name : "Somebody", address,
                  describe_state (fr_control_get_string (person, "state")), *error != '\0' ? ": " : ".", error,
                  fr_control_get_flag (person, "checked") ? " Checked." : "", more);
}

static void
list_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  if (!is_end)
    print_person (answer, data);
}

static FrExit
list (FrCliPeer *peer, const FrCliOptions *options, char **who, GError **error)
{
  fr_cli_peer_ask (peer, fr_control_request ("people-list"), list_cb, (gpointer) options, error);
  return FR_EXIT_OK;
}

static void
added_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  if (!is_end && g_strcmp0 (fr_control_get_string (answer, "event"), "notice") == 0)
    fr_cli_complain ("%s", fr_control_get_string (answer, "text"));
  if (is_end && fr_control_get_flag (answer, "ok"))
    {
      print_person (answer, data);
    }
}

static FrExit
add (FrCliPeer *peer, const FrCliOptions *options, char **who, GError **error)
{
  if (!fr_cli_peer_get_ready (peer, FALSE, error))
    return FR_EXIT_NO_SERVER;
  for (; *who != NULL; who++)
    {
      JsonObject *request = fr_control_request ("people-add");

      fr_control_set_string (request, "person", *who);
      json_object_set_int_member (request, "wait", ADD_SECONDS);
      if (!fr_cli_peer_ask (peer, request, added_cb, (gpointer) options, error))
        return FR_EXIT_FAILED;
    }
  return FR_EXIT_OK;
}

/* One a line, to be read aloud. */
static void
words_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  const FrCliOptions *options = data;
  g_autofree char *name = NULL;
  g_auto (GStrv) words = NULL;

  if (!is_end || !fr_control_get_flag (answer, "ok"))
    return;
  if (options->json)
    {
      fr_cli_print_json (NULL, answer);
      return;
    }
  name = fr_cli_escape (fr_control_get_string (answer, "name"));
  words = fr_control_get_strings (answer, "words");
  fr_cli_print (json_object_has_member (answer, "other_key") ? "Words for whoever is where %s was:" : "Words for %s:",
                name);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    fr_cli_print ("  %u. %s", i + 1, words[i]);
}

static FrExit
words (FrCliPeer *peer, const FrCliOptions *options, char **who, GError **error)
{
  for (; *who != NULL; who++)
    {
      JsonObject *request = fr_control_request ("people-words");

      fr_control_set_string (request, "person", *who);
      if (!fr_cli_peer_ask (peer, request, words_cb, (gpointer) options, error))
        return FR_EXIT_FAILED;
    }
  return FR_EXIT_OK;
}

static FrExit
rename_person (FrCliPeer *peer, const FrCliOptions *options, char **who, GError **error)
{
  JsonObject *request = fr_control_request ("people-rename");

  fr_control_set_string (request, "person", who[0]);
  fr_control_set_string (request, "name", who[1]);
  return fr_cli_peer_ask (peer, request, added_cb, (gpointer) options, error) ? FR_EXIT_OK : FR_EXIT_FAILED;
}

static FrExit
introduce (FrCliPeer *peer, const FrCliOptions *options, char **who, GError **error)
{
  JsonObject *request = fr_control_request ("people-introduce");

  fr_control_set_string (request, "person", who[0]);
  fr_control_set_string (request, "to", who[1]);
  return fr_cli_peer_ask (peer, request, NULL, NULL, error) ? FR_EXIT_OK : FR_EXIT_FAILED;
}

static FrExit
change (FrCliPeer *peer, const char *operation, char **who, GError **error)
{
  for (; *who != NULL; who++)
    {
      JsonObject *request = fr_control_request (operation);

      fr_control_set_string (request, "person", *who);
      if (!fr_cli_peer_ask (peer, request, NULL, NULL, error))
        return FR_EXIT_FAILED;
    }
  return FR_EXIT_OK;
}

static const struct
{
  const char *name;
  FrExit (*run) (FrCliPeer *peer, const FrCliOptions *options, char **who, GError **error);
  const char *operation; /* where there is nothing to run */
  const char *two;       /* what to say where there are not two arguments; nullable */
} actions[] = { { "list", list, NULL },
                { "add", add, NULL },
                { "remove", NULL, "people-remove" },
                { "rename", rename_person, NULL, "Say who, and what they are to be called." },
                { "accept", NULL, "people-accept" },
                { "decline", NULL, "people-decline" },
                { "block", NULL, "people-block" },
                { "unblock", NULL, "people-unblock" },
                { "words", words, NULL },
                { "checked", NULL, "people-checked" },
                { "unchecked", NULL, "people-unchecked" },
                { "mine", NULL, "people-mine" },
                { "not-mine", NULL, "people-not-mine" },
                { "introduce", introduce, NULL, "Say who is to be introduced, and to whom." } };

FrExit
fr_command_people (char ***arguments, GCancellable *stop, GError **error)
{
  g_auto (FrCliOptions) options = { 0 };
  g_autoptr (GOptionContext) context = fr_cli_context_new (
      "list | add | remove | accept | decline | block | unblock | words | checked | unchecked | mine | not-mine "
      "WHO…, rename WHO NAME, introduce WHO TO",
      "Shows and changes whom Freshet connects to.", description, NULL, &options);
  g_autoptr (FrCliPeer) peer = NULL;
  const char *action;

  if (!fr_cli_context_parse (context, &options, arguments, error))
    return FR_EXIT_USAGE;
  action = (*arguments)[1];
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_strcmp0 (action, actions[i].name) != 0)
        continue;
      if (((*arguments)[2] != NULL) == (actions[i].run == list))
        {
          fr_cli_set_usage_error (error, actions[i].run == list ? "Too many arguments." : "Say who.");
          return FR_EXIT_USAGE;
        }
      if (actions[i].two != NULL && g_strv_length (*arguments) != 4)
        {
          fr_cli_set_usage_error (error, "%s", actions[i].two);
          return FR_EXIT_USAGE;
        }
      for (char **who = *arguments + 2; *who != NULL; who++)
        if (!fr_cli_check_text ("address", *who, error))
          return FR_EXIT_USAGE;
      peer = fr_cli_peer_open (&options, stop, error);
      if (peer == NULL)
        return FR_EXIT_FAILED;
      return actions[i].run != NULL ? actions[i].run (peer, &options, *arguments + 2, error)
                                    : change (peer, actions[i].operation, *arguments + 2, error);
    }
  fr_cli_set_usage_error (error, "Say what to do: list, add, remove, rename, accept, decline, block, unblock, words, checked, "
                                 "unchecked, mine, not-mine or introduce.");
  return FR_EXIT_USAGE;
}
