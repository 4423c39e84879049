/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-job.h"

G_BEGIN_DECLS

/* One decoding process and the one job that it has, if any. The process is started when there is work and
 * started anew for the next job after it has died. Lives on one main context; all its functions are to be
 * called there. */

/**
 * FrImageLimits:
 * @cpu_seconds: processor time a picture
 * @wall_ms: time by the clock a picture, for a process that does nothing at all
 */
typedef struct
{
  guint cpu_seconds;
  guint wall_ms;
} FrImageLimits;

#define FR_IMAGE_DEFAULT_CPU_SECONDS 20
#define FR_IMAGE_DEFAULT_WALL_MS     (120 * 1000)
#define FR_IMAGE_SMALL_CPU_SECONDS   2 /* for what is small already: it takes milliseconds */
#define FR_IMAGE_SMALL_WALL_MS       (30 * 1000)

typedef struct _FrImageWorker FrImageWorker;

/* Called when a worker has become idle; not from within fr_image_worker_start(). */
typedef void (*FrImageWorkerIdleFunc) (FrImageWorker *worker, gpointer user_data);

FrImageWorker *fr_image_worker_new (const char *program,
                                    GMainContext *context,
                                    FrImageWorkerIdleFunc idle,
                                    gpointer user_data);
void fr_image_worker_free (FrImageWorker *self);
void fr_image_worker_start (FrImageWorker *self, FrImageJob *job, const FrImageLimits *limits);
gboolean fr_image_worker_is_idle (FrImageWorker *self);
GPid fr_image_worker_get_pid (FrImageWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrImageWorker, fr_image_worker_free)

G_END_DECLS
