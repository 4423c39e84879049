/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-private.h"

#include <glib/gi18n.h>

#include "fr-audience-change.h"
#include "fr-gallery-removal.h"
#include "fr-picture-save.h"

static FrGalleryItem *
get_item (FrViewer *self)
{
  FrViewedPicture *picture = fr_viewer_get_picture (self);

  return picture != NULL ? fr_viewed_picture_get_item (picture) : NULL;
}

/* Save the original: the rest is done as on every wall (FrPictureActions). */

static void
original_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  fr_picture_save_finish (GTK_WIDGET (source), result, &error);
  if (error != NULL)
    fr_viewer_fail (FR_VIEWER (source), "save-original", error->message);
}

static void
save_original_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewer *self = FR_VIEWER (widget);

  if (get_item (self) != NULL)
    fr_picture_save_as_async (widget, self->node, get_item (self), TRUE, original_saved_cb, NULL);
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
  gtk_widget_class_install_action (widget_class, "picture.save-original", NULL, save_original_action);
  gtk_widget_class_install_action (widget_class, "picture.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "picture.share", NULL, share_action);
  gtk_widget_class_install_action (widget_class, "picture.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "picture.reopen", "s", reopen_action);
}

/**
 * fr_viewer_fail:
 * @self: a viewer
 * @action: (nullable): what was not done, one of “picture.…”; %NULL: all is well again
 * @text: (nullable): why
 *
 * It stands in the bar, with a way to try again, until that works or another picture is shown.
 */
void
fr_viewer_fail (FrViewer *self, const char *action, const char *text)
{
  g_free (self->failed_action);
  g_free (self->failed_text);
  self->failed_action = action != NULL ? g_strconcat ("picture.", action, NULL) : NULL;
  self->failed_text = g_strdup (text);
  fr_viewer_update (self);
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
  gtk_widget_action_set_enabled (widget, "picture.save-original",
                                 item != NULL && fr_picture_has_original (fr_gallery_item_get_picture (item)));
  gtk_widget_action_set_enabled (widget, "picture.keep", can_keep);
  gtk_widget_action_set_enabled (widget, "picture.share", item != NULL);
  gtk_widget_action_set_enabled (widget, "picture.remove", item != NULL);
}
