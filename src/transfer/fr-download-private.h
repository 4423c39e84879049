/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-deadline.h"
#include "fr-download-plan.h"
#include "fr-download.h"

G_BEGIN_DECLS

/* What the two files of a download share, what a port tells it, and what tests may set. */

/* What is to become of the blocks that have come. */
typedef enum
{
  FR_HALF_KEEP,
  FR_HALF_DROP,
} FrHalf;

struct _FrDownload
{
  GObject parent_instance;

  /* Owned */
  FrTransferPort *port;
  FrStore *store;
  FrContentId id;
  FrDownloadPlan *plan; /* %NULL until it is asked for */
  FrIncoming *incoming; /* %NULL until the store has it */
  FrStaged *staged;     /* at the end */
  FrDeadline *deadline;
  FrDeadline *turn;     /* when more may be asked for, where there is a limit */
  FrRate *rate;         /* nullable: that of several; counted */
  GError *error;        /* it fails, or has failed */

  /* State */
  FrDownloadState state;
  guint64 expected_size;
  guint64 bytes_done;
  guint64 bytes_total;
  gint64 stall_us;
  guint32 transfer; /* 0 until it is asked for */
  guint place;
  guint n_stored;   /* blocks of which the holder is to be told */
  guint n_told;     /* of these it knows */
  FrHalf half;
  guint started : 1;
  guint looking : 1; /* the store looks what it has */
};

gboolean _fr_download_is_over (FrDownload *self);
void _fr_download_set_state (FrDownload *self, FrDownloadState state);
void _fr_download_set_place (FrDownload *self, guint place);
void _fr_download_set_bytes (FrDownload *self, guint64 done, guint64 total);
void _fr_download_note_progress (FrDownload *self);
void _fr_download_leave_port (FrDownload *self);
void _fr_download_end (FrDownload *self, FrDownloadState state);
void _fr_download_fail_with_error (FrDownload *self, GError *error, FrHalf half);
void _fr_download_fail (FrDownload *self, FrTransferError code, const char *message, FrHalf half);
void _fr_download_give_up (FrDownload *self, FrTransferError code, const char *message, FrHalf half);

void _fr_download_find (FrDownload *self);
void _fr_download_take_turn (gpointer self);
void _fr_download_receive (FrDownload *self, const Freshet__Frame *frame);
void _fr_download_receive_piece (FrDownload *self, const FrBulkHeader *header, const guint8 *data);
void _fr_download_port_closed (FrDownload *self);

void _fr_download_set_stall (FrDownload *self, gint64 stall_us);

G_END_DECLS
