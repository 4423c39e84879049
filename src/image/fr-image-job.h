/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-error.h"
#include "fr-image-protocol.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One picture to be worked on: what to ask, its file, and the task that waits for the answer. Ended exactly
 * once, by fr_image_job_succeed(), fr_image_job_fail() or fr_image_job_cancel(); used by one thread at a
 * time. */

typedef struct
{
  /* Owned */
  GTask *task;            /* NULL once ended */
  GSource *cancel_source; /* NULL if it cannot be cancelled */
  int fd;                 /* -1 once it has been sent */

  /* State */
  FrImageRequest request;
  FrImageReply header;
  guint has_header : 1;
  guint is_small : 1; /* it may take little time */
} FrImageJob;

FrImageJob *fr_image_job_new (GTask *task, const FrImageRequest *wanted, int fd);
void fr_image_job_free (FrImageJob *self);

void fr_image_job_close_fd (FrImageJob *self);
void fr_image_job_take_header (FrImageJob *self, const FrImageReply *header);
gboolean fr_image_job_succeed (FrImageJob *self, const FrImageReply *reply, const guint8 *encoded, int fd);
void fr_image_job_fail (FrImageJob *self, FrImageError code);
void fr_image_job_cancel (FrImageJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrImageJob, fr_image_job_free)

G_END_DECLS
