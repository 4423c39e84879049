/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"

#include <unistd.h>

#include "fr-bytes-file.h"
#include "fr-gallery-private.h"
#include "fr-newest-private.h"
#include "fr-peer-name.h"
#include "fr-search-private.h"

#define N_IMAGE_PROCESSES 2 /* for the person's own pictures, and as many for those of others; each when it is needed */

G_DEFINE_FINAL_TYPE (FrNode, fr_node, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (FrNodeState, fr_node_state, G_DEFINE_ENUM_VALUE (FR_NODE_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (FR_NODE_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (FR_NODE_ONLINE, "online"), G_DEFINE_ENUM_VALUE (FR_NODE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (FR_NODE_FAILED, "failed"))

enum
{
  OTHER_PROGRAM,
  TROUBLE,
  PULSE,
  N_SIGNALS
};

static GParamSpec *properties[FR_NODE_N_PROPS];
static guint signals[N_SIGNALS];

/* For the files of this type. */
void
fr_node_notify (FrNode *self, FrNodeProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
fr_node_put_setting (FrNode *self, const char *setting, const char *value)
{
  fr_store_put_setting_async (self->parts->store, setting, value, NULL, NULL, NULL);
}

/* What the network says */

static void
network_report_cb (FrNetwork *network, FrNetworkReport *report, gpointer data)
{
  g_autoptr (FrNode) self = g_object_ref (data);
  FrSearch *search;

  switch (report->type)
    {
    case FR_REPORT_SERVER:
      fr_node_take_server (self, report);
      break;
    case FR_REPORT_SERVING:
      fr_node_take_serving (self, report);
      break;
    case FR_REPORT_DOORBELL:
      g_free (self->doorbell);
      self->doorbell = g_steal_pointer (&report->server);
      break;
    case FR_REPORT_OTHER_PROGRAM:
      g_signal_emit (self, signals[OTHER_PROGRAM], 0, report->address);
      break;
    case FR_REPORT_ASKED:
    case FR_REPORT_HITS:
    case FR_REPORT_HIDDEN:
    case FR_REPORT_PREVIEW:
    case FR_REPORT_XRAY:
      search = g_hash_table_lookup (self->searches, GUINT_TO_POINTER (report->number));
      if (search != NULL)
        fr_search_take_report (search, report);
      else
        fr_newest_take_report (self->newest, report);
      break;
    case FR_REPORT_PULSE:
      g_signal_emit (self, signals[PULSE], 0, report->pulse);
      break;
    case FR_REPORT_FETCH:
      fr_fetch_list_take_report (self->fetches, report);
      break;
    case FR_REPORT_GIVING:
      fr_givings_take_report (self->givings, report);
      break;
    case FR_REPORT_LINK_UP:
      fr_people_take_report (self->people, report);
      fr_fetch_list_take_link_up (self->fetches, &report->key);
      break;
    default:
      fr_people_take_report (self->people, report);
      break;
    }
}

static void
wants_server_cb (FrPeople *people, const char *server, gpointer data)
{
  fr_node_connect_server (data, server, NULL);
}

/* What helped somebody through firewalls helps us to reach them, unless the person has chosen something else. */
static void
wants_relays_cb (FrPeople *people, const char *stun, const char *turn, gpointer data)
{
  FrNode *self = data;
  const char *own_stun = fr_node_get_stun (self), *own_turn = fr_node_get_turn (self);
  g_autofree char *new_stun = g_strdup (own_stun != NULL ? own_stun : stun);
  g_autofree char *new_turn = g_strdup (own_turn != NULL ? own_turn : turn);

  fr_node_set_relays (self, new_stun, new_turn, NULL);
}

static void
trouble_cb (FrPeople *people, const char *message, gpointer data)
{
  g_signal_emit (data, signals[TROUBLE], 0, message);
}

static void
fr_node_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrNode *self = FR_NODE (object);

  switch (id)
    {
    case FR_NODE_PROP_NAME:
      g_value_set_string (value, fr_node_get_name (self));
      break;
    case FR_NODE_PROP_ADDRESS:
      g_value_set_string (value, fr_node_get_address (self));
      break;
    case FR_NODE_PROP_SERVER:
      g_value_set_string (value, fr_node_get_server (self));
      break;
    case FR_NODE_PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case FR_NODE_PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->error != NULL ? self->error->message : NULL);
      break;
    case FR_NODE_PROP_SERVING:
      g_value_set_string (value, self->serving);
      break;
    case FR_NODE_PROP_LIMITS:
      g_value_set_boolean (value, self->down_kib != 0 || self->up_kib != 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_node_dispose (GObject *object)
{
  FrNode *self = FR_NODE (object);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->searches);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_object_weak_unref (value, fr_node_search_gone, self);
  g_hash_table_remove_all (self->searches);
  if (self->network != NULL)
    g_signal_handlers_disconnect_by_data (self->network, self);
  g_clear_pointer (&self->fetches, fr_fetch_list_end);
  g_clear_pointer (&self->givings, fr_givings_free);
  g_clear_object (&self->newest);
  g_clear_object (&self->wishes);
  g_clear_object (&self->recent_searches);
  g_clear_object (&self->search_traces);
  g_clear_object (&self->people);
  g_clear_object (&self->gallery);
  g_clear_object (&self->network);
  g_clear_object (&self->image);
  g_clear_object (&self->image_for_others);
  g_queue_clear_full (&self->serve_tasks, g_object_unref);
  G_OBJECT_CLASS (fr_node_parent_class)->dispose (object);
}

static void
fr_node_finalize (GObject *object)
{
  FrNode *self = FR_NODE (object);

  g_hash_table_unref (self->searches);
  g_clear_pointer (&self->parts, fr_node_parts_free);
  g_clear_error (&self->error);
  g_free (self->serving);
  g_free (self->doorbell);
  g_free (self->taken);
  g_free (self->host);
  G_OBJECT_CLASS (fr_node_parent_class)->finalize (object);
}

static void
fr_node_class_init (FrNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_node_get_property;
  object_class->dispose = fr_node_dispose;
  object_class->finalize = fr_node_finalize;
  properties[FR_NODE_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[FR_NODE_PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[FR_NODE_PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  properties[FR_NODE_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, FR_TYPE_NODE_STATE, FR_NODE_OFFLINE, flags);
  properties[FR_NODE_PROP_ERROR_MESSAGE] = g_param_spec_string ("error-message", NULL, NULL, NULL, flags);
  properties[FR_NODE_PROP_SERVING] = g_param_spec_string ("serving", NULL, NULL, NULL, flags);
  properties[FR_NODE_PROP_LIMITS] = g_param_spec_boolean ("limits", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, FR_NODE_N_PROPS, properties);
  signals[OTHER_PROGRAM] = g_signal_new ("other-program", FR_TYPE_NODE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TROUBLE] = g_signal_new ("trouble", FR_TYPE_NODE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  signals[PULSE] = g_signal_new ("pulse", FR_TYPE_NODE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 FR_TYPE_NETWORK_PULSE | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
fr_node_init (FrNode *self)
{
  self->searches = g_hash_table_new (NULL, NULL);
  self->search_traces = fr_search_traces_new ();
  g_queue_init (&self->serve_tasks);
}

/* For opening: makes the node of its parts, and connects if name and server are known. */
FrNode *
fr_node_new (FrNodeParts *parts)
{
  FrNode *self = g_object_new (FR_TYPE_NODE, NULL);

  self->parts = parts;
  fr_webrtc_raise_descriptor_limit ();
  fr_webrtc_warm_up ();
  self->image = fr_image_client_new (parts->image_program, N_IMAGE_PROCESSES);
  self->image_for_others = fr_image_client_new (parts->image_program, N_IMAGE_PROCESSES);
  self->gallery = fr_gallery_new (parts->store, self->image);
  fr_gallery_set_image_client_for_others (self->gallery, self->image_for_others);
  self->network = fr_network_new (parts->identity, parts->store, &parts->webrtc);
  self->people = fr_people_new (parts->store, self->network, fr_identity_get_key (parts->identity));
  fr_people_load (self->people, parts->people);
  fr_people_load_acquaintances (self->people, parts->acquaintances);
  self->newest = fr_newest_new (self->network, self->people, self->gallery, parts->store);
  fr_node_start_wishes (self);
  self->fetches = fr_fetch_list_new (self->network, parts->store, self->image_for_others, self->gallery,
                                      self->people);
  self->givings = fr_givings_new (self->people, self->gallery);
  g_signal_connect (self->network, "report", G_CALLBACK (network_report_cb), self);
  g_signal_connect_object (self->people, "wants-server", G_CALLBACK (wants_server_cb), self, 0);
  g_signal_connect_object (self->people, "wants-relays", G_CALLBACK (wants_relays_cb), self, 0);
  g_signal_connect_object (self->people, "trouble", G_CALLBACK (trouble_cb), self, 0);
  fr_fetch_list_load (self->fetches);
  fr_node_load_limits (self);
  fr_node_start_overlay (self);
  if (parts->name != NULL)
    {
      fr_node_put_setting (self, FR_SETTING_NAME, parts->name);
      fr_network_set_name (self->network, parts->name);
      fr_node_start_server (self);
    }
  return self;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (fr_gallery_load_finish (FR_GALLERY (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* For opening: fills the gallery. */
void
fr_node_load_async (FrNode *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, fr_node_load_async);
  fr_gallery_load_async (self->gallery, cancellable, loaded_cb, task);
}

gboolean
fr_node_load_finish (FrNode *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
end_searches (FrNode *self)
{
  g_autoptr (GList) searches = g_hash_table_get_values (self->searches);

  g_list_foreach (searches, (GFunc) (void (*) (void)) g_object_ref, NULL);
  for (GList *l = searches; l != NULL; l = l->next)
    {
      fr_search_stop (l->data);
      g_object_unref (l->data);
    }
}

static void
store_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, TRUE);
}

/* It waits for the disk. The thread holds the store and not the node, which has to end where it lives. */
static void
close_store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  fr_store_close (data);
  g_task_return_boolean (task, TRUE);
}

static void
network_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  FrNode *self = g_task_get_source_object (task);
  g_autoptr (GTask) closing = g_task_new (NULL, NULL, store_closed_cb, task);

  fr_network_close_finish (FR_NETWORK (source), result, NULL);
  g_task_set_source_tag (closing, network_closed_cb);
  g_task_set_task_data (closing, g_object_ref (self->parts->store), g_object_unref);
  g_task_run_in_thread (closing, close_store);
}

/**
 * fr_node_close_async:
 * @self: a node
 * @callback: (scope async): called when it is closed
 * @data: for @callback
 *
 * Says goodbye to everybody, ends the network thread and lets go of the data folder; it takes about a second at most.
 * Whatever was going on ends as if it had been cancelled.
 */
void
fr_node_close_async (FrNode *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, fr_node_close_async);
  fr_wishes_stop (self->wishes);
  end_searches (self);
  fr_newest_stop (self->newest);
  fr_fetch_list_close (self->fetches);
  fr_network_close_async (self->network, network_closed_cb, task);
}

gboolean
fr_node_close_finish (FrNode *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
fr_node_get_name (FrNode *self)
{
  return self->parts->name;
}

/**
 * fr_node_set_name:
 * @self: a node
 * @name: what people are to call us; normalised first
 * @error: return location for %FR_NODE_ERROR_BAD_NAME
 *
 * Sets the name, keeps it, and registers anew at the server with an address made from it.
 *
 * Returns: %FALSE if the name will not do
 */
gboolean
fr_node_set_name (FrNode *self, const char *name, GError **error)
{
  g_autofree char *normal = NULL;

  if (fr_peer_name_normalise (name, &normal) != FR_PEER_NAME_OK)
    {
      g_propagate_error (error, fr_node_error_new (FR_NODE_ERROR_BAD_NAME, NULL));
      return FALSE;
    }
  if (g_strcmp0 (normal, self->parts->name) == 0)
    return TRUE;
  g_free (self->parts->name);
  self->parts->name = g_steal_pointer (&normal);
  g_clear_pointer (&self->parts->address, g_free);
  fr_node_put_setting (self, FR_SETTING_NAME, self->parts->name);
  fr_network_set_name (self->network, self->parts->name);
  fr_node_retry_server (self);
  fr_node_notify (self, FR_NODE_PROP_NAME);
  return TRUE;
}

/**
 * fr_node_get_address:
 * @self: a node
 *
 * Returns: (nullable): what others type to add us; %NULL before we have been registered
 */
const char *
fr_node_get_address (FrNode *self)
{
  return self->parts->address;
}

const char *
fr_node_get_server (FrNode *self)
{
  return self->parts->server;
}

FrNodeState
fr_node_get_state (FrNode *self)
{
  return self->state;
}

/**
 * fr_node_get_error:
 * @self: a node
 *
 * Returns: (nullable): what keeps us from the server, in words for people
 */
const GError *
fr_node_get_error (FrNode *self)
{
  return self->error;
}

gint64
fr_node_get_retry_at_us (FrNode *self)
{
  return self->retry_at_us;
}

const FrPeerKey *
fr_node_get_key (FrNode *self)
{
  return fr_identity_get_key (self->parts->identity);
}

/**
 * fr_node_was_rescued:
 * @self: a node
 * @out_n_unnamed: (out) (optional): of how many pictures no more than the bytes was left: they are to be named again, and
 *   only the person herself can see them until then
 *
 * Returns: whether the list of pictures was damaged or gone when the folder was opened, and was made anew
 */
gboolean
fr_node_was_rescued (FrNode *self, guint *out_n_unnamed)
{
  return fr_store_was_rescued (self->parts->store, out_n_unnamed);
}

const char *
fr_node_get_folder (FrNode *self)
{
  return self->parts->folder;
}

FrPeople *
fr_node_get_people (FrNode *self)
{
  return self->people;
}

/**
 * fr_node_get_newest:
 * @self: a node
 *
 * Returns: (transfer none): what one's people share
 */
FrNewest *
fr_node_get_newest (FrNode *self)
{
  return self->newest;
}

FrGallery *
fr_node_get_gallery (FrNode *self)
{
  return self->gallery;
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  FrImagePixels *pixels = fr_image_client_render_finish (FR_IMAGE_CLIENT (source), result, &error);

  if (pixels == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, pixels, (GDestroyNotify) fr_image_pixels_free);
}

/**
 * fr_node_render_bytes_async:
 * @self: a node
 * @bytes: a small picture
 * @id: (nullable): of which picture in the own gallery it is the thumbnail; %NULL: it came from somebody else
 * @max_width: in pixels
 * @max_height: in pixels
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the pixels
 * @data: for @callback
 *
 * Decodes a small picture, in freshet-image: what came from others, and what was made of it, in processes of its own.
 */
void
fr_node_render_bytes_async (FrNode *self, GBytes *bytes, const FrContentId *id, guint max_width, guint max_height,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  FrGalleryItem *item = id != NULL ? fr_gallery_find (self->gallery, id) : NULL;
  const FrPicture *picture = item != NULL ? fr_gallery_item_get_picture (item) : NULL;
  int fd = fr_bytes_to_fd (bytes);

  g_task_set_source_tag (task, fr_node_render_bytes_async);
  if (fd < 0) /* no descriptor or no memory is left: that may pass */
    {
      g_task_return_error (task, fr_image_error_new (FR_IMAGE_ERROR_BUSY));
      return;
    }
  fr_image_client_render_small_async (fr_gallery_choose_image_client (self->gallery, picture), fd, max_width, max_height,
                                      cancellable, rendered_cb, g_object_ref (task));
  close (fd);
}

FrImagePixels *
fr_node_render_bytes_finish (FrNode *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
