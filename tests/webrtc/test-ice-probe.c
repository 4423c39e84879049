/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-ice-probe.h"

#include "fake-relay.h"
#include "fr-test-support.h"
#include "tests.h"

#define SHORT_MS 400    /* for servers that never answer */
#define PATIENT_MS 5000 /* for the others: the tests end when they do */

typedef struct
{
  gboolean done;
  gboolean good;
  FrIceProbeResult result;
  GError *error;
} Finding;

static void
finding_clear (Finding *self)
{
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finding, finding_clear)

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Finding *finding = data;

  g_assert_false (finding->done);
  finding->done = TRUE;
  finding->good = fr_ice_probe_finish (result, &finding->result, &finding->error);
  g_assert_true (finding->good == (finding->error == NULL));
}

static gboolean
is_done (gpointer data)
{
  return ((Finding *) data)->done;
}

static void
look (const char *uri, guint timeout_ms, Finding *out_finding)
{
  fr_ice_probe_async (uri, timeout_ms, NULL, found_cb, out_finding);
  g_assert_false (out_finding->done);
  fr_test_wait_until (is_done, out_finding, 15);
}

static char *
make_uri (FakeRelay *relay, gboolean is_turn)
{
  return is_turn ? fake_relay_make_turn (relay, FAKE_RELAY_USER, FAKE_RELAY_PASSWORD) : fake_relay_make_stun (relay);
}

typedef struct
{
  const char *name;
  FakeRelayManner manner;
  gboolean is_turn;
  gboolean over_tcp;
  int error; /* -1: none */
} Case;

static const Case cases[] = {
  { "stun/good", FAKE_RELAY_GOOD, FALSE, FALSE, -1 },
  { "stun/lost-packet", FAKE_RELAY_FORGETS_FIRST, FALSE, FALSE, -1 },
  { "stun/translated", FAKE_RELAY_ELSEWHERE, FALSE, FALSE, -1 },
  { "stun/silent", FAKE_RELAY_SILENT, FALSE, FALSE, FR_ICE_PROBE_ERROR_NO_ANSWER },
  { "stun/noise", FAKE_RELAY_NOISE, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "stun/other-id", FAKE_RELAY_OTHER_ID, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "stun/too-long", FAKE_RELAY_TOO_LONG, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "stun/too-short", FAKE_RELAY_TOO_SHORT, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "stun/long-attribute", FAKE_RELAY_LONG_ATTRIBUTE, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "stun/no-address", FAKE_RELAY_NO_ADDRESS, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "stun/huge", FAKE_RELAY_HUGE, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "stun/empty", FAKE_RELAY_EMPTY, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "stun/echo", FAKE_RELAY_ECHO, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "stun/broken", FAKE_RELAY_BROKEN, FALSE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "turn/good", FAKE_RELAY_GOOD, TRUE, FALSE, -1 },
  { "turn/lost-packet", FAKE_RELAY_FORGETS_FIRST, TRUE, FALSE, -1 },
  { "turn/tcp", FAKE_RELAY_GOOD, TRUE, TRUE, -1 },
  { "turn/silent", FAKE_RELAY_SILENT, TRUE, FALSE, FR_ICE_PROBE_ERROR_NO_ANSWER },
  { "turn/tcp-silent", FAKE_RELAY_SILENT, TRUE, TRUE, FR_ICE_PROBE_ERROR_NO_ANSWER },
  { "turn/tcp-hangs-up", FAKE_RELAY_EMPTY, TRUE, TRUE, FR_ICE_PROBE_ERROR_NO_ANSWER },
  { "turn/tcp-too-long", FAKE_RELAY_TOO_LONG, TRUE, TRUE, FR_ICE_PROBE_ERROR_NO_ANSWER },
  { "turn/tcp-huge", FAKE_RELAY_HUGE, TRUE, TRUE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "turn/noise", FAKE_RELAY_NOISE, TRUE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "turn/other-id", FAKE_RELAY_OTHER_ID, TRUE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "turn/long-attribute", FAKE_RELAY_LONG_ATTRIBUTE, TRUE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "turn/no-address", FAKE_RELAY_NO_ADDRESS, TRUE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "turn/echo", FAKE_RELAY_ECHO, TRUE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "turn/refuses", FAKE_RELAY_REFUSES, TRUE, FALSE, FR_ICE_PROBE_ERROR_REFUSED },
  { "turn/full", FAKE_RELAY_FULL, TRUE, FALSE, FR_ICE_PROBE_ERROR_FULL },
  { "turn/broken", FAKE_RELAY_BROKEN, TRUE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "turn/no-realm", FAKE_RELAY_NO_REALM, TRUE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
  { "turn/stale-for-ever", FAKE_RELAY_STALE, TRUE, FALSE, FR_ICE_PROBE_ERROR_REFUSED },
  { "turn/unsigned", FAKE_RELAY_UNSIGNED, TRUE, FALSE, FR_ICE_PROBE_ERROR_NOT_A_SERVER },
};

static gboolean
is_given_back (gpointer data)
{
  return fake_relay_get_n_allocations (data) == 0;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (FakeRelay) relay = fake_relay_new (c->manner, c->over_tcp);
  g_autofree char *uri = make_uri (relay, c->is_turn);
  g_auto (Finding) finding = { 0 };
  gboolean waits_in_vain = c->error == FR_ICE_PROBE_ERROR_NO_ANSWER || c->error == FR_ICE_PROBE_ERROR_NOT_A_SERVER;

  look (uri, waits_in_vain ? SHORT_MS : PATIENT_MS, &finding);
  if (c->error >= 0)
    {
      g_assert_error (finding.error, FR_ICE_PROBE_ERROR, c->error);
      return;
    }
  g_assert_no_error (finding.error);
  g_assert_cmpuint (finding.result.took_ms, >, 0);
  g_assert_true (finding.result.translated == (c->manner == FAKE_RELAY_ELSEWHERE));
  /* the place that was kept for us is given back, if that is not lost */
  if (c->manner != FAKE_RELAY_FORGETS_FIRST)
    fr_test_wait_until (is_given_back, relay, 5);
}

static void
test_wrong_password (void)
{
  g_autoptr (FakeRelay) relay = fake_relay_new (FAKE_RELAY_GOOD, FALSE);
  g_autofree char *uri = fake_relay_make_turn (relay, FAKE_RELAY_USER, "of the land");
  g_auto (Finding) finding = { 0 };

  look (uri, PATIENT_MS, &finding);
  g_assert_error (finding.error, FR_ICE_PROBE_ERROR, FR_ICE_PROBE_ERROR_REFUSED);
  g_assert_cmpuint (fake_relay_get_n_requests (relay), ==, 2);
}

/* Where nothing is said, sessions try UDP and TCP. */
static void
test_falls_back_to_tcp (void)
{
  g_autoptr (FakeRelay) relay = fake_relay_new (FAKE_RELAY_GOOD, TRUE);
  g_autofree char *uri = make_uri (relay, TRUE);
  g_auto (Finding) finding = { 0 };

  *strchr (uri, '?') = '\0';
  look (uri, PATIENT_MS, &finding);
  g_assert_no_error (finding.error);
}

static void
test_nobody (void)
{
  FakeRelay *relay = fake_relay_new (FAKE_RELAY_GOOD, FALSE);
  g_autofree char *stun = make_uri (relay, FALSE), *turn = make_uri (relay, TRUE);
  g_auto (Finding) first = { 0 };
  g_auto (Finding) second = { 0 };

  *strchr (turn, '?') = '\0';
  fake_relay_free (relay);
  look (stun, PATIENT_MS, &first);
  g_assert_error (first.error, FR_ICE_PROBE_ERROR, FR_ICE_PROBE_ERROR_NO_ANSWER);
  look (turn, PATIENT_MS, &second);
  g_assert_error (second.error, FR_ICE_PROBE_ERROR, FR_ICE_PROBE_ERROR_NO_ANSWER);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *uri;
    int error;
  } rows[] = {
    { "", FR_ICE_PROBE_ERROR_BAD_ADDRESS },
    { "127.0.0.1:3478", FR_ICE_PROBE_ERROR_BAD_ADDRESS },
    { "http://127.0.0.1:3478", FR_ICE_PROBE_ERROR_BAD_ADDRESS },
    { "stun://", FR_ICE_PROBE_ERROR_BAD_ADDRESS },
    { "stun://nobody.invalid", FR_ICE_PROBE_ERROR_UNKNOWN_NAME },
    { "turn://a:b@nobody.invalid", FR_ICE_PROBE_ERROR_UNKNOWN_NAME },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Finding) finding = { 0 };

      look (rows[i].uri, PATIENT_MS, &finding);
      /* a computer without any network cannot say that there is no such name */
      if (rows[i].error == FR_ICE_PROBE_ERROR_UNKNOWN_NAME
          && g_error_matches (finding.error, FR_ICE_PROBE_ERROR, FR_ICE_PROBE_ERROR_NO_ANSWER))
        continue;
      g_assert_error (finding.error, FR_ICE_PROBE_ERROR, rows[i].error);
    }
}

static void
test_too_long (void)
{
  g_autoptr (FakeRelay) relay = fake_relay_new (FAKE_RELAY_GOOD, FALSE);
  g_autofree char *user = g_strnfill (2000, 'a');
  g_autofree char *uri = fake_relay_make_turn (relay, user, "b");
  g_auto (Finding) finding = { 0 };

  look (uri, PATIENT_MS, &finding);
  g_assert_error (finding.error, FR_ICE_PROBE_ERROR, FR_ICE_PROBE_ERROR_NOT_A_SERVER);
  g_assert_cmpuint (fake_relay_get_n_requests (relay), ==, 1);
}

static gboolean
is_asked (gpointer data)
{
  return fake_relay_get_n_requests (data) > 0;
}

static void
test_cancel (void)
{
  g_autoptr (FakeRelay) relay = fake_relay_new (FAKE_RELAY_SILENT, FALSE);
  g_autofree char *uri = make_uri (relay, FALSE);
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_auto (Finding) before = { 0 };
  g_auto (Finding) within = { 0 };

  fr_ice_probe_async (uri, 60 * 1000, stop, found_cb, &within);
  fr_test_wait_until (is_asked, relay, 5);
  g_cancellable_cancel (stop);
  fr_test_wait_until (is_done, &within, 5);
  g_assert_error (within.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  fr_ice_probe_async (uri, 60 * 1000, stop, found_cb, &before);
  fr_test_wait_until (is_done, &before, 5);
  g_assert_error (before.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

void
test_ice_probe_add (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/webrtc/ice-probe/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/webrtc/ice-probe/turn/wrong-password", test_wrong_password);
  g_test_add_func ("/webrtc/ice-probe/turn/falls-back-to-tcp", test_falls_back_to_tcp);
  g_test_add_func ("/webrtc/ice-probe/nobody", test_nobody);
  g_test_add_func ("/webrtc/ice-probe/addresses", test_addresses);
  g_test_add_func ("/webrtc/ice-probe/too-long", test_too_long);
  g_test_add_func ("/webrtc/ice-probe/cancel", test_cancel);
}
