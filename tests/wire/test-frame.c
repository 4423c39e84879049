/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame.h"

#include <string.h>

#include "tests.h"

static void
test_ping (void)
{
  Freshet__Ping ping = FRESHET__PING__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  g_autoptr (Freshet__Frame) parsed = NULL;
  g_autoptr (GBytes) bytes = NULL;

  ping.nonce = G_MAXUINT64;
  frame.body_case = FRESHET__FRAME__BODY_PING;
  frame.ping = &ping;
  bytes = fr_frame_pack (&frame);
  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &parsed), ==, FR_WIRE_OK);
  g_assert_cmpint (parsed->body_case, ==, FRESHET__FRAME__BODY_PING);
  g_assert_true (parsed->ping->nonce == G_MAXUINT64);
}

/* Frames by hand: what the outermost layer of a frame may look like. */
static void
test_outermost (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    FrWireFault fault;
  } rows[] = {
    { "", 0, FR_WIRE_INVALID },
    { "\x12\x00", 2, FR_WIRE_OK },                 /* Bye without a reason */
    { "\x12\x02\x08\x63", 4, FR_WIRE_OK },         /* Bye for a reason of later times */
    { "\x12\x02\x78\x63", 4, FR_WIRE_OK },         /* Bye with an unknown field */
    { "\x12\x00\xf8\x01\x07", 5, FR_WIRE_OK },     /* Bye beside an unknown field */
    { "\x12\x00\x1a\x00", 4, FR_WIRE_INVALID },    /* Bye and Ping */
    { "\x12\x00\x12\x00", 4, FR_WIRE_INVALID },    /* Bye and Bye */
    { "\x5a\x00", 2, FR_WIRE_UNKNOWN },            /* number 11 */
    { "\x5d\x01\x02\x03\x04", 5, FR_WIRE_UNKNOWN },
    { "\x59\x01\x02\x03\x04\x05\x06\x07\x08", 9, FR_WIRE_UNKNOWN },
    { "\xfa\xff\xff\xff\x0f\x00", 6, FR_WIRE_UNKNOWN },   /* the highest number there is */
    { "\xfa\xff\xff\xff\x1f\x00", 6, FR_WIRE_MALFORMED }, /* one past it */
    { "\x02\x00", 2, FR_WIRE_MALFORMED },          /* number 0 */
    { "\x10\x00", 2, FR_WIRE_MALFORMED },          /* Bye as a number */
    { "\x5b\x5c", 2, FR_WIRE_MALFORMED },          /* a group */
    { "\x12", 1, FR_WIRE_MALFORMED },
    { "\x12\x01", 2, FR_WIRE_MALFORMED },
    { "\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11, FR_WIRE_MALFORMED },
    { "\x58\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12, FR_WIRE_MALFORMED },
    { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10, FR_WIRE_MALFORMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Freshet__Frame) frame = NULL;
      g_autofree void *exact = g_memdup2 (rows[i].bytes, rows[i].size); /* nothing behind it to be read */

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (fr_frame_parse (exact, rows[i].size, &frame), ==, rows[i].fault);
      g_assert_true ((frame != NULL) == (rows[i].fault == FR_WIRE_OK));
    }
}

static void
test_more (void)
{
  static const struct
  {
    guint stored;
    FrWireFault fault;
  } rows[] = { { 0, FR_WIRE_INVALID }, { 1, FR_WIRE_OK }, { 2048, FR_WIRE_OK }, { 2049, FR_WIRE_INVALID } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Freshet__More more = FRESHET__MORE__INIT;
      Freshet__Frame frame = FRESHET__FRAME__INIT;
      g_autoptr (Freshet__Frame) parsed = NULL;
      g_autoptr (GBytes) bytes = NULL;

      more.transfer = 7;
      more.stored = rows[i].stored;
      frame.body_case = FRESHET__FRAME__BODY_MORE;
      frame.more = &more;
      bytes = fr_frame_pack (&frame);
      g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &parsed), ==,
                       rows[i].fault);
      g_assert_true (parsed == NULL || (parsed->more->transfer == 7 && parsed->more->stored == rows[i].stored));
    }
}

void
test_frame_add (void)
{
  g_test_add_func ("/wire/frame/ping", test_ping);
  g_test_add_func ("/wire/frame/outermost", test_outermost);
  g_test_add_func ("/wire/frame/more", test_more);
}
