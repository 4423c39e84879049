/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-answerer-private.h"

#include "fr-clock.h"
#include "fr-token-bucket.h"

/* What is shared with somebody, for whoever asks for that over a link of their own. Nobody passes the answer on, so nothing
 * in it is sealed; who they are decides what there is, as everywhere. */

#define NEWEST_ASKER_AGE_US (FR_ANSWERER_NEWEST_BURST * FR_ANSWERER_NEWEST_EVERY_US) /* the bucket is full again */

typedef struct
{
  FrAgedEntry aged;
  FrTokenBucket answers; /* with small pictures */
} Asker;

typedef struct
{
  FrAnswerer *answerer; /* owned */
  FrQueryId query;
  FrPeerKey asker;
  guint most;
  GPtrArray *pictures; /* of FrPicture: what was found */
  guint next;          /* of these: whose small picture is to be sent */
} Newest;

static void
newest_free (Newest *newest)
{
  g_object_unref (newest->answerer);
  g_clear_pointer (&newest->pictures, g_ptr_array_unref);
  g_free (newest);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Newest, newest_free)

/* Whether an asker is to get the small pictures too. */
static gboolean
may_have_previews (FrAnswerer *self, const FrPeerKey *key)
{
  const gint64 now_us = fr_clock_now_us ();
  FrQueryId name;
  Asker *asker;

  fr_query_id_from_signed (&name, key->bytes, sizeof key->bytes);
  if (self->newest_askers == NULL)
    self->newest_askers
        = fr_aged_table_new (sizeof (Asker), FR_ANSWERER_MAX_NEWEST_ASKERS, NEWEST_ASKER_AGE_US);
  fr_aged_table_expire (self->newest_askers, now_us);
  asker = fr_aged_table_lookup (self->newest_askers, &name, now_us);
  if (asker == NULL)
    {
      asker = fr_aged_table_insert (self->newest_askers, &name, now_us);
      fr_token_bucket_init (&asker->answers, (double) G_USEC_PER_SEC / FR_ANSWERER_NEWEST_EVERY_US,
                            FR_ANSWERER_NEWEST_BURST, now_us);
    }
  return fr_token_bucket_take (&asker->answers, 1, now_us);
}

static void send_next_preview (Newest *newest);

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Newest) newest = data;
  g_autoptr (GBytes) preview = fr_store_get_preview_finish (FR_STORE (source), result, NULL);
  const FrPicture *picture = g_ptr_array_index (newest->pictures, newest->next++);
  g_autoptr (GBytes) frame = NULL;

  if (preview != NULL && g_bytes_get_size (preview) <= FR_PREVIEW_DATA_MAX_SIZE)
    {
      frame = fr_preview_pack (newest->answerer->identity, &newest->query, &picture->preview_hash, preview);
      fr_answerer_emit (newest->answerer, &newest->query, frame);
    }
  if (newest->answerer->store != NULL)
    send_next_preview (g_steal_pointer (&newest));
}

/* One after the other, so that searches of others get their turn. Takes the job. */
static void
send_next_preview (Newest *newest)
{
  for (; newest->next < newest->pictures->len; newest->next++)
    {
      const FrPicture *picture = g_ptr_array_index (newest->pictures, newest->next);

      if (!picture->has_preview)
        continue;
      fr_store_get_preview_async (newest->answerer->store, &picture->id, &newest->asker,
                                  newest->answerer->cancellable, preview_cb, newest);
      return;
    }
  newest_free (newest);
}

/* Says what there is, and says so where there is nothing. */
static void
send_hits (Newest *newest, guint total)
{
  FrAnswerer *self = newest->answerer;
  guint first = 0;

  for (guint part = 0; part < FR_HITS_MAX_PARTS && (part == 0 || first < newest->pictures->len); part++)
    {
      g_autoptr (GPtrArray) some = g_ptr_array_new ();
      g_autoptr (GBytes) frame = NULL;

      for (; first < newest->pictures->len && some->len < FR_HITS_MAX_ITEMS; first++)
        g_ptr_array_add (some, g_ptr_array_index (newest->pictures, first));
      frame = fr_hits_pack_part (self->identity, self->record, &newest->query, 1, some, total, part);
      fr_answerer_emit (self, &newest->query, frame);
    }
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Newest) newest = data;
  FrAnswerer *self = newest->answerer;
  guint total = 0;

  newest->pictures = fr_store_search_finish (FR_STORE (source), result, &total, NULL);
  self->n_pending--;
  if (newest->pictures == NULL || self->record == NULL || self->store == NULL)
    return;
  if (newest->pictures->len > 0 && self->admission != NULL)
    fr_admission_answered (self->admission, &newest->asker, fr_clock_now_us ());
  send_hits (newest, total);
  if (may_have_previews (self, &newest->asker))
    send_next_preview (g_steal_pointer (&newest));
}

/* For fr_answerer_take(): there is a record, and the asker is not blocked. */
void
fr_answerer_take_newest (FrAnswerer *self, const FrQueryId *query, const FrPeerKey *asker, guint most)
{
  Newest *newest = g_new0 (Newest, 1);

  newest->answerer = g_object_ref (self);
  newest->query = *query;
  newest->asker = *asker;
  newest->most = most > 0 ? MIN (most, FR_QUERY_MAX_MOST) : FR_HITS_MAX_ITEMS;
  self->n_pending++;
  fr_store_list_newest_async (self->store, asker, newest->most, self->cancellable, found_cb, newest);
}
