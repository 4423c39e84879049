/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-block-set.h"
#include "fr-peer-key.h"
#include "fr-transfer-limits.h"

G_BEGIN_DECLS

/* The holder's side of all transfers: who may have a picture now, who waits in which place, which block is read next
 * and which piece is sent next. It knows neither pictures nor channels: a lane is one bulk channel, and the pieces of
 * all transfers on it take turns, so that a small picture does not wait for a large one to end.
 * Not thread-safe; never reads the clock. */

#define FR_UPLOAD_MAX_ACTIVE 4
#define FR_UPLOAD_MAX_ACTIVE_PEER 2
#define FR_UPLOAD_MAX_QUEUED 100
#define FR_UPLOAD_MAX_QUEUED_PEER 50 /* nobody takes all places */
#define FR_UPLOAD_READ_AHEAD 2       /* blocks of a transfer in memory */
#define FR_UPLOAD_PLACES_INTERVAL_US G_USEC_PER_SEC /* how often somebody who waits is told of a new place */

typedef guint32 FrUploadId; /* never 0 */

typedef enum
{
  FR_UPLOAD_START, /* its turn has come: look the picture up, then fr_upload_plan_begin() */
  FR_UPLOAD_PLACE, /* tell the asker its place */
  FR_UPLOAD_READ,  /* read the block, then fr_upload_plan_read() */
  FR_UPLOAD_STALL, /* nothing moved for too long; it is no longer in the plan */
} FrUploadActionType;

typedef struct
{
  FrUploadActionType type;
  FrUploadId id;
  guint place; /* of PLACE, from 1 */
  guint block; /* of READ */
} FrUploadAction;

typedef struct
{
  FrUploadId id;
  guint block;
  guint32 offset;
  guint32 length;
  gboolean ends_block; /* the bytes of the block are not needed any more */
} FrUploadPiece;

typedef struct _FrUploadPlan FrUploadPlan;

FrUploadPlan *fr_upload_plan_new (gint64 stall_us);
void fr_upload_plan_free (FrUploadPlan *self);

FrUploadId fr_upload_plan_add (FrUploadPlan *self, guint32 lane, const FrPeerKey *peer, gint64 now_us);
void fr_upload_plan_begin (FrUploadPlan *self, FrUploadId id, guint64 size, const FrBlockSet *have, gint64 now_us);
void fr_upload_plan_set_window (FrUploadPlan *self, FrUploadId id, guint window); /* before it begins */
void fr_upload_plan_read (FrUploadPlan *self, FrUploadId id, guint block, gint64 now_us);
gboolean fr_upload_plan_more (FrUploadPlan *self, FrUploadId id, guint n_stored, gint64 now_us);
void fr_upload_plan_remove (FrUploadPlan *self, FrUploadId id, gint64 now_us);

gboolean fr_upload_plan_next_piece (FrUploadPlan *self, guint32 lane, gint64 now_us, FrUploadPiece *out_piece);
gboolean fr_upload_plan_next_action (FrUploadPlan *self, FrUploadAction *out_action);
gint64 fr_upload_plan_next_deadline (FrUploadPlan *self);
void fr_upload_plan_tick (FrUploadPlan *self, gint64 now_us);

guint fr_upload_plan_count_active (FrUploadPlan *self);
guint fr_upload_plan_count_queued (FrUploadPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrUploadPlan, fr_upload_plan_free)

G_END_DECLS
