/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-record.h"

#include <string.h>

#include "fr-peer-name.h"
#include "tests.h"

#define SERVER "ws://127.0.0.1:9000/"
#define DOORBELL "ws://192.0.2.7:41000/"

static Freshet__PeerRecord *
make_record (const FrIdentity *identity)
{
  return fr_record_sign (identity, "Holder", SERVER, "holder", DOORBELL, TRUE);
}

static GBytes *
pack (Freshet__PeerRecord *message)
{
  GBytes *packed = fr_message_pack (&message->base);

  fr_record_free_message (message);
  return packed;
}

static gboolean
parse (GBytes *packed, FrRecord *out_record)
{
  return fr_record_parse (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), out_record);
}

static void
test_round_trip (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) packed = pack (make_record (identity));
  g_auto (FrRecord) first = { 0 }, second = { 0 };

  g_assert_true (parse (packed, &first));
  g_assert_true (fr_peer_key_equal (&first.key, fr_identity_get_key (identity)));
  g_assert_cmpstr (first.name, ==, "Holder");
  g_assert_cmpstr (first.server, ==, SERVER);
  g_assert_cmpstr (first.address, ==, "holder");
  g_assert_cmpstr (first.doorbell, ==, DOORBELL);
  g_assert_true (first.may_pass_on);
  g_assert_cmpuint (first.sequence, >, 0);
  g_assert_true (g_bytes_equal (first.packed, packed));
  g_assert_true (parse (first.packed, &second)); /* so it can be kept and given to others */
  g_assert_cmpuint (second.sequence, ==, first.sequence);
}

static void
test_no_address (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) packed = pack (fr_record_sign (identity, "Holder", NULL, NULL, NULL, FALSE));
  g_auto (FrRecord) record = { 0 };

  g_assert_true (parse (packed, &record));
  g_assert_cmpstr (record.server, ==, "");
  g_assert_cmpstr (record.address, ==, "");
  g_assert_cmpstr (record.doorbell, ==, "");
  g_assert_false (record.may_pass_on);
  fr_record_clear (&record);
  fr_record_clear (&record); /* and of what is clear already */
}

/* As long as all that a record may say. */
static void
test_longest (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  const char *name = "éééééééééééééééééééééééénnnnnnnnnnnnnnnn"; /* 64 bytes, 40 characters */
  g_autofree char *server = g_strnfill (FR_RECORD_SERVER_MAX_BYTES, 's');
  g_autofree char *address = g_strnfill (FR_PEER_ADDRESS_MAX_BYTES, 'a');

  g_assert_cmpuint (strlen (name), ==, FR_PEER_NAME_MAX_BYTES);
  for (guint more = 0; more < 2; more++)
    {
      g_autofree char *doorbell = g_strnfill (FR_RECORD_DOORBELL_MAX_BYTES + more, 'd');
      g_autoptr (GBytes) packed = pack (fr_record_sign (identity, name, server, address, doorbell, TRUE));
      g_auto (FrRecord) record = { 0 };

      g_assert_cmpuint (g_bytes_get_size (packed), <=, FR_RECORD_MAX_SIZE);
      g_assert_true (parse (packed, &record));
      g_assert_cmpstr (record.doorbell, ==, more ? "" : doorbell); /* better none than a record that nobody takes */
    }
}

static void
test_altered_byte (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) packed = pack (make_record (identity));
  gsize size = g_bytes_get_size (packed);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (packed, NULL), size);
  g_auto (FrRecord) record = { 0 };

  for (gsize i = 0; i < size; i++)
    {
      data[i] ^= 0x20;
      g_assert_false (fr_record_parse (data, size, &record));
      data[i] ^= 0x20;
    }
  g_assert_null (record.name); /* untouched */
  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *exact = g_memdup2 (data, i);

      g_assert_false (fr_record_parse (exact, i, &record));
    }
  g_assert_true (fr_record_parse (data, size, &record));
}

/* In somebody else's name. */
static void
test_forged (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (FrIdentity) mallory = fr_identity_new ();
  Freshet__PeerRecord *message = make_record (identity);
  g_auto (FrRecord) record = { 0 };

  g_assert_true (fr_record_read (message, &record));
  fr_record_clear (&record);
  fr_identity_sign (mallory, FR_SIGN_RECORD, message->signed_.data, message->signed_.len, message->signature.data);
  g_assert_false (fr_record_read (message, &record));
  fr_identity_sign (identity, FR_SIGN_HITS, message->signed_.data, message->signed_.len, message->signature.data);
  g_assert_false (fr_record_read (message, &record));
  fr_record_free_message (message);
}

/* Fields that this version does not know are dropped outside of what is signed, and count against the size. */
static void
test_size_limit (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GBytes) packed = pack (make_record (identity));
  gsize size = g_bytes_get_size (packed);
  guint8 data[FR_RECORD_MAX_SIZE + 1];
  g_auto (FrRecord) record = { 0 };

  for (gsize whole = FR_RECORD_MAX_SIZE; whole <= FR_RECORD_MAX_SIZE + 1; whole++)
    {
      gsize rest = whole - size - 3; /* field 15, its length in two bytes */

      g_assert_cmpuint (rest, >=, 128);
      memset (data, 0, sizeof data);
      memcpy (data, g_bytes_get_data (packed, NULL), size);
      data[size] = 15 << 3 | PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED;
      data[size + 1] = (guint8) (0x80 | (rest & 0x7f));
      data[size + 2] = (guint8) (rest >> 7);
      g_assert_true (fr_record_parse (data, whole, &record) == (whole == FR_RECORD_MAX_SIZE));
    }
  g_assert_true (g_bytes_equal (record.packed, packed));
}

/* A record that is too long for others is none, whatever it says. */
static void
test_signed_part_too_long (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  Freshet__PeerRecord *message = make_record (identity);
  gsize size = message->signed_.len, fixed = 3 + 2 + FR_SIGNATURE_SIZE;
  g_auto (FrRecord) record = { 0 };

  for (gsize whole = FR_RECORD_MAX_SIZE; whole <= FR_RECORD_MAX_SIZE + 1; whole++)
    {
      gsize rest = whole - fixed - size - 3;

      message->signed_.data = g_realloc (message->signed_.data, whole);
      memset (message->signed_.data + size, 0, whole - size);
      message->signed_.data[size] = 15 << 3 | PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED;
      message->signed_.data[size + 1] = (guint8) (0x80 | (rest & 0x7f));
      message->signed_.data[size + 2] = (guint8) (rest >> 7);
      message->signed_.len = size + 3 + rest;
      fr_identity_sign (identity, FR_SIGN_RECORD, message->signed_.data, message->signed_.len, message->signature.data);
      g_assert_cmpuint (freshet__peer_record__get_packed_size (message), ==, whole);
      g_assert_true (fr_record_read (message, &record) == (whole == FR_RECORD_MAX_SIZE));
    }
  fr_record_free_message (message);
}

static gpointer
sign_many (gpointer data)
{
  GArray *sequences = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < 200; i++)
    {
      Freshet__PeerRecord *message = make_record (data);
      g_auto (FrRecord) record = { 0 };

      g_assert_true (fr_record_read (message, &record));
      if (i > 0)
        g_assert_cmpuint (record.sequence, >, g_array_index (sequences, guint64, i - 1));
      g_array_append_val (sequences, record.sequence);
      fr_record_free_message (message);
    }
  return sequences;
}

/* Each is newer than those before it, in all threads. */
static void
test_sequence (void)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint64 before = (guint64) g_get_real_time ();
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign", sign_many, identity);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GArray) sequences = g_thread_join (threads[i]);

      g_assert_cmpuint (g_array_index (sequences, guint64, 0), >=, before);
      for (guint n = 0; n < sequences->len; n++)
        g_assert_true (g_hash_table_add (seen, g_memdup2 (&g_array_index (sequences, guint64, n), sizeof (guint64))));
    }
}

void
test_record_add (void)
{
  g_test_add_func ("/node/record/round-trip", test_round_trip);
  g_test_add_func ("/node/record/no-address", test_no_address);
  g_test_add_func ("/node/record/longest", test_longest);
  g_test_add_func ("/node/record/altered-byte", test_altered_byte);
  g_test_add_func ("/node/record/forged", test_forged);
  g_test_add_func ("/node/record/size-limit", test_size_limit);
  g_test_add_func ("/node/record/signed-part-too-long", test_signed_part_too_long);
  g_test_add_func ("/node/record/sequence", test_sequence);
}
