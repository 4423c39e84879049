/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-core-private.h"

/* What goes out, as the person here is told, and how fast pictures may come and go. */

static FrFetchState
state_of (FrUploadState state)
{
  switch (state)
    {
    case FR_UPLOAD_WAITS:
      return FR_FETCH_QUEUED;
    case FR_UPLOAD_GOES:
      return FR_FETCH_RUNNING;
    case FR_UPLOAD_ARRIVED:
      return FR_FETCH_DONE;
    case FR_UPLOAD_BROKE_OFF:
    default:
      return FR_FETCH_FAILED;
    }
}

static void
news_cb (FrUploadQueue *uploads, const FrUploadNews *news, FrNetworkCore *self)
{
  FrNetworkReport *report = fr_network_report_new (FR_REPORT_GIVING);

  report->number = news->number;
  report->key = news->peer;
  report->content = news->content;
  report->fetch_state = state_of (news->state);
  report->done = news->done;
  report->total = news->total;
  fr_network_core_tell (self, report);
}

/* For FrNetworkCore: once. */
void
fr_network_core_start_givings (FrNetworkCore *self)
{
  g_signal_connect_object (self->uploads, "news", G_CALLBACK (news_cb), self, 0);
}

/**
 * fr_network_core_set_limits:
 * @self: a core
 * @down_kib: KiB a second that come at most; 0: as fast as it goes
 * @up_kib: the same for what goes out
 *
 * Sets how fast pictures may come and go from now on.
 */
void
fr_network_core_set_limits (FrNetworkCore *self, guint down_kib, guint up_kib)
{
  fr_fetcher_set_limit (self->fetcher, down_kib);
  fr_upload_queue_set_limit (self->uploads, up_kib);
}
