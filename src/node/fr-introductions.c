/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-introductions-private.h"

#include <string.h>

#include "fr-clock.h"
#include "fr-letter.h"
#include "fr-node-error.h"
#include "fr-peer-name.h"

G_DEFINE_FINAL_TYPE (FrIntroductions, fr_introductions, G_TYPE_OBJECT)

/* What is remembered of a dial that is over: that it was. */
typedef struct
{
  FrAgedEntry entry;
} Ended;

enum
{
  SIGNAL,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static FrIntroduction *
find (FrIntroductions *self, const char *connection_id)
{
  return connection_id != NULL ? g_hash_table_lookup (self->dials, connection_id) : NULL;
}

/* A dial id is named with who signed it, or others could use it up. */
static FrQueryId
name_of_dial (const FrDialNote *note)
{
  guint8 bytes[FR_PEER_KEY_SIZE + FR_DIAL_ID_SIZE];
  FrQueryId id;

  memcpy (bytes, note->key.bytes, FR_PEER_KEY_SIZE);
  memcpy (bytes + FR_PEER_KEY_SIZE, note->dial_id, FR_DIAL_ID_SIZE);
  fr_query_id_from_signed (&id, bytes, sizeof bytes);
  return id;
}

/* An offer is answered by the way that it came; the switchboard ends what it does not take. */
static FrIntroduction *
begin_incoming (FrIntroductions *self, const FrSignal *offer, FrWay way, const FrDialTarget *from)
{
  FrDialTarget target = { .address = offer->src };
  FrIntroduction *introduction;

  if (from != NULL)
    target.route = from->route;
  target.key = offer->note.key;
  target.has_route = from != NULL;
  introduction = fr_introduction_new (self, offer->connection_id, &target);
  introduction->states[way] = FR_WAY_USED;
  memcpy (introduction->signature, offer->note.signature, FR_DIAL_SIGNATURE_SIZE);
  g_hash_table_insert (self->dials, introduction->connection_id, introduction);
  return introduction;
}

/* The same offer once more: it is not answered again, but the answer that there is goes this way too. */
static void
take_copy (FrIntroduction *introduction, const FrSignal *offer, FrWay way, const FrDialTarget *from)
{
  if (introduction->outgoing || introduction->states[way] == FR_WAY_USED || !offer->has_note
      || memcmp (introduction->signature, offer->note.signature, FR_DIAL_SIGNATURE_SIZE) != 0
      || g_strcmp0 (introduction->target.address, offer->src) != 0)
    return;
  if (from != NULL)
    introduction->target.route = from->route;
  fr_introduction_use_way (introduction, way);
}

static gboolean
is_about_all (const FrSignal *signal)
{
  return signal->type == FR_SIGNAL_EXPIRE || (signal->type == FR_SIGNAL_LEAVE && signal->connection_id == NULL);
}

/* EXPIRE and a LEAVE of the server's own name no connection: they are about everything that waits for that peer there. */
static void
take_absence (FrIntroductions *self, const FrSignal *signal, FrWay way, FrIntroduction *visitor)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->dials);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      FrIntroduction *introduction = value;
      gboolean is_there = visitor != NULL ? introduction == visitor : introduction->visits[way] == NULL;

      if (introduction->outgoing && introduction->way == FR_WAY_NONE && is_there
          && introduction->states[way] == FR_WAY_USED
          && g_strcmp0 (introduction->target.address, signal->src) == 0)
        fr_introduction_fail_way (introduction, way, FR_NODE_ERROR_NOT_THERE);
    }
}

/* Whatever a server, ours or another, hands out. */
void
fr_introductions_take (FrIntroductions *self, const FrSignal *signal, FrWay way, FrIntroduction *visitor)
{
  g_autoptr (FrIntroductions) keep = g_object_ref (self);

  if (signal->src == NULL)
    return;
  if (is_about_all (signal))
    take_absence (self, signal, way, visitor);
  else if (signal->type != FR_SIGNAL_OFFER)
    g_signal_emit (self, signals[SIGNAL], 0, signal, way);
  else if (visitor != NULL)
    return;
  else if (find (self, signal->connection_id) != NULL)
    take_copy (find (self, signal->connection_id), signal, way, NULL);
  else
    {
      begin_incoming (self, signal, way, NULL);
      g_signal_emit (self, signals[SIGNAL], 0, signal, way);
    }
}

static void
registration_signal_cb (FrRegistration *registration, const FrSignal *signal, gpointer data)
{
  fr_introductions_take (data, signal, FR_WAY_SERVER, NULL);
}

static void
doorbell_signal_cb (FrRegistration *registration, const FrSignal *signal, gpointer data)
{
  /* whom we dial is somewhere else */
  if (!is_about_all (signal))
    fr_introductions_take (data, signal, FR_WAY_DOORBELL, NULL);
}

static void
take_letter_signal (FrIntroductions *self, const FrSignal *signal, const FrDialTarget *from)
{
  FrIntroduction *introduction = find (self, signal->connection_id);

  if (signal->type == FR_SIGNAL_OFFER)
    {
      /* another's key in the frame would have our answer go to somebody else */
      if (!signal->has_note || !fr_peer_key_equal (&signal->note.key, &from->key))
        return;
      if (introduction != NULL)
        {
          take_copy (introduction, signal, FR_WAY_OVERLAY, from);
          return;
        }
      begin_incoming (self, signal, FR_WAY_OVERLAY, from);
    }
  else if (introduction == NULL || !fr_peer_key_equal (&introduction->target.key, &from->key))
    return;
  g_signal_emit (self, signals[SIGNAL], 0, signal, FR_WAY_OVERLAY);
}

/* For an introduction that has no way left. The handler is to end it. */
void
fr_introductions_report_failed (FrIntroductions *self, FrIntroduction *introduction)
{
  g_autofree char *connection_id = g_strdup (introduction->connection_id);
  guint code = introduction->has_code ? introduction->code : FR_NODE_ERROR_NO_SERVER;

  g_signal_emit (self, signals[FAILED], 0, connection_id, code);
}

static void
fr_introductions_dispose (GObject *object)
{
  FrIntroductions *self = FR_INTRODUCTIONS (object);

  g_hash_table_remove_all (self->dials);
  self->carrier = (FrLetterCarrier) { 0 };
  g_clear_object (&self->registration);
  g_clear_object (&self->doorbell);
  G_OBJECT_CLASS (fr_introductions_parent_class)->dispose (object);
}

static void
fr_introductions_finalize (GObject *object)
{
  FrIntroductions *self = FR_INTRODUCTIONS (object);

  g_clear_pointer (&self->identity, fr_identity_unref);
  g_clear_pointer (&self->dials, g_hash_table_unref);
  g_clear_pointer (&self->ended, fr_aged_table_free);
  g_clear_pointer (&self->added, g_hash_table_unref);
  g_free (self->address);
  G_OBJECT_CLASS (fr_introductions_parent_class)->finalize (object);
}

static void
fr_introductions_class_init (FrIntroductionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_introductions_dispose;
  object_class->finalize = fr_introductions_finalize;
  signals[SIGNAL] = g_signal_new ("signal", FR_TYPE_INTRODUCTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, FR_TYPE_SIGNAL | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", FR_TYPE_INTRODUCTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
}

static void
fr_introductions_init (FrIntroductions *self)
{
  self->dials = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) fr_introduction_free);
  self->added = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
  self->ended = fr_aged_table_new (sizeof (Ended), FR_INTRODUCTIONS_MAX_ENDED, FR_INTRODUCTIONS_ENDED_US);
  fr_token_bucket_init (&self->letters, FR_INTRODUCTIONS_LETTER_RATE, FR_INTRODUCTIONS_LETTER_BURST,
                        fr_clock_now_us ());
}

/**
 * fr_introductions_new:
 * @identity: who we are
 * @registration: our place at a rendezvous server
 *
 * Returns: (transfer full): introductions that know no way but the server
 */
FrIntroductions *
fr_introductions_new (FrIdentity *identity, FrRegistration *registration)
{
  FrIntroductions *self = g_object_new (FR_TYPE_INTRODUCTIONS, NULL);

  self->identity = fr_identity_ref (identity);
  self->registration = g_object_ref (registration);
  g_signal_connect_object (registration, "signal", G_CALLBACK (registration_signal_cb), self, 0);
  return self;
}

/**
 * fr_introductions_set_carrier:
 * @self: introductions
 * @carrier: (nullable): what carries letters along links; copied
 * @data: for its functions; outlives @self, or is taken away before
 *
 * Opens the way along links.
 */
void
fr_introductions_set_carrier (FrIntroductions *self, const FrLetterCarrier *carrier, gpointer data)
{
  self->carrier = carrier != NULL ? *carrier : (FrLetterCarrier) { 0 };
  self->carrier_data = data;
}

/**
 * fr_introductions_set_doorbell:
 * @self: introductions
 * @doorbell: (nullable): our place at our own server
 *
 * Takes offers that come to our doorbell.
 */
void
fr_introductions_set_doorbell (FrIntroductions *self, FrRegistration *doorbell)
{
  if (self->doorbell != NULL)
    g_signal_handlers_disconnect_by_data (self->doorbell, self);
  g_set_object (&self->doorbell, doorbell);
  if (doorbell != NULL)
    g_signal_connect_object (doorbell, "signal", G_CALLBACK (doorbell_signal_cb), self, 0);
}

/**
 * fr_introductions_set_address:
 * @self: introductions
 * @address: (nullable): what we call ourselves
 *
 * Sets what we are called as long as no server has said that.
 */
void
fr_introductions_set_address (FrIntroductions *self, const char *address)
{
  g_free (self->address);
  self->address = g_strdup (address);
}

/**
 * fr_introductions_get_address:
 * @self: introductions
 *
 * Returns: (nullable): what we are called, at whatever server
 */
const char *
fr_introductions_get_address (FrIntroductions *self)
{
  const char *address = self->registration != NULL ? fr_registration_get_address (self->registration) : NULL;

  return address != NULL ? address : self->address;
}

/**
 * fr_introductions_is_called:
 * @self: introductions
 * @address: whom somebody would like to reach
 *
 * Along links an offer goes to a key, and may name an address that we had at another server.
 *
 * Returns: whether that may be us
 */
gboolean
fr_introductions_is_called (FrIntroductions *self, const char *address)
{
  return g_strcmp0 (address, fr_introductions_get_address (self)) == 0
         || (self->address != NULL && fr_peer_address_is_of (address, self->address));
}

/**
 * fr_introductions_set_address_rule:
 * @self: introductions
 * @rule: where a stranger's record may send us; copied
 *
 * Sets which servers and doorbells are visited from now on. At first those at public addresses are.
 */
void
fr_introductions_set_address_rule (FrIntroductions *self, const FrAddressRule *rule)
{
  self->rule = *rule;
}

/**
 * fr_introductions_set_added:
 * @self: introductions
 * @key: somebody
 * @added: whether the person has added them
 *
 * Tells who is no stranger: their servers and doorbells are visited wherever they are.
 */
void
fr_introductions_set_added (FrIntroductions *self, const FrPeerKey *key, gboolean added)
{
  if (added)
    g_hash_table_add (self->added, g_memdup2 (key, sizeof *key));
  else
    g_hash_table_remove (self->added, key);
}

/**
 * fr_introductions_can_reach:
 * @self: introductions
 * @target: whom
 * @out_code: (out): a #FrNodeError, why not; untouched if there is a way
 *
 * Returns: whether there is any way to try
 */
gboolean
fr_introductions_can_reach (FrIntroductions *self, const FrDialTarget *target, guint *out_code)
{
  const char *server = fr_registration_get_server (self->registration);
  gboolean has_address = target->address != NULL && *target->address != '\0';
  gboolean elsewhere = target->server != NULL && *target->server != '\0' && g_strcmp0 (target->server, server) != 0;

  if (fr_introductions_get_address (self) == NULL)
    *out_code = FR_NODE_ERROR_NO_SERVER;
  else if (has_address && (elsewhere || fr_registration_is_online (self->registration)))
    return TRUE;
  else if (has_address && target->doorbell != NULL && *target->doorbell != '\0')
    return TRUE;
  else if (target->key_expected && self->carrier.has_route != NULL
           && (self->carrier.can_locate (self->carrier_data)
               || self->carrier.has_route (self->carrier_data, &target->route, &target->key)))
    return TRUE;
  else
    *out_code = has_address ? FR_NODE_ERROR_NO_SERVER : FR_NODE_ERROR_OTHER_SERVER;
  return FALSE;
}

/**
 * fr_introductions_begin:
 * @self: introductions
 * @connection_id: of the dial
 * @target: whom it is for; copied
 *
 * Prepares for a dial of our own; its offer follows by fr_introductions_send().
 */
void
fr_introductions_begin (FrIntroductions *self, const char *connection_id, const FrDialTarget *target)
{
  FrIntroduction *introduction = fr_introduction_new (self, connection_id, target);

  introduction->outgoing = TRUE;
  g_hash_table_replace (self->dials, introduction->connection_id, introduction);
}

/**
 * fr_introductions_settle:
 * @self: introductions
 * @connection_id: of a dial of ours
 * @way: by which a good answer has come
 *
 * Keeps to one way.
 */
void
fr_introductions_settle (FrIntroductions *self, const char *connection_id, FrWay way)
{
  FrIntroduction *introduction = find (self, connection_id);

  if (introduction != NULL && introduction->way == FR_WAY_NONE)
    fr_introduction_settle (introduction, way);
}

/**
 * fr_introductions_fail_way:
 * @self: introductions
 * @connection_id: of a dial
 * @way: by which nothing good can come
 * @code: a #FrNodeError
 *
 * Gives up one way. “failed” follows when it was the last.
 */
void
fr_introductions_fail_way (FrIntroductions *self, const char *connection_id, FrWay way, guint code)
{
  FrIntroduction *introduction = find (self, connection_id);

  if (introduction == NULL)
    return;
  fr_introduction_fail_way (introduction, way, code);
  if (!introduction->outgoing || introduction->way != FR_WAY_NONE)
    fr_introductions_report_failed (self, introduction);
}

/**
 * fr_introductions_get_error:
 * @self: introductions
 * @connection_id: of a dial
 * @out_code: (out): a #FrNodeError; untouched if there is none
 *
 * Returns: whether a way has failed that tells why nobody answers
 */
gboolean
fr_introductions_get_error (FrIntroductions *self, const char *connection_id, guint *out_code)
{
  FrIntroduction *introduction = find (self, connection_id);

  if (introduction == NULL || !introduction->has_code)
    return FALSE;
  *out_code = introduction->code;
  return TRUE;
}

/**
 * fr_introductions_send:
 * @self: introductions
 * @signal: what we say in a dial that has begun
 *
 * Sends an offer, an answer, a candidate or a LEAVE.
 */
void
fr_introductions_send (FrIntroductions *self, const FrSignal *signal)
{
  FrIntroduction *introduction = find (self, signal->connection_id);

  if (introduction != NULL)
    fr_introduction_say (introduction, signal);
}

/**
 * fr_introductions_end:
 * @self: introductions
 * @connection_id: of a dial that is over
 *
 * Forgets a dial, and leaves the servers that were visited for it.
 */
void
fr_introductions_end (FrIntroductions *self, const char *connection_id)
{
  FrIntroduction *introduction = find (self, connection_id);

  if (introduction == NULL)
    return;
  if (introduction->states[FR_WAY_OVERLAY] == FR_WAY_USED)
    fr_introduction_post (introduction); /* a refusal may wait */
  g_hash_table_remove (self->dials, introduction->connection_id);
}

/**
 * fr_introductions_remember:
 * @self: introductions
 * @note: of an offer whose signature is good
 *
 * Remembers for a minute that this offer has been dealt with, as copies of it may come by other ways.
 */
void
fr_introductions_remember (FrIntroductions *self, const FrDialNote *note)
{
  FrQueryId id = name_of_dial (note);

  if (!fr_introductions_remembers (self, note))
    fr_aged_table_insert (self->ended, &id, fr_clock_now_us ());
}

/**
 * fr_introductions_remembers:
 * @self: introductions
 * @note: of an offer
 *
 * Returns: whether that offer has been dealt with in the last minute
 */
gboolean
fr_introductions_remembers (FrIntroductions *self, const FrDialNote *note)
{
  FrQueryId id = name_of_dial (note);

  return fr_aged_table_lookup (self->ended, &id, fr_clock_now_us ()) != NULL;
}

/**
 * fr_introductions_take_letter:
 * @self: introductions
 * @route: that it came by, and that an answer goes by
 * @from: whose it is, as the frame says
 * @letter: sealed
 *
 * Takes what came along links. What is not for us, not signed by @from, or more than a person could send, is dropped.
 */
void
fr_introductions_take_letter (FrIntroductions *self, const FrQueryId *route, const FrPeerKey *from, GBytes *letter)
{
  FrDialTarget sender = { .key = *from, .route = *route };
  g_autoptr (GPtrArray) said = NULL;

  if (!fr_token_bucket_take (&self->letters, 1, fr_clock_now_us ()))
    return;
  said = fr_letter_open (self->identity, letter);
  for (guint i = 0; said != NULL && i < said->len; i++)
    take_letter_signal (self, g_ptr_array_index (said, i), &sender);
}

/**
 * fr_introductions_located:
 * @self: introductions
 * @key: who has been found
 * @route: that leads there
 *
 * Lets dials to somebody who was looked for go on.
 */
void
fr_introductions_located (FrIntroductions *self, const FrPeerKey *key, const FrQueryId *route)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->dials);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      FrIntroduction *introduction = value;

      if (!introduction->outgoing || introduction->way != FR_WAY_NONE
          || introduction->states[FR_WAY_OVERLAY] != FR_WAY_WAITING
          || !fr_peer_key_equal (&introduction->target.key, key))
        continue;
      introduction->target.route = *route;
      introduction->target.has_route = TRUE;
      introduction->states[FR_WAY_OVERLAY] = FR_WAY_UNTRIED;
      fr_introduction_wake (introduction);
    }
}
