/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-stacks.h"

/* The bits of a likeness are cut into one band more than bits may differ, so that of two pictures that are alike one band
 * at least is the same: only pictures with such a band are compared. */
#define N_BANDS (FR_IMAGE_LIKENESS_MAX_BITS + 1)
#define BAND_BITS 13

G_STATIC_ASSERT (N_BANDS * BAND_BITS >= 64);

/* Width and height of small copies are rounded. */
#define SHAPE_TOLERANCE 0.025

/* What the first picture of a stack looks like. */
typedef struct
{
  FrImageLikeness likeness;
  guint width, height;
  FrStack *stack; /* borrowed */
} First;

struct _FrStacks
{
  GPtrArray *stacks; /* of FrStack */
  GPtrArray *firsts; /* of First: those of which it is known */
  GHashTable *bands; /* number of a band and its bits -> GPtrArray of First, borrowed */
};

/**
 * fr_stacks_new:
 *
 * Returns: (transfer full): no stacks
 */
FrStacks *
fr_stacks_new (void)
{
  FrStacks *self = g_new0 (FrStacks, 1);

  self->stacks = g_ptr_array_new_with_free_func (g_object_unref);
  self->firsts = g_ptr_array_new_with_free_func (g_free);
  self->bands = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * fr_stacks_free:
 * @self: (nullable) (transfer full): stacks
 */
void
fr_stacks_free (FrStacks *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->bands);
  g_ptr_array_unref (self->firsts);
  g_ptr_array_unref (self->stacks);
  g_free (self);
}

static gpointer
make_key (guint64 bits, guint band)
{
  guint value = (guint) (bits >> (band * BAND_BITS)) & ((1u << BAND_BITS) - 1);

  return GUINT_TO_POINTER (band << BAND_BITS | value);
}

/* A picture that was cut is another one. What nobody has said is no reason to tell two apart. */
static gboolean
has_same_shape (const First *first, FrHit *hit)
{
  double across = (double) first->width * fr_hit_get_height (hit);
  double down = (double) first->height * fr_hit_get_width (hit);

  return ABS (across - down) <= MAX (across, down) * SHAPE_TOLERANCE;
}

static FrStack *
find (FrStacks *self, FrHit *hit, const FrImageLikeness *likeness)
{
  for (guint band = 0; band < N_BANDS; band++)
    {
      GPtrArray *firsts = g_hash_table_lookup (self->bands, make_key (likeness->bits, band));

      for (guint i = 0; firsts != NULL && i < firsts->len; i++)
        {
          const First *first = g_ptr_array_index (firsts, i);

          if (fr_image_likeness_is_alike (&first->likeness, likeness) && has_same_shape (first, hit))
            return first->stack;
        }
    }
  return NULL;
}

static void
remember (FrStacks *self, FrHit *hit, const FrImageLikeness *likeness, FrStack *stack)
{
  First *first = g_new (First, 1);

  *first = (First){ *likeness, fr_hit_get_width (hit), fr_hit_get_height (hit), stack };
  g_ptr_array_add (self->firsts, first);
  for (guint band = 0; band < N_BANDS; band++)
    {
      gpointer key = make_key (likeness->bits, band);
      GPtrArray *firsts = g_hash_table_lookup (self->bands, key);

      if (firsts == NULL)
        g_hash_table_insert (self->bands, key, firsts = g_ptr_array_new ());
      g_ptr_array_add (firsts, first);
    }
}

/**
 * fr_stacks_add:
 * @self: stacks
 * @hit: a picture
 * @likeness: (nullable): what it looks like, where that is known
 * @trust: as for fr_stack_add()
 *
 * Returns: %TRUE if nothing was like it, so that it is on a stack of its own, after all others
 */
gboolean
fr_stacks_add (FrStacks *self, FrHit *hit, const FrImageLikeness *likeness, guint trust)
{
  FrStack *stack = likeness != NULL ? find (self, hit, likeness) : NULL;

  if (stack != NULL)
    {
      fr_stack_add (stack, hit, trust);
      return FALSE;
    }
  stack = fr_stack_new (hit, trust);
  g_ptr_array_add (self->stacks, stack);
  if (likeness != NULL)
    remember (self, hit, likeness, stack);
  return TRUE;
}

guint
fr_stacks_get_n (FrStacks *self)
{
  return self->stacks->len;
}

/**
 * fr_stacks_get:
 * @self: stacks
 * @index: of one
 *
 * Returns: (transfer none) (nullable): the stack
 */
FrStack *
fr_stacks_get (FrStacks *self, guint index)
{
  return index < self->stacks->len ? g_ptr_array_index (self->stacks, index) : NULL;
}
