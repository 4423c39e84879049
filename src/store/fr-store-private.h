/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-blob-dir.h"
#include "fr-catalogue.h"
#include "fr-rescue.h"
#include "fr-store.h"
#include "fr-work-queue.h"

G_BEGIN_DECLS

/* Everything that the files of the facade share. */

/* From each version of the catalogue to the next; NULL-terminated. */
extern const char *const fr_store_migrations[];

/* A thread with a connection to the catalogue of its own. All of it owned; the database and the catalogue are for that
 * thread alone. */
typedef struct
{
  FrWorkQueue *work;
  FrDatabase *database;
  FrCatalogue *catalogue;
} FrStoreSide;

struct _FrStore
{
  GObject parent_instance;

  /* Whoever writes waits for the disk, several times over for a picture, and a disk may take tens of milliseconds each
   * time. Nobody who searches should wait with them, and with a write-ahead log nobody has to. */
  FrStoreSide writing;
  FrStoreSide reading;

  /* Owned; set by the opening task, before anybody else has the store. */
  FrBlobDir *blobs;     /* any thread */
  FrBlobDir *originals; /* likewise */
  char *folder;
  int lock_fd;
  gboolean opened;
  FrRescue rescue;

  /* Owned; any thread. */
  FrWorkQueue *import_work; /* copying and hashing what may be large */
  FrWorkQueue *block_work;  /* a block at a time, for transfers */
  GMutex incoming_lock;
  GHashTable *incoming; /* owned: FrContentId; the pictures on their way in */

  /* State; any thread, atomic. */
  guint sharing; /* grows whenever who may see what may have changed */
};

GTask *fr_store_new_task (FrStore *self,
                          gpointer source_tag,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
void fr_store_return_pointer (GTask *task, gpointer result, GDestroyNotify free_result, GError *error);

void fr_store_return_done (GTask *task, gboolean done, GError *error);
gboolean fr_store_remove_originals (FrStore *self, GError **error);
gboolean fr_store_place (FrStore *self, FrStaged *staged, FrStaged *original, GError **error);
void fr_store_undo_placing (FrStore *self, FrStaged *staged, FrStaged *original);
void fr_store_note_sharing (FrStore *self);
void fr_store_purge_all (FrStore *self);
void fr_store_forget_incoming (FrStore *self, const FrContentId *id);

G_END_DECLS
