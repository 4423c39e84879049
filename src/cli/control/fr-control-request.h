/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-codec.h"
#include "fr-control-hits.h"
#include "fr-node.h"

G_BEGIN_DECLS

/* One request that is being worked on. It is over when it has been answered for the last time, was cancelled, or its
 * connection has gone; then its work is stopped, and nothing that is sent is heard. Asynchronous callbacks hold a
 * reference of their own. */

#define FR_TYPE_CONTROL_REQUEST (fr_control_request_get_type ())
G_DECLARE_FINAL_TYPE (FrControlRequest, fr_control_request, FR, CONTROL_REQUEST, GObject)

/* Takes an answer. */
typedef void (*FrControlSendFunc) (FrControlRequest *request, JsonObject *answer, gboolean is_end, gpointer data);

FrControlRequest *fr_control_request_new (FrNode *node, FrControlHits *hits, gint64 id, JsonObject *arguments,
                                          FrControlSendFunc send, gpointer data);
void fr_control_request_stop (FrControlRequest *self);

gint64 fr_control_request_get_id (FrControlRequest *self);
FrNode *fr_control_request_get_node (FrControlRequest *self);
FrControlHits *fr_control_request_get_hits (FrControlRequest *self);
JsonObject *fr_control_request_get_arguments (FrControlRequest *self);
GCancellable *fr_control_request_get_cancellable (FrControlRequest *self);
gboolean fr_control_request_is_over (FrControlRequest *self);

/* What the request keeps going until it is over; `stop` ends it and frees it. */
void fr_control_request_set_work (FrControlRequest *self, gpointer work, GDestroyNotify stop);

void fr_control_request_emit (FrControlRequest *self, const char *event, JsonObject *answer);
void fr_control_request_succeed (FrControlRequest *self, JsonObject *answer);
void fr_control_request_fail (FrControlRequest *self, const GError *error);
void fr_control_request_fail_literal (FrControlRequest *self, FrControlError code, const char *message);

G_END_DECLS
