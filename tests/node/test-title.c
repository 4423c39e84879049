/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-title.h"

#include <string.h>

#include "fr-image-sniff.h"
#include "fr-picture.h"
#include "fr-test-support.h"

#include "tests.h"

static void
test_from_file_name (void)
{
  static const struct
  {
    const char *name, *title;
  } rows[] = {
    { "IMG_harbour-at_night.JPG", "IMG harbour at night" },
    { "harbour.jpeg", "harbour" },
    { "harbour", "harbour" },
    { "/home/zoe/Pictures/Zoë.png", "Zoë" },
    { "trailing/", "Picture" },
    { "two.dots.gif", "two.dots" },
    { "Trip to St. Ives", "Trip to St. Ives" },       /* no extension: there is a blank in it */
    { "version 1.20240102", "version 1.20240102" },   /* too long for one */
    { "Quay.heics.", "Quay.heics." },
    { "__a--b  c__.png", "a b c" },
    { "港の夜.webp", "港の夜" },
    { ".png", "Picture" },
    { "_-_.png", "Picture" },
    { "", "Picture" },
    { "a\tb\nc.png", "a b c" },
    { "a\001b\177c\302\205d.png", "abcd" },
    { "photo_\342\200\256gpj.exe", "photo gpj" },     /* right-to-left override */
    { "\342\201\246a\342\201\251\357\273\277.png", "a" },
    { "👩\342\200\215🚀.png", "👩\342\200\215🚀" }, /* joined to one */
    { "a\342\200\250b.png", "a b" },                  /* line separator */
    { "caf\351.png", "caf\357\277\275" },             /* Latin-1 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *title = fr_title_from_file_name (rows[i].name);

      g_assert_cmpstr (title, ==, rows[i].title);
    }
}

static void
test_clean (void)
{
  static const struct
  {
    const char *text, *title;
  } rows[] = {
    { "Harbour-side_v1.jpg", "Harbour-side_v1.jpg" },
    { "  a \r\n b ", "a b" },
    { "", "Picture" },
    { " \t ", "Picture" },
    { NULL, "Picture" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *title = fr_title_clean (rows[i].text);

      g_assert_cmpstr (title, ==, rows[i].title);
    }
}

/* A text of so many bytes, which ends with one more character. */
static char *
make_text (gsize n_letters, const char *last)
{
  g_autofree char *letters = g_strnfill (n_letters, 'x');

  return g_strconcat (letters, last, NULL);
}

static void
test_title_is_cut (void)
{
  static const struct
  {
    gsize n_letters;
    const char *last;
    gsize size;
  } rows[] = {
    { FR_PICTURE_MAX_TITLE - 1, "y", FR_PICTURE_MAX_TITLE },
    { FR_PICTURE_MAX_TITLE, "y", FR_PICTURE_MAX_TITLE },
    { FR_PICTURE_MAX_TITLE - 2, "ë", FR_PICTURE_MAX_TITLE },
    { FR_PICTURE_MAX_TITLE - 1, "ë", FR_PICTURE_MAX_TITLE - 1 },
    { FR_PICTURE_MAX_TITLE - 4, "😀", FR_PICTURE_MAX_TITLE },
    { FR_PICTURE_MAX_TITLE - 3, "😀", FR_PICTURE_MAX_TITLE - 3 },
    { FR_PICTURE_MAX_TITLE - 1, " y", FR_PICTURE_MAX_TITLE - 1 },
    { 100000, "", FR_PICTURE_MAX_TITLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = make_text (rows[i].n_letters, rows[i].last);
      g_autofree char *title = fr_title_clean (text);

      g_assert_cmpuint (strlen (title), ==, rows[i].size);
      g_assert_true (g_utf8_validate (title, -1, NULL));
    }
}

static void
test_to_file_name (void)
{
  static const struct
  {
    const char *title;
    guint type;
    const char *name;
  } rows[] = {
    { "Title", FR_IMAGE_TYPE_JPEG, "Title.jpg" },
    { "Title", FR_IMAGE_TYPE_PNG, "Title.png" },
    { "Title", FR_IMAGE_TYPE_WEBP, "Title.webp" },
    { "Title", FR_IMAGE_TYPE_GIF, "Title.gif" },
    { "Title", FR_IMAGE_TYPE_HEIF, "Title.heic" },
    { "Title", FR_IMAGE_TYPE_AVIF, "Title.avif" },
    { "Title", FR_IMAGE_TYPE_TIFF, "Title.tif" },
    { "Title", FR_IMAGE_TYPE_SVG, "Title.svg" },
    { "run.desktop", FR_IMAGE_TYPE_UNKNOWN, "run.desktop.bin" },
    { "Title", 4711, "Title.bin" },
    { "Title.jpg", FR_IMAGE_TYPE_JPEG, "Title.jpg" },
    { "Title.JPEG", FR_IMAGE_TYPE_JPEG, "Title.jpg" },
    { "Title.png", FR_IMAGE_TYPE_JPEG, "Title.png.jpg" },
    { "../../etc/passwd", FR_IMAGE_TYPE_PNG, "_.._etc_passwd.png" },
    { "a/b\\c:d*e?f\"g<h>i|j", FR_IMAGE_TYPE_PNG, "a_b_c_d_e_f_g_h_i_j.png" },
    { ".hidden", FR_IMAGE_TYPE_PNG, "hidden.png" },
    { "\001.hidden", FR_IMAGE_TYPE_PNG, "hidden.png" },
    { " . .. ", FR_IMAGE_TYPE_PNG, "Picture.png" },
    { "..", FR_IMAGE_TYPE_PNG, "Picture.png" },
    { ".jpg", FR_IMAGE_TYPE_JPEG, "jpg.jpg" },
    { "", FR_IMAGE_TYPE_PNG, "Picture.png" },
    { "And so on...", FR_IMAGE_TYPE_PNG, "And so on.png" },
    { "photo\342\200\256gnp.exe", FR_IMAGE_TYPE_PNG, "photognp.exe.png" },
    { "a\nb", FR_IMAGE_TYPE_PNG, "a b.png" },
    { "\377", FR_IMAGE_TYPE_PNG, "\357\277\275.png" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = fr_title_to_file_name (rows[i].title, rows[i].type);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

static void
test_file_name_is_cut (void)
{
  static const struct
  {
    gsize n_letters;
    const char *last;
    gsize size;
  } rows[] = {
    { FR_TITLE_MAX_FILE_NAME - 4, "", FR_TITLE_MAX_FILE_NAME },
    { FR_TITLE_MAX_FILE_NAME - 4, "x", FR_TITLE_MAX_FILE_NAME },
    { FR_TITLE_MAX_FILE_NAME - 5, "ë", FR_TITLE_MAX_FILE_NAME - 1 },
    { FR_TITLE_MAX_FILE_NAME - 5, ".x", FR_TITLE_MAX_FILE_NAME - 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = make_text (rows[i].n_letters, rows[i].last);
      g_autofree char *name = fr_title_to_file_name (text, FR_IMAGE_TYPE_JPEG);

      g_assert_cmpuint (strlen (name), ==, rows[i].size);
      g_assert_true (g_str_has_suffix (name, "x.jpg"));
    }
}

/* Whatever comes, what is made of it holds what is promised, and is stable. */
static void
test_any_bytes (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint round = 0; round < 2000; round++)
    {
      char bytes[64] = "";
      guint size = (guint) g_rand_int_range (rand, 0, sizeof bytes);
      g_autofree char *title = NULL, *again = NULL, *name = NULL;

      for (guint i = 0; i < size; i++)
        bytes[i] = (char) g_rand_int_range (rand, 1, 256);
      title = fr_title_from_file_name (bytes);
      again = fr_title_clean (title);
      name = fr_title_to_file_name (title, FR_IMAGE_TYPE_GIF);
      g_assert_cmpstr (again, ==, title);
      g_assert_true (g_utf8_validate (title, -1, NULL) && g_utf8_validate (name, -1, NULL));
      g_assert_true (*title != '\0' && *name != '.' && strchr (name, '/') == NULL);
      g_assert_cmpuint (strlen (title), <=, FR_PICTURE_MAX_TITLE);
      g_assert_cmpuint (strlen (name), <=, FR_TITLE_MAX_FILE_NAME);
      g_assert_true (g_str_has_suffix (name, ".gif"));
    }
}

void
test_title_add (void)
{
  g_test_add_func ("/node/title/from-file-name", test_from_file_name);
  g_test_add_func ("/node/title/clean", test_clean);
  g_test_add_func ("/node/title/is-cut", test_title_is_cut);
  g_test_add_func ("/node/title/to-file-name", test_to_file_name);
  g_test_add_func ("/node/title/file-name-is-cut", test_file_name_is_cut);
  g_test_add_func ("/node/title/any-bytes", test_any_bytes);
}
