/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-list.h"

struct _FrFetchList
{
  FrNetwork *network;
  FrStore *store;
  FrImageClient *image;
  FrGallery *gallery;
  GListStore *fetches; /* of FrFetch */
};

/**
 * fr_fetch_list_new:
 * @network: by which pictures come
 * @store: where they are put
 * @image: who decodes them
 * @gallery: where they are shown when they are kept
 *
 * Returns: (transfer full): a list of nothing
 */
FrFetchList *
fr_fetch_list_new (FrNetwork *network, FrStore *store, FrImageClient *image, FrGallery *gallery)
{
  FrFetchList *self = g_new0 (FrFetchList, 1);

  self->network = g_object_ref (network);
  self->store = g_object_ref (store);
  self->image = g_object_ref (image);
  self->gallery = g_object_ref (gallery);
  self->fetches = g_list_store_new (FR_TYPE_FETCH);
  return self;
}

/**
 * fr_fetch_list_free:
 * @self: (nullable) (transfer full): a list
 *
 * Frees a list; what nobody else holds is given up.
 */
void
fr_fetch_list_free (FrFetchList *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->fetches);
  g_clear_object (&self->gallery);
  g_clear_object (&self->image);
  g_clear_object (&self->store);
  g_clear_object (&self->network);
  g_free (self);
}

/**
 * fr_fetch_list_get_model:
 * @self: a list
 *
 * Returns: (transfer none): a model of #FrFetch
 */
GListModel *
fr_fetch_list_get_model (FrFetchList *self)
{
  return G_LIST_MODEL (self->fetches);
}

/* What was kept and has been removed since is gone from where it waited, too. */
static gboolean
is_usable (FrFetchList *self, FrFetch *fetch)
{
  gboolean kept;

  g_object_get (fetch, "kept", &kept, NULL);
  return fr_fetch_get_state (fetch) != FR_FETCH_FAILED
         && (!kept || fr_gallery_find (self->gallery, fr_fetch_get_id (fetch)) != NULL);
}

static FrFetch *
find (FrFetchList *self, const FrContentId *id)
{
  GListModel *fetches = G_LIST_MODEL (self->fetches);

  for (guint i = 0; i < g_list_model_get_n_items (fetches); i++)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i);

      if (fr_content_id_equal (fr_fetch_get_id (fetch), id) && is_usable (self, fetch))
        return g_steal_pointer (&fetch);
    }
  return NULL;
}

static void
forget_oldest (FrFetchList *self)
{
  GListModel *fetches = G_LIST_MODEL (self->fetches);

  for (guint i = g_list_model_get_n_items (fetches); i > 0 && g_list_model_get_n_items (fetches) > FR_FETCH_LIST_MAX;
       i--)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i - 1);

      if (fr_fetch_get_finished_us (fetch) != 0)
        g_list_store_remove (self->fetches, i - 1);
    }
}

/**
 * fr_fetch_list_fetch:
 * @self: a list
 * @hit: what a search has found
 * @holder: from whom first; -1: the nearest
 *
 * Brings a picture here; one that is on its way, or has come, is not asked for again.
 *
 * Returns: (transfer full): the fetch
 */
FrFetch *
fr_fetch_list_fetch (FrFetchList *self, FrHit *hit, int holder)
{
  FrFetch *fetch = find (self, fr_hit_get_id (hit));

  if (fetch != NULL)
    return fetch;
  fetch = fr_fetch_new (self->network, self->store, self->image, self->gallery, hit, holder);
  g_list_store_insert (self->fetches, 0, fetch);
  forget_oldest (self);
  return fetch;
}

/**
 * fr_fetch_list_cancel:
 * @self: a list
 *
 * Cancels every fetch that is not over.
 */
void
fr_fetch_list_cancel (FrFetchList *self)
{
  GListModel *fetches = G_LIST_MODEL (self->fetches);

  for (guint i = 0; i < g_list_model_get_n_items (fetches); i++)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i);

      fr_fetch_cancel (fetch);
    }
}

/**
 * fr_fetch_list_take_report:
 * @self: a list
 * @report: of type FR_REPORT_FETCH
 *
 * Hands a report to the fetch that it is about, if that is still wanted.
 */
void
fr_fetch_list_take_report (FrFetchList *self, FrNetworkReport *report)
{
  GListModel *fetches = G_LIST_MODEL (self->fetches);

  for (guint i = 0; i < g_list_model_get_n_items (fetches); i++)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i);

      if (fr_fetch_get_number (fetch) == report->number)
        {
          fr_fetch_take_report (fetch, report);
          return;
        }
    }
}
