/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-keep.h"

#include "fr-cli-output.h"
#include "fr-cli-progress.h"

typedef struct
{
  const char *what; /* borrowed: is going on */
  gboolean json;
  FrCliProgress progress;
  JsonObject *end; /* owned; NULL until it has come */
} Keep;

static gboolean
show_progress (Keep *keep, JsonObject *answer)
{
  if (g_strcmp0 (fr_control_get_string (answer, "event"), "progress") != 0)
    return FALSE;
  fr_cli_progress_show (&keep->progress, keep->what, fr_control_get_number (answer, "done", 0),
                        fr_control_get_number (answer, "total", 0));
  return TRUE;
}

static void
print_problem (JsonObject *problem)
{
  g_autofree char *file = fr_cli_escape (fr_control_get_string (problem, "file"));
  g_autofree char *title = fr_cli_escape (fr_control_get_string (problem, "title"));
  const char *content = fr_control_get_string (problem, "content");
  g_autofree char *text = fr_cli_escape (fr_control_get_string (problem, "problem"));
  g_autofree char *advice = fr_cli_escape (fr_control_get_string (problem, "advice"));
  const char *what = *file != '\0' ? file : content;

  if (*title != '\0')
    fr_cli_print ("%s\n  “%s”: %s %s", what, title, text, advice);
  else
    fr_cli_print ("%s\n  %s %s", what, text, advice);
}

static void
check_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Keep *keep = data;

  if (is_end)
    keep->end = json_object_ref (answer);
  if (is_end || show_progress (keep, answer))
    return;
  fr_cli_progress_clear (&keep->progress);
  if (keep->json)
    fr_cli_print_json (NULL, answer);
  else
    print_problem (answer);
}

static gboolean
finish_check (Keep *keep, GError **error)
{
  guint n_pictures = (guint) fr_control_get_number (keep->end, "pictures", 0);
  guint n_problems = (guint) fr_control_get_number (keep->end, "problems", 0);
  guint n_mended = (guint) fr_control_get_number (keep->end, "mended", 0);
  g_autofree char *size = fr_cli_format_size (fr_control_get_number (keep->end, "bytes", 0));

  if (keep->json)
    fr_cli_print_json ("checked", keep->end);
  if (n_problems > 0)
    {
      g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED,
                   n_problems == 1 ? "%u problem was found." : "%u problems were found.", n_problems);
      return FALSE;
    }
  if (!keep->json)
    fr_cli_print (n_pictures == 1 ? "All is well%s: %u picture, %s." : "All is well%s: %u pictures, %s.",
                  n_mended > 0 ? " now" : "", n_pictures, size);
  return TRUE;
}

/**
 * fr_cli_keep_check:
 * @peer: whose pictures
 * @json: whether a script reads it
 * @error: (out): %FR_CONTROL_ERROR_FAILED where something is wrong, or another
 *
 * Reads every picture and says what is wrong.
 *
 * Returns: whether nothing is
 */
gboolean
fr_cli_keep_check (FrCliPeer *peer, gboolean json, GError **error)
{
  Keep keep = { .what = "checking pictures", .json = json };
  gboolean good;

  fr_cli_progress_init (&keep.progress, TRUE);
  good = fr_cli_peer_ask (peer, fr_control_request ("gallery-check"), check_cb, &keep, error);
  fr_cli_progress_clear (&keep.progress);
  good = good && finish_check (&keep, error);
  g_clear_pointer (&keep.end, json_object_unref);
  return good;
}

static void
pack_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Keep *keep = data;
  const char *event = fr_control_get_string (answer, "event");

  if (is_end)
    keep->end = json_object_ref (answer);
  if (is_end || show_progress (keep, answer))
    return;
  fr_cli_progress_clear (&keep->progress);
  if (keep->json)
    fr_cli_print_json (NULL, answer);
  if (g_strcmp0 (event, "failed") == 0)
    fr_cli_complain ("%s: %s", fr_control_get_string (answer, "file"), fr_control_get_string (answer, "error"));
  else if (!keep->json && g_strcmp0 (event, "stranger") == 0)
    fr_cli_complain ("%s was chosen to see some of these pictures, and will once you add them to your people.",
                     fr_control_get_string (answer, "name"));
}

/* Nothing is converted but what an address cannot hold. */
static JsonObject *
request_about_path (const char *operation, const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  JsonObject *request = uri != NULL ? fr_control_request (operation) : NULL;

  if (request != NULL)
    fr_control_set_string (request, "uri", uri);
  return request;
}

static gboolean
finish_pack (Keep *keep, const char *event, const char *folder, GError **error)
{
  guint n_done = (guint) fr_control_get_number (keep->end, "done", 0);
  guint n_known = (guint) fr_control_get_number (keep->end, "known", 0);
  guint n_failed = (guint) fr_control_get_number (keep->end, "failed", 0);
  gboolean is_export = g_str_equal (event, "exported");
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *escaped = fr_cli_escape (shown);

  if (keep->json)
    fr_cli_print_json (event, keep->end);
  else if (is_export)
    fr_cli_print ("%u %s in %s.", n_done, n_done == 1 ? "picture is" : "pictures are", escaped);
  else
    fr_cli_print ("%u %s added, %u %s there already.", n_done, n_done == 1 ? "picture was" : "pictures were", n_known,
                  n_known == 1 ? "was" : "were");
  if (n_failed == 0)
    return TRUE;
  g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED, "%u of the files could not be %s.", n_failed,
               is_export ? "exported" : "added");
  return FALSE;
}

static gboolean
pack (FrCliPeer *peer, const char *operation, const char *what, const char *event, const char *folder, gboolean json,
      GError **error)
{
  Keep keep = { .what = what, .json = json };
  JsonObject *request = request_about_path (operation, folder, error);
  gboolean good;

  if (request == NULL)
    return FALSE;
  fr_cli_progress_init (&keep.progress, TRUE);
  good = fr_cli_peer_ask (peer, request, pack_cb, &keep, error);
  fr_cli_progress_clear (&keep.progress);
  good = good && finish_pack (&keep, event, folder, error);
  g_clear_pointer (&keep.end, json_object_unref);
  return good;
}

/**
 * fr_cli_keep_export:
 * @peer: whose pictures
 * @folder: (type filename): a folder that is not there yet, or empty
 * @json: whether a script reads it
 * @error: (out): %FR_CONTROL_ERROR
 *
 * Copies all pictures, and what is known of them, into a folder.
 *
 * Returns: whether all are there
 */
gboolean
fr_cli_keep_export (FrCliPeer *peer, const char *folder, gboolean json, GError **error)
{
  return pack (peer, "gallery-export", "exporting pictures", "exported", folder, json, error);
}

/**
 * fr_cli_keep_import:
 * @peer: whose pictures they become
 * @folder: (type filename): an exported gallery
 * @json: whether a script reads it
 * @error: (out): %FR_CONTROL_ERROR
 *
 * Adds the pictures of an exported gallery.
 *
 * Returns: whether all are there
 */
gboolean
fr_cli_keep_import (FrCliPeer *peer, const char *folder, gboolean json, GError **error)
{
  return pack (peer, "gallery-import", "adding pictures", "imported", folder, json, error);
}

static void
saved_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  const Keep *keep = data;
  g_autofree char *path = fr_cli_escape (fr_control_get_string (answer, "path"));

  if (is_end)
    return;
  if (keep->json)
    fr_cli_print_json (NULL, answer);
  else
    fr_cli_print ("Saved %s", path);
}

/**
 * fr_cli_keep_export_original:
 * @peer: whose picture
 * @picture: its id, the beginning of that, or its title
 * @path: (type filename): a file, or a folder that is there
 * @json: whether a script reads it
 * @error: (out): %FR_CONTROL_ERROR
 *
 * Copies a picture out as it was added, under another name where there is a file already; it says which.
 *
 * Returns: whether it is there
 */
gboolean
fr_cli_keep_export_original (FrCliPeer *peer, const char *picture, const char *path, gboolean json, GError **error)
{
  Keep keep = { .json = json };
  JsonObject *request = request_about_path ("gallery-export-original", path, error);

  if (request == NULL)
    return FALSE;
  fr_control_set_string (request, "content", picture);
  return fr_cli_peer_ask (peer, request, saved_cb, &keep, error);
}
