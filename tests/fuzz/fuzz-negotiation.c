/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-negotiation.h"
#include "fuzz-input.h"

/* Two negotiations with a bad line between them, and a stranger who puts words in. */

#define N_ENDS 2
#define MOST_ON_THE_WAY 64
#define GOOD_CANDIDATE "candidate:1 1 udp 2122260223 192.168.1.7 49152 typ host"

const gsize fuzz_max_size = 2048;

typedef struct
{
  FrNegotiation *negotiation;
  GQueue incoming; /* of FrNegotiationAction, owned: SENDs of the other end */
  FrNegotiationState state;
  gboolean closed;
  gboolean makes_description; /* it was told to */
  guint n_sent, n_applied;   /* descriptions */
  guint n_candidates;        /* of the peer, applied */
} End;

typedef struct
{
  End ends[N_ENDS];
  gint64 now_us;
} Pair;

static void
action_free (gpointer data)
{
  fr_negotiation_action_clear (data);
  g_free (data);
}

static void
put_on_the_way (End *to, const FrNegotiationAction *action)
{
  FrNegotiationAction *copy;

  if (to->incoming.length >= MOST_ON_THE_WAY)
    return;
  copy = g_new (FrNegotiationAction, 1);
  *copy = *action;
  copy->text = g_strdup (action->text);
  g_queue_push_tail (&to->incoming, copy);
}

static void
check_action (Pair *pair, End *self, const FrNegotiationAction *action)
{
  End *other = self == &pair->ends[0] ? &pair->ends[1] : &pair->ends[0];

  g_assert_false (self->closed);
  switch (action->type)
    {
    case FR_NEGOTIATION_CREATE_OFFER:
    case FR_NEGOTIATION_CREATE_ANSWER:
      g_assert_true ((action->type == FR_NEGOTIATION_CREATE_OFFER) == (self == &pair->ends[0]));
      g_assert_false (self->makes_description);
      self->makes_description = TRUE;
      break;
    case FR_NEGOTIATION_APPLY_DESCRIPTION:
      g_assert_cmpuint (++self->n_applied, ==, 1);
      break;
    case FR_NEGOTIATION_APPLY_CANDIDATE:
      g_assert_cmpuint (self->n_applied, ==, 1);
      g_assert_cmpuint (++self->n_candidates, <=, FR_NEGOTIATION_MAX_CANDIDATES);
      g_assert_cmpuint (action->mline, ==, 0);
      break;
    case FR_NEGOTIATION_SEND_DESCRIPTION:
      g_assert_true (self->makes_description);
      g_assert_cmpuint (++self->n_sent, ==, 1);
      put_on_the_way (other, action);
      break;
    case FR_NEGOTIATION_SEND_CANDIDATE:
      g_assert_cmpuint (self->n_sent, ==, 1);
      put_on_the_way (other, action);
      break;
    case FR_NEGOTIATION_GIVE_UP:
      g_assert_cmpint (fr_negotiation_get_state (self->negotiation), ==, FR_NEGOTIATION_TIMED_OUT);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
drain (Pair *pair, End *self)
{
  FrNegotiationAction action = { 0 };

  while (fr_negotiation_next_action (self->negotiation, &action))
    {
      check_action (pair, self, &action);
      fr_negotiation_action_clear (&action);
    }
}

/* Everything goes forward, and time passes without anything being overdue. */
static void
check (Pair *pair, End *self)
{
  FrNegotiationState state = fr_negotiation_get_state (self->negotiation);

  drain (pair, self);
  g_assert_cmpint (state, >=, self->state);
  self->state = state;
  if (state == FR_NEGOTIATION_OPEN || state >= FR_NEGOTIATION_TIMED_OUT || state == FR_NEGOTIATION_NEW)
    g_assert_cmpint (fr_negotiation_next_deadline (self->negotiation), ==, G_MAXINT64);
  else
    g_assert_cmpint (fr_negotiation_next_deadline (self->negotiation), <=, pair->now_us + FR_NEGOTIATION_TIMEOUT_US);
}

/* What is said by the line: a description or a candidate, wherever it came from. */
static void
hear (Pair *pair, End *self, FrNegotiationActionType type, guint mline, const char *text)
{
  FrNegotiationState before = fr_negotiation_get_state (self->negotiation);
  gboolean taken;

  if (type == FR_NEGOTIATION_SEND_DESCRIPTION)
    {
      taken = fr_negotiation_remote_description (self->negotiation, text, pair->now_us);
      g_assert_true (taken == (fr_negotiation_get_state (self->negotiation) != before));
    }
  else
    {
      taken = fr_negotiation_remote_candidate (self->negotiation, mline, text);
      g_assert_cmpint (fr_negotiation_get_state (self->negotiation), ==, before);
    }
}

static void
deliver (Pair *pair, End *self, FuzzInput *input)
{
  guint which = fuzz_take_below (input, MOST_ON_THE_WAY);
  guint fate = fuzz_take_below (input, 8);
  FrNegotiationAction *action = g_queue_pop_nth (&self->incoming, which % MAX (self->incoming.length, 1));

  if (action == NULL)
    return;
  if (fate > 0) /* else it is lost */
    hear (pair, self, action->type, action->mline, action->text);
  if (fate == 1) /* and once more later */
    g_queue_push_tail (&self->incoming, action);
  else
    action_free (action);
}

static void
inject (Pair *pair, End *self, FuzzInput *input)
{
  gboolean description = fuzz_take_below (input, 4) == 0;
  guint mline = fuzz_take_below (input, 2), n = 1 + fuzz_take_below (input, 80);
  g_autofree char *text = fuzz_take_text (input, 100);

  while (n-- > 0)
    hear (pair, self, description ? FR_NEGOTIATION_SEND_DESCRIPTION : FR_NEGOTIATION_SEND_CANDIDATE, mline,
          *text != '\0' ? text : GOOD_CANDIDATE);
}

static void
step (Pair *pair, FuzzInput *input)
{
  End *self = &pair->ends[fuzz_take_below (input, N_ENDS)];

  switch (fuzz_take_below (input, 10))
    {
    case 0:
      fr_negotiation_start (self->negotiation, pair->now_us);
      break;
    case 1:
      if (fr_negotiation_local_description (self->negotiation, "v=0", pair->now_us))
        g_assert_true (self->makes_description);
      break;
    case 2:
      fr_negotiation_local_candidate (self->negotiation, 0, GOOD_CANDIDATE);
      break;
    case 3:
      inject (pair, self, input);
      break;
    case 4:
      if (fr_negotiation_opened (self->negotiation))
        g_assert_true (self->n_applied == 1 && self->n_sent == 1);
      break;
    case 5:
      pair->now_us += (gint64) fuzz_take_below (input, 256) * 100000;
      fr_negotiation_tick (self->negotiation, pair->now_us);
      g_assert_cmpint (fr_negotiation_next_deadline (self->negotiation), >, pair->now_us);
      break;
    case 6:
      if (fuzz_take_below (input, 8) == 0)
        {
          fr_negotiation_close (self->negotiation);
          self->closed = TRUE;
        }
      break;
    default:
      deliver (pair, self, input);
    }
  check (pair, self);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  Pair pair = { .now_us = 1 };

  for (guint i = 0; i < N_ENDS; i++)
    pair.ends[i].negotiation = fr_negotiation_new (i == 0, 0);
  while (input.left > 0)
    step (&pair, &input);
  for (guint i = 0; i < N_ENDS; i++)
    {
      fr_negotiation_free (pair.ends[i].negotiation);
      g_queue_clear_full (&pair.ends[i].incoming, action_free);
    }
  return 0;
}
