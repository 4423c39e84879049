/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-client.h"

#include "fr-image-client-private.h"
#include "fr-image-protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct _FrImageClient
{
  GObject parent_instance;

  /* Owned */
  GMainContext *context;
  FrImagePool *pool; /* touched only on the context */
};

G_DEFINE_FINAL_TYPE (FrImageClient, fr_image_client, G_TYPE_OBJECT)

/* A job on its way to the pool. */
typedef struct
{
  FrImagePool *pool;
  FrImageJob *job;
} Submission;

static void
submission_free (gpointer data)
{
  Submission *submission = data;

  g_clear_pointer (&submission->job, fr_image_job_free);
  fr_image_pool_unref (submission->pool);
  g_free (submission);
}

static gboolean
submit_cb (gpointer user_data)
{
  Submission *submission = user_data;

  fr_image_pool_add (submission->pool, g_steal_pointer (&submission->job));
  return G_SOURCE_REMOVE;
}

static gboolean
shut_down_cb (gpointer user_data)
{
  fr_image_pool_shut_down (user_data);
  return G_SOURCE_REMOVE;
}

static void
submit (FrImageClient *self, GTask *task, const FrImageRequest *wanted, int fd, gboolean is_small)
{
  int own_fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  Submission *submission;

  if (own_fd < 0)
    {
      int saved = errno;

      g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (saved), "%s", g_strerror (saved));
      return;
    }
  submission = g_new (Submission, 1);
  submission->pool = fr_image_pool_ref (self->pool);
  submission->job = fr_image_job_new (task, wanted, own_fd);
  submission->job->is_small = is_small != FALSE;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, submit_cb, submission, submission_free);
}

/* An uninstalled Freshet finds its own decoder, not an installed one of another version. */
static char *
find_program (void)
{
  const char *given = g_getenv ("FRESHET_IMAGE");
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self_path != NULL ? g_path_get_dirname (self_path) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, "freshet-image", NULL);
  g_autofree char *in_build_tree = g_build_filename (folder, "..", "image", "freshet-image", NULL);

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  if (g_file_test (in_build_tree, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&in_build_tree);
  return g_build_filename (FR_LIBEXECDIR, "freshet-image", NULL);
}

/* Never at once: the last reference may go in the callback of a job that the pool is just ending. */
static void
shut_down_later (GMainContext *context, FrImagePool *pool)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, shut_down_cb, pool, (GDestroyNotify)fr_image_pool_unref);
  g_source_attach (source, context);
}

static void
fr_image_client_dispose (GObject *object)
{
  FrImageClient *self = FR_IMAGE_CLIENT (object);

  if (self->pool != NULL)
    shut_down_later (self->context, g_steal_pointer (&self->pool));

  G_OBJECT_CLASS (fr_image_client_parent_class)->dispose (object);
}

static void
fr_image_client_finalize (GObject *object)
{
  FrImageClient *self = FR_IMAGE_CLIENT (object);

  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (fr_image_client_parent_class)->finalize (object);
}

static void
fr_image_client_class_init (FrImageClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_image_client_dispose;
  object_class->finalize = fr_image_client_finalize;
}

static void
fr_image_client_init (FrImageClient *self)
{
  self->context = g_main_context_ref_thread_default ();
}

FrImagePool *
_fr_image_client_get_pool (FrImageClient *self)
{
  return self->pool;
}

/**
 * fr_image_client_new:
 * @program: (nullable): the decoding process's executable; %NULL for `$FRESHET_IMAGE`, else `freshet-image`
 * beside this program, in its build folder or in libexecdir
 * @n_processes: how many may run at once, from 1 to %FR_IMAGE_MAX_PROCESSES
 *
 * Makes a client. No process is started before there is work.
 *
 * Returns: (transfer full): a client
 */
FrImageClient *
fr_image_client_new (const char *program, guint n_processes)
{
  g_autofree char *found = program == NULL ? find_program () : NULL;
  FrImageClient *self;

  g_return_val_if_fail (n_processes >= 1 && n_processes <= FR_IMAGE_MAX_PROCESSES, NULL);

  self = g_object_new (FR_TYPE_IMAGE_CLIENT, NULL);
  self->pool = fr_image_pool_new (program != NULL ? program : found, n_processes, self->context);
  return self;
}

/**
 * fr_image_client_summarise_async:
 * @self: a client
 * @fd: the picture's file, open for reading; duplicated, and its position neither used nor moved
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Finds out what a file is, and makes a thumbnail and a preview of it, with one decoding.
 */
void
fr_image_client_summarise_async (FrImageClient *self,
                                 int fd,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FR_IS_IMAGE_CLIENT (self));
  g_return_if_fail (fd >= 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_image_client_summarise_async);
  submit (self, task, &(FrImageRequest){ .operation = FR_IMAGE_SUMMARISE }, fd, FALSE);
}

/**
 * fr_image_client_summarise_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: place for a #FrImageError, or %G_IO_ERROR_CANCELLED
 *
 * Ends what fr_image_client_summarise_async() began. A picture that is too costly to decode, but whose size
 * is known, has a summary without a thumbnail; it fails with %FR_IMAGE_ERROR_TOO_COSTLY only if not even that
 * could be read.
 *
 * Returns: (transfer full): the summary, or %NULL with @error set
 */
FrImageSummary *
fr_image_client_summarise_finish (FrImageClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
render (FrImageClient *self, GTask *task, guint max_width, guint max_height, int fd, gboolean is_small)
{
  const FrImageRequest wanted = {
    .operation = FR_IMAGE_RENDER,
    .max_width = MIN (max_width, FR_IMAGE_MAX_RENDER_SIDE),
    .max_height = MIN (max_height, FR_IMAGE_MAX_RENDER_SIDE),
  };

  submit (self, task, &wanted, fd, is_small);
}

/**
 * fr_image_client_render_async:
 * @self: a client
 * @fd: the picture's file, open for reading; duplicated, and its position neither used nor moved
 * @max_width: pixels to fit in, at least 1; more than 8,192 is taken for that
 * @max_height: pixels to fit in, likewise
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Decodes a picture to be shown. It keeps its proportions and is never made larger than it is, but for
 * drawings. Goes before the summaries that wait.
 */
void
fr_image_client_render_async (FrImageClient *self,
                              int fd,
                              guint max_width,
                              guint max_height,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FR_IS_IMAGE_CLIENT (self));
  g_return_if_fail (fd >= 0);
  g_return_if_fail (max_width > 0 && max_height > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_image_client_render_async);
  render (self, task, max_width, max_height, fd, FALSE);
}

/**
 * fr_image_client_render_small_async:
 * @self: a client
 * @fd: a file of a few kilobytes that is a small picture already; the client has its own descriptor
 * @max_width: as for fr_image_client_render_async()
 * @max_height: likewise
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_image_client_render_finish()
 * @user_data: for @callback
 *
 * Has a thumbnail or a preview decoded, which may take %FR_IMAGE_SMALL_CPU_SECONDS.
 */
void
fr_image_client_render_small_async (FrImageClient *self,
                                    int fd,
                                    guint max_width,
                                    guint max_height,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FR_IS_IMAGE_CLIENT (self));
  g_return_if_fail (fd >= 0);
  g_return_if_fail (max_width > 0 && max_height > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_image_client_render_small_async);
  render (self, task, max_width, max_height, fd, TRUE);
}

/**
 * fr_image_client_render_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: place for a #FrImageError, or %G_IO_ERROR_CANCELLED
 *
 * Ends what fr_image_client_render_async(), fr_image_client_render_small_async() or
 * fr_image_client_render_part_async() began.
 *
 * Returns: (transfer full): the pixels, or %NULL with @error set
 */
FrImagePixels *
fr_image_client_render_finish (FrImageClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_image_client_render_part_async:
 * @self: a client
 * @fd: the picture's file, open for reading; duplicated, and its position neither used nor moved
 * @part: what of it, and how large
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_image_client_render_finish()
 * @user_data: for @callback
 *
 * Decodes a part of a picture to be shown. It is never made larger than it is. One that does not lie in the picture
 * fails with %FR_IMAGE_ERROR_UNSUPPORTED.
 */
void
fr_image_client_render_part_async (FrImageClient *self,
                                   int fd,
                                   const FrImagePart *part,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FrImageRequest wanted = { .operation = FR_IMAGE_RENDER_PART };

  g_return_if_fail (FR_IS_IMAGE_CLIENT (self));
  g_return_if_fail (fd >= 0);
  g_return_if_fail (part != NULL && part->width > 0 && part->height > 0);
  g_return_if_fail (part->max_width > 0 && part->max_height > 0);

  wanted.left = part->left;
  wanted.top = part->top;
  wanted.width = part->width;
  wanted.height = part->height;
  wanted.max_width = MIN (part->max_width, FR_IMAGE_MAX_RENDER_SIDE);
  wanted.max_height = MIN (part->max_height, FR_IMAGE_MAX_RENDER_SIDE);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_image_client_render_part_async);
  if (fr_image_part_fits (part, FR_IMAGE_MAX_PIXELS, FR_IMAGE_MAX_PIXELS))
    submit (self, task, &wanted, fd, FALSE);
  else
    g_task_return_error (task, fr_image_error_new (FR_IMAGE_ERROR_UNSUPPORTED));
}

/**
 * fr_image_client_frames_async:
 * @self: a client
 * @fd: the picture's file, open for reading; duplicated, and its position neither used nor moved
 * @first: the first that is wanted; below %FR_IMAGE_MAX_FRAMES
 * @n: how many, from 1; more than %FR_IMAGE_MAX_FRAMES_AT_ONCE is taken for that
 * @max_width: pixels to fit in, at least 1; more than 8,192 is taken for that
 * @max_height: pixels to fit in, likewise
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Decodes frames of a picture that moves (GIF, WebP). None is made larger than it is. Each is built upon those before
 * it, so later ones take longer.
 */
void
fr_image_client_frames_async (FrImageClient *self,
                              int fd,
                              guint first,
                              guint n,
                              guint max_width,
                              guint max_height,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  const FrImageRequest wanted = {
    .operation = FR_IMAGE_FRAMES,
    .max_width = MIN (max_width, FR_IMAGE_MAX_RENDER_SIDE),
    .max_height = MIN (max_height, FR_IMAGE_MAX_RENDER_SIDE),
    .first = first,
    .n = MIN (n, FR_IMAGE_MAX_FRAMES_AT_ONCE),
  };

  g_return_if_fail (FR_IS_IMAGE_CLIENT (self));
  g_return_if_fail (fd >= 0);
  g_return_if_fail (first < FR_IMAGE_MAX_FRAMES && n > 0);
  g_return_if_fail (max_width > 0 && max_height > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_image_client_frames_async);
  submit (self, task, &wanted, fd, FALSE);
}

/**
 * fr_image_client_frames_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: place for a #FrImageError, or %G_IO_ERROR_CANCELLED
 *
 * Ends what fr_image_client_frames_async() began. It fails with %FR_IMAGE_ERROR_UNSUPPORTED where a picture does not
 * move or has no such frame, and with %FR_IMAGE_ERROR_TOO_COSTLY where it is too large to do so.
 *
 * Returns: (transfer full): one frame or more, or %NULL with @error set
 */
FrImageFrames *
fr_image_client_frames_finish (FrImageClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_image_client_strip_async:
 * @self: a client
 * @fd: the picture's file, open for reading; duplicated, and its position neither used nor moved
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Makes a copy of a picture without what its file tells beside the picture, and without loss: with the same
 * pixels, colours and orientation. The same file always gives the same copy.
 */
void
fr_image_client_strip_async (FrImageClient *self,
                             int fd,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FR_IS_IMAGE_CLIENT (self));
  g_return_if_fail (fd >= 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_image_client_strip_async);
  submit (self, task, &(FrImageRequest){ .operation = FR_IMAGE_STRIP }, fd, FALSE);
}

/**
 * fr_image_client_strip_finish:
 * @self: a client
 * @result: as given to the callback
 * @error: place for a #FrImageError, or %G_IO_ERROR_CANCELLED
 *
 * Ends what fr_image_client_strip_async() began. It fails with %FR_IMAGE_ERROR_NOT_LOSSLESS for kinds of
 * picture that cannot be copied in this way (TIFF, HEIF, AVIF and SVG): nothing has been removed from them.
 *
 * Returns: (transfer full): the copy, or %NULL with @error set
 */
FrImageStripped *
fr_image_client_strip_finish (FrImageClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
