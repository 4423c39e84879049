/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-switchboard-private.h"

#include "fr-clock.h"
#include "fr-dial-proof.h"
#include "fr-negotiation.h"

/* Offers that come: each is checked for all that it may be refused for before anything is made for it. And whom we may
 * dial. */

/* Whoever floods us with offers must not have us flood the server in turn: it would throw us out. */
static void
send_leave (FrSwitchboard *self, const FrSignal *offer, const char *reason)
{
  g_autoptr (FrSignal) leave = NULL;

  if (!fr_token_bucket_take (&self->leaves, 1, fr_clock_now_us ()))
    return;
  leave = fr_signal_new (FR_SIGNAL_LEAVE);
  leave->src = g_strdup (offer->dst);
  leave->dst = g_strdup (offer->src);
  leave->connection_id = g_strdup (offer->connection_id);
  leave->reason = g_strdup (reason);
  fr_introductions_send (self->introductions, leave);
}

static guint
count_transfers (FrSwitchboard *self, const FrPeerKey *key)
{
  guint n = 0;

  for (guint i = 0; i < self->links->len; i++)
    {
      FrLink *link = g_ptr_array_index (self->links, i);

      if (!fr_link_is_dialler (link) && fr_link_get_state (link) == FR_LINK_READY
          && fr_link_get_purpose (link) == FRESHET__PURPOSE__PURPOSE_TRANSFER
          && fr_peer_key_equal (fr_link_get_key (link), key))
        n++;
    }
  return n;
}

/* Sessions that somebody has offered, and that are on their way. */
static guint
count_pending (FrSwitchboard *self, const FrPeerKey *key, FrDialPurpose purpose)
{
  guint n = 0;

  for (guint i = 0; i < self->dials->len; i++)
    {
      FrDial *dial = g_ptr_array_index (self->dials, i);

      n += !fr_dial_is_outgoing (dial) && fr_dial_get_purpose (dial) == purpose
           && fr_peer_key_equal (&fr_dial_get_target (dial)->key, key);
    }
  return n;
}

/* Whether somebody, by whatever names they call themselves, has enough of us. */
static gboolean
has_enough (FrSwitchboard *self, const FrDialNote *note)
{
  guint n = count_pending (self, &note->key, note->purpose);

  if (note->purpose == FR_DIAL_PURPOSE_TRANSFER)
    return n + count_transfers (self, &note->key) >= FR_SWITCHBOARD_MAX_TRANSFERS;
  return n >= FR_SWITCHBOARD_MAX_PENDING;
}

/* Strangers who wait for the person, or are about to. */
static guint
count_held (FrSwitchboard *self)
{
  guint n = 0;

  for (guint i = 0; i < self->links->len; i++)
    n += fr_link_is_held (g_ptr_array_index (self->links, i));
  for (guint i = 0; i < self->dials->len; i++)
    n += fr_dial_is_held (g_ptr_array_index (self->dials, i));
  return n;
}

/* What they are called, where that is more than their own word. */
static const char *
vouched_address (const FrSignal *offer, FrWay way)
{
  return way == FR_WAY_SERVER ? offer->src : NULL;
}

static FrAdmissionVerdict
judge (FrSwitchboard *self, const FrSignal *offer, FrWay way)
{
  if (self->policy == NULL)
    return FR_ADMISSION_YES;
  return self->policy (&offer->note.key, vouched_address (offer, way), offer->note.purpose,
                       count_held (self), self->policy_data);
}

/* Returns why an offer is not taken, or NULL. */
static const char *
refuse_offer (FrSwitchboard *self, const FrSignal *offer, FrWay way, gboolean *out_held)
{
  FrAdmissionVerdict verdict;

  if (!fr_token_bucket_take (&self->offers, 1, fr_clock_now_us ())
      || self->links->len + self->dials->len >= FR_SWITCHBOARD_MAX_SESSIONS
      || fr_switchboard_count_dials (self, FALSE, offer->src) >= FR_SWITCHBOARD_MAX_PENDING)
    return FR_LEAVE_BUSY;
  if (offer->note.version_min > FR_PROTOCOL_VERSION || offer->note.version_max < FR_PROTOCOL_VERSION)
    return FR_LEAVE_VERSION;
  if (!fr_dial_proof_verify (offer))
    return FR_LEAVE_SIGNATURE;
  if (fr_peer_key_equal (&offer->note.key, fr_identity_get_key (self->identity)))
    return FR_LEAVE_REFUSED;
  if (has_enough (self, &offer->note))
    return FR_LEAVE_BUSY;
  verdict = judge (self, offer, way);
  *out_held = verdict == FR_ADMISSION_ASK;
  if (verdict == FR_ADMISSION_NO)
    return FR_LEAVE_REFUSED;
  return verdict == FR_ADMISSION_LATER ? FR_LEAVE_BUSY : NULL;
}

/* A dial of ours that this key would be a good answer to: by whatever name, where the key is known; else at that address,
 * NULL if nobody vouches for one. */
static FrDial *
find_outgoing (FrSwitchboard *self, const char *address, const FrPeerKey *key, FrDialPurpose purpose)
{
  for (guint i = 0; i < self->dials->len; i++)
    {
      FrDial *dial = g_ptr_array_index (self->dials, i);
      const FrDialTarget *target = fr_dial_get_target (dial);

      if (fr_dial_is_outgoing (dial) && fr_dial_get_purpose (dial) == purpose && fr_dial_accepts_key (dial, key)
          && (target->key_expected || (address != NULL && g_strcmp0 (target->address, address) == 0)))
        return dial;
    }
  return NULL;
}

/* Returns whether a dial of our own to the same peer goes on instead. */
static gboolean
settle_glare (FrSwitchboard *self, const FrSignal *offer, FrWay way, gboolean *out_replaces)
{
  FrDial *ours = find_outgoing (self, vouched_address (offer, way), &offer->note.key, FR_DIAL_PURPOSE_LINK);

  if (ours == NULL || offer->note.purpose != FR_DIAL_PURPOSE_LINK)
    return FALSE;
  if (fr_dial_id_wins (fr_dial_get_id (ours), offer->note.dial_id))
    return TRUE; /* the other side gives its own up as soon as it sees ours */
  fr_dial_abandon (ours, FRESHET__BYE__REASON__REASON_DUPLICATE);
  fr_switchboard_drop_dial (self, ours);
  *out_replaces = TRUE;
  return FALSE;
}

static void
refuse_other_program (FrSwitchboard *self, const FrSignal *offer)
{
  /* more of these than anybody makes by hand are not even answered */
  if (!fr_token_bucket_take (&self->offers, 1, fr_clock_now_us ()))
    return;
  send_leave (self, offer, FR_LEAVE_OTHER_PROGRAM);
  fr_switchboard_tell_other_program (self, offer->src);
}

/* Returns whether there is a dial for the offer now. */
static gboolean
answer_offer (FrSwitchboard *self, const FrSignal *offer, FrWay way)
{
  FrDialOptions options = { .identity = self->identity, .name = self->name, .webrtc = &self->webrtc, .way = way };
  const char *refusal;

  if (!offer->has_note)
    {
      refuse_other_program (self, offer);
      return FALSE;
    }
  refusal = refuse_offer (self, offer, way, &options.held);
  if (refusal != NULL)
    send_leave (self, offer, refusal);
  /* a copy that was spoilt on its way takes nothing from the others */
  if (g_strcmp0 (refusal, FR_LEAVE_SIGNATURE) != 0)
    fr_introductions_remember (self->introductions, &offer->note);
  if (refusal != NULL || settle_glare (self, offer, way, &options.replaces))
    return FALSE;
  options.held = options.held && !options.replaces; /* the person wants whom we had dialled */
  options.target.address = offer->src;
  options.target.key = offer->note.key;
  options.target.key_expected = TRUE;
  options.purpose = offer->note.purpose;
  options.own_address = offer->dst;
  fr_switchboard_add_dial (self, fr_dial_new_incoming (&options, offer));
  return TRUE;
}

/* An offer whose connection id no dial has. The introduction that began with it ends if it is not taken. */
void
fr_switchboard_take_offer (FrSwitchboard *self, const FrSignal *signal, FrWay way)
{
  g_autoptr (FrSignal) offer = fr_signal_copy (signal);

  /* what was signed names whom it is for; a server may leave that out when it relays */
  if (way == FR_WAY_SERVER || offer->dst == NULL)
    {
      g_free (offer->dst);
      offer->dst = g_strdup (fr_introductions_get_address (self->introductions));
    }
  /* our answer says that we are whom the offer names; what was meant for another has been passed on to be misused */
  if (self->name == NULL || fr_switchboard_find_dial (self, offer->connection_id) != NULL
      || (way == FR_WAY_OVERLAY && !fr_introductions_is_called (self->introductions, offer->dst))
      || (offer->has_note && fr_introductions_remembers (self->introductions, &offer->note))
      || !answer_offer (self, offer, way))
    if (fr_switchboard_find_dial (self, offer->connection_id) == NULL)
      fr_introductions_end (self->introductions, offer->connection_id);
}

/* Whether whom we would dial is not kept out; where their key is not known yet, that is seen when they are there. */
gboolean
fr_switchboard_may_dial (FrSwitchboard *self, const FrDialTarget *target, guint *out_code)
{
  return self->dial_policy == NULL || !target->key_expected
         || self->dial_policy (&target->key, out_code, self->policy_data);
}

/**
 * fr_switchboard_refuse:
 * @self: a switchboard
 * @key: somebody
 * @code: a #FrNodeError: what “dial-failed” says of those dials that somebody here waits for
 *
 * Gives up everything that is still to become a session with somebody, from either side. Links stay.
 */
void
fr_switchboard_refuse (FrSwitchboard *self, const FrPeerKey *key, guint code)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_object_unref);
  FrWaitingDial *next;

  for (guint i = 0; i < self->dials->len; i++)
    if (fr_peer_key_equal (&fr_dial_get_target (g_ptr_array_index (self->dials, i))->key, key))
      g_ptr_array_add (refused, g_object_ref (g_ptr_array_index (self->dials, i)));
  for (guint i = 0; i < refused->len; i++)
    {
      fr_dial_abandon (g_ptr_array_index (refused, i), FRESHET__BYE__REASON__REASON_REFUSED);
      fr_switchboard_drop_dial (self, g_ptr_array_index (refused, i));
    }
  while ((next = fr_waiting_dials_take (self->waiting, key)) != NULL)
    {
      fr_switchboard_tell_failed (self, &next->target, next->purpose, code);
      fr_waiting_dial_free (next);
    }
  for (guint i = 0; i < refused->len; i++)
    {
      FrDial *dial = g_ptr_array_index (refused, i);

      if (fr_dial_is_wanted (dial))
        fr_switchboard_tell_failed (self, fr_dial_get_target (dial), fr_dial_get_purpose (dial), code);
    }
  fr_switchboard_start_waiting (self);
}

/**
 * fr_switchboard_set_policy:
 * @self: a switchboard
 * @policy: (nullable): says whether somebody who offers a session may come in; %NULL: anyone
 * @dial_policy: (nullable): says whether somebody may be dialled; %NULL: anyone
 * @data: for both; outlives @self, or is taken away before
 *
 * Sets who is asked before a link that somebody else offers is answered, and before somebody is dialled.
 */
void
fr_switchboard_set_policy (FrSwitchboard *self, FrAdmissionPolicy policy, FrDialPolicy dial_policy, gpointer data)
{
  self->policy = policy;
  self->dial_policy = dial_policy;
  self->policy_data = data;
}
