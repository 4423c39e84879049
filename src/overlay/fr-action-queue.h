/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay-action.h"

G_BEGIN_DECLS

/* Actions in the order in which they are to be done: a ring that grows with its content and gives the memory back
 * once it is empty. One event adds a bounded number of actions, so what drains it after each event bounds it. */
typedef struct _FrActionQueue FrActionQueue;

#define FR_ACTION_QUEUE_KEPT 32 /* places that an empty queue keeps */

FrActionQueue *fr_action_queue_new (void);
void fr_action_queue_free (FrActionQueue *self);

void fr_action_queue_push (FrActionQueue *self, FrOverlayAction *action);
gboolean fr_action_queue_pop (FrActionQueue *self, FrOverlayAction *out_action);

guint fr_action_queue_get_length (const FrActionQueue *self);
guint fr_action_queue_get_n_places (const FrActionQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrActionQueue, fr_action_queue_free)

G_END_DECLS
