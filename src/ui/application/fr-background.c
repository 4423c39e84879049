/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-background.h"

#include <glib/gi18n.h>

#include "fr-autostart.h"
#include "fr-portal.h"
#include "fr-settings.h"

gboolean
fr_background_uses_portal (void)
{
  return fr_portal_is_sandboxed ();
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
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GVariant) results = NULL;
  g_autoptr (GError) error = NULL;
  gboolean goes_on = FALSE, at_login = FALSE;

  if (fr_portal_ask_finish (result, &results, &error) == FR_PORTAL_DONE && results != NULL)
    {
      g_variant_lookup (results, "background", "b", &goes_on);
      g_variant_lookup (results, "autostart", "b", &at_login);
    }
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    return_leave (task, goes_on, at_login);
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
  static const char *const command[] = { "freshet", "--background", NULL };
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  GVariantDict *options = g_variant_dict_new (NULL);

  g_task_set_source_tag (task, fr_background_ask_async);
  g_variant_dict_insert (options, "reason", "s", _ ("People get your pictures while the window is closed."));
  g_variant_dict_insert (options, "autostart", "b", at_login);
  g_variant_dict_insert (options, "commandline", "^as", command);
  g_variant_dict_insert (options, "dbus-activatable", "b", FALSE);
  fr_portal_ask_async ("org.freedesktop.portal.Background", "RequestBackground", NULL, options, cancellable, answered_cb,
                       task);
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
