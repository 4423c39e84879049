/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-switchboard.h"
#include "fr-token-bucket.h"
#include "fr-waiting-dials.h"

G_BEGIN_DECLS

/* What the two files of the switchboard share: dials and links, and offers that come. */

struct _FrSwitchboard
{
  GObject parent_instance;

  /* owned */
  FrIdentity *identity;
  FrWebrtcConfig webrtc;
  char *name;
  FrIntroductions *introductions;
  GPtrArray *dials; /* of FrDial */
  GPtrArray *links; /* of FrLink, ready or leaving */
  FrWaitingDials *waiting;
  GHashTable *linked_us; /* FrLink -> when it became ready */

  /* borrowed */
  FrAdmissionPolicy policy;
  FrDialPolicy dial_policy;
  gpointer policy_data;

  /* state */
  FrTokenBucket offers;
  FrTokenBucket leaves;
};

FrDial *fr_switchboard_find_dial (FrSwitchboard *self, const char *connection_id);
guint fr_switchboard_count_dials (FrSwitchboard *self, gboolean outgoing, const char *address);
void fr_switchboard_add_dial (FrSwitchboard *self, FrDial *dial);
void fr_switchboard_drop_dial (FrSwitchboard *self, FrDial *dial);
void fr_switchboard_start_waiting (FrSwitchboard *self);
void fr_switchboard_tell_failed (FrSwitchboard *self, const FrDialTarget *target, FrDialPurpose purpose, guint code);
void fr_switchboard_tell_other_program (FrSwitchboard *self, const char *address);
gboolean fr_switchboard_may_dial (FrSwitchboard *self, const FrDialTarget *target, guint *out_code);
void fr_switchboard_take_offer (FrSwitchboard *self, const FrSignal *offer, FrWay way);

G_END_DECLS
