/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-core-private.h"

#include "fr-clock.h"
#include "fr-local-address.h"
#include "fr-node-error.h"

#define TRANSFER_IDLE_US (30 * G_USEC_PER_SEC) /* a session for pictures only, at rest for this long, is closed */
#define REPORT_INTERVAL_UPKEEPS 3 /* of round trips */
#define USUAL_SERVER_PORT 9000 /* that of PeerServer, so that an address need not name it */

G_DEFINE_FINAL_TYPE (FrNetworkCore, fr_network_core, G_TYPE_OBJECT)

/* For the files of the core. */
void
fr_network_core_tell (FrNetworkCore *self, FrNetworkReport *report)
{
  self->report (report, self->report_data);
}

static void
registration_changed_cb (FrRegistration *registration, gpointer data)
{
  FrNetworkCore *self = data;
  FrNetworkReport *report = fr_network_report_new (FR_REPORT_SERVER);
  const GError *error = fr_registration_get_error (registration);

  report->server_state = fr_registration_get_state (registration);
  report->server = g_strdup (fr_registration_get_server (registration));
  report->address = g_strdup (fr_registration_get_address (registration));
  report->name = g_strdup (fr_registration_get_taken (registration));
  report->retry_at_us = fr_registration_get_retry_at (registration);
  report->error = error != NULL ? g_error_copy (error) : NULL;
  fr_network_core_update_record (self);
  fr_network_core_tell (self, report);
}

static FrNetworkReport *
link_report (FrNetworkCore *self, FrNetworkReportType type, FrLink *link)
{
  FrNetworkReport *report = fr_network_report_new (type);

  report->key = *fr_link_get_key (link);
  report->name = g_strdup (fr_link_get_peer_name (link));
  report->address = g_strdup (fr_link_get_address (link));
  report->route = fr_link_get_route (link);
  report->way = fr_link_get_way (link);
  report->server = g_strdup (fr_link_get_server (link));
  report->incoming = !fr_link_is_dialler (link);
  report->round_trip_us = fr_mesh_get_round_trip_us (self->mesh, link);
  report->kept_out_us = fr_network_core_get_penalty_us (self, fr_link_get_key (link));
  if (fr_link_get_error (link) != NULL)
    report->error = g_error_copy (fr_link_get_error (link));
  return report;
}

void
fr_network_core_tell_link (FrNetworkCore *self, FrNetworkReportType type, FrLink *link)
{
  fr_network_core_tell (self, link_report (self, type, link));
}

/* A link, or a session for pictures, that both sides want. */
void
fr_network_core_begin_link (FrNetworkCore *self, FrLink *link)
{
  fr_upload_queue_add_port (self->uploads, fr_link_get_port (link));
  if (fr_link_get_purpose (link) != FRESHET__PURPOSE__PURPOSE_LINK)
    return;
  fr_mesh_add_link (self->mesh, link);
  fr_network_core_hear (self, link);
  fr_network_core_stop_expecting (self, link);
  fr_network_core_tell_link (self, FR_REPORT_LINK_UP, link);
}

static void
linked_cb (FrSwitchboard *switchboard, FrLink *link, gpointer data)
{
  if (!fr_network_core_send_away (data, link) && !fr_network_core_keep_waiting (data, link))
    fr_network_core_begin_link (data, link);
}

/* Whoever is at that address is somebody we have a link with: for people, that is as good as a new one. */
static void
still_linked_cb (FrSwitchboard *switchboard, FrLink *link, const char *address, gpointer data)
{
  FrNetworkReport *report = link_report (data, FR_REPORT_LINK_UP, link);

  g_free (report->address);
  report->address = g_strdup (address);
  fr_network_core_tell (data, report);
}

static void
unlinked_cb (FrSwitchboard *switchboard, FrLink *link, gpointer data)
{
  FrNetworkCore *self = data;

  if (fr_link_get_purpose (link) != FRESHET__PURPOSE__PURPOSE_LINK)
    return;
  fr_mesh_remove_link (self->mesh, link);
  /* where two peers had dialled each other, the other session goes on */
  if (fr_switchboard_find_link (switchboard, fr_link_get_key (link), FRESHET__PURPOSE__PURPOSE_LINK) == NULL)
    fr_network_core_tell_link (self, FR_REPORT_LINK_DOWN, link);
}

static void
dial_found_cb (FrSwitchboard *switchboard, const char *address, guint purpose, gpointer data)
{
  FrNetworkReport *report;

  if (purpose != FR_DIAL_PURPOSE_LINK)
    return;
  report = fr_network_report_new (FR_REPORT_DIAL_FOUND);
  report->address = g_strdup (address);
  fr_network_core_tell (data, report);
}

static void
dial_failed_cb (FrSwitchboard *switchboard, const FrDialTarget *target, guint purpose, const GError *error,
                gpointer data)
{
  FrNetworkReport *report;

  if (purpose != FR_DIAL_PURPOSE_LINK)
    return;
  report = fr_network_report_new (FR_REPORT_DIAL_FAILED);
  report->address = g_strdup (target->address);
  if (target->key_expected)
    report->key = target->key;
  if (target->key_expected)
    report->kept_out_us = fr_network_core_get_penalty_us (data, &target->key);
  report->error = g_error_copy (error);
  fr_network_core_tell (data, report);
}

static void
other_program_cb (FrSwitchboard *switchboard, const char *address, gpointer data)
{
  FrNetworkReport *report = fr_network_report_new (FR_REPORT_OTHER_PROGRAM);

  report->address = g_strdup (address);
  fr_network_core_tell (data, report);
}

static void
fetcher_report_cb (FrFetcher *fetcher, FrNetworkReport *report, gpointer data)
{
  FrNetworkReport *copy = fr_network_report_new (FR_REPORT_FETCH);

  /* all that a fetch says moves over; the original keeps nothing to free */
  *copy = *report;
  *report = (FrNetworkReport) { .type = FR_REPORT_FETCH };
  fr_network_core_tell (data, copy);
}

/* For the files of the core. */
void
fr_network_core_tell_round_trips (FrNetworkCore *self)
{
  GPtrArray *links = fr_switchboard_get_links (self->switchboard);

  for (guint i = 0; i < links->len; i++)
    if (fr_link_get_purpose (g_ptr_array_index (links, i)) == FRESHET__PURPOSE__PURPOSE_LINK)
      fr_network_core_tell_link (self, FR_REPORT_LINK_CHANGED, g_ptr_array_index (links, i));
}

static gboolean
upkeep_cb (gpointer data)
{
  FrNetworkCore *self = data;
  GPtrArray *links = fr_switchboard_get_links (self->switchboard);
  gint64 now_us = fr_clock_now_us ();

  fr_network_core_keep_up (self);
  fr_network_core_end_waits (self);
  if (self->n_upkeeps % REPORT_INTERVAL_UPKEEPS != 0)
    return G_SOURCE_CONTINUE;
  fr_network_core_tell_round_trips (self);
  for (guint i = 0; i < links->len; i++)
    {
      FrLink *link = g_ptr_array_index (links, i);

      if (fr_link_get_purpose (link) == FRESHET__PURPOSE__PURPOSE_LINK)
        continue;
      if (fr_transfer_port_get_n_transfers (fr_link_get_port (link)) > 0)
        fr_link_touch (link);
      else if (now_us - fr_link_get_used_us (link) > TRANSFER_IDLE_US)
        fr_link_close (link, FRESHET__BYE__REASON__REASON_IDLE);
    }
  return G_SOURCE_CONTINUE;
}

static void
fr_network_core_dispose (GObject *object)
{
  FrNetworkCore *self = FR_NETWORK_CORE (object);

  if (self->upkeep != NULL)
    g_source_destroy (self->upkeep);
  g_clear_pointer (&self->upkeep, g_source_unref);
  fr_network_core_set_watching (self, FALSE);
  fr_network_core_stop_overlay (self);
  g_clear_object (&self->fetcher);
  g_clear_object (&self->uploads);
  g_clear_object (&self->mesh);
  if (self->answerer != NULL)
    fr_answerer_set_admission (self->answerer, NULL); /* searches may still be in the store */
  g_clear_object (&self->answerer);
  if (self->switchboard != NULL)
    g_object_run_dispose (G_OBJECT (self->switchboard));
  g_clear_object (&self->switchboard);
  if (self->introductions != NULL)
    g_object_run_dispose (G_OBJECT (self->introductions));
  g_clear_object (&self->introductions);
  g_clear_object (&self->registration);
  if (self->server != NULL)
    fr_peer_server_stop (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (fr_network_core_parent_class)->dispose (object);
}

static void
fr_network_core_finalize (GObject *object)
{
  FrNetworkCore *self = FR_NETWORK_CORE (object);

  g_clear_pointer (&self->admission, fr_admission_free);
  g_clear_pointer (&self->penalties, fr_penalties_free);
  g_clear_pointer (&self->identity, fr_identity_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_pointer (&self->searches, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_free (self->name);
  g_free (self->doorbell_address);
  g_clear_pointer (&self->doorbells, g_hash_table_unref);
  g_free (self->said);
  g_free (self->saved);
  G_OBJECT_CLASS (fr_network_core_parent_class)->finalize (object);
}

static void
fr_network_core_class_init (FrNetworkCoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_network_core_dispose;
  object_class->finalize = fr_network_core_finalize;
}

static void
fr_network_core_init (FrNetworkCore *self)
{
}

/**
 * fr_network_core_new:
 * @identity: who we are
 * @store: our pictures
 * @webrtc: how sessions are made; copied
 * @report: (scope forever): told of everything, in this thread
 * @data: for @report
 *
 * Makes the network side of a Freshet in the thread-default main context.
 *
 * Returns: (transfer full): a core, at no server
 */
FrNetworkCore *
fr_network_core_new (FrIdentity *identity, FrStore *store, const FrWebrtcConfig *webrtc, FrReportFunc report,
                     gpointer data)
{
  FrNetworkCore *self = g_object_new (FR_TYPE_NETWORK_CORE, NULL);

  self->identity = fr_identity_ref (identity);
  self->store = g_object_ref (store);
  self->report = report;
  self->report_data = data;
  self->registration = fr_registration_new (identity);
  self->introductions = fr_introductions_new (identity, self->registration);
  self->switchboard = fr_switchboard_new (identity, self->introductions, webrtc);
  self->answerer = fr_answerer_new (identity, store);
  self->mesh = fr_mesh_new (identity, self->answerer);
  self->uploads = fr_upload_queue_new (store);
  fr_network_core_start_givings (self);
  fr_network_core_start_admission (self);
  /* before the fetcher: a link has to be known to all when a fetch starts on it */
  g_signal_connect_object (self->switchboard, "linked", G_CALLBACK (linked_cb), self, 0);
  self->fetcher = fr_fetcher_new (self->switchboard, self->introductions, store);
  g_signal_connect_object (self->registration, "changed", G_CALLBACK (registration_changed_cb), self, 0);
  g_signal_connect_object (self->switchboard, "still-linked", G_CALLBACK (still_linked_cb), self, 0);
  g_signal_connect_object (self->switchboard, "unlinked", G_CALLBACK (unlinked_cb), self, 0);
  g_signal_connect_object (self->switchboard, "dial-found", G_CALLBACK (dial_found_cb), self, 0);
  g_signal_connect_object (self->switchboard, "dial-failed", G_CALLBACK (dial_failed_cb), self, 0);
  g_signal_connect_object (self->switchboard, "other-program", G_CALLBACK (other_program_cb), self, 0);
  fr_network_core_start_searches (self);
  g_signal_connect_object (self->fetcher, "report", G_CALLBACK (fetcher_report_cb), self, 0);
  self->upkeep = g_timeout_source_new_seconds (FR_NETWORK_CORE_UPKEEP_S);
  g_source_set_callback (self->upkeep, upkeep_cb, self, NULL);
  g_source_attach (self->upkeep, g_main_context_get_thread_default ());
  fr_network_core_start_overlay (self);
  return self;
}

/**
 * fr_network_core_set_name:
 * @self: a core
 * @name: what people call us, a valid name
 *
 * Sets the name that we greet, ask and answer with from now on.
 */
void
fr_network_core_set_name (FrNetworkCore *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
  fr_switchboard_set_name (self->switchboard, name);
  fr_network_core_update_record (self);
}

void
fr_network_core_set_relays (FrNetworkCore *self, const char *stun, const char *turn)
{
  fr_switchboard_set_relays (self->switchboard, stun, turn);
}

/**
 * fr_network_core_connect:
 * @self: a core
 * @server: a server's address as a person writes it
 * @address: what we would like to be called there
 *
 * Registers at a server; reports of type FR_REPORT_SERVER follow.
 */
void
fr_network_core_connect (FrNetworkCore *self, const char *server, const char *address)
{
  g_autoptr (GError) error = NULL;
  FrNetworkReport *report;

  fr_admission_expect_nobody (self->admission); /* whoever was added is dialled again from there */
  if (fr_registration_connect (self->registration, server, address, &error))
    {
      fr_network_core_update_record (self);
      return;
    }
  report = fr_network_report_new (FR_REPORT_SERVER);
  report->server_state = FR_RENDEZVOUS_FAILED;
  report->server = g_strdup (server);
  report->error = g_steal_pointer (&error);
  fr_network_core_tell (self, report);
}

void
fr_network_core_disconnect (FrNetworkCore *self)
{
  fr_registration_disconnect (self->registration);
}

/* For the files of the core. @owner: NULL, or whose doorbell it is. */
FrPeerServer *
fr_network_core_start_server (const char *interface, guint port, const char *owner, GError **error)
{
  FrPeerServerConfig config = { .interface = interface, .port = port, .owner = owner };
  g_autoptr (FrPeerServer) server = NULL;

  if (owner != NULL)
    {
      config.max_ids = FR_NETWORK_CORE_MAX_RINGING;
      config.max_connections = FR_NETWORK_CORE_MAX_AT_DOORBELL;
    }
  server = fr_peer_server_new (&config);
  return fr_peer_server_start (server, error) ? g_steal_pointer (&server) : NULL;
}

/**
 * fr_network_core_serve:
 * @self: a core
 * @host: the address of this computer that others reach it by; 127.0.0.1: nobody else does
 * @port: 0: the usual one, or any if somebody has that
 *
 * Starts a rendezvous server here; FR_REPORT_SERVING follows.
 */
void
fr_network_core_serve (FrNetworkCore *self, const char *host, guint port)
{
  const char *interface = g_strcmp0 (host, FR_LOOPBACK_HOST) == 0 ? host : "0.0.0.0";
  FrNetworkReport *report = fr_network_report_new (FR_REPORT_SERVING);
  g_autoptr (FrPeerServer) server = NULL;

  if (port == 0)
    server = fr_network_core_start_server (interface, USUAL_SERVER_PORT, NULL, NULL);
  if (server == NULL)
    server = fr_network_core_start_server (interface, port, NULL, &report->error);
  if (server != NULL)
    {
      report->server = g_strdup_printf ("ws://%s:%u", host, fr_peer_server_get_port (server));
      if (self->server != NULL)
        fr_peer_server_stop (self->server);
      g_set_object (&self->server, server);
    }
  fr_network_core_tell (self, report);
}

/**
 * fr_network_core_dial:
 * @self: a core
 * @address: whom, at our server
 * @key: (nullable): nobody but this key will do
 *
 * Dials a peer for a link; where the server is not there and the key is known, by other ways. FR_REPORT_LINK_UP or FR_REPORT_DIAL_FAILED follows.
 */
void
fr_network_core_dial (FrNetworkCore *self, const char *address, const FrPeerKey *key)
{
  g_autofree char *doorbell = NULL;
  FrDialTarget target = { .address = (char *) address, .key_expected = TRUE };

  if (key != NULL && fr_switchboard_find_link (self->switchboard, key, FRESHET__PURPOSE__PURPOSE_LINK) != NULL)
    return;
  fr_admission_expect (self->admission, address, key == NULL);
  if (key == NULL || fr_registration_is_online (self->registration))
    {
      fr_switchboard_dial (self->switchboard, address, key, FR_DIAL_PURPOSE_LINK);
      return;
    }
  target.key = *key;
  doorbell = fr_network_core_find_doorbell (self, key);
  target.doorbell = doorbell;
  fr_switchboard_dial_target (self->switchboard, &target, FR_DIAL_PURPOSE_LINK);
}

/**
 * fr_network_core_cancel_dial:
 * @self: a core
 * @address: whom, at our server
 *
 * Gives up dialling a peer for a link; no report follows.
 */
void
fr_network_core_cancel_dial (FrNetworkCore *self, const char *address)
{
  fr_admission_expect (self->admission, address, FALSE);
  fr_switchboard_cancel_dial (self->switchboard, address);
}

/**
 * fr_network_core_hang_up:
 * @self: a core
 * @key: whom
 *
 * Closes all sessions with a peer, and gives up those that are still to be.
 */
void
fr_network_core_hang_up (FrNetworkCore *self, const FrPeerKey *key)
{
  GPtrArray *links = fr_switchboard_get_links (self->switchboard);

  for (guint i = 0; i < links->len; i++)
    if (fr_peer_key_equal (fr_link_get_key (g_ptr_array_index (links, i)), key))
      fr_link_close (g_ptr_array_index (links, i), FRESHET__BYE__REASON__REASON_LEAVING);
  fr_switchboard_refuse (self->switchboard, key, FR_NODE_ERROR_CANCELLED);
}

/**
 * fr_network_core_fetch:
 * @self: a core
 * @number: by which it is reported; not in use
 * @request: (transfer full): what, and from whom
 *
 * Fetches a picture; reports of type FR_REPORT_FETCH follow.
 */
void
fr_network_core_fetch (FrNetworkCore *self, guint number, FrFetchRequest *request)
{
  fr_fetcher_start (self->fetcher, number, request);
}

void
fr_network_core_cancel_fetch (FrNetworkCore *self, guint number)
{
  fr_fetcher_cancel (self->fetcher, number);
}

void
fr_network_core_pause_fetch (FrNetworkCore *self, guint number)
{
  fr_fetcher_pause (self->fetcher, number);
}

void
fr_network_core_close_transfers (FrNetworkCore *self)
{
  GPtrArray *links = fr_switchboard_get_links (self->switchboard);

  for (guint i = 0; i < links->len; i++)
    if (fr_link_get_purpose (g_ptr_array_index (links, i)) == FRESHET__PURPOSE__PURPOSE_TRANSFER)
      fr_link_close (g_ptr_array_index (links, i), FRESHET__BYE__REASON__REASON_IDLE);
}

/**
 * fr_network_core_close:
 * @self: a core
 *
 * Leaves the server and says goodbye to everybody; fr_network_core_is_quiet() tells when that is done.
 */
void
fr_network_core_close (FrNetworkCore *self)
{
  fr_network_core_save_neighbours (self);
  fr_registration_disconnect (self->registration);
  fr_switchboard_close_links (self->switchboard, FRESHET__BYE__REASON__REASON_LEAVING);
}

gboolean
fr_network_core_is_quiet (FrNetworkCore *self)
{
  return fr_switchboard_get_links (self->switchboard)->len == 0;
}
