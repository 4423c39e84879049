/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <string.h>

/* Drawings are small programs of a stranger: what they can refer to, and what they can cost. */

#define SVG(content)                                                                                                   \
  "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='40' height='40'>" content \
  "</svg>"

static void
draw (TestAnswer *answer, FrImageClient *client, const char *svg)
{
  test_answer_ask_pixels (answer, client, test_fd_new (svg, strlen (svg)), 40, 40);
  test_answer_wait (answer);
}

static guint
count_inked (const FrImagePixels *pixels)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (pixels->bytes, &size);
  guint n = 0;

  for (gsize at = 3; at < size; at += 4)
    n += data[at] > 0;
  return n;
}

static guint
draw_and_count (FrImageClient *client, const char *svg)
{
  g_auto (TestAnswer) answer = { 0 };

  draw (&answer, client, svg);
  g_assert_no_error (answer.error);
  return count_inked (answer.pixels);
}

/* Everything in it that is drawn without a reference is a rectangle of 10 by 10. */
#define RECTANGLE "<rect width='10' height='10'/>"

static void
test_refers_to_nothing_outside (void)
{
  static const char *const drawings[] = {
    SVG (RECTANGLE "<image width='40' height='40' href='file://%s'/>"),
    SVG (RECTANGLE "<image width='40' height='40' xlink:href='%s'/>"),
    SVG (RECTANGLE "<image width='40' height='40' href='http://127.0.0.1:9/a.png'/>"),
    SVG (RECTANGLE "<image width='40' height='40' xlink:href='https://localhost/a.png'/>"),
    SVG (RECTANGLE "<use href='file://%s#a'/>"),
    SVG (RECTANGLE "<use href='http://127.0.0.1:9/a.svg#a'/>"),
    SVG (RECTANGLE "<filter id='f'><feImage href='file://%s'/></filter>"
                   "<rect x='20' width='10' height='10' fill='none' filter='url(#f)'/>"),
    SVG (RECTANGLE "<rect x='20' width='10' height='10' fill='url(file://%s#a)'/>"),
    SVG ("<style>@import url('file://%s');</style>" RECTANGLE),
    SVG ("<style>@font-face { font-family: F; src: url('http://127.0.0.1:9/f.ttf') }</style>" RECTANGLE),
    "<?xml-stylesheet type='text/css' href='file://%s'?>" SVG (RECTANGLE),
    SVG ("<include xmlns='http://www.w3.org/2001/XInclude' href='file://%s'/>" RECTANGLE),
    "<!DOCTYPE svg SYSTEM 'http://127.0.0.1:9/svg.dtd'>" SVG (RECTANGLE),
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autofree char *path = test_fixture_path ("photograph.png");

  for (guint i = 0; i < G_N_ELEMENTS (drawings); i++)
    {
      g_auto (GStrv) parts = g_strsplit (drawings[i], "%s", -1);
      g_autofree char *svg = g_strjoinv (path, parts);

      g_test_message ("%s", drawings[i]);
      g_assert_cmpuint (draw_and_count (client, svg), ==, 100);
    }
}

/* The words of a file of the person's, drawn into a picture that others will see. Whether such a drawing is refused or
 * drawn without them is the library's affair. */
static void
test_external_entity (void)
{
  static const char *const drawings[] = {
    "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" SVG (RECTANGLE "<text y='30'>&e;</text>"),
    "<!DOCTYPE svg [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>" SVG (RECTANGLE),
    "<!DOCTYPE svg [<!ENTITY e SYSTEM 'http://127.0.0.1:9/e'>]>" SVG (RECTANGLE "<text y='30'>&e;</text>"),
  };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (drawings); i++)
    {
      g_auto (TestAnswer) answer = { 0 };

      g_test_message ("%s", drawings[i]);
      draw (&answer, client, drawings[i]);
      if (answer.error == NULL)
        g_assert_cmpuint (count_inked (answer.pixels), ==, 100);
      else
        g_assert_true (answer.error->domain == FR_IMAGE_ERROR);
    }
}

static void
assert_still_draws (FrImageClient *client)
{
  g_assert_cmpuint (draw_and_count (client, SVG (RECTANGLE)), ==, 100);
}

/* Ten to the power of nine words, from some hundred bytes. */
static void
test_entity_bomb (void)
{
  g_autoptr (GString) svg = g_string_new ("<!DOCTYPE svg [<!ENTITY e0 'haha'>");
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  const FrImageLimits limits = { 5, 60000 };
  g_auto (TestAnswer) answer = { 0 };

  for (guint i = 1; i < 10; i++)
    {
      g_string_append_printf (svg, "<!ENTITY e%u '", i);
      for (guint n = 0; n < 10; n++)
        g_string_append_printf (svg, "&e%u;", i - 1);
      g_string_append (svg, "'>");
    }
  g_string_append (svg, "]>" SVG ("<text y='30'>&e9;</text>"));
  fr_image_pool_set_limits (_fr_image_client_get_pool (client), &limits);
  draw (&answer, client, svg->str);
  g_assert_nonnull (answer.error);
  g_assert_true (answer.error->domain == FR_IMAGE_ERROR);
  assert_still_draws (client);
}

/* Each group uses the one before ten times. */
static void
test_use_bomb (void)
{
  g_autoptr (GString) content = g_string_new ("<defs><g id='g0'>" RECTANGLE "</g>");
  g_autofree char *svg = NULL;
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  const FrImageLimits limits = { 5, 60000 };
  g_auto (TestAnswer) answer = { 0 };

  for (guint i = 1; i < 10; i++)
    {
      g_string_append_printf (content, "<g id='g%u'>", i);
      for (guint n = 0; n < 10; n++)
        g_string_append_printf (content, "<use href='#g%u'/>", i - 1);
      g_string_append (content, "</g>");
    }
  svg = g_strdup_printf (SVG ("%s</defs><use href='#g9'/>"), content->str);
  fr_image_pool_set_limits (_fr_image_client_get_pool (client), &limits);
  draw (&answer, client, svg);
  g_assert_nonnull (answer.error);
  g_assert_true (answer.error->domain == FR_IMAGE_ERROR);
  assert_still_draws (client);
}

/* Letters are no boxes: each sort of font has its file open, in any size and after any other. */
static void
test_words (void)
{
  static const char *const families[] = { "sans-serif", "serif", "monospace", "Nonexistent Grotesque" };
  static const char *const styles[] = { "normal", "bold", "italic" };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint size = 10; size < 40; size += 3)
    for (guint i = 0; i < G_N_ELEMENTS (families) * G_N_ELEMENTS (styles); i++)
      {
        const char *family = families[i % G_N_ELEMENTS (families)];
        const char *style = styles[i / G_N_ELEMENTS (families)];
        g_autofree char *format
            = g_strdup_printf ("<text y='30' font-family='%s' font-size='%u' font-style='%s' font-weight='%s'>", family,
                               size, g_str_equal (style, "bold") ? "normal" : style,
                               g_str_equal (style, "italic") ? "normal" : style);
        g_autofree char *narrow = g_strdup_printf (SVG ("%s.</text>"), format);
        g_autofree char *wide = g_strdup_printf (SVG ("%sW</text>"), format);

        /* Boxes would be much the same. */
        g_assert_cmpuint (draw_and_count (client, wide), >, 3 * draw_and_count (client, narrow));
      }
}

/* Pictures inside a drawing are its own bytes. */
static void
test_pictures_inside (void)
{
  static const char *const names[] = { "small.png", "photograph.jpg" };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = test_fixture_path (names[i]);
      g_autofree char *bytes = NULL;
      g_autofree char *encoded = NULL;
      g_autofree char *svg = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      encoded = g_base64_encode ((const guchar *) bytes, size);
      svg = g_strdup_printf (SVG ("<image width='40' height='40' preserveAspectRatio='none' "
                                  "href='data:image/%s;base64,%s'/>"),
                             i == 0 ? "png" : "jpeg", encoded);
      g_assert_cmpuint (draw_and_count (client, svg), ==, 1600);
    }
}

void
test_drawings_add (void)
{
  g_test_add_func ("/image/drawings/refers-to-nothing-outside", test_refers_to_nothing_outside);
  g_test_add_func ("/image/drawings/external-entity", test_external_entity);
  g_test_add_func ("/image/drawings/entity-bomb", test_entity_bomb);
  g_test_add_func ("/image/drawings/use-bomb", test_use_bomb);
  g_test_add_func ("/image/drawings/words", test_words);
  g_test_add_func ("/image/drawings/pictures-inside", test_pictures_inside);
}
