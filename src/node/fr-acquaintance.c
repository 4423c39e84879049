/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-acquaintance.h"

#include <string.h>

#include "fr-peer-name.h"

/**
 * fr_acquaintance_new:
 * @key: somebody's
 * @name: what they are called
 * @server: (nullable): the server where they were met
 * @address: (nullable): what they are called there
 *
 * Returns: (transfer full): somebody who has agreed to nothing
 */
FrAcquaintance *
fr_acquaintance_new (const FrPeerKey *key, const char *name, const char *server, const char *address)
{
  FrAcquaintance *self = g_new0 (FrAcquaintance, 1);

  self->key = *key;
  self->name = g_strdup (name);
  self->server = g_strdup (server != NULL ? server : "");
  self->address = g_strdup (address != NULL ? address : "");
  return self;
}

/**
 * fr_acquaintance_free:
 * @self: (nullable) (transfer full): somebody
 */
void
fr_acquaintance_free (FrAcquaintance *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->server);
  g_free (self->address);
  g_free (self);
}

/* The order says whose words they are. */
static void
write_pair (guint8 pair[2 * FR_PEER_KEY_SIZE], const FrPeerKey *signer, const FrPeerKey *other)
{
  memcpy (pair, signer->bytes, FR_PEER_KEY_SIZE);
  memcpy (pair + FR_PEER_KEY_SIZE, other->bytes, FR_PEER_KEY_SIZE);
}

/**
 * fr_acquaintance_agree:
 * @identity: our own
 * @other: another computer
 * @out_agreement: (out caller-allocates): what others are shown
 *
 * Says that another computer is the same person's as this one.
 */
void
fr_acquaintance_agree (const FrIdentity *identity, const FrPeerKey *other,
                       guint8 out_agreement[FR_IDENTITY_SIGNATURE_SIZE])
{
  guint8 pair[2 * FR_PEER_KEY_SIZE];

  write_pair (pair, fr_identity_get_key (identity), other);
  fr_identity_sign (identity, FR_SIGN_SAME_PERSON, pair, sizeof pair, out_agreement);
}

/**
 * fr_acquaintance_agrees:
 * @key: who says it
 * @other: of whom
 * @agreement: from fr_acquaintance_agree(), or from anybody
 *
 * Returns: whether @key has said that @other is the same person's
 */
gboolean
fr_acquaintance_agrees (const FrPeerKey *key, const FrPeerKey *other,
                        const guint8 agreement[FR_IDENTITY_SIGNATURE_SIZE])
{
  guint8 pair[2 * FR_PEER_KEY_SIZE];

  write_pair (pair, key, other);
  return fr_identity_verify (key, FR_SIGN_SAME_PERSON, pair, sizeof pair, agreement, FR_IDENTITY_SIGNATURE_SIZE);
}

/**
 * fr_acquaintances_new:
 * @kind: what is said
 *
 * Returns: (transfer full): nobody yet
 */
FrAcquaintances *
fr_acquaintances_new (FrAcquaintanceKind kind)
{
  FrAcquaintances *self = g_new0 (FrAcquaintances, 1);

  self->kind = kind;
  self->subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_acquaintance_free);
  return self;
}

/**
 * fr_acquaintances_free:
 * @self: (nullable) (transfer full): what somebody says
 */
void
fr_acquaintances_free (FrAcquaintances *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->subjects);
  g_free (self);
}

/**
 * fr_acquaintances_drop_others:
 * @self: what we are about to say
 * @own: who we are
 *
 * Leaves out computers whose word is about another key than ours is now: whoever is told of one takes that for a lie.
 */
void
fr_acquaintances_drop_others (FrAcquaintances *self, const FrPeerKey *own)
{
  for (guint i = self->subjects->len; self->kind == FR_ACQUAINTANCE_COMPUTERS && i > 0; i--)
    {
      const FrAcquaintance *subject = self->subjects->pdata[i - 1];

      if (!fr_acquaintance_agrees (&subject->key, own, subject->agreement))
        g_ptr_array_remove_index (self->subjects, i - 1);
    }
}

static ProtobufCBinaryData
key_data (const FrPeerKey *key)
{
  return (ProtobufCBinaryData) { FR_PEER_KEY_SIZE, (guint8 *) key->bytes };
}

static void
fill_subject (Freshet__Acquaintance *subject, const FrAcquaintance *from, FrAcquaintanceKind kind)
{
  freshet__acquaintance__init (subject);
  subject->key = key_data (&from->key);
  subject->name = fr_peer_name_is_valid (from->name) ? from->name : (char *) "?";
  /* what the protocol does not allow is of no use to others */
  if (strlen (from->server) <= FR_RECORD_SERVER_MAX_BYTES && g_utf8_validate (from->server, -1, NULL)
      && fr_peer_address_is_valid (from->address))
    {
      subject->server = from->server;
      subject->id = from->address;
    }
  if (kind == FR_ACQUAINTANCE_COMPUTERS)
    subject->agreement = (ProtobufCBinaryData) { FR_IDENTITY_SIGNATURE_SIZE, (guint8 *) from->agreement };
}

static const Freshet__IntroduceBody__Kind kinds[] = {
  [FR_ACQUAINTANCE_PERSON] = FRESHET__INTRODUCE_BODY__KIND__KIND_PERSON,
  [FR_ACQUAINTANCE_COMPUTERS] = FRESHET__INTRODUCE_BODY__KIND__KIND_COMPUTERS,
  [FR_ACQUAINTANCE_YOU] = FRESHET__INTRODUCE_BODY__KIND__KIND_YOU,
};

static GBytes *
sign_and_pack (const FrIdentity *from, const Freshet__IntroduceBody *body)
{
  g_autoptr (GBytes) packed = fr_message_pack (&body->base);
  guint8 signature[FR_IDENTITY_SIGNATURE_SIZE];
  Freshet__Introduce introduce = FRESHET__INTRODUCE__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;

  introduce.signed_.data = (guint8 *) g_bytes_get_data (packed, &introduce.signed_.len);
  fr_identity_sign (from, FR_SIGN_INTRODUCE, introduce.signed_.data, introduce.signed_.len, signature);
  introduce.signature = (ProtobufCBinaryData) { sizeof signature, signature };
  frame.body_case = FRESHET__FRAME__BODY_INTRODUCE;
  frame.introduce = &introduce;
  return fr_frame_pack (&frame);
}

/**
 * fr_acquaintances_pack:
 * @self: what we say: at most %FR_INTRODUCE_MAX_SUBJECTS, of a person exactly one
 * @from: who we are
 * @to: to whom alone
 *
 * Signs it. Whether the addressee is another computer of ours is signed once more, to be shown to others.
 *
 * Returns: (transfer full): a frame
 */
GBytes *
fr_acquaintances_pack (const FrAcquaintances *self, const FrIdentity *from, const FrPeerKey *to)
{
  Freshet__IntroduceBody body = FRESHET__INTRODUCE_BODY__INIT;
  Freshet__Acquaintance subjects[FR_INTRODUCE_MAX_SUBJECTS], *pointers[FR_INTRODUCE_MAX_SUBJECTS];
  guint8 agreement[FR_IDENTITY_SIGNATURE_SIZE];

  g_return_val_if_fail (self->subjects->len <= FR_INTRODUCE_MAX_SUBJECTS, NULL);

  body.kind = kinds[self->kind];
  body.introducer = key_data (fr_identity_get_key (from));
  body.addressee = key_data (to);
  for (guint i = 0; i < self->subjects->len; i++)
    {
      fill_subject (&subjects[i], self->subjects->pdata[i], self->kind);
      pointers[i] = &subjects[i];
    }
  body.n_subjects = self->subjects->len;
  body.subjects = pointers;
  if (self->kind == FR_ACQUAINTANCE_YOU && self->agrees)
    {
      fr_acquaintance_agree (from, to, agreement);
      body.agreement = (ProtobufCBinaryData) { sizeof agreement, agreement };
    }
  return sign_and_pack (from, &body);
}

static gboolean
is_key (const ProtobufCBinaryData *data, const FrPeerKey *key)
{
  return data->len == FR_PEER_KEY_SIZE && memcmp (data->data, key->bytes, FR_PEER_KEY_SIZE) == 0;
}

static FrAcquaintance *
read_subject (const Freshet__Acquaintance *subject)
{
  FrAcquaintance *self;
  FrPeerKey key;

  if (!fr_peer_key_from_bytes (&key, subject->key.data, subject->key.len) || fr_peer_key_is_zero (&key))
    return NULL; /* no key is what somebody has who has not been met */
  self = fr_acquaintance_new (&key, subject->name, subject->server, subject->id);
  if (subject->agreement.len == sizeof self->agreement)
    memcpy (self->agreement, subject->agreement.data, sizeof self->agreement);
  return self;
}

static gboolean
read_subjects (FrAcquaintances *self, const Freshet__IntroduceBody *body, const FrPeerKey *from)
{
  for (size_t i = 0; i < body->n_subjects; i++)
    {
      FrAcquaintance *subject = read_subject (body->subjects[i]);

      if (subject == NULL)
        return FALSE;
      g_ptr_array_add (self->subjects, subject);
      if (fr_peer_key_equal (&subject->key, from)
          || (self->kind == FR_ACQUAINTANCE_COMPUTERS
              && !fr_acquaintance_agrees (&subject->key, from, subject->agreement)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_agreement (FrAcquaintances *self, const Freshet__IntroduceBody *body, const FrPeerKey *from, const FrPeerKey *to)
{
  if (self->kind != FR_ACQUAINTANCE_YOU || body->agreement.len == 0)
    return TRUE;
  memcpy (self->agreement, body->agreement.data, sizeof self->agreement);
  self->agrees = fr_acquaintance_agrees (from, to, self->agreement);
  return self->agrees;
}

/**
 * fr_acquaintances_read:
 * @message: from a frame that has been checked
 * @from: who has proved to be at the other end of the link that it came by
 * @to: our own key
 * @out_acquaintances: (out) (transfer full): what it says; untouched unless it can be read
 *
 * Takes nothing that somebody else has said, or has said to somebody else, and no computer that does not agree. Costs a
 * check of a signature, and another for each computer.
 *
 * Returns: %FR_ACQUAINTANCES_READ, or why not
 */
FrAcquaintancesVerdict
fr_acquaintances_read (const Freshet__Introduce *message, const FrPeerKey *from, const FrPeerKey *to,
                       FrAcquaintances **out_acquaintances)
{
  g_autoptr (Freshet__IntroduceBody) body = NULL;
  g_autoptr (FrAcquaintances) self = NULL;

  if (fr_introduce_body_parse (message->signed_.data, message->signed_.len, &body) != FR_WIRE_OK
      || !is_key (&body->introducer, from) || !is_key (&body->addressee, to)
      || !fr_identity_verify (from, FR_SIGN_INTRODUCE, message->signed_.data, message->signed_.len,
                              message->signature.data, message->signature.len))
    return FR_ACQUAINTANCES_FAULT;
  for (guint i = 0; self == NULL && i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == body->kind)
      self = fr_acquaintances_new ((FrAcquaintanceKind) i);
  if (self == NULL)
    return FR_ACQUAINTANCES_NEWER;
  if (!read_subjects (self, body, from) || !read_agreement (self, body, from, to))
    return FR_ACQUAINTANCES_FAULT;
  *out_acquaintances = g_steal_pointer (&self);
  return FR_ACQUAINTANCES_READ;
}
