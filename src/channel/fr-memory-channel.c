/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-memory-channel.h"

struct _FrMemoryChannel
{
  FrChannel parent_instance;

  /* Owned */
  GMainContext *context;
  GQueue outgoing; /* of GBytes: sent, not yet delivered at the other end */

  /* Borrowed */
  FrMemoryChannel *other; /* weak */

  /* State */
  guint64 outgoing_bytes;
  guint held : 1;
  guint scheduled : 1;
  guint ending : 1; /* "closed" goes to both ends once everything is delivered */
};

G_DEFINE_FINAL_TYPE (FrMemoryChannel, fr_memory_channel, FR_TYPE_CHANNEL)

static gboolean deliver_cb (gpointer data);

/* At the default priority, as the events of a WebRTC session. */
static void
schedule (FrMemoryChannel *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->scheduled)
    return;
  self->scheduled = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

static void
deliver_one (FrMemoryChannel *self, FrMemoryChannel *to)
{
  g_autoptr (GBytes) message = g_queue_pop_head (&self->outgoing);
  guint64 before = self->outgoing_bytes;

  self->outgoing_bytes -= g_bytes_get_size (message);
  if (to != NULL)
    fr_channel_emit_message (FR_CHANNEL (to), message);
  if (before > FR_CHANNEL_LOW_WATER && self->outgoing_bytes <= FR_CHANNEL_LOW_WATER)
    fr_channel_emit_drained (FR_CHANNEL (self));
}

/* Delivers what was there at the start and no more: what the handlers send in turn waits for the next time, so that two
 * ends that answer each other do not keep everybody else waiting. */
static gboolean
deliver_cb (gpointer data)
{
  FrMemoryChannel *self = data;
  g_autoptr (FrMemoryChannel) to = NULL;
  guint n = self->outgoing.length;

  g_set_object (&to, self->other);
  self->scheduled = FALSE;
  for (; n > 0 && !self->held && self->outgoing.length > 0; n--)
    deliver_one (self, to);

  if (self->ending && (self->outgoing.length == 0 || to == NULL))
    {
      fr_channel_emit_closed (FR_CHANNEL (self));
      if (to != NULL)
        fr_channel_emit_closed (FR_CHANNEL (to));
    }
  else if (!self->held && self->outgoing.length > 0)
    {
      schedule (self);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
fr_memory_channel_send (FrChannel *channel, GBytes *message, GError **error)
{
  FrMemoryChannel *self = FR_MEMORY_CHANNEL (channel);

  g_queue_push_tail (&self->outgoing, g_bytes_ref (message));
  self->outgoing_bytes += g_bytes_get_size (message);
  if (!self->held)
    schedule (self);
  return TRUE;
}

static guint64
fr_memory_channel_get_buffered_amount (FrChannel *channel)
{
  return FR_MEMORY_CHANNEL (channel)->outgoing_bytes;
}

/* What was sent before still arrives, as it does over SCTP; a held end lets go, or the other end would never hear. */
static void
fr_memory_channel_close (FrChannel *channel)
{
  FrMemoryChannel *self = FR_MEMORY_CHANNEL (channel);

  self->held = FALSE;
  self->ending = TRUE;
  schedule (self);
}

static void
fr_memory_channel_dispose (GObject *object)
{
  FrMemoryChannel *self = FR_MEMORY_CHANNEL (object);

  /* Nobody can close this end any more: the other one ends too. */
  if (self->other != NULL)
    fr_channel_close (FR_CHANNEL (self->other));
  g_clear_weak_pointer (&self->other);
  g_queue_clear_full (&self->outgoing, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (fr_memory_channel_parent_class)->dispose (object);
}

static void
fr_memory_channel_class_init (FrMemoryChannelClass *klass)
{
  FrChannelClass *channel_class = FR_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_memory_channel_dispose;
  channel_class->send = fr_memory_channel_send;
  channel_class->get_buffered_amount = fr_memory_channel_get_buffered_amount;
  channel_class->close = fr_memory_channel_close;
}

static void
fr_memory_channel_init (FrMemoryChannel *self)
{
  self->context = g_main_context_ref_thread_default ();
  g_queue_init (&self->outgoing);
}

/**
 * fr_memory_channel_new_pair:
 * @label: the name of both
 * @out_a: (out) (transfer full): one end
 * @out_b: (out) (transfer full): the other
 *
 * Makes two open channels that are each other's peer, in the thread-default main context. When one is closed, or let go
 * by its last owner, the other closes.
 */
void
fr_memory_channel_new_pair (const char *label, FrChannel **out_a, FrChannel **out_b)
{
  FrMemoryChannel *a = g_object_new (FR_TYPE_MEMORY_CHANNEL, "label", label, NULL);
  FrMemoryChannel *b = g_object_new (FR_TYPE_MEMORY_CHANNEL, "label", label, NULL);

  g_set_weak_pointer (&a->other, b);
  g_set_weak_pointer (&b->other, a);
  fr_channel_emit_opened (FR_CHANNEL (a));
  fr_channel_emit_opened (FR_CHANNEL (b));
  *out_a = FR_CHANNEL (a);
  *out_b = FR_CHANNEL (b);
}

/**
 * fr_memory_channel_set_held:
 * @self: one end
 * @held: whether what it sends stays in its buffer
 *
 * Holds back what this end sends, as a slow network would, until it is let go again. Closing lets go.
 */
void
fr_memory_channel_set_held (FrMemoryChannel *self, gboolean held)
{
  g_return_if_fail (FR_IS_MEMORY_CHANNEL (self));

  self->held = held;
  if (!held && self->outgoing.length > 0)
    schedule (self);
}
