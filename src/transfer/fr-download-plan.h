/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-block-set.h"
#include "fr-transfer-limits.h"

G_BEGIN_DECLS

/* The asker's side of one transfer: checks the manifest against the content id, puts blocks together from the pieces
 * that arrive, and says when there is room for more. The holder sends the blocks that are missing in ascending order,
 * and the pieces of a block in order, so one block at most is open. Whether a block is the right one shows its hash,
 * which whoever stores it checks. Not thread-safe; never reads the clock. */

#define FR_DOWNLOAD_MORE_BLOCKS 8     /* how many stored blocks are worth a More */
#define FR_DOWNLOAD_EARLY_PIECES 1024 /* that overtook the manifest; of FR_TRANSFER_WINDOW blocks in all */

/* What a holder did that no holder does. */
typedef enum
{
  FR_DOWNLOAD_OK,
  FR_DOWNLOAD_FAULT_SIZE,         /* the manifest says another size than was asked for, or than its first page */
  FR_DOWNLOAD_FAULT_PAGE,         /* a page too many, out of order, or of the wrong length */
  FR_DOWNLOAD_FAULT_WRONG_HASHES, /* the manifest is not that of the content id */
  FR_DOWNLOAD_FAULT_ORDER,        /* a piece that is not the next one: out of order, twice, or not wanted */
  FR_DOWNLOAD_FAULT_RANGE,        /* a piece past the end of its block, or of the picture */
  FR_DOWNLOAD_FAULT_WINDOW,       /* more than there was room for */
} FrDownloadFault;

typedef enum
{
  FR_DOWNLOAD_BEGIN,  /* the manifest is whole and right: ask the plan for size and hashes */
  FR_DOWNLOAD_WRITE,  /* check and store a block, then fr_download_plan_stored() */
  FR_DOWNLOAD_MORE,   /* tell the holder how many blocks are stored */
  FR_DOWNLOAD_FINISH, /* all blocks are stored */
} FrDownloadActionType;

typedef struct
{
  FrDownloadActionType type;
  guint block;  /* of WRITE */
  GBytes *data; /* of WRITE */
  guint n_stored; /* of MORE */
} FrDownloadAction;

typedef struct _FrDownloadPlan FrDownloadPlan;

const char *fr_download_fault_to_string (FrDownloadFault fault);

FrDownloadPlan *fr_download_plan_new (const FrContentId *id, guint64 expected_size, const FrBlockSet *have);
void fr_download_plan_free (FrDownloadPlan *self);

FrDownloadFault fr_download_plan_manifest (FrDownloadPlan *self,
                                           guint64 size,
                                           guint page,
                                           const guint8 *hashes,
                                           gsize hashes_size);
FrDownloadFault fr_download_plan_piece (FrDownloadPlan *self, const FrBulkHeader *header, const guint8 *data);
void fr_download_plan_stored (FrDownloadPlan *self);
void fr_download_plan_set_more (FrDownloadPlan *self, guint n_blocks); /* how many are worth a More */

gboolean fr_download_plan_next_action (FrDownloadPlan *self, FrDownloadAction *out_action);
void fr_download_action_clear (FrDownloadAction *action);

guint64 fr_download_plan_get_size (FrDownloadPlan *self);
GBytes *fr_download_plan_get_hashes (FrDownloadPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrDownloadPlan, fr_download_plan_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrDownloadAction, fr_download_action_clear)

G_END_DECLS
