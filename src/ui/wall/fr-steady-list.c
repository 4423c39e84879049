/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-steady-list.h"

#include "fr-stacks.h"

typedef struct
{
  FrHit *hit;
  gint64 since_us; /* when its name came */
  FrImageLikeness likeness;
  guint has_likeness : 1;
  guint is_ready : 1;
  guint has_entered : 1;
  guint is_hidden : 1;
} Entry;

struct _FrSteadyList
{
  GObject parent_instance;

  /* owned */
  GHashTable *entries; /* FrHit -> Entry */
  GPtrArray *waiting;  /* of Entry, borrowed; in the order of coming */
  GPtrArray *entered;  /* of Entry, borrowed; in the order of entering */
  FrStacks *stacks;
  FrSearchTerms *filter; /* nullable */

  /* borrowed */
  FrSteadyListTrust trust;
  gpointer data;

  /* state */
  guint n_hidden;
};

static void fr_steady_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FrSteadyList, fr_steady_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, fr_steady_list_list_model_init))

static GType
fr_steady_list_get_item_type (GListModel *list)
{
  return FR_TYPE_STACK;
}

static guint
fr_steady_list_get_n_items (GListModel *list)
{
  return fr_stacks_get_n (FR_STEADY_LIST (list)->stacks);
}

static gpointer
fr_steady_list_get_item (GListModel *list, guint position)
{
  FrStack *stack = fr_stacks_get (FR_STEADY_LIST (list)->stacks, position);

  return stack != NULL ? g_object_ref (stack) : NULL;
}

static void
fr_steady_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_steady_list_get_item_type;
  iface->get_n_items = fr_steady_list_get_n_items;
  iface->get_item = fr_steady_list_get_item;
}

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->hit);
  g_free (entry);
}

static void
fr_steady_list_finalize (GObject *object)
{
  FrSteadyList *self = FR_STEADY_LIST (object);

  g_clear_pointer (&self->filter, fr_search_terms_free);
  fr_stacks_free (self->stacks);
  g_ptr_array_unref (self->entered);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->entries);
  G_OBJECT_CLASS (fr_steady_list_parent_class)->finalize (object);
}

static void
fr_steady_list_class_init (FrSteadyListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_steady_list_finalize;
}

static void
fr_steady_list_init (FrSteadyList *self)
{
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) entry_free);
  self->waiting = g_ptr_array_new ();
  self->entered = g_ptr_array_new ();
  self->stacks = fr_stacks_new ();
}

/**
 * fr_steady_list_new:
 * @trust: (nullable): which of several pictures that are nearly the same is on top
 * @data: for @trust
 *
 * Returns: (transfer full): a list of nothing yet
 */
FrSteadyList *
fr_steady_list_new (FrSteadyListTrust trust, gpointer data)
{
  FrSteadyList *self = g_object_new (FR_TYPE_STEADY_LIST, NULL);

  self->trust = trust;
  self->data = data;
  return self;
}

/**
 * fr_steady_list_put:
 * @self: a list
 * @hit: a picture whose name has come
 * @now_us: monotonic
 */
void
fr_steady_list_put (FrSteadyList *self, FrHit *hit, gint64 now_us)
{
  Entry *entry;

  if (g_hash_table_contains (self->entries, hit))
    return;
  entry = g_new0 (Entry, 1);
  entry->hit = g_object_ref (hit);
  entry->since_us = now_us;
  g_hash_table_insert (self->entries, hit, entry);
  g_ptr_array_add (self->waiting, entry);
}

/**
 * fr_steady_list_set_ready:
 * @self: a list
 * @hit: a picture that was put in
 * @likeness: (nullable): what it looks like, where that can be told
 *
 * Its small form has come. Does nothing for one that has entered without.
 */
void
fr_steady_list_set_ready (FrSteadyList *self, FrHit *hit, const FrImageLikeness *likeness)
{
  Entry *entry = g_hash_table_lookup (self->entries, hit);

  if (entry == NULL || entry->is_ready || entry->has_entered)
    return;
  entry->is_ready = TRUE;
  entry->has_likeness = likeness != NULL;
  if (likeness != NULL)
    entry->likeness = *likeness;
}

/**
 * fr_steady_list_is_waiting:
 * @self: a list
 * @hit: a picture
 *
 * Returns: whether it waits for its small form
 */
gboolean
fr_steady_list_is_waiting (FrSteadyList *self, FrHit *hit)
{
  const Entry *entry = g_hash_table_lookup (self->entries, hit);

  return entry != NULL && !entry->is_ready && !entry->has_entered;
}

/* Entering */

static gint64
get_due_us (const Entry *entry)
{
  return entry->is_ready ? 0 : entry->since_us + FR_STEADY_LIST_PATIENCE_US;
}

/* Returns whether there is one more stack. */
static gboolean
stack_up (FrSteadyList *self, Entry *entry)
{
  guint trust = self->trust != NULL ? self->trust (entry->hit, self->data) : 0;

  entry->is_hidden = self->filter != NULL && !fr_search_terms_match (self->filter, entry->hit);
  if (!entry->is_hidden)
    return fr_stacks_add (self->stacks, entry->hit, entry->has_likeness ? &entry->likeness : NULL, trust);
  self->n_hidden++;
  return FALSE;
}

/* One's own stand first: as long as one of them waits, nothing else enters. */
static gboolean
has_own_waiting (FrSteadyList *self, gint64 now_us)
{
  for (guint i = 0; i < self->waiting->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->waiting, i);

      if (fr_hit_get_mine (entry->hit) && get_due_us (entry) > now_us)
        return TRUE;
    }
  return FALSE;
}

/**
 * fr_steady_list_begin_frame:
 * @self: a list
 * @now_us: monotonic
 *
 * Lets in what can enter by now, at most %FR_STEADY_LIST_A_FRAME.
 */
void
fr_steady_list_begin_frame (FrSteadyList *self, gint64 now_us)
{
  gboolean is_own_only = has_own_waiting (self, now_us);
  guint n_before = fr_stacks_get_n (self->stacks), n_entered = 0, n_left = 0;

  for (guint i = 0; i < self->waiting->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->waiting, i);

      if (n_entered >= FR_STEADY_LIST_A_FRAME || get_due_us (entry) > now_us
          || (is_own_only && !fr_hit_get_mine (entry->hit)))
        {
          g_ptr_array_index (self->waiting, n_left++) = entry;
          continue;
        }
      n_entered++;
      entry->has_entered = TRUE;
      g_ptr_array_add (self->entered, entry);
      stack_up (self, entry);
    }
  g_ptr_array_set_size (self->waiting, (int) n_left);
  if (fr_stacks_get_n (self->stacks) > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, fr_stacks_get_n (self->stacks) - n_before);
}

/**
 * fr_steady_list_get_deadline:
 * @self: a list
 *
 * Returns: when the next picture can enter, monotonic; 0: at once; %G_MAXINT64: none waits
 */
gint64
fr_steady_list_get_deadline (FrSteadyList *self)
{
  gint64 deadline_us = G_MAXINT64;

  for (guint i = 0; i < self->waiting->len; i++)
    deadline_us = MIN (deadline_us, get_due_us (g_ptr_array_index (self->waiting, i)));
  return deadline_us;
}

/* What passes */

/* All that has entered is put on stacks once more, in the same order. */
static void
stack_up_all (FrSteadyList *self)
{
  guint n_before = fr_stacks_get_n (self->stacks);

  fr_stacks_free (self->stacks);
  self->stacks = fr_stacks_new ();
  self->n_hidden = 0;
  for (guint i = 0; i < self->entered->len; i++)
    stack_up (self, g_ptr_array_index (self->entered, i));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, fr_stacks_get_n (self->stacks));
}

/**
 * fr_steady_list_set_filter:
 * @self: a list
 * @terms: (nullable): what is shown has to pass them
 */
void
fr_steady_list_set_filter (FrSteadyList *self, const FrSearchTerms *terms)
{
  if (terms == NULL ? self->filter == NULL : self->filter != NULL && fr_search_terms_equal (terms, self->filter))
    return;
  g_clear_pointer (&self->filter, fr_search_terms_free);
  self->filter = terms != NULL ? fr_search_terms_copy (terms) : NULL;
  stack_up_all (self);
}

/**
 * fr_steady_list_recheck:
 * @self: a list
 * @hit: a picture of which more is known now
 *
 * It enters if it passes by now. What is shown stays.
 */
void
fr_steady_list_recheck (FrSteadyList *self, FrHit *hit)
{
  Entry *entry = g_hash_table_lookup (self->entries, hit);

  if (entry == NULL || !entry->is_hidden || !fr_search_terms_match (self->filter, hit))
    return;
  g_ptr_array_remove (self->entered, entry);
  entry->has_entered = entry->is_hidden = FALSE;
  entry->is_ready = TRUE;
  self->n_hidden--;
  g_ptr_array_add (self->waiting, entry);
}

guint
fr_steady_list_get_n_hidden (FrSteadyList *self)
{
  return self->n_hidden;
}

guint
fr_steady_list_get_n_shown (FrSteadyList *self)
{
  return self->entered->len - self->n_hidden;
}
