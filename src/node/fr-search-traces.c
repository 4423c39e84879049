/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-traces.h"

struct _FrSearchTraces
{
  GObject parent_instance;

  GQueue traces; /* of FrSearchTrace, the newest first */
};

static GType
fr_search_traces_get_item_type (GListModel *model)
{
  return FR_TYPE_SEARCH_TRACE;
}

static guint
fr_search_traces_get_n_items (GListModel *model)
{
  return g_queue_get_length (&FR_SEARCH_TRACES (model)->traces);
}

static gpointer
fr_search_traces_get_item (GListModel *model, guint position)
{
  FrSearchTrace *trace = g_queue_peek_nth (&FR_SEARCH_TRACES (model)->traces, position);

  return trace != NULL ? g_object_ref (trace) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_search_traces_get_item_type;
  iface->get_n_items = fr_search_traces_get_n_items;
  iface->get_item = fr_search_traces_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FrSearchTraces, fr_search_traces, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
fr_search_traces_finalize (GObject *object)
{
  g_queue_clear_full (&FR_SEARCH_TRACES (object)->traces, g_object_unref);
  G_OBJECT_CLASS (fr_search_traces_parent_class)->finalize (object);
}

static void
fr_search_traces_class_init (FrSearchTracesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_search_traces_finalize;
}

static void
fr_search_traces_init (FrSearchTraces *self)
{
  g_queue_init (&self->traces);
}

FrSearchTraces *
fr_search_traces_new (void)
{
  return g_object_new (FR_TYPE_SEARCH_TRACES, NULL);
}

/**
 * fr_search_traces_follow:
 * @self: traces
 * @search: one that has just begun
 *
 * Remembers what becomes of it, and forgets the oldest where there are %FR_SEARCH_TRACES_MAX.
 */
void
fr_search_traces_follow (FrSearchTraces *self, FrSearch *search)
{
  guint n = g_queue_get_length (&self->traces);

  g_queue_push_head (&self->traces, fr_search_trace_new (search));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  if (n < FR_SEARCH_TRACES_MAX)
    return;
  g_object_unref (g_queue_pop_tail (&self->traces));
  g_list_model_items_changed (G_LIST_MODEL (self), n, 1, 0);
}
