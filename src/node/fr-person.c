/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (FrPerson, fr_person, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (FrPersonState, fr_person_state, G_DEFINE_ENUM_VALUE (FR_PERSON_AWAY, "away"),
                    G_DEFINE_ENUM_VALUE (FR_PERSON_LOOKING, "looking"),
                    G_DEFINE_ENUM_VALUE (FR_PERSON_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (FR_PERSON_HERE, "here"), G_DEFINE_ENUM_VALUE (FR_PERSON_WAITS, "waits"), G_DEFINE_ENUM_VALUE (FR_PERSON_ASKS, "asks"),
                    G_DEFINE_ENUM_VALUE (FR_PERSON_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (FR_PERSON_CHANGED, "changed"))

static GParamSpec *properties[FR_PERSON_N_PROPS];

/* For the files of this type. */
void
fr_person_notify (FrPerson *self, FrPersonProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
is_so (FrPerson *self, guint id)
{
  const gboolean flags[FR_PERSON_N_PROPS] = {
    [FR_PERSON_PROP_ADDED] = self->added,
    [FR_PERSON_PROP_BLOCKED] = self->blocked,
    [FR_PERSON_PROP_CHECKED] = self->checked,
    [FR_PERSON_PROP_OTHER] = fr_person_get_other_key (self, NULL),
    [FR_PERSON_PROP_MINE] = self->mine,
    [FR_PERSON_PROP_AGREES] = self->agrees,
    [FR_PERSON_PROP_MISSED] = self->missed,
  };

  return flags[id];
}

static void
fr_person_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrPerson *self = FR_PERSON (object);

  switch (id)
    {
    case FR_PERSON_PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case FR_PERSON_PROP_OWN_NAME:
      g_value_set_string (value, fr_person_get_own_name (self));
      break;
    case FR_PERSON_PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case FR_PERSON_PROP_SERVER:
      g_value_set_string (value, self->server);
      break;
    case FR_PERSON_PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case FR_PERSON_PROP_KEPT_OUT:
      g_value_set_int64 (value, self->kept_out_until_us);
      break;
    case FR_PERSON_PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->error != NULL ? self->error->message : NULL);
      break;
    case FR_PERSON_PROP_ROUND_TRIP:
      g_value_set_uint (value, self->round_trip_us);
      break;
    case FR_PERSON_PROP_WAY:
      g_value_set_string (value, fr_way_to_string (self->way));
      break;
    case FR_PERSON_PROP_OWNER:
      g_value_set_object (value, self->owner);
      break;
    case FR_PERSON_PROP_INTRODUCER:
      g_value_set_object (value, self->introducer);
      break;
    case FR_PERSON_PROP_ADDED:
    case FR_PERSON_PROP_BLOCKED:
    case FR_PERSON_PROP_CHECKED:
    case FR_PERSON_PROP_OTHER:
    case FR_PERSON_PROP_MINE:
    case FR_PERSON_PROP_AGREES:
    case FR_PERSON_PROP_MISSED:
      g_value_set_boolean (value, is_so (self, id));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_person_dispose (GObject *object)
{
  FrPerson *self = FR_PERSON (object);

  fr_person_leave_owner (self);
  g_clear_object (&self->introducer);
  G_OBJECT_CLASS (fr_person_parent_class)->dispose (object);
}

static void
fr_person_finalize (GObject *object)
{
  FrPerson *self = FR_PERSON (object);

  g_ptr_array_unref (self->computers);
  g_free (self->name);
  g_free (self->own_name);
  g_free (self->address);
  g_free (self->server);
  g_free (self->doorbell);
  g_free (self->route);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (fr_person_parent_class)->finalize (object);
}

static void
fr_person_class_init (FrPersonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_person_get_property;
  object_class->dispose = fr_person_dispose;
  object_class->finalize = fr_person_finalize;
  properties[FR_PERSON_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[FR_PERSON_PROP_OWN_NAME] = g_param_spec_string ("own-name", NULL, NULL, NULL, flags);
  properties[FR_PERSON_PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, "", flags);
  properties[FR_PERSON_PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, "", flags);
  properties[FR_PERSON_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, FR_TYPE_PERSON_STATE, FR_PERSON_AWAY, flags);
  properties[FR_PERSON_PROP_ADDED] = g_param_spec_boolean ("added", NULL, NULL, FALSE, flags);
  properties[FR_PERSON_PROP_BLOCKED] = g_param_spec_boolean ("blocked", NULL, NULL, FALSE, flags);
  properties[FR_PERSON_PROP_CHECKED] = g_param_spec_boolean ("checked", NULL, NULL, FALSE, flags);
  properties[FR_PERSON_PROP_OTHER] = g_param_spec_boolean ("other", NULL, NULL, FALSE, flags);
  properties[FR_PERSON_PROP_KEPT_OUT] = g_param_spec_int64 ("kept-out-until-us", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[FR_PERSON_PROP_ERROR_MESSAGE] = g_param_spec_string ("error-message", NULL, NULL, NULL, flags);
  properties[FR_PERSON_PROP_ROUND_TRIP] = g_param_spec_uint ("round-trip-us", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[FR_PERSON_PROP_WAY] = g_param_spec_string ("way", NULL, NULL, NULL, flags);
  properties[FR_PERSON_PROP_OWNER] = g_param_spec_object ("owner", NULL, NULL, FR_TYPE_PERSON, flags);
  properties[FR_PERSON_PROP_INTRODUCER] = g_param_spec_object ("introducer", NULL, NULL, FR_TYPE_PERSON, flags);
  properties[FR_PERSON_PROP_MINE] = g_param_spec_boolean ("mine", NULL, NULL, FALSE, flags);
  properties[FR_PERSON_PROP_AGREES] = g_param_spec_boolean ("agrees", NULL, NULL, FALSE, flags);
  properties[FR_PERSON_PROP_MISSED] = g_param_spec_boolean ("missed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, FR_PERSON_N_PROPS, properties);
}

static void
fr_person_init (FrPerson *self)
{
  self->computers = g_ptr_array_new ();
}

static void
set_string (FrPerson *self, char **field, const char *value, int property)
{
  if (value == NULL || *value == '\0' || g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* For FrPeople: who a record is about; `auto_connect` is “added”. */
FrPerson *
fr_person_new (const FrPersonRecord *record)
{
  FrPerson *self = g_object_new (FR_TYPE_PERSON, NULL);

  self->key = record->key;
  self->name = g_strdup (record->name);
  self->server = g_strdup (record->server);
  self->address = g_strdup (record->address);
  self->doorbell = g_strdup (record->doorbell);
  self->seen_us = record->seen_us;
  self->added = record->auto_connect;
  self->wanted_us = record->wanted_us != 0 || !self->added ? record->wanted_us : g_get_real_time ();
  self->blocked = record->blocked;
  self->checked = record->checked;
  self->mine = record->mine;
  self->agrees = record->agrees;
  memcpy (self->agreement, record->agreement, sizeof self->agreement);
  self->told = record->told;
  self->met = !record->claimed && fr_peer_key_is_zero (&record->introducer);
  fr_person_look_whether_missed (self);
  return self;
}

void
fr_person_set_state (FrPerson *self, FrPersonState state, const GError *error)
{
  gboolean changed;

  /* as long as nobody has said who that is, it goes before anything else that keeps them away */
  if ((state == FR_PERSON_AWAY || state == FR_PERSON_FAILED) && fr_person_get_other_key (self, NULL))
    state = FR_PERSON_CHANGED;
  changed = self->state != state;
  /* also on leaving: they were here until now */
  if (state == FR_PERSON_HERE || self->state == FR_PERSON_HERE)
    self->seen_us = g_get_real_time ();
  self->state = state;
  fr_person_look_whether_missed (self);
  if (error != NULL || self->error != NULL)
    {
      g_clear_error (&self->error);
      self->error = error != NULL ? g_error_copy (error) : NULL;
      g_object_notify_by_pspec (G_OBJECT (self), properties[FR_PERSON_PROP_ERROR_MESSAGE]);
    }
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[FR_PERSON_PROP_STATE]);
}

/* Who introduced us, this time. */
void
fr_person_set_way (FrPerson *self, FrWay way)
{
  if (self->way == way)
    return;
  self->way = way;
  g_object_notify_by_pspec (G_OBJECT (self), properties[FR_PERSON_PROP_WAY]);
}

/**
 * fr_person_get_way:
 * @self: a person
 *
 * Returns: who introduced us when they were last connected
 */
FrWay
fr_person_get_way (FrPerson *self)
{
  return self->way;
}

void
fr_person_set_added (FrPerson *self, gboolean added)
{
  if (self->added == added)
    return;
  self->added = added;
  self->wanted_us = added ? g_get_real_time () : 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[FR_PERSON_PROP_ADDED]);
}

void
fr_person_set_blocked (FrPerson *self, gboolean blocked)
{
  if (self->blocked == blocked)
    return;
  self->blocked = blocked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[FR_PERSON_PROP_BLOCKED]);
}

void
fr_person_set_checked (FrPerson *self, gboolean checked)
{
  if (self->checked == checked)
    return;
  self->checked = checked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[FR_PERSON_PROP_CHECKED]);
}

/* Somebody with that key is where they were; NULL: nobody any more. */
void
fr_person_set_other_key (FrPerson *self, const FrPeerKey *key)
{
  static const FrPeerKey nobody;

  if (key == NULL)
    key = &nobody;
  if (fr_peer_key_equal (&self->other_key, key))
    return;
  self->other_key = *key;
  g_object_notify_by_pspec (G_OBJECT (self), properties[FR_PERSON_PROP_OTHER]);
}

/* They have another key from now on; words were compared for it. */
void
fr_person_replace_key (FrPerson *self, const FrPeerKey *key)
{
  self->key = *key;
  fr_person_set_other_key (self, NULL);
  fr_person_set_checked (self, TRUE);
  fr_person_set_mine (self, FALSE);
  fr_person_set_agreement (self, NULL);
}

/* Where they may be rung when there is no server; "" or NULL: not known. */
void
fr_person_set_doorbell (FrPerson *self, const char *doorbell)
{
  g_free (self->doorbell);
  self->doorbell = g_strdup (doorbell != NULL ? doorbell : "");
}

/**
 * fr_person_get_doorbell:
 * @self: a person
 *
 * Returns: their own rendezvous, where they are called the same; empty where it is not known
 */
const char *
fr_person_get_doorbell (FrPerson *self)
{
  return self->doorbell;
}

void
fr_person_set_accused (FrPerson *self, gboolean accused)
{
  self->accused = accused;
}

gboolean
fr_person_get_accused (FrPerson *self)
{
  return self->accused;
}

void
fr_person_set_refused_key (FrPerson *self, const FrPeerKey *key)
{
  self->refused_key = key != NULL ? *key : (FrPeerKey) { 0 };
}

gboolean
fr_person_is_refused (FrPerson *self, const FrPeerKey *key)
{
  return fr_peer_key_equal (&self->refused_key, key);
}

void
fr_person_set_kept_out (FrPerson *self, gint64 until_us)
{
  if (self->kept_out_until_us == until_us)
    return;
  self->kept_out_until_us = until_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[FR_PERSON_PROP_KEPT_OUT]);
}

/* Or it would be enough to be met, to look like somebody else from then on. */
static gboolean
keeps_name (FrPerson *self)
{
  return (self->added || self->blocked)
         && (fr_person_get_key (self, NULL) || g_strcmp0 (self->name, self->address) != 0);
}

/* What they are called here: by the person here, if it is one whom they keep. */
void
fr_person_set_name (FrPerson *self, const char *name)
{
  set_string (self, &self->name, name, FR_PERSON_PROP_NAME);
  fr_person_notify (self, FR_PERSON_PROP_OWN_NAME);
}

/* They have proved a key. Whom the person here keeps has the name that they were met with first, or were given. */
void
fr_person_met (FrPerson *self, const FrPeerKey *key, const char *name, const char *server, const char *address)
{
  gboolean keeps = keeps_name (self);

  self->key = *key;
  self->met |= address != NULL;
  set_string (self, &self->own_name, name, FR_PERSON_PROP_OWN_NAME);
  if (!keeps)
    fr_person_set_name (self, name);
  set_string (self, &self->server, server, FR_PERSON_PROP_SERVER);
  set_string (self, &self->address, address, FR_PERSON_PROP_ADDRESS);
}

void
fr_person_set_path (FrPerson *self, const char *route, guint round_trip_us)
{
  if (route != NULL && g_strcmp0 (route, self->route) != 0)
    {
      g_free (self->route);
      self->route = g_strdup (route);
    }
  if (self->round_trip_us == round_trip_us)
    return;
  self->round_trip_us = round_trip_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[FR_PERSON_PROP_ROUND_TRIP]);
}

FrPersonRecord *
fr_person_to_record (FrPerson *self)
{
  FrPersonRecord *record = fr_person_record_new (&self->key, self->name, self->server, self->address);

  fr_person_record_set_doorbell (record, self->doorbell);
  record->seen_us = self->seen_us;
  record->wanted_us = self->wanted_us;
  record->auto_connect = self->added;
  record->blocked = self->blocked;
  record->checked = self->checked;
  if (self->owner != NULL)
    record->owner = self->owner->key;
  record->mine = self->mine;
  record->agrees = self->agrees;
  memcpy (record->agreement, self->agreement, sizeof record->agreement);
  record->told = self->told;
  record->claimed = !self->met;
  return record;
}

guint
fr_person_get_n_failures (FrPerson *self)
{
  return self->n_failures;
}

void
fr_person_set_retry (FrPerson *self, guint n_failures, gint64 retry_at_us)
{
  self->n_failures = n_failures;
  self->retry_at_us = retry_at_us;
}

gint64
fr_person_get_retry_at_us (FrPerson *self)
{
  return self->retry_at_us;
}

/**
 * fr_person_get_name:
 * @self: a person
 *
 * Returns: what they are called; their address until they have been met
 */
const char *
fr_person_get_name (FrPerson *self)
{
  return self->name;
}

/**
 * fr_person_get_own_name:
 * @self: a person
 *
 * Returns: (nullable): what they call themselves, if that is not what they are called here
 */
const char *
fr_person_get_own_name (FrPerson *self)
{
  return g_strcmp0 (self->own_name, self->name) != 0 ? self->own_name : NULL;
}

const char *
fr_person_get_address (FrPerson *self)
{
  return self->address;
}

const char *
fr_person_get_server (FrPerson *self)
{
  return self->server;
}

FrPersonState
fr_person_get_state (FrPerson *self)
{
  return self->state;
}

gboolean
fr_person_get_added (FrPerson *self)
{
  return self->added;
}

gboolean
fr_person_get_blocked (FrPerson *self)
{
  return self->blocked;
}

/**
 * fr_person_is_contact:
 * @self: somebody
 *
 * Returns: whether they may see what is for the contacts: they were added, are not blocked, and their key is known. The
 *   store asks the same.
 */
gboolean
fr_person_is_contact (FrPerson *self)
{
  g_return_val_if_fail (FR_IS_PERSON (self), FALSE);

  return fr_person_get_added (self) && !fr_person_get_blocked (self) && fr_person_get_key (self, NULL);
}

/**
 * fr_person_get_kept_out_until_us:
 * @self: a person
 *
 * Returns: until when they get no session, in microseconds of real time; 0: they are not kept out
 */
gint64
fr_person_get_kept_out_until_us (FrPerson *self)
{
  return self->kept_out_until_us;
}

/**
 * fr_person_get_key:
 * @self: a person
 * @out_key: (out caller-allocates) (optional): their key
 *
 * Returns: %FALSE if they have not been met yet
 */
gboolean
fr_person_get_key (FrPerson *self, FrPeerKey *out_key)
{
  if (fr_peer_key_is_zero (&self->key))
    return FALSE;
  if (out_key != NULL)
    *out_key = self->key;
  return TRUE;
}

/**
 * fr_person_get_checked:
 * @self: a person
 *
 * Returns: whether words were compared with them, so that nobody can be between
 */
gboolean
fr_person_get_checked (FrPerson *self)
{
  return self->checked;
}

/**
 * fr_person_get_other_key:
 * @self: a person
 * @out_key: (out caller-allocates) (optional): the key of somebody else who is where they were
 *
 * Returns: whether there is somebody, and the person here has not said yet what that means
 */
gboolean
fr_person_get_other_key (FrPerson *self, FrPeerKey *out_key)
{
  if (fr_peer_key_is_zero (&self->other_key))
    return FALSE;
  if (out_key != NULL)
    *out_key = self->other_key;
  return TRUE;
}

/**
 * fr_person_get_error:
 * @self: a person
 *
 * Returns: (nullable): what went wrong last, in words for people
 */
const GError *
fr_person_get_error (FrPerson *self)
{
  return self->error;
}

/**
 * fr_person_get_seen_us:
 * @self: a person
 *
 * Returns: when they were last here, in microseconds of real time; 0: never
 */
gint64
fr_person_get_seen_us (FrPerson *self)
{
  return self->seen_us;
}

/**
 * fr_person_get_round_trip_us:
 * @self: a person
 *
 * Returns: the way there and back in microseconds; 0: not measured yet
 */
guint
fr_person_get_round_trip_us (FrPerson *self)
{
  return self->round_trip_us;
}

/**
 * fr_person_get_route:
 * @self: a person
 *
 * Returns: (nullable): `host`, `srflx`, `prflx` or `relay`, as ICE (RFC 8445) names the way
 */
const char *
fr_person_get_route (FrPerson *self)
{
  return self->route;
}
