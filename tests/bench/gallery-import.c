/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gallery.h"

#include <unistd.h>

#include "fr-bench-numbers.h"
#include "fr-import.h"
#include "fr-test-support.h"

#define N_JOBS 2
#define THUMBNAIL_SIZE "256"

/* What an import must be measured by: nothing that another one has left to be written. */
static void
come_to_rest (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sync ();
}

static gboolean
check_import (FrImport *import, GPtrArray *photographs, GError **error)
{
  GPtrArray *failures = fr_import_get_failures (import);
  gboolean have_details = g_str_has_suffix (photographs->pdata[0], GALLERY_DETAILS_SUFFIX);
  guint n_wanted = photographs->len, n_to_clean = have_details ? n_wanted : 0;

  for (guint i = 0; i < failures->len; i++)
    {
      const FrImportFailure *failure = failures->pdata[i];

      g_printerr ("%s: %s\n", failure->name, failure->error->message);
    }
  if (fr_import_get_n_added (import) == n_wanted && fr_import_count_cleaned (import) == n_to_clean)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%u of %u photographs were imported, %u of %u cleaned",
               fr_import_get_n_added (import), n_wanted, fr_import_count_cleaned (import), n_to_clean);
  return FALSE;
}

/* Seconds from the first file until the last picture is in a new gallery for good; below 0 if it fails. */
static double
import (const char *folder, GPtrArray *photographs, GError **error)
{
  g_autoptr (FrStore) store = gallery_open_store (folder, error);
  g_autoptr (FrImageClient) image = NULL;
  g_autoptr (FrGallery) gallery = NULL;
  g_autoptr (FrImport) import = NULL;
  gint64 started_us;
  double seconds;

  if (store == NULL)
    return -1;
  image = fr_image_client_new (NULL, N_JOBS);
  gallery = fr_gallery_new (store, image);
  import = fr_import_new (gallery, (const char *const *) photographs->pdata);
  started_us = g_get_monotonic_time ();
  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  while (!fr_import_get_finished (import))
    g_main_context_iteration (NULL, TRUE);
  seconds = gallery_seconds_since (started_us);
  fr_store_close (store);
  return check_import (import, photographs, error) ? seconds : -1;
}

/* Every so many-th photograph is this process's. */
static GSubprocess *
start_vipsthumbnail (const char *folder, GPtrArray *photographs, guint job, GError **error)
{
  g_autofree char *output = g_build_filename (folder, "%s.jpg", NULL);
  g_autoptr (GPtrArray) line = g_ptr_array_new ();

  g_ptr_array_add (line, (gpointer) "vipsthumbnail");
  g_ptr_array_add (line, (gpointer) "--size");
  g_ptr_array_add (line, (gpointer) THUMBNAIL_SIZE);
  g_ptr_array_add (line, (gpointer) "-o");
  g_ptr_array_add (line, output);
  for (guint i = job; i < photographs->len; i += N_JOBS)
    g_ptr_array_add (line, photographs->pdata[i]);
  g_ptr_array_add (line, NULL);
  return g_subprocess_newv ((const char *const *) line->pdata, G_SUBPROCESS_FLAGS_NONE, error);
}

/* Seconds until all thumbnails are files; below 0 if it fails. */
static double
make_thumbnails (const char *folder, GPtrArray *photographs, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 started_us = g_get_monotonic_time ();

  for (guint job = 0; job < N_JOBS; job++)
    {
      GSubprocess *process = start_vipsthumbnail (folder, photographs, job, error);

      if (process == NULL)
        return -1;
      g_ptr_array_add (jobs, process);
    }
  for (guint job = 0; job < N_JOBS; job++)
    if (!g_subprocess_wait_check (jobs->pdata[job], NULL, error))
      return -1;
  return gallery_seconds_since (started_us);
}

static double
run (double (*measure) (const char *, GPtrArray *, GError **),
     const char *parent,
     GPtrArray *photographs,
     GError **error)
{
  char *folder = gallery_make_folder (parent, error);
  double seconds;

  if (folder == NULL)
    return -1;
  come_to_rest ();
  seconds = measure (folder, photographs, error);
  come_to_rest ();
  fr_test_folder_free (folder);
  return seconds;
}

gboolean
gallery_measure_imports (
    const char *folder, GPtrArray *photographs, guint n_rounds, JsonObject *report, GError **error)
{
  g_autoptr (GArray) ratios = fr_bench_numbers_new ();
  g_autoptr (GArray) imports = fr_bench_numbers_new (), thumbnails = fr_bench_numbers_new ();

  for (guint i = 0; i < n_rounds; i++)
    {
      gboolean import_first = i % 2 == 0;
      double first = run (import_first ? import : make_thumbnails, folder, photographs, error);
      double second = first < 0 ? -1 : run (import_first ? make_thumbnails : import, folder, photographs, error);
      double of_import = import_first ? first : second, of_thumbnails = import_first ? second : first;

      if (second < 0)
        return FALSE;
      g_printerr ("round %u of %u: import %.2f s, vipsthumbnail %.2f s\n", i + 1, n_rounds, of_import,
                  of_thumbnails);
      fr_bench_numbers_add (ratios, of_import / of_thumbnails);
      fr_bench_numbers_add (imports, of_import);
      fr_bench_numbers_add (thumbnails, of_thumbnails);
    }
  json_object_set_int_member (report, "photographs", photographs->len);
  json_object_set_int_member (report, "rounds", n_rounds);
  fr_bench_report_number (report, "import_ratio", fr_bench_numbers_get_median (ratios));
  fr_bench_report_number (report, "import_seconds", fr_bench_numbers_get_median (imports));
  fr_bench_report_number (report, "thumbnails_seconds", fr_bench_numbers_get_median (thumbnails));
  return TRUE;
}

/* Of one pair, one right after the other. FALSE: not measured. */
static gboolean
measure_pair (const char *folder, GPtrArray *first, GPtrArray *second, double *out_first, double *out_second,
              GError **error)
{
  *out_first = run (import, folder, first, error);
  *out_second = *out_first < 0 ? -1 : run (import, folder, second, error);
  return *out_second >= 0;
}

gboolean
gallery_measure_cleaning (const char *folder,
                          GPtrArray *photographs,
                          GPtrArray *with_details,
                          guint n_rounds,
                          JsonObject *report,
                          GError **error)
{
  g_autoptr (GArray) ratios = fr_bench_numbers_new (), cleaned = fr_bench_numbers_new ();

  for (guint i = 0; i < n_rounds; i++)
    {
      double of_plain, of_cleaned;

      if (!(i % 2 == 0 ? measure_pair (folder, photographs, with_details, &of_plain, &of_cleaned, error)
                       : measure_pair (folder, with_details, photographs, &of_cleaned, &of_plain, error)))
        return FALSE;
      g_printerr ("round %u of %u: import %.2f s, with details to be removed %.2f s\n", i + 1, n_rounds, of_plain,
                  of_cleaned);
      fr_bench_numbers_add (ratios, of_cleaned / of_plain);
      fr_bench_numbers_add (cleaned, of_cleaned);
    }
  fr_bench_report_number (report, "cleaned_import_ratio", fr_bench_numbers_get_median (ratios));
  fr_bench_report_number (report, "cleaned_import_seconds", fr_bench_numbers_get_median (cleaned));
  return TRUE;
}
