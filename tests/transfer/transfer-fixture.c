/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "transfer-fixture.h"

#include <unistd.h>

#define PATIENCE 10.0

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for_result (GAsyncResult **result)
{
  fr_test_wait_until (has_result, result, PATIENCE);
}

Person *
person_new_with_stall (guint8 number, gint64 stall_us)
{
  Person *self = g_new0 (Person, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->key = (FrPeerKey) { { number } };
  self->folder = fr_test_folder_new ();
  fr_store_open_async (self->folder, NULL, result_cb, &result);
  wait_for_result (&result);
  self->store = fr_store_open_finish (result, &error);
  g_assert_no_error (error);
  self->uploads = _fr_upload_queue_new_with_stall (self->store, stall_us);
  return self;
}

Person *
person_new (guint8 number)
{
  return person_new_with_stall (number, FR_TRANSFER_STALL_US);
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Nothing may hold the queue but questions that the store has not answered yet. */
void
person_free (Person *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->uploads), (gpointer *) &self->uploads);
  g_object_unref (self->uploads);
  fr_test_wait_until (is_null, &self->uploads, PATIENCE);
  fr_store_close (self->store);
  g_object_unref (self->store);
  fr_test_folder_free (self->folder);
  g_free (self);
}

static FrContentId
add (Person *self, GBytes *bytes, FrAudience audience)
{
  g_autoptr (GAsyncResult) staging = NULL, adding = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStaged) staged = NULL;
  g_autoptr (FrPicture) description = fr_picture_new (), picture = NULL;
  gboolean was_there;

  fr_store_stage_bytes_async (self->store, bytes, NULL, result_cb, &staging);
  wait_for_result (&staging);
  staged = fr_store_stage_bytes_finish (self->store, staging, &error);
  g_assert_no_error (error);
  description->audience = audience;
  fr_store_add_async (self->store, staged, description, NULL, NULL, NULL, result_cb, &adding);
  wait_for_result (&adding);
  picture = fr_store_add_finish (self->store, adding, &was_there, &error);
  g_assert_no_error (error);
  return picture->id;
}

FrContentId
person_add (Person *self, GBytes *bytes)
{
  return add (self, bytes, FR_AUDIENCE_EVERYONE);
}

FrContentId
person_add_hidden (Person *self, GBytes *bytes)
{
  return add (self, bytes, FR_AUDIENCE_ONLY_ME);
}

FrContentId
person_add_for_contacts (Person *self, GBytes *bytes)
{
  return add (self, bytes, FR_AUDIENCE_CONTACTS);
}

void
person_add_contact (Person *self, const FrPeerKey *key)
{
  g_autoptr (FrPersonRecord) record = fr_person_record_new (key, "contact", "server", "contact");
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_put_person_async (self->store, record, NULL, result_cb, &result);
  wait_for_result (&result);
  g_assert_true (fr_store_put_person_finish (self->store, result, NULL));
}

void
person_remove_contact (Person *self, const FrPeerKey *key)
{
  g_autoptr (FrPersonRecord) record = fr_person_record_new (key, "contact", "server", "contact");
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_remove_person_async (self->store, record, NULL, result_cb, &result);
  wait_for_result (&result);
  g_assert_true (fr_store_remove_person_finish (self->store, result, NULL));
}

void
person_share (Person *self, const FrContentId *id, FrAudience audience)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) pictures = NULL;

  fr_store_set_audience_async (self->store, id, 1, audience, NULL, NULL, result_cb, &result);
  wait_for_result (&result);
  pictures = fr_store_set_audience_finish (self->store, result, NULL);
  g_assert_nonnull (pictures);
}

void
person_remove (Person *self, const FrContentId *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_remove_async (self->store, id, NULL, result_cb, &result);
  wait_for_result (&result);
  fr_store_remove_finish (self->store, result, &error);
  g_assert_no_error (error);
}

FrDownload *
person_ask (Person *self, FrTransferPort *port, const FrContentId *id)
{
  FrDownload *download = fr_download_new (port, self->store, id, 0);

  fr_download_start (download);
  return download;
}

static void
control_message_cb (End *self, GBytes *message)
{
  g_autoptr (Freshet__Frame) frame = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (message, NULL), g_bytes_get_size (message), &frame), ==,
                   FR_WIRE_OK);
  if (self->port != NULL)
    g_assert_true (fr_transfer_port_receive (self->port, frame));
  else
    g_queue_push_tail (&self->frames, g_steal_pointer (&frame));
}

static void
bulk_message_cb (End *self, GBytes *message)
{
  FrBulkHeader header;
  const guint8 *data;

  if (fr_bulk_parse (message, &header, &data) != FR_WIRE_OK)
    return;
  g_array_append_val (self->pieces, header);
  self->piece_bytes += header.length;
}

static void
end_init (End *self, Person *person, Person *other)
{
  static const FrPeerKey nobody;

  g_queue_init (&self->frames);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (FrBulkHeader));
  g_signal_connect_swapped (self->control, "message", G_CALLBACK (control_message_cb), self);
  g_signal_connect_swapped (self->bulk, "message", G_CALLBACK (bulk_message_cb), self);
  if (person == NULL)
    return;
  self->port = fr_transfer_port_new (self->control, other != NULL ? &other->key : &nobody);
  fr_transfer_port_set_bulk (self->port, self->bulk);
  fr_upload_queue_add_port (person->uploads, self->port);
}

static void
end_clear (End *self)
{
  g_signal_handlers_disconnect_by_data (self->control, self);
  g_signal_handlers_disconnect_by_data (self->bulk, self);
  if (self->port != NULL)
    fr_transfer_port_close (self->port);
  g_clear_object (&self->port);
  g_clear_object (&self->control);
  g_clear_object (&self->bulk);
  g_queue_clear_full (&self->frames, (GDestroyNotify) fr_frame_free);
  g_array_unref (self->pieces);
}

Session *
session_new (Person *holder, Person *asker)
{
  Session *self = g_new0 (Session, 1);

  fr_memory_channel_new_pair ("control", &self->holder.control, &self->asker.control);
  fr_memory_channel_new_pair ("bulk", &self->holder.bulk, &self->asker.bulk);
  end_init (&self->holder, holder, asker);
  end_init (&self->asker, asker, holder);
  return self;
}

/* The session goes, as seen from both ends. */
void
session_end (Session *self)
{
  fr_channel_close (self->holder.control);
  if (self->holder.port != NULL)
    fr_transfer_port_close (self->holder.port);
}

void
session_free (Session *self)
{
  end_clear (&self->holder);
  end_clear (&self->asker);
  g_free (self);
}

void
end_send (End *self, Freshet__Frame__BodyCase body_case, gpointer body)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  g_autoptr (GBytes) message = NULL;

  frame.body_case = body_case;
  frame.get = body;
  message = fr_frame_pack (&frame);
  g_assert_true (fr_channel_send (self->control, message, NULL));
}

void
end_send_piece (End *self, guint32 transfer, guint32 block, guint32 offset, const guint8 *data, guint32 length)
{
  FrBulkHeader header = { .transfer = transfer, .block = block, .offset = offset, .length = length };
  g_autoptr (GBytes) message = fr_bulk_pack (&header, data);

  g_assert_true (fr_channel_send (self->bulk, message, NULL));
}

typedef struct
{
  End *end;
  Freshet__Frame__BodyCase body_case;
  guint n_pieces;
  guint64 n_bytes;
} Wish;

static GList *
find_frame (End *end, Freshet__Frame__BodyCase body_case)
{
  for (GList *at = end->frames.head; at != NULL; at = at->next)
    if (((Freshet__Frame *) at->data)->body_case == body_case)
      return at;
  return NULL;
}

static gboolean
has_frame (gpointer data)
{
  Wish *wish = data;

  return find_frame (wish->end, wish->body_case) != NULL;
}

Freshet__Frame *
end_wait_frame (End *self, Freshet__Frame__BodyCase body_case)
{
  Wish wish = { .end = self, .body_case = body_case };
  Freshet__Frame *frame;
  GList *found;

  fr_test_wait_until (has_frame, &wish, PATIENCE);
  found = find_frame (self, body_case);
  frame = found->data;
  g_queue_delete_link (&self->frames, found);
  return frame;
}

static gboolean
has_pieces (gpointer data)
{
  Wish *wish = data;

  return wish->end->pieces->len >= wish->n_pieces;
}

void
end_wait_pieces (End *self, guint n_pieces)
{
  Wish wish = { .end = self, .n_pieces = n_pieces };

  fr_test_wait_until (has_pieces, &wish, PATIENCE);
}

static gboolean
has_bytes (gpointer data)
{
  Wish *wish = data;

  return wish->end->piece_bytes >= wish->n_bytes;
}

void
end_wait_bytes (End *self, guint64 n_bytes)
{
  Wish wish = { .end = self, .n_bytes = n_bytes };

  fr_test_wait_until (has_bytes, &wish, PATIENCE);
}

void
end_send_get (End *self, guint32 transfer, const FrContentId *id, GBytes *have)
{
  Freshet__Get get = FRESHET__GET__INIT;

  get.transfer = transfer;
  get.content_id.data = (guint8 *) id->bytes;
  get.content_id.len = sizeof id->bytes;
  if (have != NULL)
    get.have.data = (guint8 *) g_bytes_get_data (have, &get.have.len);
  end_send (self, FRESHET__FRAME__BODY_GET, &get);
}

void
end_send_manifest (End *self, guint32 transfer, GBytes *picture)
{
  Freshet__Manifest manifest = FRESHET__MANIFEST__INIT;
  g_autoptr (GBytes) hashes = NULL;

  content_id_of (picture, &hashes);
  manifest.transfer = transfer;
  manifest.size = g_bytes_get_size (picture);
  manifest.hashes.data = (guint8 *) g_bytes_get_data (hashes, &manifest.hashes.len);
  end_send (self, FRESHET__FRAME__BODY_MANIFEST, &manifest);
}

void
end_send_done (End *self, guint32 transfer)
{
  Freshet__Done done = FRESHET__DONE__INIT;

  done.transfer = transfer;
  end_send (self, FRESHET__FRAME__BODY_DONE, &done);
}

void
end_send_cancel (End *self, guint32 transfer, gboolean by_holder)
{
  Freshet__Cancel cancel = FRESHET__CANCEL__INIT;

  cancel.transfer = transfer;
  cancel.by_holder = by_holder;
  end_send (self, FRESHET__FRAME__BODY_CANCEL, &cancel);
}

void
end_send_more (End *self, guint32 transfer, guint stored)
{
  Freshet__More more = FRESHET__MORE__INIT;

  more.transfer = transfer;
  more.stored = stored;
  end_send (self, FRESHET__FRAME__BODY_MORE, &more);
}

void
end_assert_refused (End *self, guint32 transfer, Freshet__Refuse__Reason reason)
{
  g_autoptr (Freshet__Frame) frame = end_wait_frame (self, FRESHET__FRAME__BODY_REFUSE);

  g_assert_cmpuint (frame->refuse->transfer, ==, transfer);
  g_assert_cmpint (frame->refuse->reason, ==, reason);
}

typedef struct
{
  FrDownload *download;
  FrDownloadState state;
} StateWish;

static gboolean
has_state (gpointer data)
{
  StateWish *wish = data;

  return fr_download_get_state (wish->download) >= wish->state;
}

void
wait_for_state (FrDownload *download, FrDownloadState state)
{
  StateWish wish = { .download = download, .state = state };

  fr_test_wait_until (has_state, &wish, PATIENCE);
  if (state == FR_DOWNLOAD_DONE)
    g_assert_no_error (fr_download_get_error (download));
  g_assert_cmpint (fr_download_get_state (download), ==, state);
}

void
assert_failed (FrDownload *download, FrTransferError code)
{
  wait_for_state (download, FR_DOWNLOAD_FAILED);
  g_assert_error (fr_download_get_error (download), FR_TRANSFER_ERROR, (int) code);
  g_assert_null (fr_download_get_staged (download));
}

/* That it is done, and every byte on disk is right. */
void
assert_has (FrDownload *download, GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *data = g_malloc (size);
  FrStaged *staged;

  wait_for_state (download, FR_DOWNLOAD_DONE);
  g_assert_cmpuint (fr_download_get_bytes_done (download), ==, size);
  g_assert_cmpuint (fr_download_get_bytes_total (download), ==, size);
  staged = fr_download_get_staged (download);
  g_assert_true (fr_content_id_equal (fr_staged_get_id (staged), fr_download_get_id (download)));
  g_assert_cmpuint (fr_staged_get_size (staged), ==, size);
  g_assert_cmpint (pread (fr_staged_get_fd (staged), data, size, 0), ==, (gssize) size);
  g_assert_cmpmem (data, size, g_bytes_get_data (bytes, NULL), size);
}

GBytes *
random_bytes (gsize size)
{
  static GRand *rand;
  guint8 *data = g_malloc (size);

  if (rand == NULL)
    rand = fr_test_rand_new ();
  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_rand_int_range (rand, 0, 256);
  return g_bytes_new_take (data, size);
}

FrContentId
content_id_of (GBytes *bytes, GBytes **out_hashes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint n_blocks = fr_content_n_blocks (size);
  FrBlockHash *hashes = g_new (FrBlockHash, n_blocks);
  FrContentId id;

  for (guint i = 0; i < n_blocks; i++)
    fr_content_hash_block (data + (gsize) i * FR_BLOCK_SIZE, fr_block_length (size, i), &hashes[i]);
  fr_content_id_from_blocks (size, hashes, n_blocks, &id);
  *out_hashes = g_bytes_new_take (hashes, n_blocks * sizeof *hashes);
  return id;
}
