/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-background.h"

#include <glib/gi18n.h>

#include "fr-autostart.h"
#include "fr-settings.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

/* A question to the portal, which answers by a signal of an object that it makes for it:
 * https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Request.html */
typedef struct
{
  GDBusConnection *bus; /* owned */
  guint subscription;   /* 0: not yet, or no more */
} Question;

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
  g_free (question);
}

gboolean
fr_background_uses_portal (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * fr_background_get_at_login:
 *
 * Returns: whether Freshet is started at login, as far as it can know
 */
gboolean
fr_background_get_at_login (void)
{
  g_autoptr (GSettings) settings = NULL;

  if (!fr_background_uses_portal ())
    return fr_autostart_get ();
  settings = fr_settings_open ();
  return settings != NULL && g_settings_get_boolean (settings, FR_SETTING_OPEN_AT_LOGIN);
}

static void
return_leave (GTask *task, gboolean goes_on, gboolean at_login)
{
  FrBackgroundLeave *leave = g_new (FrBackgroundLeave, 1);

  *leave = (FrBackgroundLeave){ goes_on, at_login };
  g_task_return_pointer (task, leave, g_free);
}

static void
response_cb (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  g_autoptr (GVariant) results = NULL;
  gboolean goes_on = FALSE, at_login = FALSE;
  guint response = 2;

  stop_listening (g_task_get_task_data (task));
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == 0 && results != NULL)
    {
      g_variant_lookup (results, "background", "b", &goes_on);
      g_variant_lookup (results, "autostart", "b", &at_login);
    }
  return_leave (task, goes_on, at_login);
}

static void
listen_at (GTask *task, const char *path)
{
  Question *question = g_task_get_task_data (task);

  stop_listening (question);
  question->subscription
      = g_dbus_connection_signal_subscribe (question->bus, PORTAL, "org.freedesktop.portal.Request", "Response", path,
                                            NULL, G_DBUS_SIGNAL_FLAGS_NONE, response_cb,
                                            g_object_ref (task), g_object_unref);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    return; /* it is answered at the path that was listened to before */
  if (question->subscription == 0)
    {
      g_error_free (error);
      return;
    }
  stop_listening (question);
  g_task_return_error (task, error);
}

/* Where the answer comes, for a portal since version 0.9: known before it is asked. */
static char *
make_request_path (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  g_strdelimit (sender, ".", '_');
  return g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
}

static void
ask (GTask *task, gboolean at_login)
{
  static const char *const command[] = { "freshet", "--background", NULL };
  const Question *question = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("freshet_%08x", g_random_int ());
  g_autofree char *path = make_request_path (question->bus, token);
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("People get your pictures while the window is closed.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (at_login));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  listen_at (task, path);
  g_dbus_connection_call (question->bus, PORTAL, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          g_task_get_cancellable (task), asked_cb, g_object_ref (task));
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  gboolean at_login = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (task), "at-login"));
  GError *error = NULL;

  question->bus = g_bus_get_finish (result, &error);
  if (question->bus != NULL)
    ask (task, at_login);
  else
    g_task_return_error (task, error);
}

/**
 * fr_background_ask_portal_async:
 * @at_login: whether to be started at login
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called with the answer, which may take as long as a person does
 * @data: for @callback
 */
void
fr_background_ask_portal_async (gboolean at_login,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, fr_background_ask_async);
  g_task_set_task_data (task, g_new0 (Question, 1), question_free);
  g_object_set_data (G_OBJECT (task), "at-login", GINT_TO_POINTER (at_login));
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, task);
}

/**
 * fr_background_ask_async:
 * @at_login: whether to be started at login
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called with the answer
 * @data: for @callback
 *
 * Asks for leave to go on without a window.
 */
void
fr_background_ask_async (gboolean at_login, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  if (fr_background_uses_portal ())
    {
      fr_background_ask_portal_async (at_login, cancellable, callback, data);
      return;
    }
  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, fr_background_ask_async);
  if (at_login == fr_autostart_get () || fr_autostart_set (at_login, &error))
    return_leave (task, TRUE, at_login);
  else
    g_task_return_error (task, error);
}

/**
 * fr_background_ask_finish:
 * @result: what the callback got
 * @out_leave: (out): what is allowed; both are %FALSE where the desktop says no
 * @error: (out): why it could not be asked
 *
 * Returns: whether there is an answer
 */
gboolean
fr_background_ask_finish (GAsyncResult *result, FrBackgroundLeave *out_leave, GError **error)
{
  g_autofree FrBackgroundLeave *leave = g_task_propagate_pointer (G_TASK (result), error);

  if (leave == NULL)
    return FALSE;
  *out_leave = *leave;
  return TRUE;
}
