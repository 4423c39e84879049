/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "strip-fixture.h"

#include <string.h>

#define HEAD    "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
#define CONTROL "!\xf9\4\0\x0a\0\0\0"
#define IMAGE   ",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
#define END     ";"

static const struct
{
  const char *description;
  const char *gif;
  gsize size;
  const char *copy; /* NULL if it is damaged */
  gsize copy_size;
  FrStripDetails removed;
} rows[] = {
  { "nothing to remove", BYTES (HEAD CONTROL IMAGE IMAGE END), BYTES (HEAD CONTROL IMAGE IMAGE END), 0 },
  { "GIF87a", BYTES ("GIF87a\1\0\1\0\0\0\0" IMAGE END), BYTES ("GIF87a\1\0\1\0\0\0\0" IMAGE END), 0 },
  { "colours of its own", BYTES (HEAD ",\0\0\0\0\1\0\1\0\x80" "rgbRGB\2\1x\0" END),
    BYTES (HEAD ",\0\0\0\0\1\0\1\0\x80" "rgbRGB\2\1x\0" END), 0 },
  { "comment", BYTES (HEAD "!\xfe\7" SECRET "\0" IMAGE END), BYTES (HEAD IMAGE END), FR_STRIP_DESCRIPTION },
  { "comment after the picture", BYTES (HEAD IMAGE "!\xfe\7" SECRET "\0" END), BYTES (HEAD IMAGE END),
    FR_STRIP_DESCRIPTION },
  { "comment between", BYTES (HEAD CONTROL "!\xfe\7" SECRET "\0" IMAGE END), BYTES (HEAD CONTROL IMAGE END),
    FR_STRIP_DESCRIPTION },
  { "loop", BYTES (HEAD "!\xff\x0bNETSCAPE2.0\3\1\0\0\0" IMAGE END),
    BYTES (HEAD "!\xff\x0bNETSCAPE2.0\3\1\0\0\0" IMAGE END), 0 },
  { "other loop", BYTES (HEAD "!\xff\x0b" "ANIMEXTS1.0\3\1\0\0\0" IMAGE END),
    BYTES (HEAD "!\xff\x0b" "ANIMEXTS1.0\3\1\0\0\0" IMAGE END), 0 },
  { "loop with more", BYTES (HEAD "!\xff\x0bNETSCAPE2.0\3\1\0\0\7" SECRET "\0" IMAGE END), BYTES (HEAD IMAGE END),
    FR_STRIP_OTHER },
  { "loop of another form", BYTES (HEAD "!\xff\x0bNETSCAPE2.0\3\2\0\0\0" IMAGE END), BYTES (HEAD IMAGE END),
    FR_STRIP_OTHER },
  { "loop without all", BYTES (HEAD "!\xff\x0bNETSCAPE2.0\0" IMAGE END), BYTES (HEAD IMAGE END), FR_STRIP_OTHER },
  { "profile", BYTES (HEAD "!\xff\x0bICCRGBG1012\x35" PROFILE "\0" IMAGE END),
    BYTES (HEAD "!\xff\x0bICCRGBG1012\x35" PROFILE "\0" IMAGE END), 0 },
  { "profile in three", BYTES (HEAD "!\xff\x0bICCRGBG1012\1" "0" "\x27" "123456789abcdef0123456789abcdef0123acsp" "\3end\0" IMAGE END),
    BYTES (HEAD "!\xff\x0bICCRGBG1012\1" "0" "\x27" "123456789abcdef0123456789abcdef0123acsp" "\3end\0" IMAGE END), 0 },
  { "no profile", BYTES (HEAD "!\xff\x0bICCRGBG1012\7" SECRET "\0" IMAGE END), BYTES (HEAD IMAGE END), FR_STRIP_OTHER },
  { "profile of nothing", BYTES (HEAD "!\xff\x0bICCRGBG1012\0" IMAGE END), BYTES (HEAD IMAGE END), FR_STRIP_OTHER },
  { "XMP", BYTES (HEAD "!\xff\x0bXMP DataXMP\x12<dc:rights>" SECRET "\0" IMAGE END), BYTES (HEAD IMAGE END),
    FR_STRIP_HISTORY | FR_STRIP_OWNER },
  { "other application", BYTES (HEAD "!\xff\x0bPRIVATE 1.0\7" SECRET "\0" IMAGE END), BYTES (HEAD IMAGE END),
    FR_STRIP_OTHER },
  { "application without a name", BYTES (HEAD "!\xff\0" IMAGE END), BYTES (HEAD IMAGE END), FR_STRIP_OTHER },
  { "application with a short name", BYTES (HEAD "!\xff\7" SECRET "\0" IMAGE END), BYTES (HEAD IMAGE END),
    FR_STRIP_OTHER },
  { "other extension", BYTES (HEAD "!\xce\7" SECRET "\0" IMAGE END), BYTES (HEAD IMAGE END), FR_STRIP_OTHER },
  { "text with its control", BYTES (HEAD CONTROL "!\1\7" SECRET "\0" IMAGE END), BYTES (HEAD IMAGE END),
    FR_STRIP_DESCRIPTION },
  { "two controls", BYTES (HEAD "!\xf9\4\1\2\3\4\0" CONTROL IMAGE END), BYTES (HEAD CONTROL IMAGE END), 0 },
  { "control for nothing", BYTES (HEAD IMAGE CONTROL END), BYTES (HEAD IMAGE END), 0 },
  { "zeros between", BYTES (HEAD "\0\0" IMAGE "\0" END), BYTES (HEAD IMAGE END), 0 },
  { "trailer", BYTES (HEAD IMAGE END SECRET), BYTES (HEAD IMAGE END), FR_STRIP_TRAILER },
  { "no picture", BYTES (HEAD END), NULL, 0, 0 },
  { "no end", BYTES (HEAD IMAGE), NULL, 0, 0 },
  { "control too long", BYTES (HEAD "!\xf9\5\0\x0a\0\0\0\0" IMAGE END), NULL, 0, 0 },
  { "control too short", BYTES (HEAD "!\xf9\3\0\x0a\0\0" IMAGE END), NULL, 0, 0 },
  { "control in two", BYTES (HEAD "!\xf9\1\0\1\0\0" IMAGE END), NULL, 0, 0 },
  { "unknown block", BYTES (HEAD "x" IMAGE END), NULL, 0, 0 },
  { "colours missing", BYTES ("GIF89a\1\0\1\0\x87\0\0" IMAGE END), NULL, 0, 0 },
  { "colours of its own missing", BYTES (HEAD ",\0\0\0\0\1\0\1\0\x87\2\2\x44\1\0" END), NULL, 0, 0 },
  { "sub-block beyond the end", BYTES (HEAD "!\xfe\xff" SECRET), NULL, 0, 0 },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) gif = g_byte_array_new ();
      g_autoptr (GByteArray) copy = NULL;

      g_test_message ("%s", rows[i].description);
      test_bytes_add (gif, rows[i].gif, rows[i].size);
      if (rows[i].copy == NULL)
        {
          test_strip_bad (gif, FR_STRIP_DAMAGED);
          continue;
        }
      copy = test_strip_good (gif, rows[i].removed);
      g_assert_cmpmem (copy->data, copy->len, rows[i].copy, rows[i].copy_size);
    }
}

static void
test_rich (void)
{
  g_autoptr (GByteArray) gif = test_gif_new_rich ();
  g_autoptr (GByteArray) copy
      = test_strip_good (gif, FR_STRIP_DESCRIPTION | FR_STRIP_HISTORY | FR_STRIP_OWNER | FR_STRIP_OTHER
                                  | FR_STRIP_TRAILER);

  g_assert_true (test_bytes_have (copy, "NETSCAPE2.0"));
}

static void
test_files (void)
{
  static const char *const names[] = { "photograph.gif", "moving.gif", "tiny.gif" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) gif = test_fixture_load (names[i]);
      g_autoptr (GByteArray) copy = test_strip_good (gif, 0);

      test_assert_same (copy, gif);
    }
}

void
test_strip_gif_add (void)
{
  g_test_add_func ("/image/strip-gif/rows", test_rows);
  g_test_add_func ("/image/strip-gif/rich", test_rich);
  g_test_add_func ("/image/strip-gif/files", test_files);
}
