/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hit-tile.h"

#include "fr-thumbnail.h"

struct _FrHitTile
{
  AdwBin parent_instance;

  /* template widgets */
  FrThumbnail *thumbnail;
  GtkWidget *cover;

  /* owned */
  FrVeil *veil;
  FrTextureLoader *loader;
  FrHit *hit;
  GSignalGroup *hit_signals;
};

enum
{
  PROP_0,
  PROP_HIT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrHitTile, fr_hit_tile, ADW_TYPE_BIN)

static void
show_veil (FrHitTile *self)
{
  gboolean is_covered = self->hit != NULL && fr_veil_covers (self->veil, self->hit);

  fr_thumbnail_set_blurred (self->thumbnail, is_covered);
  gtk_widget_set_visible (self->cover, is_covered && fr_hit_get_preview (self->hit) != NULL);
}

static void
show_preview (FrHitTile *self)
{
  GBytes *preview = self->hit != NULL ? fr_hit_get_preview (self->hit) : NULL;

  if (preview != NULL)
    fr_thumbnail_show (self->thumbnail, self->loader, fr_hit_get_id (self->hit), preview);
  else
    fr_thumbnail_clear (self->thumbnail);
  show_veil (self);
}

static void
fr_hit_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrHitTile *self = FR_HIT_TILE (object);

  if (id == PROP_HIT)
    g_value_set_object (value, self->hit);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_hit_tile_dispose (GObject *object)
{
  FrHitTile *self = FR_HIT_TILE (object);

  g_clear_object (&self->hit_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_HIT_TILE);
  g_clear_object (&self->hit);
  g_clear_object (&self->veil);
  g_clear_object (&self->loader);
  G_OBJECT_CLASS (fr_hit_tile_parent_class)->dispose (object);
}

static void
fr_hit_tile_class_init (FrHitTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_hit_tile_get_property;
  object_class->dispose = fr_hit_tile_dispose;
  properties[PROP_HIT] = g_param_spec_object ("hit", NULL, NULL, FR_TYPE_HIT,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (FR_TYPE_THUMBNAIL);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-hit-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, FrHitTile, thumbnail);
  gtk_widget_class_bind_template_child (widget_class, FrHitTile, cover);
}

static void
fr_hit_tile_init (FrHitTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->hit_signals = g_signal_group_new (FR_TYPE_HIT);
  g_signal_group_connect_swapped (self->hit_signals, "notify::preview", G_CALLBACK (show_preview), self);
  g_signal_group_connect_swapped (self->hit_signals, "notify::n-holders", G_CALLBACK (show_veil), self);
  g_signal_group_connect_swapped (self->hit_signals, "notify::mine", G_CALLBACK (show_veil), self);
}

/**
 * fr_hit_tile_new:
 * @loader: who loads what it shows
 * @veil: what is to be blurred
 *
 * Returns: (transfer floating): a tile that shows nothing yet
 */
FrHitTile *
fr_hit_tile_new (FrTextureLoader *loader, FrVeil *veil)
{
  FrHitTile *self = g_object_new (FR_TYPE_HIT_TILE, NULL);

  self->loader = g_object_ref (loader);
  self->veil = g_object_ref (veil);
  g_signal_connect_object (veil, "changed", G_CALLBACK (show_veil), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * fr_hit_tile_set_hit:
 * @self: a tile
 * @hit: (nullable): what to show
 */
void
fr_hit_tile_set_hit (FrHitTile *self, FrHit *hit)
{
  if (!g_set_object (&self->hit, hit))
    return;
  g_signal_group_set_target (self->hit_signals, hit);
  show_preview (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIT]);
}
