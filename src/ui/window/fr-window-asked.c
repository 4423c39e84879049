/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-window-private.h"

#include <glib/gi18n.h>

/* What the desktop's search leads to: a picture, or words to look for. It waits until there is a page to show it on. */

#define PICTURE "fr-asked-picture"
#define WORDS "fr-asked-words"

static void
show_picture (FrWindow *self, const char *text)
{
  FrGallery *gallery = fr_node_get_gallery (fr_window_get_node (self));
  FrGalleryItem *item;
  FrContentId id;

  item = fr_content_id_parse (&id, text) ? fr_gallery_find (gallery, &id) : NULL;
  if (item != NULL)
    fr_main_view_open_picture (fr_window_get_main_view (self), G_LIST_MODEL (gallery), item);
  else
    fr_window_say (self, _("This picture is not here any more."));
}

/* One's own are shown at once; others are asked when the person says so. */
static void
find (FrWindow *self, const char *words)
{
  FrMainView *main_view = fr_window_get_main_view (self);

  fr_main_view_search (main_view);
  fr_search_page_fill_in (fr_main_view_get_search_page (main_view), words);
}

/* For FrWindow, once the pictures are shown. */
void
fr_window_show_asked (FrWindow *self)
{
  g_autofree char *picture = g_object_steal_data (G_OBJECT (self), PICTURE);
  g_autofree char *words = g_object_steal_data (G_OBJECT (self), WORDS);

  if (picture != NULL)
    show_picture (self, picture);
  else if (words != NULL)
    find (self, words);
}

static void
ask (FrWindow *self, const char *key, const char *text)
{
  g_object_set_data_full (G_OBJECT (self), key, g_strdup (text), g_free);
  if (g_strcmp0 (fr_window_get_visible_name (self), "main") == 0)
    fr_window_show_asked (self);
}

/**
 * fr_window_show_picture:
 * @self: a window
 * @id: a content id of one's own pictures, as text; another program said it
 *
 * Shows that picture, now or as soon as that is possible; says so if it is not there.
 */
void
fr_window_show_picture (FrWindow *self, const char *id)
{
  ask (self, PICTURE, id);
}

/**
 * fr_window_find:
 * @self: a window
 * @words: what to look for
 *
 * Types it on the page to look for pictures, now or as soon as that is possible. Others are not asked yet.
 */
void
fr_window_find (FrWindow *self, const char *words)
{
  ask (self, WORDS, words);
}
