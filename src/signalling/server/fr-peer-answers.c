/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-answers.h"

#include <string.h>

#define DESCRIPTION                                                                                                   \
  "{\"name\":\"Freshet rendezvous\",\"description\":\"Brings peers together that know each other's addresses.\"}"

static void
answer (SoupServerMessage *message, guint status, const char *type, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
answer_id (SoupServerMessage *message)
{
  g_autofree char *id = g_uuid_string_random ();

  answer (message, SOUP_STATUS_OK, "text/html", id);
}

/* What follows `{base}{key}/`; as in PeerServer, any key will do here. */
static const char *
skip_key (const char *rest)
{
  const char *slash = strchr (rest, '/');

  return slash != NULL && slash > rest ? slash + 1 : "";
}

/**
 * fr_peer_answer:
 * @message: a request
 * @rest: (nullable): what its path says after the server's own; %NULL: it is another path
 *
 * Answers it, as PeerServer would.
 */
void
fr_peer_answer (SoupServerMessage *message, const char *rest)
{
  if (g_strcmp0 (rest, "") == 0)
    answer (message, SOUP_STATUS_OK, "application/json", DESCRIPTION);
  else if (rest != NULL && strcmp (skip_key (rest), "id") == 0)
    answer_id (message);
  else if (rest != NULL && strcmp (skip_key (rest), "peers") == 0)
    answer (message, SOUP_STATUS_UNAUTHORIZED, "text/plain", "Unauthorized");
  else
    answer (message, SOUP_STATUS_NOT_FOUND, "text/plain", "Not Found");
}

/* Nobody has anything to upload, so what is no question is refused, and nothing that is uploaded is kept. */
void
fr_peer_answer_early_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
                         gpointer user_data)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (soup_server_message_get_method (message) == SOUP_METHOD_GET
      || soup_server_message_get_method (message) == SOUP_METHOD_HEAD)
    return;
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Connection", "close");
  answer (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "text/plain", "Method Not Allowed");
}
