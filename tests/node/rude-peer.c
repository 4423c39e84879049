/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rude-peer.h"

#include "fr-dial-proof.h"
#include "fr-frame.h"
#include "fr-test-support.h"

typedef struct
{
  RudePeer *peer;
  FrSignalType type;
  guint index;
  FrSignal *found;
} Wanted;

FrPeerServer *
rude_server_new (guint port, char **out_address)
{
  FrPeerServerConfig config = { .interface = "127.0.0.1", .port = port };
  FrPeerServer *server = fr_peer_server_new (&config);
  g_autoptr (GError) error = NULL;

  g_assert_true (fr_peer_server_start (server, &error));
  g_assert_no_error (error);
  if (out_address != NULL)
    *out_address = g_strdup_printf ("127.0.0.1:%u", fr_peer_server_get_port (server));
  return server;
}

static void
signal_cb (FrRendezvous *rendezvous, const FrSignal *signal, gpointer data)
{
  g_ptr_array_add (((RudePeer *) data)->signals, fr_signal_copy (signal));
}

static gboolean
is_online (gpointer data)
{
  return fr_rendezvous_get_state (data) == FR_RENDEZVOUS_ONLINE;
}

RudePeer *
rude_peer_new (const char *server, const char *address)
{
  RudePeer *self = g_new0 (RudePeer, 1);
  g_autoptr (FrServerAddress) parsed = fr_server_address_parse (server, NULL);
  g_autofree char *token = NULL;

  self->identity = fr_identity_new ();
  self->address = g_strdup (address);
  self->signals = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_signal_free);
  token = fr_identity_make_token (self->identity, server, address);
  self->rendezvous = FR_RENDEZVOUS (fr_peerserver_client_new (parsed, address, token));
  g_signal_connect (self->rendezvous, "signal", G_CALLBACK (signal_cb), self);
  fr_rendezvous_connect (self->rendezvous);
  fr_test_wait_until (is_online, self->rendezvous, 10);
  return self;
}

void
rude_peer_free (RudePeer *self)
{
  g_signal_handlers_disconnect_by_data (self->rendezvous, self);
  fr_rendezvous_disconnect (self->rendezvous);
  g_object_unref (self->rendezvous);
  g_ptr_array_unref (self->signals);
  fr_identity_unref (self->identity);
  g_free (self->address);
  g_free (self);
}

void
rude_peer_send (RudePeer *self, FrSignal *signal, const char *to)
{
  g_autoptr (GError) error = NULL;

  g_free (signal->dst);
  signal->dst = g_strdup (to);
  g_assert_true (fr_rendezvous_send (self->rendezvous, signal, &error));
  g_assert_no_error (error);
}

static gboolean
has_come (gpointer data)
{
  Wanted *wanted = data;
  guint n = 0;

  for (guint i = 0; i < wanted->peer->signals->len; i++)
    {
      FrSignal *signal = g_ptr_array_index (wanted->peer->signals, i);

      if (signal->type == wanted->type && n++ == wanted->index)
        wanted->found = signal;
    }
  return wanted->found != NULL;
}

FrSignal *
rude_peer_await (RudePeer *self, FrSignalType type, guint index)
{
  Wanted wanted = { .peer = self, .type = type, .index = index };

  fr_test_wait_until (has_come, &wanted, 15);
  return wanted.found;
}

FrSignal *
rude_peer_make_offer (RudePeer *self, const FrIdentity *identity, const char *to, const char *sdp)
{
  return rude_peer_make_offer_for (self, identity, to, sdp, FR_DIAL_PURPOSE_LINK);
}

FrSignal *
rude_peer_make_offer_for (RudePeer *self, const FrIdentity *identity, const char *to, const char *sdp,
                          FrDialPurpose purpose)
{
  FrSignal *offer = fr_signal_new (FR_SIGNAL_OFFER);

  offer->src = g_strdup (self->address);
  offer->dst = g_strdup (to);
  offer->sdp = g_strdup (sdp);
  offer->note.version_min = offer->note.version_max = FR_PROTOCOL_VERSION;
  offer->note.purpose = purpose;
  for (gsize i = 0; i < FR_DIAL_ID_SIZE; i++)
    offer->note.dial_id[i] = (guint8) g_random_int ();
  offer->connection_id = fr_dial_note_make_connection_id (&offer->note);
  fr_dial_proof_sign (offer, identity);
  return offer;
}
