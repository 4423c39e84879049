/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-download.h"
#include "fr-upload-queue.h"
#include "fr-webrtc-session.h"
#include "throughput.h"

#define BULK "bulk"

typedef struct
{
  const Job *job;
  int wire;
  GMainLoop *loop;
  FrStore *store;
  FrUploadQueue *uploads; /* of the holder */
  FrWebrtcSession *session;
  FrChannel *bulk;
  FrTransferPort *port;
  FrDownload *download;   /* of the asker */
  double idle_mib;
  gint64 start_us;
} Peer;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static FrStore *
open_store (const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  FrStore *store;

  fr_store_open_async (folder, NULL, result_cb, &result);
  store = fr_store_open_finish (wait_for (&result), NULL);
  if (store == NULL)
    give_up ("the store cannot be opened");
  return store;
}

/* Puts the source into the store of the holder. */
void
freshet_prepare (const Job *job, char **out_content)
{
  g_autoptr (FrStore) store = open_store (job->folder);
  g_autoptr (GAsyncResult) staging = NULL, adding = NULL;
  g_autoptr (FrStaged) staged = NULL;
  g_autoptr (FrPicture) description = fr_picture_new (), picture = NULL;

  fr_store_stage_file_async (store, job->source, NULL, result_cb, &staging);
  staged = fr_store_stage_file_finish (store, wait_for (&staging), NULL);
  if (staged == NULL)
    give_up ("the picture cannot be staged");
  fr_store_add_async (store, staged, description, NULL, NULL, NULL, result_cb, &adding);
  picture = fr_store_add_finish (store, wait_for (&adding), NULL, NULL);
  if (picture == NULL)
    give_up ("the picture cannot be added");
  *out_content = fr_content_id_to_string (&picture->id);
  fr_store_close (store);
}

static void
wire_cb (const char *sdp, guint section, const char *candidate, gpointer user_data)
{
  Peer *self = user_data;

  if (sdp == NULL)
    fr_webrtc_session_add_remote_candidate (self->session, section, candidate);
  else if (!fr_webrtc_session_set_remote_description (self->session, sdp, NULL))
    give_up ("a description was refused");
}

static void
description_cb (Peer *self, const char *sdp)
{
  wire_send_description (self->wire, sdp);
}

static void
candidate_cb (Peer *self, guint section, const char *candidate)
{
  wire_send_candidate (self->wire, section, candidate);
}

static void
frame_cb (Peer *self, GBytes *message)
{
  g_autoptr (Freshet__Frame) frame = NULL;

  if (fr_frame_parse (g_bytes_get_data (message, NULL), g_bytes_get_size (message), &frame) != FR_WIRE_OK)
    give_up ("a frame was not one");
  fr_transfer_port_receive (self->port, frame);
}

static void
note_rest (Peer *self)
{
  self->idle_mib = memory_mib ();
  memory_reset_peak ();
}

/* The channels are not in step: frames may come before the bulk channel does. */
static void
make_port (Peer *self)
{
  static const FrPeerKey other = { { 1 } };
  FrChannel *control = fr_webrtc_session_get_channel (self->session, FR_WEBRTC_CONTROL);

  self->port = fr_transfer_port_new (control, &other);
  if (self->uploads != NULL)
    fr_upload_queue_add_port (self->uploads, self->port);
  g_signal_connect_swapped (control, "message", G_CALLBACK (frame_cb), self);
}

/* Whichever comes last, the session or its second channel. */
static void
connect_holder (Peer *self)
{
  if (self->port == NULL || self->bulk == NULL)
    return;
  note_rest (self);
  fr_transfer_port_set_bulk (self->port, self->bulk);
}

static void
channel_cb (Peer *self, FrChannel *channel)
{
  if (g_strcmp0 (fr_channel_get_label (channel), BULK) != 0)
    return;
  self->bulk = g_object_ref (channel);
  connect_holder (self);
}

static void
download_cb (Peer *self)
{
  FrDownloadState state = fr_download_get_state (self->download);

  if (state == FR_DOWNLOAD_FAILED)
    give_up (fr_download_get_error (self->download)->message);
  if (state == FR_DOWNLOAD_DONE)
    g_main_loop_quit (self->loop);
}

static void
bulk_opened_cb (Peer *self)
{
  FrContentId id;

  note_rest (self);
  fr_content_id_parse (&id, self->job->content);
  self->start_us = g_get_monotonic_time ();
  self->download = fr_download_new (self->port, self->store, &id, self->job->size);
  g_signal_connect_swapped (self->download, "notify::state", G_CALLBACK (download_cb), self);
  fr_download_start (self->download);
}

static void
state_cb (Peer *self)
{
  if (fr_webrtc_session_get_state (self->session) != FR_WEBRTC_STATE_OPEN)
    return;
  make_port (self);
  if (self->uploads != NULL)
    {
      connect_holder (self);
      return;
    }
  self->bulk = fr_webrtc_session_open_channel (self->session, BULK);
  fr_transfer_port_set_bulk (self->port, self->bulk);
  g_signal_connect_swapped (self->bulk, "opened", G_CALLBACK (bulk_opened_cb), self);
}

static void
run (Peer *self, FrWebrtcRole role)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };

  self->loop = g_main_loop_new (NULL, FALSE);
  self->store = open_store (self->job->folder);
  if (role == FR_WEBRTC_ROLE_ANSWERER)
    self->uploads = fr_upload_queue_new (self->store);
  self->session = fr_webrtc_session_new (&config, role);
  g_signal_connect_swapped (self->session, "local-description", G_CALLBACK (description_cb), self);
  g_signal_connect_swapped (self->session, "local-candidate", G_CALLBACK (candidate_cb), self);
  g_signal_connect_swapped (self->session, "channel", G_CALLBACK (channel_cb), self);
  g_signal_connect_swapped (self->session, "notify::state", G_CALLBACK (state_cb), self);
  wire_listen (self->wire, self->loop, wire_cb, self);
  fr_webrtc_session_start (self->session);
  g_main_loop_run (self->loop);
}

void
freshet_ask (const Job *job, int wire, Measure *out_measure)
{
  Peer self = { .job = job, .wire = wire };

  run (&self, FR_WEBRTC_ROLE_DIALLER);
  if (self.download == NULL || fr_download_get_state (self.download) != FR_DOWNLOAD_DONE)
    give_up ("the transfer stopped half-way");
  out_measure->seconds = (double) (g_get_monotonic_time () - self.start_us) / G_USEC_PER_SEC;
  out_measure->peak_mib = memory_peak_mib () - self.idle_mib;
}

void
freshet_hold (const Job *job, int wire, Measure *out_measure)
{
  Peer self = { .job = job, .wire = wire };

  run (&self, FR_WEBRTC_ROLE_ANSWERER);
  out_measure->peak_mib = memory_peak_mib () - self.idle_mib;
}
