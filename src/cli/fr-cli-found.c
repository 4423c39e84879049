/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-found.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "fr-cli-output.h"
#include "fr-control-codec.h"

#define SHOWN_CONTENT 16

/**
 * fr_cli_found_init:
 * @self: (out caller-allocates): nothing found yet
 * @json: whether programs read it
 *
 * Begins to show a search.
 */
void
fr_cli_found_init (FrCliFound *self, gboolean json)
{
  *self = (FrCliFound) { .json = json };
  fr_cli_progress_init (&self->progress, !json);
}

static JsonObject *
get_holder (JsonObject *hit)
{
  JsonNode *node = json_object_get_member (hit, "holder");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
show_hit (JsonObject *hit)
{
  JsonObject *holder = get_holder (hit);
  g_autofree char *title = fr_cli_escape (fr_control_get_string (hit, "title"));
  g_autofree char *size = fr_cli_format_size (fr_control_get_number (hit, "size", 0));
  g_autofree char *name = fr_cli_escape (holder != NULL ? fr_control_get_string (holder, "name") : NULL);
  const char *content = fr_control_get_string (hit, "content");
  guint hops = holder != NULL ? (guint) fr_control_get_number (holder, "hops", 0) : 0;

  if (fr_control_get_flag (hit, "mine"))
    g_clear_pointer (&name, g_free);
  fr_cli_print ("%.*s  %8s  %u hop%s  %6.1f ms  %s (%s)", SHOWN_CONTENT, content != NULL ? content : "", size, hops,
                hops == 1 ? " " : "s", fr_control_get_number (hit, "ms", 0), title, name != NULL ? name : "yours");
}

static void
show_progress (FrCliFound *self, JsonObject *answer)
{
  fr_cli_progress_show (&self->progress, fr_control_get_string (answer, "title"),
                        fr_control_get_number (answer, "done", 0), fr_control_get_number (answer, "total", 0));
}

static void
show_later (JsonObject *answer, const char *event)
{
  g_autofree char *title = fr_cli_escape (fr_control_get_string (answer, "title"));
  g_autofree char *name = fr_cli_escape (fr_control_get_string (answer, "awaits"));

  if (g_str_equal (event, "kept"))
    fr_cli_print ("Kept %s: it is in your gallery, for you alone.", title);
  else
    fr_cli_print ("%s waits until %s is here.", title, *name != '\0' ? name : "somebody");
}

/* The last one is how it ended. */
static void
take_xray (FrCliFound *self, JsonObject *answer)
{
  JsonNode *node = json_object_get_member (answer, "hops");
  JsonArray *hops = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  self->n_people = 0;
  self->n_steps = 0;
  for (guint i = 0; hops != NULL && i < json_array_get_length (hops); i++)
    {
      JsonNode *element = json_array_get_element (hops, i);
      JsonObject *hop = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      guint distance = hop != NULL ? (guint) fr_control_get_number (hop, "hop", 0) : 0;
      guint n_asked = hop != NULL ? (guint) fr_control_get_number (hop, "asked", 0) : 0;

      if (distance == 0 || n_asked == 0)
        continue;
      self->n_people += n_asked;
      self->n_steps = MAX (self->n_steps, distance);
    }
}

/**
 * fr_cli_found_describe_reach:
 * @self: what was found
 *
 * Returns: (transfer full) (nullable): how far the search has gone, in a sentence; %NULL if that is not known
 */
char *
fr_cli_found_describe_reach (const FrCliFound *self)
{
  if (self->n_people == 0)
    return NULL;
  return g_strdup_printf ("Asked %u %s in %u step%s.", self->n_people, self->n_people == 1 ? "person" : "people",
                          self->n_steps, self->n_steps == 1 ? "" : "s");
}

/**
 * fr_cli_found_show:
 * @self: what was found until now
 * @answer: an answer to a search or to a get
 * @is_end: whether it is the last
 *
 * Shows one answer.
 */
void
fr_cli_found_show (FrCliFound *self, JsonObject *answer, gboolean is_end)
{
  const char *event = fr_control_get_string (answer, "event");
  gboolean is_progress = g_strcmp0 (event, "progress") == 0;

  if (is_end)
    self->n_asked = (guint) fr_control_get_number (answer, "asked", 0);
  self->n_hits += g_strcmp0 (event, "hit") == 0 ? 1 : 0;
  self->n_saved += g_strcmp0 (event, "saved") == 0 || g_strcmp0 (event, "kept") == 0 ? 1 : 0;
  self->n_failed += g_strcmp0 (event, "fetch-failed") == 0 ? 1 : 0;
  if (g_strcmp0 (event, "xray") == 0)
    take_xray (self, answer);
  if (!is_progress)
    fr_cli_progress_clear (&self->progress);
  if (self->json)
    {
      if (!is_end)
        fr_cli_print_json (NULL, answer);
    }
  else if (is_progress)
    show_progress (self, answer);
  else if (g_strcmp0 (event, "hit") == 0)
    show_hit (answer);
  else if (g_strcmp0 (event, "saved") == 0)
    {
      g_autofree char *path = fr_cli_escape (fr_control_get_string (answer, "path"));

      fr_cli_print ("Saved %s", path);
    }
  else if (g_strcmp0 (event, "kept") == 0 || g_strcmp0 (event, "waiting") == 0)
    show_later (answer, event);
  else if (g_strcmp0 (event, "fetch-failed") == 0)
    fr_cli_complain ("%s: %s", fr_control_get_string (answer, "title"), fr_control_get_string (answer, "error"));
}

/**
 * fr_cli_found_answer_cb:
 * @answer: an answer
 * @is_end: whether it is the last
 * @found: (type FrCliFound): what was found until now
 *
 * fr_cli_found_show() as a #FrControlAnswerFunc.
 */
void
fr_cli_found_answer_cb (JsonObject *answer, gboolean is_end, gpointer found)
{
  fr_cli_found_show (found, answer, is_end);
}

/**
 * fr_cli_make_folder_uri:
 * @folder: where to save pictures; made if it is not there
 * @error: (out): %FR_CONTROL_ERROR_FAILED
 *
 * Returns: (transfer full): the folder, as requests name it
 */
char *
fr_cli_make_folder_uri (const char *folder, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);

  if (g_mkdir_with_parents (absolute, 0777) != 0)
    {
      int code = errno;
      g_autofree char *shown = g_filename_display_name (folder);

      g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED, "The folder %s cannot be made: %s.", shown,
                   g_strerror (code));
      return NULL;
    }
  return g_filename_to_uri (absolute, NULL, error);
}
