/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-transfers.h"

#include "fr-node-error.h"

struct _FrTransfers
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  GListModel *all;
  GPtrArray *watched; /* what is in it, in the same order */
  GtkFilter *filters[FR_TRANSFER_OVER]; /* of the groups but the last */
  GListModel *groups[FR_TRANSFER_OVER];
  GListStore *over; /* the last group: what ended last stands first */
  GtkFilter *here_filter;
  GListModel *here;
  GSource *timer;

  /* state */
  guint n_moving;
  guint n_failed;
  double share;
  gint64 began_us; /* since when something moves, by the monotonic clock */
};

enum
{
  CHANGED,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrTransfers, fr_transfers, G_TYPE_OBJECT)

static FrTransferFacts
gather_giving (FrGiving *giving)
{
  FrPerson *person = fr_giving_get_person (giving);

  return (FrTransferFacts) { .title = fr_giving_get_title (giving),
                             .name = person != NULL ? fr_person_get_name (person) : NULL,
                             .done = fr_giving_get_bytes_done (giving),
                             .total = fr_giving_get_bytes_total (giving),
                             .seconds_left = -1,
                             .ended_us = fr_giving_get_ended_us (giving),
                             .state = fr_giving_get_state (giving),
                             .is_going = TRUE };
}

static FrTransferFacts
gather_fetch (FrFetch *fetch)
{
  const GError *error = fr_fetch_get_error (fetch);
  FrPerson *awaited = fr_fetch_get_state (fetch) == FR_FETCH_WAITING ? fr_fetch_get_awaited (fetch) : NULL;

  return (FrTransferFacts) {
    .title = fr_fetch_get_title (fetch),
    .name = awaited != NULL ? fr_person_get_name (awaited) : fr_fetch_get_holder_name (fetch),
    .error = error != NULL ? error->message : NULL,
    .done = fr_fetch_get_bytes_done (fetch),
    .total = fr_fetch_get_bytes_total (fetch),
    .speed = fr_fetch_get_speed (fetch),
    .seconds_left = fr_fetch_get_seconds_left (fetch),
    .ended_us = fr_fetch_get_ended_us (fetch),
    .place = fr_fetch_get_place (fetch),
    .state = fr_fetch_get_state (fetch),
    .is_stopped = g_error_matches (error, FR_NODE_ERROR, FR_NODE_ERROR_CANCELLED),
  };
}

/**
 * fr_transfers_gather:
 * @transfer: #FrFetch or #FrGiving
 * @out_facts: (out caller-allocates): what is known of it
 */
void
fr_transfers_gather (gpointer transfer, FrTransferFacts *out_facts)
{
  *out_facts = FR_IS_GIVING (transfer) ? gather_giving (transfer) : gather_fetch (transfer);
}

static gboolean
is_in_group (gpointer transfer, gpointer group)
{
  FrTransferFacts facts;

  fr_transfers_gather (transfer, &facts);
  return fr_transfer_text_get_group (&facts) == (FrTransferGroup) GPOINTER_TO_UINT (group);
}

static gboolean
is_here (gpointer transfer, gpointer data)
{
  return FR_IS_FETCH (transfer) && fr_fetch_get_state (transfer) == FR_FETCH_DONE;
}

static gpointer
get_hit (gpointer fetch, gpointer data)
{
  FrHit *hit = g_object_ref (fr_fetch_get_hit (fetch));

  g_object_unref (fetch);
  return hit;
}

/* The sum */

static gint64
get_started_us (gpointer transfer)
{
  return FR_IS_GIVING (transfer) ? fr_giving_get_started_us (transfer) : fr_fetch_get_started_us (transfer);
}

static gboolean
counts (FrTransfers *self, gpointer transfer, const FrTransferFacts *facts)
{
  return fr_transfer_text_is_moving (facts)
         || (FR_IS_FETCH (transfer) && facts->state == FR_FETCH_DONE
             && fr_fetch_get_finished_us (transfer) >= self->began_us);
}

static void
count_all (FrTransfers *self)
{
  gboolean begins = self->n_moving == 0;
  gint64 began_us = G_MAXINT64;

  self->n_moving = self->n_failed = 0;
  for (guint i = 0; i < self->watched->len; i++)
    {
      FrTransferFacts facts;

      fr_transfers_gather (self->watched->pdata[i], &facts);
      self->n_moving += fr_transfer_text_is_moving (&facts);
      self->n_failed += fr_transfer_text_has_failed (&facts);
      if (fr_transfer_text_is_moving (&facts))
        began_us = MIN (began_us, get_started_us (self->watched->pdata[i]));
    }
  if (begins && self->n_moving > 0)
    self->began_us = began_us;
}

/* What comes is what one waits for; what goes is shown where there is nothing else. */
static void
sum_up (FrTransfers *self)
{
  guint64 done[2] = { 0 }, total[2] = { 0 };
  guint which;

  count_all (self);
  for (guint i = 0; i < self->watched->len; i++)
    {
      FrTransferFacts facts;

      fr_transfers_gather (self->watched->pdata[i], &facts);
      if (!counts (self, self->watched->pdata[i], &facts))
        continue;
      done[facts.is_going] += MIN (facts.done, facts.total);
      total[facts.is_going] += facts.total;
    }
  which = total[FALSE] > 0 ? FALSE : TRUE;
  self->share = total[which] > 0 ? (double) done[which] / (double) total[which] : 0;
}

static gboolean
timer_cb (gpointer data)
{
  FrTransfers *self = data;

  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  sum_up (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
update_soon (FrTransfers *self)
{
  if (self->timer != NULL)
    return;
  self->timer = g_timeout_source_new (FR_TRANSFERS_UPDATE_MS);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, NULL);
}

/* Watching */

/* In its place among what is over. Sorting would make others anew, and they would lose the focus. */
static void
place (FrTransfers *self, GObject *transfer, gboolean is_over)
{
  guint position;

  if (g_list_store_find (self->over, transfer, &position) == is_over)
    return;
  if (is_over)
    g_list_store_insert (self->over, 0, transfer);
  else
    g_list_store_remove (self->over, position);
}

static gboolean
is_over (GObject *transfer)
{
  FrTransferFacts facts;

  fr_transfers_gather (transfer, &facts);
  return fr_transfer_text_get_group (&facts) == FR_TRANSFER_OVER;
}

static void
state_cb (FrTransfers *self, GParamSpec *pspec, GObject *transfer)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->filters); i++)
    gtk_filter_changed (self->filters[i], GTK_FILTER_CHANGE_DIFFERENT);
  place (self, transfer, is_over (transfer));
  gtk_filter_changed (self->here_filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_soon (self);
  if (is_over (transfer))
    g_signal_emit (self, signals[ENDED], 0, transfer);
}

static void
watch (FrTransfers *self, GObject *transfer)
{
  g_signal_connect_object (transfer, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (transfer, "notify::bytes-done", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
}

static void
items_cb (FrTransfers *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + removed; i++)
    {
      g_signal_handlers_disconnect_by_func (self->watched->pdata[i], state_cb, self);
      g_signal_handlers_disconnect_by_func (self->watched->pdata[i], update_soon, self);
      place (self, self->watched->pdata[i], FALSE);
    }
  if (removed > 0)
    g_ptr_array_remove_range (self->watched, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      GObject *transfer = g_list_model_get_item (self->all, i);

      g_ptr_array_insert (self->watched, (int) i, transfer);
      watch (self, transfer);
      place (self, transfer, is_over (transfer));
    }
  update_soon (self);
}

static void
fr_transfers_dispose (GObject *object)
{
  FrTransfers *self = FR_TRANSFERS (object);

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_clear_object (&self->here);
  g_clear_object (&self->here_filter);
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    {
      g_clear_object (&self->groups[i]);
      g_clear_object (&self->filters[i]);
    }
  g_clear_object (&self->over);
  g_ptr_array_set_size (self->watched, 0);
  g_clear_object (&self->all);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_transfers_parent_class)->dispose (object);
}

static void
fr_transfers_finalize (GObject *object)
{
  g_ptr_array_unref (FR_TRANSFERS (object)->watched);
  G_OBJECT_CLASS (fr_transfers_parent_class)->finalize (object);
}

static void
fr_transfers_class_init (FrTransfersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_transfers_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_transfers_finalize;
  signals[CHANGED] = g_signal_new ("changed", FR_TYPE_TRANSFERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", FR_TYPE_TRANSFERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_OBJECT);
}

static void
fr_transfers_init (FrTransfers *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->over = g_list_store_new (G_TYPE_OBJECT);
}

static void
make_groups (FrTransfers *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    {
      self->filters[i] = GTK_FILTER (gtk_custom_filter_new (is_in_group, GUINT_TO_POINTER (i), NULL));
      self->groups[i] = G_LIST_MODEL (
          gtk_filter_list_model_new (g_object_ref (self->all), g_object_ref (self->filters[i])));
    }
  self->here_filter = GTK_FILTER (gtk_custom_filter_new (is_here, NULL, NULL));
  self->here = G_LIST_MODEL (gtk_map_list_model_new (
      G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->over)),
                                               g_object_ref (self->here_filter))),
      get_hit, NULL, NULL));
}

static GListModel *
list_all (FrNode *node)
{
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (lists, fr_node_get_fetches (node));
  g_list_store_append (lists, fr_node_get_givings (node));
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (lists)));
}

/**
 * fr_transfers_new:
 * @node: whose pictures are on their way
 *
 * Returns: (transfer full): all of them
 */
FrTransfers *
fr_transfers_new (FrNode *node)
{
  FrTransfers *self = g_object_new (FR_TYPE_TRANSFERS, NULL);

  self->node = g_object_ref (node);
  self->all = list_all (node);
  make_groups (self);
  g_signal_connect_object (self->all, "items-changed", G_CALLBACK (items_cb), self, G_CONNECT_SWAPPED);
  items_cb (self, 0, 0, g_list_model_get_n_items (self->all));
  return self;
}

GListModel *
fr_transfers_get_group (FrTransfers *self, FrTransferGroup group)
{
  return group == FR_TRANSFER_OVER ? G_LIST_MODEL (self->over) : self->groups[group];
}

GListModel *
fr_transfers_get_here (FrTransfers *self)
{
  return self->here;
}

FrNode *
fr_transfers_get_node (FrTransfers *self)
{
  return self->node;
}

guint
fr_transfers_get_n_moving (FrTransfers *self)
{
  return self->n_moving;
}

guint
fr_transfers_get_n_failed (FrTransfers *self)
{
  return self->n_failed;
}

double
fr_transfers_get_share (FrTransfers *self)
{
  return self->share;
}

/**
 * fr_transfers_remove:
 * @self: all transfers
 * @transfer: one of them
 *
 * Cancels what comes; takes away what is over. What goes is for others to say.
 */
void
fr_transfers_remove (FrTransfers *self, gpointer transfer)
{
  FrTransferFacts facts;

  fr_transfers_gather (transfer, &facts);
  if (FR_IS_GIVING (transfer))
    fr_node_forget_giving (self->node, transfer);
  else if (fr_transfer_text_get_group (&facts) == FR_TRANSFER_OVER)
    fr_node_forget_fetch (self->node, transfer);
  else
    fr_fetch_cancel (transfer);
}

/**
 * fr_transfers_clear:
 * @self: all transfers
 *
 * Takes away what is over.
 */
void
fr_transfers_clear (FrTransfers *self)
{
  fr_node_clear_fetches (self->node);
  fr_node_clear_givings (self->node);
}

/**
 * fr_transfers_retry_all:
 * @self: all transfers
 *
 * Tries again what did not come; what the person has stopped stays so.
 */
void
fr_transfers_retry_all (FrTransfers *self)
{
  for (guint i = 0; i < self->watched->len; i++) /* none comes or goes by it */
    {
      FrTransferFacts facts;

      fr_transfers_gather (self->watched->pdata[i], &facts);
      if (fr_transfer_text_has_failed (&facts))
        fr_fetch_retry (self->watched->pdata[i]);
    }
}
