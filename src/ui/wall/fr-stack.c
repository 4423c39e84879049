/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-stack.h"

typedef struct
{
  FrHit *hit;
  guint trust;
} Sheet;

struct _FrStack
{
  GObject parent_instance;

  /* owned */
  GArray *sheets; /* of Sheet */
};

static void fr_stack_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FrStack, fr_stack, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, fr_stack_list_model_init))

static GType
fr_stack_get_item_type (GListModel *list)
{
  return FR_TYPE_HIT;
}

static guint
fr_stack_get_n_items (GListModel *list)
{
  return FR_STACK (list)->sheets->len;
}

static gpointer
fr_stack_get_item (GListModel *list, guint position)
{
  FrStack *self = FR_STACK (list);

  return position < self->sheets->len ? g_object_ref (g_array_index (self->sheets, Sheet, position).hit) : NULL;
}

static void
fr_stack_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_stack_get_item_type;
  iface->get_n_items = fr_stack_get_n_items;
  iface->get_item = fr_stack_get_item;
}

static void
clear_sheet (Sheet *sheet)
{
  g_object_unref (sheet->hit);
}

static void
fr_stack_finalize (GObject *object)
{
  g_array_unref (FR_STACK (object)->sheets);
  G_OBJECT_CLASS (fr_stack_parent_class)->finalize (object);
}

static void
fr_stack_class_init (FrStackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_stack_finalize;
}

static void
fr_stack_init (FrStack *self)
{
  self->sheets = g_array_new (FALSE, FALSE, sizeof (Sheet));
  g_array_set_clear_func (self->sheets, (GDestroyNotify) clear_sheet);
}

/* Sizes are what others say: whom one trusts comes first. */
static gboolean
is_better (const Sheet *a, const Sheet *b)
{
  guint64 pixels_a = (guint64) fr_hit_get_width (a->hit) * fr_hit_get_height (a->hit);
  guint64 pixels_b = (guint64) fr_hit_get_width (b->hit) * fr_hit_get_height (b->hit);

  if (a->trust != b->trust)
    return a->trust > b->trust;
  if (pixels_a != pixels_b)
    return pixels_a > pixels_b;
  return fr_hit_get_size (a->hit) > fr_hit_get_size (b->hit);
}

/**
 * fr_stack_new:
 * @hit: a picture
 * @trust: as for fr_stack_add()
 *
 * Returns: (transfer full): a stack of it alone
 */
FrStack *
fr_stack_new (FrHit *hit, guint trust)
{
  FrStack *self = g_object_new (FR_TYPE_STACK, NULL);

  fr_stack_add (self, hit, trust);
  return self;
}

/**
 * fr_stack_add:
 * @self: a stack
 * @hit: a picture that is nearly the same
 * @trust: a picture with more of it is better; among others most pixels, then most bytes count
 */
void
fr_stack_add (FrStack *self, FrHit *hit, guint trust)
{
  Sheet sheet = { g_object_ref (hit), trust };
  guint position = 0;

  while (position < self->sheets->len && !is_better (&sheet, &g_array_index (self->sheets, Sheet, position)))
    position++;
  g_array_insert_val (self->sheets, position, sheet);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/**
 * fr_stack_get_top:
 * @self: a stack
 *
 * Returns: (transfer none): the best of it
 */
FrHit *
fr_stack_get_top (FrStack *self)
{
  return g_array_index (self->sheets, Sheet, 0).hit;
}

guint
fr_stack_get_n (FrStack *self)
{
  return self->sheets->len;
}
