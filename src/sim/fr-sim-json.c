/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-json.h"

#include <math.h>

struct _FrSimJson
{
  GString *text;
  guint depth;
  gboolean has_member;
};

static void
write_string (FrSimJson *self, const char *value)
{
  g_string_append_c (self->text, '"');
  for (; *value != '\0'; value++)
    if (*value == '"' || *value == '\\')
      g_string_append_printf (self->text, "\\%c", *value);
    else if ((guchar) *value < 0x20)
      g_string_append_printf (self->text, "\\u%04x", (guint) *value);
    else
      g_string_append_c (self->text, *value);
  g_string_append_c (self->text, '"');
}

static void
write_name (FrSimJson *self, const char *name)
{
  if (self->has_member)
    g_string_append_c (self->text, ',');
  self->has_member = TRUE;
  write_string (self, name);
  g_string_append_c (self->text, ':');
}

/**
 * fr_sim_json_new:
 *
 * Returns: (transfer full): a writer, inside of the object
 */
FrSimJson *
fr_sim_json_new (void)
{
  FrSimJson *self = g_new0 (FrSimJson, 1);

  self->text = g_string_new ("{");
  return self;
}

/**
 * fr_sim_json_free:
 * @self: (nullable) (transfer full): a writer
 */
void
fr_sim_json_free (FrSimJson *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * fr_sim_json_begin:
 * @self: a writer
 * @name: a member that is an object
 *
 * What follows is of that object, until fr_sim_json_end().
 */
void
fr_sim_json_begin (FrSimJson *self, const char *name)
{
  write_name (self, name);
  g_string_append_c (self->text, '{');
  self->depth++;
  self->has_member = FALSE;
}

/**
 * fr_sim_json_end:
 * @self: a writer in an object that fr_sim_json_begin() began
 */
void
fr_sim_json_end (FrSimJson *self)
{
  g_return_if_fail (self->depth > 0);

  g_string_append_c (self->text, '}');
  self->depth--;
  self->has_member = TRUE;
}

/**
 * fr_sim_json_string:
 * @self: a writer
 * @name: a member
 * @value: its text
 */
void
fr_sim_json_string (FrSimJson *self, const char *name, const char *value)
{
  write_name (self, name);
  write_string (self, value);
}

/**
 * fr_sim_json_number:
 * @self: a writer
 * @name: a member
 * @value: its number; one that is none is written as null
 */
void
fr_sim_json_number (FrSimJson *self, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  write_name (self, name);
  if (!isfinite (value))
    {
      g_string_append (self->text, "null");
      return;
    }
  if (value == floor (value) && fabs (value) < 1e15) /* as it is: counts are compared */
    g_ascii_formatd (text, sizeof text, "%.0f", value);
  else
    g_ascii_formatd (text, sizeof text, "%.6g", value);
  g_string_append (self->text, text);
}

/**
 * fr_sim_json_boolean:
 * @self: a writer
 * @name: a member
 * @value: whether it holds
 */
void
fr_sim_json_boolean (FrSimJson *self, const char *name, gboolean value)
{
  write_name (self, name);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * fr_sim_json_finish:
 * @self: a writer whose objects have all ended
 *
 * Returns: (transfer full): the object, in one line; nothing more can be written
 */
char *
fr_sim_json_finish (FrSimJson *self)
{
  g_return_val_if_fail (self->depth == 0, NULL);

  g_string_append_c (self->text, '}');
  return g_strdup (self->text->str);
}
