/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-waiting-dials.h"

struct _FrWaitingDials
{
  GQueue dials; /* of FrWaitingDial */
};

/**
 * fr_waiting_dial_free:
 * @self: (nullable) (transfer full): a dial that waited
 *
 * Frees what fr_waiting_dials_pop() gave.
 */
void
fr_waiting_dial_free (FrWaitingDial *self)
{
  if (self == NULL)
    return;
  fr_dial_target_clear (&self->target);
  g_free (self);
}

/**
 * fr_waiting_dials_new:
 *
 * Returns: (transfer full): a queue with nobody in it
 */
FrWaitingDials *
fr_waiting_dials_new (void)
{
  FrWaitingDials *self = g_new0 (FrWaitingDials, 1);

  g_queue_init (&self->dials);
  return self;
}

/**
 * fr_waiting_dials_free:
 * @self: (nullable) (transfer full): a queue
 *
 * Frees a queue and what waits in it.
 */
void
fr_waiting_dials_free (FrWaitingDials *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->dials, (GDestroyNotify) fr_waiting_dial_free);
  g_free (self);
}

guint
fr_waiting_dials_get_length (FrWaitingDials *self)
{
  return g_queue_get_length (&self->dials);
}

/**
 * fr_waiting_dials_push:
 * @self: a queue
 * @target: whom; copied
 * @purpose: what for
 *
 * Puts a dial at the end.
 */
void
fr_waiting_dials_push (FrWaitingDials *self, const FrDialTarget *target, FrDialPurpose purpose)
{
  FrWaitingDial *dial = g_new0 (FrWaitingDial, 1);

  fr_dial_target_copy (target, &dial->target);
  dial->purpose = purpose;
  g_queue_push_tail (&self->dials, dial);
}

/**
 * fr_waiting_dials_pop:
 * @self: a queue
 *
 * Returns: (transfer full) (nullable): whose turn it is
 */
FrWaitingDial *
fr_waiting_dials_pop (FrWaitingDials *self)
{
  return g_queue_pop_head (&self->dials);
}

/**
 * fr_waiting_dials_cover:
 * @self: a queue
 * @target: whom
 * @purpose: what for
 *
 * Returns: whether a dial waits that will answer for this one too
 */
gboolean
fr_waiting_dials_cover (FrWaitingDials *self, const FrDialTarget *target, FrDialPurpose purpose)
{
  for (GList *l = self->dials.head; l != NULL; l = l->next)
    {
      const FrWaitingDial *dial = l->data;

      if (dial->purpose == purpose && fr_dial_target_covers (&dial->target, target))
        return TRUE;
    }
  return FALSE;
}

/**
 * fr_waiting_dials_drop:
 * @self: a queue
 * @address: whom
 * @purpose: what for
 *
 * Takes out every dial of that purpose to an address.
 */
void
fr_waiting_dials_drop (FrWaitingDials *self, const char *address, FrDialPurpose purpose)
{
  for (GList *l = self->dials.head, *next; l != NULL; l = next)
    {
      FrWaitingDial *dial = l->data;

      next = l->next;
      if (dial->purpose != purpose || g_strcmp0 (dial->target.address, address) != 0)
        continue;
      g_queue_delete_link (&self->dials, l);
      fr_waiting_dial_free (dial);
    }
}

/**
 * fr_waiting_dials_take:
 * @self: a queue
 * @key: whose
 *
 * Takes out a dial that only this key would do for.
 *
 * Returns: (transfer full) (nullable): the first such dial
 */
FrWaitingDial *
fr_waiting_dials_take (FrWaitingDials *self, const FrPeerKey *key)
{
  for (GList *l = self->dials.head; l != NULL; l = l->next)
    {
      FrWaitingDial *dial = l->data;

      if (!dial->target.key_expected || !fr_peer_key_equal (&dial->target.key, key))
        continue;
      g_queue_delete_link (&self->dials, l);
      return dial;
    }
  return NULL;
}
