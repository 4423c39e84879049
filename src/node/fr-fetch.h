/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetch-state.h"
#include "fr-hit.h"
#include "fr-image-client.h"
#include "fr-person.h"
#include "fr-store.h"

G_BEGIN_DECLS

/* One picture on its way from a holder to here. Lives in the main thread. What has come whole and checked waits in a
 * temporary file until it is kept or saved; it is gone with the last reference otherwise. What cannot come, as none of the
 * people who have it are here, waits for them, also over restarts of the program, and is then tried again by itself. */

#define FR_TYPE_FETCH (fr_fetch_get_type ())
G_DECLARE_FINAL_TYPE (FrFetch, fr_fetch, FR, FETCH, GObject)

#define FR_FETCH_LATE_US (60 * G_USEC_PER_SEC) /* what was waited for longer is kept when it comes: nobody may look at it */

/* Properties, notified: "state", "bytes-done", "bytes-total", "speed" (uint64), "seconds-left" (int64), "place" (uint),
 * "title", "error-message" (strings, the second nullable), "kept" (boolean), "preview" (GBytes, nullable). */
FrFetchState fr_fetch_get_state (FrFetch *self);
const char *fr_fetch_get_title (FrFetch *self);
guint64 fr_fetch_get_bytes_done (FrFetch *self);
guint64 fr_fetch_get_bytes_total (FrFetch *self);
guint64 fr_fetch_get_speed (FrFetch *self);       /* bytes a second */
gint64 fr_fetch_get_seconds_left (FrFetch *self); /* -1: not known */
guint fr_fetch_get_place (FrFetch *self);
const FrContentId *fr_fetch_get_id (FrFetch *self);
FrHit *fr_fetch_get_hit (FrFetch *self);
GBytes *fr_fetch_get_preview (FrFetch *self);
const FrPeerKey *fr_fetch_get_holder (FrFetch *self); /* who it comes, or came, from */
const char *fr_fetch_get_holder_name (FrFetch *self);
FrPerson *fr_fetch_get_awaited (FrFetch *self);
const GError *fr_fetch_get_error (FrFetch *self);
gint64 fr_fetch_get_started_us (FrFetch *self);  /* monotonic */
gint64 fr_fetch_get_finished_us (FrFetch *self); /* monotonic; 0: not yet */
gint64 fr_fetch_get_ended_us (FrFetch *self);    /* the same, by the calendar */

void fr_fetch_cancel (FrFetch *self);
void fr_fetch_pause (FrFetch *self);
void fr_fetch_resume (FrFetch *self);
void fr_fetch_retry (FrFetch *self);

/* Whether it goes into the gallery by itself when it comes; unless somebody says so, only if it comes late. */
gboolean fr_fetch_get_kept (FrFetch *self);
void fr_fetch_set_keeps (FrFetch *self, gboolean keeps);
gboolean fr_fetch_get_keeps (FrFetch *self);

/* When DONE: */
void fr_fetch_render_async (FrFetch *self, guint max_width, guint max_height, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
void fr_fetch_render_part_async (FrFetch *self, const FrImagePart *part, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
FrImagePixels *fr_fetch_render_finish (FrFetch *self, GAsyncResult *result, GError **error); /* of both */
void fr_fetch_frames_async (FrFetch *self, guint first, guint n, guint side, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
FrImageFrames *fr_fetch_frames_finish (FrFetch *self, GAsyncResult *result, GError **error);
void fr_fetch_keep_async (FrFetch *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
FrPicture *fr_fetch_keep_finish (FrFetch *self, GAsyncResult *result, GError **error);
void fr_fetch_save_async (FrFetch *self, const char *folder_or_path, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data);
char *fr_fetch_save_finish (FrFetch *self, GAsyncResult *result, GError **error);

G_END_DECLS
