/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-options.h"

#include <string.h>

/**
 * fr_cli_options_clear:
 * @self: options that were read
 *
 * Frees what is in them.
 */
void
fr_cli_options_clear (FrCliOptions *self)
{
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->limit_down, g_free);
  g_clear_pointer (&self->limit_up, g_free);
  g_clear_pointer (&self->stun, g_free);
  g_clear_pointer (&self->incoming, g_free);
  g_clear_pointer (&self->turn, g_strfreev);
}

/* Text is taken as FILENAME too: GLib would convert it from the locale's character set, and fail on a name in UTF-8
 * under LC_ALL=C. fr_cli_check_text() is what it is checked with instead. */
static void
add_shared (GOptionContext *context, FrCliOptions *options)
{
  const GOptionEntry asking[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options->data,
      "Data folder (default: freshet in $XDG_DATA_HOME)", "DIR" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options->json, "Write one JSON object a line", NULL },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry peer[] = {
    { "name", 'n', 0, G_OPTION_ARG_FILENAME, &options->name, "Your name; kept for next time", "NAME" },
    { "server", 's', 0, G_OPTION_ARG_FILENAME, &options->server,
      "The meeting point, where people find each other; kept for next time", "HOST:PORT" },
    { "stun", 0, 0, G_OPTION_ARG_FILENAME, &options->stun, "STUN, to get through firewalls", "stun://HOST:PORT" },
    { "turn", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->turn, "TURN, a relay where networks are strict; may be repeated",
      "turn://USER:PASSWORD@HOST:PORT" },
    { "loopback", 0, 0, G_OPTION_ARG_NONE, &options->loopback, "Use 127.0.0.1 only: all peers on this computer", NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionGroup *group = g_option_group_new ("peer", "For a peer that is started (one that runs already keeps its own):",
                                            "Show them", NULL, NULL);

  g_option_context_add_main_entries (context, asking, NULL);
  g_option_group_add_entries (group, peer);
  g_option_context_add_group (context, group);
}

/**
 * fr_cli_context_new:
 * @arguments: (nullable): what comes after the options, for the usage line
 * @summary: what the command does
 * @description: examples, and what a script wants to know
 * @entries: (nullable): the command's own options
 * @options: (nullable): where to put the options that several commands share; %NULL if it takes none of them
 *
 * Returns: (transfer full): what reads and explains the command's options
 */
GOptionContext *
fr_cli_context_new (const char *arguments, const char *summary, const char *description, const GOptionEntry *entries,
                    FrCliOptions *options)
{
  GOptionContext *context = g_option_context_new (arguments);

  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (options != NULL)
    add_shared (context, options);
  return context;
}

/* `--` ends the options and is no argument; GLib leaves it in where something with a dash follows. */
static void
drop_dashes (char **arguments)
{
  for (; *arguments != NULL; arguments++)
    if (strcmp (*arguments, "--") == 0)
      {
        g_free (*arguments);
        for (; *arguments != NULL; arguments++)
          arguments[0] = arguments[1];
        return;
      }
}

/**
 * fr_cli_context_parse:
 * @context: of fr_cli_context_new()
 * @options: (nullable): what was given there
 * @arguments: (inout): the command line from the command's name on; what is left after it
 * @error: (out): %G_OPTION_ERROR
 *
 * Reads the options of a command. Ends the program for `--help`.
 *
 * Returns: whether they make sense
 */
gboolean
fr_cli_context_parse (GOptionContext *context, FrCliOptions *options, char ***arguments, GError **error)
{
  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;
  drop_dashes (*arguments);
  if (options == NULL)
    return TRUE;
  if (options->data == NULL)
    options->data = g_build_filename (g_get_user_data_dir (), "freshet", NULL);
  return (options->name == NULL || fr_cli_check_text ("name", options->name, error))
         && (options->server == NULL || fr_cli_check_text ("server", options->server, error));
}

/**
 * fr_cli_check_text:
 * @what: what it is, for the error
 * @text: (nullable): an argument as it was typed
 * @error: (out): %G_OPTION_ERROR_BAD_VALUE
 *
 * Returns: whether @text is there and is UTF-8
 */
gboolean
fr_cli_check_text (const char *what, const char *text, GError **error)
{
  if (text != NULL && *text != '\0' && g_utf8_validate (text, -1, NULL))
    return TRUE;
  fr_cli_set_usage_error (error, "The %s is missing, empty or not UTF-8.", what);
  return FALSE;
}

/**
 * fr_cli_set_usage_error:
 * @error: (out): %G_OPTION_ERROR_BAD_VALUE
 * @format: as printf(): a sentence
 * @...: as printf()
 *
 * Says what is wrong with a command line.
 */
void
fr_cli_set_usage_error (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
}

/**
 * fr_cli_join_words:
 * @words: (nullable): what is left of a command line
 *
 * Joins words as if they had been typed in one piece; a word with a blank in it was quoted, and stays a phrase.
 *
 * Returns: (transfer full): the words
 */
char *
fr_cli_join_words (char **words)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      gboolean is_phrase = strchr (words[i], ' ') != NULL && strchr (words[i], '"') == NULL;

      g_string_append_printf (joined, is_phrase && words[1] != NULL ? "%s\"%s\"" : "%s%s", i > 0 ? " " : "", words[i]);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/**
 * fr_cli_check_limit:
 * @text: (nullable): what was given as a limit
 * @error: (out): a usage error
 *
 * Returns: %FALSE if it is none
 */
gboolean
fr_cli_check_limit (const char *text, GError **error)
{
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, NULL, NULL))
    return TRUE;
  fr_cli_set_usage_error (error, "A limit is a number of KiB a second, or 0 for none, not “%s”.", text);
  return FALSE;
}
