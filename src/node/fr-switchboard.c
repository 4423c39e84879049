/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-switchboard-private.h"

#include "fr-clock.h"
#include "fr-negotiation.h"
#include "fr-node-error.h"

#define OFFER_RATE 10 /* incoming offers a second that are looked at: each costs a signature check */
#define GLARE_WINDOW_US (5 * G_USEC_PER_SEC) /* two sessions this close together were dialled at the same time */

G_DEFINE_FINAL_TYPE (FrSwitchboard, fr_switchboard, G_TYPE_OBJECT)

enum
{
  LINKED,
  UNLINKED,
  STILL_LINKED,
  DIAL_FOUND,
  DIAL_FAILED,
  OTHER_KEY,
  OTHER_PROGRAM,
  BLAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
fr_switchboard_tell_failed (FrSwitchboard *self, const FrDialTarget *target, FrDialPurpose purpose, guint code)
{
  g_autoptr (GError) error = fr_node_error_new ((FrNodeError) code, target->address);

  g_signal_emit (self, signals[DIAL_FAILED], 0, target, purpose, error);
}

FrDial *
fr_switchboard_find_dial (FrSwitchboard *self, const char *connection_id)
{
  for (guint i = 0; i < self->dials->len; i++)
    if (g_strcmp0 (fr_dial_get_connection_id (g_ptr_array_index (self->dials, i)), connection_id) == 0)
      return g_ptr_array_index (self->dials, i);
  return NULL;
}

guint
fr_switchboard_count_dials (FrSwitchboard *self, gboolean outgoing, const char *address)
{
  guint n = 0;

  for (guint i = 0; i < self->dials->len; i++)
    {
      FrDial *dial = g_ptr_array_index (self->dials, i);

      if (fr_dial_is_outgoing (dial) == outgoing
          && (address == NULL || g_strcmp0 (fr_dial_get_address (dial), address) == 0))
        n++;
    }
  return n;
}

void
fr_switchboard_drop_dial (FrSwitchboard *self, FrDial *dial)
{
  g_autoptr (FrDial) keep = g_object_ref (dial);

  g_signal_handlers_disconnect_by_data (dial, self);
  g_ptr_array_remove (self->dials, dial);
  fr_introductions_end (self->introductions, fr_dial_get_connection_id (dial));
}

/* Links */

static void
link_closed_cb (FrLink *link, gpointer data)
{
  g_autoptr (FrSwitchboard) self = g_object_ref (data);
  g_autoptr (FrLink) keep = g_object_ref (link);

  g_hash_table_remove (self->linked_us, link);
  if (g_ptr_array_remove (self->links, link))
    g_signal_emit (self, signals[UNLINKED], 0, link);
}

static void
link_blamed_cb (FrLink *link, gpointer data)
{
  g_signal_emit (data, signals[BLAMED], 0, fr_link_get_key (link));
}

static gboolean
is_better (FrLink *link, FrLink *other)
{
  if (fr_link_is_usable (link) != fr_link_is_usable (other))
    return fr_link_is_usable (link);
  return fr_dial_id_wins (fr_link_get_dial_id (link), fr_link_get_dial_id (other));
}

/* Two peers may have dialled each other in the same moment: both keep the session that nobody has to decide about yet, or
 * else the one whose dial id is smaller. A session that is older than that was lost by the other side, or it would not
 * have dialled. Returns the one that stays. */
static FrLink *
settle_duplicate (FrSwitchboard *self, FrLink *link)
{
  FrLink *other = fr_switchboard_find_link (self, fr_link_get_key (link), fr_link_get_purpose (link));
  gint64 *linked_us;

  if (other == NULL || fr_link_get_purpose (link) != FRESHET__PURPOSE__PURPOSE_LINK)
    return link;
  linked_us = g_hash_table_lookup (self->linked_us, other);
  if (fr_clock_now_us () - *linked_us < GLARE_WINDOW_US && is_better (other, link))
    {
      fr_link_close (link, FRESHET__BYE__REASON__REASON_DUPLICATE);
      return other;
    }
  fr_link_close (other, FRESHET__BYE__REASON__REASON_DUPLICATE);
  return link;
}

static void
dial_linked_cb (FrDial *dial, FrLink *link, gpointer data)
{
  g_autoptr (FrSwitchboard) self = g_object_ref (data);
  g_autoptr (FrLink) keep = g_object_ref (link);
  FrLink *stays = settle_duplicate (self, link);
  gint64 now_us = fr_clock_now_us ();

  fr_switchboard_drop_dial (self, dial);
  if (stays == link)
    {
      g_ptr_array_add (self->links, g_object_ref (link));
      g_hash_table_insert (self->linked_us, link, g_memdup2 (&now_us, sizeof now_us));
      g_signal_connect_object (link, "blamed", G_CALLBACK (link_blamed_cb), self, 0);
      g_signal_connect_object (link, "closed", G_CALLBACK (link_closed_cb), self, 0);
      g_signal_emit (self, signals[LINKED], 0, link);
    }
  else if (fr_dial_is_wanted (dial))
    g_signal_emit (self, signals[STILL_LINKED], 0, stays, fr_dial_get_address (dial));
  fr_switchboard_start_waiting (self);
}

/* Dials */

/* What is said of faults is bounded like refusals: whoever has many sessions fail has none of them flood the server. */
static void
dial_send_cb (FrDial *dial, FrSignal *signal, gpointer data)
{
  FrSwitchboard *self = data;

  if (signal->type != FR_SIGNAL_LEAVE || fr_token_bucket_take (&self->leaves, 1, fr_clock_now_us ()))
    fr_introductions_send (self->introductions, signal);
}

static void
dial_found_cb (FrDial *dial, gpointer data)
{
  FrSwitchboard *self = data;

  fr_introductions_settle (self->introductions, fr_dial_get_connection_id (dial), fr_dial_get_way (dial));
  g_signal_emit (self, signals[DIAL_FOUND], 0, fr_dial_get_address (dial), fr_dial_get_purpose (dial));
}

static void
dial_failed_cb (FrDial *dial, GError *error, gpointer data)
{
  g_autoptr (FrSwitchboard) self = g_object_ref (data);
  g_autoptr (FrDial) keep = g_object_ref (dial);
  g_autoptr (GError) better = NULL;
  guint code;

  /* silence tells less than what a way has said */
  if (g_error_matches (error, FR_NODE_ERROR, FR_NODE_ERROR_NO_ANSWER)
      && fr_introductions_get_error (self->introductions, fr_dial_get_connection_id (dial), &code))
    better = fr_node_error_new ((FrNodeError) code, fr_dial_get_address (dial));
  fr_switchboard_drop_dial (self, dial);
  if (fr_dial_is_wanted (dial) && fr_dial_get_other_key (dial) != NULL
      && fr_dial_get_purpose (dial) == FR_DIAL_PURPOSE_LINK)
    g_signal_emit (self, signals[OTHER_KEY], 0, fr_dial_get_address (dial), fr_dial_get_other_key (dial));
  if (fr_dial_is_blamed (dial))
    g_signal_emit (self, signals[BLAMED], 0, &fr_dial_get_target (dial)->key);
  if (fr_dial_is_wanted (dial))
    g_signal_emit (self, signals[DIAL_FAILED], 0, fr_dial_get_target (dial), fr_dial_get_purpose (dial),
                   better != NULL ? better : error);
  fr_switchboard_start_waiting (self);
}

void
fr_switchboard_add_dial (FrSwitchboard *self, FrDial *dial)
{
  g_ptr_array_add (self->dials, dial);
  g_signal_connect (dial, "send", G_CALLBACK (dial_send_cb), self);
  g_signal_connect (dial, "found", G_CALLBACK (dial_found_cb), self);
  g_signal_connect (dial, "linked", G_CALLBACK (dial_linked_cb), self);
  g_signal_connect (dial, "failed", G_CALLBACK (dial_failed_cb), self);
  fr_dial_start (dial);
}

static void
start_dial (FrSwitchboard *self, const FrWaitingDial *next)
{
  FrDialOptions options = { .identity = self->identity, .name = self->name, .webrtc = &self->webrtc };
  guint code;

  if (next->target.key_expected && next->purpose == FR_DIAL_PURPOSE_LINK
      && fr_switchboard_find_link (self, &next->target.key, FRESHET__PURPOSE__PURPOSE_LINK) != NULL)
    return; /* they were faster, and that has been told */
  if (!fr_switchboard_may_dial (self, &next->target, &code))
    fr_switchboard_tell_failed (self, &next->target, next->purpose, code);
  else if (!fr_introductions_can_reach (self->introductions, &next->target, &code))
    fr_switchboard_tell_failed (self, &next->target, next->purpose, code);
  else if (self->links->len + self->dials->len >= FR_SWITCHBOARD_MAX_SESSIONS)
    fr_switchboard_tell_failed (self, &next->target, next->purpose, FR_NODE_ERROR_BUSY);
  else
    {
      FrDial *dial;

      options.target = next->target;
      options.purpose = next->purpose;
      options.own_address = fr_introductions_get_address (self->introductions);
      dial = fr_dial_new_outgoing (&options);
      fr_introductions_begin (self->introductions, fr_dial_get_connection_id (dial), &next->target);
      fr_switchboard_add_dial (self, dial);
    }
}

void
fr_switchboard_start_waiting (FrSwitchboard *self)
{
  while (fr_waiting_dials_get_length (self->waiting) > 0
         && fr_switchboard_count_dials (self, TRUE, NULL) < FR_SWITCHBOARD_MAX_DIALS)
    {
      g_autoptr (FrWaitingDial) next = fr_waiting_dials_pop (self->waiting);

      start_dial (self, next);
    }
}

void
fr_switchboard_tell_other_program (FrSwitchboard *self, const char *address)
{
  g_signal_emit (self, signals[OTHER_PROGRAM], 0, address);
}

static void
introductions_signal_cb (FrIntroductions *introductions, const FrSignal *signal, guint way, gpointer data)
{
  g_autoptr (FrSwitchboard) self = g_object_ref (data);
  FrDial *dial;
  guint code;

  if (signal->type == FR_SIGNAL_OFFER)
    {
      fr_switchboard_take_offer (self, signal, way);
      return;
    }
  dial = fr_switchboard_find_dial (self, signal->connection_id);
  if (dial == NULL || g_strcmp0 (fr_dial_get_address (dial), signal->src) != 0)
    return;
  if (!fr_dial_receive (dial, signal, way, &code))
    fr_introductions_fail_way (introductions, signal->connection_id, way, code);
}

static void
introductions_failed_cb (FrIntroductions *introductions, const char *connection_id, guint code, gpointer data)
{
  g_autoptr (FrSwitchboard) self = g_object_ref (data);
  FrDial *dial = fr_switchboard_find_dial (self, connection_id);

  if (dial != NULL)
    fr_dial_give_up (dial, code);
  else
    fr_introductions_end (introductions, connection_id);
}

static void
fr_switchboard_dispose (GObject *object)
{
  FrSwitchboard *self = FR_SWITCHBOARD (object);

  g_signal_handlers_disconnect_by_data (self->introductions, self);
  while (self->dials->len > 0)
    {
      g_autoptr (FrDial) dial = g_object_ref (g_ptr_array_index (self->dials, 0));

      fr_dial_abandon (dial, FRESHET__BYE__REASON__REASON_DUPLICATE);
      fr_switchboard_drop_dial (self, dial);
    }
  /* the last reference to a link closes it, and nobody is to hear of that here any more */
  for (guint i = 0; i < self->links->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->links, i), self);
  g_ptr_array_set_size (self->links, 0);
  G_OBJECT_CLASS (fr_switchboard_parent_class)->dispose (object);
}

static void
fr_switchboard_finalize (GObject *object)
{
  FrSwitchboard *self = FR_SWITCHBOARD (object);

  g_clear_pointer (&self->identity, fr_identity_unref);
  fr_webrtc_config_clear (&self->webrtc);
  g_clear_object (&self->introductions);
  g_clear_pointer (&self->waiting, fr_waiting_dials_free);
  g_clear_pointer (&self->linked_us, g_hash_table_unref);
  g_clear_pointer (&self->dials, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_free (self->name);
  G_OBJECT_CLASS (fr_switchboard_parent_class)->finalize (object);
}

static void
fr_switchboard_class_init (FrSwitchboardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = FR_TYPE_SWITCHBOARD;

  object_class->dispose = fr_switchboard_dispose;
  object_class->finalize = fr_switchboard_finalize;

  signals[LINKED] = g_signal_new ("linked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  FR_TYPE_LINK);
  signals[UNLINKED] = g_signal_new ("unlinked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    FR_TYPE_LINK);
  signals[STILL_LINKED] = g_signal_new ("still-linked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                        FR_TYPE_LINK, G_TYPE_STRING);
  signals[DIAL_FOUND] = g_signal_new ("dial-found", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                      G_TYPE_STRING, G_TYPE_UINT);
  signals[DIAL_FAILED] = g_signal_new ("dial-failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                       G_TYPE_POINTER, G_TYPE_UINT, G_TYPE_ERROR);
  signals[OTHER_KEY] = g_signal_new ("other-key", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                     G_TYPE_STRING, G_TYPE_POINTER);
  signals[BLAMED] = g_signal_new ("blamed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_POINTER);
  signals[OTHER_PROGRAM] = g_signal_new ("other-program", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                         1, G_TYPE_STRING);
}

static void
fr_switchboard_init (FrSwitchboard *self)
{
  self->dials = g_ptr_array_new_with_free_func (g_object_unref);
  self->links = g_ptr_array_new_with_free_func (g_object_unref);
  self->linked_us = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->waiting = fr_waiting_dials_new ();
  fr_token_bucket_init (&self->leaves, FR_SWITCHBOARD_LEAVE_RATE, FR_SWITCHBOARD_LEAVE_BURST, fr_clock_now_us ());
  fr_token_bucket_init (&self->offers, OFFER_RATE, FR_SWITCHBOARD_OFFER_BURST, fr_clock_now_us ());
}

/**
 * fr_switchboard_new:
 * @identity: who we are
 * @introductions: by which offers come and go
 * @webrtc: how sessions are made; copied
 *
 * Returns: (transfer full): a switchboard
 */
FrSwitchboard *
fr_switchboard_new (FrIdentity *identity, FrIntroductions *introductions, const FrWebrtcConfig *webrtc)
{
  FrSwitchboard *self = g_object_new (FR_TYPE_SWITCHBOARD, NULL);

  self->identity = fr_identity_ref (identity);
  self->introductions = g_object_ref (introductions);
  fr_webrtc_config_copy (webrtc, &self->webrtc);
  g_signal_connect_object (introductions, "signal", G_CALLBACK (introductions_signal_cb), self, 0);
  g_signal_connect_object (introductions, "failed", G_CALLBACK (introductions_failed_cb), self, 0);
  return self;
}

/**
 * fr_switchboard_set_name:
 * @self: a switchboard
 * @name: what people call us, a valid name
 *
 * Sets the name that links made from now on greet with. Without a name nobody is dialled or answered.
 */
void
fr_switchboard_set_name (FrSwitchboard *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

/**
 * fr_switchboard_set_relays:
 * @self: a switchboard
 * @stun: (nullable): the URI of a STUN server
 * @turn: (nullable): the URI of a TURN server
 *
 * Sets what sessions made from now on use to get through firewalls.
 */
void
fr_switchboard_set_relays (FrSwitchboard *self, const char *stun, const char *turn)
{
  const char *const turns[] = { turn, NULL };

  g_free (self->webrtc.stun);
  self->webrtc.stun = g_strdup (stun);
  g_strfreev (self->webrtc.turn);
  self->webrtc.turn = turn != NULL ? g_strdupv ((char **) turns) : NULL;
}

/**
 * fr_switchboard_set_loopback_only:
 * @self: a switchboard
 * @loopback_only: whether this computer is on no network
 *
 * Sets what sessions made from now on may use.
 */
void
fr_switchboard_set_loopback_only (FrSwitchboard *self, gboolean loopback_only)
{
  self->webrtc.loopback_only = loopback_only;
}

static gboolean
is_covered (FrSwitchboard *self, const FrDialTarget *target, FrDialPurpose purpose)
{
  for (guint i = 0; i < self->dials->len; i++)
    {
      FrDial *dial = g_ptr_array_index (self->dials, i);

      if (fr_dial_is_outgoing (dial) && fr_dial_get_purpose (dial) == purpose
          && fr_dial_target_covers (fr_dial_get_target (dial), target))
        return TRUE;
    }
  return fr_waiting_dials_cover (self->waiting, target, purpose);
}

/**
 * fr_switchboard_is_dialling:
 * @self: a switchboard
 * @target: whom
 * @purpose: what for
 *
 * Returns: whether a dial is under way, or waits for its turn, that will answer for this one too
 */
gboolean
fr_switchboard_is_dialling (FrSwitchboard *self, const FrDialTarget *target, FrDialPurpose purpose)
{
  return is_covered (self, target, purpose);
}

static gboolean
is_ourselves (FrSwitchboard *self, const FrDialTarget *target)
{
  if (target->key_expected)
    return fr_peer_key_equal (&target->key, fr_identity_get_key (self->identity));
  return g_strcmp0 (target->address, fr_introductions_get_address (self->introductions)) == 0;
}

static void
dial_target (FrSwitchboard *self, const FrDialTarget *target, FrDialPurpose purpose)
{
  guint code;

  if (self->name == NULL)
    fr_switchboard_tell_failed (self, target, purpose, FR_NODE_ERROR_NO_SERVER);
  else if (!fr_introductions_can_reach (self->introductions, target, &code))
    fr_switchboard_tell_failed (self, target, purpose, code);
  else if (is_ourselves (self, target))
    fr_switchboard_tell_failed (self, target, purpose, FR_NODE_ERROR_YOURSELF);
  else if (fr_waiting_dials_get_length (self->waiting) >= FR_SWITCHBOARD_MAX_WAITING)
    fr_switchboard_tell_failed (self, target, purpose, FR_NODE_ERROR_BUSY);
  else
    {
      fr_waiting_dials_push (self->waiting, target, purpose);
      fr_switchboard_start_waiting (self);
    }
}

/**
 * fr_switchboard_dial:
 * @self: a switchboard
 * @address: whom, at our server
 * @key: (nullable): nobody but this key will do
 * @purpose: what for
 *
 * Dials a peer. Ends in “linked”, “still-linked” or “dial-failed”, unless a dial or a link to that address is there
 * already. For searches, one dial an address is enough: whoever answers is told of. For a picture, only one key will do.
 */
void
fr_switchboard_dial (FrSwitchboard *self, const char *address, const FrPeerKey *key, FrDialPurpose purpose)
{
  FrDialTarget target = { .address = (char *) address };

  if (key != NULL && purpose != FR_DIAL_PURPOSE_LINK)
    {
      target.key_expected = TRUE;
      target.key = *key;
    }
  if (is_covered (self, &target, purpose))
    return;
  if (key != NULL)
    {
      target.key_expected = TRUE;
      target.key = *key;
    }
  dial_target (self, &target, purpose);
}

/**
 * fr_switchboard_dial_target:
 * @self: a switchboard
 * @target: whom, and all that is known of how they are reached; with a key
 * @purpose: what for
 *
 * As fr_switchboard_dial(), by whatever way there is.
 */
void
fr_switchboard_dial_target (FrSwitchboard *self, const FrDialTarget *target, FrDialPurpose purpose)
{
  if (!is_covered (self, target, purpose))
    dial_target (self, target, purpose);
}

/**
 * fr_switchboard_cancel_dial:
 * @self: a switchboard
 * @address: whom, at our server
 *
 * Gives up dialling a peer for a link: nothing is emitted any more. Whoever waits for their turn may have it now.
 */
void
fr_switchboard_cancel_dial (FrSwitchboard *self, const char *address)
{
  fr_waiting_dials_drop (self->waiting, address, FR_DIAL_PURPOSE_LINK);
  for (guint i = self->dials->len; i-- > 0;)
    {
      FrDial *dial = g_ptr_array_index (self->dials, i);

      if (!fr_dial_is_wanted (dial) || fr_dial_get_purpose (dial) != FR_DIAL_PURPOSE_LINK
          || g_strcmp0 (fr_dial_get_address (dial), address) != 0)
        continue;
      fr_dial_abandon (dial, FRESHET__BYE__REASON__REASON_DUPLICATE);
      fr_switchboard_drop_dial (self, dial);
    }
  fr_switchboard_start_waiting (self);
}

/**
 * fr_switchboard_find_link:
 * @self: a switchboard
 * @key: whom
 * @purpose: what for
 *
 * Returns: (transfer none) (nullable): a link that is ready
 */
FrLink *
fr_switchboard_find_link (FrSwitchboard *self, const FrPeerKey *key, Freshet__Purpose purpose)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      FrLink *link = g_ptr_array_index (self->links, i);

      if (fr_link_get_state (link) == FR_LINK_READY && fr_link_get_purpose (link) == purpose
          && fr_peer_key_equal (fr_link_get_key (link), key))
        return link;
    }
  return NULL;
}

/**
 * fr_switchboard_get_links:
 * @self: a switchboard
 *
 * Returns: (transfer none) (element-type FrLink): all links that have not closed
 */
GPtrArray *
fr_switchboard_get_links (FrSwitchboard *self)
{
  return self->links;
}

/**
 * fr_switchboard_close_links:
 * @self: a switchboard
 * @reason: why
 *
 * Says goodbye on all links, at the same time.
 */
void
fr_switchboard_close_links (FrSwitchboard *self, Freshet__Bye__Reason reason)
{
  for (guint i = 0; i < self->links->len; i++)
    fr_link_close (g_ptr_array_index (self->links, i), reason);
}
