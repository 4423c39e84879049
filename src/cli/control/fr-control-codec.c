/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-codec.h"

#include <string.h>

/**
 * fr_control_parse:
 * @line: what was received, without the line feed; not ended by a NUL
 * @size: its bytes
 * @error: (out): %FR_CONTROL_ERROR_BAD_REQUEST
 *
 * Reads one line, of at most %FR_CONTROL_MAX_LINE bytes.
 *
 * Returns: (transfer full): the object, which is not to be changed, or %NULL
 */
JsonObject *
fr_control_parse (const char *line, gsize size, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (line != NULL, NULL);

  if (g_utf8_validate (line, size, NULL))
    root = fr_json_guard_parse (line, (gssize) size, &fault);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_object_ref (json_node_get_object (root));
  g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_BAD_REQUEST, "The line is not a JSON object%s%s.",
               fault != NULL ? ": " : "", fault != NULL ? fault->message : "");
  return NULL;
}

/**
 * fr_control_format:
 * @object: what to send
 * @out_size: (out): bytes, the line feed counted; untouched on failure
 *
 * Returns: (transfer full) (nullable): the line with its line feed, or %NULL if it would be over
 *   %FR_CONTROL_MAX_LINE
 */
char *
fr_control_format (JsonObject *object, gsize *out_size)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  gsize size;

  g_return_val_if_fail (object != NULL, NULL);

  json_node_set_object (root, object);
  text = json_to_string (root, FALSE);
  size = strlen (text);
  if (size > FR_CONTROL_MAX_LINE)
    return NULL;
  *out_size = size + 1;
  return g_strconcat (text, "\n", NULL);
}

static JsonNode *
get_value (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

static gboolean
is_number (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

/**
 * fr_control_get_id:
 * @object: a request, or an answer
 * @out_id: (out): its id; untouched on failure
 *
 * Returns: whether @object has an id from 1 to %FR_CONTROL_MAX_ID
 */
gboolean
fr_control_get_id (JsonObject *object, gint64 *out_id)
{
  JsonNode *node = get_value (object, "id");

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  if (json_node_get_int (node) < 1 || json_node_get_int (node) > FR_CONTROL_MAX_ID)
    return FALSE;
  *out_id = json_node_get_int (node);
  return TRUE;
}

/**
 * fr_control_get_string:
 * @object: an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): its text, or %NULL if it is not there or is none
 */
const char *
fr_control_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/**
 * fr_control_get_number:
 * @object: an object
 * @name: a member
 * @fallback: what to return if it is not there, or is no number
 *
 * Returns: the number
 */
double
fr_control_get_number (JsonObject *object, const char *name, double fallback)
{
  JsonNode *node = get_value (object, name);

  return node != NULL && is_number (node) ? json_node_get_double (node) : fallback;
}

/**
 * fr_control_get_flag:
 * @object: an object
 * @name: a member
 *
 * Returns: whether it is there and `true`
 */
gboolean
fr_control_get_flag (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/**
 * fr_control_get_strings:
 * @object: an object
 * @name: a member
 *
 * Returns: (transfer full) (nullable): its texts, or %NULL if it is not there or is anything else than an array of
 *   text
 */
char **
fr_control_get_strings (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        return NULL;
      g_ptr_array_add (strings, g_strdup (json_node_get_string (element)));
    }
  g_ptr_array_add (strings, NULL);
  return (char **) g_ptr_array_steal (strings, NULL);
}

/**
 * fr_control_request:
 * @operation: what is wanted
 *
 * Returns: (transfer full): a request without an id yet
 */
JsonObject *
fr_control_request (const char *operation)
{
  JsonObject *request = json_object_new ();

  json_object_set_string_member (request, "op", operation);
  return request;
}

/**
 * fr_control_set_string:
 * @object: an object
 * @name: a member
 * @value: (nullable): its text; what is no UTF-8 in it is replaced
 *
 * Sets a member, unless @value is %NULL.
 */
void
fr_control_set_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (value, -1);

      json_object_set_string_member (object, name, valid);
    }
}

/**
 * fr_control_set_strings:
 * @object: an object
 * @name: a member
 * @values: (nullable) (array zero-terminated=1): texts
 *
 * Sets a member to an array of texts, unless @values is %NULL.
 */
void
fr_control_set_strings (JsonObject *object, const char *name, const char *const *values)
{
  JsonArray *array;

  if (values == NULL)
    return;
  array = json_array_new ();
  for (; *values != NULL; values++)
    {
      g_autofree char *valid = g_utf8_make_valid (*values, -1);

      json_array_add_string_element (array, valid);
    }
  json_object_set_array_member (object, name, array);
}

/**
 * fr_control_end_failed:
 * @error: of %FR_CONTROL_ERROR
 *
 * Returns: (transfer full): the last answer to a request that failed, without its id
 */
JsonObject *
fr_control_end_failed (const GError *error)
{
  JsonObject *end = json_object_new ();

  g_return_val_if_fail (error != NULL && error->domain == FR_CONTROL_ERROR, end);

  json_object_set_boolean_member (end, "end", TRUE);
  json_object_set_boolean_member (end, "ok", FALSE);
  json_object_set_string_member (end, "code", fr_control_error_to_name (error->code));
  fr_control_set_string (end, "error", error->message);
  return end;
}

/**
 * fr_control_check_end:
 * @end: the last answer to a request
 * @error: (out): a %FR_CONTROL_ERROR as the other side gave it
 *
 * Returns: whether the request succeeded
 */
gboolean
fr_control_check_end (JsonObject *end, GError **error)
{
  const char *message = fr_control_get_string (end, "error");

  if (fr_control_get_flag (end, "ok"))
    return TRUE;
  g_set_error_literal (error, FR_CONTROL_ERROR,
                       fr_control_error_from_name (fr_control_get_string (end, "code")),
                       message != NULL ? message : "It did not work.");
  return FALSE;
}
