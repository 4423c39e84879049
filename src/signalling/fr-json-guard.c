/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-json-guard.h"

#include <math.h>
#include <string.h>

G_DEFINE_QUARK (fr-signal-fault-quark, fr_signal_fault)

static gboolean
fail (GError **error, FrSignalFault fault, const char *what)
{
  g_set_error_literal (error, FR_SIGNAL_FAULT, fault, what);
  return FALSE;
}

static gboolean
scan_unit (const char **at, const char *end, guint *out_unit)
{
  const char *p = *at;
  guint unit = 0;

  if (end - p < 4)
    return FALSE;
  for (int i = 0; i < 4; i++, p++)
    {
      if (!g_ascii_isxdigit (*p))
        return FALSE;
      unit = unit << 4 | (guint) g_ascii_xdigit_value (*p);
    }
  *at = p;
  *out_unit = unit;
  return TRUE;
}

/* What follows "\u". json-glib writes a low surrogate without its high one as bytes that are no UTF-8, and ends a
 * string at U+0000: neither could be passed on as it came. */
static gboolean
scan_unicode_escape (const char **at, const char *end)
{
  guint unit, low;

  if (!scan_unit (at, end, &unit) || unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;
  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;
  if (end - *at < 2 || (*at)[0] != '\\' || (*at)[1] != 'u')
    return FALSE;
  *at += 2;
  return scan_unit (at, end, &low) && low >= 0xdc00 && low <= 0xdfff;
}

/* `*at` is behind the opening quote, and behind the closing one afterwards. */
static gboolean
scan_string (const char **at, const char *end)
{
  while (*at < end)
    {
      char c = *(*at)++;

      if (c == '"')
        return TRUE;
      if ((guchar) c < 0x20)
        return FALSE;
      if (c != '\\')
        continue;
      if (*at == end)
        return FALSE;
      c = *(*at)++;
      if (c == 'u' ? !scan_unicode_escape (at, end) : strchr ("\"\\/bfnrt", c) == NULL || c == '\0')
        return FALSE;
    }
  return FALSE;
}

/* json-glib writes "1e+20.0", which is no JSON: what a server passed on would be damaged by it. */
static gboolean
is_written_well (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (text, sizeof text, number);
  return strchr (text, 'e') == NULL || strchr (text, '.') != NULL;
}

/* json-glib wraps whole numbers around at 64 bits and writes infinity as no JSON parser reads it. */
static gboolean
scan_number (const char **at, const char *end)
{
  char text[FR_JSON_MAX_NUMBER + 1];
  gsize length = 0, digits = 0;
  gboolean whole = TRUE;
  double number;

  for (; *at < end && (g_ascii_isdigit (**at) || strchr ("+-.eE", **at) != NULL) && **at != '\0'; (*at)++)
    {
      if (length == FR_JSON_MAX_NUMBER)
        return FALSE;
      whole = whole && (g_ascii_isdigit (**at) || **at == '-');
      digits += g_ascii_isdigit (**at);
      text[length++] = **at;
    }
  text[length] = '\0';
  number = g_ascii_strtod (text, NULL);
  return digits > 0 && isfinite (number) && (whole ? digits <= 18 : is_written_well (number));
}

static gboolean
scan_word (const char **at, const char *end)
{
  static const char *const words[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (end - *at) >= length && memcmp (*at, words[i], length) == 0)
        {
          *at += length;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
scan_token (const char **at, const char *end)
{
  if (**at == '"')
    {
      (*at)++;
      return scan_string (at, end);
    }
  if (g_ascii_isdigit (**at) || **at == '-')
    return scan_number (at, end);
  return scan_word (at, end);
}

/* Looks at words only, not at their order, which json-glib checks; but takes no character outside strings that is
 * not JSON's, since json-glib's comments could hide brackets from the count. */
static gboolean
scan (const char *json, gsize size, GError **error)
{
  const char *end = json + size;
  guint depth = 0;
  gboolean ended = FALSE;

  for (const char *at = json; at < end;)
    {
      /* json-glib would read one text after the other, and loses the memory of all but the last. */
      if (ended && strchr (" \t\r\n", *at) == NULL)
        return fail (error, FR_SIGNAL_FAULT_NOT_JSON, "The message goes on behind its end");
      switch (*at)
        {
        case '[':
        case '{':
          if (depth == FR_JSON_MAX_DEPTH)
            return fail (error, FR_SIGNAL_FAULT_TOO_DEEP, "The message is nested too deeply");
          depth++;
          at++;
          break;
        case ']':
        case '}':
          if (depth == 0)
            return fail (error, FR_SIGNAL_FAULT_NOT_JSON, "The message closes what it did not open");
          depth--;
          ended = depth == 0;
          at++;
          break;
        case ' ':
        case '\t':
        case '\r':
        case '\n':
        case ',':
        case ':':
          at++;
          break;
        default:
          if (!scan_token (&at, end))
            return fail (error, FR_SIGNAL_FAULT_NOT_JSON, "The message is not JSON");
          ended = depth == 0;
        }
    }
  return TRUE;
}

/**
 * fr_json_guard_parse:
 * @json: text from outside; need not end with a NUL
 * @size: its size in bytes, or -1 if it ends with a NUL
 * @error: return location for a #FrSignalFault
 *
 * Parses what is at most %FR_JSON_MAX_SIZE bytes of RFC 8259 JSON, nested at most %FR_JSON_MAX_DEPTH deep. Whole
 * numbers have at most 18 digits, others are finite; strings have no U+0000 and no half of a surrogate pair.
 *
 * Returns: (transfer full) (nullable): the value
 */
JsonNode *
fr_json_guard_parse (const char *json, gssize size, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  gsize length;

  g_return_val_if_fail (json != NULL, NULL);

  length = size < 0 ? strlen (json) : (gsize) size;
  if (length > FR_JSON_MAX_SIZE)
    {
      fail (error, FR_SIGNAL_FAULT_TOO_LARGE, "The message is too large");
      return NULL;
    }
  if (!scan (json, length, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, json, (gssize) length, NULL) || json_parser_get_root (parser) == NULL)
    {
      fail (error, FR_SIGNAL_FAULT_NOT_JSON, "The message is not JSON");
      return NULL;
    }
  return json_parser_steal_root (parser);
}

/**
 * fr_json_get_object:
 * @object: an object
 * @member: the name of a member
 *
 * Returns: (transfer none) (nullable): the member, if it is an object
 */
JsonObject *
fr_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * fr_json_get_string:
 * @object: an object
 * @member: the name of a member
 * @max_size: the most bytes that are acceptable
 *
 * Returns: (transfer none) (nullable): the member, if it is a string and not longer
 */
const char *
fr_json_get_string (JsonObject *object, const char *member, gsize max_size)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = json_node_get_string (node);
  return strlen (text) <= max_size ? text : NULL;
}

/**
 * fr_json_get_uint:
 * @object: an object
 * @member: the name of a member
 * @max: the greatest value that is acceptable
 * @out_value: (out): the value; untouched on failure
 *
 * Returns: whether the member is a whole number from 0 to @max
 */
gboolean
fr_json_get_uint (JsonObject *object, const char *member, guint max, guint *out_value)
{
  JsonNode *node = json_object_get_member (object, member);
  gint64 value;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  value = json_node_get_int (node);
  if (value < 0 || value > max)
    return FALSE;
  *out_value = (guint) value;
  return TRUE;
}
