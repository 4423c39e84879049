/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-qr.h"

#include <string.h>

#include "tests.h"

/* The size of a code is 21 modules and 4 more for each version, and 8 of quiet zone; two modules are a line. */
static void
test_blocks (void)
{
  g_autofree char *code = fr_cli_qr_new ("freshet:invite?name=Anna", FALSE);
  g_auto (GStrv) lines = NULL;

  if (code == NULL)
    {
      g_test_skip ("built without libqrencode");
      return;
    }
  g_assert_true (g_utf8_validate (code, -1, NULL));
  lines = g_strsplit (code, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, (25 + 8 + 1) / 2 + 1); /* the last one is empty */
  for (guint i = 0; i < g_strv_length (lines) - 1; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), ==, 25 + 8);
  g_assert_cmpuint (strspn (lines[0], " "), ==, strlen (lines[0]));
  g_assert_true (g_str_has_prefix (lines[2], "    \342\226\210\342\226\200\342\226\200\342\226\200\342\226\200\342\226\200\342\226\210 "));
  g_assert_true (g_str_has_prefix (lines[3], "    \342\226\210 \342\226\210\342\226\210\342\226\210 \342\226\210 "));
}

static void
test_colours (void)
{
  g_autofree char *plain = fr_cli_qr_new ("x", FALSE), *code = fr_cli_qr_new ("x", TRUE);
  g_autoptr (GString) stripped = g_string_new (code);

  if (code == NULL)
    {
      g_test_skip ("built without libqrencode");
      return;
    }
  g_assert_cmpuint (g_string_replace (stripped, "\033[30;107m", "", 0), ==, (21 + 8 + 1) / 2);
  g_assert_cmpuint (g_string_replace (stripped, "\033[0m", "", 0), ==, (21 + 8 + 1) / 2);
  g_assert_cmpstr (stripped->str, ==, plain);
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (2954, 'x');

  g_assert_null (fr_cli_qr_new (text, FALSE));
}

void
test_qr_add (void)
{
  g_test_add_func ("/cli/qr/blocks", test_blocks);
  g_test_add_func ("/cli/qr/colours", test_colours);
  g_test_add_func ("/cli/qr/too-long", test_too_long);
}
