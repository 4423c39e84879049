/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-restore.h"

#include "fr-control-classify.h"
#include "fr-store.h"

#define SETTING_NAME "name" /* as the node reads it */

typedef struct
{
  char *folder; /* owned, all */
  FrIdentity *identity;
  gboolean replace;
  char *kept; /* out */
} Installing;

static void
installing_free (gpointer data)
{
  Installing *installing = data;

  g_free (installing->folder);
  fr_identity_unref (installing->identity);
  g_free (installing->kept);
  g_free (installing);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

static void
install_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Installing *installing = data;
  GError *error = NULL;

  if (fr_identity_install (installing->identity, installing->folder, installing->replace, &installing->kept, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
install (const char *folder, FrIdentity *identity, gboolean replace, char **out_kept, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, &result);
  Installing *installing = g_new0 (Installing, 1);
  gboolean installed;

  installing->folder = g_strdup (folder);
  installing->identity = fr_identity_ref (identity);
  installing->replace = replace;
  g_task_set_task_data (task, installing, installing_free);
  g_task_run_in_thread (task, install_work);
  await (&result);
  installed = g_task_propagate_boolean (task, error);
  if (installed)
    *out_kept = g_steal_pointer (&installing->kept);
  else if (g_error_matches (*error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_EXISTS))
    {
      g_clear_error (error);
      g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_REFUSED,
                           "There is another identity already; --replace puts it aside and keeps it.");
    }
  return installed;
}

static GPtrArray *
list_people (FrStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_list_people_async (store, NULL, done_cb, &result);
  return fr_store_list_people_finish (store, await (&result), error);
}

/* By key; or, where no key is known on one side, by the address. */
static gboolean
is_known (GPtrArray *known, const FrPersonRecord *person)
{
  for (guint i = 0; i < known->len; i++)
    {
      const FrPersonRecord *other = known->pdata[i];
      gboolean has_keys = !fr_peer_key_is_zero (&person->key) && !fr_peer_key_is_zero (&other->key);

      if (has_keys ? fr_peer_key_equal (&person->key, &other->key)
                   : g_str_equal (person->server, other->server) && g_str_equal (person->address, other->address))
        return TRUE;
    }
  return FALSE;
}

static gboolean
put_people (FrStore *store, const FrBackupPeople *people, GError **error)
{
  g_autoptr (GPtrArray) known = list_people (store, error);

  for (guint i = 0; known != NULL && i < people->people->len; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      if (is_known (known, people->people->pdata[i]))
        continue;
      fr_store_put_person_async (store, people->people->pdata[i], NULL, done_cb, &result);
      if (!fr_store_put_person_finish (store, await (&result), error))
        return FALSE;
    }
  return known != NULL;
}

/* Whoever has a name here keeps it, unless somebody else has come in their place. */
static gboolean
put_name (FrStore *store, const char *name, gboolean replace, GError **error)
{
  g_autoptr (GAsyncResult) asked = NULL, put = NULL;
  g_autofree char *old = NULL;

  fr_store_get_setting_async (store, SETTING_NAME, NULL, done_cb, &asked);
  old = fr_store_get_setting_finish (store, await (&asked), NULL);
  if ((old != NULL && !replace) || name == NULL)
    return TRUE;
  fr_store_put_setting_async (store, SETTING_NAME, name, NULL, done_cb, &put);
  return fr_store_put_setting_finish (store, await (&put), error);
}

/**
 * fr_cli_restore:
 * @folder: a data folder
 * @identity: whose it is to be
 * @people: their name and people
 * @replace: whether another identity may be put aside
 * @out_kept: (out) (nullable): where that one is now
 * @error: (out): %FR_CONTROL_ERROR_FOLDER where a Freshet uses the folder; or others
 *
 * The store's lock keeps others away meanwhile. The identity comes first: without it nothing else changes.
 *
 * Returns: whether all is there
 */
gboolean
fr_cli_restore (const char *folder,
                FrIdentity *identity,
                const FrBackupPeople *people,
                gboolean replace,
                char **out_kept,
                GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (FrStore) store = NULL;
  gboolean done;

  fr_store_open_async (folder, NULL, done_cb, &result);
  store = fr_store_open_finish (await (&result), &problem);
  if (store == NULL)
    {
      g_propagate_error (error, fr_control_classify (problem));
      return FALSE;
    }
  done = install (folder, identity, replace, out_kept, &problem)
         && put_name (store, people->name, *out_kept != NULL, &problem) && put_people (store, people, &problem);
  fr_store_close (store);
  if (!done)
    g_propagate_error (error, fr_control_classify (problem));
  return done;
}
