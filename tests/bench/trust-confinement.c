/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trust.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "fr-bench-numbers.h"
#include "fr-image-client.h"

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

/* Milliseconds from asking to the answer; below 0 if it fails. */
static double
make_thumbnail (FrImageClient *client, const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrImageSummary) summary = NULL;
  gint64 started_us;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s cannot be read", path);
      return -1;
    }
  started_us = g_get_monotonic_time ();
  fr_image_client_summarise_async (client, fd, NULL, answered_cb, &result);
  close (fd);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  summary = fr_image_client_summarise_finish (client, result, error);
  return summary != NULL ? (g_get_monotonic_time () - started_us) / 1000.0 : -1;
}

typedef struct
{
  FrImageClient *clients[2]; /* confined, unconfined */
  FrBenchNumbers *times[2];
  FrBenchNumbers *ratios;
} Comparison;

/* Each photograph in both, one right after the other; who begins changes. */
static gboolean
compare (Comparison *self, const char *path, guint number, GError **error)
{
  double times[2];

  for (guint i = 0; i < 2; i++)
    {
      guint which = (i + number) % 2;

      times[which] = make_thumbnail (self->clients[which], path, error);
      if (times[which] < 0)
        return FALSE;
    }
  fr_bench_numbers_add (self->times[0], times[0]);
  fr_bench_numbers_add (self->times[1], times[1]);
  fr_bench_numbers_add (self->ratios, times[0] / times[1]);
  return TRUE;
}

/* The first thumbnail starts the process, and the file's first reading is from the disk: not counted. */
static gboolean
start (Comparison *self, GPtrArray *photographs, GError **error)
{
  for (guint i = 0; i < photographs->len; i++)
    for (guint which = 0; which < 2; which++)
      if (make_thumbnail (self->clients[which], photographs->pdata[i], error) < 0)
        return FALSE;
  return TRUE;
}

gboolean
trust_measure_confinement (const char *unconfined, GPtrArray *photographs, guint n_rounds, JsonObject *report,
                           GError **error)
{
  g_autoptr (FrImageClient) confined_client = fr_image_client_new (NULL, 1);
  g_autoptr (FrImageClient) unconfined_client = fr_image_client_new (unconfined, 1);
  g_autoptr (GArray) confined_times = fr_bench_numbers_new (), unconfined_times = fr_bench_numbers_new ();
  g_autoptr (GArray) ratios = fr_bench_numbers_new ();
  Comparison comparison
      = { { confined_client, unconfined_client }, { confined_times, unconfined_times }, ratios };

  if (!start (&comparison, photographs, error))
    return FALSE;
  for (guint round = 0; round < n_rounds; round++)
    {
      for (guint i = 0; i < photographs->len; i++)
        if (!compare (&comparison, photographs->pdata[i], round + i, error))
          return FALSE;
      g_printerr ("round %u of %u: a confined thumbnail takes %.3f times an unconfined one\n", round + 1, n_rounds,
                  fr_bench_numbers_get_median (ratios));
    }
  fr_bench_report_number (report, "confined_ratio", fr_bench_numbers_get_median (ratios));
  fr_bench_report_number (report, "confined_ms", fr_bench_numbers_get_median (confined_times));
  fr_bench_report_number (report, "unconfined_ms", fr_bench_numbers_get_median (unconfined_times));
  return TRUE;
}
