/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* How the links are at one moment, for whoever looks at the network; and what measures how much goes along them. Values:
 * no clock is read here. */

#define FR_NETWORK_PULSE_MAX_LINKS 64      /* more are not told */
#define FR_NETWORK_PULSE_INTERVAL_MS 100   /* at most so often */
#define FR_NETWORK_PULSE_WINDOW_US (G_USEC_PER_SEC) /* over which a load is evened out */

typedef enum
{
  FR_PULSE_LEAVING,
  FR_PULSE_COMING_UP, /* the two greet each other, or one of them has yet to decide */
  FR_PULSE_HERE,
} FrPulseState;

typedef struct
{
  FrPeerKey key;
  FrPulseState state;
  gboolean is_relayed;
  guint round_trip_us; /* 0: not known yet */
  guint kib;           /* a second, of both directions; what is for pictures alone counts too */
} FrPulseLink;

typedef struct
{
  guint n_links;
  FrPulseLink links[FR_NETWORK_PULSE_MAX_LINKS]; /* in the order in which they came up; a peer once */
} FrNetworkPulse;

#define FR_TYPE_NETWORK_PULSE (fr_network_pulse_get_type ())
GType fr_network_pulse_get_type (void);

FrNetworkPulse *fr_network_pulse_new (void);
FrNetworkPulse *fr_network_pulse_copy (const FrNetworkPulse *self);
void fr_network_pulse_free (FrNetworkPulse *self);
gboolean fr_network_pulse_equal (const FrNetworkPulse *self, const FrNetworkPulse *other);
FrPulseLink *fr_network_pulse_find (FrNetworkPulse *self, const FrPeerKey *key);
FrPulseLink *fr_network_pulse_add (FrNetworkPulse *self, const FrPeerKey *key);

/* How much goes along something that counts its bytes. */
typedef struct
{
  guint64 n_bytes; /* as it was last told */
  gint64 at_us;    /* when; 0: never */
  double rate;     /* bytes a second */
} FrPulseMeter;

guint fr_pulse_meter_update (FrPulseMeter *self, guint64 n_bytes, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrNetworkPulse, fr_network_pulse_free)

G_END_DECLS
