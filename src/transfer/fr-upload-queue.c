/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-upload-queue.h"

#include "fr-deadline.h"
#include "fr-rate.h"
#include "fr-upload-queue-private.h"
#include "fr-upload.h"

struct _FrUploadQueue
{
  GObject parent_instance;

  /* Owned */
  FrStore *store;
  FrUploadPlan *plan;
  GHashTable *uploads; /* FrUploadId -> FrUpload */
  FrDeadline *deadline;
  FrDeadline *turn; /* when something may be sent again, where there is a limit */

  /* State */
  FrRate rate;
  guint32 last_lane;
  guint32 last_served; /* the lane that had the last turn */
};

enum
{
  NEWS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrUploadQueue, fr_upload_queue, G_TYPE_OBJECT)

/* What comes back from the store for one upload, if it is still there then. */
typedef struct
{
  FrUploadQueue *queue;
  FrUploadId id;
  guint block;
  guint sharing;
} Question;

static void run_actions (FrUploadQueue *self);
static void send_pieces (FrUploadQueue *self, FrTransferPort *port);

static Question *
question_new (FrUploadQueue *self, FrUploadId id, guint block)
{
  Question *question = g_new (Question, 1);

  *question = (Question) { .queue = g_object_ref (self), .id = id, .block = block };
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->queue);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static FrUpload *
find (FrUploadQueue *self, FrUploadId id)
{
  return g_hash_table_lookup (self->uploads, GUINT_TO_POINTER (id));
}

static FrUpload *
find_by_transfer (FrUploadQueue *self, FrTransferPort *port, guint32 transfer)
{
  GHashTableIter iter;
  FrUpload *upload;

  g_hash_table_iter_init (&iter, self->uploads);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &upload))
    if (upload->port == port && upload->transfer == transfer)
      return upload;
  return NULL;
}

static void
tell (FrUploadQueue *self, FrUpload *upload, FrUploadState state)
{
  const FrUploadNews news = { .number = upload->id,
                              .peer = *fr_transfer_port_get_peer (upload->port),
                              .content = upload->content,
                              .state = state,
                              .done = upload->done,
                              .total = upload->size };

  upload->told_us = g_get_monotonic_time ();
  g_signal_emit (self, signals[NEWS], 0, &news);
}

/* Somebody else's turn may come with it: run_actions() is to follow. */
static void
forget (FrUploadQueue *self, FrUploadId id, FrUploadState state)
{
  tell (self, find (self, id), state);
  fr_upload_plan_remove (self->plan, id, g_get_monotonic_time ());
  g_hash_table_remove (self->uploads, GUINT_TO_POINTER (id));
}

static void
refuse (FrUploadQueue *self, FrUpload *upload, Freshet__Refuse__Reason reason)
{
  fr_upload_send_refuse (upload->port, upload->transfer, reason);
  forget (self, upload->id, FR_UPLOAD_BROKE_OFF);
}

static Freshet__Refuse__Reason
reason_of (const GError *error)
{
  if (g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
    return FRESHET__REFUSE__REASON__REASON_GONE;
  return FRESHET__REFUSE__REASON__REASON_BROKEN;
}

/* What is not for them is not there. */
static void
look_up (FrUploadQueue *self, FrUpload *upload, GAsyncReadyCallback callback)
{
  Question *question = question_new (self, upload->id, 0);

  question->sharing = fr_store_get_sharing (self->store); /* before the question: a change in between asks again */
  fr_store_get_blocks_async (self->store, &upload->content, fr_transfer_port_get_peer (upload->port), NULL, callback,
                             question);
}

static void
is_looked_up_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) hashes = fr_store_get_blocks_finish (FR_STORE (source), result, NULL, &error);
  FrUploadQueue *self = question->queue;
  FrUpload *upload = find (self, question->id);
  g_autoptr (FrTransferPort) port = NULL;

  if (upload == NULL)
    return;
  port = g_object_ref (upload->port);
  upload->asking = FALSE;
  upload->sharing = question->sharing;
  if (hashes == NULL)
    refuse (self, upload, reason_of (error));
  send_pieces (self, port);
}

/* What has begun is for them no longer than anything else: nothing goes over a port until that is sure again. */
static gboolean
is_for_peer (FrUploadQueue *self, FrTransferPort *port)
{
  guint sharing = fr_store_get_sharing (self->store);
  gboolean sure = TRUE;
  GHashTableIter iter;
  FrUpload *upload;

  g_hash_table_iter_init (&iter, self->uploads);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &upload))
    {
      if (upload->port != port || upload->size == 0 || upload->sharing == sharing)
        continue;
      sure = FALSE;
      if (!upload->asking)
        look_up (self, upload, is_looked_up_again_cb);
      upload->asking = TRUE;
    }
  return sure;
}

static gboolean
send_next_piece (FrUploadQueue *self, FrTransferPort *port, gint64 now_us)
{
  guint32 lane = _fr_transfer_port_get_lane (port);
  FrUpload *upload;
  FrUploadPiece piece;

  if (!is_for_peer (self, port) || !_fr_transfer_port_has_room (port)
      || !fr_upload_plan_next_piece (self->plan, lane, now_us, &piece))
    return FALSE;
  upload = find (self, piece.id);
  fr_upload_send_piece (upload, &piece);
  fr_rate_take (&self->rate, piece.length, now_us);
  self->last_served = lane;
  if (now_us >= upload->told_us + FR_UPLOAD_NEWS_US)
    tell (self, upload, FR_UPLOAD_GOES);
  return TRUE;
}

static int
compare_lanes (gconstpointer a, gconstpointer b, gpointer last_served)
{
  guint32 last = GPOINTER_TO_UINT (last_served);
  guint32 first = _fr_transfer_port_get_lane (*(FrTransferPort **) a) - last - 1;
  guint32 second = _fr_transfer_port_get_lane (*(FrTransferPort **) b) - last - 1;

  return first < second ? -1 : first > second;
}

/* Whose turn it is comes first: after the one that had the last. */
static GPtrArray *
list_ports (FrUploadQueue *self)
{
  GPtrArray *ports = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  FrUpload *upload;

  g_hash_table_iter_init (&iter, self->uploads);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &upload))
    if (!g_ptr_array_find (ports, upload->port, NULL))
      g_ptr_array_add (ports, g_object_ref (upload->port));
  g_ptr_array_sort_with_data (ports, compare_lanes, GUINT_TO_POINTER (self->last_served));
  return ports;
}

/* With a limit ports take turns, so that none takes all there is to be had. */
static void
turn_cb (gpointer user_data)
{
  g_autoptr (FrUploadQueue) self = g_object_ref (user_data);
  g_autoptr (GPtrArray) ports = list_ports (self);
  guint n_idle = 0;

  for (guint i = 0; n_idle < ports->len; i = (i + 1) % ports->len)
    {
      gint64 now_us = g_get_monotonic_time (), ready_us = fr_rate_ready_at (&self->rate, FR_BULK_DATA_MAX, now_us);

      if (ready_us > now_us)
        {
          fr_deadline_set (self->turn, ready_us);
          break;
        }
      n_idle = send_next_piece (self, ports->pdata[i], now_us) ? 0 : n_idle + 1;
    }
  run_actions (self);
}

static void
send_pieces (FrUploadQueue *self, FrTransferPort *port)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->rate.kib > 0)
    fr_deadline_set (self->turn, fr_rate_ready_at (&self->rate, FR_BULK_DATA_MAX, now_us));
  else
    while (send_next_piece (self, port, g_get_monotonic_time ()))
      ;
  run_actions (self);
}

static void
block_is_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = fr_store_read_block_finish (FR_STORE (source), result, &error);
  FrUploadQueue *self = question->queue;
  FrUpload *upload = find (self, question->id);
  g_autoptr (FrTransferPort) port = NULL;

  if (upload == NULL)
    return;
  if (data == NULL || g_bytes_get_size (data) != fr_block_length (upload->size, question->block))
    {
      refuse (self, upload, data == NULL ? reason_of (error) : FRESHET__REFUSE__REASON__REASON_BROKEN);
      run_actions (self);
      return;
    }
  port = g_object_ref (upload->port);
  fr_upload_take_block (upload, question->block, g_steal_pointer (&data));
  fr_upload_plan_read (self->plan, question->id, question->block, g_get_monotonic_time ());
  send_pieces (self, port);
}

static void
is_looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) hashes = NULL;
  FrUploadQueue *self = question->queue;
  FrUpload *upload = find (self, question->id);
  guint64 size = 0;
  FrBlockSet have;

  hashes = fr_store_get_blocks_finish (FR_STORE (source), result, &size, &error);
  if (upload == NULL)
    return;
  upload->sharing = question->sharing;
  if (hashes == NULL)
    refuse (self, upload, reason_of (error));
  else if (!fr_upload_send_manifest (upload, size, hashes, &have))
    refuse (self, upload, FRESHET__REFUSE__REASON__REASON_FAULT);
  else
    {
      fr_upload_plan_begin (self->plan, upload->id, size, &have, g_get_monotonic_time ());
      tell (self, upload, FR_UPLOAD_GOES);
    }
  run_actions (self);
}

static void
run_action (FrUploadQueue *self, const FrUploadAction *action)
{
  FrUpload *upload = find (self, action->id);

  switch (action->type)
    {
    case FR_UPLOAD_START:
      look_up (self, upload, is_looked_up_cb);
      break;
    case FR_UPLOAD_PLACE:
      fr_upload_send_place (upload, action->place);
      break;
    case FR_UPLOAD_READ:
      fr_store_read_block_async (self->store, &upload->content, action->block, NULL,
                                 block_is_read_cb, question_new (self, action->id, action->block));
      break;
    case FR_UPLOAD_STALL:
      fr_upload_send_cancel (upload);
      tell (self, upload, FR_UPLOAD_BROKE_OFF);
      g_hash_table_remove (self->uploads, GUINT_TO_POINTER (action->id));
      break;
    }
}

static void
run_actions (FrUploadQueue *self)
{
  FrUploadAction action;

  while (fr_upload_plan_next_action (self->plan, &action))
    run_action (self, &action);
  fr_deadline_set (self->deadline, fr_upload_plan_next_deadline (self->plan));
}

static void
deadline_cb (gpointer user_data)
{
  FrUploadQueue *self = user_data;

  fr_upload_plan_tick (self->plan, g_get_monotonic_time ());
  run_actions (self);
}

static void
fr_upload_queue_finalize (GObject *object)
{
  FrUploadQueue *self = FR_UPLOAD_QUEUE (object);

  fr_deadline_free (self->turn);
  fr_deadline_free (self->deadline);
  g_hash_table_unref (self->uploads);
  fr_upload_plan_free (self->plan);
  g_object_unref (self->store);
  G_OBJECT_CLASS (fr_upload_queue_parent_class)->finalize (object);
}

static void
fr_upload_queue_class_init (FrUploadQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_upload_queue_finalize;

  /**
   * FrUploadQueue::news:
   * @self: a queue
   * @news: (type gpointer): what becomes of an upload
   *
   * Somebody has asked for a picture, some of it is on its way, or it is over.
   */
  signals[NEWS] = g_signal_new ("news", FR_TYPE_UPLOAD_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_POINTER);
}

static void
fr_upload_queue_init (FrUploadQueue *self)
{
  self->uploads = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) fr_upload_free);
  self->deadline = fr_deadline_new (deadline_cb, self);
  self->turn = fr_deadline_new (turn_cb, self);
}

void
_fr_upload_queue_receive_get (FrUploadQueue *self, FrTransferPort *port, const Freshet__Get *get)
{
  FrUpload *upload;
  FrUploadId id;

  if (get->form != FRESHET__GET__FORM__FORM_SHARED)
    {
      fr_upload_send_refuse (port, get->transfer, FRESHET__REFUSE__REASON__REASON_FORM);
      return;
    }
  id = fr_upload_plan_add (self->plan, _fr_transfer_port_get_lane (port), fr_transfer_port_get_peer (port),
                           g_get_monotonic_time ());
  if (id == 0)
    {
      fr_upload_send_refuse (port, get->transfer, FRESHET__REFUSE__REASON__REASON_BUSY);
      return;
    }
  upload = fr_upload_new (id, port, get);
  g_hash_table_insert (self->uploads, GUINT_TO_POINTER (id), upload);
  fr_upload_plan_set_window (self->plan, id, get->window);
  tell (self, upload, FR_UPLOAD_WAITS);
  run_actions (self);
}

/* Done, Cancel and More. */
gboolean
_fr_upload_queue_receive (FrUploadQueue *self, FrTransferPort *port, guint32 transfer, const Freshet__Frame *frame)
{
  FrUpload *upload = find_by_transfer (self, port, transfer);

  if (upload == NULL)
    return FALSE;
  if (frame->body_case == FRESHET__FRAME__BODY_DONE)
    upload->done = upload->size;
  if (frame->body_case != FRESHET__FRAME__BODY_MORE)
    forget (self, upload->id,
            frame->body_case == FRESHET__FRAME__BODY_DONE ? FR_UPLOAD_ARRIVED : FR_UPLOAD_BROKE_OFF);
  else if (!fr_upload_plan_more (self->plan, upload->id, frame->more->stored, g_get_monotonic_time ()))
    refuse (self, upload, FRESHET__REFUSE__REASON__REASON_FAULT);
  run_actions (self);
  return TRUE;
}

void
_fr_upload_queue_room (FrUploadQueue *self, FrTransferPort *port)
{
  send_pieces (self, port);
}

void
_fr_upload_queue_port_closed (FrUploadQueue *self, FrTransferPort *port)
{
  g_autoptr (GList) uploads = g_hash_table_get_values (self->uploads);

  for (GList *at = uploads; at != NULL; at = at->next)
    {
      FrUpload *upload = at->data;

      if (upload->port == port)
        forget (self, upload->id, FR_UPLOAD_BROKE_OFF);
    }
  run_actions (self);
}

guint
_fr_upload_queue_count_of_port (FrUploadQueue *self, FrTransferPort *port)
{
  GHashTableIter iter;
  FrUpload *upload;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->uploads);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &upload))
    n += upload->port == port;
  return n;
}

FrUploadQueue *
_fr_upload_queue_new_with_stall (FrStore *store, gint64 stall_us)
{
  FrUploadQueue *self = g_object_new (FR_TYPE_UPLOAD_QUEUE, NULL);

  self->store = g_object_ref (store);
  self->plan = fr_upload_plan_new (stall_us);
  return self;
}

/**
 * fr_upload_queue_new:
 * @store: where the pictures are
 *
 * Makes a queue with no ports.
 *
 * Returns: (transfer full): the queue
 */
FrUploadQueue *
fr_upload_queue_new (FrStore *store)
{
  g_return_val_if_fail (FR_IS_STORE (store), NULL);

  return _fr_upload_queue_new_with_stall (store, FR_TRANSFER_STALL_US);
}

/**
 * fr_upload_queue_add_port:
 * @self: a queue
 * @port: a port that has no queue yet
 *
 * From now on what the peer asks for is answered: whatever in the store is for them. The port holds the queue until it closes.
 */
void
fr_upload_queue_add_port (FrUploadQueue *self, FrTransferPort *port)
{
  g_return_if_fail (FR_IS_UPLOAD_QUEUE (self));
  g_return_if_fail (FR_IS_TRANSFER_PORT (port));

  _fr_transfer_port_set_uploads (port, self, ++self->last_lane);
}

/**
 * fr_upload_queue_set_limit:
 * @self: a queue
 * @kib: KiB a second that go out over all ports at most; 0: as fast as it goes
 *
 * Sets how fast pictures may go out from now on.
 */
void
fr_upload_queue_set_limit (FrUploadQueue *self, guint kib)
{
  gint64 now_us = g_get_monotonic_time ();

  g_return_if_fail (FR_IS_UPLOAD_QUEUE (self));

  fr_rate_set (&self->rate, kib, now_us);
  fr_deadline_set (self->turn, now_us);
}

/**
 * fr_upload_queue_get_n_active:
 * @self: a queue
 *
 * Returns: how many pictures are on their way
 */
guint
fr_upload_queue_get_n_active (FrUploadQueue *self)
{
  g_return_val_if_fail (FR_IS_UPLOAD_QUEUE (self), 0);
  return fr_upload_plan_count_active (self->plan);
}

/**
 * fr_upload_queue_get_n_queued:
 * @self: a queue
 *
 * Returns: how many are waited for
 */
guint
fr_upload_queue_get_n_queued (FrUploadQueue *self)
{
  g_return_val_if_fail (FR_IS_UPLOAD_QUEUE (self), 0);
  return fr_upload_plan_count_queued (self->plan);
}
