/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-gallery-pack.h"

/* {"op": "gallery-export", "uri": FOLDER} and {"op": "gallery-import", "uri": FOLDER}. Events: "progress" with "done"
 * and "total" pictures; "failed"; "stranger": who may see some of what was added, and is nobody whom the person added. The
 * end says how many pictures were "done" and "known", and how many have "failed". */

/* So many are told one by one; the end counts them all. */
#define MAX_FAILURES_TOLD 1000

static void
tell_failures (FrControlRequest *request, const FrPackReport *report)
{
  for (guint i = 0; i < MIN (report->failures->len, MAX_FAILURES_TOLD); i++)
    {
      const FrPackFailure *failure = report->failures->pdata[i];
      JsonObject *object = json_object_new ();

      fr_control_set_string (object, "file", failure->name);
      fr_control_set_string (object, "error", failure->error->message);
      fr_control_request_emit (request, "failed", object);
    }
}

static void
tell_strangers (FrControlRequest *request, const FrPackReport *report)
{
  for (guint i = 0; i < report->strangers->len; i++)
    {
      JsonObject *object = json_object_new ();

      fr_control_set_string (object, "name", report->strangers->pdata[i]);
      fr_control_request_emit (request, "stranger", object);
    }
}

static void
end (FrControlRequest *request, const FrPackReport *report, const GError *error)
{
  JsonObject *object;

  if (report == NULL)
    {
      fr_control_request_fail (request, error);
      return;
    }
  tell_failures (request, report);
  tell_strangers (request, report);
  object = json_object_new ();
  json_object_set_int_member (object, "done", report->n_done);
  json_object_set_int_member (object, "known", report->n_known);
  json_object_set_int_member (object, "failed", report->failures->len);
  fr_control_request_succeed (request, object);
}

static void
packed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPackReport) report = fr_gallery_pack_finish (FR_GALLERY (source), result, &error);

  end (request, report, error);
}

static void
unpacked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPackReport) report = fr_gallery_unpack_finish (FR_GALLERY (source), result, &error);

  end (request, report, error);
}

static void
progress_cb (guint done, guint total, gpointer data)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "done", done);
  json_object_set_int_member (object, "total", total);
  fr_control_request_emit (data, "progress", object);
}

/* The folder that a request names; answers the request if there is none. */
static char *
get_folder (FrControlRequest *request)
{
  const char *uri = fr_control_get_string (fr_control_request_get_arguments (request), "uri");
  char *folder = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;

  if (folder == NULL)
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST, "Say which folder.");
  return folder;
}

void
fr_control_gallery_export (FrControlRequest *request)
{
  FrNode *node = fr_control_request_get_node (request);
  g_autofree char *folder = get_folder (request);

  if (folder != NULL)
    fr_gallery_pack_async (fr_node_get_gallery (node), fr_node_get_people (node), folder, progress_cb, request,
                           fr_control_request_get_cancellable (request), packed_cb, g_object_ref (request));
}

void
fr_control_gallery_import (FrControlRequest *request)
{
  FrNode *node = fr_control_request_get_node (request);
  g_autofree char *folder = get_folder (request);

  if (folder != NULL)
    fr_gallery_unpack_async (fr_node_get_gallery (node), fr_node_get_people (node), folder, progress_cb, request,
                             fr_control_request_get_cancellable (request), unpacked_cb, g_object_ref (request));
}
