/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-store.h"

G_BEGIN_DECLS

/* A store in a folder of its own, and the answers of its asynchronous functions while they are waited for. */

typedef struct
{
  char *folder;
  FrStore *store;
} Fixture;

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
FrPicture *add_kept (FrStore *store, const char *bytes, const char *title);
FrPicture *get_picture (FrStore *store, const FrContentId *id, GError **error);
gboolean remove_picture (FrStore *store, const FrContentId *id, GError **error);
GBytes *read_block (FrStore *store, const FrContentId *id, guint block, GError **error);
guint count_pictures (FrStore *store, FrStoreScope scope);
char *search_titles (FrStore *store, const char *words, FrStoreScope scope);
char *list_titles (FrStore *store, FrStoreScope scope, guint offset, guint limit);

/* Where the file of a picture lies, written out here once more: what is on disk must never change by accident. */
char *picture_path (const char *folder, const FrContentId *id);
guint count_files (const char *folder, const char *name);

G_END_DECLS
