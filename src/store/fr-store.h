/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-content-id.h"
#include "fr-incoming.h"
#include "fr-ngram-set.h"
#include "fr-person-record.h"
#include "fr-picture.h"
#include "fr-room.h"
#include "fr-shown.h"
#include "fr-staged.h"
#include "fr-store-error.h"
#include "fr-store-report.h"
#include "fr-wanted.h"
#include "fr-wish-record.h"

G_BEGIN_DECLS

/* The pictures, people and settings of one person: a folder with a catalogue and a file a picture. All functions may be
 * called from any thread; each answer comes in the caller's thread-default main context. What changes the store, what
 * asks it, and what copies and hashes have threads of their own, so that a long import holds up no search. What has
 * been answered is seen by whatever is asked for afterwards; what has not been answered yet may or may not be. */

#define FR_STORE_MAX_FOUND 100000
#define FR_STORE_MAX_SEARCH 256
#define FR_STORE_MAX_THUMBNAIL (256 * 1024)
#define FR_STORE_MAX_PREVIEW 6144

#define FR_TYPE_STORE (fr_store_get_type ())

G_DECLARE_FINAL_TYPE (FrStore, fr_store, FR, STORE, GObject)

void fr_store_open_async (const char *folder,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
FrStore *fr_store_open_finish (GAsyncResult *result, GError **error);
void fr_store_close (FrStore *self);

/* Whether the catalogue was damaged or gone and had to be made anew, and how many pictures lost all but their bytes. */
gboolean fr_store_was_rescued (FrStore *self, guint *out_n_adopted);

/* Adding takes two steps, so that what looks into a picture can stay outside. */
void fr_store_find_files_async (FrStore *self,
                                const char *path,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *fr_store_find_files_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_measure_room_async (FrStore *self,
                                  const char *const *paths,
                                  gboolean keeps_metadata,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
FrRoom *fr_store_measure_room_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_stage_file_async (FrStore *self,
                                const char *path,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
FrStaged *fr_store_stage_file_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_stage_bytes_async (FrStore *self,
                                 GBytes *bytes,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
FrStaged *fr_store_stage_bytes_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_add_async (FrStore *self,
                         FrStaged *staged,
                         const FrPicture *description,
                         GBytes *thumbnail,
                         GBytes *preview,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
void fr_store_add_cleaned_async (FrStore *self,
                                 FrStaged *staged,
                                 FrStaged *original,
                                 const FrPicture *description,
                                 GBytes *thumbnail,
                                 GBytes *preview,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
FrPicture *fr_store_add_finish (FrStore *self, GAsyncResult *result, gboolean *out_was_there, GError **error);

/* What the person has, and what others get of it, may differ by what the file tells beside the picture. */
void fr_store_stage_original_async (FrStore *self,
                                    const FrContentId *id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
FrStaged *fr_store_stage_original_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_export_original_async (FrStore *self,
                                     const FrContentId *id,
                                     const char *path,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char *fr_store_export_original_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_exchange_async (FrStore *self,
                              const FrContentId *id,
                              FrStaged *staged,
                              FrStaged *original,
                              const FrPicture *facts,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
FrPicture *fr_store_exchange_finish (FrStore *self, GAsyncResult *result, GError **error);

/* The catalogue. */
void fr_store_get_async (FrStore *self,
                         const FrContentId *id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
FrPicture *fr_store_get_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_list_async (FrStore *self,
                          const FrPeerKey *reader,
                          guint offset,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GPtrArray *fr_store_list_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_count_async (FrStore *self,
                           const FrPeerKey *reader,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean fr_store_count_finish (FrStore *self, GAsyncResult *result, guint *out_count, GError **error);

void fr_store_search_async (FrStore *self,
                            const char *words,
                            const FrPeerKey *reader,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
void fr_store_search_restricted_async (FrStore *self,
                                       const char *words,
                                       const FrPeerKey *reader,
                                       guint limit,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void fr_store_list_newest_async (FrStore *self,
                                 const FrPeerKey *reader,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *fr_store_search_finish (FrStore *self, GAsyncResult *result, guint *out_total, GError **error);

void fr_store_update_async (FrStore *self,
                            const FrContentId *id,
                            const char *title,
                            const char *description,
                            const char *const *tags,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
FrPicture *fr_store_update_finish (FrStore *self, GAsyncResult *result, GError **error);

/* The same words for many, in one transaction. */
#define FR_STORE_MAX_DESCRIBED 1000

void fr_store_describe_async (FrStore *self,
                              const FrContentId *ids,
                              guint n_ids,
                              const char *text,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *fr_store_describe_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_set_audience_async (FrStore *self,
                                  const FrContentId *ids,
                                  guint n_ids,
                                  FrAudience audience,
                                  GBytes *readers,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *fr_store_set_audience_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_remove_async (FrStore *self,
                            const FrContentId *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean fr_store_remove_finish (FrStore *self, GAsyncResult *result, GError **error);

/* Removing that can be undone: what is hidden is gone, but can come back until it is purged, or the store is closed. */
#define FR_STORE_MAX_HIDDEN 1000

void fr_store_hide_async (FrStore *self,
                          const FrContentId *ids,
                          guint n_ids,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
int fr_store_hide_finish (FrStore *self, GAsyncResult *result, GError **error);
void fr_store_restore_async (FrStore *self,
                             const FrContentId *ids,
                             guint n_ids,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *fr_store_restore_finish (FrStore *self, GAsyncResult *result, GError **error);
void fr_store_purge_async (FrStore *self,
                           const FrContentId *ids,
                           guint n_ids,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean fr_store_purge_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_get_thumbnail_async (FrStore *self,
                                   const FrContentId *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GBytes *fr_store_get_thumbnail_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_get_preview_async (FrStore *self,
                                 const FrContentId *id,
                                 const FrPeerKey *reader,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GBytes *fr_store_get_preview_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_set_forms_async (FrStore *self,
                               const FrContentId *id,
                               GBytes *thumbnail,
                               GBytes *preview,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
FrPicture *fr_store_set_forms_finish (FrStore *self, GAsyncResult *result, GError **error);

/* The bytes. */
void fr_store_open_picture_async (FrStore *self,
                                  const FrContentId *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
int fr_store_open_picture_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_get_blocks_async (FrStore *self,
                                const FrContentId *id,
                                const FrPeerKey *reader,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GBytes *fr_store_get_blocks_finish (FrStore *self, GAsyncResult *result, guint64 *out_size, GError **error);
guint fr_store_get_sharing (FrStore *self);

void fr_store_read_block_async (FrStore *self,
                                const FrContentId *id,
                                guint block,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GBytes *fr_store_read_block_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_begin_incoming_async (FrStore *self,
                                    const FrContentId *id,
                                    guint64 size,
                                    GBytes *hashes,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
FrIncoming *fr_store_begin_incoming_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_find_incoming_async (FrStore *self,
                                   const FrContentId *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
FrIncoming *fr_store_find_incoming_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_export_async (FrStore *self,
                            const FrContentId *id,
                            const char *path,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
char *fr_store_export_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_get_ngrams_async (FrStore *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
FrNgramSet *fr_store_get_ngrams_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_list_readers_async (FrStore *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean fr_store_list_readers_finish (FrStore *self, GAsyncResult *result, GBytes **out_readers, GError **error);

/* Whether all is as it should be. */
typedef void (*FrStoreProgress) (guint64 done, guint64 total, gpointer data);

void fr_store_check_async (FrStore *self,
                           FrStoreProgress progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
FrStoreReport *fr_store_check_finish (FrStore *self, GAsyncResult *result, GError **error);

/* People and settings. */
void fr_store_list_people_async (FrStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *fr_store_list_people_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_put_person_async (FrStore *self,
                                const FrPersonRecord *person,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean fr_store_put_person_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_replace_key_async (FrStore *self,
                                 const FrPeerKey *old,
                                 const FrPersonRecord *person,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean fr_store_replace_key_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_remove_person_async (FrStore *self,
                                   const FrPersonRecord *person,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean fr_store_remove_person_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_list_acquaintances_async (FrStore *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *fr_store_list_acquaintances_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_put_acquaintance_async (FrStore *self,
                                      const FrPersonRecord *person,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean fr_store_put_acquaintance_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_remove_acquaintance_async (FrStore *self,
                                         const FrPeerKey *key,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean fr_store_remove_acquaintance_finish (FrStore *self, GAsyncResult *result, GError **error);

/* What people have shown us, for when they are away. */
void fr_store_put_shown_async (FrStore *self,
                               const FrPeerKey *person,
                               GPtrArray *shown,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean fr_store_put_shown_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_forget_shown_async (FrStore *self,
                                  const FrPeerKey *person,
                                  const FrContentId *ids,
                                  guint n_ids,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void fr_store_mark_shown_seen_async (FrStore *self,
                                     const FrContentId *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

void fr_store_list_shown_async (FrStore *self,
                                const FrPeerKey *person,
                                guint offset,
                                guint limit,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *fr_store_list_shown_finish (FrStore *self, GAsyncResult *result, GError **error);

/* What the person here wants and does not have yet. */
void fr_store_put_wanted_async (FrStore *self,
                                FrWanted *wanted,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean fr_store_put_wanted_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_forget_wanted_async (FrStore *self,
                                   const FrContentId *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

void fr_store_list_wanted_async (FrStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *fr_store_list_wanted_finish (FrStore *self, GAsyncResult *result, GError **error);

/* Searches that are kept and asked again, and what they have told of. */
void fr_store_put_wish_async (FrStore *self,
                              const char *terms,
                              gint64 asked_us,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean fr_store_put_wish_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_forget_wish_async (FrStore *self,
                                 const char *terms,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void fr_store_mark_wish_seen_async (FrStore *self,
                                    const char *terms,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

void fr_store_tell_wish_async (FrStore *self,
                               const char *terms,
                               const FrContentId *ids,
                               guint n_ids,
                               gboolean fresh,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GArray *fr_store_tell_wish_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_list_wishes_async (FrStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *fr_store_list_wishes_finish (FrStore *self, GAsyncResult *result, GError **error);

/* What was looked for lately. */
void fr_store_put_search_async (FrStore *self,
                                const char *words,
                                const char *terms,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean fr_store_put_search_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_forget_search_async (FrStore *self,
                                   const char *words,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

void fr_store_list_searches_async (FrStore *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *fr_store_list_searches_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_get_setting_async (FrStore *self,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
char *fr_store_get_setting_finish (FrStore *self, GAsyncResult *result, GError **error);

void fr_store_put_setting_async (FrStore *self,
                                 const char *name,
                                 const char *value,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean fr_store_put_setting_finish (FrStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
