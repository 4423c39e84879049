/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "fr-node-error.h"
#include "fr-transfer-error.h"

#include "tests.h"

static void
test_sentences (void)
{
  static const char *const names[] = { "zoe", "", NULL, "100 % %s" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (int code = 0; code <= FR_NODE_ERROR_TOO_MANY_WISHES; code++)
      {
        g_autoptr (GError) error = fr_node_error_new (code, names[i]);

        g_assert_error (error, FR_NODE_ERROR, code);
        g_assert_true (g_str_has_suffix (error->message, "."));
        g_assert_true (strchr (error->message, '%') == NULL || strstr (error->message, "100 % %s") != NULL);
      }
}

static void
test_whom (void)
{
  g_autoptr (GError) named = fr_node_error_new (FR_NODE_ERROR_LEFT, "zoe");
  g_autoptr (GError) unnamed = fr_node_error_new (FR_NODE_ERROR_REFUSED, "");

  g_assert_cmpstr (named->message, ==, "zoe went away.");
  g_assert_cmpstr (unnamed->message, ==, "the other person did not accept the connection.");
}

/* Every way for a transfer to fail has words that name whom it came from. */
static void
test_transfers (void)
{
  static const struct
  {
    int from;
    FrNodeError to;
  } rows[] = {
    { FR_TRANSFER_ERROR_REFUSED_GONE, FR_NODE_ERROR_GONE },   { FR_TRANSFER_ERROR_REFUSED_BROKEN, FR_NODE_ERROR_GONE },
    { FR_TRANSFER_ERROR_REFUSED_BUSY, FR_NODE_ERROR_BUSY },   { FR_TRANSFER_ERROR_WRONG_MANIFEST, FR_NODE_ERROR_BROKEN },
    { FR_TRANSFER_ERROR_WRONG_BLOCK, FR_NODE_ERROR_BROKEN },  { FR_TRANSFER_ERROR_TIMEOUT, FR_NODE_ERROR_NO_ANSWER },
    { FR_TRANSFER_ERROR_PEER_GONE, FR_NODE_ERROR_LEFT },      { FR_TRANSFER_ERROR_CANCELLED, FR_NODE_ERROR_LEFT },
    { FR_TRANSFER_ERROR_STORE + 1, FR_NODE_ERROR_LEFT },
  };
  g_autoptr (GError) store = g_error_new_literal (FR_TRANSFER_ERROR, FR_TRANSFER_ERROR_STORE, "The disk is full.");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled.");
  g_autoptr (GError) same = fr_node_error_new_for_transfer (store, "zoe");
  g_autoptr (GError) alike = fr_node_error_new_for_transfer (other, "zoe");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (FR_TRANSFER_ERROR, rows[i].from, "not for people");
      g_autoptr (GError) told = fr_node_error_new_for_transfer (error, "zoe");

      g_assert_error (told, FR_NODE_ERROR, (int) rows[i].to);
      g_assert_nonnull (strstr (told->message, "zoe"));
      g_assert_null (strstr (told->message, error->message));
    }
  g_assert_cmpstr (same->message, ==, store->message);
  g_assert_error (alike, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

void
test_node_error_add (void)
{
  g_test_add_func ("/node/error/sentences", test_sentences);
  g_test_add_func ("/node/error/whom", test_whom);
  g_test_add_func ("/node/error/transfers", test_transfers);
}
