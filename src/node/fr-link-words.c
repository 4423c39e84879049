/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-link-private.h"

/* What the other side of a link says: greetings, goodbyes, and all that is handed on. */

static Freshet__Role
other_role (FrLink *self)
{
  return self->role == FRESHET__ROLE__ROLE_DIALLER ? FRESHET__ROLE__ROLE_ANSWERER : FRESHET__ROLE__ROLE_DIALLER;
}

static void
take_hello (FrLink *self, const Freshet__Hello *hello)
{
  gboolean waiting = FALSE;

  switch (fr_hello_check (hello, other_role (self), &self->facts, &self->key, &self->peer_name, &waiting))
    {
    case FR_HELLO_OK:
      break;
    case FR_HELLO_VERSION:
      fr_link_fail (self, FR_NODE_ERROR_OTHER_VERSION, FRESHET__BYE__REASON__REASON_VERSION);
      return;
    case FR_HELLO_OTHER_KEY:
    case FR_HELLO_SIGNATURE:
    case FR_HELLO_OTHER_SESSION:
      fr_link_fail (self, FR_NODE_ERROR_INTERCEPTED, FRESHET__BYE__REASON__REASON_NOT_YOU);
      return;
    case FR_HELLO_MALFORMED:
    default:
      fr_link_fail (self, FR_NODE_ERROR_FAULT, FRESHET__BYE__REASON__REASON_FAULT);
      return;
    }
  fr_link_clear_timer (self);
  self->state = FR_LINK_READY;
  self->waiting = waiting && self->role == FRESHET__ROLE__ROLE_DIALLER;
  self->port = fr_transfer_port_new (self->control, &self->key);
  if (self->role == FRESHET__ROLE__ROLE_DIALLER && self->session != NULL)
    {
      g_autoptr (FrChannel) bulk = fr_webrtc_session_open_channel (self->session, "bulk");

      if (bulk != NULL)
        fr_link_set_bulk (self, bulk);
    }
  else if (self->bulk != NULL && !self->held)
    fr_transfer_port_set_bulk (self->port, self->bulk);
  g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_READY], 0);
}

static FrNodeError
error_for_bye (Freshet__Bye__Reason reason)
{
  switch ((int) reason)
    {
    case FRESHET__BYE__REASON__REASON_VERSION:
      return FR_NODE_ERROR_OTHER_VERSION;
    case FRESHET__BYE__REASON__REASON_NOT_YOU:
      return FR_NODE_ERROR_INTERCEPTED;
    case FRESHET__BYE__REASON__REASON_REFUSED:
      return FR_NODE_ERROR_REFUSED;
    case FRESHET__BYE__REASON__REASON_FULL:
      return FR_NODE_ERROR_BUSY;
    case FRESHET__BYE__REASON__REASON_FAULT:
      return FR_NODE_ERROR_ACCUSED;
    default:
      return FR_NODE_ERROR_LEFT;
    }
}

static void
take_bye (FrLink *self, const Freshet__Bye *bye)
{
  self->parted = TRUE;
  if (self->state != FR_LINK_LEAVING)
    {
      if (self->error == NULL)
        self->error = fr_node_error_new (error_for_bye (bye->reason),
                                         self->peer_name != NULL ? self->peer_name : self->address);
      /* The answer is lost if the session ends right behind it: the other side closes first, or a timer does. */
      fr_link_leave (self);
      fr_link_send_bye (self, FRESHET__BYE__REASON__REASON_NONE);
      return;
    }
  fr_link_finish (self);
}

/* What a stranger says before the person has decided, by either channel, is not looked at, and there is little of it. */
void
fr_link_throw_away (FrLink *self, gsize size)
{
  self->n_held_frames++;
  self->n_held_bytes += size;
  if (self->n_held_frames > FR_LINK_MAX_HELD_FRAMES || self->n_held_bytes > FR_LINK_MAX_HELD_BYTES)
    fr_link_fail (self, FR_NODE_ERROR_FAULT, FRESHET__BYE__REASON__REASON_FAULT);
}

static void
take_standing (FrLink *self, const Freshet__Standing *standing)
{
  if (!self->waiting || standing->state != FRESHET__STANDING__STATE__STATE_ACCEPTED)
    return;
  self->waiting = FALSE;
  g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_ACCEPTED], 0);
}

/* Not before both persons want this link, and not on sessions for pictures. */
static void
take_introduce (FrLink *self, const Freshet__Introduce *introduce)
{
  if (fr_link_is_usable (self) && self->facts.purpose == FRESHET__PURPOSE__PURPOSE_LINK)
    g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_INTRODUCED], 0, introduce);
}

static void
take_frame (FrLink *self, const Freshet__Frame *frame, gsize size)
{
  if (frame->body_case == FRESHET__FRAME__BODY_HELLO)
    fr_link_fail (self, FR_NODE_ERROR_FAULT, FRESHET__BYE__REASON__REASON_FAULT);
  else if (self->held)
    fr_link_throw_away (self, size);
  else if (frame->body_case == FRESHET__FRAME__BODY_STANDING)
    take_standing (self, frame->standing);
  else if (frame->body_case == FRESHET__FRAME__BODY_INTRODUCE)
    take_introduce (self, frame->introduce);
  else if (fr_transfer_port_receive (self->port, frame))
    {
      /* what names no transfer keeps no session up */
      if (fr_transfer_port_get_n_transfers (self->port) > 0)
        fr_link_touch (self);
    }
  else if (self->facts.purpose == FRESHET__PURPOSE__PURPOSE_LINK)
    g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_FRAME], 0, frame, (guint) size);
}

/* Whatever comes on the control channel. */
void
fr_link_message_cb (FrChannel *control, GBytes *message, gpointer data)
{
  g_autoptr (FrLink) self = g_object_ref (data);
  g_autoptr (Freshet__Frame) frame = NULL;
  gsize size;
  const void *bytes = g_bytes_get_data (message, &size);
  FrWireFault fault;

  if (self->state == FR_LINK_CLOSED)
    return;
  g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_HEARD], 0);
  fault = fr_frame_parse (bytes, size, &frame);
  if (fault == FR_WIRE_UNKNOWN)
    {
      self->n_unknown++;
      if (self->held)
        fr_link_throw_away (self, size);
      else if (self->state == FR_LINK_READY)
        g_signal_emit (self, fr_link_signals[FR_LINK_SIGNAL_FAULT], 0, fault);
      return;
    }
  if (fault != FR_WIRE_OK)
    {
      fr_link_fail (self, FR_NODE_ERROR_FAULT, FRESHET__BYE__REASON__REASON_FAULT);
      return;
    }
  if (frame->body_case == FRESHET__FRAME__BODY_BYE)
    take_bye (self, frame->bye);
  else if (self->state == FR_LINK_READY)
    take_frame (self, frame, size);
  else if (self->state == FR_LINK_GREETING && frame->body_case == FRESHET__FRAME__BODY_HELLO)
    take_hello (self, frame->hello);
  else if (self->state == FR_LINK_GREETING)
    fr_link_fail (self, FR_NODE_ERROR_FAULT, FRESHET__BYE__REASON__REASON_FAULT);
}
