/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-node-error.h"
#include "fr-peer-name.h"
#include "fr-person-private.h"

enum
{
  PROP_0,
  PROP_N_HERE,
  PROP_N_ASKING,
  N_PROPS
};

enum
{
  WANTS_SERVER,
  WANTS_RELAYS,
  TROUBLE,
  OTHER_COMPUTER,
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

static gboolean
is_here (FrPerson *person)
{
  return fr_person_get_state (person) == FR_PERSON_HERE;
}

/* There is something for the person here to say. */
static gboolean
is_asking (FrPerson *person)
{
  return fr_person_get_state (person) == FR_PERSON_ASKS || fr_person_get_other_key (person, NULL);
}

static void
update_count (FrPeople *self, gboolean (*is_one) (FrPerson *person), guint *count, guint property)
{
  guint n = 0;

  for (guint i = 0; i < self->people->len; i++)
    n += is_one (g_ptr_array_index (self->people, i));
  if (n == *count)
    return;
  *count = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
fr_people_count (FrPeople *self)
{
  update_count (self, is_here, &self->n_here, PROP_N_HERE);
  update_count (self, is_asking, &self->n_asking, PROP_N_ASKING);
}

FrPerson *
fr_people_append (FrPeople *self, const FrPersonRecord *record)
{
  FrPerson *person = fr_person_new (record);

  g_ptr_array_add (self->people, person);
  g_list_model_items_changed (G_LIST_MODEL (self), self->people->len - 1, 0, 1);
  return person;
}

/* Behind the person whose it is, and their other ones. */
FrPerson *
fr_people_append_computer (FrPeople *self, FrPerson *owner, const FrPersonRecord *record)
{
  g_autoptr (GPtrArray) computers = fr_person_list_computers (owner);
  FrPerson *person = fr_person_new (record);
  guint position;

  if (!g_ptr_array_find (self->people, owner, &position))
    position = self->people->len - 1;
  position = MIN (position + computers->len + 1, self->people->len);
  fr_person_set_owner (person, owner);
  g_ptr_array_insert (self->people, (int) position, person);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  return person;
}

void
fr_people_take_out (FrPeople *self, FrPerson *person)
{
  guint position;

  if (!g_ptr_array_find (self->people, person, &position))
    return;
  g_ptr_array_remove_index (self->people, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  fr_people_count (self);
}

/* Who was added stays a neighbour, whoever else would like to be one; and nobody else takes their place. */
void
fr_people_pin (FrPeople *self, FrPerson *person)
{
  FrPeerKey key;

  if (!fr_person_get_key (person, &key))
    return;
  fr_network_pin (self->network, &key, fr_person_get_added (person));
  if (fr_person_get_added (person) && fr_person_has_place (person))
    {
      fr_network_set_place (self->network, &key, fr_person_get_server (person), fr_person_get_address (person));
      fr_network_set_doorbell (self->network, &key, fr_person_get_doorbell (person));
    }
}

void
fr_people_tell_trouble (FrPeople *self, const char *message)
{
  g_signal_emit (self, signals[TROUBLE], 0, message);
}

/* For the people here to be told. */
void
fr_people_notice_computer (FrPeople *self, FrPerson *person)
{
  g_signal_emit (self, signals[OTHER_COMPUTER], 0, person);
}

static void
fr_people_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_N_HERE)
    g_value_set_uint (value, FR_PEOPLE (object)->n_here);
  else if (id == PROP_N_ASKING)
    g_value_set_uint (value, FR_PEOPLE (object)->n_asking);
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
  fr_people_stop_writing (self);
  g_clear_object (&self->network);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (fr_people_parent_class)->dispose (object);
}

static void
fr_people_finalize (GObject *object)
{
  FrPeople *self = FR_PEOPLE (object);

  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->unwritten, g_ptr_array_unref);
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
  properties[PROP_N_ASKING]
      = g_param_spec_uint ("n-asking", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[WANTS_SERVER] = g_signal_new ("wants-server", FR_TYPE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[WANTS_RELAYS] = g_signal_new ("wants-relays", FR_TYPE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[TROUBLE] = g_signal_new ("trouble", FR_TYPE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  signals[OTHER_COMPUTER] = g_signal_new ("other-computer", FR_TYPE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, FR_TYPE_PERSON);
}

static void
fr_people_init (FrPeople *self)
{
  self->people = g_ptr_array_new_with_free_func (g_object_unref);
  fr_people_start_dialling (self);
  fr_people_start_writing (self);
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

static void
load (FrPeople *self, const FrPersonRecord *record)
{
  gboolean is_computer = !fr_peer_key_is_zero (&record->owner);
  FrPerson *owner = is_computer ? fr_people_find_key (self, &record->owner) : NULL;
  FrPerson *person;

  if (is_computer && (owner == NULL || fr_person_get_owner (owner) != NULL))
    {
      fr_store_remove_person_async (self->store, record, NULL, NULL, NULL); /* nobody's */
      return;
    }
  person = is_computer ? fr_people_append_computer (self, owner, record) : fr_people_append (self, record);
  fr_people_pin (self, person);
  fr_people_load_blocked (self, person);
}

/* For FrNode: everybody that the store knows; computers after the people whose they are. */
void
fr_people_load (FrPeople *self, GPtrArray *records)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < records->len; i++)
      {
        const FrPersonRecord *record = g_ptr_array_index (records, i);

        if (fr_peer_key_is_zero (&record->owner) == (pass == 0))
          load (self, record);
      }
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

/**
 * fr_people_get_n_asking:
 * @self: people
 *
 * Returns: how many ask to be let in now, or may not be who they seem
 */
guint
fr_people_get_n_asking (FrPeople *self)
{
  return self->n_asking;
}

/* Who is meant, if they are known. An invitation tells the key of somebody who was known by address only. */
static FrPerson *
find_record (FrPeople *self, const FrPersonRecord *record)
{
  FrPerson *person = fr_peer_key_is_zero (&record->key) ? NULL : fr_people_find_key (self, &record->key);

  if (person != NULL)
    return person;
  person = fr_people_find_address (self, record->address);
  if (person != NULL && fr_person_is_introduced_only (person))
    return NULL; /* that somebody is called that is not for others to say */
  if (person == NULL || fr_peer_key_is_zero (&record->key))
    return person;
  if (fr_person_get_key (person, NULL))
    return NULL;
  fr_person_met (person, &record->key, record->name, record->server, record->address);
  return person;
}

/* What else it says of how they can be reached. */
static void
take_invitation (FrPeople *self, FrPerson *person, const FrInvitation *invitation)
{
  if (invitation->doorbell != NULL)
    fr_person_set_doorbell (person, invitation->doorbell);
  if (invitation->stun != NULL || invitation->turn != NULL)
    g_signal_emit (self, signals[WANTS_RELAYS], 0, invitation->stun, invitation->turn);
}

/* Who is in the place of somebody invited, with another key. */
static FrPerson *
find_other (FrPeople *self, const FrPersonRecord *record)
{
  return fr_peer_key_is_zero (&record->key) ? NULL : fr_people_find_place (self, record->server, record->address);
}

static FrPerson *
take_other_invitation (FrPeople *self, FrPerson *person, const FrPeerKey *key, GError **error)
{
  if (is_here (person))
    {
      g_propagate_error (error, fr_node_error_new (FR_NODE_ERROR_OTHER_PERSON, fr_person_get_name (person)));
      return NULL;
    }
  fr_people_take_other_key (self, person, key);
  return person;
}

/**
 * fr_people_add:
 * @self: people
 * @text: an address, or an invitation (a `freshet:` link)
 * @error: return location for %FR_NODE_ERROR_BAD_ADDRESS, %FR_NODE_ERROR_YOURSELF, %FR_NODE_ERROR_OTHER_SERVER, or
 *   %FR_NODE_ERROR_OTHER_PERSON while the person who is in that place is here
 *
 * Adds somebody, and dials them now and whenever they are not connected, until they are removed. Adding somebody again
 * tries again. An invitation of somebody who is where a person was met who has another key changes nothing but that
 * person's state.
 *
 * Returns: (transfer none) (nullable): the person; their state tells how it goes
 */
FrPerson *
fr_people_add (FrPeople *self, const char *text, GError **error)
{
  g_autoptr (FrInvitation) invitation = NULL;
  g_autoptr (FrPersonRecord) record
      = fr_people_parse (text, self->server, self->own_address, &self->own_key, &invitation, error);
  FrPerson *person, *taken;

  if (record == NULL)
    return NULL;
  record->auto_connect = TRUE;
  person = find_record (self, record);
  taken = person == NULL ? find_other (self, record) : NULL;
  if (taken != NULL)
    return take_other_invitation (self, taken, &record->key, error);
  if (person == NULL)
    person = fr_people_append (self, record);
  if (fr_person_get_blocked (person))
    fr_people_lift_block (self, person);
  fr_person_set_added (person, TRUE);
  if (invitation != NULL)
    take_invitation (self, person, invitation);
  fr_people_pin (self, person);
  fr_people_save (self, person);
  fr_people_retry (self, person);
  fr_people_tell_computers (self, person); /* who may be here already */
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
  fr_person_set_refused_key (person, NULL);
  fr_people_dial (self, person);
}

/**
 * fr_people_remove:
 * @self: people
 * @person: one of them
 *
 * Forgets somebody, with their other computers, and closes the connection, or gives up making one.
 */
void
fr_people_remove (FrPeople *self, FrPerson *person)
{
  g_autofree char *address = g_strdup (fr_person_get_address (person));
  gboolean dialled = fr_people_is_dialled (person);
  FrPeerKey key;

  fr_people_end_mine (self, person);
  fr_people_end_introductions (self, person);
  fr_people_end_computers (self, person);
  fr_people_refuse_other (self, person);
  if (fr_person_get_blocked (person))
    fr_people_lift_block (self, person); /* as it would be after the next start */
  if (fr_person_get_key (person, &key))
    {
      fr_network_pin (self->network, &key, FALSE);
      fr_network_hang_up (self->network, &key);
    }
  else
    dialled |= fr_people_is_at_server (self, person); /* between two tries they are expected there too */
  if (dialled)
    fr_network_cancel_dial (self->network, address);
  fr_people_forget (self, person);
  if (dialled)
    fr_people_dial_next (self, address);
}

/**
 * fr_people_rename:
 * @self: people
 * @person: one of them, who was added or is blocked
 * @name: what the person here calls them
 * @error: return location for %FR_NODE_ERROR_BAD_NAME
 *
 * Gives somebody a name, which stays, whatever they call themselves.
 *
 * Returns: %FALSE if @name is none
 */
gboolean
fr_people_rename (FrPeople *self, FrPerson *person, const char *name, GError **error)
{
  g_autofree char *normal = NULL;

  g_return_val_if_fail (fr_person_get_added (person) || fr_person_get_blocked (person), FALSE);

  if (fr_peer_name_normalise (name, &normal) != FR_PEER_NAME_OK)
    {
      g_propagate_error (error, fr_node_error_new (FR_NODE_ERROR_BAD_NAME, NULL));
      return FALSE;
    }
  fr_person_set_name (person, normal);
  fr_people_save (self, person);
  return TRUE;
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
 * Returns: (transfer none) (nullable): who is called that; whom the person knows goes before others
 */
FrPerson *
fr_people_find_address (FrPeople *self, const char *address)
{
  FrPerson *known = fr_people_find_place (self, self->server, address);

  if (known != NULL)
    return known;
  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (fr_people_is_at_server (self, person) && g_strcmp0 (fr_person_get_address (person), address) == 0)
        return person;
    }
  return NULL;
}
