/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <string.h>

/* A decoding process that a picture has taken over can waste a picture, and nothing else. See fake-image.c. */

typedef enum
{
  FAILS,
  SUMMARY,
  BARE_SUMMARY, /* without a thumbnail */
  FRAMES,
  COPY,
} Outcome;

static const struct
{
  const char *deed;
  FrImageOperation operation;
  FrImageLimits limits;
  Outcome outcome;
  FrImageError code;
} rows[] = {
  { "good", FR_IMAGE_SUMMARISE, { 20, 60000 }, SUMMARY, 0 },
  { "chatter", FR_IMAGE_SUMMARISE, { 20, 60000 }, SUMMARY, 0 },
  { "answer-and-exit", FR_IMAGE_SUMMARISE, { 20, 60000 }, SUMMARY, 0 },
  { "good", FR_IMAGE_RENDER, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "nonsense", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "short", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "too-large", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "not-a-thumbnail", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "no-header", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "two-headers", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "other-serial", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "close", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "exit", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "no-memory", FR_IMAGE_SUMMARISE, { 20, 60000 }, BARE_SUMMARY, 0 },
  { "no-memory", FR_IMAGE_RENDER, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_TOO_COSTLY },
  { "spin", FR_IMAGE_SUMMARISE, { 1, 60000 }, FAILS, FR_IMAGE_ERROR_TOO_COSTLY },
  { "never", FR_IMAGE_SUMMARISE, { 20, 100 }, FAILS, FR_IMAGE_ERROR_TOO_COSTLY },
  { "never-after-header", FR_IMAGE_SUMMARISE, { 20, 1000 }, BARE_SUMMARY, 0 },
  { "unsealed", FR_IMAGE_RENDER, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "sealed-small", FR_IMAGE_RENDER, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "pipe", FR_IMAGE_RENDER, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "no-fd", FR_IMAGE_RENDER, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "frames", FR_IMAGE_FRAMES, { 20, 60000 }, FRAMES, 0 },
  { "frames-without-times", FR_IMAGE_FRAMES, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "frames-unsealed", FR_IMAGE_FRAMES, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "frames", FR_IMAGE_RENDER, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "good", FR_IMAGE_FRAMES, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "spin", FR_IMAGE_FRAMES, { 1, 60000 }, FAILS, FR_IMAGE_ERROR_TOO_COSTLY },
  { "copy", FR_IMAGE_STRIP, { 20, 60000 }, COPY, 0 },
  { "copy", FR_IMAGE_SUMMARISE, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "good", FR_IMAGE_STRIP, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "copy-after-header", FR_IMAGE_STRIP, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "copy-unsealed", FR_IMAGE_STRIP, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "copy-small", FR_IMAGE_STRIP, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "copy-of-other-type", FR_IMAGE_STRIP, { 20, 60000 }, FAILS, FR_IMAGE_ERROR_CRASHED },
  { "spin", FR_IMAGE_STRIP, { 1, 60000 }, FAILS, FR_IMAGE_ERROR_TOO_COSTLY },
};

static void
ask (TestAnswer *answer, FrImageClient *client, const char *deed, FrImageOperation operation)
{
  int fd = test_fd_new (deed, strlen (deed));

  if (operation == FR_IMAGE_RENDER)
    test_answer_ask_pixels (answer, client, fd, 100, 100);
  else if (operation == FR_IMAGE_FRAMES)
    test_answer_ask_frames (answer, client, fd, 0, 16, 100);
  else if (operation == FR_IMAGE_STRIP)
    test_answer_ask_copy (answer, client, fd, NULL);
  else
    test_answer_ask_summary (answer, client, fd, NULL);
  test_answer_wait (answer);
}

static void
test_deeds (void)
{
  const FrImageLimits usual = { 20, 60000 };
  g_autofree char *program = test_fixture_path ("fake-image");
  g_autoptr (FrImageClient) client = fr_image_client_new (program, 1);
  FrImagePool *pool = _fr_image_client_get_pool (client);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (TestAnswer) answer = { 0 };
      g_auto (TestAnswer) next = { 0 };

      g_test_message ("%s, operation %d", rows[i].deed, rows[i].operation);
      fr_image_pool_set_limits (pool, &rows[i].limits);
      ask (&answer, client, rows[i].deed, rows[i].operation);
      if (rows[i].outcome == FAILS)
        g_assert_error (answer.error, FR_IMAGE_ERROR, (int) rows[i].code);
      else if (rows[i].outcome == FRAMES)
        {
          g_assert_no_error (answer.error);
          g_assert_cmpuint (fr_image_frames_get_ms (answer.frames, 1), ==, FR_IMAGE_USUAL_FRAME_MS);
        }
      else if (rows[i].outcome == COPY)
        {
          g_assert_no_error (answer.error);
          g_assert_cmpuint (g_bytes_get_size (answer.stripped->bytes), ==, 3);
        }
      else
        {
          g_assert_no_error (answer.error);
          g_assert_cmpuint (answer.summary->width, ==, 4);
          g_assert_cmpint (answer.summary->thumbnail != NULL, ==, rows[i].outcome == SUMMARY);
        }

      fr_image_pool_set_limits (pool, &usual);
      ask (&next, client, "good", FR_IMAGE_SUMMARISE);
      /* After these the process may be found out only with the next picture in hand. */
      if (strcmp (rows[i].deed, "chatter") != 0 && strcmp (rows[i].deed, "answer-and-exit") != 0)
        g_assert_no_error (next.error);
    }
}

static void
test_errors_have_words (void)
{
  for (guint code = 0; code < FR_IMAGE_N_ERRORS; code++)
    {
      g_autoptr (GError) error = fr_image_error_new (code);

      g_assert_error (error, FR_IMAGE_ERROR, (int) code);
      g_assert_cmpuint (strlen (error->message), >, 10);
    }
}

void
test_hostile_add (void)
{
  g_test_add_func ("/image/hostile/deeds", test_deeds);
  g_test_add_func ("/image/hostile/errors-have-words", test_errors_have_words);
}
