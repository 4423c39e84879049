/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

/* {"op": "gallery-check"}. Events: "progress" with "done" and "total" bytes; "problem", with "mended" if it is none any
 * more. The end says how many "pictures" and "bytes" were looked at, how many "problems" there are, and how many were
 * "mended". */

/* What is wrong, and what can be done about it. %s: where a picture can be fetched again. */
static const struct
{
  const char *name;
  const char *problem;
  const char *advice;
  gboolean is_lost; /* the picture must come from somewhere again */
} words[FR_STORE_N_PROBLEM_KINDS] = {
  [FR_STORE_PROBLEM_MISSING] = { "missing", "The file of this picture is missing.", NULL, TRUE },
  [FR_STORE_PROBLEM_TRUNCATED] = { "truncated", "The file of this picture is shorter than it was.", NULL, TRUE },
  [FR_STORE_PROBLEM_ALTERED] = { "altered", "The file of this picture has been changed.", NULL, TRUE },
  [FR_STORE_PROBLEM_UNREADABLE]
  = { "unreadable", "The file of this picture cannot be read.", "Check whether you may open it, and the disk." },
  [FR_STORE_PROBLEM_ORIGINAL]
  = { "original", "Your original of this picture is missing or damaged.",
      "Add your own file of it again if you have it; that mends it." },
  [FR_STORE_PROBLEM_HASHES] = { "hashes", "The list of pictures says something else of this picture than its file.",
                                "Close Freshet and open it again: it makes a new list." },
  [FR_STORE_PROBLEM_THUMBNAIL] = { "thumbnail", "The small form of this picture was damaged.",
                                   "Save the picture, remove it, and add what you saved." },
  [FR_STORE_PROBLEM_PREVIEW] = { "preview", "The preview that others see of this picture was damaged.",
                                 "Save the picture, remove it, and add what you saved." },
  [FR_STORE_PROBLEM_UNLISTED]
  = { "unlisted", "This is a picture that is not in the list.", "Add the file, then move it away." },
  [FR_STORE_PROBLEM_FOREIGN]
  = { "foreign", "This is not a picture that Freshet put there.", "Move it somewhere else if you want to keep it." },
  [FR_STORE_PROBLEM_UNFINISHED]
  = { "unfinished", "This picture could not be added or removed to the end.",
      "Close Freshet and open it again: it removes what is left over." },
  [FR_STORE_PROBLEM_CATALOGUE] = { "catalogue", "The list of pictures is damaged.",
                                   "Close Freshet and open it again: it makes a new list." },
};

/* The name of whom a picture was kept from, if they can be asked again. */
static const char *
find_origin (FrControlRequest *request, const FrPicture *picture)
{
  FrPeople *people = fr_node_get_people (fr_control_request_get_node (request));
  FrPerson *person = fr_picture_is_mine (picture) ? NULL : fr_people_find_key (people, &picture->origin);

  return person != NULL ? fr_person_get_name (person) : NULL;
}

static char *
advise (const FrPicture *picture, const char *from)
{
  if (from != NULL)
    return g_strdup_printf ("It can be fetched again from %s; or add the file again if you have it.", from);
  if (fr_picture_is_mine (picture))
    return g_strdup ("Add your own file of it again; that mends it.");
  return g_strdup ("It can be fetched again from whoever has it; or add the file again if you have it.");
}

static void
tell_picture (FrControlRequest *request, JsonObject *object, const FrPicture *picture)
{
  g_autofree char *content = fr_content_id_to_string (&picture->id);

  fr_control_set_string (object, "content", content);
  fr_control_set_string (object, "title", picture->title);
}

static void
tell_problem (FrControlRequest *request, const FrStoreProblem *problem)
{
  JsonObject *object = json_object_new ();
  const FrPicture *picture = problem->picture;
  const char *from = picture != NULL ? find_origin (request, picture) : NULL;
  g_autofree char *advice = NULL;

  if (problem->mended)
    advice = g_strdup ("It has been made again.");
  else if (picture != NULL && words[problem->kind].is_lost)
    advice = advise (picture, from);
  else
    advice = g_strdup (words[problem->kind].advice);

  fr_control_set_string (object, "kind", words[problem->kind].name);
  fr_control_set_string (object, "file", problem->file);
  if (picture != NULL)
    tell_picture (request, object, picture);
  fr_control_set_string (object, "problem", words[problem->kind].problem);
  fr_control_set_string (object, "advice", advice);
  if (problem->mended)
    json_object_set_boolean_member (object, "mended", TRUE);
  if (words[problem->kind].is_lost)
    fr_control_set_string (object, "from", from);
  fr_control_request_emit (request, "problem", object);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStoreReport) report = fr_gallery_check_finish (FR_GALLERY (source), result, &error);
  guint n_mended = 0;
  JsonObject *end;

  if (report == NULL)
    {
      fr_control_request_fail (request, error);
      return;
    }
  for (guint i = 0; i < report->problems->len; i++)
    {
      n_mended += ((FrStoreProblem *) report->problems->pdata[i])->mended;
      tell_problem (request, report->problems->pdata[i]);
    }
  end = json_object_new ();
  json_object_set_int_member (end, "pictures", report->n_pictures);
  json_object_set_int_member (end, "bytes", (gint64) report->n_bytes);
  json_object_set_int_member (end, "problems", (gint64) report->problems->len + report->n_more - n_mended);
  json_object_set_int_member (end, "mended", n_mended);
  fr_control_request_succeed (request, end);
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "done", (gint64) done);
  json_object_set_int_member (object, "total", (gint64) total);
  fr_control_request_emit (data, "progress", object);
}

void
fr_control_gallery_check (FrControlRequest *request)
{
  FrGallery *gallery = fr_node_get_gallery (fr_control_request_get_node (request));

  fr_gallery_check_async (gallery, progress_cb, request, fr_control_request_get_cancellable (request), checked_cb,
                          g_object_ref (request));
}
