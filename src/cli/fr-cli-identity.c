/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-identity.h"

#include "fr-backup-people.h"
#include "fr-backup.h"
#include "fr-cli-output.h"
#include "fr-cli-peer.h"
#include "fr-cli-restore.h"
#include "fr-control-classify.h"
#include "fr-passphrase.h"

/* What is handed to the thread, and what comes back. */
typedef struct
{
  char *folder; /* owned, all */
  char *path;
  char *passphrase;
  GBytes *extra;        /* into a backup, or out of one */
  FrIdentity *identity; /* out */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->folder);
  g_free (job->path);
  fr_passphrase_free (job->passphrase);
  g_clear_pointer (&job->extra, g_bytes_unref);
  fr_identity_unref (job->identity);
  g_free (job);
}

static Job *
job_new (const char *folder, const char *path, char *passphrase)
{
  Job *job = g_new0 (Job, 1);

  job->folder = g_strdup (folder);
  job->path = g_canonicalize_filename (path, NULL);
  job->passphrase = passphrase;
  return job;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

/* The passphrase cannot be given up half-way, but the waiting can. */
static gboolean
run (GTask *task, GTaskThreadFunc work, GAsyncResult **result, GError **error)
{
  g_autoptr (GError) problem = NULL;

  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, work);
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (g_task_propagate_boolean (task, &problem))
    return TRUE;
  g_propagate_error (error, fr_control_classify (problem));
  return FALSE;
}

static void
backup_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  g_autoptr (FrIdentity) identity = fr_identity_load (job->folder, &error);
  g_autoptr (GBytes) file
    = identity != NULL ? fr_backup_seal (identity, job->extra, job->passphrase, &error) : NULL;

  if (file == NULL || !fr_backup_save (file, job->path, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
open_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (GBytes) file = fr_backup_load (job->path, &error);

  if (file != NULL)
    job->identity = fr_backup_open (file, job->passphrase, &job->extra, &error);
  if (job->identity != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
name_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  FrBackupPeople *people = data;

  if (is_end)
    people->name = g_strdup (fr_control_get_string (answer, "name"));
}

/* Those who were added, and those who are blocked; who only came is nobody to keep. */
static void
person_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  FrBackupPeople *people = data;
  gboolean added = fr_control_get_flag (answer, "added"), blocked = fr_control_get_flag (answer, "blocked");
  const char *hex = fr_control_get_string (answer, "key");
  const char *name = fr_control_get_string (answer, "name");
  FrPersonRecord *person;
  FrPeerKey key;

  /* their person's first computer tells of the others again */
  if (json_object_has_member (answer, "computer_of") && !blocked)
    return;
  if (is_end || (!added && !blocked) || name == NULL || people->people->len == FR_BACKUP_MAX_PEOPLE)
    return;
  person = fr_person_record_new (hex != NULL && fr_peer_key_parse (&key, hex) ? &key : NULL, name,
                                 fr_control_get_string (answer, "server"), fr_control_get_string (answer, "address"));
  fr_person_record_set_doorbell (person, fr_control_get_string (answer, "doorbell"));
  person->checked = fr_control_get_flag (answer, "checked");
  person->auto_connect = added && !blocked;
  person->blocked = blocked;
  g_ptr_array_add (people->people, person);
}

/* From the Freshet that runs on the folder, or one that is started for it. */
static FrBackupPeople *
ask_for_people (FrCliOptions *options, GCancellable *stop, GError **error)
{
  g_autoptr (FrCliPeer) peer = fr_cli_peer_open (options, stop, error);
  g_autoptr (FrBackupPeople) people = fr_backup_people_new ();

  if (peer == NULL || !fr_cli_peer_ask (peer, fr_control_request ("status"), name_cb, people, error)
      || !fr_cli_peer_ask (peer, fr_control_request ("people-list"), person_cb, people, error))
    return NULL;
  return g_steal_pointer (&people);
}

/* "saved" or "restored". */
static void
tell (FrCliOptions *options, const char *event, const char *path, const char *kept, guint n_people)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *escaped = fr_cli_escape (shown);
  g_autofree char *shown_kept = kept != NULL ? g_filename_display_name (kept) : NULL;
  g_autofree char *escaped_kept = fr_cli_escape (shown_kept);
  g_autoptr (JsonObject) object = json_object_new ();

  if (options->json)
    {
      fr_control_set_string (object, "file", shown);
      fr_control_set_string (object, "kept", shown_kept);
      json_object_set_int_member (object, "people", n_people);
      fr_cli_print_json (event, object);
      return;
    }
  fr_cli_print ("Your key, your name and %u %s were %s %s.", n_people, n_people == 1 ? "person" : "people",
                g_str_equal (event, "saved") ? "saved in" : "restored from", escaped);
  if (kept != NULL)
    fr_cli_print ("The identity that was there is %s now.", escaped_kept);
}

/**
 * fr_cli_identity_backup:
 * @options: where the data are
 * @path: (type filename): a file that is not there yet
 * @passphrase_file: (nullable) (type filename): where the passphrase is; %NULL: it is asked for
 * @stop: to give up
 * @error: (out): why not
 *
 * Keeps the key, the name and the people of a data folder in a file.
 *
 * Returns: whether it did
 */
gboolean
fr_cli_identity_backup (FrCliOptions *options,
                        const char *path,
                        const char *passphrase_file,
                        GCancellable *stop,
                        GError **error)
{
  char *passphrase = fr_passphrase_read (passphrase_file, TRUE, stop, error);
  g_autoptr (FrBackupPeople) people = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (passphrase == NULL || !fr_backup_check_passphrase (passphrase, error)
      || (people = ask_for_people (options, stop, error)) == NULL)
    {
      fr_passphrase_free (passphrase);
      return FALSE;
    }
  job = job_new (options->data, path, passphrase);
  job->extra = fr_backup_people_format (people);
  task = g_task_new (NULL, stop, done_cb, &result);
  g_task_set_task_data (task, job, job_free);
  if (!run (task, backup_work, &result, error))
    return FALSE;
  tell (options, "saved", job->path, NULL, people->people->len);
  return TRUE;
}

/**
 * fr_cli_identity_restore:
 * @options: where the data are, or will be
 * @path: (type filename): a backup
 * @passphrase_file: (nullable) (type filename): where the passphrase is; %NULL: it is asked for
 * @replace: whether it may take the place of another identity, which is kept
 * @stop: to give up
 * @error: (out): why not
 *
 * Brings back what fr_cli_identity_backup() kept. People who are there already stay as they are.
 *
 * Returns: whether it did
 */
gboolean
fr_cli_identity_restore (FrCliOptions *options,
                         const char *path,
                         const char *passphrase_file,
                         gboolean replace,
                         GCancellable *stop,
                         GError **error)
{
  char *passphrase = fr_passphrase_read (passphrase_file, FALSE, stop, error);
  g_autoptr (FrBackupPeople) people = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = NULL;
  g_autofree char *kept = NULL;
  Job *job;

  if (passphrase == NULL)
    return FALSE;
  job = job_new (options->data, path, passphrase);
  task = g_task_new (NULL, stop, done_cb, &result);
  g_task_set_task_data (task, job, job_free);
  if (!run (task, open_work, &result, error) || (people = fr_backup_people_parse (job->extra, error)) == NULL
      || !fr_cli_restore (options->data, job->identity, people, replace, &kept, error))
    return FALSE;
  tell (options, "restored", job->path, kept, people->people->len);
  return TRUE;
}
