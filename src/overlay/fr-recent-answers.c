/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-recent-answers.h"

typedef struct
{
  FrRecentAnswer answer; /* its frame is owned */
  FrLinkId link;
  gint64 sent_us;
} Sent;

struct _FrRecentAnswers
{
  GQueue sent; /* of Sent, owned: the oldest first */
  gsize n_bytes;
};

static void
sent_free (Sent *sent)
{
  g_bytes_unref (sent->answer.frame);
  g_free (sent);
}

static void
forget (FrRecentAnswers *self, GList *place)
{
  Sent *sent = place->data;

  self->n_bytes -= g_bytes_get_size (sent->answer.frame);
  g_queue_delete_link (&self->sent, place);
  sent_free (sent);
}

/**
 * fr_recent_answers_new:
 *
 * Returns: (transfer full): no answers
 */
FrRecentAnswers *
fr_recent_answers_new (void)
{
  return g_new0 (FrRecentAnswers, 1);
}

/**
 * fr_recent_answers_free:
 * @self: (nullable) (transfer full): answers
 */
void
fr_recent_answers_free (FrRecentAnswers *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->sent, (GDestroyNotify) sent_free);
  g_free (self);
}

/**
 * fr_recent_answers_add:
 * @self: answers
 * @answer: one that was sent
 * @link: where to
 * @now_us: the time in microseconds
 *
 * Remembers it. The oldest are forgotten where there would be too many, or too many bytes.
 */
void
fr_recent_answers_add (FrRecentAnswers *self, const FrRecentAnswer *answer, FrLinkId link, gint64 now_us)
{
  Sent *sent = g_new (Sent, 1);

  *sent = (Sent) { .answer = *answer, .link = link, .sent_us = now_us };
  g_bytes_ref (sent->answer.frame);
  self->n_bytes += g_bytes_get_size (sent->answer.frame);
  g_queue_push_tail (&self->sent, sent);
  while (self->sent.length > FR_RECENT_ANSWERS_CAPACITY
         || (self->n_bytes > FR_RECENT_ANSWERS_MAX_BYTES && self->sent.length > 1))
    forget (self, self->sent.head);
}

/**
 * fr_recent_answers_take:
 * @self: answers
 * @link: a link that has ended
 * @now_us: the time in microseconds
 * @out_answer: (out caller-allocates): one that was sent along it not %FR_RECENT_ANSWERS_AGE_US ago, the oldest first;
 *   its frame belongs to the caller. Untouched if there is none
 *
 * Forgets it.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fr_recent_answers_take (FrRecentAnswers *self, FrLinkId link, gint64 now_us, FrRecentAnswer *out_answer)
{
  while (self->sent.head != NULL && now_us - ((Sent *) self->sent.head->data)->sent_us > FR_RECENT_ANSWERS_AGE_US)
    forget (self, self->sent.head);
  for (GList *place = self->sent.head; place != NULL; place = place->next)
    {
      Sent *sent = place->data;

      if (sent->link != link)
        continue;
      *out_answer = sent->answer;
      g_bytes_ref (out_answer->frame);
      forget (self, place);
      return TRUE;
    }
  return FALSE;
}
