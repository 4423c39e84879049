/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-worker.h"

G_BEGIN_DECLS

/* The decoding processes and the jobs that wait for one. Lives on one main context; all its functions but
 * fr_image_pool_ref() and fr_image_pool_unref() are to be called there. What is to be shown now (rendering)
 * goes before what is to be known some time (summaries). */

#define FR_IMAGE_MAX_PROCESSES 16
#define FR_IMAGE_MAX_WAITING   512 /* jobs; each holds a descriptor */

typedef struct _FrImagePool FrImagePool;

FrImagePool *fr_image_pool_new (const char *program, guint n_processes, GMainContext *context);
FrImagePool *fr_image_pool_ref (FrImagePool *self);
void fr_image_pool_unref (FrImagePool *self);
void fr_image_pool_shut_down (FrImagePool *self);
void fr_image_pool_add (FrImagePool *self, FrImageJob *job);
void fr_image_pool_set_limits (FrImagePool *self, const FrImageLimits *limits);
GPid fr_image_pool_get_pid (FrImagePool *self, guint index);

G_END_DECLS
