/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "fr-dial-note.h"
#include "fr-signal-fault.h"

G_BEGIN_DECLS

/* One message of the PeerServer protocol, and its JSON. A plain value; no I/O. What came from outside is checked for
 * size, nesting and kind when it is parsed, but the texts in it are still what somebody else wrote. */

#define FR_SIGNAL_MAX_ID_SIZE 256      /* src, dst, connection_id */
#define FR_SIGNAL_MAX_SDP_SIZE (32 * 1024)
#define FR_SIGNAL_MAX_CANDIDATE_SIZE 1024
#define FR_SIGNAL_MAX_REASON_SIZE 256
#define FR_SIGNAL_MAX_MLINE 255

typedef enum
{
  FR_SIGNAL_OPEN,
  FR_SIGNAL_ID_TAKEN,
  FR_SIGNAL_ERROR,
  FR_SIGNAL_OFFER,
  FR_SIGNAL_ANSWER,
  FR_SIGNAL_CANDIDATE,
  FR_SIGNAL_LEAVE,
  FR_SIGNAL_EXPIRE,
  FR_SIGNAL_HEARTBEAT,
  FR_SIGNAL_UNKNOWN, /* of a type that this version does not know: to be ignored */
} FrSignalType;

typedef struct
{
  FrSignalType type;
  char *src;           /* who sent it; set by the server */
  char *dst;           /* whom it is for */
  char *connection_id; /* OFFER, ANSWER, CANDIDATE; may be in LEAVE */
  char *sdp;           /* OFFER, ANSWER */
  char *candidate;     /* CANDIDATE; empty: no more of them */
  guint mline;         /* CANDIDATE */
  gboolean has_note;   /* OFFER, ANSWER, LEAVE; without: another program's */
  FrDialNote note;
  char *reason;        /* what ERROR, ID_TAKEN and LEAVE say for people to read */
} FrSignal;

#define FR_TYPE_SIGNAL (fr_signal_get_type ())
GType fr_signal_get_type (void);

FrSignal *fr_signal_new (FrSignalType type);
FrSignal *fr_signal_copy (const FrSignal *self);
void fr_signal_free (FrSignal *self);

FrSignal *fr_signal_parse (const char *json, gssize size, GError **error);
char *fr_signal_to_json (const FrSignal *self);

const char *fr_signal_type_to_string (FrSignalType type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSignal, fr_signal_free)

G_END_DECLS
