/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-private.h"

#include <glib/gi18n.h>

#include "fr-audience-change.h"
#include "fr-gallery-removal.h"
#include "fr-save-dialog.h"

static FrGalleryItem *
get_item (FrViewer *self)
{
  FrViewedPicture *picture = fr_viewer_get_picture (self);

  return picture != NULL ? fr_viewed_picture_get_item (picture) : NULL;
}

/* Save as */

static void
tell_saved (FrViewer *self, const char *path, const GError *error)
{
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  /* Translators: the name of a file */
  g_autofree char *text = path != NULL ? g_strdup_printf (_ ("Saved as “%s”"), name) : g_strdup (error->message);

  fr_viewer_tell (self, text);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fr_gallery_export_finish (FR_GALLERY (source), result, &error);

  tell_saved (self, path, error);
}

static void
fetched_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fr_fetch_save_finish (FR_FETCH (source), result, &error);

  tell_saved (self, path, error);
}

static void
path_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrViewer *self = FR_VIEWER (source);
  g_autoptr (FrViewedPicture) picture = data;
  g_autofree char *path = fr_save_dialog_ask_finish (GTK_WIDGET (self), result);

  if (path == NULL || !fr_viewed_picture_is_here (picture))
    return;
  if (fr_viewed_picture_get_item (picture) != NULL)
    fr_gallery_export_async (fr_node_get_gallery (self->node), fr_viewed_picture_get_id (picture), path,
                             NULL, exported_cb, g_object_ref (self));
  else
    fr_fetch_save_async (fr_viewed_picture_get_fetch (picture), path, NULL, fetched_saved_cb, g_object_ref (self));
}

/* What the person saves as their original is not what others get. */
static void
original_path_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrViewer *self = FR_VIEWER (source);
  g_autoptr (FrViewedPicture) picture = data;
  g_autofree char *path = fr_save_dialog_ask_finish (GTK_WIDGET (self), result);

  if (path != NULL)
    fr_gallery_export_original_async (fr_node_get_gallery (self->node),
                                      fr_viewed_picture_get_id (picture), path, NULL, exported_cb, g_object_ref (self));
}

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewedPicture *picture = fr_viewer_get_picture (FR_VIEWER (widget));
  gboolean is_original = g_str_equal (action, "picture.save-original");

  if (picture != NULL)
    fr_save_dialog_ask_async (widget, fr_viewed_picture_get_title (picture), fr_viewed_picture_get_kind (picture),
                              is_original ? original_path_chosen_cb : path_chosen_cb, g_object_ref (picture));
}

/* Keep, and who can see it */

static void
keep_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewedPicture *picture = fr_viewer_get_picture (FR_VIEWER (widget));

  if (picture != NULL)
    fr_viewed_picture_keep (picture);
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!fr_audience_change_finish (GTK_WIDGET (source), result, NULL, NULL, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fr_viewer_tell (FR_VIEWER (source), error->message);
}

static GPtrArray *
list_one (FrGalleryItem *item)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, g_object_ref (item));
  return items;
}

static void
share_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewer *self = FR_VIEWER (widget);
  g_autoptr (GPtrArray) items = NULL;

  if (get_item (self) == NULL)
    return;
  items = list_one (get_item (self));
  fr_audience_change_async (widget, self->node, items, shared_cb, NULL);
}

/* Remove: what takes its place is shown then. */

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (fr_gallery_removal_start_finish (GTK_WIDGET (source), result, &error) > 0)
    fr_viewer_skip (FR_VIEWER (source));
  else if (error != NULL)
    fr_viewer_tell (FR_VIEWER (source), error->message);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewer *self = FR_VIEWER (widget);
  g_autoptr (GPtrArray) items = NULL;

  if (get_item (self) == NULL)
    return;
  items = list_one (get_item (self));
  fr_gallery_removal_start_async (widget, fr_node_get_gallery (self->node), items, removed_cb, NULL);
}

static void
reopen_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrContentId id;

  if (fr_content_id_parse (&id, g_variant_get_string (parameter, NULL)))
    fr_viewer_reopen (FR_VIEWER (widget), &id);
}

void
fr_viewer_class_install_picture_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "picture.save-as", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "picture.save-original", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "picture.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "picture.share", NULL, share_action);
  gtk_widget_class_install_action (widget_class, "picture.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "picture.reopen", "s", reopen_action);
}

/**
 * fr_viewer_update_picture_actions:
 * @self: a viewer
 *
 * What cannot be done with the picture is not in the menu.
 */
void
fr_viewer_update_picture_actions (FrViewer *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  FrViewedPicture *picture = fr_viewer_get_picture (self);
  FrGalleryItem *item = get_item (self);
  const FrViewerFacts *facts = picture != NULL ? fr_viewed_picture_get_facts (picture) : NULL;
  gboolean can_keep = facts != NULL && facts->is_found && facts->is_coming && facts->state != FR_FETCH_FAILED
                      && !facts->is_covered && !facts->is_keeping;

  if (self->picture_actions != NULL)
    fr_picture_actions_update (self->picture_actions);
  gtk_widget_action_set_enabled (widget, "picture.save-as", picture != NULL && fr_viewed_picture_is_here (picture));
  gtk_widget_action_set_enabled (widget, "picture.save-original",
                                 item != NULL && fr_picture_has_original (fr_gallery_item_get_picture (item)));
  gtk_widget_action_set_enabled (widget, "picture.keep", can_keep);
  gtk_widget_action_set_enabled (widget, "picture.share", item != NULL);
  gtk_widget_action_set_enabled (widget, "picture.remove", item != NULL);
}
