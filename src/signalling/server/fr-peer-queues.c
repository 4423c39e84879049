/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-queues.h"

#include <string.h>

#include "fr-peer-registry.h"

typedef struct
{
  char *dst;
  GQueue *messages; /* of FrPeerMessage */
  gsize size;
  gint64 expires_us;
} Queue;

struct _FrPeerQueues
{
  GHashTable *by_dst; /* borrowed key -> borrowed link in by_age */
  GQueue by_age;      /* of Queue; all expire after the same time, so the first is the next to do so */
  guint n_messages;
  gsize size;
};

static void
queue_free (Queue *queue)
{
  fr_peer_messages_free (queue->messages);
  g_free (queue->dst);
  g_free (queue);
}

static Queue *
find (FrPeerQueues *self, const char *dst)
{
  GList *link = g_hash_table_lookup (self->by_dst, dst);

  return link != NULL ? link->data : NULL;
}

static Queue *
add_queue (FrPeerQueues *self, const char *dst, gint64 now_us)
{
  Queue *queue = g_new0 (Queue, 1);

  queue->dst = g_strdup (dst);
  queue->messages = g_queue_new ();
  queue->expires_us = now_us + FR_PEER_REGISTRY_EXPIRE_US;
  g_queue_push_tail (&self->by_age, queue);
  g_hash_table_insert (self->by_dst, queue->dst, g_queue_peek_tail_link (&self->by_age));
  return queue;
}

static GQueue *
take_queue (FrPeerQueues *self, Queue *queue)
{
  GList *link = g_hash_table_lookup (self->by_dst, queue->dst);
  GQueue *messages = g_steal_pointer (&queue->messages);

  self->n_messages -= messages->length;
  self->size -= queue->size;
  g_hash_table_remove (self->by_dst, queue->dst);
  g_queue_delete_link (&self->by_age, link);
  queue_free (queue);
  return messages;
}

/**
 * fr_peer_message_free:
 * @self: (transfer full): a message
 *
 * Frees a message.
 */
void
fr_peer_message_free (FrPeerMessage *self)
{
  g_free (self->src);
  g_free (self->text);
  g_free (self);
}

/**
 * fr_peer_messages_free:
 * @messages: (nullable) (transfer full): a list of #FrPeerMessage
 *
 * Frees messages that were taken from the queues.
 */
void
fr_peer_messages_free (GQueue *messages)
{
  if (messages != NULL)
    g_queue_free_full (messages, (GDestroyNotify) fr_peer_message_free);
}

/**
 * fr_peer_queues_new:
 *
 * Returns: (transfer full): queues for nobody yet
 */
FrPeerQueues *
fr_peer_queues_new (void)
{
  FrPeerQueues *self = g_new0 (FrPeerQueues, 1);

  self->by_dst = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->by_age);
  return self;
}

/**
 * fr_peer_queues_free:
 * @self: (nullable) (transfer full): queues
 *
 * Frees all queues and what waits in them.
 */
void
fr_peer_queues_free (FrPeerQueues *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_dst);
  g_queue_clear_full (&self->by_age, (GDestroyNotify) queue_free);
  g_free (self);
}

/**
 * fr_peer_queues_add:
 * @self: queues
 * @dst: for whom
 * @src: from whom
 * @text: the message
 * @now_us: the time in microseconds
 *
 * Keeps a message, if that peer's queue and all together have room: see %FR_PEER_REGISTRY_MAX_QUEUE_MESSAGES and
 * those beside it. A queue expires %FR_PEER_REGISTRY_EXPIRE_US after its first message.
 *
 * Returns: whether it was kept
 */
gboolean
fr_peer_queues_add (FrPeerQueues *self, const char *dst, const char *src, const char *text, gint64 now_us)
{
  gsize size = strlen (text);
  Queue *queue = find (self, dst);
  FrPeerMessage *message;

  if (self->n_messages >= FR_PEER_REGISTRY_MAX_WAITING_MESSAGES
      || self->size + size > FR_PEER_REGISTRY_MAX_WAITING_SIZE)
    return FALSE;
  if (queue != NULL
      && (queue->messages->length >= FR_PEER_REGISTRY_MAX_QUEUE_MESSAGES
          || queue->size + size > FR_PEER_REGISTRY_MAX_QUEUE_SIZE))
    return FALSE;
  if (queue == NULL)
    queue = add_queue (self, dst, now_us);
  message = g_new0 (FrPeerMessage, 1);
  message->src = g_strdup (src);
  message->text = g_strdup (text);
  g_queue_push_tail (queue->messages, message);
  queue->size += size;
  self->size += size;
  self->n_messages++;
  return TRUE;
}

/**
 * fr_peer_queues_take:
 * @self: queues
 * @dst: a peer that has come
 *
 * Returns: (transfer full) (nullable) (element-type FrPeerMessage): what waited for it, oldest first
 */
GQueue *
fr_peer_queues_take (FrPeerQueues *self, const char *dst)
{
  Queue *queue = find (self, dst);

  return queue != NULL ? take_queue (self, queue) : NULL;
}

/**
 * fr_peer_queues_take_expired:
 * @self: queues
 * @now_us: the time in microseconds
 * @out_dst: (out): for whom they were; untouched if there are none
 *
 * Returns: (transfer full) (nullable) (element-type FrPeerMessage): what waited too long for one peer
 */
GQueue *
fr_peer_queues_take_expired (FrPeerQueues *self, gint64 now_us, char **out_dst)
{
  Queue *queue = g_queue_peek_head (&self->by_age);

  if (queue == NULL || now_us < queue->expires_us)
    return NULL;
  *out_dst = g_strdup (queue->dst);
  return take_queue (self, queue);
}

/**
 * fr_peer_queues_next_deadline:
 * @self: queues
 *
 * Returns: when the next queue expires; %G_MAXINT64 if there is none
 */
gint64
fr_peer_queues_next_deadline (FrPeerQueues *self)
{
  Queue *queue = g_queue_peek_head (&self->by_age);

  return queue != NULL ? queue->expires_us : G_MAXINT64;
}
