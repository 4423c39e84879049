/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-people-table.h"
#include "fr-settings-table.h"
#include "fr-store-private.h"

typedef struct
{
  char *name;
  char *value;
} Setting;

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_free (setting->name);
  g_free (setting->value);
  g_free (setting);
}

static void
list_people_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  GPtrArray *people = fr_people_table_list (self->reading.database, &error);

  fr_store_return_pointer (task, people, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_list_people_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for all people, in the order in which they were added.
 */
void
fr_store_list_people_async (FrStore *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_list_people_async, cancellable, callback, user_data);

  fr_work_queue_push (self->reading.work, task, list_people_work);
}

/**
 * fr_store_list_people_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPersonRecord): the people
 */
GPtrArray *
fr_store_list_people_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
put_person_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  gboolean done = fr_people_table_put (self->writing.database, data, &error);

  fr_store_note_sharing (self);
  fr_store_return_done (task, done, error);
}

/**
 * fr_store_put_person_async:
 * @self: a store
 * @person: somebody, with a key, an address or both
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Adds a person, or changes the one who is meant: the one with that key; or the one at that server and address, as
 * long as at most one of the two records has a key. A key that is known stays known, and so does the last time seen.
 */
void
fr_store_put_person_async (FrStore *self,
                           const FrPersonRecord *person,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_put_person_async, cancellable, callback, user_data);

  g_task_set_task_data (task, fr_person_record_copy (person), (GDestroyNotify) fr_person_record_free);
  fr_work_queue_push (self->writing.work, task, put_person_work);
}

/**
 * fr_store_put_person_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT, %FR_STORE_ERROR_TOO_LARGE where there are too many people,
 *   and others, or %G_IO_ERROR
 *
 * Returns: whether they are in the store
 */
gboolean
fr_store_put_person_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  FrPeerKey old;
  FrPersonRecord *person;
} Replacement;

static void
replacement_free (gpointer data)
{
  Replacement *replacement = data;

  fr_person_record_free (replacement->person);
  g_free (replacement);
}

static void
replace_key_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Replacement *replacement = data;
  GError *error = NULL;
  gboolean done = fr_people_table_replace_key (self->writing.database, &replacement->old, replacement->person, &error);

  fr_store_note_sharing (self);
  fr_store_return_done (task, done, error);
}

/**
 * fr_store_replace_key_async:
 * @self: a store
 * @old: the key that somebody had
 * @person: the same person with another key
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Gives a person another key in place of the old one. Pictures that were chosen for them stay so.
 */
void
fr_store_replace_key_async (FrStore *self,
                            const FrPeerKey *old,
                            const FrPersonRecord *person,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_replace_key_async, cancellable, callback, user_data);
  Replacement *replacement = g_new (Replacement, 1);

  replacement->old = *old;
  replacement->person = fr_person_record_copy (person);
  g_task_set_task_data (task, replacement, replacement_free);
  fr_work_queue_push (self->writing.work, task, replace_key_work);
}

/**
 * fr_store_replace_key_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): as fr_store_put_person_finish()
 *
 * Returns: whether they have it
 */
gboolean
fr_store_replace_key_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
remove_person_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  gboolean done = fr_people_table_remove (self->writing.database, data, &error);

  fr_store_note_sharing (self);
  fr_store_return_done (task, done, error);
}

/**
 * fr_store_remove_person_async:
 * @self: a store
 * @person: somebody, known as in fr_store_put_person_async()
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Removes a person.
 */
void
fr_store_remove_person_async (FrStore *self,
                              const FrPersonRecord *person,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_remove_person_async, cancellable, callback, user_data);

  g_task_set_task_data (task, fr_person_record_copy (person), (GDestroyNotify) fr_person_record_free);
  fr_work_queue_push (self->writing.work, task, remove_person_work);
}

/**
 * fr_store_remove_person_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others, or %G_IO_ERROR
 *
 * Returns: whether they were there and are gone
 */
gboolean
fr_store_remove_person_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
get_setting_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  GError *error = NULL;
  char *value = fr_settings_table_get (self->reading.database, data, &error);

  fr_store_return_pointer (task, value, g_free, error);
}

/**
 * fr_store_get_setting_async:
 * @self: a store
 * @name: a setting
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for a setting.
 */
void
fr_store_get_setting_async (FrStore *self,
                            const char *name,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_get_setting_async, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (name), g_free);
  fr_work_queue_push (self->reading.work, task, get_setting_work);
}

/**
 * fr_store_get_setting_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): its value; %NULL without @error where it was never set
 */
char *
fr_store_get_setting_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
put_setting_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  const Setting *setting = data;
  GError *error = NULL;
  gboolean done = fr_settings_table_put (self->writing.database, setting->name, setting->value, &error);

  fr_store_return_done (task, done, error);
}

/**
 * fr_store_put_setting_async:
 * @self: a store
 * @name: a setting, at most 64 bytes
 * @value: (nullable): its value, at most 4,096 bytes; %NULL: none any more
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Sets a setting.
 */
void
fr_store_put_setting_async (FrStore *self,
                            const char *name,
                            const char *value,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_put_setting_async, cancellable, callback, user_data);
  Setting *setting = g_new (Setting, 1);

  setting->name = g_strdup (name);
  setting->value = g_strdup (value);
  g_task_set_task_data (task, setting, setting_free);
  fr_work_queue_push (self->writing.work, task, put_setting_work);
}

/**
 * fr_store_put_setting_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT and others, or %G_IO_ERROR
 *
 * Returns: whether it is set
 */
gboolean
fr_store_put_setting_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
