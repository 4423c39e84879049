/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bench-trial.h"

#include <math.h>
#include <string.h>

#define PICTURE_SECONDS 15 /* far beyond what is measured: else it has failed */
#define PREVIEW_SECONDS 1  /* after the pictures; it may have been dropped on the way */
#define LOOK_EVERY_MS 20

static void
take_first (double *out_ms, JsonObject *answer)
{
  if (isnan (*out_ms))
    *out_ms = fr_control_get_number (answer, "ms", NAN);
}

static void
answer_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  FrBenchTrial *self = data;
  const char *event = fr_control_get_string (answer, "event");

  if (g_strcmp0 (event, "hit") == 0)
    take_first (&self->hit_ms, answer);
  else if (g_strcmp0 (event, "preview") == 0)
    take_first (&self->preview_ms, answer);
  else if (g_strcmp0 (event, "fetched") == 0)
    {
      for (guint i = 0; i < self->n_holders; i++)
        if (g_strcmp0 (fr_control_get_string (answer, "content"), self->contents[i]) == 0)
          take_first (&self->picture_ms[i], answer);
    }
  else if (g_strcmp0 (event, "fetch-failed") == 0 || (is_end && !fr_control_get_flag (answer, "ok")))
    g_printerr ("%s: %s\n", self->word, fr_control_get_string (answer, "error"));
}

static gboolean
has_pictures (FrBenchTrial *self)
{
  for (guint i = 0; i < self->n_holders; i++)
    if (isnan (self->picture_ms[i]))
      return FALSE;
  return TRUE;
}

static void
wait_for_answers (FrBenchTrial *self)
{
  gint64 deadline_us = g_get_monotonic_time () + PICTURE_SECONDS * G_USEC_PER_SEC;

  while (!has_pictures (self) && g_get_monotonic_time () < deadline_us)
    fr_bench_rest (g_get_monotonic_time () + LOOK_EVERY_MS * 1000);
  deadline_us = g_get_monotonic_time () + PREVIEW_SECONDS * G_USEC_PER_SEC;
  while (isnan (self->preview_ms) && g_get_monotonic_time () < deadline_us)
    fr_bench_rest (g_get_monotonic_time () + LOOK_EVERY_MS * 1000);
}

gboolean
fr_bench_trial_run (FrBenchTrial *self, FrBenchPeer *asker)
{
  JsonObject *request = fr_control_request ("search");
  g_autoptr (GError) error = NULL;
  gint64 id;

  self->hit_ms = self->preview_ms = NAN;
  for (guint i = 0; i < FR_BENCH_MAX_HOLDERS; i++)
    self->picture_ms[i] = NAN;
  fr_control_set_string (request, "words", self->word);
  fr_control_set_string (request, "get", "all");
  json_object_set_int_member (request, "wait", PICTURE_SECONDS + PREVIEW_SECONDS + 1);
  id = fr_control_client_ask (asker->client, request, answer_cb, self);
  wait_for_answers (self);
  fr_control_client_forget (asker->client, id);
  if (!fr_bench_peer_ask (asker, fr_control_request ("close-transfers"), NULL, NULL, &error))
    g_printerr ("%s\n", error->message);
  if (has_pictures (self))
    return TRUE;
  g_printerr ("%s: %s asked for %s, and not all has come: see %s\n", G_STRFUNC, asker->name, self->word, asker->log);
  return FALSE;
}
