/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-node-error.h"

#include "tests.h"

static void
test_sentences (void)
{
  static const char *const names[] = { "zoe", "", NULL, "100 % %s" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (int code = 0; code <= FR_NODE_ERROR_BAD_RELAY; code++)
      {
        g_autoptr (GError) error = fr_node_error_new (code, names[i]);

        g_assert_error (error, FR_NODE_ERROR, code);
        g_assert_true (g_str_has_suffix (error->message, "."));
        g_assert_true (strchr (error->message, '%') == NULL || strstr (error->message, "100 % %s") != NULL);
      }
}

static void
test_whom (void)
{
  g_autoptr (GError) named = fr_node_error_new (FR_NODE_ERROR_LEFT, "zoe");
  g_autoptr (GError) unnamed = fr_node_error_new (FR_NODE_ERROR_REFUSED, "");

  g_assert_cmpstr (named->message, ==, "zoe went away.");
  g_assert_cmpstr (unnamed->message, ==, "the other person did not accept the connection.");
}

void
test_node_error_add (void)
{
  g_test_add_func ("/node/error/sentences", test_sentences);
  g_test_add_func ("/node/error/whom", test_whom);
}
