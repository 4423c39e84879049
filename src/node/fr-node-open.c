/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"

#include "fr-local-address.h"
#include "fr-peer-name.h"
#include "fr-server-address.h"
#include "fr-type-setup.h"

/* Opening a node: one step after the other, each off the main loop. */

typedef enum
{
  STEP_STORE,
  STEP_IDENTITY,
  STEP_NAME,
  STEP_SERVER,
  STEP_SERVING,
  STEP_STUN,
  STEP_TURN,
  STEP_OPEN,
  STEP_ADMISSION,
  STEP_ADDRESS,
  STEP_PEOPLE,
  STEP_ACQUAINTANCES,
  STEP_GALLERY,
  STEP_DONE,
} Step;

typedef struct
{
  FrNodeParts *parts;
  FrNode *node;
  char *turn;
  gboolean has_server; /* from the caller: then that is where to go */
  Step step;
} Opening;

static void next_step (GTask *task);

static void
opening_free (Opening *opening)
{
  g_clear_pointer (&opening->parts, fr_node_parts_free);
  g_clear_object (&opening->node);
  g_free (opening->turn);
  g_free (opening);
}

/* The parts as the caller gave them; what is missing comes from the store. */
FrNodeParts *
fr_node_parts_new (const FrNodeOptions *options)
{
  FrNodeParts *self = g_new0 (FrNodeParts, 1);
  g_autofree char *local_address = fr_local_address_find ();

  self->folder = g_strdup (options->folder);
  self->name = g_strdup (options->name);
  self->server = g_strdup (options->server);
  self->image_program = g_strdup (options->image_program);
  self->admission = g_strdup (options->admission);
  self->asks = options->asks;
  self->open = options->open ? g_strdup (FR_OPEN) : options->added_only ? g_strdup (FR_NOT_OPEN) : NULL;
  self->doorbell = options->doorbell;
  self->loopback_only = options->loopback_only;
  self->webrtc.stun = g_strdup (options->stun);
  self->webrtc.turn = g_strdupv ((char **) options->turn);
  /* a computer that is on no network can still talk to itself */
  self->webrtc.loopback_only = options->loopback_only || local_address == NULL;
  return self;
}

void
fr_node_parts_free (FrNodeParts *self)
{
  if (self == NULL)
    return;
  g_free (self->folder);
  g_free (self->name);
  g_free (self->server);
  g_free (self->address);
  g_free (self->serving);
  g_free (self->open);
  g_free (self->admission);
  g_free (self->image_program);
  fr_webrtc_config_clear (&self->webrtc);
  g_clear_pointer (&self->identity, fr_identity_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->acquaintances, g_ptr_array_unref);
  if (self->store != NULL)
    fr_store_close (self->store);
  g_clear_object (&self->store);
  g_free (self);
}

char *
fr_node_address_setting (const char *server)
{
  return g_strconcat ("address at ", server, NULL);
}

static void
fail (GTask *task, GError *error)
{
  g_task_return_error (task, error);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->parts->store = fr_store_open_finish (result, &error);
  if (opening->parts->store == NULL)
    fail (task, error);
  else
    next_step (task);
}

static void
identity_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  FrIdentity *identity = fr_identity_load_or_create (data, NULL, &error);

  if (identity == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, identity, (GDestroyNotify) fr_identity_unref);
}

static void
identity_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->parts->identity = g_task_propagate_pointer (G_TASK (result), &error);
  if (opening->parts->identity == NULL)
    fail (task, error);
  else
    next_step (task);
}

/* Where a setting goes; what the caller gave comes first. */
static char **
get_field (Opening *opening)
{
  FrNodeParts *parts = opening->parts;

  switch (opening->step)
    {
    case STEP_NAME:
      return &parts->name;
    case STEP_SERVER:
      return &parts->server;
    case STEP_SERVING:
      return &parts->serving;
    case STEP_STUN:
      return &parts->webrtc.stun;
    case STEP_TURN:
      return &opening->turn;
    case STEP_OPEN:
      return &parts->open;
    case STEP_ADMISSION:
      return &parts->admission;
    default:
      return &parts->address;
    }
}

static void
setting_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  char **field = get_field (opening);
  g_autofree char *value = fr_store_get_setting_finish (FR_STORE (source), result, NULL);

  if (*field == NULL)
    *field = g_steal_pointer (&value);
  next_step (task);
}

static void
people_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->parts->people = fr_store_list_people_finish (FR_STORE (source), result, &error);
  if (opening->parts->people == NULL)
    fail (task, error);
  else
    next_step (task);
}

static void
acquaintances_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->parts->acquaintances = fr_store_list_acquaintances_finish (FR_STORE (source), result, &error);
  if (opening->parts->acquaintances == NULL)
    fail (task, error);
  else
    next_step (task);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (fr_node_load_finish (FR_NODE (source), result, &error))
    next_step (task);
  else
    fail (task, error);
}

static void
start_identity (GTask *task, FrNodeParts *parts)
{
  g_autoptr (GTask) inner = g_task_new (NULL, NULL, identity_cb, g_object_ref (task));

  g_task_set_source_tag (inner, start_identity);
  g_task_set_task_data (inner, g_strdup (parts->folder), g_free);
  g_task_run_in_thread (inner, identity_thread);
}

static void
get_setting (GTask *task, const char *setting)
{
  Opening *opening = g_task_get_task_data (task);

  fr_store_get_setting_async (opening->parts->store, setting, NULL, setting_cb, g_object_ref (task));
}

static void
take_turn (Opening *opening)
{
  const char *const turns[] = { opening->turn, NULL };

  if (opening->parts->webrtc.turn == NULL && opening->turn != NULL)
    opening->parts->webrtc.turn = g_strdupv ((char **) turns);
}

static void
get_address (GTask *task, FrNodeParts *parts)
{
  g_autoptr (FrServerAddress) server = parts->server != NULL ? fr_server_address_parse (parts->server, NULL) : NULL;
  g_autofree char *canonical = server != NULL ? fr_server_address_to_string (server) : g_strdup ("none");
  g_autofree char *setting = fr_node_address_setting (canonical);

  fr_store_get_setting_async (parts->store, setting, NULL, setting_cb, g_object_ref (task));
}

static void
make_node (GTask *task, Opening *opening)
{
  opening->node = fr_node_new (g_steal_pointer (&opening->parts));
  fr_node_load_async (opening->node, NULL, loaded_cb, g_object_ref (task));
}

static void
next_step (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  FrNodeParts *parts = opening->parts;

  if (g_task_return_error_if_cancelled (task))
    return;
  switch (++opening->step)
    {
    case STEP_IDENTITY:
      start_identity (task, parts);
      break;
    case STEP_NAME:
      get_setting (task, FR_SETTING_NAME);
      break;
    case STEP_SERVER:
      get_setting (task, FR_SETTING_SERVER);
      break;
    case STEP_SERVING:
      if (opening->has_server)
        next_step (task);
      else
        get_setting (task, FR_SETTING_SERVING);
      break;
    case STEP_STUN:
      get_setting (task, FR_SETTING_STUN);
      break;
    case STEP_TURN:
      get_setting (task, FR_SETTING_TURN);
      break;
    case STEP_OPEN:
      get_setting (task, FR_SETTING_OPEN);
      break;
    case STEP_ADMISSION:
      get_setting (task, FR_SETTING_ADMISSION);
      break;
    case STEP_ADDRESS:
      take_turn (opening);
      get_address (task, parts);
      break;
    case STEP_PEOPLE:
      fr_store_list_people_async (parts->store, NULL, people_cb, g_object_ref (task));
      break;
    case STEP_ACQUAINTANCES:
      fr_store_list_acquaintances_async (parts->store, NULL, acquaintances_cb, g_object_ref (task));
      break;
    case STEP_GALLERY:
      make_node (task, opening);
      break;
    case STEP_DONE:
      g_task_return_pointer (task, g_steal_pointer (&opening->node), g_object_unref);
      break;
    case STEP_STORE:
    default:
      g_assert_not_reached ();
    }
}

/**
 * fr_node_open_async:
 * @options: which folder, and what else is known already; copied
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the node
 * @data: for @callback
 *
 * Opens a data folder, making it and a new key where there is none, and starts the network. Name and server given in
 * @options are kept for next time. If both are known, the node connects by itself.
 */
void
fr_node_open_async (const FrNodeOptions *options, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Opening *opening = g_new0 (Opening, 1);
  g_autofree char *name = NULL;

  fr_type_setup ();
  g_task_set_source_tag (task, fr_node_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  opening->parts = fr_node_parts_new (options);
  opening->has_server = options->server != NULL;
  if (options->name != NULL)
    {
      if (fr_peer_name_normalise (options->name, &name) != FR_PEER_NAME_OK)
        {
          fail (task, fr_node_error_new (FR_NODE_ERROR_BAD_NAME, NULL));
          return;
        }
      g_free (opening->parts->name);
      opening->parts->name = g_steal_pointer (&name);
    }
  opening->step = STEP_STORE;
  fr_store_open_async (options->folder, cancellable, store_cb, g_object_ref (task));
}

/**
 * fr_node_open_finish:
 * @result: what the callback got
 * @error: return location for a %FR_STORE_ERROR, a %FR_IDENTITY_ERROR or %FR_NODE_ERROR_BAD_NAME
 *
 * Returns: (transfer full) (nullable): the node; fr_node_close_async() ends it
 */
FrNode *
fr_node_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
