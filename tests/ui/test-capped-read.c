/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-capped-read.h"
#include "fr-offer.h"
#include "fr-test-support.h"

#include "tests.h"

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static GBytes *
read_zeros (gsize size, gsize max_size, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (g_malloc0 (size + 1), (gssize) size, g_free);
  g_autoptr (GAsyncResult) result = NULL;

  fr_capped_read_async (stream, max_size, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 10);
  return fr_capped_read_finish (stream, result, error);
}

static void
test_bounds (void)
{
  static const struct
  {
    gsize size, max_size;
    gboolean fits;
  } rows[] = {
    { 0, 0, TRUE },
    { 1, 0, FALSE },
    { 1000000, 1000000, TRUE },
    { 1000001, 1000000, FALSE },
    { 262144, 262144, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = read_zeros (rows[i].size, rows[i].max_size, &error);

      g_assert_cmpint (bytes != NULL, ==, rows[i].fits);
      if (rows[i].fits)
        g_assert_cmpuint (g_bytes_get_size (bytes), ==, rows[i].size);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
    }
}

/* What is offered on the clipboard, here by ourselves, comes as it is in its file. */
static void
test_clipboard (void)
{
  g_autoptr (GBytes) picture = g_bytes_new_static ("no picture, but nobody decodes it here", 38);
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes ("image/png", picture);
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrOffer) offer = NULL;

  g_assert_true (gdk_clipboard_set_content (clipboard, provider));
  g_assert_true (fr_offer_is_in (gdk_clipboard_get_formats (clipboard)));
  fr_offer_read_clipboard_async (clipboard, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 10);
  offer = fr_offer_read_finish (clipboard, result, &error);
  g_assert_no_error (error);
  g_assert_null (offer->paths);
  g_assert_true (g_bytes_equal (offer->bytes, picture));
}

static void
test_clipboard_text (void)
{
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gdk_clipboard_set_text (clipboard, "words");
  g_assert_false (fr_offer_is_in (gdk_clipboard_get_formats (clipboard)));
  fr_offer_read_clipboard_async (clipboard, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 10);
  g_assert_null (fr_offer_read_finish (clipboard, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

/* Of what is only an address nothing is got: neither from a list of files, nor what browsers call it, nor as words. */
static void
test_clipboard_address (void)
{
  static const char *const mime_types[] = { "text/uri-list", "text/x-moz-url", "text/plain;charset=utf-8" };
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());

  for (gsize i = 0; i < G_N_ELEMENTS (mime_types); i++)
    {
      g_autoptr (GBytes) address = g_bytes_new_static ("http://127.0.0.1:9/dune.jpg\r\n", 29);
      g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes (mime_types[i], address);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (gdk_clipboard_set_content (clipboard, provider));
      g_assert_cmpint (fr_offer_is_in (gdk_clipboard_get_formats (clipboard)), ==, i < 2);
      fr_offer_read_clipboard_async (clipboard, NULL, result_cb, &result);
      fr_test_wait_until (is_set, &result, 10);
      g_assert_null (fr_offer_read_finish (clipboard, result, &error));
      g_assert_error (error, FR_OFFER_ERROR, FR_OFFER_ERROR_ADDRESS_ONLY);
    }
}

void
test_capped_read_add (void)
{
  g_test_add_func ("/ui/capped-read/bounds", test_bounds);
  g_test_add_func ("/ui/offer/clipboard", test_clipboard);
  g_test_add_func ("/ui/offer/clipboard-text", test_clipboard_text);
  g_test_add_func ("/ui/offer/clipboard-address", test_clipboard_address);
}
