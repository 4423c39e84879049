/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A step of a task that waits for the disk, in a thread. It has the task's data, which nobody else touches meanwhile, and
 * not the task's object, which has to end where it lives. */

void fr_inner_task_run (GTask *task, GTaskThreadFunc work, GAsyncReadyCallback callback);

G_END_DECLS
