/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-codec.h"

#include <string.h>

#include "fr-test-support.h"
#include "tests.h"

static void
test_lines (void)
{
  static const struct
  {
    const char *line;
    gboolean good;
  } rows[] = {
    { "{}", TRUE },
    { "{\"id\":1,\"op\":\"search\"}", TRUE },
    { " {\"a\": [1, 2, {\"b\": null}]} ", TRUE },
    { "{\"a\":\"[[[[[[[[[[[[[[\"}", TRUE },
    { "{\"a\":\"\\\"[[[[[[[[[[[[[\\\\\"}", TRUE },
    { "{\"a\":\"\\u001b[2J\"}", TRUE },
    { "", FALSE },
    { " ", FALSE },
    { "[]", FALSE },
    { "1", FALSE },
    { "\"a\"", FALSE },
    { "null", FALSE },
    { "{", FALSE },
    { "}", FALSE },
    { "{\"a\"}", FALSE },
    { "{\"a\":1", FALSE },
    { "{\"a\":\"b", FALSE },
    { "{\"a\":\"b\\", FALSE },
    { "{a:1}", FALSE },
    { "/* [ */ {}", FALSE },
    { "{'a':1}", FALSE },
    { "{\"a\":\"\xff\"}", FALSE },
    { "{\"a\":\"\xed\xa0\x80\"}", FALSE },
    { "GET / HTTP/1.1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* A copy of exactly these bytes, so that reading on is seen. */
      g_autofree char *line = g_memdup2 (rows[i].line, MAX (strlen (rows[i].line), 1));
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = fr_control_parse (line, strlen (rows[i].line), &error);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (object != NULL, ==, rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_BAD_REQUEST);
    }
}

/* What the guard is there for: json-glib would overflow the stack. */
static void
test_nesting (void)
{
  g_autofree char *brackets = g_strnfill (FR_CONTROL_MAX_LINE, '[');

  g_assert_null (fr_control_parse (brackets, strlen (brackets), NULL));
}

static char *
make_long (gsize size)
{
  g_autofree char *filling = g_strnfill (size - strlen ("{\"a\":\"\"}"), 'x');

  return g_strdup_printf ("{\"a\":\"%s\"}", filling);
}

static void
test_size_limit (void)
{
  g_autofree char *longest = make_long (FR_CONTROL_MAX_LINE);
  g_autofree char *longer = make_long (FR_CONTROL_MAX_LINE + 1);
  g_autoptr (JsonObject) object = fr_control_parse (longest, strlen (longest), NULL);
  g_autofree char *line = NULL;
  g_autofree char *value = NULL;
  gsize size = 0;

  g_assert_nonnull (object);
  g_assert_null (fr_control_parse (longer, strlen (longer), NULL));
  line = fr_control_format (object, &size);
  g_assert_cmpuint (size, ==, FR_CONTROL_MAX_LINE + 1);
  g_assert_cmpint (line[size - 1], ==, '\n');
  value = g_strconcat (fr_control_get_string (object, "a"), "x", NULL);
  json_object_set_string_member (object, "a", value);
  g_assert_null (fr_control_format (object, &size));
}

static void
test_ids (void)
{
  static const struct
  {
    const char *line;
    gint64 id; /* 0: none */
  } rows[] = {
    { "{\"id\":1}", 1 },
    { "{\"id\":9007199254740992}", FR_CONTROL_MAX_ID },
    { "{\"id\":9007199254740993}", 0 },
    { "{\"id\":99999999999999999999999999}", 0 },
    { "{\"id\":0}", 0 },
    { "{\"id\":-1}", 0 },
    { "{\"id\":1.5}", 0 },
    { "{\"id\":\"1\"}", 0 },
    { "{\"id\":null}", 0 },
    { "{\"id\":[1]}", 0 },
    { "{}", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) object = fr_control_parse (rows[i].line, strlen (rows[i].line), NULL);
      gint64 id = 0;

      g_test_message ("%s", rows[i].line);
      if (object == NULL)
        g_assert_cmpint (rows[i].id, ==, 0);
      else
        g_assert_cmpint (fr_control_get_id (object, &id), ==, rows[i].id != 0);
      g_assert_cmpint (id, ==, rows[i].id);
    }
}

/* Whatever a member is, each getter has an answer. */
static void
test_getters (void)
{
  static const struct
  {
    const char *value, *string;
    double number;
    gboolean flag;
    int n_strings; /* -1: no array of text */
  } rows[] = {
    { "\"x\"", "x", -7, FALSE, -1 },
    { "3", NULL, 3, FALSE, -1 },
    { "2.5", NULL, 2.5, FALSE, -1 },
    { "true", NULL, -7, TRUE, -1 },
    { "false", NULL, -7, FALSE, -1 },
    { "null", NULL, -7, FALSE, -1 },
    { "{}", NULL, -7, FALSE, -1 },
    { "[]", NULL, -7, FALSE, 0 },
    { "[\"a\",\"b\"]", NULL, -7, FALSE, 2 },
    { "[\"a\",1]", NULL, -7, FALSE, -1 },
    { "[null]", NULL, -7, FALSE, -1 },
    { "[[\"a\"]]", NULL, -7, FALSE, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strdup_printf ("{\"m\":%s}", rows[i].value);
      g_autoptr (JsonObject) object = fr_control_parse (line, strlen (line), NULL);
      g_auto (GStrv) strings = NULL;

      g_test_message ("%s", line);
      g_assert_nonnull (object);
      strings = fr_control_get_strings (object, "m");
      g_assert_cmpstr (fr_control_get_string (object, "m"), ==, rows[i].string);
      g_assert_cmpfloat (fr_control_get_number (object, "m", -7), ==, rows[i].number);
      g_assert_cmpint (fr_control_get_flag (object, "m"), ==, rows[i].flag);
      g_assert_cmpint (strings != NULL ? (int) g_strv_length (strings) : -1, ==, rows[i].n_strings);
      g_assert_null (fr_control_get_string (object, "other"));
    }
}

static void
test_round_trip (void)
{
  static const char *const strings[] = { "", "Zoë", "a\nb", "\x1b[2J", NULL };
  g_autoptr (JsonObject) request = fr_control_request ("gallery-tag");
  g_autoptr (JsonObject) back = NULL;
  g_auto (GStrv) read = NULL;
  g_autofree char *line = NULL;
  gsize size = 0;

  fr_control_set_string (request, "none", NULL);
  fr_control_set_string (request, "broken", "a\xff");
  fr_control_set_strings (request, "add", strings);
  line = fr_control_format (request, &size);
  g_assert_true (memchr (line, '\n', size) == line + size - 1); /* the only one */
  back = fr_control_parse (line, size - 1, NULL);
  read = fr_control_get_strings (back, "add");
  g_assert_true (g_strv_equal ((const char *const *) read, strings));
  g_assert_false (json_object_has_member (back, "none"));
  g_assert_cmpstr (fr_control_get_string (back, "broken"), ==, "a\xef\xbf\xbd");
  g_assert_cmpstr (fr_control_get_string (back, "op"), ==, "gallery-tag");
}

static void
test_ends (void)
{
  for (int code = 0; code < (int) FR_CONTROL_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (FR_CONTROL_ERROR, code, "A sentence.");
      g_autoptr (JsonObject) end = fr_control_end_failed (error);
      g_autoptr (GError) back = NULL;

      g_assert_true (fr_control_get_flag (end, "end"));
      g_assert_false (fr_control_check_end (end, &back));
      g_assert_error (back, FR_CONTROL_ERROR, code);
      g_assert_cmpstr (back->message, ==, "A sentence.");
    }
}

/* What another version or a broken program may send as an end. */
static void
test_odd_ends (void)
{
  static const char *const lines[]
      = { "{\"end\":true}", "{\"end\":true,\"ok\":1}", "{\"end\":true,\"ok\":false,\"code\":\"of-tomorrow\"}",
          "{\"end\":true,\"ok\":false,\"code\":7,\"error\":[]}" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (JsonObject) end = fr_control_parse (lines[i], strlen (lines[i]), NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (fr_control_check_end (end, &error));
      g_assert_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED);
      g_assert_cmpstr (error->message, !=, "");
    }
}

/* A line cut or changed anywhere is read or refused, and nothing else. */
static void
test_damage (void)
{
  static const char whole[]
      = "{\"id\":12,\"op\":\"gallery-tag\",\"add\":[\"a\\u00e9\",\"b\\\\\"],\"x\":{\"y\":-1.5e3}}";
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (gsize size = 0; size < strlen (whole); size++)
    {
      g_autofree char *cut = g_memdup2 (whole, MAX (size, 1));

      g_assert_null (fr_control_parse (cut, size, NULL));
    }
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *changed = g_memdup2 (whole, strlen (whole));
      g_autoptr (JsonObject) object = NULL;
      g_auto (GStrv) strings = NULL;

      for (guint j = 0; j < 3; j++)
        changed[g_rand_int_range (rand, 0, (gint32) strlen (whole))] = (char) g_rand_int_range (rand, 1, 256);
      object = fr_control_parse (changed, strlen (whole), NULL);
      if (object != NULL)
        strings = fr_control_get_strings (object, "add");
    }
}

void
test_codec_add (void)
{
  g_test_add_func ("/cli/codec/lines", test_lines);
  g_test_add_func ("/cli/codec/nesting", test_nesting);
  g_test_add_func ("/cli/codec/size-limit", test_size_limit);
  g_test_add_func ("/cli/codec/ids", test_ids);
  g_test_add_func ("/cli/codec/getters", test_getters);
  g_test_add_func ("/cli/codec/round-trip", test_round_trip);
  g_test_add_func ("/cli/codec/ends", test_ends);
  g_test_add_func ("/cli/codec/odd-ends", test_odd_ends);
  g_test_add_func ("/cli/codec/damage", test_damage);
}
