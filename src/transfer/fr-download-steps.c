/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-download-private.h"

#include "fr-transfer-port-private.h"

/* One step of a download after the other: ask, take what comes, have it stored, say so. */

static void run_actions (FrDownload *self);

static void
give_up_on_store (FrDownload *self, const GError *error)
{
  if (g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK))
    _fr_download_give_up (self, FR_TRANSFER_ERROR_WRONG_BLOCK, "A block is not the one of the picture", FR_HALF_DROP);
  else
    _fr_download_give_up (self, FR_TRANSFER_ERROR_STORE, error->message, FR_HALF_KEEP);
}

static void
check_fault (FrDownload *self, FrDownloadFault fault)
{
  const char *message = fr_download_fault_to_string (fault);

  switch (fault)
    {
    case FR_DOWNLOAD_OK:
      break;
    case FR_DOWNLOAD_FAULT_SIZE:
    case FR_DOWNLOAD_FAULT_PAGE:
    case FR_DOWNLOAD_FAULT_WRONG_HASHES:
      _fr_download_give_up (self, FR_TRANSFER_ERROR_WRONG_MANIFEST, message, FR_HALF_DROP);
      break;
    case FR_DOWNLOAD_FAULT_ORDER:
    case FR_DOWNLOAD_FAULT_RANGE:
    case FR_DOWNLOAD_FAULT_WINDOW:
      _fr_download_give_up (self, FR_TRANSFER_ERROR_WRONG_BLOCK, message, FR_HALF_DROP);
      break;
    }
}

static void
is_finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FrDownload) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStaged) staged = fr_incoming_finish_finish (FR_INCOMING (source), result, &error);

  if (_fr_download_is_over (self))
    return;
  if (staged == NULL)
    {
      give_up_on_store (self, error);
      return;
    }
  self->staged = g_steal_pointer (&staged);
  _fr_download_end (self, FR_DOWNLOAD_DONE);
}

/* All is here and right: what is left is between us and the disk, and the holder need not wait for it. */
static void
finish (FrDownload *self)
{
  Freshet__Done done = FRESHET__DONE__INIT;

  done.transfer = self->transfer;
  _fr_transfer_port_send (self->port, FRESHET__FRAME__BODY_DONE, &done);
  fr_deadline_set (self->deadline, FR_DEADLINE_NEVER);
  fr_incoming_finish_async (self->incoming, NULL, is_finished_cb, g_object_ref (self));
  _fr_download_leave_port (self);
}

typedef struct
{
  FrDownload *download;
  gsize size;
} Write;

static void
is_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Write *write = user_data;
  g_autoptr (FrDownload) self = write->download;
  g_autoptr (GError) error = NULL;
  gboolean written = fr_incoming_write_block_finish (FR_INCOMING (source), result, &error);

  if (_fr_download_is_over (self))
    return;
  if (!written)
    {
      give_up_on_store (self, error);
      return;
    }
  _fr_download_note_progress (self);
  fr_download_plan_stored (self->plan);
  _fr_download_set_bytes (self, self->bytes_done + write->size, self->bytes_total);
  run_actions (self);
}

static void
write_block (FrDownload *self, guint block, GBytes *data)
{
  Write *write = g_new (Write, 1);

  *write = (Write) { .download = g_object_ref (self), .size = g_bytes_get_size (data) };
  fr_incoming_write_block_async (self->incoming, block, data, NULL, is_written_cb, write);
}

static guint64
count_bytes (FrIncoming *incoming)
{
  guint64 n = 0;

  for (guint block = 0; block < fr_incoming_get_n_blocks (incoming); block++)
    if (fr_incoming_has_block (incoming, block))
      n += fr_block_length (fr_incoming_get_size (incoming), block);
  return n;
}

/* What the store has of it; of no use if we gave up meanwhile. */
static gboolean
take_incoming (FrDownload *self, FrIncoming *incoming)
{
  self->looking = FALSE;
  g_set_object (&self->incoming, incoming);
  if (!_fr_download_is_over (self))
    return TRUE;
  _fr_download_end (self, FR_DOWNLOAD_FAILED);
  return FALSE;
}

/* Who is told may give up. */
static void
has_begun (FrDownload *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  _fr_download_set_place (self, 0);
  _fr_download_set_bytes (self, count_bytes (self->incoming), fr_download_plan_get_size (self->plan));
  _fr_download_set_state (self, FR_DOWNLOAD_RUNNING);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
is_begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FrDownload) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrIncoming) incoming = fr_store_begin_incoming_finish (FR_STORE (source), result, &error);

  if (!take_incoming (self, incoming))
    return;
  if (incoming == NULL)
    {
      give_up_on_store (self, error);
      return;
    }
  has_begun (self);
  run_actions (self);
}

static void
begin (FrDownload *self)
{
  g_autoptr (GBytes) hashes = NULL;

  if (self->incoming != NULL)
    {
      has_begun (self);
      return;
    }
  hashes = fr_download_plan_get_hashes (self->plan);
  self->looking = TRUE;
  fr_store_begin_incoming_async (self->store, &self->id, fr_download_plan_get_size (self->plan), hashes, NULL,
                                 is_begun_cb, g_object_ref (self));
}

static void
send_more (FrDownload *self)
{
  Freshet__More more = FRESHET__MORE__INIT;

  more.transfer = self->transfer;
  more.stored = self->n_told;
  _fr_transfer_port_send (self->port, FRESHET__FRAME__BODY_MORE, &more);
}

/* Whether there is time for one more block under the limit. To wait for that is not to be kept waiting. */
static gboolean
pay_for_block (FrDownload *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->rate == NULL || fr_rate_take (self->rate, FR_BLOCK_SIZE, now_us))
    return TRUE;
  fr_deadline_set (self->turn, fr_rate_ready_at (self->rate, FR_BLOCK_SIZE, now_us));
  fr_deadline_set (self->deadline, FR_DEADLINE_NEVER);
  return FALSE;
}

/* For each block that the holder hears to be stored it sends another. */
static void
tell_stored (FrDownload *self)
{
  guint n_before = self->n_told;

  while (self->n_told < self->n_stored && pay_for_block (self))
    self->n_told++;
  if (self->n_told > n_before)
    send_more (self);
}

static void
run_actions (FrDownload *self)
{
  while (!_fr_download_is_over (self) && !self->looking)
    {
      g_auto (FrDownloadAction) action = { 0 };

      if (!fr_download_plan_next_action (self->plan, &action))
        break;
      switch (action.type)
        {
        case FR_DOWNLOAD_BEGIN:
          begin (self);
          break;
        case FR_DOWNLOAD_WRITE:
          write_block (self, action.block, action.data);
          break;
        case FR_DOWNLOAD_MORE:
          self->n_stored = action.n_stored;
          tell_stored (self);
          break;
        case FR_DOWNLOAD_FINISH:
          finish (self);
          break;
        }
    }
}

/* Under a limit each block is asked for by itself. */
static guint
choose_window (FrDownload *self)
{
  if (self->rate == NULL || self->rate->kib == 0)
    return 0;
  fr_download_plan_set_more (self->plan, 1);
  return 1;
}

static void
ask (FrDownload *self)
{
  Freshet__Get get = FRESHET__GET__INIT;
  FrBlockSet have = { { 0 } };

  if (!pay_for_block (self))
    return;
  if (!_fr_transfer_port_add_download (self->port, self, &self->transfer))
    {
      _fr_download_fail (self, FR_TRANSFER_ERROR_PEER_GONE, "The other side has gone", FR_HALF_KEEP);
      return;
    }
  for (guint block = 0; self->incoming != NULL && block < fr_incoming_get_n_blocks (self->incoming); block++)
    if (fr_incoming_has_block (self->incoming, block))
      fr_block_set_add (&have, block);
  self->plan = fr_download_plan_new (&self->id, self->expected_size, &have);

  get.transfer = self->transfer;
  get.content_id.data = self->id.bytes;
  get.content_id.len = sizeof self->id.bytes;
  get.have.data = have.bits;
  get.have.len = fr_block_set_get_bytes (&have);
  get.window = choose_window (self);
  _fr_transfer_port_send (self->port, FRESHET__FRAME__BODY_GET, &get);
  _fr_download_note_progress (self);
}

void
_fr_download_take_turn (gpointer user_data)
{
  FrDownload *self = user_data;

  if (_fr_download_is_over (self))
    return;
  if (self->transfer == 0)
    {
      ask (self);
      return;
    }
  _fr_download_note_progress (self);
  tell_stored (self);
}

static void
is_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FrDownload) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrIncoming) incoming = fr_store_find_incoming_finish (FR_STORE (source), result, &error);

  if (!take_incoming (self, incoming))
    return;
  if (incoming == NULL && !g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
    give_up_on_store (self, error);
  else
    ask (self);
}

/* Whether some of it has come before: only the rest is asked for then. */
void
_fr_download_find (FrDownload *self)
{
  self->looking = TRUE;
  fr_store_find_incoming_async (self->store, &self->id, NULL, is_found_cb, g_object_ref (self));
}

/* Who waits in a queue waits as long as it takes: whether the peer still lives is not ours to ask. */
static void
receive_manifest (FrDownload *self, const Freshet__Manifest *manifest)
{
  if (manifest->place > 0 && self->state != FR_DOWNLOAD_RUNNING && !self->looking)
    {
      fr_deadline_set (self->deadline, FR_DEADLINE_NEVER);
      _fr_download_set_place (self, manifest->place);
      _fr_download_set_state (self, FR_DOWNLOAD_QUEUED);
      return;
    }
  _fr_download_note_progress (self);
  check_fault (self, fr_download_plan_manifest (self->plan, manifest->size, manifest->page, manifest->hashes.data,
                                                manifest->hashes.len));
  run_actions (self);
}

void
_fr_download_receive (FrDownload *self, const Freshet__Frame *frame)
{
  switch ((int) frame->body_case)
    {
    case FRESHET__FRAME__BODY_MANIFEST:
      receive_manifest (self, frame->manifest);
      break;
    case FRESHET__FRAME__BODY_REFUSE:
      _fr_download_fail_with_error (self, fr_transfer_error_new_from_refuse (frame->refuse->reason), FR_HALF_KEEP);
      break;
    case FRESHET__FRAME__BODY_CANCEL:
      _fr_download_fail (self, FR_TRANSFER_ERROR_CANCELLED, "The other side has cancelled", FR_HALF_KEEP);
      break;
    default:
      g_return_if_reached ();
    }
}

void
_fr_download_receive_piece (FrDownload *self, const FrBulkHeader *header, const guint8 *data)
{
  _fr_download_note_progress (self);
  check_fault (self, fr_download_plan_piece (self->plan, header, data));
  run_actions (self);
}

void
_fr_download_port_closed (FrDownload *self)
{
  _fr_download_fail (self, FR_TRANSFER_ERROR_PEER_GONE, "The other side has gone", FR_HALF_KEEP);
}
