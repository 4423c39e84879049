/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trust.h"

#include <math.h>
#include <time.h>

#include "fr-bench-numbers.h"
#include "fr-frame.h"
#include "fr-overlay.h"
#include "trust-queries.h"

/* Everything that a node does with a query before it looks into its gallery: sizes, parsing, meaning, limits, the ledger,
 * passing it on, the signature; and the query's own parsing. */

#define N_LINKS 6
#define N_ASKERS 16
#define N_SITTINGS 3
#define STEP_US G_USEC_PER_SEC /* of the engine's own time: nobody asks faster than they may */
#define FIRST_US (1000 * STEP_US)

typedef struct
{
  TrustAsker askers[N_ASKERS];
  FrOverlay *overlay;
  gint64 now_us; /* of the engine */
  guint n_delivered;
} Desk;

static double
now_in_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static void
verify (Desk *self, const FrOverlayAction *action)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (action->frame, &size);
  gboolean valid = fr_identity_verify (&action->key, FR_SIGN_QUERY, data, size, action->signature,
                                       sizeof action->signature);

  fr_overlay_verified (self->overlay, &action->query, valid, self->now_us);
}

static void
deliver (Desk *self, const FrOverlayAction *action)
{
  g_autoptr (Freshet__QueryBody) body = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (action->frame, &size);

  if (fr_query_body_parse (data, size, &body) == FR_WIRE_OK)
    self->n_delivered++;
}

static void
drain (Desk *self)
{
  FrOverlayAction action;

  while (fr_overlay_next_action (self->overlay, &action))
    {
      if (action.type == FR_OVERLAY_VERIFY)
        verify (self, &action);
      else if (action.type == FR_OVERLAY_DELIVER_QUERY)
        deliver (self, &action);
      fr_overlay_action_clear (&action);
    }
}

static void
desk_init (Desk *self)
{
  const FrPeerKey own_key = { { 1 } };

  *self = (Desk) { .overlay = fr_overlay_new (NULL, &own_key, 1), .now_us = FIRST_US };
  for (guint i = 0; i < N_ASKERS; i++)
    trust_asker_init (&self->askers[i]);
  for (guint i = 0; i < N_LINKS; i++)
    fr_overlay_link_up (self->overlay, i + 1, &(FrPeerKey) { { 2, (guint8) i } }, self->now_us);
  drain (self);
}

static void
desk_clear (Desk *self)
{
  fr_overlay_free (self->overlay);
  for (guint i = 0; i < N_ASKERS; i++)
    trust_asker_clear (&self->askers[i]);
}

/* Microseconds. */
static double
take (Desk *self, GBytes *bytes)
{
  double started_us = now_in_us ();
  g_autoptr (Freshet__Frame) frame = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (fr_frame_parse (data, size, &frame) == FR_WIRE_OK)
    {
      fr_overlay_receive (self->overlay, 1, frame, size, self->now_us);
      drain (self);
    }
  return now_in_us () - started_us;
}

static gboolean
measure (guint n, FrBenchNumbers *checks, FrBenchNumbers *signatures, GError **error)
{
  Desk desk;
  guint n_delivered;

  desk_init (&desk);
  for (guint i = 0; i < n; i++)
    {
      double started_us = now_in_us ();
      g_autoptr (GBytes) frame = trust_asker_ask (&desk.askers[i % N_ASKERS], "harbour evening", 4, 2);

      fr_bench_numbers_add (signatures, now_in_us () - started_us);
      desk.now_us += STEP_US;
      fr_bench_numbers_add (checks, take (&desk, frame));
    }
  n_delivered = desk.n_delivered;
  desk_clear (&desk);
  if (n_delivered == n)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "only %u of %u queries were taken", n_delivered, n);
  return FALSE;
}

gboolean
trust_measure_query (guint n_queries, JsonObject *report, GError **error)
{
  double check_us = INFINITY, sign_us = INFINITY;

  for (guint i = 0; i < N_SITTINGS; i++)
    {
      g_autoptr (GArray) checks = fr_bench_numbers_new (), signatures = fr_bench_numbers_new ();

      if (!measure (n_queries, checks, signatures, error))
        return FALSE;
      check_us = fmin (check_us, fr_bench_numbers_get_median (checks));
      sign_us = fmin (sign_us, fr_bench_numbers_get_median (signatures));
      g_printerr ("a query is checked in %.1f us, made in %.1f us\n", check_us, sign_us);
    }
  fr_bench_report_number (report, "query_check_us", check_us);
  fr_bench_report_number (report, "query_sign_us", sign_us);
  return TRUE;
}
