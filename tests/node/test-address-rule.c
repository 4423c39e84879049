/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-address-rule.h"

#include <string.h>

#include "tests.h"

/* From where an address may be visited. */
typedef enum
{
  NEVER = 0,
  ANYWHERE = 1,
  LOOPBACK = 2, /* who is on this computer alone */
  PRIVATE = 4,  /* who is behind a NAT too */
} From;

static const struct
{
  const char *host;
  From from;
} hosts[] = {
  { "192.0.2.7", ANYWHERE },
  { "8.8.8.8", ANYWHERE },
  { "2001:db8::7", ANYWHERE },
  { "example.org", ANYWHERE },
  { "localhost.example.org", ANYWHERE },

  { "127.0.0.1", LOOPBACK },
  { "127.255.255.255", LOOPBACK },
  { "::1", LOOPBACK },
  { "::ffff:127.0.0.1", LOOPBACK },
  { "64:ff9b::7f00:1", LOOPBACK },
  { "2002:7f00:1::1", LOOPBACK },
  { "localhost", LOOPBACK },
  { "anything.localhost", LOOPBACK },

  { "9.255.255.255", ANYWHERE },
  { "10.0.0.0", PRIVATE },
  { "10.255.255.255", PRIVATE },
  { "11.0.0.0", ANYWHERE },
  { "172.15.255.255", ANYWHERE },
  { "172.16.0.0", PRIVATE },
  { "172.31.255.255", PRIVATE },
  { "172.32.0.0", ANYWHERE },
  { "192.167.255.255", ANYWHERE },
  { "192.168.0.0", PRIVATE },
  { "192.168.255.255", PRIVATE },
  { "192.169.0.0", ANYWHERE },
  { "100.63.255.255", ANYWHERE },
  { "100.64.0.0", PRIVATE },
  { "100.127.255.255", PRIVATE },
  { "100.128.0.0", ANYWHERE },
  { "fbff::1", ANYWHERE },
  { "fc00::1", PRIVATE },
  { "fdff:ffff::1", PRIVATE },
  { "fe00::1", ANYWHERE },
  { "fec0::1", PRIVATE },
  { "::ffff:192.168.1.1", PRIVATE },
  { "2002:c0a8:101::1", PRIVATE },

  { "0.0.0.0", NEVER },
  { "0.255.255.255", NEVER },
  { "169.253.255.255", ANYWHERE },
  { "169.254.0.1", NEVER },
  { "169.254.169.254", NEVER }, /* where providers keep the keys of their machines */
  { "169.255.0.0", ANYWHERE },
  { "223.255.255.255", ANYWHERE },
  { "224.0.0.251", NEVER },
  { "239.255.255.255", NEVER },
  { "240.0.0.1", NEVER },
  { "255.255.255.255", NEVER },
  { "::", NEVER },
  { "::7f00:1", NEVER },
  { "fe7f::1", ANYWHERE },
  { "fe80::1", NEVER },
  { "febf::1", NEVER },
  { "ff02::1", NEVER },
  { "::ffff:169.254.169.254", NEVER },
  { "::ffff:0.0.0.0", NEVER },
};

static gboolean
allows (const FrAddressRule *rule, const char *host, guint port)
{
  g_autofree char *text = g_strdup_printf (strchr (host, ':') != NULL ? "ws://[%s]:%u/" : "ws://%s:%u/", host, port);
  g_autoptr (FrServerAddress) server = fr_server_address_parse (text, NULL);

  g_assert_nonnull (server);
  return fr_address_rule_allows_server (rule, server);
}

static void
test_hosts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    for (guint bits = 0; bits < 4; bits++)
      {
        FrAddressRule rule = { .loopback = (bits & 1) != 0, .private = (bits & 2) != 0 };
        gboolean expected = hosts[i].from == ANYWHERE || (hosts[i].from == LOOPBACK && rule.loopback)
                            || (hosts[i].from == PRIVATE && rule.private);
        g_autoptr (GInetAddress) address = g_inet_address_new_from_string (hosts[i].host);

        g_test_message ("%s, loopback %u, private %u", hosts[i].host, rule.loopback, rule.private);
        g_assert_cmpint (allows (&rule, hosts[i].host, 9000), ==, expected);
        if (address == NULL)
          continue;
        g_assert_cmpint (fr_address_rule_allows_address (&rule, address), ==, expected);
        g_assert_cmpint (fr_address_rule_is_private (address), ==, hosts[i].from == PRIVATE);
      }
}

static void
test_ports (void)
{
  static const struct
  {
    guint port;
    gboolean allowed;
  } ports[] = {
    { 1, FALSE },   { 22, FALSE },  { 25, FALSE },   { 79, FALSE },    { 80, TRUE },      { 81, FALSE },
    { 442, FALSE }, { 443, TRUE },  { 444, FALSE },  { 1023, FALSE },  { 1024, TRUE },    { 9000, TRUE },
    { 65535, TRUE },
  };
  FrAddressRule rule = { .loopback = TRUE, .private = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    g_assert_cmpint (allows (&rule, "192.0.2.7", ports[i].port), ==, ports[i].allowed);
}

/* What is no address of a server never comes so far. */
static void
test_malformed (void)
{
  static const char *const texts[] = { "ws://192.0.2.7:0/", "ws://192.0.2.7:65536/", "ws://:9000/", "ws://a b:9000/",
                                       "ws://[fe80::1%25eth0]:9000/" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FrServerAddress) server = fr_server_address_parse (texts[i], NULL);
      FrAddressRule rule = { .loopback = TRUE, .private = TRUE };

      g_test_message ("%s", texts[i]);
      g_assert_true (server == NULL || !fr_address_rule_allows_server (&rule, server));
    }
}

void
test_address_rule_add (void)
{
  g_test_add_func ("/node/address-rule/hosts", test_hosts);
  g_test_add_func ("/node/address-rule/ports", test_ports);
  g_test_add_func ("/node/address-rule/malformed", test_malformed);
}
