/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-description.h"

#include "tests.h"

#include <string.h>

#define FINGERPRINT "00:01:02:03:04:05:06:07:08:09:0A:0b:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F"
#define HEAD "v=0\r\no=- 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
#define MEDIA "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n"
#define ICE "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n"
#define PRINT "a=fingerprint:sha-256 " FINGERPRINT "\r\n"
#define REST "a=mid:0\r\na=setup:actpass\r\na=sctp-port:5000\r\n"
#define GOOD HEAD MEDIA ICE PRINT REST

static const struct
{
  const char *name;
  const char *sdp;
  FrDescriptionFault fault;
} cases[] = {
  { "good", GOOD, FR_DESCRIPTION_OK },
  { "bare line feeds", "v=0\no=- 1 0 IN IP4 0.0.0.0\ns=-\nt=0 0\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\n"
    "a=ice-ufrag:abcd\na=ice-pwd:0123456789012345678901\na=fingerprint:sha-256 " FINGERPRINT "\na=mid:0\n"
    "a=setup:active\na=sctp-port:5000\n", FR_DESCRIPTION_OK },
  { "fingerprint for the whole", HEAD PRINT MEDIA ICE REST, FR_DESCRIPTION_OK },
  { "credentials for the whole", HEAD ICE MEDIA PRINT REST, FR_DESCRIPTION_OK },
  { "an older hash beside", HEAD MEDIA ICE "a=fingerprint:sha-1 00:01\r\n" PRINT REST, FR_DESCRIPTION_OK },
  { "capitals", HEAD MEDIA ICE "a=fingerprint:SHA-256 " FINGERPRINT "\r\n" REST, FR_DESCRIPTION_OK },
  { "unlimited messages", GOOD "a=max-message-size:0\r\n", FR_DESCRIPTION_OK },
  { "unknown attribute", GOOD "a=extmap-allow-mixed\r\na=x-new:thing\r\n", FR_DESCRIPTION_OK },
  { "empty", "", FR_DESCRIPTION_MALFORMED },
  { "words", "hello", FR_DESCRIPTION_MALFORMED },
  { "json", "{\"type\": \"offer\"}", FR_DESCRIPTION_MALFORMED },
  { "not UTF-8", "v=0\r\ns=\xff\r\n", FR_DESCRIPTION_MALFORMED },
  { "version 1", "v=1\r\no=- 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n" MEDIA ICE PRINT REST, FR_DESCRIPTION_MALFORMED },
  { "no section", HEAD ICE PRINT, FR_DESCRIPTION_SECTIONS },
  { "two sections", GOOD MEDIA, FR_DESCRIPTION_SECTIONS },
  { "audio", HEAD "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" ICE PRINT REST, FR_DESCRIPTION_SECTIONS },
  { "audio too", GOOD "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", FR_DESCRIPTION_SECTIONS },
  { "refused section", HEAD "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n" ICE PRINT REST,
    FR_DESCRIPTION_SECTIONS },
  { "other application", HEAD "m=application 9 UDP/BFCP *\r\n" ICE PRINT REST, FR_DESCRIPTION_SECTIONS },
  { "old style", HEAD "m=application 9 DTLS/SCTP 5000\r\n" ICE PRINT REST, FR_DESCRIPTION_SECTIONS },
  { "no fingerprint", HEAD MEDIA ICE REST, FR_DESCRIPTION_NO_FINGERPRINT },
  { "older hash only", HEAD MEDIA ICE "a=fingerprint:sha-1 00:01\r\n" REST, FR_DESCRIPTION_NO_FINGERPRINT },
  { "short fingerprint", HEAD MEDIA ICE "a=fingerprint:sha-256 00:01\r\n" REST, FR_DESCRIPTION_NO_FINGERPRINT },
  { "long fingerprint", HEAD MEDIA ICE "a=fingerprint:sha-256 " FINGERPRINT ":20\r\n" REST,
    FR_DESCRIPTION_NO_FINGERPRINT },
  { "odd fingerprint", HEAD MEDIA ICE "a=fingerprint:sha-256 zz" FINGERPRINT "\r\n" REST,
    FR_DESCRIPTION_NO_FINGERPRINT },
  { "no credentials", HEAD MEDIA PRINT REST, FR_DESCRIPTION_NO_CREDENTIALS },
  { "short name", HEAD MEDIA "a=ice-ufrag:abc\r\na=ice-pwd:0123456789012345678901\r\n" PRINT REST,
    FR_DESCRIPTION_NO_CREDENTIALS },
  { "short password", HEAD MEDIA "a=ice-ufrag:abcd\r\na=ice-pwd:012345678901234567890\r\n" PRINT REST,
    FR_DESCRIPTION_NO_CREDENTIALS },
  { "no section name", HEAD MEDIA ICE PRINT "a=setup:actpass\r\na=sctp-port:5000\r\n", FR_DESCRIPTION_ODD_VALUE },
  { "odd section name", HEAD MEDIA ICE PRINT "a=mid:0 1\r\na=setup:actpass\r\na=sctp-port:5000\r\n",
    FR_DESCRIPTION_ODD_VALUE },
  { "no set-up", HEAD MEDIA ICE PRINT "a=mid:0\r\na=sctp-port:5000\r\n", FR_DESCRIPTION_ODD_VALUE },
  { "odd set-up", HEAD MEDIA ICE PRINT "a=mid:0\r\na=setup:holdconn\r\na=sctp-port:5000\r\n",
    FR_DESCRIPTION_ODD_VALUE },
  { "no port", HEAD MEDIA ICE PRINT "a=mid:0\r\na=setup:actpass\r\n", FR_DESCRIPTION_ODD_VALUE },
  { "port 0", HEAD MEDIA ICE PRINT "a=mid:0\r\na=setup:actpass\r\na=sctp-port:0\r\n", FR_DESCRIPTION_ODD_VALUE },
  { "port 65536", HEAD MEDIA ICE PRINT "a=mid:0\r\na=setup:actpass\r\na=sctp-port:65536\r\n",
    FR_DESCRIPTION_ODD_VALUE },
  { "odd message size", GOOD "a=max-message-size:-1\r\n", FR_DESCRIPTION_ODD_VALUE },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FrDescription) description = NULL;

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (fr_description_parse (cases[i].sdp, TRUE, &description), ==, cases[i].fault);
      g_assert_true ((description != NULL) == (cases[i].fault == FR_DESCRIPTION_OK));
      g_assert_cmpstr (fr_description_fault_to_string (cases[i].fault), !=, "unknown");
    }
}

/* Who connects is open in an offer, settled in an answer. */
static void
test_answer (void)
{
  g_autoptr (FrDescription) description = NULL;

  g_assert_cmpint (fr_description_parse (GOOD, FALSE, &description), ==, FR_DESCRIPTION_ODD_VALUE);
  g_assert_cmpint (fr_description_parse (HEAD MEDIA ICE PRINT "a=mid:0\r\na=setup:passive\r\na=sctp-port:1\r\n", FALSE,
                                         &description), ==, FR_DESCRIPTION_OK);
}

static void
test_size (void)
{
  GString *sdp = g_string_new (GOOD "a=x:");
  FrDescription *description = NULL;

  while (sdp->len < FR_DESCRIPTION_MAX_BYTES)
    g_string_append_c (sdp, 'y');
  g_assert_cmpint (fr_description_parse (sdp->str, TRUE, &description), ==, FR_DESCRIPTION_OK);
  g_clear_pointer (&description, fr_description_free);
  g_string_append_c (sdp, 'y');
  g_assert_cmpint (fr_description_parse (sdp->str, TRUE, &description), ==, FR_DESCRIPTION_TOO_LARGE);
  g_assert_null (description);
  g_string_free (sdp, TRUE);
}

static void
test_lengths (void)
{
  static const struct
  {
    const char *before;
    gsize max;
    FrDescriptionFault fault;
  } lengths[] = {
    { HEAD MEDIA PRINT REST "a=ice-pwd:0123456789012345678901\r\na=ice-ufrag:", 256, FR_DESCRIPTION_NO_CREDENTIALS },
    { HEAD MEDIA PRINT REST "a=ice-ufrag:abcd\r\na=ice-pwd:", 256, FR_DESCRIPTION_NO_CREDENTIALS },
    { HEAD MEDIA PRINT ICE "a=setup:active\r\na=sctp-port:1\r\na=mid:", 64, FR_DESCRIPTION_ODD_VALUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gsize extra = 0; extra < 2; extra++)
      {
        g_autofree char *word = g_strnfill (lengths[i].max + extra, 'w');
        g_autofree char *sdp = g_strconcat (lengths[i].before, word, "\r\n", NULL);
        g_autoptr (FrDescription) description = NULL;

        g_assert_cmpint (fr_description_parse (sdp, TRUE, &description), ==,
                         extra ? lengths[i].fault : FR_DESCRIPTION_OK);
      }
}

static void
test_fingerprints (void)
{
  GString *sdp = g_string_new (HEAD MEDIA ICE REST);
  guint8 hash[FR_CERTIFICATE_HASH_SIZE];
  g_autoptr (FrDescription) description = NULL;

  for (guint i = 0; i < FR_DESCRIPTION_MAX_FINGERPRINTS; i++)
    g_string_append_printf (sdp, "a=fingerprint:sha-256 %02X%s\r\n", i, &FINGERPRINT[2]);
  g_string_append (sdp, "a=fingerprint:sha-256 FF" FINGERPRINT);
  g_assert_cmpint (fr_description_parse (sdp->str, TRUE, &description), ==, FR_DESCRIPTION_OK);
  for (guint i = 0; i < sizeof hash; i++)
    hash[i] = (guint8) i;
  g_assert_true (fr_description_has_fingerprint (description, hash));
  hash[0] = FR_DESCRIPTION_MAX_FINGERPRINTS - 1;
  g_assert_true (fr_description_has_fingerprint (description, hash));
  hash[0] = 0xff;
  g_assert_false (fr_description_has_fingerprint (description, hash));
  hash[0] = 0;
  hash[31] ^= 1;
  g_assert_false (fr_description_has_fingerprint (description, hash));
  g_string_free (sdp, TRUE);
}

/* What is written anew says the same, and nothing that was not understood. */
static void
test_written_anew (void)
{
  static const char sdp[] = GOOD "a=max-message-size:262144\r\na=candidate:1 1 UDP 1 127.0.0.1 4 typ host\r\n"
                                 "a=candidate:odd\r\na=x-secret:1\r\n";
  g_autoptr (FrDescription) description = NULL;
  g_autoptr (FrDescription) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  const char *const *candidates;

  g_assert_cmpint (fr_description_parse (sdp, TRUE, &description), ==, FR_DESCRIPTION_OK);
  candidates = fr_description_get_candidates (description);
  g_assert_cmpstr (candidates[0], ==, "candidate:1 1 UDP 1 127.0.0.1 4 typ host");
  g_assert_cmpstr (candidates[1], ==, "candidate:odd");
  g_assert_null (candidates[2]);

  first = fr_description_to_sdp (description);
  g_assert_null (strstr (first, "x-secret"));
  g_assert_null (strstr (first, "candidate:"));
  g_assert_nonnull (strstr (first, "a=max-message-size:262144\r\n"));
  g_assert_cmpint (fr_description_parse (first, TRUE, &again), ==, FR_DESCRIPTION_OK);
  second = fr_description_to_sdp (again);
  g_assert_cmpstr (first, ==, second);
}

/* Cut anywhere, it is refused or still whole; never read past its end. */
static void
test_truncated (void)
{
  for (gsize size = 0; size < strlen (GOOD); size++)
    {
      g_autofree char *sdp = g_strndup (GOOD, size);
      g_autoptr (FrDescription) description = NULL;

      if (fr_description_parse (sdp, TRUE, &description) == FR_DESCRIPTION_OK)
        g_assert_cmpuint (size, >=, strlen (GOOD) - strlen ("000\r\n"));
    }
}

void
test_description_add (void)
{
  g_test_add_func ("/webrtc/description/table", test_table);
  g_test_add_func ("/webrtc/description/answer", test_answer);
  g_test_add_func ("/webrtc/description/size", test_size);
  g_test_add_func ("/webrtc/description/lengths", test_lengths);
  g_test_add_func ("/webrtc/description/fingerprints", test_fingerprints);
  g_test_add_func ("/webrtc/description/written-anew", test_written_anew);
  g_test_add_func ("/webrtc/description/truncated", test_truncated);
}
