/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "fr-rendezvous-error.h"
#include "fr-signal.h"

G_BEGIN_DECLS

/* A place where peers that know each other's ids leave messages to set up a direct connection. Used only from the
 * thread whose main context was the default one when it was made; its signals are emitted there, never from within
 * fr_rendezvous_send(). */

typedef enum
{
  FR_RENDEZVOUS_OFFLINE,
  FR_RENDEZVOUS_CONNECTING,
  FR_RENDEZVOUS_ONLINE,  /* registered */
  FR_RENDEZVOUS_WAITING, /* will try again by itself */
  FR_RENDEZVOUS_FAILED,  /* will not, since that would not help */
} FrRendezvousState;

#define FR_TYPE_RENDEZVOUS_STATE (fr_rendezvous_state_get_type ())
GType fr_rendezvous_state_get_type (void);
const char *fr_rendezvous_state_to_string (FrRendezvousState state);

#define FR_TYPE_RENDEZVOUS (fr_rendezvous_get_type ())
G_DECLARE_DERIVABLE_TYPE (FrRendezvous, fr_rendezvous, FR, RENDEZVOUS, GObject)

struct _FrRendezvousClass
{
  GObjectClass parent_class;

  void (*connect) (FrRendezvous *self);
  void (*disconnect) (FrRendezvous *self);
  gboolean (*send) (FrRendezvous *self, const FrSignal *signal, GError **error);
};

void fr_rendezvous_connect (FrRendezvous *self);
void fr_rendezvous_disconnect (FrRendezvous *self);
gboolean fr_rendezvous_send (FrRendezvous *self, const FrSignal *signal, GError **error);

FrRendezvousState fr_rendezvous_get_state (FrRendezvous *self);
const char *fr_rendezvous_get_id (FrRendezvous *self);
const char *fr_rendezvous_get_server (FrRendezvous *self);
const GError *fr_rendezvous_get_error (FrRendezvous *self);
gint64 fr_rendezvous_get_retry_at (FrRendezvous *self);

/* For subclasses. */
gboolean fr_rendezvous_change_state (FrRendezvous *self,
                                     FrRendezvousState state,
                                     const GError *error,
                                     gint64 retry_at_us);
void fr_rendezvous_emit_signal (FrRendezvous *self, const FrSignal *signal);

G_END_DECLS
