/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-identity.h"
#include "fr-rendezvous.h"

G_BEGIN_DECLS

/* Our place at one rendezvous server: which server, what we are called there (with a suffix where the name that we
 * wanted is taken), and what comes from it. Lives in the network thread.
 *
 * Signals: "changed" (), state or address; "signal" (FrSignal), of another peer. */

#define FR_TYPE_REGISTRATION (fr_registration_get_type ())
G_DECLARE_FINAL_TYPE (FrRegistration, fr_registration, FR, REGISTRATION, GObject)

FrRegistration *fr_registration_new (FrIdentity *identity);
gboolean fr_registration_connect (FrRegistration *self, const char *server, const char *address, GError **error);
void fr_registration_disconnect (FrRegistration *self);
void fr_registration_retry (FrRegistration *self);
gboolean fr_registration_send (FrRegistration *self, const FrSignal *signal);

FrRendezvousState fr_registration_get_state (FrRegistration *self);
gboolean fr_registration_is_online (FrRegistration *self);
const GError *fr_registration_get_error (FrRegistration *self);
gint64 fr_registration_get_retry_at (FrRegistration *self);
const char *fr_registration_get_server (FrRegistration *self);
const char *fr_registration_get_taken (FrRegistration *self);
const char *fr_registration_get_address (FrRegistration *self);

G_END_DECLS
