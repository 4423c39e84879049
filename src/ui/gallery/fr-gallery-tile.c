/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-tile.h"

#include "fr-audience-badge.h"
#include "fr-thumbnail.h"

struct _FrGalleryTile
{
  AdwBin parent_instance;

  /* template widgets */
  FrThumbnail *thumbnail;
  FrAudienceBadge *badge;

  /* owned */
  FrPeople *people;
  FrTextureLoader *loader;
  FrGalleryItem *item;
  GSignalGroup *item_signals;
};

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrGalleryTile, fr_gallery_tile, ADW_TYPE_BIN)

static char *
get_title (FrGalleryTile *self, FrPicture *picture)
{
  return g_strdup (picture != NULL ? picture->title : "");
}

static void
show_badge (FrGalleryTile *self)
{
  fr_audience_badge_show (self->badge, self->item != NULL ? fr_gallery_item_get_picture (self->item) : NULL,
                          self->people);
}

static void
fr_gallery_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrGalleryTile *self = FR_GALLERY_TILE (object);

  if (id == PROP_ITEM)
    g_value_set_object (value, self->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_gallery_tile_dispose (GObject *object)
{
  FrGalleryTile *self = FR_GALLERY_TILE (object);

  g_clear_object (&self->item_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_GALLERY_TILE);
  g_clear_object (&self->item);
  g_clear_object (&self->people);
  g_clear_object (&self->loader);
  G_OBJECT_CLASS (fr_gallery_tile_parent_class)->dispose (object);
}

static void
fr_gallery_tile_class_init (FrGalleryTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_gallery_tile_get_property;
  object_class->dispose = fr_gallery_tile_dispose;
  properties[PROP_ITEM]
      = g_param_spec_object ("item", NULL, NULL, FR_TYPE_GALLERY_ITEM,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (FR_TYPE_AUDIENCE_BADGE);
  g_type_ensure (FR_TYPE_THUMBNAIL);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-gallery-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, FrGalleryTile, thumbnail);
  gtk_widget_class_bind_template_child (widget_class, FrGalleryTile, badge);
  gtk_widget_class_bind_template_callback (widget_class, get_title);
}

static void
fr_gallery_tile_init (FrGalleryTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (FR_TYPE_GALLERY_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::picture", G_CALLBACK (show_badge), self);
}

/**
 * fr_gallery_tile_new:
 * @loader: who loads what it shows
 * @people: whose names it knows
 *
 * Returns: (transfer floating): a tile that shows nothing yet
 */
FrGalleryTile *
fr_gallery_tile_new (FrTextureLoader *loader, FrPeople *people)
{
  FrGalleryTile *self = g_object_new (FR_TYPE_GALLERY_TILE, NULL);

  self->loader = g_object_ref (loader);
  self->people = g_object_ref (people);
  return self;
}

/**
 * fr_gallery_tile_set_item:
 * @self: a tile
 * @item: (nullable): what to show
 */
void
fr_gallery_tile_set_item (FrGalleryTile *self, FrGalleryItem *item)
{
  if (!g_set_object (&self->item, item))
    return;
  if (item != NULL)
    fr_thumbnail_show (self->thumbnail, self->loader, fr_gallery_item_get_id (item), NULL);
  else
    fr_thumbnail_clear (self->thumbnail);
  g_signal_group_set_target (self->item_signals, item);
  show_badge (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

FrGalleryItem *
fr_gallery_tile_get_item (FrGalleryTile *self)
{
  return self->item;
}
