/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-download.h"

#include "fr-download-private.h"
#include "fr-transfer-port-private.h"

G_DEFINE_ENUM_TYPE (FrDownloadState,
                    fr_download_state,
                    G_DEFINE_ENUM_VALUE (FR_DOWNLOAD_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (FR_DOWNLOAD_QUEUED, "queued"),
                    G_DEFINE_ENUM_VALUE (FR_DOWNLOAD_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (FR_DOWNLOAD_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (FR_DOWNLOAD_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (FrDownload, fr_download, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PLACE,
  PROP_BYTES_DONE,
  PROP_BYTES_TOTAL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Also if only the store has to answer before it can be said. */
gboolean
_fr_download_is_over (FrDownload *self)
{
  return self->state == FR_DOWNLOAD_DONE || self->error != NULL;
}

void
_fr_download_set_state (FrDownload *self, FrDownloadState state)
{
  if (self->state == state || self->state >= FR_DOWNLOAD_DONE)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
_fr_download_set_place (FrDownload *self, guint place)
{
  if (self->place == place)
    return;
  self->place = place;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
}

void
_fr_download_set_bytes (FrDownload *self, guint64 done, guint64 total)
{
  if (self->bytes_total != total)
    {
      self->bytes_total = total;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYTES_TOTAL]);
    }
  if (self->bytes_done != done)
    {
      self->bytes_done = done;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYTES_DONE]);
    }
}

void
_fr_download_note_progress (FrDownload *self)
{
  fr_deadline_set (self->deadline, g_get_monotonic_time () + self->stall_us);
}

/* So that the same picture can be asked of somebody else at once. */
static void
let_go_of_half (FrDownload *self)
{
  if (self->incoming == NULL)
    return;
  if (self->half == FR_HALF_DROP)
    fr_incoming_abandon (self->incoming);
  else
    fr_incoming_leave (self->incoming);
}

/* Nothing that the peer does is ours any more. */
void
_fr_download_leave_port (FrDownload *self)
{
  fr_deadline_set (self->turn, FR_DEADLINE_NEVER);
  if (self->transfer != 0)
    _fr_transfer_port_remove_download (self->port, self->transfer);
  self->transfer = 0;
}

/* The end, one way or the other. Who is told may let go of us, and is told when all is in order. */
void
_fr_download_end (FrDownload *self, FrDownloadState state)
{
  g_object_ref (self);
  g_object_freeze_notify (G_OBJECT (self));
  fr_deadline_set (self->deadline, FR_DEADLINE_NEVER);
  _fr_download_leave_port (self);
  if (state == FR_DOWNLOAD_FAILED)
    let_go_of_half (self);
  g_clear_pointer (&self->plan, fr_download_plan_free);
  g_clear_object (&self->incoming);
  _fr_download_set_place (self, 0);
  _fr_download_set_state (self, state);
  g_object_thaw_notify (G_OBJECT (self));
  g_object_unref (self);
}

void
_fr_download_fail_with_error (FrDownload *self, GError *error, FrHalf half)
{
  if (_fr_download_is_over (self))
    {
      g_error_free (error);
      return;
    }
  self->error = error;
  self->half = half;
  fr_deadline_set (self->deadline, FR_DEADLINE_NEVER);
  _fr_download_leave_port (self);
  if (!self->looking) /* else the end comes with the answer, so that there is nothing left in the store by then */
    _fr_download_end (self, FR_DOWNLOAD_FAILED);
}

void
_fr_download_fail (FrDownload *self, FrTransferError code, const char *message, FrHalf half)
{
  _fr_download_fail_with_error (self, g_error_new_literal (FR_TRANSFER_ERROR, code, message), half);
}

/* As fail(), and the holder is told that nothing more is wanted. */
void
_fr_download_give_up (FrDownload *self, FrTransferError code, const char *message, FrHalf half)
{
  if (self->transfer != 0 && !_fr_download_is_over (self))
    {
      Freshet__Cancel cancel = FRESHET__CANCEL__INIT;

      cancel.transfer = self->transfer;
      _fr_transfer_port_send (self->port, FRESHET__FRAME__BODY_CANCEL, &cancel);
    }
  _fr_download_fail (self, code, message, half);
}

static void
deadline_cb (gpointer user_data)
{
  _fr_download_give_up (user_data, FR_TRANSFER_ERROR_TIMEOUT, "Nothing has come for too long", FR_HALF_KEEP);
}

static void
fr_download_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FrDownload *self = FR_DOWNLOAD (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PLACE:
      g_value_set_uint (value, self->place);
      break;
    case PROP_BYTES_DONE:
      g_value_set_uint64 (value, self->bytes_done);
      break;
    case PROP_BYTES_TOTAL:
      g_value_set_uint64 (value, self->bytes_total);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
fr_download_finalize (GObject *object)
{
  FrDownload *self = FR_DOWNLOAD (object);

  fr_deadline_free (self->turn);
  fr_deadline_free (self->deadline);
  g_clear_pointer (&self->rate, g_rc_box_release);
  fr_download_plan_free (self->plan);
  g_clear_object (&self->incoming);
  g_clear_pointer (&self->staged, fr_staged_unref);
  g_clear_error (&self->error);
  g_object_unref (self->store);
  g_object_unref (self->port);
  G_OBJECT_CLASS (fr_download_parent_class)->finalize (object);
}

static void
fr_download_class_init (FrDownloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_download_get_property;
  object_class->finalize = fr_download_finalize;

  /**
   * FrDownload:state:
   *
   * How far it is.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, FR_TYPE_DOWNLOAD_STATE, FR_DOWNLOAD_WAITING, flags);

  /**
   * FrDownload:place:
   *
   * The place in the holder's queue, from 1; 0 while it is in none.
   */
  properties[PROP_PLACE] = g_param_spec_uint ("place", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * FrDownload:bytes-done:
   *
   * How many bytes are checked and stored, those of an earlier time included.
   */
  properties[PROP_BYTES_DONE] = g_param_spec_uint64 ("bytes-done", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * FrDownload:bytes-total:
   *
   * How large the picture is; what was expected, until it is known.
   */
  properties[PROP_BYTES_TOTAL] = g_param_spec_uint64 ("bytes-total", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_download_init (FrDownload *self)
{
  self->deadline = fr_deadline_new (deadline_cb, self);
  self->turn = fr_deadline_new (_fr_download_take_turn, self);
  self->stall_us = FR_TRANSFER_STALL_US;
}

void
_fr_download_set_stall (FrDownload *self, gint64 stall_us)
{
  self->stall_us = stall_us;
}

/**
 * fr_download_new:
 * @port: the session with the holder
 * @store: where the picture goes
 * @id: the picture
 * @expected_size: its size in bytes as a hit said it: any other is a lie; 0 if it is not known
 *
 * Returns: (transfer full): a download that has not started
 */
FrDownload *
fr_download_new (FrTransferPort *port, FrStore *store, const FrContentId *id, guint64 expected_size)
{
  FrDownload *self;

  g_return_val_if_fail (FR_IS_TRANSFER_PORT (port), NULL);
  g_return_val_if_fail (FR_IS_STORE (store), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (FR_TYPE_DOWNLOAD, NULL);
  self->port = g_object_ref (port);
  self->store = g_object_ref (store);
  self->id = *id;
  self->expected_size = expected_size;
  self->bytes_total = expected_size;
  return self;
}

/**
 * fr_download_set_rate:
 * @self: a download that has not started
 * @rate: how fast it may come, together with others that have the same: of g_rc_box_new()
 *
 * Asks for it in pieces that keep to a limit. One that begins without a limit, and gets one later, comes at once as far as
 * it has been asked for.
 */
void
fr_download_set_rate (FrDownload *self, FrRate *rate)
{
  g_return_if_fail (FR_IS_DOWNLOAD (self));
  g_return_if_fail (!self->started);

  self->rate = g_rc_box_acquire (rate);
}

/**
 * fr_download_start:
 * @self: a download that was not started before
 *
 * Asks for the picture, or for what is missing of it. The download keeps itself until it is over.
 */
void
fr_download_start (FrDownload *self)
{
  g_return_if_fail (FR_IS_DOWNLOAD (self));
  g_return_if_fail (!self->started);

  self->started = TRUE;
  if (!_fr_download_is_over (self))
    _fr_download_find (self);
}

/**
 * fr_download_cancel:
 * @self: a download
 *
 * Gives up, and throws away what has come. Does nothing after the end.
 */
void
fr_download_cancel (FrDownload *self)
{
  g_return_if_fail (FR_IS_DOWNLOAD (self));

  _fr_download_give_up (self, FR_TRANSFER_ERROR_CANCELLED, "Cancelled", FR_HALF_DROP);
}

/**
 * fr_download_leave:
 * @self: a download
 *
 * Gives up, like fr_download_cancel(), but what has come is kept: the next download of the picture goes on from there.
 */
void
fr_download_leave (FrDownload *self)
{
  g_return_if_fail (FR_IS_DOWNLOAD (self));

  _fr_download_give_up (self, FR_TRANSFER_ERROR_CANCELLED, "Left for later", FR_HALF_KEEP);
}

/**
 * fr_download_get_id:
 * @self: a download
 *
 * Returns: (transfer none): what is asked for
 */
const FrContentId *
fr_download_get_id (FrDownload *self)
{
  g_return_val_if_fail (FR_IS_DOWNLOAD (self), NULL);
  return &self->id;
}

/**
 * fr_download_get_state:
 * @self: a download
 *
 * Returns: how far it is
 */
FrDownloadState
fr_download_get_state (FrDownload *self)
{
  g_return_val_if_fail (FR_IS_DOWNLOAD (self), FR_DOWNLOAD_FAILED);
  return self->state;
}

/**
 * fr_download_get_place:
 * @self: a download
 *
 * Returns: its place in the holder's queue, from 1; 0 while it is in none
 */
guint
fr_download_get_place (FrDownload *self)
{
  g_return_val_if_fail (FR_IS_DOWNLOAD (self), 0);
  return self->place;
}

/**
 * fr_download_get_bytes_done:
 * @self: a download
 *
 * Returns: how many bytes are checked and stored
 */
guint64
fr_download_get_bytes_done (FrDownload *self)
{
  g_return_val_if_fail (FR_IS_DOWNLOAD (self), 0);
  return self->bytes_done;
}

/**
 * fr_download_get_bytes_total:
 * @self: a download
 *
 * Returns: the size of the picture in bytes, as far as it is known
 */
guint64
fr_download_get_bytes_total (FrDownload *self)
{
  g_return_val_if_fail (FR_IS_DOWNLOAD (self), 0);
  return self->bytes_total;
}

/**
 * fr_download_get_error:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): a #FrTransferError once it has failed
 */
const GError *
fr_download_get_error (FrDownload *self)
{
  g_return_val_if_fail (FR_IS_DOWNLOAD (self), NULL);
  return self->state == FR_DOWNLOAD_FAILED ? self->error : NULL;
}

/**
 * fr_download_get_staged:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): the picture once it is done, for fr_store_add_async()
 */
FrStaged *
fr_download_get_staged (FrDownload *self)
{
  g_return_val_if_fail (FR_IS_DOWNLOAD (self), NULL);
  return self->staged;
}
