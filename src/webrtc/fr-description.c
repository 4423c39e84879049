/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-description.h"

#include <gst/sdp/sdp.h>

#include <string.h>

/* RFC 8839, 5.4, sets the lengths of the two; RFC 5888 none of a section's name, so we do. */
#define UFRAG_MIN 4
#define PASSWORD_MIN 22
#define CREDENTIAL_MAX 256
#define MID_MAX 64

typedef struct
{
  guint8 bytes[FR_CERTIFICATE_HASH_SIZE];
} Fingerprint;

struct _FrDescription
{
  char *mid;
  char *ufrag;
  char *password;
  char *setup;
  guint64 sctp_port;
  gint64 max_message_size; /* -1: not said */
  Fingerprint fingerprints[FR_DESCRIPTION_MAX_FINGERPRINTS];
  guint n_fingerprints;
  GPtrArray *candidates; /* of char *, NULL-terminated */
};

static gboolean
is_word (const char *text, gsize min, gsize max)
{
  gsize size = text != NULL ? strlen (text) : 0;

  if (size < min || size > max)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return TRUE;
}

/* "AB:CD:...", 32 pairs. */
static gboolean
parse_hash (const char *text, Fingerprint *out_fingerprint)
{
  Fingerprint parsed;

  if (strlen (text) != 3 * FR_CERTIFICATE_HASH_SIZE - 1)
    return FALSE;
  for (gsize i = 0; i < FR_CERTIFICATE_HASH_SIZE; i++, text += 3)
    {
      if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1])
          || (i + 1 < FR_CERTIFICATE_HASH_SIZE && text[2] != ':'))
        return FALSE;
      parsed.bytes[i] = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
    }
  *out_fingerprint = parsed;
  return TRUE;
}

/* Other hash functions are no fault: RFC 8122 lets a peer name several. */
static void
add_fingerprint (FrDescription *self, const char *value)
{
  static const char function[] = "sha-256 ";

  if (value != NULL && self->n_fingerprints < FR_DESCRIPTION_MAX_FINGERPRINTS
      && g_ascii_strncasecmp (value, function, strlen (function)) == 0
      && parse_hash (value + strlen (function), &self->fingerprints[self->n_fingerprints]))
    self->n_fingerprints++;
}

/* An attribute of the section or, where that has none, of the whole. */
static const char *
find_attribute (const GstSDPMessage *message, const GstSDPMedia *media, const char *name)
{
  const char *value = gst_sdp_media_get_attribute_val (media, name);

  return value != NULL ? value : gst_sdp_message_get_attribute_val (message, name);
}

static void
read_fingerprints (FrDescription *self, const GstSDPMessage *message, const GstSDPMedia *media)
{
  const char *value;

  for (guint i = 0; (value = gst_sdp_media_get_attribute_val_n (media, "fingerprint", i)) != NULL; i++)
    add_fingerprint (self, value);
  if (self->n_fingerprints > 0)
    return;
  for (guint i = 0; (value = gst_sdp_message_get_attribute_val_n (message, "fingerprint", i)) != NULL; i++)
    add_fingerprint (self, value);
}

static void
read_candidates (FrDescription *self, const GstSDPMedia *media)
{
  guint n = gst_sdp_media_attributes_len (media);

  for (guint i = 0; i < n; i++)
    {
      const GstSDPAttribute *attribute = gst_sdp_media_get_attribute (media, i);

      if (g_strcmp0 (attribute->key, "candidate") == 0 && attribute->value != NULL)
        g_ptr_array_add (self->candidates, g_strconcat ("candidate:", attribute->value, NULL));
    }
  g_ptr_array_add (self->candidates, NULL);
}

/* Who connects is settled by the answer: RFC 8842, 5.2. */
static gboolean
is_setup (const char *setup, gboolean is_offer)
{
  return g_strcmp0 (setup, "active") == 0 || g_strcmp0 (setup, "passive") == 0
         || (is_offer && g_strcmp0 (setup, "actpass") == 0);
}

static gboolean
read_numbers (FrDescription *self, const GstSDPMedia *media)
{
  const char *port = gst_sdp_media_get_attribute_val (media, "sctp-port");
  const char *max = gst_sdp_media_get_attribute_val (media, "max-message-size");
  guint64 size;

  if (port == NULL || !g_ascii_string_to_unsigned (port, 10, 1, G_MAXUINT16, &self->sctp_port, NULL))
    return FALSE;
  if (max == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (max, 10, 0, G_MAXUINT32, &size, NULL))
    return FALSE;
  self->max_message_size = (gint64) size;
  return TRUE;
}

static gboolean
is_data_section (const GstSDPMedia *media)
{
  return g_strcmp0 (gst_sdp_media_get_media (media), "application") == 0
         && (g_strcmp0 (gst_sdp_media_get_proto (media), "UDP/DTLS/SCTP") == 0
             || g_strcmp0 (gst_sdp_media_get_proto (media), "TCP/DTLS/SCTP") == 0)
         && gst_sdp_media_get_port (media) != 0 && gst_sdp_media_formats_len (media) == 1
         && g_strcmp0 (gst_sdp_media_get_format (media, 0), "webrtc-datachannel") == 0;
}

static FrDescriptionFault
read_message (FrDescription *self, const GstSDPMessage *message, gboolean is_offer)
{
  const GstSDPMedia *media;

  if (g_strcmp0 (gst_sdp_message_get_version (message), "0") != 0)
    return FR_DESCRIPTION_MALFORMED;
  if (gst_sdp_message_medias_len (message) != 1)
    return FR_DESCRIPTION_SECTIONS;
  media = gst_sdp_message_get_media (message, 0);
  if (!is_data_section (media))
    return FR_DESCRIPTION_SECTIONS;

  read_fingerprints (self, message, media);
  if (self->n_fingerprints == 0)
    return FR_DESCRIPTION_NO_FINGERPRINT;
  self->ufrag = g_strdup (find_attribute (message, media, "ice-ufrag"));
  self->password = g_strdup (find_attribute (message, media, "ice-pwd"));
  if (!is_word (self->ufrag, UFRAG_MIN, CREDENTIAL_MAX) || !is_word (self->password, PASSWORD_MIN, CREDENTIAL_MAX))
    return FR_DESCRIPTION_NO_CREDENTIALS;
  self->mid = g_strdup (gst_sdp_media_get_attribute_val (media, "mid"));
  self->setup = g_strdup (find_attribute (message, media, "setup"));
  if (!is_word (self->mid, 1, MID_MAX) || !is_setup (self->setup, is_offer) || !read_numbers (self, media))
    return FR_DESCRIPTION_ODD_VALUE;
  read_candidates (self, media);
  return FR_DESCRIPTION_OK;
}

/**
 * fr_description_parse:
 * @sdp: a session description
 * @is_offer: whether it is an offer, or an answer
 * @out_description: (out) (transfer full): what it says; untouched on failure
 *
 * Reads and checks a description.
 *
 * Returns: %FR_DESCRIPTION_OK, or what is wrong with it
 */
FrDescriptionFault
fr_description_parse (const char *sdp, gboolean is_offer, FrDescription **out_description)
{
  gsize size = strnlen (sdp, FR_DESCRIPTION_MAX_BYTES + 1);
  g_autoptr (FrDescription) self = NULL;
  GstSDPMessage *message = NULL;
  FrDescriptionFault fault;

  if (size > FR_DESCRIPTION_MAX_BYTES)
    return FR_DESCRIPTION_TOO_LARGE;
  if (size == 0 || !g_utf8_validate (sdp, (gssize) size, NULL))
    return FR_DESCRIPTION_MALFORMED;

  self = g_new0 (FrDescription, 1);
  self->max_message_size = -1;
  self->candidates = g_ptr_array_new_with_free_func (g_free);
  if (gst_sdp_message_new (&message) != GST_SDP_OK)
    return FR_DESCRIPTION_MALFORMED;
  fault = gst_sdp_message_parse_buffer ((const guint8 *) sdp, (guint) size, message) == GST_SDP_OK
              ? read_message (self, message, is_offer)
              : FR_DESCRIPTION_MALFORMED;
  gst_sdp_message_free (message);
  if (fault == FR_DESCRIPTION_OK)
    *out_description = g_steal_pointer (&self);
  return fault;
}

/**
 * fr_description_free:
 * @self: (nullable) (transfer full): a description
 *
 * Frees it.
 */
void
fr_description_free (FrDescription *self)
{
  if (self == NULL)
    return;
  g_free (self->mid);
  g_free (self->ufrag);
  g_free (self->password);
  g_free (self->setup);
  g_ptr_array_unref (self->candidates);
  g_free (self);
}

/**
 * fr_description_to_sdp:
 * @self: a description
 *
 * Writes the description anew, without its candidates.
 *
 * Returns: (transfer full): an SDP
 */
char *
fr_description_to_sdp (const FrDescription *self)
{
  GString *sdp = g_string_new ("v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=ice-options:trickle\r\n");

  g_string_append_printf (sdp, "a=group:BUNDLE %s\r\n", self->mid);
  g_string_append (sdp, "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n");
  g_string_append_printf (sdp, "a=setup:%s\r\na=ice-ufrag:%s\r\na=ice-pwd:%s\r\na=mid:%s\r\n",
                          self->setup, self->ufrag, self->password, self->mid);
  g_string_append_printf (sdp, "a=sctp-port:%" G_GUINT64_FORMAT "\r\n", self->sctp_port);
  if (self->max_message_size >= 0)
    g_string_append_printf (sdp, "a=max-message-size:%" G_GINT64_FORMAT "\r\n", self->max_message_size);
  for (guint i = 0; i < self->n_fingerprints; i++)
    {
      g_string_append (sdp, "a=fingerprint:sha-256 ");
      for (gsize j = 0; j < FR_CERTIFICATE_HASH_SIZE; j++)
        g_string_append_printf (sdp, j == 0 ? "%02X" : ":%02X", self->fingerprints[i].bytes[j]);
      g_string_append (sdp, "\r\n");
    }
  return g_string_free (sdp, FALSE);
}

/**
 * fr_description_get_candidates:
 * @self: a description
 *
 * Returns: (transfer none) (array zero-terminated=1): the candidates in it, not checked yet
 */
const char *const *
fr_description_get_candidates (const FrDescription *self)
{
  return (const char *const *) self->candidates->pdata;
}

/**
 * fr_description_has_fingerprint:
 * @self: a description
 * @hash: the SHA-256 of a certificate
 *
 * Returns: whether the description names this certificate
 */
gboolean
fr_description_has_fingerprint (const FrDescription *self, const guint8 hash[FR_CERTIFICATE_HASH_SIZE])
{
  for (guint i = 0; i < self->n_fingerprints; i++)
    if (memcmp (self->fingerprints[i].bytes, hash, FR_CERTIFICATE_HASH_SIZE) == 0)
      return TRUE;
  return FALSE;
}

/**
 * fr_description_fault_to_string:
 * @fault: what is wrong with a description
 *
 * Returns: (transfer none): a name for logs
 */
const char *
fr_description_fault_to_string (FrDescriptionFault fault)
{
  static const char *const names[] = {
    [FR_DESCRIPTION_OK] = "ok",
    [FR_DESCRIPTION_TOO_LARGE] = "too large",
    [FR_DESCRIPTION_MALFORMED] = "no session description",
    [FR_DESCRIPTION_SECTIONS] = "not one section of data channels",
    [FR_DESCRIPTION_NO_FINGERPRINT] = "no SHA-256 fingerprint",
    [FR_DESCRIPTION_NO_CREDENTIALS] = "no ICE user name and password",
    [FR_DESCRIPTION_ODD_VALUE] = "a value that cannot be",
  };

  return fault < G_N_ELEMENTS (names) ? names[fault] : "unknown";
}
