/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-options.h"
#include "fr-cli-share.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fr-test-support.h"
#include "tests.h"

static gboolean
parse (const char *line, FrCliOptions *options, char ***out_rest, GError **error)
{
  g_autoptr (GOptionContext) context = fr_cli_context_new (NULL, "A test.", NULL, NULL, options);

  *out_rest = g_strsplit (line, " ", -1);
  return fr_cli_context_parse (context, options, out_rest, error);
}

static void
test_shared (void)
{
  g_auto (FrCliOptions) options = { 0 };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (parse ("x --data /d --json --name Zoë one --server h:1 --turn a --turn b -- -two", &options, &rest,
                        &error));
  g_assert_no_error (error);
  g_assert_cmpstr (options.data, ==, "/d");
  g_assert_true (options.json);
  g_assert_false (options.loopback);
  g_assert_cmpstr (options.name, ==, "Zoë");
  g_assert_cmpstr (options.server, ==, "h:1");
  g_assert_cmpuint (g_strv_length (options.turn), ==, 2);
  g_assert_cmpuint (g_strv_length (rest), ==, 3);
  g_assert_cmpstr (rest[1], ==, "one");
  g_assert_cmpstr (rest[2], ==, "-two");
}

static void
test_default_folder (void)
{
  g_auto (FrCliOptions) options = { 0 };
  g_auto (GStrv) rest = NULL;
  g_autofree char *expected = g_build_filename (g_get_user_data_dir (), "freshet", NULL);

  g_assert_true (parse ("x", &options, &rest, NULL));
  g_assert_cmpstr (options.data, ==, expected);
}

static void
test_bad (void)
{
  static const char *const lines[] = { "x --nothing", "x --data", "x --name=", "x --name=\xff", "x --server=" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (FrCliOptions) options = { 0 };
      g_auto (GStrv) rest = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_false (parse (lines[i], &options, &rest, &error));
      g_assert_true (error->domain == G_OPTION_ERROR);
    }
}

static void
test_limits (void)
{
  static const struct
  {
    const char *text; /* NULL: not given */
    gboolean is_one;
  } rows[] = {
    { NULL, TRUE }, { "0", TRUE }, { "500", TRUE }, { "4294967295", TRUE }, { "4294967296", FALSE }, { "", FALSE },
    { "-1", FALSE }, { "5.5", FALSE }, { "100k", FALSE }, { "a lot", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (fr_cli_check_limit (rows[i].text, &error) == rows[i].is_one);
      g_assert_true ((error == NULL) == rows[i].is_one);
    }
}

static void
test_join (void)
{
  static const struct
  {
    const char *words[4];
    const char *joined;
  } rows[] = {
    { { NULL }, "" },
    { { "harbour", NULL }, "harbour" },
    { { "old", "harbour", NULL }, "old harbour" },
    { { "old harbour", NULL }, "old harbour" },
    { { "old harbour", "-storm", NULL }, "\"old harbour\" -storm" },
    { { "\"old harbour\"", "x", NULL }, "\"old harbour\" x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *joined = fr_cli_join_words ((char **) rows[i].words);

      g_assert_cmpstr (joined, ==, rows[i].joined);
    }
}

/* Many long names go into several requests, each of which fits into a line; any file name gets through. */
static void
test_share (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GError) error = NULL;
  guint n_uris = 0;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("%03u-\xff\"\n%0*u", i, 190, i);
      char *path = g_build_filename (folder, name, NULL);

      g_assert_true (g_file_set_contents (path, "", 0, NULL));
      g_ptr_array_add (paths, path);
    }
  g_ptr_array_add (paths, NULL);
  requests = fr_cli_share_requests ((char **) paths->pdata, &(FrCliShare){ .audience = "contacts" }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (requests->len, >, 1);
  for (guint i = 0; i < requests->len; i++)
    {
      g_auto (GStrv) uris = fr_control_get_strings (requests->pdata[i], "uris");
      g_autofree char *line = NULL;
      gsize size = 0;

      line = fr_control_format (requests->pdata[i], &size);
      g_assert_nonnull (line);
      for (guint j = 0; uris[j] != NULL; j++)
        {
          g_autofree char *path = g_filename_from_uri (uris[j], NULL, NULL);

          g_assert_cmpstr (path, ==, paths->pdata[n_uris++]);
        }
    }
  g_assert_cmpuint (n_uris, ==, 300);
  fr_test_folder_free (folder);
}

static void
test_share_absent (void)
{
  static const char *const absent[] = { "/nothing/here.jpg", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (absent); i++)
    {
      char *paths[] = { (char *) absent[i], NULL };
      g_autoptr (GError) error = NULL;

      g_assert_null (fr_cli_share_requests (paths, &(FrCliShare){ .keeps_audience = TRUE }, &error));
      g_assert_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND);
    }
}

void
test_options_add (void)
{
  g_test_add_func ("/cli/options/shared", test_shared);
  g_test_add_func ("/cli/options/limits", test_limits);
  g_test_add_func ("/cli/options/default-folder", test_default_folder);
  g_test_add_func ("/cli/options/bad", test_bad);
  g_test_add_func ("/cli/options/join", test_join);
  g_test_add_func ("/cli/share/batches", test_share);
  g_test_add_func ("/cli/share/absent", test_share_absent);
}
