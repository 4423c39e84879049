/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-backup-people.h"

#include "fr-control-codec.h"

#include <string.h>

/**
 * fr_backup_people_new:
 *
 * Returns: (transfer full): nobody
 */
FrBackupPeople *
fr_backup_people_new (void)
{
  FrBackupPeople *self = g_new0 (FrBackupPeople, 1);

  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_person_record_free);
  return self;
}

/**
 * fr_backup_people_free:
 * @self: (nullable) (transfer full): people
 */
void
fr_backup_people_free (FrBackupPeople *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_ptr_array_unref (self->people);
  g_free (self);
}

static void
append_line (GByteArray *text, JsonObject *object)
{
  gsize size = 0;
  g_autofree char *line = fr_control_format (object, &size);

  if (line != NULL)
    g_byte_array_append (text, (const guint8 *) line, (guint) size);
}

static JsonObject *
describe (const FrPersonRecord *person)
{
  JsonObject *object = json_object_new ();
  g_autofree char *key = fr_peer_key_to_string (&person->key);

  if (!fr_peer_key_is_zero (&person->key))
    json_object_set_string_member (object, "key", key);
  fr_control_set_string (object, "name", person->name);
  fr_control_set_string (object, "server", person->server);
  fr_control_set_string (object, "address", person->address);
  if (*person->doorbell != '\0')
    json_object_set_string_member (object, "doorbell", person->doorbell);
  json_object_set_boolean_member (object, "blocked", person->blocked);
  json_object_set_boolean_member (object, "checked", person->checked);
  json_object_set_boolean_member (object, "connect", person->auto_connect);
  return object;
}

/**
 * fr_backup_people_format:
 * @self: people
 *
 * Returns: (transfer full): the text
 */
GBytes *
fr_backup_people_format (const FrBackupPeople *self)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (JsonObject) first = json_object_new ();

  json_object_set_int_member (first, "version", FR_BACKUP_PEOPLE_VERSION);
  fr_control_set_string (first, "name", self->name);
  append_line (text, first);
  for (guint i = 0; i < self->people->len; i++)
    {
      g_autoptr (JsonObject) object = describe (self->people->pdata[i]);

      append_line (text, object);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&text));
}

static gboolean
is_short (const char *text, gsize max)
{
  return text == NULL || strlen (text) <= max;
}

static FrPersonRecord *
read_person (JsonObject *object)
{
  const char *hex = fr_control_get_string (object, "key");
  const char *name = fr_control_get_string (object, "name");
  const char *server = fr_control_get_string (object, "server");
  const char *address = fr_control_get_string (object, "address");
  const char *doorbell = fr_control_get_string (object, "doorbell");
  FrPersonRecord *person;
  FrPeerKey key;

  if ((hex != NULL && !fr_peer_key_parse (&key, hex)) || name == NULL || !is_short (name, FR_PERSON_MAX_NAME)
      || !is_short (server, FR_PERSON_MAX_SERVER) || !is_short (address, FR_PERSON_MAX_ADDRESS)
      || !is_short (doorbell, FR_PERSON_MAX_SERVER))
    return NULL;
  person = fr_person_record_new (hex != NULL ? &key : NULL, name, server, address);
  fr_person_record_set_doorbell (person, doorbell);
  person->blocked = fr_control_get_flag (object, "blocked");
  person->checked = hex != NULL && fr_control_get_flag (object, "checked");
  person->auto_connect = fr_control_get_flag (object, "connect");
  return person;
}

static gboolean
take_first (FrBackupPeople *self, JsonObject *object, GError **error)
{
  double version = fr_control_get_number (object, "version", 0);
  const char *name = fr_control_get_string (object, "name");

  if (version > FR_BACKUP_PEOPLE_VERSION)
    {
      g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED,
                           "This backup was made by a newer version of Freshet; update this one.");
      return FALSE;
    }
  if (version < 1 || !is_short (name, FR_PERSON_MAX_NAME))
    {
      g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED, "The people in this backup are damaged.");
      return FALSE;
    }
  self->name = g_strdup (name);
  return TRUE;
}

static gboolean
take_line (FrBackupPeople *self, const char *line, gsize size, gboolean is_first, GError **error)
{
  g_autoptr (JsonObject) object = size <= FR_CONTROL_MAX_LINE ? fr_control_parse (line, size, NULL) : NULL;
  FrPersonRecord *person;

  if (object != NULL && is_first)
    return take_first (self, object, error);
  person = object != NULL && self->people->len < FR_BACKUP_MAX_PEOPLE ? read_person (object) : NULL;
  if (person == NULL)
    {
      g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED, "The people in this backup are damaged.");
      return FALSE;
    }
  g_ptr_array_add (self->people, person);
  return TRUE;
}

/**
 * fr_backup_people_parse:
 * @text: from a backup
 * @error: (out): %FR_CONTROL_ERROR_FAILED
 *
 * Reads what fr_backup_people_format() wrote; nothing at all is nobody.
 *
 * Returns: (transfer full) (nullable): the people
 */
FrBackupPeople *
fr_backup_people_parse (GBytes *text, GError **error)
{
  g_autoptr (FrBackupPeople) self = fr_backup_people_new ();
  gsize size;
  const char *data = g_bytes_get_data (text, &size), *end = data + size;

  for (const char *line = data, *next; line < end; line = next)
    {
      const char *feed = memchr (line, '\n', (gsize) (end - line));

      next = feed != NULL ? feed + 1 : end;
      if (!take_line (self, line, (gsize) ((feed != NULL ? feed : end) - line), line == data, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}
