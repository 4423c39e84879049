/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-candidate.h"

#include "tests.h"

static const struct
{
  const char *candidate;
  FrCandidateFault fault;
} cases[] = {
  { "candidate:1 1 UDP 2015363327 127.0.0.1 40000 typ host", FR_CANDIDATE_OK },
  { "candidate:1 1 udp 1 ::1 1 typ host", FR_CANDIDATE_OK },
  { "candidate:1 1 UDP 2147483647 2001:db8::1 65535 typ host", FR_CANDIDATE_OK },
  { "candidate:2 1 TCP 1015021823 10.0.0.1 9 typ host tcptype active", FR_CANDIDATE_OK },
  { "candidate:4 1 UDP 1677722111 203.0.113.4 4000 typ srflx raddr 10.0.0.1 rport 4000", FR_CANDIDATE_OK },
  { "candidate:a+/ 256 udp 1 203.0.113.4 4000 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag x", FR_CANDIDATE_OK },
  { "", FR_CANDIDATE_END },
  { "candidate:", FR_CANDIDATE_END },
  { "candidate:1 1 udp 1 b3c9a4d0-1111-4222-8333-444455556666.local 9 typ host", FR_CANDIDATE_LOCAL_NAME },
  { "hello", FR_CANDIDATE_MALFORMED },
  { "a=candidate:1 1 UDP 1 127.0.0.1 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 127.0.0.1 40000 typ", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 127.0.0.1 40000 tip host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 127.0.0.1 40000 typ guest", FR_CANDIDATE_MALFORMED },
  { "candidate: 1 UDP 1 127.0.0.1 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:123456789012345678901234567890123 1 UDP 1 127.0.0.1 4 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 0 UDP 1 127.0.0.1 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 257 UDP 1 127.0.0.1 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 x UDP 1 127.0.0.1 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 SCTP 1 127.0.0.1 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 0 127.0.0.1 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 2147483648 127.0.0.1 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 127.0.0.1 0 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 127.0.0.1 65536 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 127.0.0.1 -1 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 example.org 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 127.0.0.256 40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1  40000 typ host", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 127.0.0.1 40000 typ host\r\na=x", FR_CANDIDATE_MALFORMED },
  { "candidate:1 1 UDP 1 127.0.0.1 40000 typ host \xc3\xa9", FR_CANDIDATE_MALFORMED },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].candidate);
      g_assert_cmpint (fr_candidate_check (cases[i].candidate), ==, cases[i].fault);
    }
}

static void
test_length (void)
{
  GString *candidate = g_string_new ("candidate:1 1 UDP 1 127.0.0.1 40000 typ host x ");

  while (candidate->len < FR_CANDIDATE_MAX_BYTES)
    g_string_append_c (candidate, 'y');
  g_assert_cmpint (fr_candidate_check (candidate->str), ==, FR_CANDIDATE_OK);
  g_string_append_c (candidate, 'y');
  g_assert_cmpint (fr_candidate_check (candidate->str), ==, FR_CANDIDATE_TOO_LONG);
  g_string_free (candidate, TRUE);
}

void
test_candidate_add (void)
{
  g_test_add_func ("/webrtc/candidate/table", test_table);
  g_test_add_func ("/webrtc/candidate/length", test_length);
}
