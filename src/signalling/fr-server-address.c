/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-server-address.h"

#include <string.h>

#include "fr-rendezvous-error.h"

/* What RFC 3986 lets stand in a path without escaping, beside letters and digits. */
#define PATH_CHARACTERS "/!$&'()*+,;=:@"

struct _FrServerAddress
{
  char *host; /* ASCII, lower case; an IPv6 address without brackets */
  char *path; /* percent-encoded, begins and ends with a slash */
  char *key;
  guint16 port;
  gboolean secure;
};

G_DEFINE_BOXED_TYPE (FrServerAddress, fr_server_address, fr_server_address_copy, fr_server_address_free)

static gboolean
fail (GError **error, const char *text)
{
  g_set_error (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_BAD_ADDRESS, "“%.*s” is not the address of a server",
               FR_SERVER_ADDRESS_MAX_SIZE / 4, text);
  return FALSE;
}

/* A web address stands for the socket at the same place, since that is what people copy. */
static gboolean
take_scheme (FrServerAddress *self, const char *scheme)
{
  self->secure = strcmp (scheme, "wss") == 0 || strcmp (scheme, "https") == 0;
  return self->secure || strcmp (scheme, "ws") == 0 || strcmp (scheme, "http") == 0;
}

static gboolean
take_host (FrServerAddress *self, const char *host)
{
  g_autofree char *ascii = host != NULL && *host != '\0' ? g_hostname_to_ascii (host) : NULL;

  if (ascii == NULL || strlen (ascii) > 253)
    return FALSE;
  self->host = g_ascii_strdown (ascii, -1);
  if (strchr (self->host, ':') != NULL)
    return g_hostname_is_ip_address (self->host);
  for (const char *p = self->host; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (".-_", *p) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
take_path (FrServerAddress *self, const char *encoded)
{
  g_autofree char *path = g_uri_unescape_string (encoded, "/");
  g_autofree char *escaped = NULL;

  if (path == NULL || !g_utf8_validate (path, -1, NULL))
    return FALSE;
  escaped = g_uri_escape_string (*path != '\0' ? path : "/", PATH_CHARACTERS, FALSE);
  self->path = g_strconcat (escaped[0] == '/' ? "" : "/", escaped, g_str_has_suffix (escaped, "/") ? NULL : "/", NULL);
  return TRUE;
}

static gboolean
take_key (FrServerAddress *self, const char *query)
{
  g_autoptr (GHashTable) values = NULL;
  const char *key = NULL;

  if (query != NULL)
    {
      values = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);
      if (values == NULL)
        return FALSE;
      key = g_hash_table_lookup (values, "key");
    }
  self->key = g_strdup (key != NULL && *key != '\0' ? key : FR_SERVER_ADDRESS_DEFAULT_KEY);
  return TRUE;
}

static gboolean
take_port (FrServerAddress *self, int port)
{
  if (port == 0 || port > G_MAXUINT16)
    return FALSE;
  if (port > 0)
    self->port = (guint16) port;
  else
    self->port = self->secure ? FR_SERVER_ADDRESS_DEFAULT_SECURE_PORT : FR_SERVER_ADDRESS_DEFAULT_PORT;
  return TRUE;
}

/* "::1" alone is an address as well; with a port it needs its brackets, as anywhere. */
static char *
complete (const char *typed)
{
  if (strstr (typed, "://") != NULL)
    return g_strdup (typed);
  if (g_hostname_is_ip_address (typed) && strchr (typed, ':') != NULL)
    return g_strconcat ("ws://[", typed, "]", NULL);
  return g_strconcat ("ws://", typed, NULL);
}

/**
 * fr_server_address_parse:
 * @text: what a person typed, or a link says
 * @error: return location for %FR_RENDEZVOUS_ERROR_BAD_ADDRESS
 *
 * Reads `host`, `host:port`, or an address with the scheme `ws`, `wss`, `http` or `https`, a path and `?key=`. The
 * port is 9000 if none is given, 443 for `wss`; the path `/`; the key `peerjs`. Other parameters are ignored.
 *
 * Returns: (transfer full) (nullable): the address
 */
FrServerAddress *
fr_server_address_parse (const char *text, GError **error)
{
  const GUriFlags flags = G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY;
  g_autoptr (FrServerAddress) self = g_new0 (FrServerAddress, 1);
  g_autofree char *typed = NULL, *whole = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > FR_SERVER_ADDRESS_MAX_SIZE || !g_utf8_validate (text, -1, NULL))
    {
      fail (error, "…");
      return NULL;
    }
  typed = g_strstrip (g_strdup (text));
  whole = complete (typed);
  uri = g_uri_parse (whole, flags, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL
      || !take_scheme (self, g_uri_get_scheme (uri)) || !take_host (self, g_uri_get_host (uri))
      || !take_port (self, g_uri_get_port (uri)) || !take_path (self, g_uri_get_path (uri))
      || !take_key (self, g_uri_get_query (uri)))
    {
      fail (error, typed);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * fr_server_address_copy:
 * @self: an address
 *
 * Returns: (transfer full): a copy
 */
FrServerAddress *
fr_server_address_copy (const FrServerAddress *self)
{
  FrServerAddress *copy = g_memdup2 (self, sizeof *self);

  copy->host = g_strdup (self->host);
  copy->path = g_strdup (self->path);
  copy->key = g_strdup (self->key);
  return copy;
}

/**
 * fr_server_address_free:
 * @self: (nullable) (transfer full): an address
 *
 * Frees an address.
 */
void
fr_server_address_free (FrServerAddress *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self->path);
  g_free (self->key);
  g_free (self);
}

/**
 * fr_server_address_get_host:
 * @self: an address
 *
 * Returns: (transfer none): the host name in ASCII and lower case, or an IP address without brackets
 */
const char *
fr_server_address_get_host (const FrServerAddress *self)
{
  return self->host;
}

/**
 * fr_server_address_get_port:
 * @self: an address
 *
 * Returns: the TCP port, never 0
 */
guint
fr_server_address_get_port (const FrServerAddress *self)
{
  return self->port;
}

/**
 * fr_server_address_get_path:
 * @self: an address
 *
 * Returns: (transfer none): the path, percent-encoded, with a slash at both ends
 */
const char *
fr_server_address_get_path (const FrServerAddress *self)
{
  return self->path;
}

/**
 * fr_server_address_get_key:
 * @self: an address
 *
 * Returns: (transfer none): the key that the server asks of its clients; no secret
 */
const char *
fr_server_address_get_key (const FrServerAddress *self)
{
  return self->key;
}

/**
 * fr_server_address_is_secure:
 * @self: an address
 *
 * Returns: whether the connection is made over TLS
 */
gboolean
fr_server_address_is_secure (const FrServerAddress *self)
{
  return self->secure;
}

/**
 * fr_server_address_is_loopback:
 * @self: an address
 *
 * Returns: whether the server can only be on this computer; no name is looked up
 */
gboolean
fr_server_address_is_loopback (const FrServerAddress *self)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (self->host);

  if (inet != NULL)
    return g_inet_address_get_is_loopback (inet);
  return strcmp (self->host, "localhost") == 0 || g_str_has_suffix (self->host, ".localhost");
}

static char *
make_uri (const FrServerAddress *self, const char *rest)
{
  const char *format = strchr (self->host, ':') != NULL ? "%s://[%s]:%u%s%s" : "%s://%s:%u%s%s";
  /* An address may say which network it is in, "fe80::1%eth0", and RFC 6874 how that is written. */
  g_auto (GStrv) address_and_zone = g_strsplit (self->host, "%", 2);
  g_autofree char *host = g_strjoinv ("%25", address_and_zone);

  return g_strdup_printf (format, self->secure ? "wss" : "ws", host, self->port, self->path, rest);
}

/**
 * fr_server_address_to_string:
 * @self: an address
 *
 * Writes the canonical form, which is the same for all ways to type an address, and which
 * fr_server_address_parse() reads.
 *
 * Returns: (transfer full): `ws://host:port/path/`, with `?key=` if it is not the usual one
 */
char *
fr_server_address_to_string (const FrServerAddress *self)
{
  g_autofree char *key = g_uri_escape_string (self->key, NULL, FALSE);
  g_autofree char *query = g_strconcat ("?key=", key, NULL);

  return make_uri (self, strcmp (self->key, FR_SERVER_ADDRESS_DEFAULT_KEY) != 0 ? query : "");
}

/**
 * fr_server_address_make_socket_uri:
 * @self: an address
 * @id: whom to register
 * @token: the proof of owning @id
 *
 * Returns: (transfer full): the address of the server's WebSocket for a peer; holds the token, so not to be logged
 */
char *
fr_server_address_make_socket_uri (const FrServerAddress *self, const char *id, const char *token)
{
  g_autofree char *key = g_uri_escape_string (self->key, NULL, FALSE);
  g_autofree char *escaped_id = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *escaped_token = g_uri_escape_string (token, NULL, FALSE);
  g_autofree char *rest = g_strdup_printf ("peerjs?key=%s&id=%s&token=%s", key, escaped_id, escaped_token);

  return make_uri (self, rest);
}
