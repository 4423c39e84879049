/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-codec.h"
#include "fuzz-input.h"

/* A line of the control socket. */

const gsize fuzz_max_size = 4096;

static void
read_all (JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) names = json_object_get_members (object);
  gint64 id = 0;

  if (fr_control_get_id (object, &id))
    g_assert_true (id >= 1 && id <= FR_CONTROL_MAX_ID);
  g_assert_true (fr_control_check_end (object, &error) == (error == NULL));
  for (GList *link = names; link != NULL; link = link->next)
    {
      g_auto (GStrv) strings = fr_control_get_strings (object, link->data);
      const char *string = fr_control_get_string (object, link->data);

      g_assert_true (string == NULL || g_utf8_validate (string, -1, NULL));
      fr_control_get_number (object, link->data, 0);
      fr_control_get_flag (object, link->data);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = fr_control_parse ((const char *) data, size, &error), again = NULL;
  g_autofree char *line = NULL, *line_again = NULL;
  gsize line_size, size_again;

  g_assert_true ((object == NULL) == (error != NULL));
  if (object == NULL)
    return 0;
  read_all (object);
  line = fr_control_format (object, &line_size);
  if (line == NULL)
    return 0;
  again = fr_control_parse (line, line_size - 1, &error);
  g_assert_no_error (error);
  line_again = fr_control_format (again, &size_again);
  g_assert_cmpstr (line, ==, line_again);
  return 0;
}
