/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-removal.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "fr-removal-toast.h"

/* As many as can be brought back are removed at once. Of more it is asked first, and they go one after the other. */

typedef struct
{
  FrGallery *gallery; /* owned */
  GPtrArray *items;   /* of FrGalleryItem: owned */
  guint n_removed;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->gallery);
  g_ptr_array_unref (removal->items);
  g_free (removal);
}

static void remove_next (GTask *task);

/* What one cannot remove, the next will hardly be removed either. */
static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;

  if (!fr_gallery_remove_finish (FR_GALLERY (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  removal->n_removed++;
  remove_next (task);
}

static void
remove_next (GTask *task)
{
  Removal *removal = g_task_get_task_data (task);

  if (removal->n_removed == removal->items->len)
    g_task_return_int (task, removal->n_removed);
  else
    fr_gallery_remove_async (removal->gallery, fr_gallery_item_get_id (removal->items->pdata[removal->n_removed]), NULL,
                             removed_cb, g_object_ref (task));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  if (g_str_equal (response, "remove"))
    remove_next (task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The person does not want it");
}

static void
unref_task (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

/* What a person has added is somewhere else too; what is from others may not be. */
static const char *
describe (GPtrArray *items)
{
  guint n_mine = 0;

  for (guint i = 0; i < items->len; i++)
    n_mine += fr_picture_is_mine (fr_gallery_item_get_picture (items->pdata[i]));
  if (n_mine == items->len)
    return _ ("Nobody will find them any more. The files that you added stay where they are.");
  if (n_mine == 0)
    return _ ("These copies are deleted. You can look for the pictures again.");
  return _ ("Nobody will find them any more. The files that you added stay where they are; copies of other people’s "
            "pictures are deleted.");
}

static void
ask (GtkWidget *widget, GTask *task)
{
  Removal *removal = g_task_get_task_data (task);
  guint n = removal->items->len;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL);
  g_autofree char *heading = g_strdup_printf (ngettext ("Remove %u Picture?", "Remove %u Pictures?", n), n);
  g_autofree char *body = g_strdup_printf (C_ ("sentences", "%s %s"), describe (removal->items),
                                           _ ("So many cannot be brought back."));

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), g_object_ref (task), unref_task, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
hidden_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (FrRemoval) removal = fr_removal_new_finish (FR_GALLERY (source), result, &error);

  if (removal == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  fr_removal_toast_show (g_task_get_source_object (task), removal);
  g_task_return_int (task, fr_removal_get_n (removal));
}

/**
 * fr_gallery_removal_start_async:
 * @widget: where it was asked for
 * @gallery: where they are
 * @items: (element-type FrGalleryItem): what to remove, at least one
 * @callback: (scope async): called when they are gone, or stay
 * @data: for @callback
 *
 * Removes pictures, says so, and offers to undo it. Where there are too many for that, it asks first.
 */
void
fr_gallery_removal_start_async (GtkWidget *widget, FrGallery *gallery, GPtrArray *items, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (widget, NULL, callback, data);
  g_autofree FrContentId *ids = NULL;
  Removal *removal = g_new0 (Removal, 1);

  g_task_set_source_tag (task, fr_gallery_removal_start_async);
  removal->gallery = g_object_ref (gallery);
  removal->items = g_ptr_array_ref (items);
  g_task_set_task_data (task, removal, removal_free);
  if (items->len > FR_REMOVAL_MAX)
    {
      ask (widget, task);
      return;
    }
  ids = g_new (FrContentId, items->len);
  for (guint i = 0; i < items->len; i++)
    ids[i] = *fr_gallery_item_get_id (items->pdata[i]);
  fr_removal_new_async (gallery, ids, items->len, NULL, hidden_cb, g_object_ref (task));
}

/**
 * fr_gallery_removal_start_finish:
 * @widget: where it was asked for
 * @result: what the callback got
 * @error: return location for an error, in words for people
 *
 * Returns: how many pictures were removed; 0 with an error
 */
guint
fr_gallery_removal_start_finish (GtkWidget *widget, GAsyncResult *result, GError **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, widget), 0);
  n = g_task_propagate_int (G_TASK (result), error);
  return n > 0 ? (guint) n : 0;
}
