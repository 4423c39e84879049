/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tasks in a row for a fixed number of threads of their own. The task is the message: what is to be done is its data,
 * and g_task_return_*() brings the answer home to the caller's context. Any thread. */

typedef struct _FrWorkQueue FrWorkQueue;

FrWorkQueue *fr_work_queue_new (guint n_threads);
void fr_work_queue_free (FrWorkQueue *self);
void fr_work_queue_close (FrWorkQueue *self);
void fr_work_queue_push (FrWorkQueue *self, GTask *task, GTaskThreadFunc work);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrWorkQueue, fr_work_queue_free)

G_END_DECLS
