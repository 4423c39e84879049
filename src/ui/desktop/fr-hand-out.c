/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hand-out.h"

#include <glib/gi18n.h>

#include "fr-private-folder.h"

struct _FrHandOut
{
  GObject parent_instance;

  /* owned */
  FrPrivateFolder *folder; /* shared with threads */
  GQueue made;             /* of paths: a folder for what was asked for at once, the oldest first */
};

G_DEFINE_FINAL_TYPE (FrHandOut, fr_hand_out, G_TYPE_OBJECT)

/* Of a node. */
static G_DEFINE_QUARK (fr-hand-out, hand_out)

/* What is asked for at once. */
typedef struct
{
  FrGallery *gallery;  /* owned */
  GPtrArray *pictures; /* owned */
  GPtrArray *files;    /* owned, of GFile: those that are made */
  char *folder;        /* owned; NULL: not made yet */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->gallery);
  g_ptr_array_unref (request->pictures);
  g_ptr_array_unref (request->files);
  g_free (request->folder);
  g_free (request);
}

static void
remove_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  fr_private_folder_remove_tree (path);
  g_task_return_boolean (task, TRUE);
}

/* Takes the path. */
static void
remove_later (char *path)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, path, g_free);
  g_task_run_in_thread (task, remove_thread);
}

static void
remember (FrHandOut *self, const char *folder)
{
  g_queue_push_tail (&self->made, g_strdup (folder));
  if (g_queue_get_length (&self->made) > FR_HAND_OUT_MAX_FOLDERS)
    remove_later (g_queue_pop_head (&self->made));
}

/* Half of what was wanted is of no use. */
static void
give_up (GTask *task, GError *error)
{
  Request *request = g_task_get_task_data (task);

  remove_later (g_steal_pointer (&request->folder));
  g_task_return_error (task, error);
}

static void make_next (GTask *task);

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *path = fr_hand_out_save_finish (result, &error);

  if (path == NULL)
    {
      give_up (task, error);
      return;
    }
  g_ptr_array_add (request->files, g_file_new_for_path (path));
  make_next (task);
}

static void
make_next (GTask *task)
{
  FrHandOut *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);

  if (request->files->len < request->pictures->len)
    {
      fr_hand_out_save_async (request->gallery, request->pictures->pdata[request->files->len], request->folder,
                              g_task_get_cancellable (task), saved_cb, g_object_ref (task));
      return;
    }
  remember (self, request->folder);
  g_task_return_pointer (task, g_ptr_array_ref (request->files), (GDestroyNotify) g_ptr_array_unref);
}

static void
folder_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *path = fr_private_folder_add (data, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

static void
folder_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  request->folder = g_task_propagate_pointer (G_TASK (result), &error);
  if (request->folder == NULL)
    g_task_return_error (task, error);
  else
    make_next (task);
}

static void
fr_hand_out_dispose (GObject *object)
{
  FrHandOut *self = FR_HAND_OUT (object);

  g_clear_pointer (&self->folder, fr_private_folder_end);
  g_queue_clear_full (&self->made, g_free);
  G_OBJECT_CLASS (fr_hand_out_parent_class)->dispose (object);
}

static void
fr_hand_out_class_init (FrHandOutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_hand_out_dispose;
}

static void
fr_hand_out_init (FrHandOut *self)
{
  g_queue_init (&self->made);
}

/**
 * fr_hand_out_new:
 * @folder: (type filename): where the copies of all who hand out are
 *
 * What others have left there, who have ended by now, is removed.
 *
 * Returns: (transfer full): what hands out pictures; its copies are gone with it
 */
FrHandOut *
fr_hand_out_new (const char *folder)
{
  FrHandOut *self = g_object_new (FR_TYPE_HAND_OUT, NULL);

  self->folder = fr_private_folder_new (folder);
  fr_private_folder_sweep_later (self->folder);
  return self;
}

/**
 * fr_hand_out_get:
 * @node: whose pictures
 *
 * Returns: (transfer none): the one there is of it, as long as that lives
 */
FrHandOut *
fr_hand_out_get (FrNode *node)
{
  FrHandOut *self = g_object_get_qdata (G_OBJECT (node), hand_out_quark ());
  g_autofree char *folder = NULL;

  if (self != NULL)
    return self;
  folder = g_build_filename (g_get_user_cache_dir (), "freshet", "handed-out", NULL);
  self = fr_hand_out_new (folder);
  g_object_set_qdata_full (G_OBJECT (node), hand_out_quark (), self, g_object_unref);
  return self;
}

/**
 * fr_hand_out_describe_too_many:
 *
 * Returns: (transfer full): why more than %FR_HAND_OUT_MAX_PICTURES are not handed out at once
 */
char *
fr_hand_out_describe_too_many (void)
{
  return g_strdup_printf (ngettext ("These are too many at once. Take %u picture at most.",
                                    "These are too many at once. Take %u pictures at most.", FR_HAND_OUT_MAX_PICTURES),
                          FR_HAND_OUT_MAX_PICTURES);
}

/**
 * fr_hand_out_make_async:
 * @self: what hands out
 * @gallery: the own gallery
 * @pictures: (element-type GObject): #FrGalleryItem of it, or #FrFetch that are done; %FR_HAND_OUT_MAX_PICTURES at most
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called with the files
 * @data: for @callback
 *
 * Makes copies of pictures, called as these are: *Title.jpg*, and *Title (2).jpg* where two are called the same. Other
 * programs may do with them what they like: whoever asks again gets new ones.
 */
void
fr_hand_out_make_async (FrHandOut *self, FrGallery *gallery, GPtrArray *pictures, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GTask) in_thread = NULL;
  Request *request;

  g_task_set_source_tag (task, fr_hand_out_make_async);
  if (pictures->len > FR_HAND_OUT_MAX_PICTURES)
    {
      g_autofree char *text = fr_hand_out_describe_too_many ();

      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "%s", text);
      g_object_unref (task);
      return;
    }
  request = g_new0 (Request, 1);
  request->gallery = g_object_ref (gallery);
  request->pictures = g_ptr_array_ref (pictures);
  request->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, request, request_free);
  in_thread = g_task_new (self, cancellable, folder_cb, task);
  g_task_set_task_data (in_thread, fr_private_folder_ref (self->folder), (GDestroyNotify) fr_private_folder_unref);
  g_task_run_in_thread (in_thread, folder_thread);
}

/**
 * fr_hand_out_make_finish:
 * @self: what hands out
 * @result: what the callback got
 * @error: (out): why there is none
 *
 * Returns: (transfer full) (element-type GFile) (nullable): the copies, in the order of the pictures
 */
GPtrArray *
fr_hand_out_make_finish (FrHandOut *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_hand_out_save_async:
 * @gallery: the own gallery
 * @picture: #FrGalleryItem of it, or #FrFetch that is done
 * @folder_or_path: (type filename): a folder that is there, or the file that the person wants
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called with the path
 * @data: for @callback
 *
 * Copies one picture, own or found, never over another file.
 */
void
fr_hand_out_save_async (FrGallery *gallery, gpointer picture, const char *folder_or_path, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  if (FR_IS_GALLERY_ITEM (picture))
    fr_gallery_export_async (gallery, fr_gallery_item_get_id (picture), folder_or_path, cancellable, callback, data);
  else
    fr_fetch_save_async (picture, folder_or_path, cancellable, callback, data);
}

/**
 * fr_hand_out_save_finish:
 * @result: what the callback got
 * @error: (out): why there is none
 *
 * Returns: (transfer full) (nullable) (type filename): where the copy is
 */
char *
fr_hand_out_save_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GObject) source = g_async_result_get_source_object (result);

  if (FR_IS_GALLERY (source))
    return fr_gallery_export_finish (FR_GALLERY (source), result, error);
  return fr_fetch_save_finish (FR_FETCH (source), result, error);
}
