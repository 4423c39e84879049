/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* What a Freshet adds to an OFFER, an ANSWER and a LEAVE, as `metadata.freshet`: who dials, for what, and the proof.
 * The signature is not checked here. A plain value. */

#define FR_DIAL_ID_SIZE 16
#define FR_DIAL_SIGNATURE_SIZE 64
#define FR_DIAL_MAX_VERSION 65535

typedef enum
{
  FR_DIAL_PURPOSE_LINK = 1,
  FR_DIAL_PURPOSE_TRANSFER = 2,
} FrDialPurpose;

typedef struct
{
  guint version_min, version_max;
  guint8 dial_id[FR_DIAL_ID_SIZE];
  FrDialPurpose purpose;
  FrPeerKey key;
  guint8 signature[FR_DIAL_SIGNATURE_SIZE];
} FrDialNote;

gboolean fr_dial_note_equal (const FrDialNote *a, const FrDialNote *b);
char *fr_dial_note_make_connection_id (const FrDialNote *self);

G_END_DECLS
