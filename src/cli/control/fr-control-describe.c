/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-describe.h"

#include "fr-control-codec.h"
#include "fr-metadata-text.h"

static const char *
get_nick (GType type, int value)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);
  GEnumValue *known = g_enum_get_value (enum_class, value);

  return known != NULL ? known->value_nick : "unknown";
}

static void
set_content (JsonObject *object, const FrContentId *id)
{
  g_autofree char *text = fr_content_id_to_string (id);

  json_object_set_string_member (object, "content", text);
}

/* A key of zeros is nobody's: not known yet. */
static void
set_key (JsonObject *object, const char *name, const FrPeerKey *key)
{
  g_autofree char *text = fr_peer_key_to_string (key);

  if (!fr_peer_key_is_zero (key))
    json_object_set_string_member (object, name, text);
}

static void
set_error (JsonObject *object, const GError *error)
{
  if (error != NULL)
    fr_control_set_string (object, "error", error->message);
}

/* Members that are sizes are left out where they are not known. */
static void
set_count (JsonObject *object, const char *name, guint64 count)
{
  if (count > 0)
    json_object_set_int_member (object, name, (gint64) count);
}

/**
 * fr_control_set_ms:
 * @object: an object
 * @name: a member
 * @us: a duration in microseconds
 *
 * Sets a member to a duration in milliseconds, unless it is negative: not known.
 */
void
fr_control_set_ms (JsonObject *object, const char *name, gint64 us)
{
  if (us >= 0)
    json_object_set_double_member (object, name, (double) us / 1000);
}

/**
 * fr_control_describe_server:
 * @node: a node
 *
 * Returns: (transfer full): how it stands with the node's server
 */
JsonObject *
fr_control_describe_server (FrNode *node)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "state", get_nick (FR_TYPE_NODE_STATE, fr_node_get_state (node)));
  fr_control_set_string (object, "server", fr_node_get_server (node));
  fr_control_set_string (object, "address", fr_node_get_address (node));
  fr_control_set_string (object, "taken", fr_node_get_taken_address (node));
  set_error (object, fr_node_get_error (node));
  return object;
}

/**
 * fr_control_describe_node:
 * @node: a node
 *
 * Returns: (transfer full): who it is, and how it stands with its server
 */
JsonObject *
fr_control_describe_node (FrNode *node)
{
  JsonObject *object = fr_control_describe_server (node);
  g_autofree char *invitation = fr_node_get_invitation (node);

  fr_control_set_string (object, "name", fr_node_get_name (node));
  set_key (object, "key", fr_node_get_key (node));
  fr_control_set_string (object, "invitation", invitation);
  fr_control_set_string (object, "serving", fr_node_get_serving (node));
  fr_control_set_string (object, "folder", fr_node_get_folder (node));
  json_object_set_int_member (object, "here", fr_people_get_n_here (fr_node_get_people (node)));
  return object;
}

/* Whose computer it is and which others they have, what the person here and they say of that, and who told us of them. */
static void
describe_computers (JsonObject *object, FrPerson *person)
{
  g_autoptr (GPtrArray) computers = fr_person_list_computers (person);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  FrPerson *introducer = fr_person_get_introducer (person);
  FrPeerKey key;

  if (fr_person_get_owner (person) != NULL && fr_person_get_key (fr_person_get_owner (person), &key))
    {
      set_key (object, "computer_of", &key);
      fr_control_set_string (object, "computer_of_name", fr_person_get_name (fr_person_get_owner (person)));
    }
  for (guint i = 0; i < computers->len; i++)
    if (fr_person_get_key (computers->pdata[i], &key))
      g_ptr_array_add (texts, fr_peer_key_to_string (&key));
  g_ptr_array_add (texts, NULL);
  if (texts->len > 1)
    fr_control_set_strings (object, "computers", (const char *const *) texts->pdata);
  if (fr_person_get_mine (person))
    json_object_set_boolean_member (object, "mine", TRUE);
  if (fr_person_get_agrees (person))
    json_object_set_boolean_member (object, "says_mine", TRUE);
  if (introducer == NULL || !fr_person_get_key (introducer, &key))
    return;
  set_key (object, "introduced_by", &key);
  fr_control_set_string (object, "introduced_by_name", fr_person_get_name (introducer));
}

/**
 * fr_control_describe_person:
 * @person: a person
 *
 * Returns: (transfer full): who it is, and how it stands with them
 */
JsonObject *
fr_control_describe_person (FrPerson *person)
{
  JsonObject *object = json_object_new ();
  FrPeerKey key;

  fr_control_set_string (object, "name", fr_person_get_name (person));
  fr_control_set_string (object, "own_name", fr_person_get_own_name (person));
  fr_control_set_string (object, "address", fr_person_get_address (person));
  fr_control_set_string (object, "server", fr_person_get_server (person));
  if (*fr_person_get_doorbell (person) != '\0')
    fr_control_set_string (object, "doorbell", fr_person_get_doorbell (person));
  json_object_set_string_member (object, "state", get_nick (FR_TYPE_PERSON_STATE, fr_person_get_state (person)));
  json_object_set_boolean_member (object, "added", fr_person_get_added (person));
  json_object_set_boolean_member (object, "blocked", fr_person_get_blocked (person));
  json_object_set_boolean_member (object, "checked", fr_person_get_checked (person));
  if (fr_person_get_state (person) == FR_PERSON_HERE)
    fr_control_set_string (object, "way", fr_way_to_string (fr_person_get_way (person)));
  if (fr_person_get_key (person, &key))
    set_key (object, "key", &key);
  if (fr_person_get_other_key (person, &key))
    set_key (object, "other_key", &key);
  describe_computers (object, person);
  if (fr_person_get_kept_out_until_us (person) != 0)
    fr_control_set_ms (object, "kept_out_ms",
                       MAX (fr_person_get_kept_out_until_us (person) - g_get_real_time (), 0));
  set_error (object, fr_person_get_error (person));
  return object;
}

static const char *const audiences[] = {
  [FR_AUDIENCE_EVERYONE] = "everyone",
  [FR_AUDIENCE_CONTACTS] = "contacts",
  [FR_AUDIENCE_CHOSEN] = "chosen",
  [FR_AUDIENCE_ONLY_ME] = "me",
};

/* The keys of those who were chosen. */
static void
set_readers (JsonObject *object, GBytes *readers)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n;
  const FrPeerKey *keys = fr_audience_get_readers (readers, &n);

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (texts, fr_peer_key_to_string (&keys[i]));
  g_ptr_array_add (texts, NULL);
  fr_control_set_strings (object, "readers", (const char *const *) texts->pdata);
}

/* Of one's own: what others get to know from its file, or do not. */
static void
describe_metadata (JsonObject *object, const FrPicture *picture)
{
  g_auto (GStrv) names = fr_metadata_list_names (picture->removed);
  g_autofree char *words = fr_metadata_describe (picture);

  if (!fr_picture_is_mine (picture))
    return;
  fr_control_set_string (object, "metadata", fr_metadata_get_name (picture->metadata));
  fr_control_set_string (object, "metadata-text", words);
  fr_control_set_strings (object, picture->metadata == FR_METADATA_KEPT ? "details-shared" : "details-removed",
                          (const char *const *) names);
}

/**
 * fr_control_describe_picture:
 * @picture: one of the own gallery
 *
 * Returns: (transfer full): what is known of it
 */
JsonObject *
fr_control_describe_picture (const FrPicture *picture)
{
  JsonObject *object = json_object_new ();

  set_content (object, &picture->id);
  fr_control_set_string (object, "title", picture->title);
  fr_control_set_string (object, "description", picture->description);
  fr_control_set_strings (object, "tags", (const char *const *) picture->tags);
  fr_control_set_string (object, "type", picture->mime);
  set_count (object, "size", picture->size);
  set_count (object, "width", picture->width);
  set_count (object, "height", picture->height);
  json_object_set_boolean_member (object, "mine", fr_picture_is_mine (picture));
  if (!fr_picture_is_mine (picture))
    set_key (object, "from", &picture->origin);
  if (*picture->origin_name != '\0')
    fr_control_set_string (object, "from-name", picture->origin_name);
  fr_control_set_string (object, "audience", audiences[picture->audience]);
  set_readers (object, picture->readers);
  describe_metadata (object, picture);
  return object;
}

static JsonObject *
describe_holder (const FrHolder *holder)
{
  JsonObject *object = json_object_new ();

  fr_control_set_string (object, "name", holder->name);
  fr_control_set_string (object, "address", holder->address);
  set_key (object, "key", &holder->key);
  json_object_set_int_member (object, "hops", holder->hops);
  return object;
}

/**
 * fr_control_describe_hit:
 * @hit: what was found
 * @holder: which of those who have it
 *
 * Returns: (transfer full): what it is, and who has it
 */
JsonObject *
fr_control_describe_hit (FrHit *hit, guint holder)
{
  JsonObject *object = json_object_new ();
  const FrHolder *has_it = fr_hit_get_holder (hit, holder);

  set_content (object, fr_hit_get_id (hit));
  fr_control_set_string (object, "title", fr_hit_get_title (hit));
  set_count (object, "size", fr_hit_get_size (hit));
  set_count (object, "width", fr_hit_get_width (hit));
  set_count (object, "height", fr_hit_get_height (hit));
  json_object_set_boolean_member (object, "mine", fr_hit_get_mine (hit));
  if (has_it != NULL)
    json_object_set_object_member (object, "holder", describe_holder (has_it));
  return object;
}

/**
 * fr_control_describe_fetch:
 * @fetch: a picture on its way
 *
 * Returns: (transfer full): what it is, and how far it has come
 */
JsonObject *
fr_control_describe_fetch (FrFetch *fetch)
{
  JsonObject *object = json_object_new ();

  set_content (object, fr_fetch_get_id (fetch));
  fr_control_set_string (object, "title", fr_fetch_get_title (fetch));
  json_object_set_string_member (object, "state", get_nick (FR_TYPE_FETCH_STATE, fr_fetch_get_state (fetch)));
  set_count (object, "total", fr_fetch_get_bytes_total (fetch));
  set_key (object, "from", fr_fetch_get_holder (fetch));
  fr_control_set_string (object, "from_name", fr_fetch_get_holder_name (fetch));
  if (fr_fetch_get_state (fetch) == FR_FETCH_WAITING && fr_fetch_get_awaited (fetch) != NULL)
    fr_control_set_string (object, "awaits", fr_person_get_name (fr_fetch_get_awaited (fetch)));
  set_error (object, fr_fetch_get_error (fetch));
  return object;
}

/* All of them, zeros too: a table. */
static JsonNode *
describe_hop (const FrQueryXrayHop *hop, guint distance)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "hop", distance);
  json_object_set_int_member (object, "asked", hop->asked);
  json_object_set_int_member (object, "matched", hop->matched);
  json_object_set_int_member (object, "suppressed", hop->suppressed);
  json_object_set_int_member (object, "skipped", hop->skipped);
  json_object_set_int_member (object, "refused", hop->refused);
  json_node_take_object (node, object);
  return node;
}

/**
 * fr_control_describe_xray:
 * @xray: what has become of a search
 *
 * The asker is hop 0, which is there only where something went no further from it or came back to it.
 *
 * Returns: (transfer full): the counts of each hop, and how far it has been sent
 */
JsonObject *
fr_control_describe_xray (const FrQueryXray *xray)
{
  JsonObject *object = json_object_new ();
  JsonArray *hops = json_array_new ();

  for (guint i = 0; i < MIN (xray->n_hops, FR_QUERY_XRAY_HOPS); i++)
    {
      const FrQueryXrayHop *hop = &xray->hops[i];

      if (i > 0 || hop->suppressed > 0 || hop->skipped > 0 || hop->refused > 0)
        json_array_add_element (hops, describe_hop (hop, i));
    }
  json_object_set_array_member (object, "hops", hops);
  json_object_set_int_member (object, "ttl", xray->ttl);
  return object;
}
