/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-hits.h"
#include "fr-node.h"

G_BEGIN_DECLS

/* The answering end of one control connection: starts what is asked for, and stops it when the connection closes.
 *
 * Signal "closed" (), once. */

#define FR_CONTROL_MAX_REQUESTS 64 /* at a time on one connection */

#define FR_TYPE_CONTROL_SESSION (fr_control_session_get_type ())
G_DECLARE_FINAL_TYPE (FrControlSession, fr_control_session, FR, CONTROL_SESSION, GObject)

FrControlSession *fr_control_session_new (FrNode *node, FrControlHits *hits, GIOStream *stream);
void fr_control_session_close (FrControlSession *self);

G_END_DECLS
