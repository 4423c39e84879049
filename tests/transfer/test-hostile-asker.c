/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-upload-plan.h"
#include "tests.h"
#include "transfer-fixture.h"

/* An asker that the test plays. */

#define SIZE (2 * FR_BLOCK_SIZE + 1000)
#define N_PIECES 11

typedef struct
{
  Person *holder;
  Session *session;
  FrContentId id;
} Case;

static Case *
case_new (gint64 stall_us)
{
  g_autoptr (GBytes) bytes = random_bytes (SIZE);
  Case *self = g_new0 (Case, 1);

  self->holder = person_new_with_stall ('h', stall_us);
  self->session = session_new (self->holder, NULL);
  self->id = person_add (self->holder, bytes);
  return self;
}

static void
case_free (Case *self)
{
  session_free (self->session);
  person_free (self->holder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

static End *
asker (Case *self)
{
  return &self->session->asker;
}

static FrTransferPort *
port (Case *self)
{
  return self->session->holder.port;
}

typedef struct
{
  FrTransferPort *port;
  guint64 n;
} Wish;

static gboolean
has_ignored (gpointer data)
{
  Wish *wish = data;

  return fr_transfer_port_get_n_ignored (wish->port) == wish->n;
}

static void
wait_ignored (Case *self, guint64 n)
{
  Wish wish = { .port = port (self), .n = n };

  fr_test_wait_until (has_ignored, &wish, 5);
}

static gboolean
has_transfers (gpointer data)
{
  Wish *wish = data;

  return fr_transfer_port_get_n_transfers (wish->port) == wish->n;
}

static void
wait_transfers (Case *self, guint n)
{
  Wish wish = { .port = port (self), .n = n };

  fr_test_wait_until (has_transfers, &wish, 5);
}

static void
test_have_maps (void)
{
  static const struct
  {
    const guint8 data[FR_HAVE_MAX_SIZE];
    gsize size;
    int n_pieces; /* -1: refused */
  } rows[] = {
    { { 0 }, 0, 11 },
    { { 0x01 }, 1, 6 },
    { { 0x05 }, 1, 5 },
    { { 0x07 }, 1, 0 },
    { { 0x08 }, 1, -1 },       /* a fourth block */
    { { 0xff }, 1, -1 },
    { { 0x00, 0x00 }, 2, -1 }, /* longer than it can be */
    { { 0 }, FR_HAVE_MAX_SIZE, -1 },
  };
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint32 transfer = (guint32) i + 1;
      g_autoptr (GBytes) have = g_bytes_new_static (rows[i].data, rows[i].size);
      guint n_before = asker (self)->pieces->len;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      end_send_get (asker (self), transfer, &self->id, have);
      if (rows[i].n_pieces < 0)
        {
          end_assert_refused (asker (self), transfer, FRESHET__REFUSE__REASON__REASON_FAULT);
          continue;
        }
      fr_frame_free (end_wait_frame (asker (self), FRESHET__FRAME__BODY_MANIFEST));
      end_wait_pieces (asker (self), n_before + (guint) rows[i].n_pieces);
      end_send_done (asker (self), transfer);
      wait_transfers (self, 0);
      g_assert_cmpuint (asker (self)->pieces->len, ==, n_before + (guint) rows[i].n_pieces);
    }
}

/* One past what wire lets through never gets here: that is the end of it for such a Get. */
static void
test_have_map_over_the_cap (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);
  Freshet__Get get = FRESHET__GET__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT, *parsed = NULL;
  g_autoptr (GBytes) message = NULL;
  guint8 have[FR_HAVE_MAX_SIZE + 1] = { 0 };

  get.transfer = 1;
  get.content_id.data = self->id.bytes;
  get.content_id.len = sizeof self->id.bytes;
  get.have.data = have;
  get.have.len = sizeof have;
  frame.body_case = FRESHET__FRAME__BODY_GET;
  frame.get = &get;
  message = fr_frame_pack (&frame);
  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (message, NULL), g_bytes_get_size (message), &parsed), ==,
                   FR_WIRE_INVALID);
}

static void
test_form (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);
  static const int forms[] = { FRESHET__GET__FORM__FORM_SCREEN, FRESHET__GET__FORM__FORM_THUMBNAIL, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      Freshet__Get get = FRESHET__GET__INIT;

      get.transfer = (guint32) i + 1;
      get.content_id.data = self->id.bytes;
      get.content_id.len = sizeof self->id.bytes;
      get.form = forms[i];
      end_send (asker (self), FRESHET__FRAME__BODY_GET, &get);
      end_assert_refused (asker (self), get.transfer, FRESHET__REFUSE__REASON__REASON_FORM);
    }
}

/* Numbers go up: one that was used before, or that is no number, is nobody's. */
static void
test_numbers (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);

  end_send_get (asker (self), 0, &self->id, NULL);
  end_send_get (asker (self), 5, &self->id, NULL);
  end_send_get (asker (self), 5, &self->id, NULL);
  end_send_get (asker (self), 4, &self->id, NULL);
  end_wait_pieces (asker (self), N_PIECES);
  wait_ignored (self, 3);
  g_assert_cmpuint (fr_transfer_port_get_n_transfers (port (self)), ==, 1);
  end_send_done (asker (self), 5);
  end_send_get (asker (self), G_MAXUINT32, &self->id, NULL);
  end_wait_pieces (asker (self), 2 * N_PIECES);
}

static void
test_unknown_transfers (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);
  g_autoptr (GBytes) bytes = random_bytes (1000);

  end_send_done (asker (self), 7);
  end_send_cancel (asker (self), 7, FALSE);
  end_send_cancel (asker (self), 7, TRUE);
  end_send_more (asker (self), 7, 1);
  end_send_manifest (asker (self), 7, bytes);
  end_send_piece (asker (self), 7, 0, 0, g_bytes_get_data (bytes, NULL), 1000);
  wait_ignored (self, 6);
  end_send_get (asker (self), 1, &self->id, NULL);
  end_wait_pieces (asker (self), N_PIECES);
}

/* That more is stored than was sent. */
static void
test_more_that_cannot_be (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);

  end_send_get (asker (self), 1, &self->id, NULL);
  end_wait_pieces (asker (self), N_PIECES);
  end_send_more (asker (self), 1, 3);
  end_send_more (asker (self), 1, 4);
  end_assert_refused (asker (self), 1, FRESHET__REFUSE__REASON__REASON_FAULT);
  g_assert_cmpuint (fr_upload_queue_get_n_active (self->holder->uploads), ==, 0);
}

/* Without a word about what is stored, no more than the window comes. */
static void
test_never_says_more (void)
{
  g_autoptr (Case) self = case_new (200 * 1000);
  g_autoptr (GBytes) bytes = random_bytes ((FR_TRANSFER_WINDOW + 1) * FR_BLOCK_SIZE);
  FrContentId id = person_add (self->holder, bytes);
  g_autoptr (Freshet__Frame) cancel = NULL;

  end_send_get (asker (self), 1, &id, NULL);
  cancel = end_wait_frame (asker (self), FRESHET__FRAME__BODY_CANCEL);
  g_assert_true (cancel->cancel->by_holder);
  g_assert_cmpuint (cancel->cancel->transfer, ==, 1);
  g_assert_cmpuint (asker (self)->piece_bytes, ==, FR_TRANSFER_WINDOW * FR_BLOCK_SIZE);
}

/* Who does not read is not written to for ever. */
static void
test_never_reads (void)
{
  g_autoptr (Case) self = case_new (200 * 1000);
  g_autoptr (GBytes) bytes = random_bytes (20 * FR_BLOCK_SIZE);
  FrContentId id = person_add (self->holder, bytes);

  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (self->session->holder.bulk), TRUE);
  end_send_get (asker (self), 1, &id, NULL);
  fr_frame_free (end_wait_frame (asker (self), FRESHET__FRAME__BODY_CANCEL));
  g_assert_cmpuint (fr_channel_get_buffered_amount (self->session->holder.bulk), <,
                    FR_CHANNEL_HIGH_WATER + FR_CHANNEL_MAX_MESSAGE);
}

static guint
count_places (End *end)
{
  guint n = 0;

  for (GList *at = end->frames.head; at != NULL; at = at->next)
    {
      Freshet__Frame *frame = at->data;

      n += frame->body_case == FRESHET__FRAME__BODY_MANIFEST && frame->manifest->place > 0;
    }
  return n;
}

/* Two peers take all there is, and a third one hears that it is busy: at 100 that wait, and at the 101st. */
static void
test_busy (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);
  g_autoptr (Person) a = person_new ('a'), b = person_new ('b'), c = person_new ('c');
  Person *people[] = { a, b };
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) session_free);
  const guint n_of_one = FR_UPLOAD_MAX_ACTIVE_PEER + FR_UPLOAD_MAX_QUEUED_PEER;
  Session *third;

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      Session *session = session_new (self->holder, people[i]);
      End *end = &session->asker;

      /* The test takes over from this asker. */
      fr_transfer_port_close (end->port);
      g_clear_object (&end->port);
      g_ptr_array_add (sessions, session);
      for (guint32 n = 1; n <= n_of_one; n++)
        end_send_get (end, n, &self->id, NULL);
      end_wait_pieces (end, FR_UPLOAD_MAX_ACTIVE_PEER * N_PIECES);
      g_assert_cmpuint (count_places (end), ==, FR_UPLOAD_MAX_QUEUED_PEER);
    }
  g_assert_cmpuint (fr_upload_queue_get_n_active (self->holder->uploads), ==, FR_UPLOAD_MAX_ACTIVE);
  g_assert_cmpuint (fr_upload_queue_get_n_queued (self->holder->uploads), ==, FR_UPLOAD_MAX_QUEUED);

  third = session_new (self->holder, c);
  fr_transfer_port_close (third->asker.port);
  g_clear_object (&third->asker.port);
  g_ptr_array_add (sessions, third);
  end_send_get (&third->asker, 1, &self->id, NULL);
  end_assert_refused (&third->asker, 1, FRESHET__REFUSE__REASON__REASON_BUSY);

  /* One of the first gives up its place. */
  end_send_cancel (&((Session *) sessions->pdata[0])->asker, n_of_one, FALSE);
  end_send_get (&third->asker, 2, &self->id, NULL);
  g_assert_false (fr_transfer_port_is_closed (third->holder.port));
  g_autoptr (Freshet__Frame) place = end_wait_frame (&third->asker, FRESHET__FRAME__BODY_MANIFEST);
  g_assert_cmpuint (place->manifest->place, ==, FR_UPLOAD_MAX_QUEUED);
}

/* What is in the way when a picture goes while it is being sent. */
static void
test_removed_meanwhile (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);
  g_autoptr (GBytes) bytes = random_bytes (20 * FR_BLOCK_SIZE);
  FrContentId id = person_add (self->holder, bytes);

  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (self->session->holder.bulk), TRUE);
  end_send_get (asker (self), 1, &id, NULL);
  fr_frame_free (end_wait_frame (asker (self), FRESHET__FRAME__BODY_MANIFEST));
  person_remove (self->holder, &id);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (self->session->holder.bulk), FALSE);
  end_assert_refused (asker (self), 1, FRESHET__REFUSE__REASON__REASON_GONE);
}

static void
assert_is_gone (Case *self, const char *what)
{
  guint64 sent;

  g_test_message ("%s", what);
  end_assert_refused (asker (self), 1, FRESHET__REFUSE__REASON__REASON_GONE);
  sent = asker (self)->piece_bytes;
  g_assert_cmpuint (fr_upload_queue_get_n_active (self->holder->uploads), ==, 0);
  end_send_get (asker (self), 2, &self->id, NULL);
  end_assert_refused (asker (self), 2, FRESHET__REFUSE__REASON__REASON_GONE);
  g_assert_cmpuint (asker (self)->piece_bytes, ==, sent);
}

/* Who was sent the beginning of a picture, and says More now and then, gets no byte once it is not for them any more. */
static void
test_audience_changed_meanwhile (void)
{
  static const struct
  {
    const char *what;
    gboolean by_people; /* or by the picture */
  } rows[] = { { "the picture is for nobody else", FALSE }, { "the contact is none any more", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);
      g_autoptr (Person) somebody = person_new ('a');
      g_autoptr (GBytes) bytes = random_bytes ((FR_TRANSFER_WINDOW + 4) * FR_BLOCK_SIZE);
      const FrPeerKey *key = &somebody->key;
      const guint64 window = (guint64) FR_TRANSFER_WINDOW * FR_BLOCK_SIZE;

      session_free (self->session);
      self->session = session_new (self->holder, somebody);
      fr_transfer_port_close (asker (self)->port);
      g_clear_object (&asker (self)->port); /* the test takes over */
      self->id = person_add_for_contacts (self->holder, bytes);
      person_add_contact (self->holder, key);
      end_send_get (asker (self), 1, &self->id, NULL);
      end_wait_bytes (asker (self), window);

      /* a change that is none for them stops nothing */
      person_share (self->holder, &self->id, FR_AUDIENCE_EVERYONE);
      person_share (self->holder, &self->id, FR_AUDIENCE_CONTACTS);
      end_send_more (asker (self), 1, 1);
      end_wait_bytes (asker (self), window + FR_BLOCK_SIZE);

      if (rows[i].by_people)
        person_remove_contact (self->holder, key);
      else
        person_share (self->holder, &self->id, FR_AUDIENCE_ONLY_ME);
      end_send_more (asker (self), 1, 2);
      assert_is_gone (self, rows[i].what);
      g_assert_cmpuint (asker (self)->piece_bytes, ==, window + FR_BLOCK_SIZE);
    }
}

/* What is read already, and waits for room, does not go either. */
static void
test_audience_changed_in_memory (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);
  g_autoptr (GBytes) bytes = random_bytes (20 * FR_BLOCK_SIZE);

  self->id = person_add (self->holder, bytes);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (self->session->holder.bulk), TRUE);
  end_send_get (asker (self), 1, &self->id, NULL);
  fr_frame_free (end_wait_frame (asker (self), FRESHET__FRAME__BODY_MANIFEST));
  person_share (self->holder, &self->id, FR_AUDIENCE_ONLY_ME);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (self->session->holder.bulk), FALSE);
  end_assert_refused (asker (self), 1, FRESHET__REFUSE__REASON__REASON_GONE);
  g_assert_cmpuint (asker (self)->piece_bytes, <=, FR_CHANNEL_HIGH_WATER + FR_CHANNEL_MAX_MESSAGE);
}

/* A control channel that nobody reads ends the session, before its buffer grows without end. */
static void
test_control_is_full (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);
  Freshet__Get get = FRESHET__GET__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;

  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (self->session->holder.control), TRUE);
  get.content_id.data = self->id.bytes;
  get.content_id.len = sizeof self->id.bytes;
  get.form = FRESHET__GET__FORM__FORM_SCREEN;
  frame.body_case = FRESHET__FRAME__BODY_GET;
  frame.get = &get;
  while (fr_channel_get_buffered_amount (self->session->holder.control) <= FR_CHANNEL_MAX_BUFFERED)
    {
      get.transfer++;
      fr_transfer_port_receive (port (self), &frame);
    }
  g_assert_false (fr_transfer_port_is_closed (port (self)));
  get.transfer++;
  fr_transfer_port_receive (port (self), &frame);
  g_assert_false (fr_transfer_port_is_closed (port (self))); /* never from within */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (fr_transfer_port_is_closed (port (self)));
}

static void
test_other_frames (void)
{
  g_autoptr (Case) self = case_new (FR_TRANSFER_STALL_US);
  Freshet__Ping ping = FRESHET__PING__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;

  frame.body_case = FRESHET__FRAME__BODY_PING;
  frame.ping = &ping;
  g_assert_false (fr_transfer_port_receive (port (self), &frame));
}

void
test_hostile_asker_add (void)
{
  g_test_add_func ("/transfer/hostile-asker/have-maps", test_have_maps);
  g_test_add_func ("/transfer/hostile-asker/have-map-over-the-cap", test_have_map_over_the_cap);
  g_test_add_func ("/transfer/hostile-asker/form", test_form);
  g_test_add_func ("/transfer/hostile-asker/numbers", test_numbers);
  g_test_add_func ("/transfer/hostile-asker/unknown-transfers", test_unknown_transfers);
  g_test_add_func ("/transfer/hostile-asker/more-that-cannot-be", test_more_that_cannot_be);
  g_test_add_func ("/transfer/hostile-asker/never-says-more", test_never_says_more);
  g_test_add_func ("/transfer/hostile-asker/never-reads", test_never_reads);
  g_test_add_func ("/transfer/hostile-asker/busy", test_busy);
  g_test_add_func ("/transfer/hostile-asker/removed-meanwhile", test_removed_meanwhile);
  g_test_add_func ("/transfer/hostile-asker/audience-changed-meanwhile", test_audience_changed_meanwhile);
  g_test_add_func ("/transfer/hostile-asker/audience-changed-in-memory", test_audience_changed_in_memory);
  g_test_add_func ("/transfer/hostile-asker/control-is-full", test_control_is_full);
  g_test_add_func ("/transfer/hostile-asker/other-frames", test_other_frames);
}
