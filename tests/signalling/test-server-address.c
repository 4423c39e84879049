/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-rendezvous-error.h"
#include "fr-server-address.h"

#include <string.h>

#include "tests.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text, *canonical, *key;
    gboolean secure, loopback;
  } rows[] = {
    { "example.org", "ws://example.org:9000/", "peerjs", FALSE, FALSE },
    { "  Example.ORG ", "ws://example.org:9000/", "peerjs", FALSE, FALSE },
    { "example.org:1234", "ws://example.org:1234/", "peerjs", FALSE, FALSE },
    { "example.org:1234/my/app", "ws://example.org:1234/my/app/", "peerjs", FALSE, FALSE },
    { "example.org/a/../%2e%2e/x", "ws://example.org:9000/x/", "peerjs", FALSE, FALSE },
    { "ws://example.org", "ws://example.org:9000/", "peerjs", FALSE, FALSE },
    { "WS://example.org/", "ws://example.org:9000/", "peerjs", FALSE, FALSE },
    { "wss://example.org", "wss://example.org:443/", "peerjs", TRUE, FALSE },
    { "https://example.org/a%20b?key=k%2F1", "wss://example.org:443/a%20b/?key=k%2F1", "k/1", TRUE, FALSE },
    { "http://example.org:80/p/?key=peerjs&other=1", "ws://example.org:80/p/", "peerjs", FALSE, FALSE },
    { "b\xc3\xbc" "cher.example", "ws://xn--bcher-kva.example:9000/", "peerjs", FALSE, FALSE },
    { "192.0.2.7", "ws://192.0.2.7:9000/", "peerjs", FALSE, FALSE },
    { "[2001:db8::7]:80", "ws://[2001:db8::7]:80/", "peerjs", FALSE, FALSE },
    { "::1", "ws://[::1]:9000/", "peerjs", FALSE, TRUE },
    { "ws://[fe80::1%25eth0]:7000", "ws://[fe80::1%25eth0]:7000/", "peerjs", FALSE, FALSE },
    { "127.0.0.1:65535", "ws://127.0.0.1:65535/", "peerjs", FALSE, TRUE },
    { "localhost", "ws://localhost:9000/", "peerjs", FALSE, TRUE },
    { "my.localhost", "ws://my.localhost:9000/", "peerjs", FALSE, TRUE },
    { "notlocalhost", "ws://notlocalhost:9000/", "peerjs", FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FrServerAddress) address = fr_server_address_parse (rows[i].text, &error);
      g_autoptr (FrServerAddress) again = NULL;
      g_autofree char *canonical = NULL, *same = NULL;

      g_assert_no_error (error);
      canonical = fr_server_address_to_string (address);
      g_assert_cmpstr (canonical, ==, rows[i].canonical);
      g_assert_cmpstr (fr_server_address_get_key (address), ==, rows[i].key);
      g_assert_cmpint (fr_server_address_is_secure (address), ==, rows[i].secure);
      g_assert_cmpint (fr_server_address_is_loopback (address), ==, rows[i].loopback);
      again = fr_server_address_parse (canonical, &error);
      g_assert_no_error (error);
      same = fr_server_address_to_string (again);
      g_assert_cmpstr (same, ==, canonical);
    }
}

static void
test_bad (void)
{
  static const char *const rows[] = {
    "",
    "   ",
    ":9000",
    "ws://",
    "ws:///path",
    "ftp://example.org",
    "example.org:0",
    "example.org:65536",
    "example.org:-1",
    "example.org:port",
    "user@example.org",
    "ws://user:word@example.org",
    "ws://example.org/#part",
    "two words",
    "exam\nple.org",
    "example.org/\xff",
    "example.org/%ff",
    "example.org/%00",
    "[::1",
    "[zoe]:9000",
    "a\"b",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FrServerAddress) address = fr_server_address_parse (rows[i], &error);

      if (address != NULL)
        g_error ("“%s” was taken", rows[i]);
      g_assert_error (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_BAD_ADDRESS);
    }
}

static void
test_size (void)
{
  g_autofree char *fill = g_strnfill (FR_SERVER_ADDRESS_MAX_SIZE, 'x');
  g_autofree char *longer = g_strconcat ("a/", fill, NULL);
  g_autofree char *longest = g_strndup (longer, FR_SERVER_ADDRESS_MAX_SIZE);
  g_autoptr (FrServerAddress) address = fr_server_address_parse (longest, NULL);

  longer[FR_SERVER_ADDRESS_MAX_SIZE + 1] = '\0';
  g_assert_nonnull (address);
  g_assert_null (fr_server_address_parse (longer, NULL));
}

static void
test_socket_uri (void)
{
  g_autoptr (FrServerAddress) address = fr_server_address_parse ("wss://h/p?key=a%26b", NULL);
  g_autoptr (FrServerAddress) copy = fr_server_address_copy (address);
  g_autofree char *uri = fr_server_address_make_socket_uri (copy, "a b&id=c\xc3\xab", "t/1");

  g_assert_cmpstr (uri, ==, "wss://h:443/p/peerjs?key=a%26b&id=a%20b%26id%3Dc%C3%AB&token=t%2F1");
  g_assert_cmpstr (fr_server_address_get_host (copy), ==, "h");
  g_assert_cmpuint (fr_server_address_get_port (copy), ==, 443);
  g_assert_cmpstr (fr_server_address_get_path (copy), ==, "/p/");
}

void
test_server_address_add (void)
{
  g_test_add_func ("/signalling/server-address/parse", test_parse);
  g_test_add_func ("/signalling/server-address/bad", test_bad);
  g_test_add_func ("/signalling/server-address/size", test_size);
  g_test_add_func ("/signalling/server-address/socket-uri", test_socket_uri);
}
