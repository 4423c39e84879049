/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-private.h"

/* For the files of a fetch. */
FrFetchList *
fr_fetch_list_ref (FrFetchList *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  FrFetchList *self = data;

  g_object_unref (self->fetches);
  g_object_unref (self->people);
  g_object_unref (self->gallery);
  g_object_unref (self->image);
  g_object_unref (self->store);
  g_object_unref (self->network);
}

void
fr_fetch_list_unref (FrFetchList *self)
{
  g_rc_box_release_full (self, clear);
}

static FrFetch *
get (FrFetchList *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->fetches), position);
}

static guint
count (FrFetchList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->fetches));
}

/* Whoever was removed does not come any more. */
static void
people_changed_cb (FrFetchList *self)
{
  for (guint i = 0; i < count (self); i++)
    {
      g_autoptr (FrFetch) fetch = get (self, i);

      if (fr_fetch_get_state (fetch) == FR_FETCH_WAITING && !fr_fetch_is_awaited (fetch, FALSE))
        fr_fetch_cancel (fetch);
    }
}

/**
 * fr_fetch_list_new:
 * @network: by which pictures come
 * @store: where they are put
 * @image: who decodes them
 * @gallery: where they are shown when they are kept
 * @people: who are waited for
 *
 * Returns: (transfer full): a list of nothing
 */
FrFetchList *
fr_fetch_list_new (FrNetwork *network, FrStore *store, FrImageClient *image, FrGallery *gallery, FrPeople *people)
{
  FrFetchList *self = g_rc_box_new0 (FrFetchList);

  self->network = g_object_ref (network);
  self->store = g_object_ref (store);
  self->image = g_object_ref (image);
  self->gallery = g_object_ref (gallery);
  self->people = g_object_ref (people);
  self->fetches = g_list_store_new (FR_TYPE_FETCH);
  g_signal_connect_swapped (people, "items-changed", G_CALLBACK (people_changed_cb), self);
  return self;
}

/**
 * fr_fetch_list_end:
 * @self: (nullable) (transfer full): a list
 *
 * Lets go of a list; what nobody else holds is given up.
 */
void
fr_fetch_list_end (FrFetchList *self)
{
  if (self == NULL)
    return;
  self->closed = TRUE;
  g_signal_handlers_disconnect_by_data (self->people, self);
  g_list_store_remove_all (self->fetches);
  fr_fetch_list_unref (self);
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
is_lost (FrFetchList *self, FrFetch *fetch)
{
  return fr_fetch_get_state (fetch) == FR_FETCH_DONE && fetch->kept
         && fr_gallery_find (self->gallery, fr_fetch_get_id (fetch)) == NULL;
}

static FrFetch *
find (FrFetchList *self, const FrContentId *id)
{
  for (guint i = 0; i < count (self); i++)
    {
      g_autoptr (FrFetch) fetch = get (self, i);

      if (fr_content_id_equal (fr_fetch_get_id (fetch), id) && !is_lost (self, fetch))
        return g_steal_pointer (&fetch);
    }
  return NULL;
}

static void
forget_oldest (FrFetchList *self)
{
  for (guint i = count (self); i > 0 && count (self) > FR_FETCH_LIST_MAX; i--)
    {
      g_autoptr (FrFetch) fetch = get (self, i - 1);

      if (fr_fetch_is_over (fetch))
        g_list_store_remove (self->fetches, i - 1);
    }
}

/* What waits */

static guint
count_going (FrFetchList *self)
{
  guint n = 0;

  for (guint i = 0; i < count (self); i++)
    {
      g_autoptr (FrFetch) fetch = get (self, i);

      n += fr_fetch_is_going (fetch);
    }
  return n;
}

/* For the files of a fetch: of those that wait, and whose people have come, starts a few, the oldest first. */
void
fr_fetch_list_start_ready (FrFetchList *self)
{
  guint n_going = count_going (self);

  for (guint i = count (self); i > 0 && n_going < FR_FETCH_LIST_AT_ONCE && !self->closed; i--)
    {
      g_autoptr (FrFetch) fetch = get (self, i - 1);

      if (fr_fetch_get_state (fetch) != FR_FETCH_WAITING || !fetch->ready)
        continue;
      fr_fetch_start (fetch);
      n_going++;
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrFetchList *self = data;
  g_autoptr (GPtrArray) wanted = fr_store_list_wanted_finish (FR_STORE (source), result, NULL);

  for (guint i = 0; wanted != NULL && !self->closed && i < wanted->len; i++)
    {
      const FrWanted *one = wanted->pdata[i];
      g_autoptr (FrFetch) known = find (self, &one->id);
      g_autoptr (FrFetch) fetch = known == NULL ? fr_fetch_new_wanted (self, one) : NULL;

      if (fetch != NULL)
        g_list_store_append (self->fetches, fetch);
    }
  fr_fetch_list_start_ready (self);
  fr_fetch_list_unref (self);
}

/**
 * fr_fetch_list_load:
 * @self: a list
 *
 * Brings back what was wanted when the program ended, and had not come: behind everything else.
 */
void
fr_fetch_list_load (FrFetchList *self)
{
  fr_store_list_wanted_async (self->store, NULL, loaded_cb, fr_fetch_list_ref (self));
}

/* For the files of a fetch: whether it may begin again. What was cleared away is back in the list then, unless the same
 * picture is there in another one. */
gboolean
fr_fetch_list_admit (FrFetchList *self, FrFetch *fetch)
{
  g_autoptr (FrFetch) known = find (self, fr_fetch_get_id (fetch));

  if (self->closed || (known != NULL && known != fetch))
    return FALSE;
  if (known == NULL)
    g_list_store_insert (self->fetches, 0, fetch);
  return TRUE;
}

/**
 * fr_fetch_list_fetch:
 * @self: a list
 * @hit: what a search has found
 * @holder: from whom first; -1: the nearest
 *
 * Brings a picture here; one that is on its way, has come, or is paused, is not asked for again. What has failed, or waits,
 * is tried with those who have it now.
 *
 * Returns: (transfer full): the fetch
 */
FrFetch *
fr_fetch_list_fetch (FrFetchList *self, FrHit *hit, int holder)
{
  FrFetch *fetch = find (self, fr_hit_get_id (hit));

  if (fetch == NULL)
    {
      fetch = fr_fetch_new (self, hit, holder);
      g_list_store_insert (self->fetches, 0, fetch);
      forget_oldest (self);
    }
  else if (!self->closed
           && (fr_fetch_get_state (fetch) == FR_FETCH_FAILED || fr_fetch_get_state (fetch) == FR_FETCH_WAITING))
    {
      fr_fetch_restart_with (fetch, hit, holder);
    }
  return fetch;
}

/**
 * fr_fetch_list_forget:
 * @self: a list
 * @fetch: one of it
 *
 * Takes it away, if it is over.
 */
void
fr_fetch_list_forget (FrFetchList *self, FrFetch *fetch)
{
  guint position;

  if (fr_fetch_is_over (fetch) && g_list_store_find (self->fetches, fetch, &position))
    g_list_store_remove (self->fetches, position);
}

/**
 * fr_fetch_list_clear:
 * @self: a list
 *
 * Takes away those that are over.
 */
void
fr_fetch_list_clear (FrFetchList *self)
{
  for (guint i = count (self); i > 0; i--)
    {
      g_autoptr (FrFetch) fetch = get (self, i - 1);

      if (fr_fetch_is_over (fetch))
        g_list_store_remove (self->fetches, i - 1);
    }
}

/**
 * fr_fetch_list_close:
 * @self: a list
 *
 * Ends every fetch that is not over, before the store is closed. The next start goes on with what comes from one's people.
 */
void
fr_fetch_list_close (FrFetchList *self)
{
  self->closed = TRUE;
  for (guint i = 0; i < count (self); i++)
    {
      g_autoptr (FrFetch) fetch = get (self, i);

      fr_fetch_close (fetch);
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
  for (guint i = 0; i < count (self); i++)
    {
      g_autoptr (FrFetch) fetch = get (self, i);

      if (fetch->number != report->number)
        continue;
      fr_fetch_take_report (fetch, report);
      if (!fr_fetch_is_going (fetch))
        fr_fetch_list_start_ready (self);
      return;
    }
}

/**
 * fr_fetch_list_take_link_up:
 * @self: a list
 * @key: of somebody who is here now
 *
 * Begins with what waits for them.
 */
void
fr_fetch_list_take_link_up (FrFetchList *self, const FrPeerKey *key)
{
  for (guint i = 0; i < count (self); i++)
    {
      g_autoptr (FrFetch) fetch = get (self, i);

      fr_fetch_take_person (fetch, key);
    }
  fr_fetch_list_start_ready (self);
}
