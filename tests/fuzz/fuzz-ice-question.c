/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-ice-question.h"
#include "fuzz-input.h"

/* Answers of STUN and TURN servers. The first byte says which was asked, and whether the answer knows the id of the
 * question, as whoever sees the packets does; without that nearly none would be looked at. */

const gsize fuzz_max_size = FR_ICE_QUESTION_MAX_SIZE + 1;

#define TYPE_SIZE 4
#define HEADER_SIZE 20

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (FrIceQuestion) question = NULL;
  g_autofree guint8 *answer = NULL;
  guint8 manner;

  if (size-- == 0)
    return 0;
  manner = *data++;
  question = (manner & 1) != 0 ? fr_ice_question_new_binding () : fr_ice_question_new_allocate ("anna", "of the sea");
  for (guint round = 0; round <= FR_ICE_QUESTION_MAX_ROUNDS; round++)
    {
      gsize request_size;
      const guint8 *request = fr_ice_question_get_request (question, &request_size);

      g_free (answer);
      answer = g_memdup2 (data, size); /* of this size, so that a read past it is seen */
      if ((manner & 2) != 0 && size >= HEADER_SIZE)
        memcpy (answer + TYPE_SIZE, request + TYPE_SIZE, HEADER_SIZE - TYPE_SIZE);
      g_assert_cmpint (fr_ice_question_measure (answer, size), <=, (gssize) G_MAXUINT16 + HEADER_SIZE);
      switch (fr_ice_question_take (question, answer, size))
        {
        case FR_ICE_ANSWER_AGAIN:
          g_assert_cmpuint (round, <, FR_ICE_QUESTION_MAX_ROUNDS);
          break;
        case FR_ICE_ANSWER_GOOD:
          g_assert_true ((manner & 1) == 0 || fr_ice_question_get_mapped (question) != NULL);
          return 0;
        default:
          return 0;
        }
    }
  return 0;
}
