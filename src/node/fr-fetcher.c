/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetcher.h"

#include "fr-download.h"
#include "fr-node-error.h"

#define REPORT_INTERVAL_US (G_USEC_PER_SEC / 10) /* of progress within one state */

struct _FrFetcher
{
  GObject parent_instance;

  /* owned */
  FrSwitchboard *switchboard;
  FrIntroductions *introductions;
  FrStore *store;
  GHashTable *jobs; /* number -> Job */
  FrRate *rate;     /* counted: downloads may be there longer */
};

typedef struct
{
  FrFetcher *fetcher; /* borrowed */
  guint number;
  FrFetchRequest *request;
  guint next_holder;
  FrFetchHolder *holder; /* borrowed, of the request */
  gboolean dialling;
  FrDownload *download;
  FrLink *link;
  FrFetchState state;
  gint64 reported_us;
  guint n_away;  /* holders who were not there */
  GError *error; /* of the last holder that failed */
} Job;

G_DEFINE_FINAL_TYPE (FrFetcher, fr_fetcher, G_TYPE_OBJECT)

enum
{
  REPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void try_next_holder (Job *job);

static void
holder_clear (FrFetchHolder *holder)
{
  fr_dial_target_clear (&holder->target);
}

/**
 * fr_fetch_request_new:
 * @id: the picture
 * @size: its size in bytes, as the first hit said: for people to read
 *
 * Returns: (transfer full): a request that names no holder yet
 */
FrFetchRequest *
fr_fetch_request_new (const FrContentId *id, guint64 size)
{
  FrFetchRequest *self = g_new0 (FrFetchRequest, 1);

  self->id = *id;
  self->size = size;
  self->holders = g_array_new (FALSE, FALSE, sizeof (FrFetchHolder));
  g_array_set_clear_func (self->holders, (GDestroyNotify) holder_clear);
  return self;
}

/**
 * fr_fetch_request_add:
 * @self: a request
 * @target: somebody who has the picture, with their key; copied
 * @size: the picture's size in bytes, as this holder says
 *
 * Adds a holder, to be tried after those before.
 */
void
fr_fetch_request_add (FrFetchRequest *self, const FrDialTarget *target, guint64 size)
{
  FrFetchHolder holder = { .size = size };

  fr_dial_target_copy (target, &holder.target);
  g_array_append_val (self->holders, holder);
}

/**
 * fr_fetch_request_free:
 * @self: (nullable) (transfer full): a request
 *
 * Frees a request.
 */
void
fr_fetch_request_free (FrFetchRequest *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->holders);
  g_free (self);
}

static void
drop_download (Job *job)
{
  if (job->download != NULL)
    {
      g_signal_handlers_disconnect_by_data (job->download, job);
      fr_download_leave (job->download);
    }
  g_clear_object (&job->download);
  g_clear_object (&job->link);
}

static void
job_free (Job *job)
{
  drop_download (job);
  fr_fetch_request_free (job->request);
  g_clear_error (&job->error);
  g_free (job);
}

static void
report (Job *job, FrFetchState state, FrStaged *staged)
{
  g_autoptr (FrNetworkReport) news = fr_network_report_new (FR_REPORT_FETCH);

  news->number = job->number;
  news->fetch_state = state;
  news->total = job->holder != NULL ? job->holder->size : job->request->size;
  if (job->holder != NULL)
    news->key = job->holder->target.key;
  if (job->download != NULL)
    {
      news->done = fr_download_get_bytes_done (job->download);
      news->count = fr_download_get_place (job->download);
    }
  if (state == FR_FETCH_FAILED)
    {
      news->count = job->n_away;
      news->error = job->error != NULL ? g_error_copy (job->error) : NULL;
    }
  if (staged != NULL)
    news->staged = fr_staged_ref (staged);
  job->state = state;
  job->reported_us = news->at_us;
  g_signal_emit (job->fetcher, signals[REPORT], 0, news);
}

static void
end (Job *job, FrFetchState state, FrStaged *staged)
{
  g_autoptr (FrFetcher) self = g_object_ref (job->fetcher);

  report (job, state, staged);
  g_hash_table_remove (self->jobs, GUINT_TO_POINTER (job->number));
}

/* Why the holder who was asked will not give it now. Whoever is not there may be, later. */
static void
take_error (Job *job, GError *error)
{
  static const FrNodeError away[] = { FR_NODE_ERROR_NO_SERVER, FR_NODE_ERROR_NOT_THERE, FR_NODE_ERROR_NO_ANSWER,
                                      FR_NODE_ERROR_LEFT };

  for (gsize i = 0; i < G_N_ELEMENTS (away); i++)
    job->n_away += g_error_matches (error, FR_NODE_ERROR, away[i]);
  g_clear_error (&job->error);
  job->error = error;
}

/* What went wrong between the two programs, in the words of people. */
static GError *
error_of_download (Job *job)
{
  const GError *error = fr_download_get_error (job->download);
  const char *who = fr_link_get_peer_name (job->link);

  if (error == NULL)
    return fr_node_error_new (FR_NODE_ERROR_LEFT, who);
  return fr_node_error_new_for_transfer (error, who);
}

static void
download_state_cb (FrDownload *download, GParamSpec *pspec, gpointer data)
{
  Job *job = data;

  switch (fr_download_get_state (download))
    {
    case FR_DOWNLOAD_QUEUED:
      report (job, FR_FETCH_QUEUED, NULL);
      break;
    case FR_DOWNLOAD_RUNNING:
      report (job, FR_FETCH_RUNNING, NULL);
      break;
    case FR_DOWNLOAD_DONE:
      end (job, FR_FETCH_DONE, fr_download_get_staged (download));
      break;
    case FR_DOWNLOAD_FAILED:
      take_error (job, error_of_download (job));
      try_next_holder (job);
      break;
    default:
      break;
    }
}

static void
download_progress_cb (FrDownload *download, GParamSpec *pspec, gpointer data)
{
  Job *job = data;

  fr_link_touch (job->link);
  if (g_get_monotonic_time () - job->reported_us >= REPORT_INTERVAL_US)
    report (job, job->state, NULL);
}

static void
start_download (Job *job, FrLink *link)
{
  FrFetcher *self = job->fetcher;

  drop_download (job);
  job->dialling = FALSE;
  job->link = g_object_ref (link);
  fr_link_touch (link);
  job->download = fr_download_new (fr_link_get_port (link), self->store, &job->request->id, job->holder->size);
  g_signal_connect (job->download, "notify::state", G_CALLBACK (download_state_cb), job);
  g_signal_connect (job->download, "notify::bytes-done", G_CALLBACK (download_progress_cb), job);
  fr_download_set_rate (job->download, self->rate);
  fr_download_start (job->download);
}

/* A link whose transfers still work: the channel for the bytes may have closed alone. */
static FrLink *
find_link_for (Job *job, Freshet__Purpose purpose)
{
  FrLink *link = fr_switchboard_find_link (job->fetcher->switchboard, &job->holder->target.key, purpose);

  return link != NULL && fr_link_is_usable (link) && !fr_transfer_port_is_closed (fr_link_get_port (link)) ? link
                                                                                                           : NULL;
}

static FrLink *
find_link (Job *job)
{
  FrLink *link = NULL;

  if (job->holder->size <= FR_FETCHER_LINK_MAX_SIZE)
    link = find_link_for (job, FRESHET__PURPOSE__PURPOSE_LINK);
  return link != NULL ? link : find_link_for (job, FRESHET__PURPOSE__PURPOSE_TRANSFER);
}

static void
try_next_holder (Job *job)
{
  FrFetcher *self = job->fetcher;

  drop_download (job);
  job->dialling = FALSE;
  while (job->next_holder < job->request->holders->len)
    {
      FrLink *link;
      guint code;

      job->holder = &g_array_index (job->request->holders, FrFetchHolder, job->next_holder++);
      link = find_link (job);
      if (link != NULL)
        {
          start_download (job, link);
          return;
        }
      if (!fr_introductions_can_reach (self->introductions, &job->holder->target, &code))
        {
          take_error (job, fr_node_error_new ((FrNodeError) code, job->holder->target.address));
          continue;
        }
      job->dialling = TRUE;
      report (job, FR_FETCH_CONNECTING, NULL);
      fr_switchboard_dial_target (self->switchboard, &job->holder->target, FR_DIAL_PURPOSE_TRANSFER);
      return;
    }
  if (job->error == NULL)
    job->error = fr_node_error_new (FR_NODE_ERROR_GONE, NULL);
  end (job, FR_FETCH_FAILED, NULL);
}

static GList *
dialling_jobs (FrFetcher *self, const FrPeerKey *key)
{
  GList *found = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Job *job = value;

      if (job->dialling && fr_peer_key_equal (&job->holder->target.key, key))
        found = g_list_prepend (found, GUINT_TO_POINTER (job->number));
    }
  return found;
}

static void
linked_cb (FrSwitchboard *switchboard, FrLink *link, gpointer data)
{
  FrFetcher *self = data;
  g_autoptr (GList) numbers = NULL;

  if (fr_link_get_purpose (link) != FRESHET__PURPOSE__PURPOSE_TRANSFER)
    return;
  numbers = dialling_jobs (self, fr_link_get_key (link));
  for (GList *l = numbers; l != NULL; l = l->next)
    {
      Job *job = g_hash_table_lookup (self->jobs, l->data);

      if (job != NULL)
        start_download (job, link);
    }
}

static void
dial_failed_cb (FrSwitchboard *switchboard, const FrDialTarget *target, guint purpose, const GError *error,
                gpointer data)
{
  FrFetcher *self = data;
  g_autoptr (GList) numbers = NULL;

  if (purpose != FR_DIAL_PURPOSE_TRANSFER)
    return;
  numbers = dialling_jobs (self, &target->key);
  for (GList *l = numbers; l != NULL; l = l->next)
    {
      Job *job = g_hash_table_lookup (self->jobs, l->data);

      /* another dial to the same person may still be answered */
      if (job == NULL || fr_switchboard_is_dialling (switchboard, target, FR_DIAL_PURPOSE_TRANSFER))
        continue;
      take_error (job, g_error_copy (error));
      try_next_holder (job);
    }
}

static void
fr_fetcher_dispose (GObject *object)
{
  FrFetcher *self = FR_FETCHER (object);

  g_hash_table_remove_all (self->jobs);
  g_clear_object (&self->switchboard);
  g_clear_object (&self->introductions);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (fr_fetcher_parent_class)->dispose (object);
}

static void
fr_fetcher_finalize (GObject *object)
{
  g_hash_table_unref (FR_FETCHER (object)->jobs);
  g_rc_box_release (FR_FETCHER (object)->rate);
  G_OBJECT_CLASS (fr_fetcher_parent_class)->finalize (object);
}

static void
fr_fetcher_class_init (FrFetcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_fetcher_dispose;
  object_class->finalize = fr_fetcher_finalize;
  signals[REPORT] = g_signal_new ("report", FR_TYPE_FETCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_POINTER);
}

static void
fr_fetcher_init (FrFetcher *self)
{
  self->jobs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) job_free);
  self->rate = g_rc_box_new0 (FrRate);
}

/**
 * fr_fetcher_new:
 * @switchboard: by which holders are reached
 * @introductions: which know whether holders can be reached
 * @store: where what comes is put
 *
 * Returns: (transfer full): a fetcher with nothing to do
 */
FrFetcher *
fr_fetcher_new (FrSwitchboard *switchboard, FrIntroductions *introductions, FrStore *store)
{
  FrFetcher *self = g_object_new (FR_TYPE_FETCHER, NULL);

  self->switchboard = g_object_ref (switchboard);
  self->introductions = g_object_ref (introductions);
  self->store = g_object_ref (store);
  g_signal_connect_object (switchboard, "linked", G_CALLBACK (linked_cb), self, 0);
  g_signal_connect_object (switchboard, "dial-failed", G_CALLBACK (dial_failed_cb), self, 0);
  return self;
}

/**
 * fr_fetcher_start:
 * @self: a fetcher
 * @number: by which it is reported; not in use
 * @request: (transfer full): what, and from whom
 *
 * Starts to fetch a picture. Ends in a report with FR_FETCH_DONE or FR_FETCH_FAILED, unless it is cancelled.
 */
void
fr_fetcher_start (FrFetcher *self, guint number, FrFetchRequest *request)
{
  Job *job = g_new0 (Job, 1);

  job->fetcher = self;
  job->number = number;
  job->request = request;
  g_hash_table_insert (self->jobs, GUINT_TO_POINTER (number), job);
  try_next_holder (job);
}

/**
 * fr_fetcher_cancel:
 * @self: a fetcher
 * @number: which
 *
 * Gives a picture up. What has come stays on disk, so that a later fetch goes on from there.
 */
void
fr_fetcher_cancel (FrFetcher *self, guint number)
{
  g_hash_table_remove (self->jobs, GUINT_TO_POINTER (number));
}

static gboolean
is_used (FrFetcher *self, FrLink *link)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Job *) value)->link == link)
      return TRUE;
  return fr_transfer_port_get_n_transfers (fr_link_get_port (link)) > 0;
}

/**
 * fr_fetcher_pause:
 * @self: a fetcher
 * @number: which
 *
 * As fr_fetcher_cancel(), and a session that nothing else needs is closed at once: nobody knows when it goes on.
 */
void
fr_fetcher_pause (FrFetcher *self, guint number)
{
  const Job *job = g_hash_table_lookup (self->jobs, GUINT_TO_POINTER (number));
  g_autoptr (FrLink) link = job != NULL && job->link != NULL ? g_object_ref (job->link) : NULL;

  fr_fetcher_cancel (self, number);
  if (link != NULL && fr_link_get_purpose (link) == FRESHET__PURPOSE__PURPOSE_TRANSFER && !is_used (self, link))
    fr_link_close (link, FRESHET__BYE__REASON__REASON_IDLE);
}

/**
 * fr_fetcher_set_limit:
 * @self: a fetcher
 * @kib: KiB a second that come at most, all together; 0: as fast as it goes
 */
void
fr_fetcher_set_limit (FrFetcher *self, guint kib)
{
  fr_rate_set (self->rate, kib, g_get_monotonic_time ());
}
