/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include <string.h>

#include "fr-admission.h"
#include "fr-cli-output.h"
#include "fr-cli-peer.h"
#include "fr-cli-share.h"

static const char description[]
    = "Examples:\n"
      "  freshet-cli peer --name Anna --server example.org:9000 --share ~/Pictures\n"
      "  freshet-cli peer --share *.jpg ~/Holidays --connect bob\n"
      "  freshet-cli peer --connect zoe --connect bob\n"
      "  freshet-cli peer --open --doorbell\n"
      "  freshet-cli peer --json | jq -r 'select(.event == \"person\" and .state == \"here\") | .name'\n\n"
      "It runs until SIGINT or SIGTERM, then says goodbye and ends with status 0. Meanwhile the other\n"
      "commands ask it, when they are given the same data folder. Name and meeting point are needed the first\n"
      "time only. Unless --incoming says otherwise, anyone may connect, and finds what is shared with everyone, as\n"
      "--share does unless --audience says otherwise: contacts, chosen:anna,boris (of those who were added),\n"
      "or me.\n\n"
      "With --json, one object a line: \"event\" is ready (it runs, and can be asked), server, person,\n"
      "person-gone, shared, failed, shared-all, transfer, transfer-gone, other-program or trouble.\n\n" FR_COMMAND_EXITS;

typedef struct
{
  FrCliOptions shared;
  char **connect;
  char **share;
  char *audience;
  gboolean keep_metadata;
} Options;

typedef struct
{
  const Options *options;
  FrCliPeer *peer;     /* borrowed */
  GPtrArray *sharing;  /* of JsonObject: requests that wait for their turn */
  GError *failure;     /* owned: why it must end */
  gboolean connecting; /* those to connect to have been added */
  gboolean told_trouble;
} Peer;

static FrControlClient *
get_client (Peer *self)
{
  return fr_cli_peer_get_client (self->peer);
}

static void
fail (Peer *self, FrControlError code, const char *message)
{
  if (self->failure == NULL)
    self->failure = g_error_new_literal (FR_CONTROL_ERROR, code, message);
}

static void
added_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Peer *self = data;

  if (!is_end && g_strcmp0 (fr_control_get_string (answer, "event"), "notice") == 0)
    fr_cli_complain ("%s", fr_control_get_string (answer, "text"));
  if (is_end && !fr_control_check_end (answer, &error))
    fail (self, error->code, error->message);
}

static void
connect_people (Peer *self)
{
  self->connecting = TRUE;
  for (char **who = self->options->connect; who != NULL && *who != NULL; who++)
    {
      JsonObject *request = fr_control_request ("people-add");

      fr_control_set_string (request, "person", *who);
      fr_control_client_ask (get_client (self), request, added_cb, self);
    }
}

static void share_next (Peer *self);

static void
print_shared (JsonObject *answer)
{
  const char *event = fr_control_get_string (answer, "event");
  g_autofree char *title = fr_cli_escape (fr_control_get_string (answer, "title"));

  if (g_strcmp0 (event, "shared") == 0 && g_strcmp0 (fr_control_get_string (answer, "metadata"), "not-removable") == 0
      && g_strcmp0 (fr_control_get_string (answer, "audience"), "me") == 0)
    fr_cli_print ("Kept %s to yourself: the details in its file cannot be removed (--keep-metadata shares them)", title);
  else if (g_strcmp0 (event, "shared") == 0)
    fr_cli_print ("Shared %s", title);
  else if (g_strcmp0 (event, "failed") == 0)
    fr_cli_complain ("%s: %s", fr_control_get_string (answer, "file"), fr_control_get_string (answer, "error"));
}

static void
shared_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Peer *self = data;
  g_autoptr (GError) error = NULL;

  if (is_end)
    {
      if (!fr_control_check_end (answer, &error))
        fr_cli_complain ("%s", error->message);
      share_next (self);
    }
  else if (!self->options->shared.json)
    print_shared (answer);
  else if (g_strcmp0 (fr_control_get_string (answer, "event"), "progress") != 0)
    fr_cli_print_json (NULL, answer);
}

static void
share_next (Peer *self)
{
  if (self->sharing->len > 0)
    fr_control_client_ask (get_client (self), g_ptr_array_steal_index (self->sharing, 0), shared_cb, self);
  else if (self->options->shared.json)
    {
      g_autoptr (JsonObject) all = json_object_new ();

      json_object_set_string_member (all, "event", "shared-all");
      fr_cli_print_json (NULL, all);
    }
}

/* How it stands with the server, in a sentence for people. */
static void
print_server (Peer *self, JsonObject *answer, const char *state)
{
  g_autofree char *server = fr_cli_escape (fr_control_get_string (answer, "server"));
  g_autofree char *address = fr_cli_escape (fr_control_get_string (answer, "address"));
  g_autofree char *taken = fr_cli_escape (fr_control_get_string (answer, "taken"));
  const char *error = fr_control_get_string (answer, "error");

  if (g_strcmp0 (state, "online") == 0)
    {
      fr_cli_print ("Connected to %s; others add you as %s", server, address);
      if (*taken != '\0')
        fr_cli_print ("Somebody else is %s there; `--name` chooses another name", taken);
    }
  else if (g_strcmp0 (state, "waiting") == 0 && error != NULL && !self->told_trouble)
    fr_cli_complain ("%s", error);
  self->told_trouble = g_strcmp0 (state, "waiting") == 0; /* once, not at every attempt */
}

static void
take_server (Peer *self, JsonObject *answer)
{
  const char *state = fr_control_get_string (answer, "state");
  const char *error = fr_control_get_string (answer, "error");

  if (!self->options->shared.json)
    print_server (self, answer, state);
  if (g_strcmp0 (state, "online") == 0 && !self->connecting)
    connect_people (self);
  else if (g_strcmp0 (state, "failed") == 0)
    fail (self, FR_CONTROL_ERROR_NO_SERVER, error != NULL ? error : "The meeting point will not have us.");
}

static void
print_person (JsonObject *answer)
{
  g_autofree char *name = fr_cli_escape (fr_control_get_string (answer, "name"));
  g_autofree char *address = fr_cli_escape (fr_control_get_string (answer, "address"));
  const char *state = fr_control_get_string (answer, "state");
  const char *error = fr_control_get_string (answer, "error");
  const char *who = *name != '\0' ? name : address;

  if (g_strcmp0 (state, "here") == 0)
    fr_cli_print ("%s is here", who);
  else if (g_strcmp0 (state, "asks") == 0)
    fr_cli_print ("%s asks to connect; say `freshet-cli people accept %s`, or decline", who, address);
  else if (g_strcmp0 (state, "changed") == 0)
    fr_cli_print ("This may not be the %s you know; say `freshet-cli people words %s`, or decline", who, address);
  else if (g_strcmp0 (state, "waits") == 0)
    fr_cli_print ("%s has to decide whether to let you in", who);
  else if (error != NULL)
    fr_cli_complain ("%s: %s", who, error);
}

static void
watch_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Peer *self = data;
  const char *event = fr_control_get_string (answer, "event");

  if (is_end)
    return;
  if (self->options->shared.json)
    fr_cli_print_json (NULL, answer);
  if (g_strcmp0 (event, "server") == 0)
    take_server (self, answer);
  else if (self->options->shared.json)
    return;
  else if (g_strcmp0 (event, "person") == 0)
    print_person (answer);
  else if (g_strcmp0 (event, "other-program") == 0)
    fr_cli_complain ("%s is using another program.", fr_control_get_string (answer, "address"));
  else if (g_strcmp0 (event, "trouble") == 0)
    fr_cli_complain ("%s", fr_control_get_string (answer, "error"));
}

static void
ready_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Peer *self = data;
  g_autofree char *name = fr_cli_escape (fr_control_get_string (answer, "name"));

  if (*name == '\0')
    fail (self, FR_CONTROL_ERROR_BAD_REQUEST, "Give yourself a name with --name; it is kept for next time.");
  else if (fr_control_get_string (answer, "server") == NULL)
    fail (self, FR_CONTROL_ERROR_BAD_REQUEST,
          "Say with --server which meeting point to go to; it is kept for next time. `freshet-cli serve` starts one.");
  else if (self->options->shared.json)
    fr_cli_print_json ("ready", answer);
  else
    fr_cli_print ("%s is running", name);
}

static void
run (const Options *options, GCancellable *stop, GError **error)
{
  const FrCliShare share = {
    .audience = options->audience != NULL ? options->audience : "everyone",
    .keeps_metadata = options->keep_metadata,
  };
  g_autoptr (GPtrArray) sharing = fr_cli_share_requests (options->share, &share, error);
  g_autoptr (FrCliPeer) peer = sharing != NULL ? fr_cli_peer_start (&options->shared, stop, error) : NULL;
  Peer self = { .options = options, .peer = peer, .sharing = sharing };

  if (peer == NULL || !fr_cli_peer_ask (peer, fr_control_request ("status"), ready_cb, &self, error))
    return;
  if (self.failure == NULL)
    {
      fr_control_client_ask (get_client (&self), fr_control_request ("watch"), watch_cb, &self);
      share_next (&self);
    }
  while (self.failure == NULL && !g_cancellable_is_cancelled (stop))
    g_main_context_iteration (NULL, TRUE);
  if (self.failure != NULL)
    g_propagate_error (error, self.failure);
}

static gboolean
check_options (const Options *options, char **arguments, GError **error)
{
  FrAdmissionRule rule;

  if (arguments[1] != NULL && options->share == NULL)
    {
      fr_cli_set_usage_error (error, "To share files or folders, put --share before them.");
      return FALSE;
    }
  if (options->shared.open && options->shared.added_only)
    {
      fr_cli_set_usage_error (error, "--open and --added-only say the opposite of each other.");
      return FALSE;
    }
  if (options->shared.incoming != NULL && !fr_admission_rule_from_string (options->shared.incoming, &rule))
    {
      fr_cli_set_usage_error (error, "--incoming is ask, anyone or contacts, not “%s”.", options->shared.incoming);
      return FALSE;
    }
  if (options->shared.open && options->shared.incoming != NULL && rule != FR_ADMIT_ANYONE)
    {
      fr_cli_set_usage_error (error, "With --open anyone may connect; leave --incoming out, or --open.");
      return FALSE;
    }
  if (!fr_cli_check_limit (options->shared.limit_down, error) || !fr_cli_check_limit (options->shared.limit_up, error))
    return FALSE;
  if (options->audience != NULL && !fr_cli_check_text ("audience", options->audience, error))
    return FALSE;
  for (char **who = options->connect; who != NULL && *who != NULL; who++)
    if (!fr_cli_check_text ("address to connect to", *who, error))
      return FALSE;
  return TRUE;
}

/* A shell makes many arguments of `--share *.jpg`, of which the option itself takes one. */
static void
share_more (Options *options, char **paths)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  g_strv_builder_addv (all, (const char **) options->share);
  g_strv_builder_addv (all, (const char **) paths);
  g_strfreev (options->share);
  options->share = g_strv_builder_end (all);
}

FrExit
fr_command_peer (char ***arguments, GCancellable *stop, GError **error)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "connect", 'c', 0, G_OPTION_ARG_FILENAME_ARRAY, &options.connect,
      "Connect to this person: an address or an invitation; may be repeated", "WHO" },
    { "incoming", 0, 0, G_OPTION_ARG_STRING, &options.shared.incoming,
      "Who may connect: ask (about each stranger, see `people`), anyone, or contacts (people who were added); kept",
      "WHO" },
    { "open", 0, 0, G_OPTION_ARG_NONE, &options.shared.open,
      "Connect to anybody in the network by itself, not only to people who were added; kept", NULL },
    { "added-only", 0, 0, G_OPTION_ARG_NONE, &options.shared.added_only,
      "Connect to people who were added only, as at first; kept", NULL },
    { "doorbell", 0, 0, G_OPTION_ARG_NONE, &options.shared.doorbell,
      "Run a meeting point of one's own too, so that others find this peer when theirs is gone", NULL },
    { "limit-down", 0, 0, G_OPTION_ARG_STRING, &options.shared.limit_down,
      "Get pictures no faster than this, in KiB a second (64 or more; 0: as fast as it goes); kept", "KIB" },
    { "limit-up", 0, 0, G_OPTION_ARG_STRING, &options.shared.limit_up,
      "The same for what others get from here (16 or more); kept", "KIB" },
    { "share", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.share,
      "Share this file or folder, and those that follow; may be repeated", "PATH" },
    { "audience", 0, 0, G_OPTION_ARG_FILENAME, &options.audience,
      "Who may see what --share adds: everyone (as without it), contacts, chosen:NAME,NAME or me", "WHO" },
    { "keep-metadata", 0, 0, G_OPTION_ARG_NONE, &options.keep_metadata,
      "Share what --share adds as it is, with place, camera and other details", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = fr_cli_context_new (
      "[PATH…]", "Shares pictures, without a window, until stopped.", description, entries, &options.shared);

  if (fr_cli_context_parse (context, &options.shared, arguments, error) && check_options (&options, *arguments, error))
    {
      if ((*arguments)[1] != NULL)
        share_more (&options, *arguments + 1);
      run (&options, stop, error);
    }
  fr_cli_options_clear (&options.shared);
  g_strfreev (options.connect);
  g_strfreev (options.share);
  g_free (options.audience);
  return FR_EXIT_OK;
}
