/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include <string.h>

#include "fr-cli-keep.h"
#include "fr-cli-output.h"
#include "fr-cli-peer.h"
#include "fr-cli-progress.h"
#include "fr-cli-share.h"

#define SHOWN_CONTENT 16 /* letters of a content id in text for people; the beginning is enough to name a picture */

#define ACTIONS                                                                                                        \
  "add | list | search | share | tag | describe | metadata | remove | check | export | export-original | import"

static const char description[]
    = "Commands:\n"
      "  add PATH…                 add files, and all that is in folders\n"
      "  list                      all pictures, newest first\n"
      "  search WORDS…             those that match: parts of words, \"phrases\", -without\n"
      "  tag PICTURE TAG…          add tags; -TAG takes one away (after --)\n"
      "  share WHO PICTURE…        change who may see pictures: everyone, contacts, chosen:NAME,NAME or me\n"
      "  describe PICTURE TEXT     change the description; with --title also, or only, the title\n"
      "  metadata keep PICTURE…    share all that the files tell: place, camera and other details\n"
      "  metadata remove PICTURE…  share only the pictures again\n"
      "  remove PICTURE…           remove pictures from Freshet; your own files stay\n"
      "  check                     read every picture, and say what is damaged, missing or does not belong there\n"
      "  export FOLDER             copy all pictures, originals and what you wrote into a new folder\n"
      "  export-original PICTURE FILE\n"
      "                            copy a picture out as you added it, with all that its file tells. Where there\n"
      "                            is such a file, the copy gets a number. PICTURE may be the title here\n"
      "  import FOLDER             add all of such a folder; pictures that are there stay as they are\n\n"
      "PICTURE is a content id, or its beginning, as list shows it. Who finds what you add is said with\n"
      "--audience the first time, and kept: everyone who can reach you, your contacts, those of them whom you\n"
      "choose (chosen:anna,boris), or only me.\n\n"
      "What a file tells beside the picture is removed from what others get, unless you say --keep-metadata; you\n"
      "keep the original. Where it cannot be removed (TIFF, HEIF, AVIF, SVG) only you can see the picture until\n"
      "you share it. `metadata` changes that later; the picture has another content id then.\n\n"
      "Examples:\n"
      "  freshet-cli gallery add --audience contacts ~/Pictures/Holidays\n"
      "  freshet-cli gallery share chosen:anna,boris 1a2b3c4d\n"
      "  freshet-cli gallery tag 1a2b3c4d harbour evening\n"
      "  freshet-cli gallery tag -- 1a2b3c4d -evening\n"
      "  freshet-cli gallery export-original 1a2b3c4d ~/Desktop\n"
      "  freshet-cli gallery describe 1a2b3c4d --title 'Old harbour' 'Seen from the lighthouse'\n\n" FR_COMMAND_EXITS;

typedef struct
{
  FrCliOptions shared;
  FrCliPeer *peer; /* borrowed */
  char *title;     /* nullable, both */
  char *audience;
  gboolean keep_metadata;
  FrCliProgress progress;
  guint n_shown;
  guint n_failed;
} Gallery;

/* What others do not get, or do get, of what the file tells; nothing where it tells nothing. */
static char *
describe_metadata (JsonObject *picture)
{
  const char *state = fr_control_get_string (picture, "metadata");
  g_auto (GStrv) removed = fr_control_get_strings (picture, "details-removed");
  g_auto (GStrv) shared = fr_control_get_strings (picture, "details-shared");
  char **details = removed != NULL ? removed : shared;
  g_autofree char *joined = details != NULL ? g_strjoinv (", ", details) : g_strdup ("");
  g_autofree char *escaped = fr_cli_escape (joined);

  if (g_strcmp0 (state, "not-removable") == 0)
    return g_strdup ("  (details cannot be removed)");
  if (g_strcmp0 (state, "kept") == 0)
    return g_strdup_printf ("  (shared with it: %s)", *escaped != '\0' ? escaped : "the file as it is");
  return *escaped != '\0' ? g_strdup_printf ("  (removed: %s)", escaped) : g_strdup ("");
}

static void
print_picture (Gallery *gallery, JsonObject *picture)
{
  g_autofree char *title = fr_cli_escape (fr_control_get_string (picture, "title"));
  g_autofree char *size = fr_cli_format_size (fr_control_get_number (picture, "size", 0));
  g_auto (GStrv) tags = fr_control_get_strings (picture, "tags");
  g_autofree char *joined = tags != NULL ? g_strjoinv (", ", tags) : NULL;
  g_autofree char *shown_tags = fr_cli_escape (joined);

  g_autofree char *metadata = describe_metadata (picture);

  fr_cli_progress_clear (&gallery->progress);
  if (gallery->shared.json)
    fr_cli_print_json (NULL, picture);
  else
    fr_cli_print ("%.*s  %8s  %-8s  %s%s%s%s%s", SHOWN_CONTENT, fr_control_get_string (picture, "content"), size,
                  fr_control_get_string (picture, "audience"), title, *shown_tags != '\0' ? "  [" : "", shown_tags,
                  *shown_tags != '\0' ? "]" : "", metadata);
}

static void
add_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Gallery *gallery = data;
  const char *event = fr_control_get_string (answer, "event");

  if (is_end)
    return;
  if (g_strcmp0 (event, "shared") == 0)
    print_picture (gallery, answer);
  else if (g_strcmp0 (event, "progress") == 0)
    fr_cli_progress_show (&gallery->progress, "adding pictures", fr_control_get_number (answer, "done", 0),
                          fr_control_get_number (answer, "total", 0));
  else if (g_strcmp0 (event, "failed") == 0)
    {
      gallery->n_failed++;
      fr_cli_progress_clear (&gallery->progress);
      fr_cli_complain ("%s: %s", fr_control_get_string (answer, "file"), fr_control_get_string (answer, "error"));
      if (gallery->shared.json)
        fr_cli_print_json (NULL, answer);
    }
}

static gboolean
add (Gallery *gallery, char **paths, GError **error)
{
  const FrCliShare share = { gallery->audience, TRUE, gallery->keep_metadata };
  g_autoptr (GPtrArray) requests = NULL;

  if (gallery->audience != NULL && !fr_cli_check_text ("audience", gallery->audience, error))
    return FALSE;
  requests = fr_cli_share_requests (paths, &share, error);

  if (requests == NULL)
    return FALSE;
  fr_cli_progress_init (&gallery->progress, TRUE);
  while (requests->len > 0)
    if (!fr_cli_peer_ask (gallery->peer, g_ptr_array_steal_index (requests, 0), add_cb, gallery, error))
      return FALSE;
  fr_cli_progress_clear (&gallery->progress);
  if (gallery->n_failed == 0)
    return TRUE;
  g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED, "%u of the files could not be added.",
               gallery->n_failed);
  return FALSE;
}

typedef struct
{
  Gallery *gallery;
  guint n_shown;
  guint n_total;
} Pages;

static void
page_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Pages *pages = data;

  if (is_end)
    {
      pages->n_total = (guint) fr_control_get_number (answer, "total", 0);
      return;
    }
  pages->n_shown++;
  print_picture (pages->gallery, answer);
}

/* Asks for one page after the other until all pictures are shown. */
static gboolean
show_pages (Gallery *gallery, const char *operation, const char *words, GError **error)
{
  Pages pages = { .gallery = gallery };
  guint n_before;

  do
    {
      JsonObject *request = fr_control_request (operation);

      n_before = pages.n_shown;
      fr_control_set_string (request, "words", words);
      json_object_set_int_member (request, "offset", pages.n_shown);
      if (!fr_cli_peer_ask (gallery->peer, request, page_cb, &pages, error))
        return FALSE;
    }
  while (pages.n_shown < pages.n_total && pages.n_shown > n_before);
  gallery->n_shown = pages.n_shown;
  return TRUE;
}

static gboolean
list (Gallery *gallery, char **rest, GError **error)
{
  return show_pages (gallery, "gallery-list", NULL, error);
}

static gboolean
search (Gallery *gallery, char **rest, GError **error)
{
  g_autofree char *words = fr_cli_join_words (rest);

  if (!fr_cli_check_text ("search", words, error) || !show_pages (gallery, "gallery-search", words, error))
    return FALSE;
  if (gallery->n_shown > 0)
    return TRUE;
  g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND, "No picture of yours matches.");
  return FALSE;
}

static void
changed_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  if (!is_end || !fr_control_get_flag (answer, "ok"))
    return;
  print_picture (data, answer);
}

static JsonObject *
request_about (const char *operation, const char *content)
{
  JsonObject *request = fr_control_request (operation);

  fr_control_set_string (request, "content", content);
  return request;
}

static gboolean
tag (Gallery *gallery, char **rest, GError **error)
{
  g_autoptr (GPtrArray) more = g_ptr_array_new ();
  g_autoptr (GPtrArray) fewer = g_ptr_array_new ();
  JsonObject *request;

  for (char **name = rest + 1; *name != NULL; name++)
    if (!fr_cli_check_text ("tag", *name + (**name == '-' ? 1 : 0), error))
      return FALSE;
    else
      g_ptr_array_add (**name == '-' ? fewer : more, *name + (**name == '-' ? 1 : 0));
  g_ptr_array_add (more, NULL);
  g_ptr_array_add (fewer, NULL);
  request = request_about ("gallery-tag", rest[0]);
  fr_control_set_strings (request, "add", (const char *const *) more->pdata);
  fr_control_set_strings (request, "remove", (const char *const *) fewer->pdata);
  return fr_cli_peer_ask (gallery->peer, request, changed_cb, gallery, error);
}

static void
shared_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  if (!is_end)
    print_picture (data, answer);
}

static gboolean
share (Gallery *gallery, char **rest, GError **error)
{
  JsonObject *request;

  if (!fr_cli_check_text ("audience", rest[0], error))
    return FALSE;
  request = fr_control_request ("gallery-share");
  fr_control_set_string (request, "audience", rest[0]);
  fr_control_set_strings (request, "contents", (const char *const *) rest + 1);
  return fr_cli_peer_ask (gallery->peer, request, shared_cb, gallery, error);
}

static gboolean
metadata (Gallery *gallery, char **rest, GError **error)
{
  gboolean keep = strcmp (rest[0], "keep") == 0;

  if (!keep && strcmp (rest[0], "remove") != 0)
    {
      fr_cli_set_usage_error (error, "Say `metadata keep` or `metadata remove`, then the pictures.");
      return FALSE;
    }
  for (char **content = rest + 1; *content != NULL; content++)
    {
      JsonObject *request = request_about ("gallery-metadata", *content);

      json_object_set_boolean_member (request, "keep", keep);
      if (!fr_cli_peer_ask (gallery->peer, request, changed_cb, gallery, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
describe (Gallery *gallery, char **rest, GError **error)
{
  JsonObject *request;

  if (rest[1] == NULL && gallery->title == NULL)
    {
      fr_cli_set_usage_error (error, "Say the description, or give a --title.");
      return FALSE;
    }
  if (rest[1] != NULL && *rest[1] != '\0' && !fr_cli_check_text ("description", rest[1], error))
    return FALSE; /* an empty one takes it away */
  if (gallery->title != NULL && !fr_cli_check_text ("title", gallery->title, error))
    return FALSE;
  request = request_about ("gallery-describe", rest[0]);
  fr_control_set_string (request, "title", gallery->title);
  fr_control_set_string (request, "description", rest[1]);
  return fr_cli_peer_ask (gallery->peer, request, changed_cb, gallery, error);
}

static gboolean
drop (Gallery *gallery, char **rest, GError **error)
{
  for (; *rest != NULL; rest++)
    if (!fr_cli_peer_ask (gallery->peer, request_about ("gallery-remove", *rest), NULL, NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
check (Gallery *gallery, char **rest, GError **error)
{
  return fr_cli_keep_check (gallery->peer, gallery->shared.json, error);
}

static gboolean
export_all (Gallery *gallery, char **rest, GError **error)
{
  return fr_cli_keep_export (gallery->peer, rest[0], gallery->shared.json, error);
}

static gboolean
export_original (Gallery *gallery, char **rest, GError **error)
{
  return fr_cli_check_text ("picture", rest[0], error)
         && fr_cli_keep_export_original (gallery->peer, rest[0], rest[1], gallery->shared.json, error);
}

static gboolean
import_all (Gallery *gallery, char **rest, GError **error)
{
  return fr_cli_keep_import (gallery->peer, rest[0], gallery->shared.json, error);
}

static const struct
{
  const char *name;
  gboolean (*run) (Gallery *gallery, char **rest, GError **error);
  guint min_rest, max_rest;
} actions[] = {
  { "add", add, 1, G_MAXUINT },       { "list", list, 0, 0 },         { "search", search, 1, G_MAXUINT },
  { "tag", tag, 2, G_MAXUINT },       { "describe", describe, 1, 2 }, { "remove", drop, 1, G_MAXUINT },
  { "share", share, 2, G_MAXUINT },   { "check", check, 0, 0 },       { "metadata", metadata, 2, G_MAXUINT },
  { "export", export_all, 1, 1 },     { "import", import_all, 1, 1 },
  { "export-original", export_original, 2, 2 },
};

static FrExit
run_action (Gallery *gallery, char **arguments, GCancellable *stop, GError **error)
{
  guint n_rest = arguments[0] != NULL ? g_strv_length (arguments + 1) : 0;
  g_autoptr (FrCliPeer) peer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_strcmp0 (arguments[0], actions[i].name) != 0)
        continue;
      if (n_rest < actions[i].min_rest || n_rest > actions[i].max_rest)
        {
          fr_cli_set_usage_error (error, "Too %s arguments for `%s`.", n_rest < actions[i].min_rest ? "few" : "many",
                                  actions[i].name);
          return FR_EXIT_USAGE;
        }
      peer = fr_cli_peer_open (&gallery->shared, stop, error);
      if (peer == NULL)
        return FR_EXIT_FAILED;
      gallery->peer = peer;
      actions[i].run (gallery, arguments + 1, error);
      return FR_EXIT_OK;
    }
  fr_cli_set_usage_error (error, "Say what to do: " ACTIONS ".");
  return FR_EXIT_USAGE;
}

FrExit
fr_command_gallery (char ***arguments, GCancellable *stop, GError **error)
{
  Gallery gallery = { 0 };
  const GOptionEntry entries[] = {
    { "title", 't', 0, G_OPTION_ARG_FILENAME, &gallery.title, "New title, for describe", "TEXT" },
    { "audience", 0, 0, G_OPTION_ARG_FILENAME, &gallery.audience,
      "Who may see what is added: everyone, contacts, chosen:NAME,NAME or me", "WHO" },
    { "keep-metadata", 0, 0, G_OPTION_ARG_NONE, &gallery.keep_metadata,
      "Share what is added as it is, with place, camera and other details", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = fr_cli_context_new (ACTIONS " …",
                                                           "Shows and changes your own pictures.", description,
                                                           entries, &gallery.shared);
  FrExit status = FR_EXIT_USAGE;

  if (fr_cli_context_parse (context, &gallery.shared, arguments, error))
    status = run_action (&gallery, *arguments + 1, stop, error);
  fr_cli_options_clear (&gallery.shared);
  g_free (gallery.title);
  g_free (gallery.audience);
  return status;
}
