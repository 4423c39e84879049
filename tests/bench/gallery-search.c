/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gallery.h"

#include "fr-bench-numbers.h"
#include "fr-gallery.h"
#include "fr-test-support.h"

#define SEED 1
#define N_OF_KIND 50

/* Milliseconds from the question until the answer is in the main thread; below 0 if there is none. */
static double
search (FrStore *store, const char *text, guint *out_total, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  gint64 started_us = g_get_monotonic_time ();
  double seconds;

  fr_store_search_async (store, text, NULL, FR_GALLERY_MAX_FOUND, NULL, gallery_answered_cb, &result);
  gallery_await (&result);
  seconds = gallery_seconds_since (started_us);
  found = fr_store_search_finish (store, result, out_total, error);
  return found != NULL ? seconds * 1000 : -1;
}

/* Of these two kinds it is known. */
static gboolean
check_total (GalleryKind kind, const char *text, guint total, GError **error)
{
  if (!(kind == GALLERY_MISS && total > 0) && !(kind == GALLERY_PHRASE && total == 0))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %u pictures were found", text, total);
  return FALSE;
}

/* The kinds take turns, so that what happens on the computer meanwhile happens to all of them. */
static gboolean
search_all (FrStore *store, GalleryWords *words, FrBenchNumbers *all, FrBenchNumbers **of_kinds, GError **error)
{
  for (guint i = 0; i < N_OF_KIND; i++)
    for (GalleryKind kind = 0; kind < GALLERY_N_KINDS; kind++)
      {
        g_autofree char *text = gallery_words_ask (words, kind);
        guint total;
        double ms = search (store, text, &total, error);

        if (ms < 0 || !check_total (kind, text, total, error))
          return FALSE;
        fr_bench_numbers_add (all, ms);
        fr_bench_numbers_add (of_kinds[kind], ms);
      }
  return TRUE;
}

static gboolean
search_and_report (FrStore *store, GalleryWords *words, JsonObject *report, GError **error)
{
  FrBenchNumbers *all = fr_bench_numbers_new ();
  FrBenchNumbers *of_kinds[GALLERY_N_KINDS];
  JsonObject *kinds = json_object_new ();
  gboolean done;

  for (GalleryKind kind = 0; kind < GALLERY_N_KINDS; kind++)
    of_kinds[kind] = fr_bench_numbers_new ();
  done = search_all (store, words, all, of_kinds, error);
  json_object_set_int_member (report, "searches", all->len);
  fr_bench_numbers_report (all, report, "search_ms");
  for (GalleryKind kind = 0; kind < GALLERY_N_KINDS; kind++)
    {
      fr_bench_report_number (kinds, gallery_kind_get_name (kind), fr_bench_numbers_get_median (of_kinds[kind]));
      g_array_unref (of_kinds[kind]);
    }
  json_object_set_object_member (report, "search_ms_of", kinds);
  g_array_unref (all);
  return done;
}

/* Searched is a store that was opened anew, as it is by whoever starts the program. */
static gboolean
fill_and_search (const char *folder, guint n_pictures, JsonObject *report, GError **error)
{
  g_autoptr (GalleryWords) words = gallery_words_new (SEED);
  gint64 started_us = g_get_monotonic_time ();
  g_autoptr (FrStore) filled = gallery_open_store (folder, error);
  g_autoptr (FrStore) store = NULL;

  if (filled == NULL || !gallery_fill (filled, words, n_pictures, NULL, error))
    return FALSE;
  fr_store_close (filled);
  json_object_set_int_member (report, "pictures", n_pictures);
  fr_bench_report_number (report, "fill_seconds", gallery_seconds_since (started_us));
  store = gallery_open_store (folder, error);
  if (store == NULL)
    return FALSE;
  g_printerr ("searching\n");
  if (!search_and_report (store, words, report, error))
    return FALSE;
  fr_store_close (store);
  return TRUE;
}

gboolean
gallery_measure_searches (const char *folder, guint n_pictures, JsonObject *report, GError **error)
{
  char *own = gallery_make_folder (folder, error);
  gboolean done;

  if (own == NULL)
    return FALSE;
  done = fill_and_search (own, n_pictures, report, error);
  fr_test_folder_free (own);
  return done;
}
