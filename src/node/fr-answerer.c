/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-answerer-private.h"

#include <string.h>

#include "fr-clock.h"
#include "fr-sealed-answer.h"

/* One search on its way through the store: first for what everyone may see, as if nobody in particular asked, and then,
 * where the answer can be sealed, for what the asker may see besides. Strangers cause the same two steps. */
typedef struct
{
  FrAnswerer *answerer; /* owned, both */
  char *words;
  FrQueryId query;
  FrPeerKey asker;
  guint8 reply_key[FR_REPLY_PUBLIC_SIZE];
  guint hops;
  guint most;
  guint part; /* of the next Hits, or of a sealed Preview */
  FrBlockHash preview_hash;
  guint can_seal : 1;
  guint is_sealed : 1;
} Job;

G_DEFINE_FINAL_TYPE (FrAnswerer, fr_answerer, G_TYPE_OBJECT)

enum
{
  ANSWER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const FrPeerKey nobody;

static Job *
job_new (FrAnswerer *self, const FrQueryId *query, const Freshet__QueryBody *body, guint hops)
{
  Job *job = g_new0 (Job, 1);

  job->answerer = g_object_ref (self);
  job->words = g_strdup (body->words);
  job->query = *query;
  job->hops = hops;
  job->most = body->most > 0 ? MIN (body->most, FR_HITS_MAX_ITEMS) : FR_HITS_MAX_ITEMS;
  job->can_seal = body->reply_key.len == sizeof job->reply_key;
  if (job->can_seal)
    memcpy (job->reply_key, body->reply_key.data, sizeof job->reply_key);
  return job;
}

static Job *
job_copy (const Job *job)
{
  Job *copy = g_memdup2 (job, sizeof *job);

  g_object_ref (copy->answerer);
  copy->words = NULL;
  return copy;
}

static void
job_free (Job *job)
{
  g_object_unref (job->answerer);
  g_free (job->words);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

void
fr_answerer_emit (FrAnswerer *self, const FrQueryId *query, GBytes *frame)
{
  g_signal_emit (self, signals[ANSWER], 0, query, frame);
}

/* Takes the frame. What cannot be sealed is not sent. */
static void
emit (const Job *job, GBytes *frame)
{
  g_autoptr (GBytes) open = frame;
  g_autoptr (GBytes) sealed = NULL;

  if (job->is_sealed)
    {
      sealed = fr_sealed_answer_pack (open, &job->query, fr_identity_get_key (job->answerer->identity), job->part,
                                      job->reply_key);
      if (sealed == NULL)
        return;
    }
  fr_answerer_emit (job->answerer, &job->query, sealed != NULL ? sealed : open);
}

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GBytes) preview = fr_store_get_preview_finish (FR_STORE (source), result, NULL);

  if (preview == NULL || g_bytes_get_size (preview) > FR_PREVIEW_DATA_MAX_SIZE)
    return; /* a hit without a preview is still a hit */
  emit (job, fr_preview_pack (job->answerer->identity, &job->query, &job->preview_hash, preview));
}

static void
send_previews (const Job *job, GPtrArray *pictures)
{
  FrAnswerer *self = job->answerer;
  guint n_previews = 0;

  for (guint i = 0; i < pictures->len && n_previews < FR_ANSWERER_MAX_PREVIEWS; i++)
    {
      const FrPicture *picture = g_ptr_array_index (pictures, i);
      const FrPeerKey *reader = job->is_sealed ? &job->asker : &nobody;
      Job *next;

      if (!picture->has_preview)
        continue;
      next = job_copy (job);
      next->preview_hash = picture->preview_hash;
      next->part = n_previews++;
      fr_store_get_preview_async (self->store, &picture->id, reader, self->cancellable, preview_cb, next);
    }
}

static void
answer (Job *job, GPtrArray *pictures, guint total)
{
  FrAnswerer *self = job->answerer;

  if (pictures == NULL || pictures->len == 0 || self->record == NULL)
    return;
  if (self->admission != NULL)
    fr_admission_answered (self->admission, &job->asker, fr_clock_now_us ());
  emit (job, fr_hits_pack_part (self->identity, self->record, &job->query, job->hops, pictures, total, job->part));
  send_previews (job, pictures);
  job->part++;
}

static void
restricted_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  guint total = 0;
  g_autoptr (GPtrArray) pictures = fr_store_search_finish (FR_STORE (source), result, &total, NULL);

  job->answerer->n_pending--;
  job->is_sealed = TRUE;
  answer (job, pictures, total);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  FrAnswerer *self = job->answerer;
  guint total = 0;
  g_autoptr (GPtrArray) pictures = fr_store_search_finish (FR_STORE (source), result, &total, NULL);
  Job *next;

  answer (job, pictures, total);
  if (!job->can_seal || self->store == NULL)
    {
      self->n_pending--;
      return;
    }
  next = g_steal_pointer (&job);
  fr_store_search_restricted_async (self->store, next->words, &next->asker, next->most, self->cancellable,
                                    restricted_found_cb, next);
}

/* Where we are is told at once, to whoever knows our key; it goes along the way back and so becomes a route. */
static void
answer_locate (FrAnswerer *self, const FrQueryId *query, const Freshet__QueryBody *body, guint hops)
{
  g_autoptr (GBytes) frame = NULL;
  FrPeerKey target;

  if (!fr_peer_key_from_bytes (&target, body->target.data, body->target.len)
      || !fr_peer_key_equal (&target, fr_identity_get_key (self->identity)))
    return;
  frame = fr_hits_pack (self->identity, self->record, query, hops, NULL, 0);
  fr_answerer_emit (self, query, frame);
}

static void
fr_answerer_dispose (GObject *object)
{
  FrAnswerer *self = FR_ANSWERER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->record, fr_record_free_message);
  G_OBJECT_CLASS (fr_answerer_parent_class)->dispose (object);
}

static void
fr_answerer_finalize (GObject *object)
{
  FrAnswerer *self = FR_ANSWERER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->identity, fr_identity_unref);
  g_clear_pointer (&self->windows, fr_asker_windows_free);
  g_clear_pointer (&self->newest_askers, fr_aged_table_free);
  G_OBJECT_CLASS (fr_answerer_parent_class)->finalize (object);
}

static void
fr_answerer_class_init (FrAnswererClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_answerer_dispose;
  object_class->finalize = fr_answerer_finalize;
  signals[ANSWER] = g_signal_new ("answer", FR_TYPE_ANSWERER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_POINTER, G_TYPE_BYTES);
}

static void
fr_answerer_init (FrAnswerer *self)
{
  self->cancellable = g_cancellable_new ();
  self->windows = fr_asker_windows_new ();
}

/**
 * fr_answerer_new:
 * @identity: who answers
 * @store: what is looked in
 *
 * Returns: (transfer full): an answerer; it answers nothing before it has a record
 */
FrAnswerer *
fr_answerer_new (FrIdentity *identity, FrStore *store)
{
  FrAnswerer *self = g_object_new (FR_TYPE_ANSWERER, NULL);

  self->identity = fr_identity_ref (identity);
  self->store = g_object_ref (store);
  return self;
}

/**
 * fr_answerer_set_record:
 * @self: an answerer
 * @name: what people call us
 * @server: (nullable): the server that we are registered at
 * @address: (nullable): what we are called there
 * @doorbell: (nullable): the address of our own rendezvous server
 * @may_pass_on: whether others may give our record to third parties
 *
 * Sets where askers can dial us.
 */
void
fr_answerer_set_record (FrAnswerer *self,
                        const char *name,
                        const char *server,
                        const char *address,
                        const char *doorbell,
                        gboolean may_pass_on)
{
  g_clear_pointer (&self->record, fr_record_free_message);
  self->record = fr_record_sign (self->identity, name, server, address, doorbell, may_pass_on);
}

/**
 * fr_answerer_set_admission:
 * @self: an answerer
 * @admission: (nullable): is there until it is taken away again: knows who is blocked, and is told who has been answered
 *
 * Whoever is blocked gets no answer, and whoever got one may come for the picture.
 */
void
fr_answerer_set_admission (FrAnswerer *self, FrAdmission *admission)
{
  self->admission = admission;
}

/* A search that somebody else sends again gets what a stranger's would. */
static gboolean
is_new (FrAnswerer *self, const FrPeerKey *asker, guint64 sequence)
{
  return self->admission == NULL || !fr_admission_is_contact (self->admission, asker)
         || fr_asker_windows_take (self->windows, asker, sequence, g_get_real_time ());
}

/**
 * fr_answerer_take:
 * @self: an answerer
 * @query: a search of somebody, its signature verified
 * @body: what it asks
 * @hops: links that it has crossed
 *
 * Looks for what is asked among the pictures that the asker may see, and answers if there are any: open what is for
 * everyone, sealed what is not. Whoever looks for our key is answered before this returns; whoever asks for the newest is
 * answered in any case.
 */
void
fr_answerer_take (FrAnswerer *self, const FrQueryId *query, const Freshet__QueryBody *body, guint hops)
{
  FrPeerKey asker = { { 0 } };
  Job *job;

  fr_peer_key_from_bytes (&asker, body->asker.data, body->asker.len);
  if (self->record == NULL
      || (self->admission != NULL && fr_admission_is_blocked (self->admission, &asker)))
    return;
  if (body->kind == FRESHET__QUERY_BODY__KIND__KIND_LOCATE)
    {
      answer_locate (self, query, body, hops);
      return;
    }
  if (self->n_pending >= FR_ANSWERER_MAX_PENDING || fr_peer_key_is_zero (&asker))
    return;
  if (body->kind == FRESHET__QUERY_BODY__KIND__KIND_NEWEST)
    fr_answerer_take_newest (self, query, &asker, body->most);
  if (body->kind != FRESHET__QUERY_BODY__KIND__KIND_WORDS)
    return;
  self->n_pending++;
  job = job_new (self, query, body, hops);
  job->asker = asker;
  job->can_seal = job->can_seal && is_new (self, &asker, body->sequence);
  fr_store_search_async (self->store, job->words, &nobody, job->most, self->cancellable, found_cb, job);
}

guint
fr_answerer_get_n_pending (FrAnswerer *self)
{
  return self->n_pending;
}
