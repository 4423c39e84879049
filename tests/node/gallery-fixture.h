/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-import.h"

G_BEGIN_DECLS

/* A gallery over a store in a folder of its own and the real freshet-image, and a folder for the files to import. */

typedef struct
{
  char *folder; /* of the store */
  char *files;  /* a folder */
  FrStore *store;
  FrImageClient *image;
  FrGallery *gallery;
  gboolean keeps_metadata; /* drawings cannot be cleaned, and are shared as they are */
} GalleryFixture;

void gallery_set_up (GalleryFixture *fixture, gconstpointer data);
void gallery_tear_down (GalleryFixture *fixture, gconstpointer data);
void gallery_add_test (const char *path, void (*test) (GalleryFixture *, gconstpointer));

/* The callback for any asynchronous function, with a GAsyncResult * to be filled; and the wait for it. */
void gallery_answered_cb (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *gallery_await (GAsyncResult **slot);

/* Files. A drawing is the smallest real picture there is; each number makes another one. */
char *gallery_path (GalleryFixture *fixture, const char *name);
void gallery_write (GalleryFixture *fixture, const char *name, const void *data, gsize size);
void gallery_write_drawing (GalleryFixture *fixture, const char *name, guint number);
GBytes *gallery_make_drawing (guint number);

/* Puts @n pictures, "Picture 0" and so on, into the store without looking into them; what they are called. */
FrContentId *gallery_fill_store (FrStore *store, guint n);

/* Imports what is in the folder for files, or these bytes, to the end. */
FrImport *gallery_import_files (GalleryFixture *fixture);
FrImport *gallery_import_bytes (GalleryFixture *fixture, GBytes *bytes, const char *title);
void gallery_wait_finished (FrImport *import);
FrPicture *gallery_add_drawing (GalleryFixture *fixture, guint number, const char *title);

gboolean gallery_load (FrGallery *gallery, GError **error);
guint gallery_count_stored (GalleryFixture *fixture);
void gallery_assert_original (GalleryFixture *fixture, const FrPicture *picture, GBytes *original);

/* A second list that knows of the gallery only what `items-changed` says. */
typedef struct
{
  FrGallery *gallery;
  GPtrArray *items;
  guint n_signals;
} Shadow;

void shadow_init (Shadow *shadow, FrGallery *gallery);
void shadow_assert_equal (Shadow *shadow);
void shadow_clear (Shadow *shadow);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shadow, shadow_clear)

G_END_DECLS
