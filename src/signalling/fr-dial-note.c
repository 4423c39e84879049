/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial-note.h"
#include "fr-dial-note-private.h"

#include <string.h>

#include "fr-json-guard.h"

static gboolean
get_hex (JsonObject *object, const char *member, guint8 *out_data, gsize size)
{
  return fr_hex_decode (fr_json_get_string (object, member, 2 * size), out_data, size);
}

static void
set_hex (JsonObject *object, const char *member, const guint8 *data, gsize size)
{
  g_autofree char *text = fr_hex_encode (data, size);

  json_object_set_string_member (object, member, text);
}

/**
 * fr_dial_note_equal:
 * @a: a note
 * @b: another
 *
 * Returns: whether they say the same
 */
gboolean
fr_dial_note_equal (const FrDialNote *a, const FrDialNote *b)
{
  return a->version_min == b->version_min && a->version_max == b->version_max && a->purpose == b->purpose
         && memcmp (a->dial_id, b->dial_id, sizeof a->dial_id) == 0 && fr_peer_key_equal (&a->key, &b->key)
         && memcmp (a->signature, b->signature, sizeof a->signature) == 0;
}

/**
 * fr_dial_note_make_connection_id:
 * @self: a note
 *
 * Returns: (transfer full): the name that this dial has in the rendezvous protocol, valid for PeerJS as well
 */
char *
fr_dial_note_make_connection_id (const FrDialNote *self)
{
  g_autofree char *hex = fr_hex_encode (self->dial_id, sizeof self->dial_id);

  return g_strconcat ("dc_", hex, NULL);
}

/*< private >
 * fr_dial_note_from_json:
 * @self: (out caller-allocates): the note; untouched on failure
 * @object: the value of `metadata.freshet`; members that are not known are ignored
 *
 * Returns: %FALSE if anything is missing or out of range
 */
gboolean
fr_dial_note_from_json (FrDialNote *self, JsonObject *object)
{
  FrDialNote note = { 0 };
  guint purpose;

  if (!fr_json_get_uint (object, "min", FR_DIAL_MAX_VERSION, &note.version_min)
      || !fr_json_get_uint (object, "max", FR_DIAL_MAX_VERSION, &note.version_max)
      || note.version_min > note.version_max
      || !fr_json_get_uint (object, "purpose", FR_DIAL_PURPOSE_TRANSFER, &purpose)
      || purpose < FR_DIAL_PURPOSE_LINK || !get_hex (object, "dial", note.dial_id, sizeof note.dial_id)
      || !get_hex (object, "key", note.key.bytes, sizeof note.key.bytes)
      || !get_hex (object, "sig", note.signature, sizeof note.signature))
    return FALSE;
  note.purpose = (FrDialPurpose) purpose;
  *self = note;
  return TRUE;
}

/*< private >
 * fr_dial_note_to_json:
 * @self: a note
 *
 * Returns: (transfer full): what fr_dial_note_from_json() reads
 */
JsonObject *
fr_dial_note_to_json (const FrDialNote *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "min", self->version_min);
  json_object_set_int_member (object, "max", self->version_max);
  json_object_set_int_member (object, "purpose", self->purpose);
  set_hex (object, "dial", self->dial_id, sizeof self->dial_id);
  set_hex (object, "key", self->key.bytes, sizeof self->key.bytes);
  set_hex (object, "sig", self->signature, sizeof self->signature);
  return object;
}
