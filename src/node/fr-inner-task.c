/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-inner-task.h"

/**
 * fr_inner_task_run:
 * @task: a task of several steps
 * @work: the step; its data are those of @task
 * @callback: (scope async): called with the result of @work, and with a reference of @task to be dropped
 *
 * Does a step in a thread. It is not cancelled with @task.
 */
void
fr_inner_task_run (GTask *task, GTaskThreadFunc work, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) inner = g_task_new (NULL, NULL, callback, g_object_ref (task));

  g_task_set_source_tag (inner, fr_inner_task_run);
  g_task_set_task_data (inner, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (inner, work);
}
