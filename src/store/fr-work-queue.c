/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-work-queue.h"

struct _FrWorkQueue
{
  GMutex lock;
  GThreadPool *threads; /* owned; NULL once closed */
};

typedef struct
{
  GTask *task; /* owned */
  GTaskThreadFunc work;
} Job;

/* The queue whose thread this is, if it is one: such a thread cannot wait for itself. */
static GPrivate current_queue;

static void
run_job (gpointer data, gpointer user_data)
{
  g_autofree Job *job = data;

  g_private_set (&current_queue, user_data);
  if (!g_task_return_error_if_cancelled (job->task))
    job->work (job->task, g_task_get_source_object (job->task), g_task_get_task_data (job->task),
               g_task_get_cancellable (job->task));
  /* This may be the last reference to the store, and so end the queue: nothing of it may be touched afterwards. */
  g_object_unref (job->task);
}

/**
 * fr_work_queue_new:
 * @n_threads: how many tasks are worked on at once; with 1, they are done in order
 *
 * Starts the threads.
 *
 * Returns: (transfer full): a queue
 */
FrWorkQueue *
fr_work_queue_new (guint n_threads)
{
  FrWorkQueue *self = g_new0 (FrWorkQueue, 1);

  g_mutex_init (&self->lock);
  self->threads = g_thread_pool_new (run_job, self, (int) n_threads, TRUE, NULL);
  return self;
}

/**
 * fr_work_queue_free:
 * @self: (nullable) (transfer full): a queue
 *
 * Closes it. May be called from a thread of its own, by the last of its tasks.
 */
void
fr_work_queue_free (FrWorkQueue *self)
{
  if (self == NULL)
    return;
  fr_work_queue_close (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * fr_work_queue_close:
 * @self: a queue
 *
 * Takes no more tasks, and waits until all that are in it are done.
 */
void
fr_work_queue_close (FrWorkQueue *self)
{
  GThreadPool *threads;

  g_mutex_lock (&self->lock);
  threads = g_steal_pointer (&self->threads);
  g_mutex_unlock (&self->lock);
  if (threads != NULL)
    g_thread_pool_free (threads, FALSE, g_private_get (&current_queue) != self);
}

/**
 * fr_work_queue_push:
 * @self: a queue
 * @task: (transfer none): what is to be done
 * @work: does it in one of the threads, and returns the answer of @task
 *
 * Adds a task. It is answered in any case: with what @work returns, with %G_IO_ERROR_CANCELLED when it was cancelled
 * before its turn, or with %G_IO_ERROR_CLOSED.
 */
void
fr_work_queue_push (FrWorkQueue *self, GTask *task, GTaskThreadFunc work)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_object_ref (task);
  job->work = work;
  g_mutex_lock (&self->lock);
  if (self->threads != NULL)
    {
      g_thread_pool_push (self->threads, g_steal_pointer (&job), NULL);
      g_mutex_unlock (&self->lock);
      return;
    }
  g_mutex_unlock (&self->lock);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The store has been closed");
  g_object_unref (job->task);
  g_free (job);
}
