/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-ice-question.h"

#include "fr-test-support.h"
#include "tests.h"

#include <string.h>

#define N_RANDOM 20000

/* RFC 8489, 5: type, length, cookie, the id of the request. */
static void
make_header (FrIceQuestion *question, guint16 type, guint16 length, guint8 out_header[20])
{
  gsize size;
  const guint8 *request = fr_ice_question_get_request (question, &size);

  g_assert_cmpuint (size, >=, 20);
  memcpy (out_header, request, 20);
  out_header[0] = type >> 8;
  out_header[1] = type;
  out_header[2] = length >> 8;
  out_header[3] = length;
}

static void
test_binding (void)
{
  static const guint8 mapped[] = { 0x00, 0x20, 0x00, 0x08, 0x00, 0x01, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43 };
  g_autoptr (FrIceQuestion) question = fr_ice_question_new_binding ();
  g_autofree char *address = NULL;
  guint8 answer[32];

  make_header (question, 0x0101, sizeof mapped, answer);
  memcpy (answer + 20, mapped, sizeof mapped);
  g_assert_cmpint (fr_ice_question_take (question, answer, 19), ==, FR_ICE_ANSWER_ODD);
  g_assert_cmpint (fr_ice_question_take (question, answer, 0), ==, FR_ICE_ANSWER_ODD);
  g_assert_null (fr_ice_question_get_mapped (question));
  g_assert_cmpint (fr_ice_question_take (question, answer, sizeof answer), ==, FR_ICE_ANSWER_GOOD);
  address = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (fr_ice_question_get_mapped (question)));
  g_assert_cmpstr (address, ==, "192.0.2.1:32853"); /* RFC 5769, 2.2 */
  g_assert_null (fr_ice_question_make_farewell (question));
}

static void
test_measure (void)
{
  g_autoptr (FrIceQuestion) question = fr_ice_question_new_binding ();
  gsize size;
  const guint8 *request = fr_ice_question_get_request (question, &size);

  g_assert_cmpint (fr_ice_question_measure (request, size), ==, size);
  for (gsize i = 0; i < size; i++)
    g_assert_cmpint (fr_ice_question_measure (request, i), ==, 0);
  g_assert_cmpint (fr_ice_question_measure ((const guint8 *) "HTTP/1.1 400 Bad Request\r\n", 26), ==, -1);
}

/* At the limit and one past it: nothing is read or written beyond what there is. */
static void
test_limit (void)
{
  g_autofree guint8 *answer = g_malloc0 (FR_ICE_QUESTION_MAX_SIZE + 1);
  g_autoptr (FrIceQuestion) question = fr_ice_question_new_binding ();

  make_header (question, 0x0101, FR_ICE_QUESTION_MAX_SIZE - 20, answer);
  /* one attribute of no meaning, which may be ignored (RFC 8489, 14) */
  answer[20] = 0x80;
  answer[21] = 0x01;
  answer[22] = (FR_ICE_QUESTION_MAX_SIZE - 24) >> 8;
  answer[23] = (FR_ICE_QUESTION_MAX_SIZE - 24) & 0xff;
  g_assert_cmpint (fr_ice_question_measure (answer, FR_ICE_QUESTION_MAX_SIZE), ==, FR_ICE_QUESTION_MAX_SIZE);
  g_assert_cmpint (fr_ice_question_take (question, answer, FR_ICE_QUESTION_MAX_SIZE), ==, FR_ICE_ANSWER_UNFIT);
  g_assert_cmpint (fr_ice_question_take (question, answer, FR_ICE_QUESTION_MAX_SIZE + 1), ==, FR_ICE_ANSWER_ODD);
}

/* libnice would read far past what has nothing but these in it. */
static void
test_unprovable (void)
{
  static const struct
  {
    const char *user, *password, realm[5];
    FrIceAnswer answer;
  } rows[] = {
    { "anna", "of the sea", "sea.", FR_ICE_ANSWER_AGAIN },   { "anna", "of the sea", "\"\"\"\"", FR_ICE_ANSWER_UNFIT },
    { "anna", "of the sea", "\0\0\0\0", FR_ICE_ANSWER_UNFIT }, { "", "of the sea", "sea.", FR_ICE_ANSWER_REFUSED },
    { "anna", "", "sea.", FR_ICE_ANSWER_REFUSED },           { "\"", "\"\"", "sea.", FR_ICE_ANSWER_REFUSED },
    { "\"anna\"", "\"of the sea", "\"s\"\0", FR_ICE_ANSWER_AGAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrIceQuestion) question = fr_ice_question_new_allocate (rows[i].user, rows[i].password);
      guint8 answer[44] = { [21] = 0x09, [23] = 4, [26] = 4, [27] = 1, [29] = 0x14, [31] = 4, [37] = 0x15, [39] = 4 };

      make_header (question, 0x0113, 24, answer);
      memcpy (answer + 32, rows[i].realm, 4);
      memcpy (answer + 40, "1234", 4);
      g_assert_cmpint (fr_ice_question_take (question, answer, sizeof answer), ==, rows[i].answer);
    }
}

/* Answers with a few bytes changed, and of any length: none lets us in, and none is read past its end. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (FrIceQuestion) question
          = i % 2 == 0 ? fr_ice_question_new_binding () : fr_ice_question_new_allocate ("anna", "of the sea");
      gsize j, size = g_rand_int_range (rand, 20, 200);
      g_autofree guint8 *answer = g_malloc (size); /* of this size, so that a read past it is seen */

      for (j = 20; j < size; j++)
        answer[j] = g_rand_int_range (rand, 0, 4) == 0 ? g_rand_int_range (rand, 0, 256) : g_rand_int_range (rand, 0, 40);
      make_header (question, g_rand_boolean (rand) ? 0x0103 : 0x0113, size - 20, answer);
      if (i % 2 == 0)
        answer[1] = 0x01 | (answer[1] & 0x10);
      g_assert_cmpint (fr_ice_question_take (question, answer, size), <=, FR_ICE_ANSWER_UNFIT);
    }
}

void
test_ice_question_add (void)
{
  g_test_add_func ("/webrtc/ice-question/binding", test_binding);
  g_test_add_func ("/webrtc/ice-question/measure", test_measure);
  g_test_add_func ("/webrtc/ice-question/limit", test_limit);
  g_test_add_func ("/webrtc/ice-question/unprovable", test_unprovable);
  g_test_add_func ("/webrtc/ice-question/random", test_random);
}
