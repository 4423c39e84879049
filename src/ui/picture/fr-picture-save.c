/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-picture-save.h"

#include <glib/gi18n.h>

#include "fr-hand-out.h"
#include "fr-other-programs.h"
#include "fr-portal.h"
#include "fr-save-dialog.h"
#include "fr-toast.h"

typedef struct
{
  FrNode *node;     /* owned, both */
  GObject *picture;
  guint is_original : 1;
  guint is_to_show : 1; /* in its folder, afterwards */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->node);
  g_object_unref (saving->picture);
  g_free (saving);
}

/* Showing where it is */

/* It may take as long as a person does: the window may be gone by then. */
static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (data);
  g_autoptr (GError) error = NULL;

  fr_other_programs_finish (result, &error);
  if (error != NULL && widget != NULL)
    fr_toast_say (widget, error->message);
  g_weak_ref_clear (data);
  g_free (data);
}

static void
show (GtkWidget *widget, gpointer file)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, widget);
  fr_other_programs_show_async (file, NULL, shown_cb, weak);
}

static char *
describe_saved (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file), *name = g_filename_display_name (base);

  /* Translators: the name of a file */
  return g_strdup_printf (_ ("Saved as “%s”"), name);
}

static void
finish (GTask *task, const char *path)
{
  const Saving *saving = g_task_get_task_data (task);
  GtkWidget *widget = g_task_get_source_object (task);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = describe_saved (file);

  if (saving->is_to_show)
    {
      fr_toast_say (widget, text);
      show (widget, file);
    }
  else
    fr_toast_offer (widget, text, _ ("Show in _Files"), show, g_steal_pointer (&file), g_object_unref);
  g_task_return_boolean (task, TRUE);
}

/* Saving */

static void
original_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree char *path = fr_gallery_export_finish (FR_GALLERY (source), result, &error);

  if (path != NULL)
    finish (task, path);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree char *path = fr_hand_out_save_finish (result, &error);

  if (path != NULL)
    finish (task, path);
  else
    g_task_return_error (task, error);
}

/* What the person saves as their original is not what others get. */
static void
save (GTask *task, const char *folder_or_path)
{
  const Saving *saving = g_task_get_task_data (task);
  FrGallery *gallery = fr_node_get_gallery (saving->node);

  if (saving->is_original)
    fr_gallery_export_original_async (gallery, fr_gallery_item_get_id (FR_GALLERY_ITEM (saving->picture)), folder_or_path,
                                      NULL, original_saved_cb, g_object_ref (task));
  else
    fr_hand_out_save_async (gallery, saving->picture, folder_or_path, NULL, saved_cb, g_object_ref (task));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *path = fr_save_dialog_ask_finish (GTK_WIDGET (source), result);

  if (path != NULL)
    save (task, path);
  else
    g_task_return_boolean (task, FALSE);
}

static void
ask (GTask *task)
{
  const Saving *saving = g_task_get_task_data (task);
  GtkWidget *widget = g_task_get_source_object (task);
  const FrPicture *picture;

  if (FR_IS_GALLERY_ITEM (saving->picture))
    {
      picture = fr_gallery_item_get_picture (FR_GALLERY_ITEM (saving->picture));
      fr_save_dialog_ask_async (widget, picture->title, picture->type, chosen_cb, g_object_ref (task));
    }
  else
    fr_save_dialog_ask_async (widget, fr_fetch_get_title (FR_FETCH (saving->picture)),
                              fr_hit_get_picture_type (fr_fetch_get_hit (FR_FETCH (saving->picture))), chosen_cb,
                              g_object_ref (task));
}

static GTask *
task_new (GtkWidget *widget, FrNode *node, gpointer picture, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (widget, NULL, callback, data);
  Saving *saving = g_new0 (Saving, 1);

  saving->node = g_object_ref (node);
  saving->picture = g_object_ref (picture);
  g_task_set_task_data (task, saving, saving_free);
  return task;
}

/**
 * fr_picture_save_as_async:
 * @widget: where it was asked for
 * @node: whose pictures
 * @picture: #FrGalleryItem, or #FrFetch that is done
 * @is_original: whether as it was added, with all that its file tells; only of one that has that
 * @callback: (scope async): called when it is saved, or the person has thought better of it
 * @data: for @callback
 */
void
fr_picture_save_as_async (GtkWidget *widget, FrNode *node, gpointer picture, gboolean is_original,
                          GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = task_new (widget, node, picture, callback, data);
  Saving *saving = g_task_get_task_data (task);

  saving->is_original = is_original;
  ask (task);
}

static void
folder_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!g_file_make_directory_finish (G_FILE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  save (task, g_file_peek_path (G_FILE (source)));
}

/**
 * fr_picture_save_and_show_async:
 * @widget: where it was asked for
 * @node: whose pictures
 * @picture: #FrGalleryItem, or #FrFetch that is done
 * @callback: (scope async): called when it is saved, and about to be shown
 * @data: for @callback
 *
 * Files that can be shown are the person's: it is put among their pictures first, under *Freshet*; where that is not for us
 * to decide they are asked.
 */
void
fr_picture_save_and_show_async (GtkWidget *widget, FrNode *node, gpointer picture, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = task_new (widget, node, picture, callback, data);
  const char *pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GFile) folder = NULL;

  saving->is_to_show = TRUE;
  if (fr_portal_is_sandboxed ())
    {
      ask (task);
      return;
    }
  folder = g_file_new_build_filename (pictures != NULL ? pictures : g_get_home_dir (), "Freshet", NULL);
  g_file_make_directory_async (folder, G_PRIORITY_DEFAULT, NULL, folder_made_cb, g_object_ref (task));
}

/**
 * fr_picture_save_finish:
 * @widget: where it was asked for
 * @result: what the callback got
 * @error: (out): why not, in words
 *
 * Returns: whether it was done; %FALSE without an error if the person has thought better of it
 */
gboolean
fr_picture_save_finish (GtkWidget *widget, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, widget), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
