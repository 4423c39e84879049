/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a #FrPeerRegistry wants done with one of its driver's sockets. */

typedef enum
{
  FR_PEER_ACTION_SEND,
  FR_PEER_ACTION_CLOSE, /* the registry has forgotten the socket already */
} FrPeerActionType;

typedef struct
{
  FrPeerActionType type;
  guint64 socket;
  char *text; /* SEND: JSON, at most FR_JSON_MAX_SIZE bytes */
} FrPeerAction;

/**
 * fr_peer_action_clear:
 * @self: an action
 *
 * Frees what an action holds, not the action.
 */
static inline void
fr_peer_action_clear (FrPeerAction *self)
{
  g_clear_pointer (&self->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrPeerAction, fr_peer_action_clear)

G_END_DECLS
