/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-json-guard.h"
#include "fr-signal.h"
#include "fr-test-support.h"

#include <string.h>

#include "tests.h"

static FrDialNote
make_note (void)
{
  FrDialNote note = { .version_min = 1, .version_max = 3, .purpose = FR_DIAL_PURPOSE_TRANSFER };

  memset (note.dial_id, 0xab, sizeof note.dial_id);
  memset (note.key.bytes, 0x01, sizeof note.key.bytes);
  memset (note.signature, 0xfe, sizeof note.signature);
  return note;
}

static FrSignal *
make_signal (FrSignalType type)
{
  FrSignal *signal = fr_signal_new (type);

  signal->src = g_strdup ("zoe");
  signal->dst = g_strdup ("anna b");
  if (type == FR_SIGNAL_OFFER || type == FR_SIGNAL_ANSWER || type == FR_SIGNAL_LEAVE)
    {
      signal->has_note = TRUE;
      signal->note = make_note ();
    }
  if (type == FR_SIGNAL_OFFER || type == FR_SIGNAL_ANSWER)
    signal->sdp = g_strdup ("v=0\r\no=- \"quoted\" \xc3\xab\r\n");
  if (type == FR_SIGNAL_OFFER || type == FR_SIGNAL_ANSWER || type == FR_SIGNAL_LEAVE || type == FR_SIGNAL_CANDIDATE)
    signal->connection_id = g_strdup ("dc_1");
  if (type == FR_SIGNAL_CANDIDATE)
    {
      signal->candidate = g_strdup ("candidate:1 1 udp 2113937151 192.0.2.2 35684 typ host");
      signal->mline = 2;
    }
  if (type == FR_SIGNAL_LEAVE || type == FR_SIGNAL_ERROR || type == FR_SIGNAL_ID_TAKEN)
    signal->reason = g_strdup ("because");
  return signal;
}

static void
assert_equal (const FrSignal *a, const FrSignal *b)
{
  g_assert_cmpint (a->type, ==, b->type);
  g_assert_cmpstr (a->src, ==, b->src);
  g_assert_cmpstr (a->dst, ==, b->dst);
  g_assert_cmpstr (a->connection_id, ==, b->connection_id);
  g_assert_cmpstr (a->sdp, ==, b->sdp);
  g_assert_cmpstr (a->candidate, ==, b->candidate);
  g_assert_cmpuint (a->mline, ==, b->mline);
  g_assert_cmpint (a->has_note, ==, b->has_note);
  g_assert_true (fr_dial_note_equal (&a->note, &b->note));
  g_assert_cmpstr (a->reason, ==, b->reason);
}

static void
test_round_trip (void)
{
  for (FrSignalType type = FR_SIGNAL_OPEN; type < FR_SIGNAL_UNKNOWN; type++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FrSignal) signal = make_signal (type);
      g_autoptr (FrSignal) copy = fr_signal_copy (signal);
      g_autofree char *json = fr_signal_to_json (copy);
      g_autoptr (FrSignal) back = fr_signal_parse (json, -1, &error);

      g_assert_no_error (error);
      assert_equal (back, signal);
      assert_equal (copy, signal);
    }
}

/* Byte for byte, since PeerJS clients of all ages must find what they look for. */
static void
test_written (void)
{
  g_autoptr (FrSignal) offer = make_signal (FR_SIGNAL_OFFER);
  g_autoptr (FrSignal) candidate = make_signal (FR_SIGNAL_CANDIDATE);
  g_autoptr (FrSignal) heartbeat = fr_signal_new (FR_SIGNAL_HEARTBEAT);
  g_autofree char *offer_json = NULL, *candidate_json = fr_signal_to_json (candidate);
  g_autofree char *heartbeat_json = fr_signal_to_json (heartbeat);
  g_autofree char *connection_id = fr_dial_note_make_connection_id (&offer->note);

  g_free (offer->sdp);
  offer->sdp = g_strdup ("v=0");
  offer->has_note = FALSE;
  offer_json = fr_signal_to_json (offer);
  g_assert_cmpstr (offer_json, ==,
                   "{\"type\":\"OFFER\",\"src\":\"zoe\",\"dst\":\"anna b\",\"payload\":{"
                   "\"sdp\":{\"type\":\"offer\",\"sdp\":\"v=0\"},\"type\":\"data\",\"connectionId\":\"dc_1\","
                   "\"browser\":\"Chrome\",\"label\":\"dc_1\",\"serialization\":\"binary\",\"reliable\":true}}");
  g_assert_cmpstr (candidate_json, ==,
                   "{\"type\":\"CANDIDATE\",\"src\":\"zoe\",\"dst\":\"anna b\",\"payload\":{\"candidate\":{"
                   "\"candidate\":\"candidate:1 1 udp 2113937151 192.0.2.2 35684 typ host\",\"sdpMid\":\"2\","
                   "\"sdpMLineIndex\":2},\"type\":\"data\",\"connectionId\":\"dc_1\"}}");
  g_assert_cmpstr (heartbeat_json, ==, "{\"type\":\"HEARTBEAT\"}");
  g_assert_cmpstr (connection_id, ==, "dc_abababababababababababababababab");
}

/* What the browsers of the PeerJS project send. */
static void
test_from_browser (void)
{
  const char *offer
      = "{\"type\":\"OFFER\",\"src\":\"1\",\"dst\":\"n2\",\"payload\":{"
        "\"sdp\":{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"},"
        "\"type\":\"data\",\"label\":\"dc_9\",\"connectionId\":\"dc_9\",\"reliable\":false,"
        "\"serialization\":\"binary\",\"metadata\":\"any\",\"browser\":\"Chrome\"}}";
  const char *candidate
      = "{\"type\":\"CANDIDATE\",\"src\":\"1\",\"dst\":\"n2\",\"payload\":{\"candidate\":{\"sdpMid\":\"0\","
        "\"sdpMLineIndex\":null,\"candidate\":\"\",\"usernameFragment\":null},"
        "\"type\":\"data\",\"connectionId\":\"dc_9\"}}";
  g_autoptr (FrSignal) first = fr_signal_parse (offer, -1, NULL);
  g_autoptr (FrSignal) second = fr_signal_parse (candidate, -1, NULL);

  g_assert_cmpstr (first->src, ==, "1");
  g_assert_cmpstr (first->sdp, ==, "v=0\r\n");
  g_assert_false (first->has_note);
  g_assert_cmpstr (second->candidate, ==, "");
  g_assert_cmpuint (second->mline, ==, 0);
}

#define NOTE(fields) "{\"type\":\"LEAVE\",\"src\":\"a\",\"payload\":{\"metadata\":{\"freshet\":{" fields "}}}}"
#define KEY "\"key\":\"0101010101010101010101010101010101010101010101010101010101010101\""
#define SIG "\"sig\":\"" SIG_16 SIG_16 SIG_16 SIG_16 "\""
#define SIG_16 "fefefefefefefefefefefefefefefefe"
#define DIAL "\"dial\":\"abababababababababababababababab\""

static void
test_malformed (void)
{
  static const char *const rows[] = {
    "5",
    "[]",
    "\"OFFER\"",
    "{}",
    "{\"type\":5}",
    "{\"type\":null}",
    "{\"type\":\"OFFER\"}",
    "{\"type\":\"OFFER\",\"payload\":[]}",
    "{\"type\":\"OFFER\",\"payload\":{\"sdp\":\"v=0\",\"connectionId\":\"c\"}}",
    "{\"type\":\"OFFER\",\"payload\":{\"sdp\":{\"sdp\":\"\"},\"connectionId\":\"c\"}}",
    "{\"type\":\"OFFER\",\"payload\":{\"sdp\":{\"sdp\":\"v=0\"}}}",
    "{\"type\":\"OFFER\",\"payload\":{\"sdp\":{\"sdp\":\"v=0\"},\"connectionId\":7}}",
    "{\"type\":\"CANDIDATE\",\"payload\":{\"connectionId\":\"c\"}}",
    "{\"type\":\"CANDIDATE\",\"payload\":{\"connectionId\":\"c\",\"candidate\":{\"candidate\":5}}}",
    "{\"type\":\"CANDIDATE\",\"payload\":{\"connectionId\":\"c\",\"candidate\":{\"candidate\":\"x\","
    "\"sdpMLineIndex\":256}}}",
    "{\"type\":\"CANDIDATE\",\"payload\":{\"connectionId\":\"c\",\"candidate\":{\"candidate\":\"x\","
    "\"sdpMLineIndex\":-1}}}",
    "{\"type\":\"EXPIRE\",\"src\":5}",
    "{\"type\":\"EXPIRE\",\"src\":\"\"}",
    "{\"type\":\"EXPIRE\",\"src\":\"a\",\"dst\":{}}",
    NOTE (""),
    NOTE ("\"min\":2,\"max\":1,\"purpose\":1," DIAL "," KEY "," SIG),
    NOTE ("\"min\":1,\"max\":65536,\"purpose\":1," DIAL "," KEY "," SIG),
    NOTE ("\"min\":1,\"max\":1,\"purpose\":0," DIAL "," KEY "," SIG),
    NOTE ("\"min\":1,\"max\":1,\"purpose\":3," DIAL "," KEY "," SIG),
    NOTE ("\"min\":1,\"max\":1,\"purpose\":1,\"dial\":\"ab\"," KEY "," SIG),
    NOTE ("\"min\":1,\"max\":1,\"purpose\":1," DIAL ",\"key\":\"xx\"," SIG),
    NOTE ("\"min\":1,\"max\":1,\"purpose\":1," DIAL "," KEY),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FrSignal) signal = fr_signal_parse (rows[i], -1, &error);

      if (signal != NULL)
        g_error ("%s was taken", rows[i]);
      g_assert_error (error, FR_SIGNAL_FAULT, FR_SIGNAL_FAULT_MALFORMED);
    }
}

static void
test_unknown (void)
{
  static const struct
  {
    const char *json;
    FrSignalType type;
  } rows[] = {
    { "{\"type\":\"GOSSIP\",\"payload\":7}", FR_SIGNAL_UNKNOWN },
    { "{\"type\":\"open\"}", FR_SIGNAL_UNKNOWN },
    { "{\"type\":\"UNKNOWN\"}", FR_SIGNAL_UNKNOWN },
    { "{\"type\":\"INVALID-KEY\"}", FR_SIGNAL_ERROR },
    { "{\"type\":\"OPEN\",\"more\":[1,{}]}", FR_SIGNAL_OPEN },
    { NOTE ("\"min\":1,\"max\":9,\"purpose\":1,\"more\":[]," DIAL "," KEY "," SIG), FR_SIGNAL_LEAVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FrSignal) signal = fr_signal_parse (rows[i].json, -1, &error);

      g_assert_no_error (error);
      g_assert_cmpint (signal->type, ==, rows[i].type);
    }
}

/* Each text at its limit, and one past it. */
static void
test_limits (void)
{
  static const struct
  {
    const char *format;
    gsize limit;
  } rows[] = {
    { "{\"type\":\"EXPIRE\",\"src\":\"%s\"}", FR_SIGNAL_MAX_ID_SIZE },
    { "{\"type\":\"EXPIRE\",\"dst\":\"%s\"}", FR_SIGNAL_MAX_ID_SIZE },
    { "{\"type\":\"LEAVE\",\"payload\":{\"connectionId\":\"%s\"}}", FR_SIGNAL_MAX_ID_SIZE },
    { "{\"type\":\"ANSWER\",\"payload\":{\"connectionId\":\"c\",\"sdp\":{\"sdp\":\"%s\"}}}", FR_SIGNAL_MAX_SDP_SIZE },
    { "{\"type\":\"CANDIDATE\",\"payload\":{\"connectionId\":\"c\",\"candidate\":{\"candidate\":\"%s\"}}}",
      FR_SIGNAL_MAX_CANDIDATE_SIZE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *longest = g_strnfill (rows[i].limit, 'x'), *longer = g_strnfill (rows[i].limit + 1, 'x');
      g_autofree char *good = g_strdup_printf (rows[i].format, longest);
      g_autofree char *bad = g_strdup_printf (rows[i].format, longer);
      g_autoptr (FrSignal) signal = fr_signal_parse (good, -1, NULL);

      g_assert_nonnull (signal);
      g_assert_null (fr_signal_parse (bad, -1, NULL));
    }
}

static void
test_reason_is_cut (void)
{
  g_autofree char *fill = g_strnfill (FR_SIGNAL_MAX_REASON_SIZE - 1, 'x');
  g_autofree char *json = g_strdup_printf ("{\"type\":\"ERROR\",\"payload\":{\"msg\":\"%s\xc3\xab\"}}", fill);
  g_autoptr (FrSignal) signal = fr_signal_parse (json, -1, NULL);

  g_assert_cmpstr (signal->reason, ==, fill); /* half a letter is none */
}

/* Whatever is changed in a good message, it is read or refused. */
static void
test_mutations (void)
{
  g_autoptr (GRand) random = fr_test_rand_new ();
  g_autoptr (FrSignal) offer = make_signal (FR_SIGNAL_OFFER);
  g_autofree char *json = fr_signal_to_json (offer);
  gsize size = strlen (json);

  for (int i = 0; i < 20000; i++)
    {
      gsize length = (gsize) g_rand_int_range (random, 0, (gint32) size + 1);
      g_autofree char *text = g_memdup2 (json, size);
      g_autoptr (FrSignal) signal = NULL;

      for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
        text[g_rand_int_range (random, 0, (gint32) size)] = (char) g_rand_int_range (random, 0, 256);
      signal = fr_signal_parse (text, (gssize) (i % 2 == 0 ? size : length), NULL);
      if (signal != NULL && signal->sdp != NULL)
        g_assert_true (g_utf8_validate (signal->sdp, -1, NULL));
    }
}

void
test_signal_add (void)
{
  g_test_add_func ("/signalling/signal/round-trip", test_round_trip);
  g_test_add_func ("/signalling/signal/written", test_written);
  g_test_add_func ("/signalling/signal/from-browser", test_from_browser);
  g_test_add_func ("/signalling/signal/malformed", test_malformed);
  g_test_add_func ("/signalling/signal/unknown", test_unknown);
  g_test_add_func ("/signalling/signal/limits", test_limits);
  g_test_add_func ("/signalling/signal/reason-is-cut", test_reason_is_cut);
  g_test_add_func ("/signalling/signal/mutations", test_mutations);
}
