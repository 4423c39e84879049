/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-error.h"
#include "fr-image-frames.h"
#include "fr-image-part.h"
#include "fr-image-pixels.h"
#include "fr-image-sniff.h"
#include "fr-image-stripped.h"
#include "fr-image-summary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Has pictures decoded by processes of their own (`freshet-image`), so that no byte from outside is decoded
 * in this one. May be called from any thread; each answer comes to the thread-default main context of its
 * caller. The processes are watched by the main context that was the thread-default one where the client was
 * made; it must run, and its thread must live on, since they end with it. Never blocks. A process is started
 * when there is work for it; when one dies, its picture has failed and the next picture gets a new one:
 * nothing is tried again by itself. */

#define FR_TYPE_IMAGE_CLIENT (fr_image_client_get_type ())
G_DECLARE_FINAL_TYPE (FrImageClient, fr_image_client, FR, IMAGE_CLIENT, GObject)

FrImageClient *fr_image_client_new (const char *program, guint n_processes);

void fr_image_client_summarise_async (FrImageClient *self,
                                      int fd,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
FrImageSummary *fr_image_client_summarise_finish (FrImageClient *self, GAsyncResult *result, GError **error);

void fr_image_client_render_async (FrImageClient *self,
                                   int fd,
                                   guint max_width,
                                   guint max_height,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void fr_image_client_render_small_async (FrImageClient *self,
                                         int fd,
                                         guint max_width,
                                         guint max_height,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
void fr_image_client_render_part_async (FrImageClient *self,
                                        int fd,
                                        const FrImagePart *part,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
FrImagePixels *fr_image_client_render_finish (FrImageClient *self, GAsyncResult *result, GError **error);

void fr_image_client_frames_async (FrImageClient *self,
                                   int fd,
                                   guint first,
                                   guint n,
                                   guint max_width,
                                   guint max_height,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
FrImageFrames *fr_image_client_frames_finish (FrImageClient *self, GAsyncResult *result, GError **error);

void fr_image_client_strip_async (FrImageClient *self,
                                  int fd,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
FrImageStripped *fr_image_client_strip_finish (FrImageClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
