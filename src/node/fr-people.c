/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-node-error.h"
#include "fr-person-private.h"

#define RETRY_FIRST_S 5  /* who was not there is dialled again after this, */
#define RETRY_LAST_S 120 /* twice as long after each failure, up to this */

struct _FrPeople
{
  GObject parent_instance;

  /* owned */
  GPtrArray *people; /* of FrPerson */
  FrStore *store;
  FrNetwork *network;
  char *server;
  char *own_address;
  GSource *timer;

  /* state */
  FrPeerKey own_key;
  gboolean online;
  guint n_here;
};

enum
{
  PROP_0,
  PROP_N_HERE,
  N_PROPS
};

enum
{
  WANTS_SERVER,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
fr_people_get_item_type (GListModel *model)
{
  return FR_TYPE_PERSON;
}

static guint
fr_people_get_n_items (GListModel *model)
{
  return FR_PEOPLE (model)->people->len;
}

static gpointer
fr_people_get_item (GListModel *model, guint position)
{
  FrPeople *self = FR_PEOPLE (model);

  return position < self->people->len ? g_object_ref (g_ptr_array_index (self->people, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_people_get_item_type;
  iface->get_n_items = fr_people_get_n_items;
  iface->get_item = fr_people_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FrPeople, fr_people, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
count_here (FrPeople *self)
{
  guint n = 0;

  for (guint i = 0; i < self->people->len; i++)
    if (fr_person_get_state (g_ptr_array_index (self->people, i)) == FR_PERSON_HERE)
      n++;
  if (n == self->n_here)
    return;
  self->n_here = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HERE]);
}

static FrPerson *
append (FrPeople *self, const FrPersonRecord *record)
{
  FrPerson *person = fr_person_new (record);

  g_ptr_array_add (self->people, person);
  g_list_model_items_changed (G_LIST_MODEL (self), self->people->len - 1, 0, 1);
  return person;
}

static void
take_out (FrPeople *self, FrPerson *person)
{
  guint position;

  if (!g_ptr_array_find (self->people, person, &position))
    return;
  g_ptr_array_remove_index (self->people, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  count_here (self);
}

static void
save (FrPeople *self, FrPerson *person)
{
  g_autoptr (FrPersonRecord) record = fr_person_to_record (person);

  if (record->auto_connect)
    fr_store_put_person_async (self->store, record, NULL, NULL, NULL);
}

/* Who was added stays a neighbour, whoever else would like to be one. */
static void
pin (FrPeople *self, FrPerson *person)
{
  FrPeerKey key;

  if (fr_person_get_key (person, &key))
    fr_network_pin (self->network, &key, fr_person_get_added (person));
}

static void
forget (FrPeople *self, FrPerson *person)
{
  g_autoptr (FrPersonRecord) record = fr_person_to_record (person);

  fr_store_remove_person_async (self->store, record, NULL, NULL, NULL);
  take_out (self, person);
}

/* Dialling again */

static gboolean
is_here (FrPeople *self, FrPerson *person)
{
  const char *server = fr_person_get_server (person);

  return *server == '\0' || g_strcmp0 (server, self->server) == 0;
}

static void
dial (FrPeople *self, FrPerson *person)
{
  FrPeerKey key;
  gboolean known = fr_person_get_key (person, &key);

  fr_person_set_retry (person, fr_person_get_n_failures (person), 0);
  /* without the server there are other ways to somebody whose key is known */
  if ((!self->online && !known) || fr_person_get_state (person) == FR_PERSON_HERE)
    return;
  if (!is_here (self, person))
    {
      /* somebody else may have that address at our server */
      g_autoptr (GError) error = fr_node_error_new (FR_NODE_ERROR_OTHER_SERVER, fr_person_get_name (person));

      fr_person_set_state (person, FR_PERSON_AWAY, error);
      return;
    }
  fr_person_set_state (person, FR_PERSON_LOOKING, NULL);
  fr_network_dial (self->network, fr_person_get_address (person), known ? &key : NULL);
}

static gboolean
timer_cb (gpointer data)
{
  FrPeople *self = data;
  gint64 next_us = G_MAXINT64, now_us = g_get_monotonic_time ();

  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (fr_person_get_retry_at_us (person) != 0 && fr_person_get_retry_at_us (person) <= now_us)
        dial (self, person);
      if (fr_person_get_retry_at_us (person) != 0)
        next_us = MIN (next_us, fr_person_get_retry_at_us (person));
    }
  g_source_set_ready_time (self->timer, next_us == G_MAXINT64 ? -1 : next_us);
  return G_SOURCE_CONTINUE;
}

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch };

static void
retry_later (FrPeople *self, FrPerson *person)
{
  guint n = fr_person_get_n_failures (person);
  gint64 delay_us = MIN ((gint64) RETRY_FIRST_S << MIN (n, 16), RETRY_LAST_S) * G_USEC_PER_SEC;

  if (!fr_person_get_added (person))
    return;
  fr_person_set_retry (person, n + 1, g_get_monotonic_time () + delay_us);
  timer_cb (self);
}

/* What the network says */

static gboolean
is_dialled (FrPerson *person)
{
  FrPersonState state = fr_person_get_state (person);

  return state == FR_PERSON_LOOKING || state == FR_PERSON_CONNECTING;
}

/* Whom a dial to an address is for: those who were called that before have other keys. */
static FrPerson *
find_dialled (FrPeople *self, const char *address)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (is_dialled (person) && is_here (self, person) && g_str_equal (fr_person_get_address (person), address))
        return person;
    }
  return NULL;
}

/* There is one dial to an address at a time: whoever else is called that has to wait for the end of it. */
static void
dial_next (FrPeople *self, const char *address)
{
  FrPerson *next = find_dialled (self, address);

  if (next != NULL)
    dial (self, next);
}

/* Who was added by an address, and has not been met. Who has been met and is called the same is another person. */
static FrPerson *
find_unmet (FrPeople *self, const char *address)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (!fr_person_get_key (person, NULL) && is_here (self, person)
          && g_str_equal (fr_person_get_address (person), address))
        return person;
    }
  return NULL;
}

/* Who was added by an address is somebody who was known by another one. */
static void
merge (FrPeople *self, FrPerson *person, FrPerson *unmet)
{
  if (fr_person_get_added (unmet))
    fr_person_set_added (person, TRUE);
  forget (self, unmet);
}

static void
take_link_up (FrPeople *self, const FrNetworkReport *report)
{
  gboolean is_ours = (report->way == FR_WAY_SERVER || report->way == FR_WAY_NONE)
                     && (report->server == NULL || g_strcmp0 (report->server, self->server) == 0);
  const char *server = is_ours ? self->server : report->server;
  FrPerson *person = fr_people_find_key (self, &report->key);
  /* nobody but our server vouches for an address there */
  FrPerson *unmet = is_ours ? find_unmet (self, report->address) : NULL;

  if (person == NULL)
    person = unmet;
  else if (unmet != NULL)
    merge (self, person, unmet);
  if (person == NULL)
    {
      g_autoptr (FrPersonRecord) record
          = fr_person_record_new (&report->key, report->name, server != NULL ? server : "", report->address);

      person = append (self, record);
    }
  fr_person_met (person, &report->key, report->name, is_ours ? server : NULL, is_ours ? report->address : NULL);
  fr_person_set_way (person, report->way);
  pin (self, person);
  fr_person_set_retry (person, 0, 0);
  fr_person_set_path (person, report->route, report->round_trip_us);
  fr_person_set_state (person, FR_PERSON_HERE, NULL);
  save (self, person);
  count_here (self);
  dial_next (self, report->address);
}

static void
take_link_down (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *person = fr_people_find_key (self, &report->key);

  if (person == NULL)
    return;
  fr_person_set_state (person, FR_PERSON_AWAY, NULL);
  count_here (self);
  save (self, person);
  if (fr_person_get_added (person))
    retry_later (self, person);
  else
    take_out (self, person);
}

static gboolean
is_worth_another_try (const GError *error)
{
  static const FrNodeError codes[] = { FR_NODE_ERROR_NO_SERVER, FR_NODE_ERROR_NOT_THERE, FR_NODE_ERROR_NO_ANSWER,
                                       FR_NODE_ERROR_NO_ROUTE,  FR_NODE_ERROR_BUSY,      FR_NODE_ERROR_LEFT };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, FR_NODE_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

static void
take_dial_failed (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *person = find_dialled (self, report->address);
  FrPeerKey key;

  if (person == NULL)
    return;
  if (!fr_peer_key_is_zero (&report->key) && fr_person_get_key (person, &key)
      && !fr_peer_key_equal (&key, &report->key))
    {
      dial_next (self, report->address); /* it was about somebody else of that name */
      return;
    }
  if (is_worth_another_try (report->error))
    {
      fr_person_set_state (person, FR_PERSON_AWAY, report->error);
      retry_later (self, person);
    }
  else
    fr_person_set_state (person, FR_PERSON_FAILED, report->error);
  dial_next (self, report->address);
}

/* Everybody who was added and is not here. */
static void
dial_all (FrPeople *self)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (fr_person_get_added (person) && is_here (self, person))
        dial (self, person);
    }
}

/* For FrNode: LINK_UP, LINK_CHANGED, LINK_DOWN, DIAL_FOUND and DIAL_FAILED; others are ignored. */
void
fr_people_take_report (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *person;

  switch (report->type)
    {
    case FR_REPORT_LINK_UP:
      take_link_up (self, report);
      break;
    case FR_REPORT_LINK_DOWN:
      take_link_down (self, report);
      break;
    case FR_REPORT_LINK_CHANGED:
      person = fr_people_find_key (self, &report->key);
      if (person != NULL)
        fr_person_set_path (person, report->route, report->round_trip_us);
      break;
    case FR_REPORT_DIAL_FOUND:
      person = find_dialled (self, report->address);
      if (person != NULL)
        fr_person_set_state (person, FR_PERSON_CONNECTING, NULL);
      break;
    case FR_REPORT_DIAL_FAILED:
      take_dial_failed (self, report);
      break;
    case FR_REPORT_WOKEN:
      dial_all (self);
      break;
    default:
      break;
    }
}

/* For FrNode: where we are registered now; on coming online everybody who was added is dialled. */
void
fr_people_set_server (FrPeople *self, const char *server, const char *own_address, gboolean online)
{
  gboolean came_online = online && !self->online;

  g_free (self->server);
  self->server = g_strdup (server);
  g_free (self->own_address);
  self->own_address = g_strdup (own_address);
  self->online = online;
  if (came_online)
    dial_all (self);
}

/* For FrNode: there is no server now; those whose keys are known may be reached without. Whoever is looked for already,
 * or waits for their next time, is not disturbed. */
void
fr_people_do_without_server (FrPeople *self)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (fr_person_get_added (person) && is_here (self, person) && !is_dialled (person)
          && fr_person_get_retry_at_us (person) == 0)
        dial (self, person);
    }
}

static void
fr_people_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_N_HERE)
    g_value_set_uint (value, FR_PEOPLE (object)->n_here);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_people_dispose (GObject *object)
{
  FrPeople *self = FR_PEOPLE (object);

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_clear_object (&self->network);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (fr_people_parent_class)->dispose (object);
}

static void
fr_people_finalize (GObject *object)
{
  FrPeople *self = FR_PEOPLE (object);

  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self->server);
  g_free (self->own_address);
  G_OBJECT_CLASS (fr_people_parent_class)->finalize (object);
}

static void
fr_people_class_init (FrPeopleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_people_get_property;
  object_class->dispose = fr_people_dispose;
  object_class->finalize = fr_people_finalize;
  properties[PROP_N_HERE]
      = g_param_spec_uint ("n-here", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[WANTS_SERVER] = g_signal_new ("wants-server", FR_TYPE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
fr_people_init (FrPeople *self)
{
  self->people = g_ptr_array_new_with_free_func (g_object_unref);
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* For FrNode. */
FrPeople *
fr_people_new (FrStore *store, FrNetwork *network, const FrPeerKey *own_key)
{
  FrPeople *self = g_object_new (FR_TYPE_PEOPLE, NULL);

  self->store = g_object_ref (store);
  self->network = g_object_ref (network);
  self->own_key = *own_key;
  return self;
}

/* For FrNode: everybody that the store knows. */
void
fr_people_load (FrPeople *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    pin (self, append (self, g_ptr_array_index (records, i)));
}

/**
 * fr_people_get_n_here:
 * @self: people
 *
 * Returns: how many are connected now
 */
guint
fr_people_get_n_here (FrPeople *self)
{
  return self->n_here;
}

/* Who is meant, if they are known. An invitation tells the key of somebody who was known by address only. */
static FrPerson *
find_record (FrPeople *self, const FrPersonRecord *record)
{
  FrPerson *person = fr_peer_key_is_zero (&record->key) ? NULL : fr_people_find_key (self, &record->key);

  if (person != NULL)
    return person;
  person = fr_people_find_address (self, record->address);
  if (person == NULL || fr_peer_key_is_zero (&record->key))
    return person;
  if (fr_person_get_key (person, NULL))
    return NULL;
  fr_person_met (person, &record->key, record->name, record->server, record->address);
  return person;
}

/**
 * fr_people_add:
 * @self: people
 * @text: an address, or an invitation (a `freshet:` link)
 * @error: return location for %FR_NODE_ERROR_BAD_ADDRESS, %FR_NODE_ERROR_YOURSELF or %FR_NODE_ERROR_OTHER_SERVER
 *
 * Adds somebody, and dials them now and whenever they are not connected, until they are removed. Adding somebody again
 * tries again.
 *
 * Returns: (transfer none) (nullable): the person; their state tells how it goes
 */
FrPerson *
fr_people_add (FrPeople *self, const char *text, GError **error)
{
  g_autoptr (FrPersonRecord) record = fr_people_parse (text, self->server, self->own_address, &self->own_key, error);
  FrPerson *person;

  if (record == NULL)
    return NULL;
  record->auto_connect = TRUE;
  person = find_record (self, record);
  if (person == NULL)
    person = append (self, record);
  fr_person_set_added (person, TRUE);
  pin (self, person);
  save (self, person);
  fr_people_retry (self, person);
  if (self->server == NULL && *record->server != '\0')
    g_signal_emit (self, signals[WANTS_SERVER], 0, record->server);
  return person;
}

/**
 * fr_people_retry:
 * @self: people
 * @person: one of them
 *
 * Dials somebody who is not here now, at once.
 */
void
fr_people_retry (FrPeople *self, FrPerson *person)
{
  fr_person_set_retry (person, 0, 0);
  dial (self, person);
}

/**
 * fr_people_remove:
 * @self: people
 * @person: one of them
 *
 * Forgets somebody and closes the connection, or gives up making one.
 */
void
fr_people_remove (FrPeople *self, FrPerson *person)
{
  g_autofree char *address = g_strdup (fr_person_get_address (person));
  gboolean dialled = is_dialled (person);
  FrPeerKey key;

  if (fr_person_get_key (person, &key))
    {
      fr_network_pin (self->network, &key, FALSE);
      fr_network_hang_up (self->network, &key);
    }
  if (dialled)
    fr_network_cancel_dial (self->network, address);
  forget (self, person);
  if (dialled)
    dial_next (self, address);
}

/**
 * fr_people_find_key:
 * @self: people
 * @key: a key
 *
 * Returns: (transfer none) (nullable): who has proved that key
 */
FrPerson *
fr_people_find_key (FrPeople *self, const FrPeerKey *key)
{
  FrPeerKey theirs;

  for (guint i = 0; i < self->people->len; i++)
    if (fr_person_get_key (g_ptr_array_index (self->people, i), &theirs) && fr_peer_key_equal (&theirs, key))
      return g_ptr_array_index (self->people, i);
  return NULL;
}

/**
 * fr_people_find_address:
 * @self: people
 * @address: an address at our server
 *
 * Returns: (transfer none) (nullable): who is called that
 */
FrPerson *
fr_people_find_address (FrPeople *self, const char *address)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (is_here (self, person) && g_strcmp0 (fr_person_get_address (person), address) == 0)
        return person;
    }
  return NULL;
}
