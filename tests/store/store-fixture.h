/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-database.h"
#include "fr-store-private.h"

G_BEGIN_DECLS

/* A store in a folder of its own, and the answers of its asynchronous functions while they are waited for. */

typedef struct
{
  char *folder;
  FrStore *store;
} Fixture;

/* Somebody whom the person has not added. */
extern const FrPeerKey stranger;

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
void fixture_reopen (Fixture *fixture);

/* The callback for any of them, with a GAsyncResult * to be filled; and the wait for it. */
void answered_cb (GObject *source, GAsyncResult *result, gpointer slot);
GAsyncResult *await (GAsyncResult **slot);

FrStore *open_store (const char *folder, GError **error);
FrStaged *stage_text (FrStore *store, const char *text, GError **error);
FrStaged *stage_path (FrStore *store, const char *path, GError **error);
FrPicture *add_staged (FrStore *store, FrStaged *staged, const FrPicture *description, gboolean *out_was_there,
                       GError **error);
FrPicture *add_picture (FrStore *store, const char *bytes, const char *title, const char *const *tags);
FrPicture *add_for (FrStore *store, const char *bytes, const char *title, FrAudience audience, GBytes *readers);
FrPicture *add_kept (FrStore *store, const char *bytes, const char *title);
GPtrArray *set_audience (FrStore *store, const FrContentId *ids, guint n, FrAudience audience, GBytes *readers,
                         GError **error);
void add_contact (FrStore *store, const FrPeerKey *key, const char *name);
void remove_contact (FrStore *store, const FrPeerKey *key, const char *name);
FrPicture *get_picture (FrStore *store, const FrContentId *id, GError **error);
gboolean remove_picture (FrStore *store, const FrContentId *id, GError **error);
int hide_pictures (FrStore *store, const FrContentId *ids, guint n);
GPtrArray *restore_pictures (FrStore *store, const FrContentId *ids, guint n);
void purge_pictures (FrStore *store, const FrContentId *ids, guint n);
GBytes *read_block (FrStore *store, const FrContentId *id, guint block, GError **error);
guint count_pictures (FrStore *store, const FrPeerKey *reader);
char *search_titles (FrStore *store, const char *words, const FrPeerKey *reader);
char *list_titles (FrStore *store, const FrPeerKey *reader, guint offset, guint limit);

/* A catalogue as a Freshet of that version left it. */
FrDatabase *open_version (const char *path, guint version);

/* Where the file of a picture lies, written out here once more: what is on disk must never change by accident. */
char *picture_path (const char *folder, const FrContentId *id);
guint count_files (const char *folder, const char *name);
guint count_stored (const char *folder, const char *kind); /* "pictures" or "originals" */

G_END_DECLS
