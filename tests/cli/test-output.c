/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-exit.h"
#include "fr-cli-output.h"
#include "fr-cli-progress.h"
#include "fr-control-error.h"

#include <gio/gio.h>

#include "tests.h"

static void
test_escape (void)
{
  static const struct
  {
    const char *text, *escaped;
  } rows[] = {
    { NULL, "" },
    { "", "" },
    { "Old harbour", "Old harbour" },
    { "Zoë 王小明 👩\u200d🎨", "Zoë 王小明 👩\u200d🎨" },
    { "a\x1b[2Jb", "a\\u{1b}[2Jb" },
    { "a\nb\tc\r", "a\\u{a}b\\u{9}c\\u{d}" },
    { "\x7f", "\\u{7f}" },
    { "\xc2\x9b" "1m", "\\u{9b}1m" }, /* CSI in one character */
    { "anna\u202egpj", "anna\\u{202e}gpj" },
    { "\u2066x\u2069", "\\u{2066}x\\u{2069}" },
    { "a\u2028b", "a\\u{2028}b" },
    { "a\xff", "a\xef\xbf\xbd" },
    { "back\\slash", "back\\slash" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *escaped = fr_cli_escape (rows[i].text);

      g_assert_cmpstr (escaped, ==, rows[i].escaped);
    }
}

static void
test_exits (void)
{
  static const FrExit exits[FR_CONTROL_N_ERRORS] = {
    [FR_CONTROL_ERROR_FAILED] = 1,      [FR_CONTROL_ERROR_BAD_REQUEST] = 2, [FR_CONTROL_ERROR_NOTHING_FOUND] = 3,
    [FR_CONTROL_ERROR_NO_SERVER] = 4,   [FR_CONTROL_ERROR_NOT_REACHED] = 5, [FR_CONTROL_ERROR_REFUSED] = 6,
    [FR_CONTROL_ERROR_FOLDER] = 7,      [FR_CONTROL_ERROR_CANCELLED] = 130, [FR_CONTROL_ERROR_LOST] = 1,
  };
  g_autoptr (GError) option = g_error_new_literal (G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "");

  for (guint code = 0; code < FR_CONTROL_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (FR_CONTROL_ERROR, code, "");

      g_assert_cmpint (fr_exit_from_error (error), ==, exits[code]);
      g_assert_cmpint (fr_control_error_from_name (fr_control_error_to_name (code)), ==, code);
    }
  g_assert_cmpint (fr_exit_from_error (option), ==, FR_EXIT_USAGE);
  g_assert_cmpint (fr_exit_from_error (other), ==, FR_EXIT_FAILED);
}

static void
test_progress (void)
{
  FrCliProgress progress = { .started_us = 1000, .enabled = TRUE };
  FrCliProgress piped = { .started_us = 1000 };
  gint64 due_us = progress.started_us + FR_CLI_PROGRESS_AFTER_US;

  g_assert_false (fr_cli_progress_is_due (&progress, due_us - 1));
  g_assert_true (fr_cli_progress_is_due (&progress, due_us));
  g_assert_false (fr_cli_progress_is_due (&piped, due_us));
  progress.shown_us = due_us;
  g_assert_false (fr_cli_progress_is_due (&progress, due_us + FR_CLI_PROGRESS_EVERY_US - 1));
  g_assert_true (fr_cli_progress_is_due (&progress, due_us + FR_CLI_PROGRESS_EVERY_US));
}

static void
test_size (void)
{
  g_autofree char *unknown = fr_cli_format_size (0);
  g_autofree char *known = fr_cli_format_size (12000);

  g_assert_cmpstr (unknown, ==, "-");
  g_assert_true (g_str_has_prefix (known, "12"));
}

void
test_output_add (void)
{
  g_test_add_func ("/cli/output/escape", test_escape);
  g_test_add_func ("/cli/output/exits", test_exits);
  g_test_add_func ("/cli/output/progress", test_progress);
  g_test_add_func ("/cli/output/size", test_size);
}
