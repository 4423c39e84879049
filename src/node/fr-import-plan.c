/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-import-private.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

/* What there is to add, and how much room that needs: before anything is begun, and when there is none left. */

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FrImport *self = g_task_get_source_object (task);
  GError *error = NULL;
  FrRoom *room = fr_store_measure_room_finish (FR_STORE (source), result, &error);

  if (room == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  if (self->bytes != NULL)
    fr_room_add (room, "", g_bytes_get_size (self->bytes), FALSE, self->keeps_metadata);
  g_free (self->room);
  self->room = room;
  g_task_return_boolean (task, TRUE);
}

/* For the files of this type: looks at one place after the other, then at all that is in them. */
void
fr_import_plan_on (FrImport *self)
{
  g_autoptr (GPtrArray) paths = NULL;
  GTask *task;

  if (!g_cancellable_is_cancelled (self->cancellable) && !g_queue_is_empty (&self->places))
    {
      fr_import_look_at_place (self);
      return;
    }
  paths = g_ptr_array_new ();
  for (GList *file = self->files.head; file != NULL; file = file->next)
    g_ptr_array_add (paths, file->data);
  g_ptr_array_add (paths, NULL);
  task = g_steal_pointer (&self->plan);
  fr_store_measure_room_async (fr_gallery_get_store (self->gallery), (const char *const *) paths->pdata,
                               self->keeps_metadata, self->cancellable, measured_cb, task);
}

/**
 * fr_import_plan_async:
 * @self: an import that has not been started
 * @callback: called when it is known
 * @data: for @callback
 *
 * Looks for all that there is to add, and estimates how much room that takes; once. fr_import_cancel() gives that up. It
 * can be started afterwards in any case, and does not look again.
 */
void
fr_import_plan_async (FrImport *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (FR_IS_IMPORT (self));
  g_return_if_fail (!self->is_started && self->plan == NULL);

  self->plan = g_task_new (self, self->cancellable, callback, data);
  g_task_set_source_tag (self->plan, fr_import_plan_async);
  fr_import_plan_on (self);
}

/**
 * fr_import_plan_finish:
 * @self: an import
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR in words for people, or %G_IO_ERROR
 *
 * Returns: whether fr_import_get_room() knows now
 */
gboolean
fr_import_plan_finish (FrImport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * fr_import_get_room:
 * @self: an import
 *
 * Returns: (transfer none) (nullable): how much room it needs and there is, if it was planned
 */
const FrRoom *
fr_import_get_room (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), NULL);

  return self->room;
}

/**
 * fr_import_set_waits_for_room:
 * @self: an import that has not been started
 * @waits_for_room: whether it stops when the disk is full, for the person to make some room
 *
 * Says what becomes of it when there is no room left. Else, which is the default, everything that finds none has failed.
 */
void
fr_import_set_waits_for_room (FrImport *self, gboolean waits_for_room)
{
  g_return_if_fail (FR_IS_IMPORT (self));
  g_return_if_fail (!self->is_started);

  self->waits_for_room = waits_for_room;
}

/**
 * fr_import_get_out_of_room:
 * @self: an import
 *
 * Returns: whether it waits for room, and nothing is under way
 */
gboolean
fr_import_get_out_of_room (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), FALSE);

  return self->is_out_of_room && !self->is_finished && !self->is_looking && self->n_at_once == 0;
}

/**
 * fr_import_go_on:
 * @self: an import that is out of room
 *
 * Tries again what found no room, and then all else.
 */
void
fr_import_go_on (FrImport *self)
{
  g_return_if_fail (FR_IS_IMPORT (self));

  if (!fr_import_get_out_of_room (self))
    return;
  g_object_freeze_notify (G_OBJECT (self));
  self->is_out_of_room = FALSE;
  g_object_notify (G_OBJECT (self), "out-of-room");
  fr_import_work_on (self);
  g_object_thaw_notify (G_OBJECT (self));
}
