/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-ice-question.h"

#include <stun/stunagent.h>
#include <stun/usages/bind.h>
#include <stun/usages/turn.h>

#include <string.h>

struct _FrIceQuestion
{
  StunAgent agent;

  /* owned; libnice keeps pointers into these two */
  char *user;
  char *password;
  GSocketAddress *mapped;

  /* state */
  gboolean is_allocate;
  guint n_rounds;
  StunMessage request;
  guint8 request_bytes[FR_ICE_QUESTION_MAX_SIZE];
  gsize request_size;
  StunMessage challenge; /* the answer whose realm and nonce are in the request */
  guint8 challenge_bytes[FR_ICE_QUESTION_MAX_SIZE];
};

static gboolean
ask (FrIceQuestion *self, gboolean with_proof)
{
  self->n_rounds++;
  if (self->is_allocate)
    self->request_size = stun_usage_turn_create (
        &self->agent, &self->request, self->request_bytes, sizeof self->request_bytes,
        with_proof ? &self->challenge : NULL, STUN_USAGE_TURN_REQUEST_PORT_NORMAL, -1, -1, (uint8_t *) self->user,
        strlen (self->user), (uint8_t *) self->password, strlen (self->password),
        STUN_USAGE_TURN_COMPATIBILITY_RFC5766);
  else
    self->request_size
        = stun_usage_bind_create (&self->agent, &self->request, self->request_bytes, sizeof self->request_bytes);
  return self->request_size > 0;
}

static FrIceQuestion *
question_new (gboolean is_allocate, const char *user, const char *password)
{
  FrIceQuestion *self = g_new0 (FrIceQuestion, 1);

  self->is_allocate = is_allocate;
  self->user = g_strdup (user);
  self->password = g_strdup (password);
  stun_agent_init (&self->agent, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389,
                   is_allocate ? STUN_AGENT_USAGE_LONG_TERM_CREDENTIALS : 0);
  ask (self, FALSE);
  return self;
}

static void
take_mapped (FrIceQuestion *self, const struct sockaddr_storage *address, socklen_t size)
{
  g_clear_object (&self->mapped);
  self->mapped = g_socket_address_new_from_native ((gpointer) address, size);
}

static FrIceAnswer
take_binding (FrIceQuestion *self, StunMessage *answer)
{
  struct sockaddr_storage mapped = { 0 }, other = { 0 };
  socklen_t mapped_size = sizeof mapped, other_size = sizeof other;

  switch (stun_usage_bind_process (answer, (struct sockaddr *) &mapped, &mapped_size, (struct sockaddr *) &other,
                                   &other_size))
    {
    case STUN_USAGE_BIND_RETURN_SUCCESS:
      take_mapped (self, &mapped, mapped_size);
      return FR_ICE_ANSWER_GOOD;
    case STUN_USAGE_BIND_RETURN_ERROR:
    case STUN_USAGE_BIND_RETURN_ALTERNATE_SERVER:
      return FR_ICE_ANSWER_UNFIT;
    case STUN_USAGE_BIND_RETURN_INVALID:
    case STUN_USAGE_BIND_RETURN_TIMEOUT:
    default:
      return FR_ICE_ANSWER_ODD;
    }
}

/* libnice 0.1.21 strips quotation marks and NULs off what it makes a proof of, and past the beginning of what has
 * nothing else. */
static gboolean
is_safe (const guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] != '"' && bytes[i] != '\0')
      return TRUE;
  return FALSE;
}

static gboolean
is_challenge (StunMessage *answer)
{
  uint16_t size = 0;
  const guint8 *realm = stun_message_find (answer, STUN_ATTRIBUTE_REALM, &size);

  return realm != NULL && is_safe (realm, size) && stun_message_has_attribute (answer, STUN_ATTRIBUTE_NONCE);
}

/* RFC 8489, 9.2.5: the first request has no proof, and the answer says by what it is to be made. */
static FrIceAnswer
prove (FrIceQuestion *self, const StunMessage *answer, const guint8 *bytes, gsize size)
{
  if (self->n_rounds == FR_ICE_QUESTION_MAX_ROUNDS)
    return FR_ICE_ANSWER_REFUSED;
  memcpy (self->challenge_bytes, bytes, size);
  self->challenge = *answer;
  self->challenge.buffer = self->challenge_bytes;
  self->challenge.key = NULL;
  if (!is_challenge (&self->challenge))
    return FR_ICE_ANSWER_UNFIT;
  if (!is_safe ((const guint8 *) self->user, strlen (self->user))
      || !is_safe ((const guint8 *) self->password, strlen (self->password)))
    return FR_ICE_ANSWER_REFUSED;
  return ask (self, TRUE) ? FR_ICE_ANSWER_AGAIN : FR_ICE_ANSWER_UNFIT;
}

static FrIceAnswer
take_error (FrIceQuestion *self, StunMessage *answer, const guint8 *bytes, gsize size)
{
  int code = 0;

  if (stun_message_find_error (answer, &code) != STUN_MESSAGE_RETURN_SUCCESS)
    return FR_ICE_ANSWER_ODD;
  switch (code)
    {
    case STUN_ERROR_UNAUTHORIZED:
      return self->n_rounds == 1 ? prove (self, answer, bytes, size) : FR_ICE_ANSWER_REFUSED;
    case STUN_ERROR_STALE_NONCE:
      return prove (self, answer, bytes, size);
    case STUN_ERROR_FORBIDDEN:
    case STUN_ERROR_WRONG_CREDENTIALS:
      return FR_ICE_ANSWER_REFUSED;
    case STUN_ERROR_ALLOCATION_QUOTA_REACHED:
    case STUN_ERROR_INSUFFICIENT_CAPACITY:
      return FR_ICE_ANSWER_FULL;
    default:
      return FR_ICE_ANSWER_UNFIT;
    }
}

static FrIceAnswer
take_allocation (FrIceQuestion *self, StunMessage *answer)
{
  struct sockaddr_storage relay = { 0 }, mapped = { 0 }, other = { 0 };
  socklen_t relay_size = sizeof relay, mapped_size = sizeof mapped, other_size = sizeof other;
  uint32_t bandwidth = 0, lifetime = 0;

  switch (stun_usage_turn_process (answer, &relay, &relay_size, &mapped, &mapped_size, &other, &other_size, &bandwidth,
                                   &lifetime, STUN_USAGE_TURN_COMPATIBILITY_RFC5766))
    {
    case STUN_USAGE_TURN_RETURN_MAPPED_SUCCESS:
      take_mapped (self, &mapped, mapped_size);
      return FR_ICE_ANSWER_GOOD;
    case STUN_USAGE_TURN_RETURN_RELAY_SUCCESS:
      return FR_ICE_ANSWER_GOOD;
    case STUN_USAGE_TURN_RETURN_ALTERNATE_SERVER:
    case STUN_USAGE_TURN_RETURN_ERROR:
      return FR_ICE_ANSWER_UNFIT;
    case STUN_USAGE_TURN_RETURN_INVALID:
    default:
      return FR_ICE_ANSWER_ODD;
    }
}

/**
 * fr_ice_question_new_binding:
 *
 * Returns: (transfer full): the question to a STUN server
 */
FrIceQuestion *
fr_ice_question_new_binding (void)
{
  return question_new (FALSE, "", "");
}

/**
 * fr_ice_question_new_allocate:
 * @user: name at the server
 * @password: password there
 *
 * Returns: (transfer full): the question to a TURN server
 */
FrIceQuestion *
fr_ice_question_new_allocate (const char *user, const char *password)
{
  return question_new (TRUE, user, password);
}

void
fr_ice_question_free (FrIceQuestion *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->password);
  g_clear_object (&self->mapped);
  g_free (self);
}

/**
 * fr_ice_question_get_request:
 * @self: a question
 * @out_size: (out): its size; 0: it is too long to be asked
 *
 * Returns: (transfer none): what is to be sent, again and again until there is an answer, where packets may be lost
 */
const guint8 *
fr_ice_question_get_request (FrIceQuestion *self, gsize *out_size)
{
  *out_size = self->request_size;
  return self->request_bytes;
}

/**
 * fr_ice_question_take:
 * @self: a question
 * @answer: what came from the server, or from somebody else
 * @size: its size
 *
 * Returns: what it means
 */
FrIceAnswer
fr_ice_question_take (FrIceQuestion *self, const guint8 *answer, gsize size)
{
  guint8 bytes[FR_ICE_QUESTION_MAX_SIZE];
  StunMessage message = { 0 };
  StunValidationStatus status;
  StunMethod method = self->is_allocate ? STUN_ALLOCATE : STUN_BINDING;

  if (size == 0 || size > sizeof bytes)
    return FR_ICE_ANSWER_ODD;
  memcpy (bytes, answer, size); /* libnice writes into it */
  status = stun_agent_validate (&self->agent, &message, bytes, size, NULL, NULL);
  if ((status != STUN_VALIDATION_SUCCESS && status != STUN_VALIDATION_FORBIDDEN)
      || stun_message_get_method (&message) != method)
    return FR_ICE_ANSWER_ODD;
  switch (stun_message_get_class (&message))
    {
    case STUN_RESPONSE:
      return self->is_allocate ? take_allocation (self, &message) : take_binding (self, &message);
    case STUN_ERROR:
      return self->is_allocate ? take_error (self, &message, bytes, size) : FR_ICE_ANSWER_UNFIT;
    case STUN_REQUEST:
    case STUN_INDICATION:
    default:
      return FR_ICE_ANSWER_ODD;
    }
}

/**
 * fr_ice_question_make_farewell:
 * @self: a question to a TURN server, which has let us in
 *
 * What gives back the place that the server keeps for us (RFC 8656, 7.1); whether it comes there matters little.
 *
 * Returns: (transfer full) (nullable): what is to be sent
 */
GBytes *
fr_ice_question_make_farewell (FrIceQuestion *self)
{
  guint8 bytes[FR_ICE_QUESTION_MAX_SIZE];
  StunMessage message = { 0 };
  gsize size;

  if (!self->is_allocate)
    return NULL;
  size = stun_usage_turn_create_refresh (&self->agent, &message, bytes, sizeof bytes,
                                         self->challenge.buffer != NULL ? &self->challenge : NULL, 0,
                                         (uint8_t *) self->user, strlen (self->user), (uint8_t *) self->password,
                                         strlen (self->password), STUN_USAGE_TURN_COMPATIBILITY_RFC5766);
  return size > 0 ? g_bytes_new (bytes, size) : NULL;
}

/**
 * fr_ice_question_get_mapped:
 * @self: a question whose answer was good
 *
 * Returns: (transfer none) (nullable): our address as the server sees it
 */
GSocketAddress *
fr_ice_question_get_mapped (FrIceQuestion *self)
{
  return self->mapped;
}

gssize
fr_ice_question_measure (const guint8 *bytes, gsize size)
{
  int length = size > 0 ? stun_message_validate_buffer_length (bytes, size, TRUE) : STUN_MESSAGE_BUFFER_INCOMPLETE;

  if (length == STUN_MESSAGE_BUFFER_INCOMPLETE)
    return 0;
  return length > 0 ? length : -1;
}
