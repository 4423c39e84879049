/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-worker.h"

#include <glib-unix.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef enum
{
  ABSENT, /* no process */
  READY,  /* a process without a job */
  BUSY,   /* a process with a job */
  ENDING, /* a process that has been killed or is gone, and has not been waited for; perhaps a job */
} State;

struct _FrImageWorker
{
  /* Owned */
  char *program;
  GMainContext *context;
  FrImageJob *job;
  guint8 *buffer; /* the thumbnail and preview of one reply */
  GSource *socket_source;
  GSource *child_source;
  GSource *deadline_source;

  /* Borrowed */
  gpointer user_data;

  /* State */
  FrImageWorkerIdleFunc idle;
  State state;
  GPid pid;
  int socket;
  int verdict; /* a FrImageError that is certain before the process has been waited for, or -1 */
};

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
attach (FrImageWorker *self, GSource **place, GSource *source, GSourceFunc func)
{
  clear_source (place);
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
  *place = source;
}

/* Cuts the process off; what it died of is known when it has been waited for. */
static void
end_process (FrImageWorker *self, int verdict)
{
  clear_source (&self->socket_source);
  clear_source (&self->deadline_source);
  close (self->socket);
  self->socket = -1;
  self->verdict = verdict;
  self->state = ENDING;
  /* While it has not been waited for the number is its own; and one that is dying already keeps its status.
   */
  if (self->pid != 0)
    kill (self->pid, SIGKILL);
}

static void
finish_job (FrImageWorker *self)
{
  clear_source (&self->deadline_source);
  g_clear_pointer (&self->job, fr_image_job_free);
  self->state = READY;
}

/* Acts on a reply; FALSE if it makes no sense at this point. */
static gboolean
take_reply (FrImageWorker *self, const FrImageReply *reply, int fd)
{
  switch (reply->kind)
    {
    case FR_IMAGE_REPLY_HEADER:
      if (self->job->has_header)
        return FALSE;
      fr_image_job_take_header (self->job, reply);
      return TRUE;

    case FR_IMAGE_REPLY_FAILURE:
      fr_image_job_fail (self->job, reply->error);
      finish_job (self);
      return TRUE;

    default:
      /* A copy is made without a look at the picture. */
      if (self->job->has_header == (reply->kind == FR_IMAGE_REPLY_COPY)
          || !fr_image_job_succeed (self->job, reply, self->buffer, fd))
        return FALSE;
      finish_job (self);
      return TRUE;
    }
}

/* Reads one reply if there is one; FALSE if there was none, or the process had to be ended. */
static gboolean
read_reply (FrImageWorker *self)
{
  FrImageReply reply;
  gboolean sensible;
  int fd = -1;

  switch (fr_image_reply_receive (self->socket, &self->job->request, self->buffer, &reply, &fd))
    {
    case FR_IMAGE_NOTHING_YET:
      return FALSE;
    case FR_IMAGE_CLOSED:
      end_process (self, -1);
      return FALSE;
    case FR_IMAGE_NONSENSE:
      end_process (self, FR_IMAGE_ERROR_CRASHED);
      return FALSE;
    case FR_IMAGE_RECEIVED:
      break;
    }
  sensible = take_reply (self, &reply, fd);
  if (fd >= 0)
    close (fd);
  if (!sensible)
    end_process (self, FR_IMAGE_ERROR_CRASHED);
  return sensible;
}

static gboolean
socket_ready_cb (int fd, GIOCondition condition, gpointer user_data)
{
  FrImageWorker *self = user_data;

  /* A process without a job has nothing to say. */
  if (self->state != BUSY)
    {
      end_process (self, FR_IMAGE_ERROR_CRASHED);
      return G_SOURCE_REMOVE;
    }
  if (read_reply (self) && self->state == READY)
    self->idle (self, self->user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  end_process (user_data, FR_IMAGE_ERROR_TOO_COSTLY);
  return G_SOURCE_REMOVE;
}

static FrImageError
judge_death (FrImageWorker *self, int status)
{
  if (self->verdict >= 0)
    return self->verdict;
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGXCPU)
    return FR_IMAGE_ERROR_TOO_COSTLY;
  if (WIFEXITED (status) && WEXITSTATUS (status) == FR_IMAGE_EXIT_NO_MEMORY)
    return FR_IMAGE_ERROR_TOO_COSTLY;
  return FR_IMAGE_ERROR_CRASHED;
}

static void
child_ended_cb (GPid pid, int status, gpointer user_data)
{
  FrImageWorker *self = user_data;
  g_autoptr (FrImageJob) job = NULL;
  FrImageError code;

  self->pid = 0;
  /* What it sent before it died may still lie in the socket. */
  while (self->state == BUSY && read_reply (self))
    ;
  if (self->state != ENDING)
    end_process (self, -1);
  code = judge_death (self, status);
  g_debug ("a decoding process ended with status %d", status);
  clear_source (&self->child_source);
  self->state = ABSENT;
  job = g_steal_pointer (&self->job);
  if (job != NULL)
    fr_image_job_fail (job, code);
  self->idle (self, self->user_data);
}

static gboolean
spawn (FrImageWorker *self)
{
  const char *argv[] = { self->program, NULL };
  int sockets[2];
  const int target = FR_IMAGE_SOCKET_FD;
  /* What the decoding libraries print about a stranger's picture is of no use to anyone. */
  const GSpawnFlags flags
      = G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
  g_autoptr (GError) error = NULL;
  gboolean spawned;

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0)
    return FALSE;
  g_unix_set_fd_nonblocking (sockets[0], TRUE, NULL);
  spawned = g_spawn_async_with_pipes_and_fds (NULL, argv, NULL, flags, NULL, NULL, -1, -1, -1, &sockets[1],
                                              &target, 1, &self->pid, NULL, NULL, NULL, &error);
  close (sockets[1]);
  if (!spawned)
    {
      g_debug ("cannot start %s: %s", self->program, error->message);
      close (sockets[0]);
      return FALSE;
    }
  self->socket = sockets[0];
  self->verdict = -1;
  self->state = READY;
  attach (self, &self->socket_source, g_unix_fd_source_new (self->socket, G_IO_IN | G_IO_HUP | G_IO_ERR),
          G_SOURCE_FUNC (socket_ready_cb));
  attach (self, &self->child_source, g_child_watch_source_new (self->pid), G_SOURCE_FUNC (child_ended_cb));
  return TRUE;
}

/* Allows the process so much processor time more than it has used up to now. */
static void
grant_cpu (FrImageWorker *self, guint seconds)
{
  struct rlimit limit;
  struct timespec used;
  clockid_t clock;

  if (clock_getcpuclockid (self->pid, &clock) != 0 || clock_gettime (clock, &used) != 0
      || prlimit (self->pid, RLIMIT_CPU, NULL, &limit) != 0)
    return;
  limit.rlim_cur = MIN ((rlim_t)used.tv_sec + 1 + seconds, limit.rlim_max);
  prlimit (self->pid, RLIMIT_CPU, &limit, NULL);
}

/**
 * fr_image_worker_new:
 * @program: the decoding process's executable
 * @context: where the worker lives
 * @idle: told when the worker can take a job again
 * @user_data: for @idle
 *
 * Returns: (transfer full): a worker; no process is started yet
 */
FrImageWorker *
fr_image_worker_new (const char *program,
                     GMainContext *context,
                     FrImageWorkerIdleFunc idle,
                     gpointer user_data)
{
  FrImageWorker *self = g_new0 (FrImageWorker, 1);

  self->program = g_strdup (program);
  self->context = g_main_context_ref (context);
  self->buffer = g_malloc (FR_IMAGE_MAX_THUMBNAIL + FR_IMAGE_MAX_PREVIEW);
  self->idle = idle;
  self->user_data = user_data;
  self->socket = -1;
  return self;
}

static void
reap_cb (GPid pid, int status, gpointer user_data)
{
}

/**
 * fr_image_worker_free:
 * @self: (nullable) (transfer full): a worker
 *
 * Ends its process, if any, and cancels its job, if any. The process is waited for by the main context,
 * later.
 */
void
fr_image_worker_free (FrImageWorker *self)
{
  if (self == NULL)
    return;
  if (self->state == READY || self->state == BUSY)
    end_process (self, -1);
  if (self->state == ENDING)
    {
      attach (self, &self->child_source, g_child_watch_source_new (self->pid), G_SOURCE_FUNC (reap_cb));
      g_clear_pointer (&self->child_source, g_source_unref);
    }
  g_clear_pointer (&self->job, fr_image_job_free);
  g_main_context_unref (self->context);
  g_free (self->buffer);
  g_free (self->program);
  g_free (self);
}

/**
 * fr_image_worker_start:
 * @self: an idle worker
 * @job: (transfer full): what to do
 * @limits: what it may cost
 *
 * Starts the process if there is none, and gives it the job. A job that cannot be given to it fails with
 * %FR_IMAGE_ERROR_CRASHED; the worker may be idle still when this returns.
 */
void
fr_image_worker_start (FrImageWorker *self, FrImageJob *job, const FrImageLimits *limits)
{
  g_autoptr (FrImageJob) owned = job;

  g_return_if_fail (fr_image_worker_is_idle (self));

  if (self->state == ABSENT && !spawn (self))
    {
      fr_image_job_fail (job, FR_IMAGE_ERROR_CRASHED);
      return;
    }
  self->job = g_steal_pointer (&owned);
  self->state = BUSY;
  grant_cpu (self, limits->cpu_seconds);
  attach (self, &self->deadline_source, g_timeout_source_new (limits->wall_ms), deadline_cb);
  if (!fr_image_request_send (self->socket, &job->request, job->fd))
    end_process (self, -1);
  fr_image_job_close_fd (job);
}

/**
 * fr_image_worker_is_idle:
 * @self: a worker
 *
 * Returns: whether it can take a job
 */
gboolean
fr_image_worker_is_idle (FrImageWorker *self)
{
  return self->state == ABSENT || self->state == READY;
}

/**
 * fr_image_worker_get_pid:
 * @self: a worker
 *
 * Returns: its process, or 0 if there is none
 */
GPid
fr_image_worker_get_pid (FrImageWorker *self)
{
  return self->pid;
}
