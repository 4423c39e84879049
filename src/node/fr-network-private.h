/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-network.h"

G_BEGIN_DECLS

/* How the main thread's calls get to the network thread. */

struct _FrNetwork
{
  GObject parent_instance;

  /* owned */
  GThread *thread;
  GMainContext *context; /* of the network thread */
  GMainContext *main_context;
  FrNetworkCore *core; /* made, used and freed in the network thread */

  /* for the thread to begin with */
  FrIdentity *identity;
  FrStore *store;
  FrWebrtcConfig webrtc;

  /* state */
  guint last_number;
  gboolean closing; /* in the network thread */
};

typedef void (*FrNetworkWork) (FrNetworkCore *core, gconstpointer arguments);

/* A call on its way to the network thread. */
typedef struct
{
  FrNetwork *network;
  FrNetworkWork work;
  guint number, other;
  FrPeerKey key;
  gboolean has_key;
  char *text;
  char *more;
  FrFetchRequest *request;
  FrAcquaintances *acquaintances;
  GBytes *keys; /* of several people */
} FrNetworkCall;

FrNetworkCall *fr_network_call_new (FrNetwork *self, FrNetworkWork work);
void fr_network_call_send (FrNetworkCall *call);

G_END_DECLS
