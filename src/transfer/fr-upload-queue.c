/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-upload-queue.h"

#include "fr-deadline.h"
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

  /* State */
  guint32 last_lane;
};

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

/* Somebody else's turn may come with it: run_actions() is to follow. */
static void
forget (FrUploadQueue *self, FrUploadId id)
{
  fr_upload_plan_remove (self->plan, id, g_get_monotonic_time ());
  g_hash_table_remove (self->uploads, GUINT_TO_POINTER (id));
}

static void
refuse (FrUploadQueue *self, FrUpload *upload, Freshet__Refuse__Reason reason)
{
  fr_upload_send_refuse (upload->port, upload->transfer, reason);
  forget (self, upload->id);
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

static void
send_pieces (FrUploadQueue *self, FrTransferPort *port)
{
  guint32 lane = _fr_transfer_port_get_lane (port);
  FrUploadPiece piece;

  while (is_for_peer (self, port)
         && _fr_transfer_port_has_room (port)
         && fr_upload_plan_next_piece (self->plan, lane, g_get_monotonic_time (), &piece))
    fr_upload_send_piece (find (self, piece.id), &piece);
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
    fr_upload_plan_begin (self->plan, upload->id, size, &have, g_get_monotonic_time ());
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
}

static void
fr_upload_queue_init (FrUploadQueue *self)
{
  self->uploads = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) fr_upload_free);
  self->deadline = fr_deadline_new (deadline_cb, self);
}

void
_fr_upload_queue_receive_get (FrUploadQueue *self, FrTransferPort *port, const Freshet__Get *get)
{
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
  g_hash_table_insert (self->uploads, GUINT_TO_POINTER (id), fr_upload_new (id, port, get));
  run_actions (self);
}

/* Done, Cancel and More. */
gboolean
_fr_upload_queue_receive (FrUploadQueue *self, FrTransferPort *port, guint32 transfer, const Freshet__Frame *frame)
{
  FrUpload *upload = find_by_transfer (self, port, transfer);

  if (upload == NULL)
    return FALSE;
  if (frame->body_case != FRESHET__FRAME__BODY_MORE)
    forget (self, upload->id);
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
        forget (self, upload->id);
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
