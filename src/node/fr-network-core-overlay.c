/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-core-private.h"

#include "fr-clock.h"
#include "fr-contact-tags.h"
#include "fr-local-address.h"
#include "fr-neighbour-list.h"
#include "fr-node-error.h"
#include "fr-peer-name.h"
#include "fr-server-address.h"
#include "fr-store.h"

/* Who else there is and how they are reached: our record, our doorbell, links that are made by themselves, neighbours
 * that are kept for the next start, what neighbours are told of our pictures, and waking up. */

#define SETTING_NEIGHBOURS "neighbours"
#define SAVE_INTERVAL_UPKEEPS 30           /* a minute */
#define CONTENT_INTERVAL_US (60 * G_USEC_PER_SEC)
#define WAKE_DELAY_MS 500                  /* networks change several things at once */
#define MEASURE_INTERVAL_MS 400
#define N_MEASURES 10                      /* a slow link takes some seconds to answer */

/* Letters of dials go through the mesh. */

static gboolean
has_route_cb (gpointer data, const FrQueryId *route, const FrPeerKey *key)
{
  return fr_mesh_has_route (((FrNetworkCore *) data)->mesh, route, key);
}

static gboolean
send_letter_cb (gpointer data, const FrQueryId *route, const FrPeerKey *key, GBytes *letter)
{
  return fr_mesh_send_letter (((FrNetworkCore *) data)->mesh, route, key, letter);
}

static gboolean
can_locate_cb (gpointer data)
{
  FrNetworkCore *self = data;

  return self->name != NULL && fr_mesh_get_n_links (self->mesh) > 0;
}

static void
locate_cb (gpointer data, const FrPeerKey *key)
{
  FrNetworkCore *self = data;

  fr_mesh_locate (self->mesh, self->name, key);
}

static const FrLetterCarrier carrier = {
  .has_route = has_route_cb,
  .send = send_letter_cb,
  .can_locate = can_locate_cb,
  .locate = locate_cb,
};

static void
letter_cb (FrMesh *mesh, const FrQueryId *route, const FrPeerKey *from, GBytes *letter, gpointer data)
{
  fr_introductions_take_letter (((FrNetworkCore *) data)->introductions, route, from, letter);
}

static void
located_cb (FrMesh *mesh, const FrPeerKey *key, const FrQueryId *route, gpointer data)
{
  fr_introductions_located (((FrNetworkCore *) data)->introductions, key, route);
}

static void
dial_cb (FrMesh *mesh, const FrDialTarget *target, gpointer data)
{
  fr_switchboard_dial_target (((FrNetworkCore *) data)->switchboard, target, FR_DIAL_PURPOSE_LINK);
}

static void
dial_failed_cb (FrSwitchboard *switchboard, const FrDialTarget *target, guint purpose, const GError *error,
                gpointer data)
{
  if (purpose == FR_DIAL_PURPOSE_LINK && target->key_expected)
    fr_mesh_dial_failed (((FrNetworkCore *) data)->mesh, &target->key,
                         g_error_matches (error, FR_NODE_ERROR, FR_NODE_ERROR_BUSY));
}

/* Our record */

/* We are called the same everywhere, so that one signature is good for all ways. We ourselves come to our door from
 * inside, whatever address others reach it by. */
static void
update_doorbell (FrNetworkCore *self)
{
  const char *address = fr_introductions_get_address (self->introductions);
  g_autofree char *inside = NULL;

  if (self->doorbell == NULL || address == NULL || self->doorbell_server == NULL)
    return;
  fr_peer_server_set_owner (self->doorbell_server, address);
  inside = g_strdup_printf ("ws://" FR_LOOPBACK_HOST ":%u", fr_peer_server_get_port (self->doorbell_server));
  if (g_strcmp0 (fr_registration_get_address (self->doorbell), address) != 0
      || fr_registration_get_state (self->doorbell) == FR_RENDEZVOUS_OFFLINE)
    fr_registration_connect (self->doorbell, inside, address, NULL);
}

/* Where others may be, by where we are. */
static void
update_address_rule (FrNetworkCore *self)
{
  const char *server = fr_registration_get_server (self->registration);
  g_autoptr (FrServerAddress) parsed = server != NULL ? fr_server_address_parse (server, NULL) : NULL;
  FrAddressRule rule = { .private = fr_local_address_any_private () };

  rule.loopback = (parsed != NULL && fr_server_address_is_loopback (parsed))
                  || (self->doorbell_server != NULL && !self->rings_outside);
  fr_introductions_set_address_rule (self->introductions, &rule);
}

/* Tells everybody how we can be reached, if that has changed. */
void
fr_network_core_update_record (FrNetworkCore *self)
{
  const char *server = fr_registration_get_server (self->registration);
  const char *address;
  g_autofree char *said = NULL, *own = NULL;
  g_autoptr (GBytes) packed = NULL;
  Freshet__PeerRecord *record;

  if (self->name == NULL)
    return;
  update_address_rule (self);
  own = fr_peer_address_from_name (self->name);
  fr_introductions_set_address (self->introductions, own);
  address = fr_introductions_get_address (self->introductions);
  update_doorbell (self);
  said = g_strdup_printf ("%s\n%s\n%s\n%s\n%d", self->name, server != NULL ? server : "", address,
                          self->doorbell_address != NULL ? self->doorbell_address : "", self->open);
  if (g_strcmp0 (said, self->said) == 0)
    return;
  g_free (self->said);
  self->said = g_steal_pointer (&said);
  fr_answerer_set_record (self->answerer, self->name, server, address, self->doorbell_address, self->open);
  record = fr_record_sign (self->identity, self->name, server, address, self->doorbell_address, self->open);
  packed = fr_message_pack (&record->base);
  fr_record_free_message (record);
  fr_mesh_set_record (self->mesh, packed);
}

/* One that began while there was no network has to be moved out; one that is heard outside stays so. */
static void
place_doorbell (FrNetworkCore *self, const char *host)
{
  gboolean outside = g_strcmp0 (host, FR_LOOPBACK_HOST) != 0;
  const char *interface = outside ? "0.0.0.0" : FR_LOOPBACK_HOST;
  const char *address = fr_introductions_get_address (self->introductions);
  const char *owner = address != NULL ? address : ""; /* who has no address yet gets nothing yet */
  guint port = 0;

  if (self->doorbell_server != NULL && (self->rings_outside || !outside))
    return;
  if (self->doorbell_server != NULL)
    {
      port = fr_peer_server_get_port (self->doorbell_server);
      if (self->doorbell != NULL)
        fr_registration_disconnect (self->doorbell);
      fr_peer_server_stop (self->doorbell_server);
      g_clear_object (&self->doorbell_server);
    }
  self->doorbell_server = fr_network_core_start_server (interface, port, owner, NULL);
  if (self->doorbell_server == NULL && port != 0)
    self->doorbell_server = fr_network_core_start_server (interface, 0, owner, NULL);
  self->rings_outside = outside;
}

static void
tell_doorbell (FrNetworkCore *self)
{
  FrNetworkReport *report = fr_network_report_new (FR_REPORT_DOORBELL);

  report->server = g_strdup (self->doorbell_address);
  fr_network_core_tell (self, report);
}

/**
 * fr_network_core_ring:
 * @self: a core
 * @host: the address of this computer that others reach it by; 127.0.0.1: nobody else does
 *
 * Starts a rendezvous server of our own and registers there, so that we can be reached when there is no other; or says
 * that it is reached by another address now.
 */
void
fr_network_core_ring (FrNetworkCore *self, const char *host)
{
  place_doorbell (self, host);
  g_clear_pointer (&self->doorbell_address, g_free);
  if (self->doorbell_server == NULL)
    return;
  self->doorbell_address = g_strdup_printf ("ws://%s:%u", host, fr_peer_server_get_port (self->doorbell_server));
  tell_doorbell (self);
  if (self->doorbell == NULL)
    {
      self->doorbell = fr_registration_new (self->identity);
      fr_introductions_set_doorbell (self->introductions, self->doorbell);
    }
  fr_network_core_update_record (self);
}

/**
 * fr_network_core_set_loopback_only:
 * @self: a core
 * @loopback_only: whether this computer is on no network
 *
 * Sets what sessions made from now on may use.
 */
void
fr_network_core_set_loopback_only (FrNetworkCore *self, gboolean loopback_only)
{
  fr_switchboard_set_loopback_only (self->switchboard, loopback_only);
}

/**
 * fr_network_core_set_open:
 * @self: a core
 * @open: whether links are made to strangers by themselves; else to people who were added alone
 *
 * Chooses who our neighbours are.
 */
void
fr_network_core_set_open (FrNetworkCore *self, gboolean open)
{
  self->open = open;
  fr_network_core_update_record (self);
  fr_mesh_set_open (self->mesh, open);
}

/**
 * fr_network_core_pin:
 * @self: a core
 * @key: somebody
 * @pinned: whether their link is never given up for another
 *
 * Tells who was added by the person.
 */
void
fr_network_core_pin (FrNetworkCore *self, const FrPeerKey *key, gboolean pinned)
{
  fr_mesh_pin (self->mesh, key, pinned);
  fr_introductions_set_added (self->introductions, key, pinned);
  fr_network_core_set_contact (self, key, pinned);
  fr_mesh_set_contact (self->mesh, key, pinned);
  self->content_pending = TRUE; /* what is for contacts is for others now */
}

/* Neighbours for the next start */

static void
neighbours_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrNetworkCore) self = data;
  g_autofree char *text = fr_store_get_setting_finish (FR_STORE (source), result, NULL);
  g_autoptr (GPtrArray) records = fr_neighbour_list_read (text);

  if (self->mesh == NULL)
    return;
  for (guint i = 0; i < records->len; i++)
    fr_mesh_add_record (self->mesh, g_ptr_array_index (records, i));
}

/* Keeps the list, if it has changed; one that is empty replaces none. */
void
fr_network_core_save_neighbours (FrNetworkCore *self)
{
  g_autoptr (GPtrArray) records = fr_mesh_get_records (self->mesh);
  g_autofree char *text = records->len > 0 ? fr_neighbour_list_write (records) : NULL;

  if (text == NULL || g_strcmp0 (text, self->saved) == 0)
    return;
  g_free (self->saved);
  self->saved = g_steal_pointer (&text);
  fr_store_put_setting_async (self->store, SETTING_NEIGHBOURS, self->saved, NULL, NULL, NULL);
}

/* Looks for somebody among those whose records are kept. */
gboolean
fr_network_core_find_record (FrNetworkCore *self, const FrPeerKey *key, FrRecord *out_record)
{
  g_autoptr (GPtrArray) records = fr_mesh_get_records (self->mesh);

  for (guint i = 0; i < records->len; i++)
    {
      g_auto (FrRecord) record = { 0 };
      gsize size;
      const void *data = g_bytes_get_data (g_ptr_array_index (records, i), &size);

      if (!fr_record_parse (data, size, &record) || !fr_peer_key_equal (&record.key, key))
        continue;
      *out_record = record;
      record = (FrRecord) { 0 };
      return TRUE;
    }
  return FALSE;
}

/* Where somebody's doorbell is: as they say themselves, or else as their invitation said. */
char *
fr_network_core_find_doorbell (FrNetworkCore *self, const FrPeerKey *key)
{
  g_auto (FrRecord) record = { 0 };

  if (fr_network_core_find_record (self, key, &record) && record.doorbell != NULL)
    return g_strdup (record.doorbell);
  return g_strdup (g_hash_table_lookup (self->doorbells, key));
}

/**
 * fr_network_core_set_doorbell:
 * @self: a core
 * @key: somebody whom the person knows
 * @doorbell: their own server, as their invitation said; "": none
 *
 * Tells how somebody is reached where no server is.
 */
void
fr_network_core_set_doorbell (FrNetworkCore *self, const FrPeerKey *key, const char *doorbell)
{
  if (*doorbell == '\0')
    g_hash_table_remove (self->doorbells, key);
  else
    g_hash_table_insert (self->doorbells, g_memdup2 (key, sizeof *key), g_strdup (doorbell));
}

/* What neighbours are told of our pictures */

static void count_content (FrNetworkCore *self);

/* One look at what can be found here. */
typedef struct
{
  FrNetworkCore *core; /* owned, both */
  GBytes *readers;
} Count;

static void
count_free (Count *count)
{
  g_object_unref (count->core);
  g_clear_pointer (&count->readers, g_bytes_unref);
  g_free (count);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Count, count_free)

static void
content_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Count) count = data;
  FrNetworkCore *self = count->core;
  g_autoptr (FrNgramSet) content = fr_store_get_ngrams_finish (FR_STORE (source), result, NULL);

  if (content == NULL || self->mesh == NULL)
    return;
  fr_contact_tags_add_readers (content, self->identity, count->readers, self->content_day);
  fr_mesh_set_content (self->mesh, g_steal_pointer (&content));
}

static void
readers_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Count) count = data;
  FrNetworkCore *self = count->core;
  GCancellable *cancellable = self->cancellable;

  if (fr_store_list_readers_finish (FR_STORE (source), result, &count->readers, NULL))
    fr_store_get_ngrams_async (FR_STORE (source), cancellable, content_cb, g_steal_pointer (&count));
}

static void
count_content (FrNetworkCore *self)
{
  Count *count = g_new0 (Count, 1);

  count->core = g_object_ref (self);
  self->content_pending = FALSE;
  self->content_us = fr_clock_now_us ();
  self->content_day = fr_contact_tags_today ();
  fr_store_list_readers_async (self->store, self->cancellable, readers_cb, count);
}

/**
 * fr_network_core_add_content:
 * @self: a core
 * @text: (nullable): the folded text of a picture that is offered now; %NULL: something is not there any more, or
 *   is for other people
 *
 * Tells neighbours what can be found here: of what is new at once, of what is gone within a minute.
 */
void
fr_network_core_add_content (FrNetworkCore *self, const char *text)
{
  if (text != NULL)
    fr_mesh_add_content (self->mesh, text);
  else
    self->content_pending = TRUE;
}

/* Waking up */

static gboolean
woken_cb (gpointer data)
{
  FrNetworkCore *self = data;

  g_clear_pointer (&self->woken, g_source_unref);
  update_address_rule (self);
  fr_mesh_check_links (self->mesh);
  fr_registration_retry (self->registration);
  fr_network_core_tell (self, fr_network_report_new (FR_REPORT_WOKEN));
  return G_SOURCE_REMOVE;
}

/**
 * fr_network_core_wake:
 * @self: a core
 *
 * Looks soon what is still there: the computer has slept, or is on another network.
 */
void
fr_network_core_wake (FrNetworkCore *self)
{
  if (self->woken != NULL)
    return;
  self->woken = g_timeout_source_new (WAKE_DELAY_MS);
  g_source_set_callback (self->woken, woken_cb, self, NULL);
  g_source_attach (self->woken, g_main_context_get_thread_default ());
}

static gboolean
measured_cb (gpointer data)
{
  FrNetworkCore *self = data;

  fr_network_core_tell_round_trips (self);
  if (--self->n_measures > 0)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->measuring, g_source_unref);
  return G_SOURCE_REMOVE;
}

/**
 * fr_network_core_measure:
 * @self: a core
 *
 * Asks at every link for a sign of life, and tells what the round trips are now; who is not there any more is soon known.
 */
void
fr_network_core_measure (FrNetworkCore *self)
{
  fr_mesh_check_links (self->mesh);
  self->n_measures = N_MEASURES;
  if (self->measuring != NULL)
    return;
  self->measuring = g_timeout_source_new (MEASURE_INTERVAL_MS);
  g_source_set_callback (self->measuring, measured_cb, self, NULL);
  g_source_attach (self->measuring, g_main_context_get_thread_default ());
}

/**
 * fr_network_core_set_clock:
 * @self: a core
 * @clock: instead of fr_clock_now_us(), for tests of suspend
 *
 * Sets the clock whose leaps are taken for sleep.
 */
void
fr_network_core_set_clock (FrNetworkCore *self, gint64 (*clock) (void))
{
  self->clock = clock;
  self->seen_us = clock ();
}

static gboolean
is_power_of_two (guint n)
{
  return (n & (n - 1)) == 0;
}

/* Every FR_NETWORK_CORE_UPKEEP_S. Neighbours are kept more often at first: whoever is killed in the first minute must
 * find back too. */
void
fr_network_core_keep_up (FrNetworkCore *self)
{
  gint64 now_us = self->clock (), slept_us = now_us - self->seen_us;

  self->seen_us = now_us;
  if (slept_us > (FR_NETWORK_CORE_UPKEEP_S + FR_NETWORK_CORE_SLEEP_S) * G_USEC_PER_SEC)
    fr_network_core_wake (self);
  self->n_upkeeps++;
  if (self->n_upkeeps % SAVE_INTERVAL_UPKEEPS == 0 || is_power_of_two (self->n_upkeeps))
    fr_network_core_save_neighbours (self);
  self->content_pending = self->content_pending || self->content_day != fr_contact_tags_today ();
  if (self->content_pending && fr_clock_now_us () - self->content_us >= CONTENT_INTERVAL_US)
    count_content (self);
}

/* For the beginning and the end of a core. */
void
fr_network_core_start_overlay (FrNetworkCore *self)
{
  self->clock = fr_clock_now_us;
  self->seen_us = self->clock ();
  self->cancellable = g_cancellable_new ();
  self->doorbells = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, g_free);
  fr_introductions_set_carrier (self->introductions, &carrier, self);
  g_signal_connect_object (self->mesh, "letter", G_CALLBACK (letter_cb), self, 0);
  g_signal_connect_object (self->mesh, "located", G_CALLBACK (located_cb), self, 0);
  g_signal_connect_object (self->mesh, "dial", G_CALLBACK (dial_cb), self, 0);
  g_signal_connect_object (self->switchboard, "dial-failed", G_CALLBACK (dial_failed_cb), self, 0);
  fr_store_get_setting_async (self->store, SETTING_NEIGHBOURS, self->cancellable, neighbours_read_cb,
                              g_object_ref (self));
  count_content (self);
}

void
fr_network_core_stop_overlay (FrNetworkCore *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->woken != NULL)
    g_source_destroy (self->woken);
  g_clear_pointer (&self->woken, g_source_unref);
  if (self->measuring != NULL)
    g_source_destroy (self->measuring);
  g_clear_pointer (&self->measuring, g_source_unref);
  if (self->introductions != NULL)
    {
      fr_introductions_set_carrier (self->introductions, NULL, NULL);
      fr_introductions_set_doorbell (self->introductions, NULL);
    }
  if (self->switchboard != NULL)
    fr_switchboard_set_policy (self->switchboard, NULL, NULL, NULL);
  g_clear_object (&self->doorbell);
  if (self->doorbell_server != NULL)
    fr_peer_server_stop (self->doorbell_server);
  g_clear_object (&self->doorbell_server);
}
