/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-action-queue.h"

#define FIRST_PLACES 16 /* a power of two, as all sizes of the ring are */

struct _FrActionQueue
{
  FrOverlayAction *ring;
  guint n_places;
  guint head;
  guint length;
};

static void
grow (FrActionQueue *self)
{
  guint n_places = self->n_places == 0 ? FIRST_PLACES : 2 * self->n_places;
  FrOverlayAction *ring = g_new (FrOverlayAction, n_places);

  for (guint i = 0; i < self->length; i++)
    ring[i] = self->ring[(self->head + i) & (self->n_places - 1)];
  g_free (self->ring);
  self->ring = ring;
  self->n_places = n_places;
  self->head = 0;
}

/**
 * fr_action_queue_new:
 *
 * Returns: (transfer full): an empty queue
 */
FrActionQueue *
fr_action_queue_new (void)
{
  return g_new0 (FrActionQueue, 1);
}

/**
 * fr_action_queue_free:
 * @self: (nullable) (transfer full): a queue
 *
 * Frees it with all actions that nobody took.
 */
void
fr_action_queue_free (FrActionQueue *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->length; i++)
    fr_overlay_action_clear (&self->ring[(self->head + i) & (self->n_places - 1)]);
  g_free (self->ring);
  g_free (self);
}

/**
 * fr_action_queue_push:
 * @self: a queue
 * @action: (transfer full): an action; what it holds now belongs to the queue
 *
 * Puts an action at the end.
 */
void
fr_action_queue_push (FrActionQueue *self, FrOverlayAction *action)
{
  if (self->length == self->n_places)
    grow (self);
  self->ring[(self->head + self->length) & (self->n_places - 1)] = *action;
  self->length++;
}

/**
 * fr_action_queue_pop:
 * @self: a queue
 * @out_action: (out caller-allocates) (transfer full): the first action; untouched if there is none
 *
 * Returns: %FALSE if the queue is empty
 */
gboolean
fr_action_queue_pop (FrActionQueue *self, FrOverlayAction *out_action)
{
  if (self->length == 0)
    return FALSE;
  *out_action = self->ring[self->head];
  self->head = (self->head + 1) & (self->n_places - 1);
  self->length--;
  if (self->length == 0 && self->n_places > FR_ACTION_QUEUE_KEPT)
    {
      g_clear_pointer (&self->ring, g_free);
      self->n_places = self->head = 0;
    }
  return TRUE;
}

/**
 * fr_action_queue_get_length:
 * @self: a queue
 *
 * Returns: how many actions wait
 */
guint
fr_action_queue_get_length (const FrActionQueue *self)
{
  return self->length;
}

/**
 * fr_action_queue_get_n_places:
 * @self: a queue
 *
 * Returns: how many actions its memory holds
 */
guint
fr_action_queue_get_n_places (const FrActionQueue *self)
{
  return self->n_places;
}
