/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-describe.h"
#include "fr-control-download.h"
#include "fr-control-xray.h"

#define SEARCH_SECONDS 5
#define MAX_SEARCH_SECONDS 60

/* {"op": "search", "words": WORDS, "wait": SECONDS, "get": "none" | "best" | "all", "folder": URI, "further": BOOLEAN}
 *
 * Events: "hit", one for each picture and holder; "preview"; "xray": how far it has gone; with "get" also those of a
 * download. With "further" people at any distance are asked, else those nearby first. Over after "wait" seconds, and
 * when what is being fetched then is there; with "best" as soon as one picture is there. */

typedef enum
{
  GET_NONE,
  GET_BEST, /* the first that comes; the next if it does not */
  GET_ALL,
} Get;

typedef struct
{
  /* borrowed */
  FrControlRequest *request;
  FrNode *node; /* the request's */

  /* owned */
  FrSearch *search;
  FrControlXray *xray;
  GPtrArray *downloads; /* of FrControlDownload */
  GPtrArray *found;     /* of FrHit, each once */
  char *folder;         /* nullable */
  guint timer;          /* 0: has waited long enough */

  /* state */
  Get get;
  guint n_got;
  guint next; /* of those found, the next to be fetched */
} Searching;

static void
searching_free (gpointer data)
{
  Searching *searching = data;

  g_clear_handle_id (&searching->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (searching->search, searching);
  fr_control_xray_free (searching->xray);
  g_ptr_array_unref (searching->downloads);
  fr_search_stop (searching->search);
  g_object_unref (searching->search);
  g_ptr_array_unref (searching->found);
  g_free (searching->folder);
  g_free (searching);
}

static guint
count_running (Searching *searching)
{
  guint n_running = 0;

  for (guint i = 0; i < searching->downloads->len; i++)
    n_running += fr_control_download_is_over (searching->downloads->pdata[i]) ? 0 : 1;
  return n_running;
}

static void
succeed (Searching *searching)
{
  g_autoptr (FrControlRequest) request = g_object_ref (searching->request); /* the answers may end it */
  JsonObject *end = json_object_new ();

  json_object_set_int_member (end, "found", searching->found->len);
  json_object_set_int_member (end, "holders", fr_search_get_n_holders (searching->search));
  json_object_set_int_member (end, "asked", fr_search_get_n_asked (searching->search));
  json_object_set_int_member (end, "got", searching->n_got);
  fr_control_xray_end (searching->xray);
  fr_control_request_succeed (request, end);
}

static void
end_if_over (Searching *searching)
{
  const GError *error = fr_search_get_error (searching->search);

  if (searching->get == GET_BEST && searching->n_got > 0)
    succeed (searching);
  else if (searching->timer != 0 || count_running (searching) > 0)
    return;
  else if (error != NULL && searching->found->len == 0)
    fr_control_request_fail (searching->request, error);
  else
    succeed (searching);
}

static void fetch_next (Searching *searching);

static void
download_over_cb (FrControlDownload *download, const char *path, const GError *error, gpointer data)
{
  Searching *searching = data;

  searching->n_got += error == NULL ? 1 : 0;
  fetch_next (searching);
  end_if_over (searching);
}

/* Pictures that are here already have nowhere to come from. */
static void
fetch (Searching *searching, FrHit *hit)
{
  if (fr_hit_get_mine (hit) || fr_hit_get_n_holders (hit) == 0)
    return;
  g_ptr_array_add (searching->downloads,
                   fr_control_download_new (searching->request, hit, FR_CONTROL_DOWNLOAD_NOW, searching->folder,
                                            fr_search_get_started_us (searching->search), download_over_cb,
                                            searching));
}

static void
fetch_next (Searching *searching)
{
  if (searching->get == GET_NONE)
    return;
  while (searching->next < searching->found->len
         && (searching->get == GET_ALL || (searching->n_got == 0 && count_running (searching) == 0)))
    fetch (searching, searching->found->pdata[searching->next++]);
}

/* Remembers a hit that is new, and fetches it if it is wanted: before anything is said of it, so as to lose no time. */
static gboolean
take_hit (Searching *searching, FrHit *hit)
{
  if (g_ptr_array_find (searching->found, hit, NULL))
    return FALSE;
  g_ptr_array_add (searching->found, g_object_ref (hit));
  fr_control_hits_add (fr_control_request_get_hits (searching->request), hit);
  fetch_next (searching);
  return TRUE;
}

static void
hit_cb (FrSearch *search, FrHit *hit, guint holder, Searching *searching)
{
  gint64 now_us = g_get_monotonic_time ();
  gboolean is_new = take_hit (searching, hit);
  JsonObject *object = fr_control_describe_hit (hit, holder);

  fr_control_set_ms (object, "ms", is_new ? fr_hit_get_delay_us (hit) : now_us - fr_search_get_started_us (search));
  fr_control_request_emit (searching->request, "hit", object);
}

/* Own pictures have no holder, and no "hit". */
static void
items_changed_cb (FrSearch *search, guint position, guint n_removed, guint n_added, Searching *searching)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (search), i);

      if (fr_hit_get_n_holders (hit) == 0 && take_hit (searching, hit))
        {
          JsonObject *object = fr_control_describe_hit (hit, 0);

          fr_control_set_ms (object, "ms", fr_hit_get_delay_us (hit));
          json_object_set_boolean_member (object, "mine", TRUE);
          fr_control_request_emit (searching->request, "hit", object);
        }
    }
}

static void
preview_cb (FrSearch *search, FrHit *hit, Searching *searching)
{
  GBytes *preview = fr_hit_get_preview (hit);
  g_autofree char *content = fr_content_id_to_string (fr_hit_get_id (hit));
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "content", content);
  json_object_set_int_member (object, "bytes", preview != NULL ? (gint64) g_bytes_get_size (preview) : 0);
  fr_control_set_ms (object, "ms", fr_hit_get_preview_delay_us (hit));
  fr_control_request_emit (searching->request, "preview", object);
}

static void
listening_cb (Searching *searching)
{
  if (fr_search_get_listening (searching->search))
    return;
  g_clear_handle_id (&searching->timer, g_source_remove);
  end_if_over (searching);
}

static gboolean
waited_cb (gpointer data)
{
  Searching *searching = data;

  searching->timer = 0;
  end_if_over (searching);
  return G_SOURCE_REMOVE;
}

static gboolean
parse_get (const char *text, Get *out_get)
{
  static const char *const names[] = { [GET_NONE] = "none", [GET_BEST] = "best", [GET_ALL] = "all" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *out_get = (Get) i;
        return TRUE;
      }
  return FALSE;
}

static Searching *
searching_new (FrControlRequest *request, FrSearch *search, Get get)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  const char *folder = fr_control_get_string (arguments, "folder");
  double seconds = CLAMP (fr_control_get_number (arguments, "wait", SEARCH_SECONDS), 0, MAX_SEARCH_SECONDS);
  Searching *searching = g_new0 (Searching, 1);

  searching->request = request;
  searching->node = fr_control_request_get_node (request);
  searching->search = g_object_ref (search);
  searching->xray = fr_control_xray_new (request, search, fr_control_get_flag (arguments, "further"));
  searching->downloads = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_control_download_free);
  searching->found = g_ptr_array_new_with_free_func (g_object_unref);
  searching->folder = folder != NULL ? g_filename_from_uri (folder, NULL, NULL) : NULL;
  searching->get = get;
  searching->timer = g_timeout_add ((guint) (seconds * 1000), waited_cb, searching);
  return searching;
}

void
fr_control_search (FrControlRequest *request)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  const char *words = fr_control_get_string (arguments, "words");
  const char *wanted = fr_control_get_string (arguments, "get");
  g_autoptr (FrSearch) search = NULL;
  g_autoptr (GError) error = NULL;
  Searching *searching;
  Get get = GET_NONE;

  if (words == NULL || (wanted != NULL && !parse_get (wanted, &get)))
    {
      fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST, "Say what to search for.");
      return;
    }
  search = fr_node_search (fr_control_request_get_node (request), words, &error);
  if (search == NULL)
    {
      fr_control_request_fail (request, error);
      return;
    }
  searching = searching_new (request, search, get);
  fr_control_request_set_work (request, searching, searching_free);
  g_signal_connect (search, "hit", G_CALLBACK (hit_cb), searching);
  g_signal_connect (search, "preview", G_CALLBACK (preview_cb), searching);
  g_signal_connect (search, "items-changed", G_CALLBACK (items_changed_cb), searching);
  g_signal_connect_swapped (search, "notify::listening", G_CALLBACK (listening_cb), searching);
}
