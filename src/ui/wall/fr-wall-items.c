/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-items.h"

/* GtkMapListModel of GTK 4.8 gives one item for several when one after the other is put in at the beginning, as pictures
 * are that are added. Here an item is the same as long as somebody holds it, wherever it has gone. */

struct _FrWallItems
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  FrVeil *veil; /* nullable */
  GListModel *source;
};

static void fr_wall_items_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FrWallItems, fr_wall_items, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, fr_wall_items_list_model_init))

static GType
fr_wall_items_get_item_type (GListModel *list)
{
  return FR_TYPE_WALL_ITEM;
}

static guint
fr_wall_items_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (FR_WALL_ITEMS (list)->source);
}

static gpointer
fr_wall_items_get_item (GListModel *list, guint position)
{
  FrWallItems *self = FR_WALL_ITEMS (list);
  g_autoptr (GObject) source = g_list_model_get_item (self->source, position);

  if (source == NULL)
    return NULL;
  if (FR_IS_STACK (source))
    return fr_wall_item_get_stacked (self->node, self->veil, FR_STACK (source));
  return FR_IS_HIT (source) ? fr_wall_item_get_found (self->node, self->veil, FR_HIT (source))
                            : fr_wall_item_get (self->node, FR_GALLERY_ITEM (source));
}

static void
fr_wall_items_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_wall_items_get_item_type;
  iface->get_n_items = fr_wall_items_get_n_items;
  iface->get_item = fr_wall_items_get_item;
}

static void
fr_wall_items_dispose (GObject *object)
{
  FrWallItems *self = FR_WALL_ITEMS (object);

  g_clear_object (&self->source);
  g_clear_object (&self->veil);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_wall_items_parent_class)->dispose (object);
}

static void
fr_wall_items_class_init (FrWallItemsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_wall_items_dispose;
}

static void
fr_wall_items_init (FrWallItems *self)
{
}

/**
 * fr_wall_items_new:
 * @node: whose pictures and people
 * @source: (element-type GObject): the pictures: #FrGalleryItem, #FrHit or #FrStack
 *
 * Returns: (transfer full): the same as a wall shows them
 */
FrWallItems *
fr_wall_items_new (FrNode *node, GListModel *source)
{
  return fr_wall_items_new_veiled (node, source, NULL);
}

/**
 * fr_wall_items_new_veiled:
 * @node: whose pictures and people
 * @source: (element-type GObject): the pictures: #FrGalleryItem, #FrHit or #FrStack
 * @veil: (nullable): says which are blurred; %NULL: none
 *
 * Returns: (transfer full): the same as a wall shows them
 */
FrWallItems *
fr_wall_items_new_veiled (FrNode *node, GListModel *source, FrVeil *veil)
{
  FrWallItems *self = g_object_new (FR_TYPE_WALL_ITEMS, NULL);

  self->node = g_object_ref (node);
  g_set_object (&self->veil, veil);
  self->source = g_object_ref (source);
  g_signal_connect_object (source, "items-changed", G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
  return self;
}
