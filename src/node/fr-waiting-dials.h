/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-dial-note.h"
#include "fr-dial-target.h"

G_BEGIN_DECLS

/* Whom we want to dial and cannot yet, since enough others are being dialled: in the order of asking. */

typedef struct
{
  FrDialTarget target;
  FrDialPurpose purpose;
} FrWaitingDial;

void fr_waiting_dial_free (FrWaitingDial *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrWaitingDial, fr_waiting_dial_free)

typedef struct _FrWaitingDials FrWaitingDials;

FrWaitingDials *fr_waiting_dials_new (void);
void fr_waiting_dials_free (FrWaitingDials *self);
guint fr_waiting_dials_get_length (FrWaitingDials *self);
void fr_waiting_dials_push (FrWaitingDials *self, const FrDialTarget *target, FrDialPurpose purpose);
FrWaitingDial *fr_waiting_dials_pop (FrWaitingDials *self);
gboolean fr_waiting_dials_cover (FrWaitingDials *self, const FrDialTarget *target, FrDialPurpose purpose);
FrWaitingDial *fr_waiting_dials_take (FrWaitingDials *self, const FrPeerKey *key);
void fr_waiting_dials_drop (FrWaitingDials *self, const char *address, FrDialPurpose purpose);

G_END_DECLS
