/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetch-state.h"
#include "fr-image-client.h"
#include "fr-store.h"

G_BEGIN_DECLS

/* One picture on its way from a holder to here. Lives in the main thread. What has come whole and checked waits in a
 * temporary file until it is kept or saved; it is gone with the last reference otherwise. */

#define FR_TYPE_FETCH (fr_fetch_get_type ())
G_DECLARE_FINAL_TYPE (FrFetch, fr_fetch, FR, FETCH, GObject)

/* Properties, notified: "state", "bytes-done", "bytes-total" (uint64), "place" (uint), "title" (string),
 * "kept" (boolean). */
FrFetchState fr_fetch_get_state (FrFetch *self);
const char *fr_fetch_get_title (FrFetch *self);
guint64 fr_fetch_get_bytes_done (FrFetch *self);
guint64 fr_fetch_get_bytes_total (FrFetch *self);
guint fr_fetch_get_place (FrFetch *self);
const FrContentId *fr_fetch_get_id (FrFetch *self);
const FrPeerKey *fr_fetch_get_holder (FrFetch *self); /* who it comes, or came, from */
const GError *fr_fetch_get_error (FrFetch *self);
gint64 fr_fetch_get_started_us (FrFetch *self);  /* monotonic */
gint64 fr_fetch_get_finished_us (FrFetch *self); /* monotonic; 0: not yet */
void fr_fetch_cancel (FrFetch *self);

/* When DONE: */
void fr_fetch_render_async (FrFetch *self, guint max_width, guint max_height, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
FrImagePixels *fr_fetch_render_finish (FrFetch *self, GAsyncResult *result, GError **error);
void fr_fetch_keep_async (FrFetch *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
FrPicture *fr_fetch_keep_finish (FrFetch *self, GAsyncResult *result, GError **error);
void fr_fetch_save_async (FrFetch *self, const char *folder_or_path, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data);
char *fr_fetch_save_finish (FrFetch *self, GAsyncResult *result, GError **error);

G_END_DECLS
