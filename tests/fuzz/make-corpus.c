/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "../image/strip-fixture.h"
#include "../wire/samples.h"
#include "fr-bulk-header.h"
#include "fr-image-protocol.h"
#include "fr-identity.h"
#include "fr-invitation.h"
#include "fr-record.h"
#include "fr-signal.h"

/* Writes the first inputs of the targets: good messages of each kind, as the programs themselves make them. What else
 * is in the corpora, fuzzers have found. Usage: make-corpus FOLDER, with G_TEST_BUILDDIR as in the tests. */

#define FINGERPRINT "11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00"
#define SDP                                                                                                            \
  "v=0\r\no=- 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"                                              \
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\n"                       \
  "a=ice-pwd:0123456789012345678901\r\na=fingerprint:sha-256 " FINGERPRINT "\r\na=mid:0\r\na=setup:actpass\r\n"        \
  "a=sctp-port:5000\r\na=max-message-size:65536\r\n"
#define CANDIDATE "candidate:1 1 udp 2122260223 192.168.1.7 49152 typ host"

static const char *folder;

static const struct
{
  const char *target, *name, *text;
} texts[] = {
  { "description", "offer", SDP "a=" CANDIDATE "\r\n" },
  { "description", "candidate", CANDIDATE },
  { "description", "relay", "candidate:2 1 TCP 1 2001:db8::1 9 typ relay raddr 0.0.0.0 rport 0 tcptype passive" },
  { "link", "server", "https://0.peerjs.com:443/path?key=peerjs" },
  { "link", "six", "ws://[::1]:9000/" },
  { "link", "host", "localhost:9000" },
  { "link", "person", "anna-2" },
  { "text", "name", "1  Zo\xc3\xab\t Ann\xcc\x83" },
  { "text", "file", "2IMG_2031-old harbour.JPG" },
  { "text", "words", "3harbour \"blue hour\" -boat \xe2\x80\x9e" "f\xc3\xbcr\xe2\x80\x9c" },
  { "text", "bidi", "4photo_\xe2\x80\xaegpj.exe" },
  { "control", "request",
    "{\"id\": 7, \"op\": \"search\", \"words\": \"harbour\", \"wait\": 5, \"tags\": [\"a\", \"b\"]}" },
  { "control", "end", "{\"id\": 7, \"end\": true, \"ok\": false, \"code\": \"no-server\", \"error\": \"No.\"}" },
  { "control", "numbers", "{\"id\":9007199254740992,\"x\":-1.5e+10,\"n\":null,\"o\":{\"a\":[[\"\\u00e9\\n\"]]}}" },
  { "signal", "open", "{\"type\":\"OPEN\"}" },
  { "signal", "taken", "{\"type\":\"ID-TAKEN\",\"payload\":{\"msg\":\"ID is taken\"}}" },
  { "signal", "expire", "{\"type\":\"EXPIRE\",\"src\":\"bob\",\"dst\":\"anna\"}" },
};

static void
save (const char *target, const char *name, const void *data, gsize size)
{
  g_autofree char *to = g_build_filename (folder, target, NULL), *path = g_build_filename (to, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (to, 0755), ==, 0);
  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
save_bytes (const char *target, const char *name, GBytes *bytes)
{
  save (target, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* With bytes before it, by which the target knows what it is. */
static void
save_after (const char *target, const char *name, const char *before, gsize before_size, GBytes *bytes)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();

  test_bytes_add (input, before, before_size);
  test_bytes_add (input, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  save (target, name, input->data, input->len);
}

static void
save_samples (void)
{
  static const char *const bodies[] = { "hello_body", "query_body", "hits_body", "record_body", "introduce_body" };
  const Sample *samples = samples_get ();

  for (guint i = 0; i < N_SAMPLES; i++)
    {
      g_autoptr (GBytes) packed = sample_pack_as (&samples[i], samples[i].message);

      if (samples[i].kind == SAMPLE_FRAME && g_bytes_get_size (packed) < 3000)
        save_bytes ("frame", samples[i].name, packed);
      if (samples[i].number == FRESHET__FRAME__BODY_MANIFEST)
        save_bytes ("bulk", "manifest", packed);
      if (samples[i].number == FRESHET__FRAME__BODY_SHUFFLE)
        save_after ("record", "shuffle", "\2", 1, packed);
      if (samples[i].number == FRESHET__FRAME__BODY_HITS)
        save_after ("sealed", samples[i].name, "\2", 1, packed);
      if (samples[i].number == FRESHET__FRAME__BODY_PREVIEW)
        save_after ("sealed", samples[i].name, "\2", 1, packed);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      const Sample *sample = sample_find (bodies[i]);
      g_autoptr (GBytes) packed = sample_pack_as (sample, sample->message);
      char which[] = { (char) i };

      save_after ("message", bodies[i], which, 1, packed);
    }
}

static void
save_bulk (void)
{
  const FrBulkHeader header = { .transfer = 9, .block = 1, .offset = 60 * 1024, .length = 10 };
  g_autoptr (GBytes) packed = fr_bulk_pack (&header, "0123456789");

  save_bytes ("bulk", "piece", packed);
}

/* What a STUN server says, and a TURN server that wants to know who asks; the target fills in the id. */
static void
save_answers (void)
{
  static const guint8 binding[]
      = { 3, 0x01, 0x01, 0, 12, 0x21, 0x12, 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
          0x00, 0x20, 0, 8, 0, 1, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43 };
  static const guint8 challenge[]
      = { 2, 0x01, 0x13, 0, 24, 0x21, 0x12, 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
          0x00, 0x09, 0, 4, 0, 0, 4, 1, 0x00, 0x14, 0, 4, 's', 'e', 'a', '.', 0x00, 0x15, 0, 4, '1', '2', '3', '4' };

  save ("ice-question", "binding", binding, sizeof binding);
  save ("ice-question", "challenge", challenge, sizeof challenge);
}

static void
save_signals (void)
{
  static const FrSignalType types[] = { FR_SIGNAL_OFFER, FR_SIGNAL_ANSWER, FR_SIGNAL_CANDIDATE, FR_SIGNAL_LEAVE };
  g_autoptr (GString) letter = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (FrSignal) signal = fr_signal_new (types[i]);
      g_autofree char *json = NULL;

      signal->src = g_strdup ("anna");
      signal->dst = g_strdup ("bob");
      signal->note = (FrDialNote) { .version_min = 1, .version_max = 1, .purpose = FR_DIAL_PURPOSE_LINK };
      signal->has_note = types[i] != FR_SIGNAL_CANDIDATE;
      signal->connection_id = fr_dial_note_make_connection_id (&signal->note);
      signal->sdp = g_strdup (SDP);
      signal->candidate = g_strdup (CANDIDATE);
      json = fr_signal_to_json (signal);
      save ("signal", fr_signal_type_to_string (types[i]), json, strlen (json));
      g_string_append_printf (letter, "%s\n", json);
    }
  bytes = g_string_free_to_bytes (g_steal_pointer (&letter));
  save_after ("sealed", "letter", "\0", 1, bytes);
}

static void
save_identity (void)
{
  g_autofree char *home = g_dir_make_tmp ("freshet-corpus-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (home, FR_IDENTITY_FILE, NULL);
  g_autoptr (FrIdentity) identity = fr_identity_load_or_create (home, NULL, NULL);
  FrInvitation invitation = { .name = (char *) "Zo\xc3\xab", .server = (char *) "http://127.0.0.1:9000/",
                              .address = (char *) "zoe" };
  g_autofree char *text = NULL, *uri = NULL;
  Freshet__PeerRecord *record = fr_record_sign (identity, "Anna", "http://127.0.0.1:9000/", "anna", "", TRUE);
  g_autoptr (GBytes) packed = fr_message_pack (&record->base);
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  save ("identity", "good", text, size);
  save_after ("record", "good", "\1", 1, packed);
  invitation.key = *fr_identity_get_key (identity);
  uri = fr_invitation_to_uri (&invitation);
  save ("link", "invitation", uri, strlen (uri));
  fr_record_free_message (record);
  g_unlink (path);
  g_rmdir (home);
}

/* For the fixture. */
char *
test_fixture_path (const char *name)
{
  return g_test_build_filename (G_TEST_BUILT, "image", name, NULL);
}

static void
save_pictures (void)
{
  static const struct
  {
    const char *target, *plain;
    GByteArray *(*rich) (void);
  } kinds[] = {
    { "strip-jpeg", "tiny.jpg", test_jpeg_new_rich },
    { "strip-png", "small.png", test_png_new_rich },
    { "strip-webp", "tiny.webp", test_webp_new_rich },
    { "strip-gif", "tiny.gif", test_gif_new_rich },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GByteArray) rich = kinds[i].rich (), plain = test_fixture_load (kinds[i].plain);

      save (kinds[i].target, "rich", rich->data, rich->len);
      save (kinds[i].target, "plain", plain->data, plain->len);
    }
}

/* Operations are hardly made by hand: a counter for each machine to begin with, and words for the catalogue. */
static void
save_operations (void)
{
  static const char *const machines[] = { "overlay", "negotiation", "registry", "download", "upload", "admission" };
  guint8 counter[256];

  for (guint i = 0; i < sizeof counter; i++)
    counter[i] = (guint8) (i * 37);
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    save (machines[i], "counter", counter, sizeof counter);
  save ("search", "words", BYTES ("\0\1\0\7harbourharbour \"blue hour\" -boat"));
  save ("search", "operators", BYTES ("\1\0\0\3a\"b\"a:b*c^d{e}(f)\" AND OR NOT NEAR(x y) -\"-not\""));
  save ("search", "scripts", BYTES ("\3\1\0\0\xe9\x95\xb7\xe5\xb4\x8e \xce\xb5\xce\xbb\xce\xbb \xc3\xba\xc5\xbei"));
  save ("record", "signed", BYTES ("\0\4Anna\0\26http://127.0.0.1:9000/\4anna\0\0\0\0\5\1"));
}

static void
add_numbers (GByteArray *bytes, const guint32 *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    test_bytes_add_big (bytes, numbers[i], 4);
}

/* A request of the process that decodes pictures, and a good answer: as that target takes them. */
static void
save_image_replies (void)
{
  static const struct
  {
    const char *name;
    guint operation;
    guint32 request[8]; /* from max_width on */
    guint kind;
    guint32 reply[11]; /* from error on */
    guint has_fd;
  } rows[] = {
    { "header", FR_IMAGE_RENDER, { 100, 50 }, FR_IMAGE_REPLY_HEADER, { 0, 1, 640, 480 }, 0 },
    { "summary", FR_IMAGE_SUMMARISE, { 0 }, FR_IMAGE_REPLY_SUMMARY, { 0, 1, 640, 480, 900, 300 }, 0 },
    { "pixels", FR_IMAGE_RENDER, { 100, 50 }, FR_IMAGE_REPLY_PIXELS, { 0, 1, 66, 50 }, 1 },
    { "part", FR_IMAGE_RENDER_PART, { 100, 50, 8, 16, 200, 100 }, FR_IMAGE_REPLY_PIXELS, { 0, 1, 100, 50 }, 1 },
    { "frames", FR_IMAGE_FRAMES, { 100, 50, 0, 0, 0, 0, 16, 8 }, FR_IMAGE_REPLY_FRAMES,
      { 0, 4, 66, 50, 0, 0, 0, 0, 0, 8, 30 }, 1 },
    { "copy", FR_IMAGE_STRIP, { 0 }, FR_IMAGE_REPLY_COPY, { 0, 1, 0, 0, 0, 0, 3, 5000, 1 }, 1 },
    { "failure", FR_IMAGE_FRAMES, { 1, 1, 0, 0, 0, 0, 0, 1 }, FR_IMAGE_REPLY_FAILURE, { 1 }, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      test_bytes_add_big (bytes, rows[i].operation, 1);
      add_numbers (bytes, rows[i].request, G_N_ELEMENTS (rows[i].request));
      test_bytes_add_big (bytes, rows[i].kind, 1);
      add_numbers (bytes, rows[i].reply, G_N_ELEMENTS (rows[i].reply));
      test_bytes_add_big (bytes, rows[i].has_fd, 1);
      save ("image-reply", rows[i].name, bytes->data, bytes->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc != 2)
    {
      g_printerr ("usage: make-corpus FOLDER\n");
      return 2;
    }
  folder = argv[1];
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    save (texts[i].target, texts[i].name, texts[i].text, strlen (texts[i].text));
  save_samples ();
  save_bulk ();
  save_image_replies ();
  save_answers ();
  save_signals ();
  save_identity ();
  save_pictures ();
  save_operations ();
  return 0;
}
