/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-manifest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fr-json-guard.h"
#include "fr-peer-name.h"
#include "fr-person-record.h"
#include "fr-title.h"

#define KIND "kind"
#define KIND_GALLERY "freshet gallery"
#define KIND_PERSON "person"
#define KIND_PICTURE "picture"
#define KIND_END "end"

#define MAX_KIND 32
#define MAX_AUDIENCE (16 + FR_AUDIENCE_MAX_READERS * (2 * FR_PEER_KEY_SIZE + 1))
#define MAX_SIDE 1000000 /* pixels */

G_DEFINE_QUARK (fr-manifest-error-quark, fr_manifest_error)

static void
entry_free (gpointer data)
{
  FrManifestEntry *entry = data;

  fr_picture_unref (entry->picture);
  g_free (entry->file);
  g_free (entry->original);
  g_free (entry);
}

static void
person_free (gpointer data)
{
  FrManifestPerson *person = data;

  g_free (person->name);
  g_free (person);
}

/**
 * fr_manifest_new:
 *
 * Returns: (transfer full): a list of nothing
 */
FrManifest *
fr_manifest_new (void)
{
  FrManifest *self = g_new0 (FrManifest, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->people = g_ptr_array_new_with_free_func (person_free);
  return self;
}

/**
 * fr_manifest_free:
 * @self: (nullable) (transfer full): a list
 */
void
fr_manifest_free (FrManifest *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->people);
  g_free (self);
}

/**
 * fr_manifest_add:
 * @self: a list
 * @picture: a picture
 * @file: the name of its file
 * @original: (nullable): the name of the file of its original, where that differs
 *
 * Adds a picture at the end.
 */
void
fr_manifest_add (FrManifest *self, FrPicture *picture, const char *file, const char *original)
{
  FrManifestEntry *entry = g_new (FrManifestEntry, 1);

  *entry = (FrManifestEntry) { fr_picture_ref (picture), g_strdup (file), g_strdup (original) };
  g_ptr_array_add (self->entries, entry);
}

/**
 * fr_manifest_add_person:
 * @self: a list
 * @key: somebody who may see some of the pictures
 * @name: what they are called
 *
 * Adds a name to a key.
 */
void
fr_manifest_add_person (FrManifest *self, const FrPeerKey *key, const char *name)
{
  FrManifestPerson *person = g_new (FrManifestPerson, 1);

  *person = (FrManifestPerson) { *key, g_strdup (name) };
  g_ptr_array_add (self->people, person);
}

static JsonObject *
new_line (const char *kind)
{
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, KIND, kind);
  return line;
}

/* Takes the line. */
static void
append (GByteArray *text, JsonObject *line)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  json_node_take_object (root, line);
  json = json_to_string (root, FALSE);
  g_byte_array_append (text, (const guint8 *) json, (guint) strlen (json));
  g_byte_array_append (text, (const guint8 *) "\n", 1);
}

static void
append_counts (GByteArray *text, const FrManifest *self, JsonObject *line)
{
  json_object_set_int_member (line, "pictures", self->entries->len);
  json_object_set_int_member (line, "people", self->people->len);
  append (text, line);
}

static void
append_person (GByteArray *text, const FrManifestPerson *person)
{
  JsonObject *line = new_line (KIND_PERSON);
  g_autofree char *key = fr_peer_key_to_string (&person->key);

  json_object_set_string_member (line, "key", key);
  json_object_set_string_member (line, "name", person->name);
  append (text, line);
}

static void
set_tags (JsonObject *line, const FrPicture *picture)
{
  JsonArray *tags = json_array_new ();

  for (gsize i = 0; picture->tags[i] != NULL; i++)
    json_array_add_string_element (tags, picture->tags[i]);
  json_object_set_array_member (line, "tags", tags);
}

static void
append_entry (GByteArray *text, const FrManifestEntry *entry)
{
  const FrPicture *picture = entry->picture;
  JsonObject *line = new_line (KIND_PICTURE);
  g_autofree char *content = fr_content_id_to_string (&picture->id);
  g_autofree char *audience = fr_audience_to_text (picture->audience, picture->readers);
  g_autofree char *origin = fr_peer_key_to_string (&picture->origin);

  json_object_set_string_member (line, "file", entry->file);
  json_object_set_string_member (line, "content", content);
  json_object_set_int_member (line, "size", (gint64) picture->size);
  json_object_set_string_member (line, "title", picture->title);
  json_object_set_string_member (line, "description", picture->description);
  set_tags (line, picture);
  json_object_set_string_member (line, "type", picture->mime);
  json_object_set_int_member (line, "width", picture->width);
  json_object_set_int_member (line, "height", picture->height);
  json_object_set_int_member (line, "added", picture->added_us);
  json_object_set_string_member (line, "audience", audience);
  if (!fr_picture_is_mine (picture))
    json_object_set_string_member (line, "from", origin);
  if (*picture->origin_name != '\0')
    json_object_set_string_member (line, "from-name", picture->origin_name);
  if (picture->metadata == FR_METADATA_KEPT)
    json_object_set_boolean_member (line, "keeps-metadata", TRUE);
  if (entry->original != NULL)
    {
      json_object_set_string_member (line, "original", entry->original);
      json_object_set_int_member (line, "removed", picture->removed);
    }
  append (text, line);
}

static gboolean
fail (GError **error, FrManifestError code)
{
  static const char *const sentences[] = {
    [FR_MANIFEST_ERROR_NOT_ONE] = N_ ("There is no exported gallery here, or it was not exported to the end."),
    [FR_MANIFEST_ERROR_NEWER] = N_ ("This gallery was exported by a newer version of Freshet. Update this one."),
    [FR_MANIFEST_ERROR_DAMAGED] = N_ ("The list of the pictures of this exported gallery is damaged."),
    [FR_MANIFEST_ERROR_TOO_LARGE] = N_ ("This gallery is too large. It may have up to 100,000 pictures."),
    [FR_MANIFEST_ERROR_NOT_EMPTY] = N_ ("There is something in this folder already. Name a new one."),
  };

  g_set_error_literal (error, FR_MANIFEST_ERROR, code, _ (sentences[code]));
  return FALSE;
}

/**
 * fr_manifest_has_room:
 * @n_pictures: how many there are
 * @error: (out) (optional): %FR_MANIFEST_ERROR_TOO_LARGE
 *
 * Returns: whether a list can name them all
 */
gboolean
fr_manifest_has_room (guint n_pictures, GError **error)
{
  return n_pictures <= FR_MANIFEST_MAX_PICTURES || fail (error, FR_MANIFEST_ERROR_TOO_LARGE);
}

/**
 * fr_manifest_format:
 * @self: a list, of good texts
 * @error: (out) (optional): %FR_MANIFEST_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
fr_manifest_format (const FrManifest *self, GError **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  JsonObject *first = new_line (KIND_GALLERY);

  json_object_set_int_member (first, "version", FR_MANIFEST_VERSION);
  append_counts (text, self, first);
  for (guint i = 0; i < self->people->len; i++)
    append_person (text, self->people->pdata[i]);
  for (guint i = 0; i < self->entries->len; i++)
    append_entry (text, self->entries->pdata[i]);
  append_counts (text, self, new_line (KIND_END));
  if (text->len > FR_MANIFEST_MAX_SIZE)
    {
      fail (error, FR_MANIFEST_ERROR_TOO_LARGE);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&text));
}

/* No control character but those of text, and none that turns the line around. */
static gboolean
is_readable (gunichar c)
{
  return c == '\n' || c == '\t'
         || (g_unichar_type (c) != G_UNICODE_CONTROL && !(c >= 0x202a && c <= 0x202e)
             && !(c >= 0x2066 && c <= 0x2069));
}

static char *
read_text (JsonObject *line, const char *member, gsize max)
{
  const char *text = fr_json_get_string (line, member, max);
  GString *readable;

  if (text == NULL)
    return NULL;
  readable = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_readable (g_utf8_get_char (p)))
      g_string_append_unichar (readable, g_utf8_get_char (p));
  return g_string_free (readable, FALSE);
}

/* A name in the folder itself, and nothing else. */
static gboolean
is_plain_name (const char *name)
{
  return name != NULL && *name != '\0' && name[0] != '.' && strchr (name, '/') == NULL
         && strcmp (name, FR_MANIFEST_NAME) != 0;
}

static GStrv
read_tags (JsonObject *line)
{
  JsonNode *node = json_object_get_member (line, "tags");
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n > FR_PICTURE_MAX_TAGS)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *tag = json_array_get_element (array, i);
      const char *text = json_node_get_value_type (tag) == G_TYPE_STRING ? json_node_get_string (tag) : NULL;

      if (text == NULL || *text == '\0' || strlen (text) > FR_PICTURE_MAX_TAG || strchr (text, '\n') != NULL)
        return NULL;
      g_strv_builder_add (tags, text);
    }
  return g_strv_builder_end (tags);
}

static gboolean
read_int (JsonObject *line, const char *member, gint64 max, gint64 *out_value)
{
  JsonNode *node = json_object_get_member (line, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 0
      || json_node_get_int (node) > max)
    return FALSE;
  *out_value = json_node_get_int (node);
  return TRUE;
}

/* An audience that is not known is the narrowest. */
static void
read_audience (JsonObject *line, FrPicture *picture)
{
  const char *text = fr_json_get_string (line, "audience", MAX_AUDIENCE);
  g_autoptr (GBytes) readers = NULL;
  FrAudience audience = FR_AUDIENCE_ONLY_ME;

  if (text == NULL || !fr_audience_parse (text, &audience, &readers))
    audience = FR_AUDIENCE_ONLY_ME;
  fr_picture_set_audience (picture, audience, readers);
}

static gboolean
read_texts (JsonObject *line, FrPicture *picture)
{
  g_autofree char *title = read_text (line, "title", FR_PICTURE_MAX_TITLE);
  g_autofree char *description = read_text (line, "description", FR_PICTURE_MAX_DESCRIPTION);
  g_auto (GStrv) tags = read_tags (line);
  g_autofree char *clean = NULL;

  if (title == NULL || tags == NULL)
    return FALSE;
  clean = *title != '\0' ? fr_title_clean (title) : g_strdup (""); /* what has none gets none */
  fr_picture_set_text (picture, clean, description, (const char *const *) tags);
  return TRUE;
}

static gboolean
read_numbers (JsonObject *line, FrPicture *picture)
{
  gint64 size, added_us = 0, width = 0, height = 0;

  if (!read_int (line, "size", FR_PICTURE_MAX_BYTES, &size) || size == 0)
    return FALSE;
  read_int (line, "added", g_get_real_time (), &added_us);
  read_int (line, "width", MAX_SIDE, &width);
  read_int (line, "height", MAX_SIDE, &height);
  picture->size = (guint64) size;
  picture->added_us = added_us;
  picture->width = (guint) width;
  picture->height = (guint) height;
  return TRUE;
}

static FrPicture *
read_picture (JsonObject *line)
{
  g_autoptr (FrPicture) picture = fr_picture_new ();
  const char *content = fr_json_get_string (line, "content", 2 * FR_CONTENT_ID_SIZE);
  const char *origin = fr_json_get_string (line, "from", 2 * FR_PEER_KEY_SIZE);
  const char *mime = fr_json_get_string (line, "type", FR_PICTURE_MAX_MIME);
  FrPeerKey from = { 0 };

  if (content == NULL || !fr_content_id_parse (&picture->id, content) || !read_texts (line, picture)
      || !read_numbers (line, picture) || (origin != NULL && !fr_peer_key_parse (&from, origin)))
    return NULL;
  fr_picture_set_origin (picture, &from, fr_json_get_string (line, "from-name", FR_PEER_NAME_MAX_BYTES));
  picture->original_id = picture->id;
  g_free (picture->mime);
  picture->mime = g_strdup (mime != NULL ? mime : "");
  if (json_object_get_boolean_member_with_default (line, "keeps-metadata", FALSE))
    picture->metadata = FR_METADATA_KEPT;
  read_audience (line, picture);
  return g_steal_pointer (&picture);
}

static gboolean
take_picture (FrManifest *self, JsonObject *line, GError **error)
{
  const char *file = fr_json_get_string (line, "file", FR_MANIFEST_MAX_FILE_NAME);
  const char *original = fr_json_get_string (line, "original", FR_MANIFEST_MAX_FILE_NAME);
  g_autoptr (FrPicture) picture = NULL;

  if (!fr_manifest_has_room (self->entries->len + 1, error))
    return FALSE;
  picture = is_plain_name (file) && (original == NULL || is_plain_name (original)) ? read_picture (line) : NULL;
  if (picture == NULL)
    return fail (error, FR_MANIFEST_ERROR_DAMAGED);
  if (original != NULL)
    fr_json_get_uint (line, "removed", G_MAXUINT16, &picture->removed);
  fr_manifest_add (self, picture, file, original);
  return TRUE;
}

static gboolean
take_person (FrManifest *self, JsonObject *line, GError **error)
{
  const char *hex = fr_json_get_string (line, "key", 2 * FR_PEER_KEY_SIZE);
  g_autofree char *name = read_text (line, "name", FR_PERSON_MAX_NAME);
  FrPeerKey key;

  if (self->people->len == FR_MANIFEST_MAX_PEOPLE)
    return fail (error, FR_MANIFEST_ERROR_TOO_LARGE);
  if (hex == NULL || name == NULL || !fr_peer_key_parse (&key, hex))
    return fail (error, FR_MANIFEST_ERROR_DAMAGED);
  fr_manifest_add_person (self, &key, name);
  return TRUE;
}

static gboolean
take_first (JsonObject *line, GError **error)
{
  const char *kind = fr_json_get_string (line, KIND, MAX_KIND);
  guint version;

  if (g_strcmp0 (kind, KIND_GALLERY) != 0 || !fr_json_get_uint (line, "version", G_MAXUINT, &version) || version == 0)
    return fail (error, FR_MANIFEST_ERROR_NOT_ONE);
  return version <= FR_MANIFEST_VERSION || fail (error, FR_MANIFEST_ERROR_NEWER);
}

/* Lines of other kinds are from later versions. */
static gboolean
take_line (FrManifest *self, JsonObject *line, gboolean *ended, GError **error)
{
  const char *kind = fr_json_get_string (line, KIND, MAX_KIND);
  guint n_pictures;

  if (*ended)
    return fail (error, FR_MANIFEST_ERROR_DAMAGED);
  if (g_strcmp0 (kind, KIND_PICTURE) == 0)
    return take_picture (self, line, error);
  if (g_strcmp0 (kind, KIND_PERSON) == 0)
    return take_person (self, line, error);
  if (g_strcmp0 (kind, KIND_END) != 0)
    return TRUE;
  *ended = TRUE;
  return (fr_json_get_uint (line, "pictures", G_MAXUINT, &n_pictures) && n_pictures == self->entries->len)
         || fail (error, FR_MANIFEST_ERROR_DAMAGED);
}

/* The size is checked before anything is parsed, here and in the guard. */
static JsonNode *
parse_line (const char *line, gsize size)
{
  JsonNode *node = size <= FR_JSON_MAX_SIZE ? fr_json_guard_parse (line, (gssize) size, NULL) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return node;
  json_node_unref (node);
  return NULL;
}

static gboolean
parse_lines (FrManifest *self, const char *data, gsize size, GError **error)
{
  const char *end = data + size;
  gboolean ended = FALSE;

  for (const char *line = data, *next; line < end; line = next)
    {
      const char *feed = memchr (line, '\n', (gsize) (end - line));
      g_autoptr (JsonNode) node = parse_line (line, (gsize) ((feed != NULL ? feed : end) - line));

      next = feed != NULL ? feed + 1 : end;
      if (node == NULL)
        return fail (error, line == data ? FR_MANIFEST_ERROR_NOT_ONE : FR_MANIFEST_ERROR_DAMAGED);
      if (!(line == data ? take_first (json_node_get_object (node), error)
                         : take_line (self, json_node_get_object (node), &ended, error)))
        return FALSE;
    }
  return ended || fail (error, size == 0 ? FR_MANIFEST_ERROR_NOT_ONE : FR_MANIFEST_ERROR_DAMAGED);
}

/**
 * fr_manifest_parse:
 * @text: from a file
 * @error: (out) (optional): %FR_MANIFEST_ERROR, in words for people
 *
 * Returns: (transfer full) (nullable): the list, all of it
 */
FrManifest *
fr_manifest_parse (GBytes *text, GError **error)
{
  g_autoptr (FrManifest) self = fr_manifest_new ();
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  if (size > FR_MANIFEST_MAX_SIZE)
    {
      fail (error, FR_MANIFEST_ERROR_TOO_LARGE);
      return NULL;
    }
  return parse_lines (self, data, size, error) ? g_steal_pointer (&self) : NULL;
}
