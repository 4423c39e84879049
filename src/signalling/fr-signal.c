/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-signal.h"

#include <string.h>

#include "fr-dial-note-private.h"
#include "fr-json-guard.h"

G_DEFINE_BOXED_TYPE (FrSignal, fr_signal, fr_signal_copy, fr_signal_free)

static const struct
{
  const char *name;
  FrSignalType type;
} types[] = {
  { "OPEN", FR_SIGNAL_OPEN },
  { "ID-TAKEN", FR_SIGNAL_ID_TAKEN },
  { "ERROR", FR_SIGNAL_ERROR },
  { "OFFER", FR_SIGNAL_OFFER },
  { "ANSWER", FR_SIGNAL_ANSWER },
  { "CANDIDATE", FR_SIGNAL_CANDIDATE },
  { "LEAVE", FR_SIGNAL_LEAVE },
  { "EXPIRE", FR_SIGNAL_EXPIRE },
  { "HEARTBEAT", FR_SIGNAL_HEARTBEAT },
  { "INVALID-KEY", FR_SIGNAL_ERROR }, /* of servers before PeerServer 0.3 */
};

static FrSignalType
type_from_string (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (name, types[i].name) == 0)
      return types[i].type;
  return FR_SIGNAL_UNKNOWN;
}

/* A member that may be absent, but if it is there must be a text of 1 to `max_size` bytes. */
static gboolean
take_optional (JsonObject *object, const char *member, gsize max_size, char **out_text)
{
  const char *text;

  if (!json_object_has_member (object, member) || json_object_get_null_member (object, member))
    return TRUE;
  text = fr_json_get_string (object, member, max_size);
  if (text == NULL || *text == '\0')
    return FALSE;
  *out_text = g_strdup (text);
  return TRUE;
}

static gboolean
take_required (JsonObject *object, const char *member, gsize max_size, char **out_text)
{
  return take_optional (object, member, max_size, out_text) && *out_text != NULL;
}

/* Only words for people: one that is too long is cut. */
static void
take_reason (FrSignal *self, JsonObject *payload, const char *member)
{
  const char *text = payload != NULL ? fr_json_get_string (payload, member, FR_JSON_MAX_SIZE) : NULL;
  const char *end;

  if (text == NULL)
    return;
  self->reason = g_strndup (text, FR_SIGNAL_MAX_REASON_SIZE);
  if (!g_utf8_validate (self->reason, -1, &end))
    self->reason[end - self->reason] = '\0';
}

/* No note is another program's message; a note that cannot be read is a fault. */
static gboolean
take_note (FrSignal *self, JsonObject *payload)
{
  JsonObject *metadata = fr_json_get_object (payload, "metadata");
  JsonObject *note = metadata != NULL ? fr_json_get_object (metadata, "freshet") : NULL;

  self->has_note = note != NULL;
  return note == NULL || fr_dial_note_from_json (&self->note, note);
}

static gboolean
take_description (FrSignal *self, JsonObject *payload)
{
  JsonObject *description = fr_json_get_object (payload, "sdp");

  return description != NULL && take_required (description, "sdp", FR_SIGNAL_MAX_SDP_SIZE, &self->sdp)
         && take_required (payload, "connectionId", FR_SIGNAL_MAX_ID_SIZE, &self->connection_id)
         && take_note (self, payload);
}

static gboolean
take_candidate (FrSignal *self, JsonObject *payload)
{
  JsonObject *candidate = fr_json_get_object (payload, "candidate");
  const char *text;

  if (candidate == NULL || !take_required (payload, "connectionId", FR_SIGNAL_MAX_ID_SIZE, &self->connection_id))
    return FALSE;
  text = fr_json_get_string (candidate, "candidate", FR_SIGNAL_MAX_CANDIDATE_SIZE);
  if (text == NULL)
    return FALSE;
  self->candidate = g_strdup (text);
  if (json_object_has_member (candidate, "sdpMLineIndex") && !json_object_get_null_member (candidate, "sdpMLineIndex"))
    return fr_json_get_uint (candidate, "sdpMLineIndex", FR_SIGNAL_MAX_MLINE, &self->mline);
  return TRUE;
}

static gboolean
take_payload (FrSignal *self, JsonObject *payload)
{
  switch (self->type)
    {
    case FR_SIGNAL_OFFER:
    case FR_SIGNAL_ANSWER:
      return payload != NULL && take_description (self, payload);
    case FR_SIGNAL_CANDIDATE:
      return payload != NULL && take_candidate (self, payload);
    case FR_SIGNAL_LEAVE:
      take_reason (self, payload, "reason");
      return payload == NULL
             || (take_optional (payload, "connectionId", FR_SIGNAL_MAX_ID_SIZE, &self->connection_id)
                 && take_note (self, payload));
    case FR_SIGNAL_ID_TAKEN:
    case FR_SIGNAL_ERROR:
      take_reason (self, payload, "msg");
      return TRUE;
    case FR_SIGNAL_OPEN:
    case FR_SIGNAL_EXPIRE:
    case FR_SIGNAL_HEARTBEAT:
    case FR_SIGNAL_UNKNOWN:
    default:
      return TRUE;
    }
}

static void
add_optional (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static void
add_note (const FrSignal *self, JsonObject *payload)
{
  JsonObject *metadata;

  if (!self->has_note)
    return;
  metadata = json_object_new ();
  json_object_set_object_member (metadata, "freshet", fr_dial_note_to_json (&self->note));
  json_object_set_object_member (payload, "metadata", metadata);
}

/* What PeerJS clients want to find: without "binary" a new one never answers, without "Chrome" an old one in another
 * browser sends a picture as one message. */
static void
add_description (const FrSignal *self, JsonObject *payload)
{
  JsonObject *description = json_object_new ();
  gboolean is_offer = self->type == FR_SIGNAL_OFFER;

  json_object_set_string_member (description, "type", is_offer ? "offer" : "answer");
  json_object_set_string_member (description, "sdp", self->sdp);
  json_object_set_object_member (payload, "sdp", description);
  json_object_set_string_member (payload, "type", "data");
  json_object_set_string_member (payload, "connectionId", self->connection_id);
  json_object_set_string_member (payload, "browser", "Chrome");
  if (is_offer)
    {
      json_object_set_string_member (payload, "label", self->connection_id);
      json_object_set_string_member (payload, "serialization", "binary");
      json_object_set_boolean_member (payload, "reliable", TRUE);
    }
  add_note (self, payload);
}

/* Old clients look only at sdpMLineIndex, new ones want one of the two. */
static void
add_candidate (const FrSignal *self, JsonObject *payload)
{
  JsonObject *candidate = json_object_new ();
  g_autofree char *mid = g_strdup_printf ("%u", self->mline);

  json_object_set_string_member (candidate, "candidate", self->candidate);
  json_object_set_string_member (candidate, "sdpMid", mid);
  json_object_set_int_member (candidate, "sdpMLineIndex", self->mline);
  json_object_set_object_member (payload, "candidate", candidate);
  json_object_set_string_member (payload, "type", "data");
  json_object_set_string_member (payload, "connectionId", self->connection_id);
}

static JsonObject *
make_payload (const FrSignal *self)
{
  JsonObject *payload = json_object_new ();

  switch (self->type)
    {
    case FR_SIGNAL_OFFER:
    case FR_SIGNAL_ANSWER:
      add_description (self, payload);
      break;
    case FR_SIGNAL_CANDIDATE:
      add_candidate (self, payload);
      break;
    case FR_SIGNAL_LEAVE:
      add_optional (payload, "connectionId", self->connection_id);
      add_optional (payload, "reason", self->reason);
      add_note (self, payload);
      break;
    case FR_SIGNAL_ID_TAKEN:
    case FR_SIGNAL_ERROR:
      add_optional (payload, "msg", self->reason);
      break;
    case FR_SIGNAL_OPEN:
    case FR_SIGNAL_EXPIRE:
    case FR_SIGNAL_HEARTBEAT:
    case FR_SIGNAL_UNKNOWN:
    default:
      break;
    }
  return payload;
}

/* A program's own mistake, unlike anything that parsing may find. */
static gboolean
is_complete (const FrSignal *self)
{
  switch (self->type)
    {
    case FR_SIGNAL_OFFER:
    case FR_SIGNAL_ANSWER:
      return self->connection_id != NULL && self->sdp != NULL;
    case FR_SIGNAL_CANDIDATE:
      return self->connection_id != NULL && self->candidate != NULL;
    case FR_SIGNAL_UNKNOWN:
      return FALSE;
    case FR_SIGNAL_OPEN:
    case FR_SIGNAL_ID_TAKEN:
    case FR_SIGNAL_ERROR:
    case FR_SIGNAL_LEAVE:
    case FR_SIGNAL_EXPIRE:
    case FR_SIGNAL_HEARTBEAT:
    default:
      return TRUE;
    }
}

/**
 * fr_signal_new:
 * @type: what it says
 *
 * Returns: (transfer full): a message with nothing else set; the texts are to be set to copies
 */
FrSignal *
fr_signal_new (FrSignalType type)
{
  FrSignal *self = g_new0 (FrSignal, 1);

  self->type = type;
  return self;
}

/**
 * fr_signal_copy:
 * @self: (nullable): a message
 *
 * Returns: (transfer full) (nullable): a copy of it
 */
FrSignal *
fr_signal_copy (const FrSignal *self)
{
  FrSignal *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->src = g_strdup (self->src);
  copy->dst = g_strdup (self->dst);
  copy->connection_id = g_strdup (self->connection_id);
  copy->sdp = g_strdup (self->sdp);
  copy->candidate = g_strdup (self->candidate);
  copy->reason = g_strdup (self->reason);
  return copy;
}

/**
 * fr_signal_free:
 * @self: (nullable) (transfer full): a message
 *
 * Frees a message and its texts.
 */
void
fr_signal_free (FrSignal *self)
{
  if (self == NULL)
    return;
  g_free (self->src);
  g_free (self->dst);
  g_free (self->connection_id);
  g_free (self->sdp);
  g_free (self->candidate);
  g_free (self->reason);
  g_free (self);
}

/**
 * fr_signal_parse:
 * @json: a text frame of the rendezvous; need not end with a NUL
 * @size: its size in bytes, or -1 if it ends with a NUL
 * @error: return location for a #FrSignalFault
 *
 * Reads a message. Members that are not known are ignored, and a type that is not known is %FR_SIGNAL_UNKNOWN.
 *
 * Returns: (transfer full) (nullable): the message
 */
FrSignal *
fr_signal_parse (const char *json, gssize size, GError **error)
{
  g_autoptr (JsonNode) root = fr_json_guard_parse (json, size, error);
  g_autoptr (FrSignal) self = NULL;
  JsonObject *object;

  if (root == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (object == NULL || fr_json_get_string (object, "type", FR_JSON_MAX_SIZE) == NULL)
    {
      g_set_error_literal (error, FR_SIGNAL_FAULT, FR_SIGNAL_FAULT_MALFORMED, "The message has no type");
      return NULL;
    }
  self = fr_signal_new (type_from_string (fr_json_get_string (object, "type", FR_JSON_MAX_SIZE)));
  if (self->type == FR_SIGNAL_UNKNOWN)
    return g_steal_pointer (&self);
  if (!take_optional (object, "src", FR_SIGNAL_MAX_ID_SIZE, &self->src)
      || !take_optional (object, "dst", FR_SIGNAL_MAX_ID_SIZE, &self->dst)
      || !take_payload (self, fr_json_get_object (object, "payload")))
    {
      g_set_error (error, FR_SIGNAL_FAULT, FR_SIGNAL_FAULT_MALFORMED, "A field of the %s message is missing or wrong",
                   fr_signal_type_to_string (self->type));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * fr_signal_to_json:
 * @self: a message with all that its type needs; not %FR_SIGNAL_UNKNOWN
 *
 * Writes a message as PeerServer and PeerJS know it.
 *
 * Returns: (transfer full): JSON on one line
 */
char *
fr_signal_to_json (const FrSignal *self)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonObject) payload = NULL;
  JsonObject *object;

  g_return_val_if_fail (self != NULL && is_complete (self), NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "type", fr_signal_type_to_string (self->type));
  add_optional (object, "src", self->src);
  add_optional (object, "dst", self->dst);
  payload = make_payload (self);
  if (json_object_get_size (payload) > 0)
    json_object_set_object_member (object, "payload", g_steal_pointer (&payload));
  root = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return json_to_string (root, FALSE);
}

/**
 * fr_signal_type_to_string:
 * @type: a type
 *
 * Returns: (transfer none): its name on the wire; `UNKNOWN` for the one that has none
 */
const char *
fr_signal_type_to_string (FrSignalType type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].type == type)
      return types[i].name;
  return "UNKNOWN";
}
