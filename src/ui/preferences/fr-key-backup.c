/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-key-backup.h"

#include <sodium.h>
#include <string.h>

#include "fr-backup-people.h"
#include "fr-backup.h"

/* What is handed to the thread. */
typedef struct
{
  char *folder; /* owned, all */
  char *path;
  char *passphrase;
  GBytes *people;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  sodium_memzero (job->passphrase, strlen (job->passphrase));
  g_free (job->passphrase);
  g_free (job->folder);
  g_free (job->path);
  g_bytes_unref (job->people);
  g_free (job);
}

/* Those who were added, and those who are blocked; who only came is nobody to keep. Other computers of somebody are
 * told of by their first one again. */
static void
note_person (FrBackupPeople *people, FrPerson *person)
{
  gboolean added = fr_person_get_added (person), blocked = fr_person_get_blocked (person);
  FrPersonRecord *record;
  FrPeerKey key;

  if ((!added && !blocked) || (fr_person_get_owner (person) != NULL && !blocked)
      || people->people->len == FR_BACKUP_MAX_PEOPLE)
    return;
  record = fr_person_record_new (fr_person_get_key (person, &key) ? &key : NULL, fr_person_get_name (person),
                                 fr_person_get_server (person), fr_person_get_address (person));
  fr_person_record_set_doorbell (record, fr_person_get_doorbell (person));
  record->checked = fr_person_get_checked (person);
  record->auto_connect = added && !blocked;
  record->blocked = blocked;
  g_ptr_array_add (people->people, record);
}

static GBytes *
list_people (FrNode *node)
{
  g_autoptr (FrBackupPeople) people = fr_backup_people_new ();
  GListModel *model = G_LIST_MODEL (fr_node_get_people (node));

  people->name = g_strdup (fr_node_get_name (node));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (model, i);

      note_person (people, person);
    }
  return fr_backup_people_format (people);
}

static void
save_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  g_autoptr (FrIdentity) identity = fr_identity_load (job->folder, &error);
  g_autoptr (GBytes) file
      = identity != NULL ? fr_backup_seal (identity, job->people, job->passphrase, &error) : NULL;

  if (file == NULL)
    g_task_return_error (task, error);
  else if (g_task_return_error_if_cancelled (task))
    return;
  else if (fr_backup_save (file, job->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * fr_key_backup_save_async:
 * @node: whose
 * @path: (type filename): a file that is not there yet
 * @passphrase: what locks it; see fr_backup_check_passphrase()
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when it is there
 * @data: for @callback
 */
void
fr_key_backup_save_async (FrNode *node,
                          const char *path,
                          const char *passphrase,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (node, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, fr_key_backup_save_async);
  job->folder = g_strdup (fr_node_get_folder (node));
  job->path = g_strdup (path);
  job->passphrase = g_strdup (passphrase);
  job->people = list_people (node);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, save_work);
}

/**
 * fr_key_backup_save_finish:
 * @node: whose
 * @result: what the callback got
 * @error: (out): why not
 *
 * Returns: whether it is there
 */
gboolean
fr_key_backup_save_finish (FrNode *node, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, node), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
