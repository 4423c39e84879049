/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-contact-tags.h"
#include "fr-mesh.h"
#include "fr-reply-key.h"
#include "fr-token-bucket.h"

G_BEGIN_DECLS

/* What the files of the mesh share. */

/* A link, and how many signatures of records it may still cost us. */
typedef struct
{
  FrLinkId id;
  FrTokenBucket records;
} FrMeshNeighbour;

/* Somebody who is looked for. */
typedef struct
{
  FrQueryId query;
  FrPeerKey key;
  gint64 asked_us;
} FrMeshLocate;

/* What the answers to a search of ours are sealed to. */
typedef struct
{
  FrQueryId query;
  FrReplyKey key;
} FrMeshReply;

struct _FrMesh
{
  GObject parent_instance;

  /* owned */
  FrIdentity *identity;
  FrAnswerer *answerer;
  FrOverlay *overlay;
  GHashTable *links; /* FrLinkId -> FrLink */
  GHashTable *ids;   /* FrLink -> FrMeshNeighbour */
  GArray *locates;   /* of FrMeshLocate, the oldest first */
  GArray *replies;   /* of FrMeshReply, the oldest first */
  GHashTable *contacts; /* set of FrPeerKey: who may share more with us than with everyone */
  GSource *timer;
  GSource *queued;   /* while something waits to be sent */

  /* state */
  FrLinkId next_id;
  guint64 sequence;
  FrContactTags tags;
  gint64 tags_day;   /* for which they were made; 0: they have to be made */
  gboolean pumping;
};

/* Does what the engine has queued, unless that is being done further up the stack; or soon, from the main loop, for
 * callers that must not be entered again. */
void fr_mesh_pump (FrMesh *self);
void fr_mesh_pump_later (FrMesh *self);

/* Completes a query, and packs and signs it. */
GBytes *fr_mesh_sign_query (FrMesh *self, Freshet__QueryBody *body, const char *name,
                            guint8 signature[FR_SIGNATURE_SIZE]);
void fr_mesh_remember_reply (FrMesh *self, const FrMeshReply *reply);

const FrMeshLocate *fr_mesh_find_locate (FrMesh *self, const FrQueryId *query);
const FrReplyKey *fr_mesh_find_reply (FrMesh *self, const FrQueryId *query);

G_END_DECLS
