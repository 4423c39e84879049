/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-json-guard.h"

#include <string.h>

#include "tests.h"

static JsonNode *
parse (const char *json, gsize size, GError **error)
{
  g_autofree char *exact = g_memdup2 (json, size); /* no NUL behind it, so that reading on is found */

  return fr_json_guard_parse (exact != NULL ? exact : "", (gssize) size, error);
}

static void
test_good (void)
{
  static const char *const rows[] = {
    "{}", "[]", "[1,-2,3.5,1e3,-1.5E-7,0,1e16,1.5e300]", "{\"a\":[true,false,null]}", " { \"a\" :\t\"b\" }\r\n",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00eb\"", "\"\\ud83d\\ude00\"", "\"Zo\xc3\xab\"", "999999999999999999",
    "{\"a\":\"[[[[{{{{\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (rows[i], strlen (rows[i]), &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_bad (void)
{
  static const char *const rows[] = {
    "",
    " ",
    "{",
    "]",
    "[}",
    "{\"a\":1,}",
    "[1 2]",
    "{a:1}",
    "{'a':1}",
    "nul",
    "NaN",
    "Infinity",
    "1e999",                    /* json-glib would write it as "inf" */
    "1000000000000000000",      /* json-glib would wrap its like around */
    "1e17",                     /* json-glib would write it as "1e+17.0" */
    "[-5e+40]",
    "1e-10",
    "-",
    "11111111111111111.111111111111111", /* 33 characters */
    "/*\"*/[[[[",               /* comments are json-glib's own idea */
    "var x = 1",
    "\"\\q\"",
    "\"\\u00\"",
    "\"\\uzzzz\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800\\u0041\"",
    "\"\\ud800\\ud800\"",
    "\"\x01\"",
    "\"\xff\"",
    "\"",
    "\"\\",
    "\"\\u",
    "{\"a\" \"b\"}",
    "{}{}", /* json-glib would lose the first */
    "\"a\"{}",
    "[] 1",
    "1 1",
    "{},",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (rows[i], strlen (rows[i]), &error);

      if (node != NULL)
        g_error ("%s was taken", rows[i]);
      g_assert_error (error, FR_SIGNAL_FAULT, FR_SIGNAL_FAULT_NOT_JSON);
    }
  g_assert_null (parse ("[\0]", 3, NULL));
}

static void
test_number_length (void)
{
  const char *longest = "1111111111111111.111111111111111"; /* 32 characters */
  g_autoptr (JsonNode) node = parse (longest, FR_JSON_MAX_NUMBER, NULL);

  g_assert_cmpuint (strlen (longest), ==, FR_JSON_MAX_NUMBER);
  g_assert_nonnull (node);
}

static char *
nest (guint depth)
{
  GString *json = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (json, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append_c (json, '0');
  for (guint i = depth; i > 0; i--)
    g_string_append_c (json, i % 2 == 1 ? ']' : '}');
  return g_string_free (json, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (FR_JSON_MAX_DEPTH), *deeper = nest (FR_JSON_MAX_DEPTH + 1);
  g_autofree char *abyss = g_strnfill (FR_JSON_MAX_SIZE, '[');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = fr_json_guard_parse (deepest, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  g_assert_null (fr_json_guard_parse (deeper, -1, &error));
  g_assert_error (error, FR_SIGNAL_FAULT, FR_SIGNAL_FAULT_TOO_DEEP);
  g_clear_error (&error);
  g_assert_null (fr_json_guard_parse (abyss, -1, &error));
  g_assert_error (error, FR_SIGNAL_FAULT, FR_SIGNAL_FAULT_TOO_DEEP);
}

static void
test_size (void)
{
  g_autofree char *text = g_strnfill (FR_JSON_MAX_SIZE + 1, ' ');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  text[0] = '1';
  node = fr_json_guard_parse (text, FR_JSON_MAX_SIZE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
  g_assert_null (fr_json_guard_parse (text, FR_JSON_MAX_SIZE + 1, &error));
  g_assert_error (error, FR_SIGNAL_FAULT, FR_SIGNAL_FAULT_TOO_LARGE);
}

static void
test_members (void)
{
  g_autoptr (JsonNode) node
      = fr_json_guard_parse ("{\"s\":\"abc\",\"n\":7,\"d\":7.5,\"o\":{},\"x\":null,\"m\":-1}", -1, NULL);
  JsonObject *object = json_node_get_object (node);
  guint value = 99;

  g_assert_cmpstr (fr_json_get_string (object, "s", 3), ==, "abc");
  g_assert_null (fr_json_get_string (object, "s", 2));
  g_assert_null (fr_json_get_string (object, "n", 9));
  g_assert_null (fr_json_get_string (object, "x", 9));
  g_assert_null (fr_json_get_string (object, "none", 9));
  g_assert_nonnull (fr_json_get_object (object, "o"));
  g_assert_null (fr_json_get_object (object, "s"));
  g_assert_null (fr_json_get_object (object, "none"));
  g_assert_false (fr_json_get_uint (object, "n", 6, &value));
  g_assert_false (fr_json_get_uint (object, "d", 9, &value));
  g_assert_false (fr_json_get_uint (object, "m", 9, &value));
  g_assert_false (fr_json_get_uint (object, "none", 9, &value));
  g_assert_cmpuint (value, ==, 99);
  g_assert_true (fr_json_get_uint (object, "n", 7, &value));
  g_assert_cmpuint (value, ==, 7);
}

void
test_json_guard_add (void)
{
  g_test_add_func ("/signalling/json-guard/good", test_good);
  g_test_add_func ("/signalling/json-guard/bad", test_bad);
  g_test_add_func ("/signalling/json-guard/number-length", test_number_length);
  g_test_add_func ("/signalling/json-guard/depth", test_depth);
  g_test_add_func ("/signalling/json-guard/size", test_size);
  g_test_add_func ("/signalling/json-guard/members", test_members);
}
