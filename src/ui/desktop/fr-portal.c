/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-portal.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

/* Frees itself with its task. */
typedef struct
{
  char *interface;
  char *method;
  GFile *file;          /* owned, nullable: handed over open, to be read */
  GVariantDict *options;
  GDBusConnection *bus; /* owned */
  guint subscription;   /* 0: not yet, or no more */
} Question;

/* What is answered. */
typedef struct
{
  FrPortalResponse response;
  GVariant *results; /* owned, nullable */
} Answer;

static void
stop_listening (Question *question)
{
  if (question->subscription != 0)
    g_dbus_connection_signal_unsubscribe (question->bus, question->subscription);
  question->subscription = 0;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->bus != NULL)
    stop_listening (question);
  g_clear_object (&question->bus);
  g_clear_object (&question->file);
  g_clear_pointer (&question->options, g_variant_dict_unref);
  g_free (question->interface);
  g_free (question->method);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->results, g_variant_unref);
  g_free (answer);
}

gboolean
fr_portal_is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
response_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
             GVariant *parameters, gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  Answer *answer = g_new0 (Answer, 1);
  guint response = FR_PORTAL_FAILED;

  stop_listening (g_task_get_task_data (task));
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get (parameters, "(u@a{sv})", &response, &answer->results);
  answer->response = MIN (response, FR_PORTAL_FAILED);
  g_task_return_pointer (task, answer, answer_free);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL, result, &error);

  /* It is answered at the path that is listened to; perhaps it was already. */
  if (answer != NULL || question->subscription == 0)
    return;
  stop_listening (question);
  g_task_return_error (task, g_steal_pointer (&error));
}

/* Where the answer comes, for a portal since version 0.9: known before it is asked. */
static void
listen_at (GTask *task, const char *token)
{
  Question *question = g_task_get_task_data (task);
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (question->bus) + 1);
  g_autofree char *path = NULL;

  g_strdelimit (sender, ".", '_');
  path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  question->subscription
      = g_dbus_connection_signal_subscribe (question->bus, PORTAL, "org.freedesktop.portal.Request", "Response", path,
                                            NULL, G_DBUS_SIGNAL_FLAGS_NONE, response_cb, g_object_ref (task),
                                            g_object_unref);
}

/* All questions have the window that asks first, then perhaps a file, and last what is to be known besides. Takes the file. */
static void
ask (GTask *task, int fd)
{
  Question *question = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("freshet_%08x", g_random_int ());
  g_autoptr (GUnixFDList) fds = fd >= 0 ? g_unix_fd_list_new_from_array (&fd, 1) : NULL;
  GVariant *options;

  g_variant_dict_insert (question->options, "handle_token", "s", token);
  options = g_variant_dict_end (question->options);
  listen_at (task, token);
  g_dbus_connection_call_with_unix_fd_list (
      question->bus, PORTAL, PORTAL_PATH, question->interface, question->method,
      fd >= 0 ? g_variant_new ("(sh@a{sv})", "", 0, options) : g_variant_new ("(s@a{sv})", "", options),
      G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, fds, g_task_get_cancellable (task), asked_cb,
      g_object_ref (task));
}

static void
open_thread (GTask *task, gpointer source, gpointer file, GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (file);
  int fd = path != NULL ? g_open (path, O_RDONLY | O_CLOEXEC, 0) : -1;

  if (fd >= 0)
    g_task_return_int (task, fd);
  else
    g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  int fd = (int) g_task_propagate_int (G_TASK (result), &error);

  if (error == NULL)
    ask (task, fd);
  else
    g_task_return_error (task, error);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GTask) in_thread = NULL;
  GError *error = NULL;

  question->bus = g_bus_get_finish (result, &error);
  if (question->bus == NULL)
    g_task_return_error (task, error);
  else if (question->file == NULL)
    ask (task, -1);
  else
    {
      in_thread = g_task_new (NULL, NULL, opened_cb, g_object_ref (task));
      g_task_set_task_data (in_thread, g_object_ref (question->file), g_object_unref);
      g_task_run_in_thread (in_thread, open_thread);
    }
}

/**
 * fr_portal_ask_async:
 * @interface: which portal
 * @method: what it is asked
 * @file: (nullable): what it is about
 * @options: (transfer full): what it has to know
 * @cancellable: (nullable): to give up, until it has been asked
 * @callback: (scope async): called with the answer, which may take as long as a person does
 * @data: for @callback
 */
void
fr_portal_ask_async (const char *interface, const char *method, GFile *file, GVariantDict *options,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Question *question = g_new0 (Question, 1);

  question->interface = g_strdup (interface);
  question->method = g_strdup (method);
  question->options = options;
  g_set_object (&question->file, file);
  g_task_set_source_tag (task, fr_portal_ask_async);
  g_task_set_task_data (task, question, question_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, task);
}

/**
 * fr_portal_ask_finish:
 * @result: what the callback got
 * @out_results: (out) (optional) (nullable): what it says
 * @error: (out): why it could not be asked; there may be no such portal
 *
 * Returns: what has become of it; %FR_PORTAL_FAILED with an error too
 */
FrPortalResponse
fr_portal_ask_finish (GAsyncResult *result, GVariant **out_results, GError **error)
{
  Answer *answer = g_task_propagate_pointer (G_TASK (result), error);
  FrPortalResponse response;

  if (answer == NULL)
    return FR_PORTAL_FAILED;
  response = answer->response;
  if (out_results != NULL)
    *out_results = g_steal_pointer (&answer->results);
  answer_free (answer);
  return response;
}

/* Whether there is one */

static void
version_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GVariant) version = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  g_task_return_boolean (task, version != NULL);
}

static void
has_bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  const char *interface = g_task_get_task_data (task);

  if (bus == NULL)
    g_task_return_boolean (task, FALSE);
  else
    g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
                            g_variant_new ("(ss)", interface, "version"), G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE,
                            -1, g_task_get_cancellable (task), version_cb, g_object_ref (task));
}

/**
 * fr_portal_has_async:
 * @interface: which portal
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called with the answer
 * @data: for @callback
 *
 * Finds out whether this desktop has it: not each has all.
 */
void
fr_portal_has_async (const char *interface, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, fr_portal_has_async);
  g_task_set_task_data (task, g_strdup (interface), g_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, has_bus_cb, task);
}

gboolean
fr_portal_has_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
