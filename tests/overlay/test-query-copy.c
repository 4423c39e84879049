/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-query-copy.h"

#include "overlay-fixture.h"
#include "tests.h"

static void
make_query (Freshet__Query *query, guint8 *signature, gsize signed_size, guint ttl, guint hops)
{
  static guint8 body[FR_QUERY_MAX_SIZE];

  freshet__query__init (query);
  query->signed_ = (ProtobufCBinaryData) { .len = signed_size, .data = body };
  query->signature = (ProtobufCBinaryData) { .len = FR_SIGNATURE_SIZE, .data = signature };
  query->ttl = ttl;
  query->hops = hops;
}

static void
test_range (void)
{
  static const struct
  {
    guint ttl, hops;
    gsize signed_size;
    guint taken_ttl; /* 0: refused */
  } rows[] = {
    { 1, 0, 100, 1 },
    { 0, 0, 100, 0 },
    { 7, 0, 100, 7 },
    { 8, 0, 100, 7 },
    { G_MAXUINT32, 0, 100, 7 },
    { 7, 8, 100, 7 },
    { 7, 9, 100, 0 },
    { 8, 8, 100, 7 },
    { 1, 14, 100, 1 },
    { 1, 15, 100, 0 },
    { 1, G_MAXUINT32, 100, 0 },
    { 5, 0, 0, 0 },
    { 5, 0, FR_QUERY_SIGNED_MAX_SIZE, 5 },
    { 5, 0, FR_QUERY_SIGNED_MAX_SIZE + 1, 0 },
  };
  guint8 signature[FR_SIGNATURE_SIZE] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Freshet__Query query;
      FrQueryCopy copy = { .link = 99 };

      make_query (&query, signature, rows[i].signed_size, rows[i].ttl, rows[i].hops);
      g_assert_true (fr_query_copy_init (&copy, &query, 3, 0, FR_QUERY_MAX_TTL) == (rows[i].taken_ttl != 0));
      g_assert_cmpuint (copy.link, ==, rows[i].taken_ttl != 0 ? 3 : 99);
      g_assert_cmpuint (copy.ttl, ==, rows[i].taken_ttl);
    }
}

static void
test_signature_size (void)
{
  guint8 signature[FR_SIGNATURE_SIZE] = { 0 };
  Freshet__Query query;
  FrQueryCopy copy;

  make_query (&query, signature, 100, 5, 0);
  query.signature.len--;
  g_assert_false (fr_query_copy_init (&copy, &query, 3, 0, FR_QUERY_MAX_TTL));
}

/* At its last hop the longest query just fits the cap of a frame. */
static void
test_longest_fits_everywhere (void)
{
  guint8 signature[FR_SIGNATURE_SIZE] = { 0 };
  Freshet__Query query;
  FrQueryCopy copy;
  guint hops = 0;

  make_query (&query, signature, FR_QUERY_SIGNED_MAX_SIZE, FR_QUERY_MAX_TTL, 0);
  g_assert_true (fr_query_copy_init (&copy, &query, 3, 0, FR_QUERY_MAX_TTL));
  do
    {
      g_autoptr (GBytes) frame = fr_query_copy_pack (&copy, query.signed_.data, query.signed_.len);
      g_autoptr (Freshet__Frame) parsed = fixture_parse (frame);

      g_assert_cmpuint (g_bytes_get_size (frame), ==, FR_QUERY_MAX_SIZE - (hops == 0 ? 2 : 0));
      g_assert_cmpuint (parsed->query->hops, ==, hops);
      g_assert_cmpuint (parsed->query->ttl, ==, FR_QUERY_MAX_TTL - hops);
      hops++;
    }
  while (fr_query_copy_step (&copy));
  g_assert_cmpuint (hops, ==, FR_QUERY_MAX_TTL);
}

static void
test_tags (void)
{
  guint8 signature[FR_SIGNATURE_SIZE] = { 0 };
  Freshet__Query query;
  FrQueryCopy copy, other;

  make_query (&query, signature, 100, 5, 0);
  g_assert_true (fr_query_copy_init (&copy, &query, 1, 42, FR_QUERY_MAX_TTL));
  g_assert_true (fr_query_copy_init (&other, &query, 2, 42, FR_QUERY_MAX_TTL));
  g_assert_cmpuint (copy.tag, ==, other.tag);
  g_assert_true (fr_query_copy_init (&other, &query, 2, 43, FR_QUERY_MAX_TTL));
  g_assert_cmpuint (copy.tag, !=, other.tag);
  for (guint i = 0; i < FR_SIGNATURE_SIZE; i++)
    {
      signature[i] ^= 1;
      g_assert_true (fr_query_copy_init (&other, &query, 2, 42, FR_QUERY_MAX_TTL));
      g_assert_cmpuint (copy.tag, !=, other.tag);
      signature[i] ^= 1;
    }
}

void
test_query_copy_add (void)
{
  g_test_add_func ("/overlay/query-copy/range", test_range);
  g_test_add_func ("/overlay/query-copy/signature-size", test_signature_size);
  g_test_add_func ("/overlay/query-copy/longest-fits-everywhere", test_longest_fits_everywhere);
  g_test_add_func ("/overlay/query-copy/tags", test_tags);
}
