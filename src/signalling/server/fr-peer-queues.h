/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The messages that wait for absent peers, a queue an id, all of them together bounded. Reads no clock. */

typedef struct _FrPeerQueues FrPeerQueues;

typedef struct
{
  char *src;
  char *text;
} FrPeerMessage;

void fr_peer_message_free (FrPeerMessage *self);

FrPeerQueues *fr_peer_queues_new (void);
void fr_peer_queues_free (FrPeerQueues *self);

gboolean fr_peer_queues_add (FrPeerQueues *self, const char *dst, const char *src, const char *text, gint64 now_us);
GQueue *fr_peer_queues_take (FrPeerQueues *self, const char *dst);
GQueue *fr_peer_queues_take_expired (FrPeerQueues *self, gint64 now_us, char **out_dst);
gint64 fr_peer_queues_next_deadline (FrPeerQueues *self);
void fr_peer_messages_free (GQueue *messages);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPeerQueues, fr_peer_queues_free)

G_END_DECLS
