/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-drag-icon.h"

#define OFFSET 8 /* of each in a pile from the one above it */
#define FRAME 1

static const GdkRGBA frame_colour = { 1, 1, 1, 0.9f };

static void
draw (GtkSnapshot *snapshot, GdkTexture *texture, float x, float y)
{
  float width = (float) gdk_texture_get_width (texture), height = (float) gdk_texture_get_height (texture);
  float scale = MIN (FR_DRAG_ICON_SIDE / MAX (width, height), 1);
  graphene_rect_t area = GRAPHENE_RECT_INIT (x + FRAME, y + FRAME, MAX (width * scale, 1), MAX (height * scale, 1));

  gtk_snapshot_append_color (snapshot, &frame_colour,
                             &GRAPHENE_RECT_INIT (x, y, area.size.width + 2 * FRAME, area.size.height + 2 * FRAME));
  gtk_snapshot_append_texture (snapshot, texture, &area);
}

/**
 * fr_drag_icon_new:
 * @textures: (element-type GdkTexture): what is dragged, the first on top
 *
 * Returns: (transfer full) (nullable): what follows the pointer
 */
GdkPaintable *
fr_drag_icon_new (GPtrArray *textures)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  for (guint i = MIN (textures->len, FR_DRAG_ICON_MAX); i > 0; i--)
    draw (snapshot, textures->pdata[i - 1], (float) (i - 1) * OFFSET, (float) (i - 1) * OFFSET);
  return gtk_snapshot_free_to_paintable (snapshot, NULL);
}
