/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-other-programs.h"

#include <glib/gi18n.h>

#include "fr-portal.h"

#define OPEN_URI "org.freedesktop.portal.OpenURI"
#define FILE_MANAGER "org.freedesktop.FileManager1"

static void
return_none (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                           _ ("No other program here opens it. Save it, and try there."));
}

static void
return_no_wallpaper (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                           _ ("This desktop did not take it as its wallpaper."));
}

static void
return_not_shown (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                           _ ("No program here shows folders. The picture is saved all the same."));
}

/* What a portal answered; FALSE: there is none, so that it is to be done without. */
static gboolean
take_answer (GTask *task, GAsyncResult *result, void (*return_failed) (GTask *task))
{
  g_autoptr (GError) error = NULL;
  FrPortalResponse response = fr_portal_ask_finish (result, NULL, &error);

  if (error != NULL && error->domain == G_IO_ERROR)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (error != NULL && !fr_portal_is_sandboxed ())
    return FALSE;
  else if (error != NULL || response == FR_PORTAL_FAILED)
    return_failed (task);
  else
    g_task_return_boolean (task, response == FR_PORTAL_DONE);
  return TRUE;
}

/* Opening, without a portal */

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  if (g_app_info_launch_uris_finish (G_APP_INFO (source), result, NULL))
    g_task_return_boolean (task, TRUE);
  else
    return_none (task);
}

static gboolean
is_ours (GAppInfo *app)
{
  return g_strcmp0 (g_app_info_get_id (app), FR_APP_ID ".desktop") == 0;
}

/* What opens such pictures usually; never this program. Reads small files about other programs. */
static void
find_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GFileInfo) info = g_file_query_info (data, G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE, 0, cancellable, NULL);
  const char *type = info != NULL ? g_file_info_get_content_type (info) : NULL;
  g_autoptr (GAppInfo) app = type != NULL ? g_app_info_get_default_for_type (type, FALSE) : NULL;
  GList *all = type != NULL ? g_app_info_get_all_for_type (type) : NULL;

  if (app != NULL && is_ours (app))
    g_clear_object (&app);
  for (GList *other = all; app == NULL && other != NULL; other = other->next)
    if (!is_ours (other->data))
      app = g_object_ref (other->data);
  g_list_free_full (all, g_object_unref);
  g_task_return_pointer (task, g_steal_pointer (&app), g_object_unref);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GAppInfo) app = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *uri = g_file_get_uri (g_task_get_task_data (task));
  GList uris = { uri, NULL, NULL };

  if (app != NULL)
    g_app_info_launch_uris_async (app, &uris, NULL, g_task_get_cancellable (task), launched_cb, g_object_ref (task));
  else
    return_none (task);
}

static void
open_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GTask) in_thread = NULL;

  if (take_answer (task, result, return_none))
    return;
  in_thread = g_task_new (NULL, g_task_get_cancellable (task), found_cb, g_object_ref (task));
  g_task_set_task_data (in_thread, g_object_ref (g_task_get_task_data (task)), g_object_unref);
  g_task_run_in_thread (in_thread, find_thread);
}

static GTask *
task_new (GFile *file, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  return task;
}

/**
 * fr_other_programs_open_async:
 * @file: a file on this computer
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when it is open, or nothing opens it
 * @data: for @callback
 *
 * Opens it in another program; the portal asks in which.
 */
void
fr_other_programs_open_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GVariantDict *options = g_variant_dict_new (NULL);

  g_variant_dict_insert (options, "ask", "b", TRUE);
  g_variant_dict_insert (options, "writable", "b", FALSE);
  fr_portal_ask_async (OPEN_URI, "OpenFile", file, options, cancellable, open_answered_cb,
                       task_new (file, fr_other_programs_open_async, cancellable, callback, data));
}

/* Showing */

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    return_not_shown (task);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autofree char *uri = g_file_get_uri (g_task_get_task_data (task));
  const char *const uris[] = { uri, NULL };

  if (bus != NULL)
    g_dbus_connection_call (bus, FILE_MANAGER, "/org/freedesktop/FileManager1", FILE_MANAGER, "ShowItems",
                            g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                            g_task_get_cancellable (task), shown_cb, g_object_ref (task));
  else
    return_not_shown (task);
}

static void
show_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  if (!take_answer (task, result, return_not_shown))
    g_bus_get (G_BUS_TYPE_SESSION, g_task_get_cancellable (task), bus_cb, g_object_ref (task));
}

/**
 * fr_other_programs_show_async:
 * @file: a file on this computer
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when it is shown, or nothing shows it
 * @data: for @callback
 *
 * Shows the folder that it is in, and which it is.
 */
void
fr_other_programs_show_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  fr_portal_ask_async (OPEN_URI, "OpenDirectory", file, g_variant_dict_new (NULL), cancellable, show_answered_cb,
                       task_new (file, fr_other_programs_show_async, cancellable, callback, data));
}

/* The wallpaper */

static void
wallpaper_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  if (!take_answer (task, result, return_no_wallpaper))
    return_no_wallpaper (task);
}

/**
 * fr_other_programs_set_wallpaper_async:
 * @file: a picture on this computer
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when it is behind all windows, or not
 * @data: for @callback
 *
 * The portal asks the person, and shows them how it will look. Only where there is such a portal.
 */
void
fr_other_programs_set_wallpaper_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data)
{
  GVariantDict *options = g_variant_dict_new (NULL);

  g_variant_dict_insert (options, "show-preview", "b", TRUE);
  g_variant_dict_insert (options, "set-on", "s", "background");
  fr_portal_ask_async (FR_OTHER_PROGRAMS_WALLPAPER, "SetWallpaperFile", file, options, cancellable, wallpaper_answered_cb,
                       task_new (file, fr_other_programs_set_wallpaper_async, cancellable, callback, data));
}

/**
 * fr_other_programs_finish:
 * @result: what the callback got
 * @error: (out): why not, in words
 *
 * Returns: whether it was done; %FALSE without an error if the person has thought better of it
 */
gboolean
fr_other_programs_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
