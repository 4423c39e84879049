/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-upload-plan.h"

/* A block that was asked for. */
typedef struct
{
  guint block;
  gboolean ready; /* in memory; what is asked for later may be there first */
} Ahead;

typedef struct
{
  FrUploadId id;
  guint32 lane;
  FrPeerKey peer;

  /* While it waits */
  guint place_told;

  /* Once it has begun */
  guint64 size;
  guint n_blocks;
  FrBlockSet have;
  guint next_block;                  /* the next one to read */
  Ahead ahead[FR_UPLOAD_READ_AHEAD]; /* not wholly sent, in order */
  guint n_ahead;
  guint32 offset;                    /* how much of the first of them is sent */
  guint n_sent;
  guint n_stored;                    /* how many the asker has stored */
  guint window;                      /* how many may be sent beyond that */
  gint64 progress_us;
} Upload;

struct _FrUploadPlan
{
  gint64 stall_us;
  GHashTable *uploads; /* FrUploadId -> Upload, owned */
  GPtrArray *active;   /* of Upload: whose turn it is to send comes first */
  GPtrArray *queue;    /* of Upload: who came first is first */
  GArray *actions;     /* of FrUploadAction */
  guint next_action;
  FrUploadId last_id;
  gint64 places_due_us; /* G_MAXINT64: everybody knows the own place */
  gint64 places_told_us;
};

static void
push_action (FrUploadPlan *self, FrUploadActionType type, FrUploadId id, guint place, guint block)
{
  FrUploadAction action = { .type = type, .id = id, .place = place, .block = block };

  g_array_append_val (self->actions, action);
}

static Upload *
find (FrUploadPlan *self, FrUploadId id)
{
  return g_hash_table_lookup (self->uploads, GUINT_TO_POINTER (id));
}

static guint
count_of_peer (GPtrArray *uploads, const FrPeerKey *peer)
{
  guint n = 0;

  for (guint i = 0; i < uploads->len; i++)
    n += fr_peer_key_equal (&((Upload *) uploads->pdata[i])->peer, peer);
  return n;
}

static gboolean
may_start (FrUploadPlan *self, const FrPeerKey *peer)
{
  return self->active->len < FR_UPLOAD_MAX_ACTIVE && count_of_peer (self->active, peer) < FR_UPLOAD_MAX_ACTIVE_PEER;
}

static void
start (FrUploadPlan *self, Upload *upload, gint64 now_us)
{
  upload->progress_us = now_us;
  g_ptr_array_add (self->active, upload);
  push_action (self, FR_UPLOAD_START, upload->id, 0, 0);
}

/* Gives free slots to those who wait, the first who may have one first. */
static void
start_waiting (FrUploadPlan *self, gint64 now_us)
{
  guint i = 0;

  while (i < self->queue->len)
    {
      Upload *upload = self->queue->pdata[i];

      if (may_start (self, &upload->peer))
        start (self, g_ptr_array_steal_index (self->queue, i), now_us);
      else
        i++;
    }
}

static void
places_changed (FrUploadPlan *self, gint64 now_us)
{
  if (self->queue->len == 0)
    self->places_due_us = G_MAXINT64;
  else if (self->places_due_us == G_MAXINT64)
    self->places_due_us = MAX (now_us, self->places_told_us + FR_UPLOAD_PLACES_INTERVAL_US);
}

static void
tell_places (FrUploadPlan *self, gint64 now_us)
{
  for (guint i = 0; i < self->queue->len; i++)
    {
      Upload *upload = self->queue->pdata[i];

      if (upload->place_told != i + 1)
        push_action (self, FR_UPLOAD_PLACE, upload->id, i + 1, 0);
      upload->place_told = i + 1;
    }
  self->places_told_us = now_us;
  self->places_due_us = G_MAXINT64;
}

/* Asks for as many blocks as may be in memory and as the asker has room for. */
static void
read_ahead (FrUploadPlan *self, Upload *upload)
{
  while (upload->n_ahead < FR_UPLOAD_READ_AHEAD
         && upload->next_block < upload->n_blocks
         && upload->n_sent + upload->n_ahead < upload->n_stored + upload->window)
    {
      push_action (self, FR_UPLOAD_READ, upload->id, 0, upload->next_block);
      upload->ahead[upload->n_ahead++] = (Ahead) { .block = upload->next_block };
      upload->next_block = fr_block_set_next_missing (&upload->have, upload->next_block + 1, upload->n_blocks);
    }
}

static void
drop_first_block (Upload *upload)
{
  for (guint i = 1; i < upload->n_ahead; i++)
    upload->ahead[i - 1] = upload->ahead[i];
  upload->n_ahead--;
  upload->n_sent++;
  upload->offset = 0;
}

static void
take_piece (FrUploadPlan *self, Upload *upload, FrUploadPiece *out_piece)
{
  guint block = upload->ahead[0].block;
  gsize length = fr_block_length (upload->size, block);

  out_piece->id = upload->id;
  out_piece->block = block;
  out_piece->offset = upload->offset;
  out_piece->length = (guint32) MIN (length - upload->offset, FR_BULK_DATA_MAX);
  out_piece->ends_block = upload->offset + out_piece->length == length;

  upload->offset += out_piece->length;
  if (out_piece->ends_block)
    {
      drop_first_block (upload);
      read_ahead (self, upload);
    }
}

static Upload *
find_stalled (FrUploadPlan *self, gint64 now_us)
{
  for (guint i = 0; i < self->active->len; i++)
    {
      Upload *upload = self->active->pdata[i];

      if (now_us >= upload->progress_us + self->stall_us)
        return upload;
    }
  return NULL;
}

/**
 * fr_upload_plan_new:
 * @stall_us: after how many microseconds without progress a transfer is given up, usually %FR_TRANSFER_STALL_US
 *
 * Makes a plan with no transfers.
 *
 * Returns: (transfer full): the plan
 */
FrUploadPlan *
fr_upload_plan_new (gint64 stall_us)
{
  FrUploadPlan *self = g_new0 (FrUploadPlan, 1);

  self->stall_us = stall_us;
  self->uploads = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->active = g_ptr_array_new ();
  self->queue = g_ptr_array_new ();
  self->actions = g_array_new (FALSE, FALSE, sizeof (FrUploadAction));
  self->places_due_us = G_MAXINT64;
  self->places_told_us = G_MININT64 / 2;
  return self;
}

/**
 * fr_upload_plan_free:
 * @self: (nullable) (transfer full): a plan
 *
 * Frees the plan.
 */
void
fr_upload_plan_free (FrUploadPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->active);
  g_ptr_array_unref (self->queue);
  g_array_unref (self->actions);
  g_hash_table_unref (self->uploads);
  g_free (self);
}

/**
 * fr_upload_plan_add:
 * @self: a plan
 * @lane: the number of the bulk channel that it goes over
 * @peer: who asks
 * @now_us: the time in microseconds
 *
 * Somebody asks for a picture. Either its turn comes at once (a START action) or it waits (a PLACE action).
 *
 * Returns: the id of the transfer; 0 if all places are taken
 */
FrUploadId
fr_upload_plan_add (FrUploadPlan *self, guint32 lane, const FrPeerKey *peer, gint64 now_us)
{
  gboolean starts = may_start (self, peer);
  Upload *upload;

  if (!starts
      && (self->queue->len >= FR_UPLOAD_MAX_QUEUED || count_of_peer (self->queue, peer) >= FR_UPLOAD_MAX_QUEUED_PEER))
    return 0;

  upload = g_new0 (Upload, 1);
  do
    upload->id = ++self->last_id;
  while (upload->id == 0 || find (self, upload->id) != NULL);
  upload->lane = lane;
  upload->peer = *peer;
  upload->window = FR_TRANSFER_WINDOW;
  g_hash_table_insert (self->uploads, GUINT_TO_POINTER (upload->id), upload);

  if (starts)
    {
      start (self, upload, now_us);
    }
  else
    {
      g_ptr_array_add (self->queue, upload);
      upload->place_told = self->queue->len;
      push_action (self, FR_UPLOAD_PLACE, upload->id, upload->place_told, 0);
    }
  return upload->id;
}

/**
 * fr_upload_plan_begin:
 * @self: a plan
 * @id: a transfer that had its START
 * @size: the size of the picture in bytes, at most %FR_PICTURE_MAX_SIZE
 * @have: the blocks that the asker has
 * @now_us: the time in microseconds
 *
 * The picture was found and the manifest is sent: READ actions follow.
 */
void
fr_upload_plan_begin (FrUploadPlan *self, FrUploadId id, guint64 size, const FrBlockSet *have, gint64 now_us)
{
  Upload *upload = find (self, id);

  g_return_if_fail (upload != NULL && upload->size == 0);
  g_return_if_fail (size > 0 && size <= FR_PICTURE_MAX_SIZE);

  upload->size = size;
  upload->n_blocks = fr_content_n_blocks (size);
  upload->have = *have;
  upload->next_block = fr_block_set_next_missing (have, 0, upload->n_blocks);
  upload->progress_us = now_us;
  read_ahead (self, upload);
}

/**
 * fr_upload_plan_set_window:
 * @self: a plan
 * @id: a transfer that has not begun
 * @window: how many blocks the asker wants at most before it has said that it has stored some; 0: as many as is usual
 *
 * Somebody who wants it slowly is not sent all of it at once.
 */
void
fr_upload_plan_set_window (FrUploadPlan *self, FrUploadId id, guint window)
{
  Upload *upload = find (self, id);

  g_return_if_fail (upload != NULL && upload->size == 0);

  if (window > 0)
    upload->window = MIN (window, FR_TRANSFER_WINDOW);
}

/**
 * fr_upload_plan_read:
 * @self: a plan
 * @id: a transfer
 * @block: the block of one of its READ actions
 * @now_us: the time in microseconds
 *
 * The block is in memory and can be sent.
 */
void
fr_upload_plan_read (FrUploadPlan *self, FrUploadId id, guint block, gint64 now_us)
{
  Upload *upload = find (self, id);

  g_return_if_fail (upload != NULL);

  for (guint i = 0; i < upload->n_ahead; i++)
    upload->ahead[i].ready = upload->ahead[i].ready || upload->ahead[i].block == block;
  upload->progress_us = now_us;
}

/**
 * fr_upload_plan_more:
 * @self: a plan
 * @id: a transfer
 * @n_stored: how many blocks of it the asker has stored by now
 * @now_us: the time in microseconds
 *
 * The asker has room for more.
 *
 * Returns: %FALSE if it cannot be so: blocks that were not sent, or fewer than before
 */
gboolean
fr_upload_plan_more (FrUploadPlan *self, FrUploadId id, guint n_stored, gint64 now_us)
{
  Upload *upload = find (self, id);

  g_return_val_if_fail (upload != NULL, FALSE);

  if (n_stored <= upload->n_stored || n_stored > upload->n_sent)
    return FALSE;
  upload->n_stored = n_stored;
  upload->progress_us = now_us;
  read_ahead (self, upload);
  return TRUE;
}

/**
 * fr_upload_plan_remove:
 * @self: a plan
 * @id: a transfer, or 0
 * @now_us: the time in microseconds
 *
 * The transfer is over, one way or the other; whoever waits moves up.
 */
void
fr_upload_plan_remove (FrUploadPlan *self, FrUploadId id, gint64 now_us)
{
  Upload *upload = find (self, id);

  if (upload == NULL)
    return;
  g_ptr_array_remove (self->active, upload);
  g_ptr_array_remove (self->queue, upload);
  g_hash_table_remove (self->uploads, GUINT_TO_POINTER (id));
  for (guint i = self->actions->len; i > self->next_action; i--)
    if (g_array_index (self->actions, FrUploadAction, i - 1).id == id)
      g_array_remove_index (self->actions, i - 1);
  start_waiting (self, now_us);
  places_changed (self, now_us);
}

/**
 * fr_upload_plan_next_piece:
 * @self: a plan
 * @lane: a bulk channel with room
 * @now_us: the time in microseconds
 * @out_piece: (out caller-allocates): what to send now; untouched if nothing
 *
 * Takes the next piece: the transfers of a lane take turns by piece.
 *
 * Returns: %FALSE if nothing is ready for this lane
 */
gboolean
fr_upload_plan_next_piece (FrUploadPlan *self, guint32 lane, gint64 now_us, FrUploadPiece *out_piece)
{
  for (guint i = 0; i < self->active->len; i++)
    {
      Upload *upload = self->active->pdata[i];

      if (upload->lane != lane || upload->n_ahead == 0 || !upload->ahead[0].ready)
        continue;
      g_ptr_array_add (self->active, g_ptr_array_steal_index (self->active, i));
      upload->progress_us = now_us;
      take_piece (self, upload, out_piece);
      return TRUE;
    }
  return FALSE;
}

/**
 * fr_upload_plan_next_action:
 * @self: a plan
 * @out_action: (out caller-allocates): what to do; untouched if nothing
 *
 * Takes the next action: to be called after every other call until it returns %FALSE.
 *
 * Returns: whether there was one
 */
gboolean
fr_upload_plan_next_action (FrUploadPlan *self, FrUploadAction *out_action)
{
  if (self->next_action == self->actions->len)
    {
      g_array_set_size (self->actions, 0);
      self->next_action = 0;
      return FALSE;
    }
  *out_action = g_array_index (self->actions, FrUploadAction, self->next_action++);
  return TRUE;
}

/**
 * fr_upload_plan_next_deadline:
 * @self: a plan
 *
 * Returns: when to call fr_upload_plan_tick(), in microseconds; %G_MAXINT64 if there is no need
 */
gint64
fr_upload_plan_next_deadline (FrUploadPlan *self)
{
  gint64 deadline_us = self->places_due_us;

  for (guint i = 0; i < self->active->len; i++)
    deadline_us = MIN (deadline_us, ((Upload *) self->active->pdata[i])->progress_us + self->stall_us);
  return deadline_us;
}

/**
 * fr_upload_plan_tick:
 * @self: a plan
 * @now_us: the time in microseconds
 *
 * Gives up what has stalled and tells places that have changed.
 */
void
fr_upload_plan_tick (FrUploadPlan *self, gint64 now_us)
{
  Upload *stalled;

  while ((stalled = find_stalled (self, now_us)) != NULL)
    {
      FrUploadId id = stalled->id;

      fr_upload_plan_remove (self, id, now_us);
      push_action (self, FR_UPLOAD_STALL, id, 0, 0);
    }
  if (now_us >= self->places_due_us)
    tell_places (self, now_us);
}

/**
 * fr_upload_plan_count_active:
 * @self: a plan
 *
 * Returns: how many transfers have a slot
 */
guint
fr_upload_plan_count_active (FrUploadPlan *self)
{
  return self->active->len;
}

/**
 * fr_upload_plan_count_queued:
 * @self: a plan
 *
 * Returns: how many wait for one
 */
guint
fr_upload_plan_count_queued (FrUploadPlan *self)
{
  return self->queue->len;
}
