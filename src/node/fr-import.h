/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"

G_BEGIN_DECLS

/* Adding pictures to a gallery: files, folders with all that is in them, or bytes. Lives in the main thread; one that
 * has been started lives until it is finished, or waits for room, at least. Who may see them is what was set here, else
 * what the gallery remembers; where nobody has ever said it, nothing is added (%FR_GALLERY_ERROR_NO_AUDIENCE). */

/* Pictures that are worked on: those that are decoded, and as many again that are copied or entered meanwhile, so that
 * no decoder waits for the disk. */
#define FR_IMPORT_MAX_AT_ONCE 4

typedef struct
{
  char *name;    /* of the file or folder, for people: UTF-8 */
  GError *error; /* its domain and code say where it comes from; its message is a sentence for people */
  char *path;    /* nullable: where it is, if it is a file or folder */
} FrImportFailure;

#define FR_TYPE_IMPORT (fr_import_get_type ())
G_DECLARE_FINAL_TYPE (FrImport, fr_import, FR, IMPORT, GObject)

FrImport *fr_import_new (FrGallery *gallery, const char *const *paths);
FrImport *fr_import_new_for_bytes (FrGallery *gallery, GBytes *bytes, const char *title);
FrImport *fr_import_new_again (FrImport *finished); /* nullable */
void fr_import_set_audience (FrImport *self, FrAudience audience, GBytes *readers);
gboolean fr_import_get_audience (FrImport *self, FrAudience *out_audience, GBytes **out_readers); /* (transfer none) */
void fr_import_set_keeps_metadata (FrImport *self, gboolean keeps_metadata);
void fr_import_set_waits_for_room (FrImport *self, gboolean waits_for_room);
void fr_import_start (FrImport *self);
void fr_import_cancel (FrImport *self);
gboolean fr_import_get_cancelled (FrImport *self);

/* Before the start: what there is to add, and how much room that needs. "n-total" grows meanwhile. */
void fr_import_plan_async (FrImport *self, GAsyncReadyCallback callback, gpointer data);
gboolean fr_import_plan_finish (FrImport *self, GAsyncResult *result, GError **error);
const FrRoom *fr_import_get_room (FrImport *self); /* nullable: it has not been planned */

/* Where it waits for room: "out-of-room" (boolean), notified when nothing is under way any more. */
gboolean fr_import_get_out_of_room (FrImport *self);
void fr_import_go_on (FrImport *self);

/* Properties, notified: "n-total" (grows while folders are looked through), "n-done" (added, there already, or
 * failed), "n-added", "n-known" (there already), "n-failed" (uint); "finished" (boolean). */
guint fr_import_get_n_total (FrImport *self);
guint fr_import_get_n_done (FrImport *self);
guint fr_import_get_n_added (FrImport *self);
guint fr_import_get_n_known (FrImport *self);
gboolean fr_import_get_finished (FrImport *self);
GPtrArray *fr_import_get_failures (FrImport *self); /* (transfer none) of FrImportFailure */
GPtrArray *fr_import_get_pictures (FrImport *self); /* (transfer none) of FrPicture: added or known */

/* Of those: how many had details that are not shared, and how many nobody else may see since theirs stay. */
guint fr_import_count_cleaned (FrImport *self);
guint fr_import_count_withheld (FrImport *self);

G_END_DECLS
