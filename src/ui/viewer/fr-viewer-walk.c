/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-private.h"

#include "fr-announce.h"

/* From a picture to the next and the previous of where the viewer was opened. */

static guint
count (FrViewer *self)
{
  return self->pictures != NULL ? g_list_model_get_n_items (self->pictures) : 0;
}

static void
update_walk (FrViewer *self)
{
  gboolean has_previous = self->position > 0;
  gboolean has_next = self->position + (self->is_gone ? 0 : 1) < count (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.previous", has_previous);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.next", has_next);
  gtk_widget_set_visible (self->previous_button, has_previous);
  gtk_widget_set_visible (self->next_button, has_next);
  fr_viewer_keep_focus (self);
}

static void
set_gone (FrViewer *self, gboolean is_gone)
{
  self->is_gone = is_gone;
  gtk_stack_set_visible_child_name (self->stack, is_gone ? "gone" : "picture");
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !is_gone);
  fr_viewer_keep_focus (self);
}

void
fr_viewer_set_picture (FrViewer *self, FrViewedPicture *picture)
{
  if (self->picture != NULL)
    fr_viewed_picture_close (self->picture);
  g_clear_pointer (&self->failed_action, g_free);
  g_clear_pointer (&self->failed_text, g_free);
  g_set_object (&self->picture, picture);
  g_signal_group_set_target (self->picture_signals, picture);
  fr_details_show (self->details, picture);
  fr_viewer_bar_clear (self->bar);
  fr_viewer_update_moving (self);
}

static void
say_picture (FrViewer *self)
{
  g_autofree char *text
      = fr_viewer_text_describe_picture (self->position, count (self), fr_viewed_picture_get_words (self->picture),
                                         fr_viewed_picture_get_facts (self->picture)->about);

  fr_announce (GTK_WIDGET (self->canvas), text);
}

static void
show_object (FrViewer *self, gpointer object)
{
  g_autoptr (FrViewedPicture) picture = fr_viewed_picture_new (self->node, self->loader, self->veil, object);
  guint width = 0, height = 0;
  guint64 bytes = 0;

  fr_viewed_picture_get_size (picture, &width, &height, &bytes);
  fr_canvas_clear (self->canvas, width, height, fr_viewed_picture_get_words (picture));
  fr_viewer_set_picture (self, picture);
  set_gone (self, FALSE);
  fr_viewed_picture_open (picture);
  fr_viewer_update (self);
  update_walk (self);
  say_picture (self);
}

void
fr_viewer_show_position (FrViewer *self, guint position)
{
  g_autoptr (GObject) object = g_list_model_get_item (self->pictures, position);

  if (object == NULL)
    return;
  self->position = position;
  show_object (self, object);
}

/* The nearest to where it was. */
static gboolean
find (FrViewer *self, const FrContentId *id, guint *out_position)
{
  guint n = count (self);

  for (guint i = 0; i < n; i++)
    for (int sign = -1; sign <= 1; sign += 2)
      {
        gint64 position = (gint64) MIN (self->position, n - 1) + (gint64) i * sign;
        g_autoptr (GObject) object = NULL;

        if (position < 0 || position >= n)
          continue;
        object = g_list_model_get_item (self->pictures, (guint) position);
        if (fr_content_id_equal (fr_viewed_picture_identify (object), id))
          {
            *out_position = (guint) position;
            return TRUE;
          }
      }
  return FALSE;
}

/* Removed here: what takes its place is shown. Removed elsewhere: that is said. What is being made another file comes back
 * as that. */
static void
lose (FrViewer *self)
{
  if (fr_details_is_busy (self->details) || self->is_gone)
    return;
  fr_details_forget (self->details);
  set_gone (self, TRUE);
}

void
fr_viewer_pictures_changed_cb (FrViewer *self, guint position, guint removed, guint added)
{
  if (self->picture == NULL)
    return;
  if (position + removed <= self->position)
    self->position += added - removed;
  else if (position <= self->position && !find (self, fr_viewed_picture_get_id (self->picture), &self->position))
    {
      self->position = position;
      lose (self);
    }
  update_walk (self);
}

void
fr_viewer_walk_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewer *self = FR_VIEWER (widget);
  gboolean is_next = g_str_equal (action, "viewer.next");

  /* what took the place of what is gone is the next */
  if (is_next && !(self->is_gone && self->position < count (self)))
    fr_viewer_show_position (self, self->position + 1);
  else
    fr_viewer_show_position (self, is_next ? self->position : self->position - 1);
}

/* It stands where it stood, or else where its new file belongs. */
void
fr_viewer_reopen (FrViewer *self, const FrContentId *id)
{
  FrGalleryItem *item = fr_gallery_find (fr_node_get_gallery (self->node), id);

  if (item == NULL || self->picture == NULL)
    return;
  find (self, id, &self->position);
  show_object (self, item);
}

/* The picture was removed from here: what took its place is shown, if anything did. */
void
fr_viewer_skip (FrViewer *self)
{
  if (!self->is_gone)
    return;
  if (count (self) > 0)
    fr_viewer_show_position (self, MIN (self->position, count (self) - 1));
  else
    g_signal_emit_by_name (self, "closed");
}
