/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "fr-store.h"

G_BEGIN_DECLS

/* The parts of bench-gallery. What they measure goes into a JSON object; progress goes to stderr. Main thread. */

/* What is asked of the store, of one kind or another. */
typedef enum
{
  GALLERY_WORD,
  GALLERY_PART,
  GALLERY_TWO,
  GALLERY_PHRASE,
  GALLERY_WITHOUT,
  GALLERY_SHORT,
  GALLERY_SHORT_AND_WORD,
  GALLERY_MISS,
  GALLERY_N_KINDS,
} GalleryKind;

/* What people call their pictures, and what they search for. All of it follows from the seed. */
typedef struct _GalleryWords GalleryWords;

GalleryWords *gallery_words_new (guint32 seed);
void gallery_words_free (GalleryWords *self);
FrPicture *gallery_words_describe (GalleryWords *self);
char *gallery_words_ask (GalleryWords *self, GalleryKind kind);
const char *gallery_kind_get_name (GalleryKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GalleryWords, gallery_words_free)

/* `n` JPEGs of 12 megapixels in `folder`, made the first time. Paths of them, ending in %NULL. */
GPtrArray *gallery_make_photographs (const char *folder, guint n, GError **error);

/* The same photographs with what a camera tells beside them, place and serial number included; kept beside them. */
#define GALLERY_DETAILS_SUFFIX ".details.jpg"

GPtrArray *gallery_make_photographs_with_details (GPtrArray *photographs, GError **error);

/* All make their stores in folders of their own below `folder`, and remove them. */
gboolean gallery_measure_searches (const char *folder, guint n_pictures, JsonObject *report, GError **error);
gboolean gallery_measure_imports (const char *folder,
                                  GPtrArray *photographs,
                                  guint n_rounds,
                                  JsonObject *report,
                                  GError **error);

gboolean gallery_measure_cleaning (const char *folder,
                                   GPtrArray *photographs,
                                   GPtrArray *with_details,
                                   guint n_rounds,
                                   JsonObject *report,
                                   GError **error);

/* A folder below another one, to be ended with fr_test_folder_free(). */
char *gallery_make_folder (const char *parent, GError **error);
FrStore *gallery_open_store (const char *folder, GError **error);

/* Adds pictures of a few bytes; `thumbnails` (nullable) are GBytes that they have by turns. */
gboolean gallery_fill (FrStore *store, GalleryWords *words, guint n_pictures, GPtrArray *thumbnails, GError **error);

/* The callback for any asynchronous function, with a GAsyncResult * to be filled; and the wait for it. */
void gallery_answered_cb (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *gallery_await (GAsyncResult **slot);

double gallery_seconds_since (gint64 started_us);

G_END_DECLS
