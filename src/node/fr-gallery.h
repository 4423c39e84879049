/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery-item.h"
#include "fr-image-client.h"
#include "fr-store.h"

G_BEGIN_DECLS

/* One's own pictures and those kept from others, newest first: a GListModel of FrGalleryItem. Lives in the main
 * thread; files, decoding and the database are elsewhere. Errors keep the domain and code of where they come from;
 * their messages are for people: one plain, translated sentence. */

#define FR_TYPE_GALLERY (fr_gallery_get_type ())
G_DECLARE_FINAL_TYPE (FrGallery, fr_gallery, FR, GALLERY, GObject)

FrGallery *fr_gallery_new (FrStore *store, FrImageClient *image);
void fr_gallery_load_async (FrGallery *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean fr_gallery_load_finish (FrGallery *self, GAsyncResult *result, GError **error);
FrGalleryItem *fr_gallery_find (FrGallery *self, const FrContentId *id);

/* The bytes of a small picture (JPEG or WebP), made by freshet-image; an error if there is none. */
void fr_gallery_get_thumbnail_async (FrGallery *self, const FrContentId *id, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
GBytes *fr_gallery_get_thumbnail_finish (FrGallery *self, GAsyncResult *result, GError **error);

/* The picture as pixels that fit into max_width × max_height, decoded by freshet-image. */
void fr_gallery_render_async (FrGallery *self, const FrContentId *id, guint max_width, guint max_height,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void fr_gallery_render_part_async (FrGallery *self, const FrContentId *id, const FrImagePart *part,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
FrImagePixels *fr_gallery_render_finish (FrGallery *self, GAsyncResult *result, GError **error); /* of both */

/* Frames of what moves, each to fit into a square. */
void fr_gallery_frames_async (FrGallery *self, const FrContentId *id, guint first, guint n, guint side,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
FrImageFrames *fr_gallery_frames_finish (FrGallery *self, GAsyncResult *result, GError **error);

void fr_gallery_update_async (FrGallery *self, const FrContentId *id, const char *title, const char *description,
                              const char *const *tags, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data);
gboolean fr_gallery_update_finish (FrGallery *self, GAsyncResult *result, GError **error);
void fr_gallery_describe_async (FrGallery *self, const FrContentId *ids, guint n_ids, const char *text,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
int fr_gallery_describe_finish (FrGallery *self, GAsyncResult *result, GError **error);
void fr_gallery_remove_async (FrGallery *self, const FrContentId *id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
gboolean fr_gallery_remove_finish (FrGallery *self, GAsyncResult *result, GError **error);

/* Who may see pictures. What is imported without a word about that is for the audience that was set last; FALSE: the
 * person has never said. */
void fr_gallery_share_async (FrGallery *self, const FrContentId *ids, guint n_ids, FrAudience audience,
                             GBytes *readers, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean fr_gallery_share_finish (FrGallery *self, GAsyncResult *result, GError **error);
void fr_gallery_set_audience (FrGallery *self, FrAudience audience, GBytes *readers);
gboolean fr_gallery_get_audience (FrGallery *self, FrAudience *out_audience, GBytes **out_readers); /* (transfer none) */

/* Whether others get all that a picture's file tells: place, camera and other details. The picture has another id then, and
 * another item; the answer is how it is now. */
void fr_gallery_keep_metadata_async (FrGallery *self, const FrContentId *id, gboolean keeps, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
FrPicture *fr_gallery_keep_metadata_finish (FrGallery *self, GAsyncResult *result, GError **error);

/* Signal "shared": pictures that are shown are for others now than they were; once for all that change together. */

/* Own pictures that match, at most FR_GALLERY_MAX_FOUND; a GPtrArray of FrPicture. */
#define FR_GALLERY_MAX_FOUND 1000

void fr_gallery_search_async (FrGallery *self, const char *words, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
GPtrArray *fr_gallery_search_finish (FrGallery *self, GAsyncResult *result, GError **error);

/* Copies a picture out; never overwrites: "Title.jpg", "Title (2).jpg". Answers with the path. */
void fr_gallery_export_async (FrGallery *self, const FrContentId *id, const char *folder_or_path,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void fr_gallery_export_original_async (FrGallery *self, const FrContentId *id, const char *folder_or_path,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *fr_gallery_export_finish (FrGallery *self, GAsyncResult *result, GError **error);

/* Looks whether all is as it should be; FrStoreProgress is called in the main thread. */
void fr_gallery_check_async (FrGallery *self, FrStoreProgress progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
FrStoreReport *fr_gallery_check_finish (FrGallery *self, GAsyncResult *result, GError **error);

G_END_DECLS
