/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-bulk-header.h"
#include "fr-download-private.h"
#include "fr-memory-channel.h"
#include "fr-test-support.h"
#include "fr-transfer-port-private.h"
#include "fr-upload-queue-private.h"

/* People with a store of their own, and sessions between them over channels in memory. An end of a session without a
 * person is played by the test itself: what comes is kept, and anything can be sent. */

typedef struct
{
  FrPeerKey key;
  char *folder;
  FrStore *store;
  FrUploadQueue *uploads;
} Person;

Person *person_new (guint8 number);
Person *person_new_with_stall (guint8 number, gint64 stall_us);
void person_free (Person *self);
FrContentId person_add (Person *self, GBytes *bytes);
FrContentId person_add_hidden (Person *self, GBytes *bytes);
FrContentId person_add_for_contacts (Person *self, GBytes *bytes);
void person_add_contact (Person *self, const FrPeerKey *key);
void person_remove_contact (Person *self, const FrPeerKey *key);
void person_share (Person *self, const FrContentId *id, FrAudience audience);
void person_remove (Person *self, const FrContentId *id);
FrDownload *person_ask (Person *self, FrTransferPort *port, const FrContentId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Person, person_free)

typedef struct
{
  FrChannel *control;
  FrChannel *bulk;
  FrTransferPort *port; /* NULL: the test plays this end */

  /* What has come */
  GQueue frames;       /* of Freshet__Frame; only where the test plays */
  GArray *pieces;      /* of FrBulkHeader */
  guint64 piece_bytes;
} End;

typedef struct
{
  End holder;
  End asker;
} Session;

Session *session_new (Person *holder, Person *asker);
void session_free (Session *self);
void session_end (Session *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Session, session_free)

void end_send (End *self, Freshet__Frame__BodyCase body_case, gpointer body);
void end_send_piece (End *self, guint32 transfer, guint32 block, guint32 offset, const guint8 *data, guint32 length);
Freshet__Frame *end_wait_frame (End *self, Freshet__Frame__BodyCase body_case);
void end_wait_pieces (End *self, guint n_pieces);
void end_wait_bytes (End *self, guint64 n_bytes);

void end_send_get (End *self, guint32 transfer, const FrContentId *id, GBytes *have);
void end_send_manifest (End *self, guint32 transfer, GBytes *picture);
void end_send_done (End *self, guint32 transfer);
void end_send_cancel (End *self, guint32 transfer, gboolean by_holder);
void end_send_more (End *self, guint32 transfer, guint stored);
void end_assert_refused (End *self, guint32 transfer, Freshet__Refuse__Reason reason);

void wait_for_state (FrDownload *download, FrDownloadState state);
void assert_failed (FrDownload *download, FrTransferError code);
void assert_has (FrDownload *download, GBytes *bytes);

GBytes *random_bytes (gsize size);
FrContentId content_id_of (GBytes *bytes, GBytes **out_hashes);
