/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include <string.h>

#include "fr-cli-options.h"
#include "fr-cli-output.h"
#include "fr-control-codec.h"
#include "fr-peer-server.h"

#define DEFAULT_PORT 9000

static const char description[]
    = "A meeting point is a small server: people find each other through it, and it sees who connects to\n"
      "whom; pictures and searches never pass through it. It speaks the protocol of PeerServer.\n\n"
      "Examples:\n"
      "  freshet-cli serve                                       for this computer alone\n"
      "  freshet-cli serve --interface 0.0.0.0                   for everybody who can reach it\n"
      "  freshet-cli serve --port 0 --json                       any free port; the first line tells it\n\n"
      "It runs until SIGINT or SIGTERM.\n\n" FR_COMMAND_EXITS;

typedef struct
{
  char *interface;
  char *path;
  char *key;
  int port;
  gboolean json;
} Serve;

static void
announce (const Serve *serve, guint port)
{
  const char *host = strchr (serve->interface, ':') == NULL ? serve->interface : NULL;
  g_autofree char *address = g_strdup_printf (host != NULL ? "%s:%u" : "[%s]:%u", serve->interface, port);
  g_autoptr (JsonObject) ready = json_object_new ();

  if (!serve->json)
    {
      fr_cli_print ("Serving on %s", address);
      return;
    }
  json_object_set_string_member (ready, "event", "ready");
  fr_control_set_string (ready, "server", address);
  fr_control_set_string (ready, "interface", serve->interface);
  json_object_set_int_member (ready, "port", port);
  fr_cli_print_json (NULL, ready);
}

static void
run (const Serve *serve, GCancellable *stop, GError **error)
{
  const FrPeerServerConfig config
      = { .interface = serve->interface, .port = (guint) serve->port, .path = serve->path, .key = serve->key };
  g_autoptr (FrPeerServer) server = fr_peer_server_new (&config);
  g_autoptr (GError) failure = NULL;

  if (!fr_peer_server_start (server, &failure))
    {
      g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NO_SERVER, "Cannot serve on %s, port %d: %s",
                   serve->interface, serve->port, failure->message);
      return;
    }
  announce (serve, fr_peer_server_get_port (server));
  while (!g_cancellable_is_cancelled (stop))
    g_main_context_iteration (NULL, TRUE);
  fr_peer_server_stop (server);
}

static gboolean
check_options (Serve *serve, char **arguments, GError **error)
{
  g_autoptr (GInetAddress) interface = NULL;

  if (serve->interface == NULL)
    serve->interface = g_strdup ("127.0.0.1");
  interface = g_inet_address_new_from_string (serve->interface);
  if (arguments[1] != NULL)
    fr_cli_set_usage_error (error, "Too many arguments.");
  else if (interface == NULL)
    fr_cli_set_usage_error (error, "--interface takes an IP address, such as 0.0.0.0.");
  else if (serve->port < 0 || serve->port > G_MAXUINT16)
    fr_cli_set_usage_error (error, "--port takes 0 to %d.", G_MAXUINT16);
  else if (serve->path != NULL && *serve->path != '/')
    fr_cli_set_usage_error (error, "--path begins with a slash.");
  else
    return TRUE;
  return FALSE;
}

FrExit
fr_command_serve (char ***arguments, GCancellable *stop, GError **error)
{
  Serve serve = { .port = DEFAULT_PORT };
  const GOptionEntry entries[] = {
    { "interface", 'i', 0, G_OPTION_ARG_FILENAME, &serve.interface, "Listen here (default: 127.0.0.1)", "IP" },
    { "port", 'p', 0, G_OPTION_ARG_INT, &serve.port, "Port; 0 for any that is free (default: 9000)", "PORT" },
    { "path", 0, 0, G_OPTION_ARG_FILENAME, &serve.path, "Path (default: /)", "PATH" },
    { "key", 'k', 0, G_OPTION_ARG_FILENAME, &serve.key, "Key that everybody must know (default: peerjs)", "KEY" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &serve.json, "Write one JSON object a line", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context
      = fr_cli_context_new (NULL, "Runs a meeting point, where people find each other.", description, entries, NULL);

  if (fr_cli_context_parse (context, NULL, arguments, error) && check_options (&serve, *arguments, error))
    run (&serve, stop, error);
  g_free (serve.interface);
  g_free (serve.path);
  g_free (serve.key);
  return FR_EXIT_OK;
}
