/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-webrtc-session.h"

/* Two sessions in this process, over the loopback interface, that hand each other what they have to say. */

typedef struct
{
  FrWebrtcSession *session;
  GPtrArray *channels; /* of FrChannel: those that the other end opened */
  guint n_closed;
  gboolean muted;      /* what it says is not passed on */
} SessionEnd;

typedef struct
{
  SessionEnd dialler;
  SessionEnd answerer;
  GThread *thread;
  gboolean candidates_first; /* descriptions wait until a candidate was passed on */
  char *held_offer;
  char *(*forge) (const char *sdp); /* what a server between the two makes of a description, nullable */
} SessionPair;

SessionPair *session_pair_new (guint timeout_ms);
void session_pair_open (SessionPair *pair);
void session_pair_free (SessionPair *pair);

/* Conditions, for fr_test_wait_until(). */
gboolean session_pair_is_open (gpointer pair);
gboolean session_pair_is_closed (gpointer pair);
gboolean session_end_is_closed (gpointer end);
