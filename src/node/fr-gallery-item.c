/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-item.h"

struct _FrGalleryItem
{
  GObject parent_instance;

  /* Owned */
  FrPicture *picture;

  /* State */
  FrContentId id; /* of every picture that is set, so that it outlives each of them */
};

enum
{
  PROP_0,
  PROP_PICTURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrGalleryItem, fr_gallery_item, G_TYPE_OBJECT)

static void
fr_gallery_item_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FrGalleryItem *self = FR_GALLERY_ITEM (object);

  switch (property_id)
    {
    case PROP_PICTURE:
      g_value_set_boxed (value, self->picture);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
fr_gallery_item_finalize (GObject *object)
{
  FrGalleryItem *self = FR_GALLERY_ITEM (object);

  g_clear_pointer (&self->picture, fr_picture_unref);

  G_OBJECT_CLASS (fr_gallery_item_parent_class)->finalize (object);
}

static void
fr_gallery_item_class_init (FrGalleryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_gallery_item_get_property;
  object_class->finalize = fr_gallery_item_finalize;

  properties[PROP_PICTURE]
    = g_param_spec_boxed ("picture", NULL, NULL, FR_TYPE_PICTURE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_gallery_item_init (FrGalleryItem *self)
{
}

/**
 * fr_gallery_item_new:
 * @picture: what the catalogue knows of a picture
 *
 * Returns: (transfer full): an item for it
 */
FrGalleryItem *
fr_gallery_item_new (FrPicture *picture)
{
  FrGalleryItem *self;

  g_return_val_if_fail (picture != NULL, NULL);

  self = g_object_new (FR_TYPE_GALLERY_ITEM, NULL);
  self->picture = fr_picture_ref (picture);
  self->id = picture->id;
  return self;
}

/**
 * fr_gallery_item_get_picture:
 * @self: an item
 *
 * Returns: (transfer none): what the catalogue knows of the picture now; take a reference to keep it
 */
FrPicture *
fr_gallery_item_get_picture (FrGalleryItem *self)
{
  g_return_val_if_fail (FR_IS_GALLERY_ITEM (self), NULL);

  return self->picture;
}

/**
 * fr_gallery_item_set_picture:
 * @self: an item
 * @picture: what the catalogue knows now of the same picture
 *
 * Tells who looks at the item about a change.
 */
void
fr_gallery_item_set_picture (FrGalleryItem *self, FrPicture *picture)
{
  g_autoptr (FrPicture) old = NULL;

  g_return_if_fail (FR_IS_GALLERY_ITEM (self));
  g_return_if_fail (picture != NULL && fr_content_id_equal (&picture->id, &self->id));

  if (picture == self->picture)
    return;
  old = self->picture;
  self->picture = fr_picture_ref (picture);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURE]);
}

/**
 * fr_gallery_item_get_id:
 * @self: an item
 *
 * Returns: the content id of its picture, which stays where it is as long as the item
 */
const FrContentId *
fr_gallery_item_get_id (FrGalleryItem *self)
{
  g_return_val_if_fail (FR_IS_GALLERY_ITEM (self), NULL);

  return &self->id;
}
