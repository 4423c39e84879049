/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-pool.h"

struct _FrImagePool
{
  gatomicrefcount ref_count;

  /* Owned */
  GMainContext *context;
  GPtrArray *workers;
  GQueue urgent; /* of FrImageJob */
  GQueue waiting;

  /* State */
  FrImageLimits limits;
};

static FrImageWorker *
find_idle (FrImagePool *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      FrImageWorker *worker = g_ptr_array_index (self->workers, i);

      if (fr_image_worker_is_idle (worker))
        return worker;
    }
  return NULL;
}

static FrImageJob *
next_job (FrImagePool *self)
{
  FrImageJob *job = g_queue_pop_head (&self->urgent);

  return job != NULL ? job : g_queue_pop_head (&self->waiting);
}

static FrImageLimits
get_limits (FrImagePool *self, const FrImageJob *job)
{
  FrImageLimits limits = self->limits;

  if (job->is_small)
    {
      limits.cpu_seconds = MIN (limits.cpu_seconds, FR_IMAGE_SMALL_CPU_SECONDS);
      limits.wall_ms = MIN (limits.wall_ms, FR_IMAGE_SMALL_WALL_MS);
    }
  return limits;
}

/* A worker that could not be started is still idle and fails each job at once, so this comes to an end. */
static void
hand_out (FrImagePool *self)
{
  FrImageWorker *worker;
  FrImageJob *job;

  while ((worker = find_idle (self)) != NULL && (job = next_job (self)) != NULL)
    {
      FrImageLimits limits = get_limits (self, job);

      fr_image_worker_start (worker, job, &limits);
    }
}

static void
worker_idle_cb (FrImageWorker *worker, gpointer user_data)
{
  hand_out (user_data);
}

typedef struct
{
  FrImagePool *pool; /* borrowed: it ends its jobs, and their sources, before it ends */
  FrImageJob *job;   /* borrowed: it owns the source */
} Cancellation;

static gboolean
job_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  const Cancellation *cancellation = user_data;
  FrImagePool *self = cancellation->pool;
  FrImageJob *job = cancellation->job;

  if (g_queue_remove (&self->urgent, job) || g_queue_remove (&self->waiting, job))
    fr_image_job_free (job);
  else
    fr_image_job_cancel (job);
  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (FrImagePool *self, FrImageJob *job, GCancellable *cancellable)
{
  Cancellation *cancellation = g_new (Cancellation, 1);

  *cancellation = (Cancellation){ self, job };
  job->cancel_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (job->cancel_source, G_SOURCE_FUNC (job_cancelled_cb), cancellation, g_free);
  g_source_attach (job->cancel_source, self->context);
}

/* Somebody looks at it. */
static gboolean
is_urgent (const FrImageJob *job)
{
  return job->request.operation == FR_IMAGE_RENDER || job->request.operation == FR_IMAGE_RENDER_PART
         || job->request.operation == FR_IMAGE_FRAMES;
}

/**
 * fr_image_pool_new:
 * @program: the decoding process's executable
 * @n_processes: how many may run at once, at most %FR_IMAGE_MAX_PROCESSES
 * @context: where the pool lives
 *
 * Returns: (transfer full): a pool; no process is started yet
 */
FrImagePool *
fr_image_pool_new (const char *program, guint n_processes, GMainContext *context)
{
  FrImagePool *self = g_new0 (FrImagePool, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->context = g_main_context_ref (context);
  self->limits = (FrImageLimits){ FR_IMAGE_DEFAULT_CPU_SECONDS, FR_IMAGE_DEFAULT_WALL_MS };
  self->workers = g_ptr_array_new_with_free_func ((GDestroyNotify)fr_image_worker_free);
  for (guint i = 0; i < n_processes; i++)
    g_ptr_array_add (self->workers, fr_image_worker_new (program, context, worker_idle_cb, self));
  return self;
}

/**
 * fr_image_pool_ref:
 * @self: a pool
 *
 * Returns: (transfer full): @self, held once more; in any thread
 */
FrImagePool *
fr_image_pool_ref (FrImagePool *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fr_image_pool_unref:
 * @self: (transfer full): a pool, shut down before its last reference goes
 *
 * Gives a reference back; in any thread.
 */
void
fr_image_pool_unref (FrImagePool *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->workers);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * fr_image_pool_shut_down:
 * @self: a pool
 *
 * Ends the processes and cancels the jobs.
 */
void
fr_image_pool_shut_down (FrImagePool *self)
{
  g_ptr_array_set_size (self->workers, 0);
  g_queue_clear_full (&self->urgent, (GDestroyNotify)fr_image_job_free);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)fr_image_job_free);
}

/**
 * fr_image_pool_add:
 * @self: a pool that has not been shut down
 * @job: (transfer full): what to do
 *
 * Gives the job to a process as soon as one is free. Fails it with %FR_IMAGE_ERROR_BUSY if
 * %FR_IMAGE_MAX_WAITING wait.
 */
void
fr_image_pool_add (FrImagePool *self, FrImageJob *job)
{
  g_autoptr (FrImageJob) owned = job;
  GCancellable *cancellable = g_task_get_cancellable (job->task);

  if (g_cancellable_is_cancelled (cancellable))
    return;
  if (find_idle (self) == NULL
      && g_queue_get_length (&self->urgent) + g_queue_get_length (&self->waiting) >= FR_IMAGE_MAX_WAITING)
    {
      fr_image_job_fail (job, FR_IMAGE_ERROR_BUSY);
      return;
    }
  if (cancellable != NULL)
    watch_cancellable (self, job, cancellable);
  g_queue_push_tail (is_urgent (job) ? &self->urgent : &self->waiting, g_steal_pointer (&owned));
  hand_out (self);
}

/**
 * fr_image_pool_set_limits:
 * @self: a pool
 * @limits: what each further picture may cost
 */
void
fr_image_pool_set_limits (FrImagePool *self, const FrImageLimits *limits)
{
  self->limits = *limits;
}

/**
 * fr_image_pool_get_pid:
 * @self: a pool
 * @index: which of its workers
 *
 * Returns: that worker's process, or 0 if there is none
 */
GPid
fr_image_pool_get_pid (FrImagePool *self, guint index)
{
  return index < self->workers->len ? fr_image_worker_get_pid (g_ptr_array_index (self->workers, index)) : 0;
}
