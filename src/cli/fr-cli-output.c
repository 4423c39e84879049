/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-output.h"

#include <stdio.h>
#include <string.h>

/* Control characters and what makes a terminal write in another direction or in nothing at all. */
static gboolean
is_harmless (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return c == 0x200c || c == 0x200d; /* joiners, which many scripts need */
    default:
      return TRUE;
    }
}

/**
 * fr_cli_escape:
 * @text: (nullable): text from anybody
 *
 * Returns: (transfer full): the same, with what could upset a terminal written as `\u{1b}`
 */
char *
fr_cli_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_harmless (c))
        g_string_append_unichar (escaped, c);
      else
        g_string_append_printf (escaped, "\\u{%x}", c);
    }
  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

/**
 * fr_cli_format_size:
 * @bytes: a size; 0 if it is not known
 *
 * Returns: (transfer full): the size for people
 */
char *
fr_cli_format_size (double bytes)
{
  return bytes > 0 ? g_format_size ((guint64) bytes) : g_strdup ("-");
}

static void
write_line (FILE *file, const char *text)
{
  fputs (text, file);
  fputc ('\n', file);
  fflush (file); /* a reader at the other end of a pipe wants it now */
}

/**
 * fr_cli_print:
 * @format: as printf(); what comes from others goes through fr_cli_escape() first
 * @...: as printf()
 *
 * Writes one line to stdout.
 */
void
fr_cli_print (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  write_line (stdout, text);
}

/**
 * fr_cli_complain:
 * @format: as printf()
 * @...: as printf()
 *
 * Writes what went wrong to stderr: one line, escaped as a whole.
 */
void
fr_cli_complain (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  escaped = fr_cli_escape (text);
  write_line (stderr, escaped);
}

/**
 * fr_cli_complain_sentence:
 * @message: of an error
 *
 * Writes it to stderr as a sentence: libraries leave out the full stop.
 */
void
fr_cli_complain_sentence (const char *message)
{
  gboolean is_sentence = *message != '\0' && strchr (".!?", message[strlen (message) - 1]) != NULL;

  fr_cli_complain (is_sentence ? "%s" : "%s.", message);
}

/* What is between us and the peer, and nobody else's business; and what has been written first. */
static gboolean
is_left_out (const char *member)
{
  static const char *const members[] = { "id", "end", "ok", "event", NULL };

  return g_strv_contains (members, member);
}

/**
 * fr_cli_print_json:
 * @event: (nullable): what to call it, if it has no name yet
 * @answer: an answer from a peer, or the like
 *
 * Writes one JSON object on one line to stdout.
 */
void
fr_cli_print_json (const char *event, JsonObject *answer)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (event == NULL && json_object_has_member (answer, "event"))
    event = json_object_get_string_member (answer, "event");
  if (event != NULL)
    json_object_set_string_member (object, "event", event);
  json_object_iter_init_ordered (&iter, answer);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!is_left_out (name))
      json_object_set_member (object, name, json_node_copy (value));
  json_node_set_object (root, object);
  text = json_to_string (root, FALSE);
  write_line (stdout, text);
}
