/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-rendezvous.h"

#include "fr-test-support.h"

typedef struct
{
  TestRendezvous *test;
  FrRendezvousState state;
  int code; /* -1: any or none */
  guint n_signals;
} Wanted;

static void
signal_cb (FrRendezvous *rendezvous, const FrSignal *signal, gpointer user_data)
{
  TestRendezvous *self = user_data;

  g_ptr_array_add (self->signals, fr_signal_copy (signal));
}

static void
state_cb (FrRendezvous *rendezvous, GParamSpec *pspec, gpointer user_data)
{
  TestRendezvous *self = user_data;

  g_string_append_c (self->states, *fr_rendezvous_state_to_string (fr_rendezvous_get_state (rendezvous)));
}

static gboolean
is_as_wanted (gpointer data)
{
  Wanted *wanted = data;
  FrRendezvous *rendezvous = FR_RENDEZVOUS (wanted->test->client);
  const GError *error = fr_rendezvous_get_error (rendezvous);

  return fr_rendezvous_get_state (rendezvous) == wanted->state
         && (wanted->code < 0 || g_error_matches (error, FR_RENDEZVOUS_ERROR, wanted->code));
}

static gboolean
has_signals (gpointer data)
{
  Wanted *wanted = data;

  return wanted->test->signals->len >= wanted->n_signals;
}

TestRendezvous *
test_rendezvous_new_for (const char *server, const char *id, const char *token)
{
  const FrPeerserverTiming timing = {
    .connect_timeout_ms = 2000,
    .settle_ms = TEST_SETTLE,
    .base_delay_ms = TEST_BASE_DELAY,
    .taken_delay_ms = 4 * TEST_BASE_DELAY,
    .heartbeat_ms = 50,
    .silence_ms = 60000,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (FrServerAddress) address = fr_server_address_parse (server, &error);
  TestRendezvous *self = g_new0 (TestRendezvous, 1);

  g_assert_no_error (error);
  self->client = fr_peerserver_client_new (address, id, token);
  self->signals = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_signal_free);
  self->states = g_string_new (NULL);
  fr_peerserver_client_set_timing (self->client, &timing);
  g_signal_connect (self->client, "signal", G_CALLBACK (signal_cb), self);
  g_signal_connect (self->client, "notify::state", G_CALLBACK (state_cb), self);
  return self;
}

TestRendezvous *
test_rendezvous_new (guint port, const char *id, const char *token)
{
  g_autofree char *server = g_strdup_printf ("127.0.0.1:%u", port);

  return test_rendezvous_new_for (server, id, token);
}

void
test_rendezvous_free (TestRendezvous *self)
{
  g_signal_handlers_disconnect_by_data (self->client, self);
  fr_rendezvous_disconnect (FR_RENDEZVOUS (self->client));
  g_object_unref (self->client);
  g_ptr_array_unref (self->signals);
  g_string_free (self->states, TRUE);
  g_free (self);
}

void
test_rendezvous_await (TestRendezvous *self, FrRendezvousState state)
{
  fr_test_wait_until (is_as_wanted, &(Wanted) { .test = self, .state = state, .code = -1 }, 5);
}

void
test_rendezvous_await_error (TestRendezvous *self, FrRendezvousState state, FrRendezvousError code)
{
  fr_test_wait_until (is_as_wanted, &(Wanted) { .test = self, .state = state, .code = (int) code }, 5);
}

FrSignal *
test_rendezvous_await_signal (TestRendezvous *self, guint index)
{
  fr_test_wait_until (has_signals, &(Wanted) { .test = self, .n_signals = index + 1 }, 10);
  return self->signals->pdata[index];
}

TestRendezvous *
test_rendezvous_online (guint port, const char *id, const char *token)
{
  TestRendezvous *self = test_rendezvous_new (port, id, token);

  fr_rendezvous_connect (FR_RENDEZVOUS (self->client));
  test_rendezvous_await (self, FR_RENDEZVOUS_ONLINE);
  return self;
}
