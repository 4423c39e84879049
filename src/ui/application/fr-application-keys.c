/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-application-keys.h"

void
fr_application_keys_set (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *key;
  } keys[] = {
    { "app.help", "F1" },
    { "app.quit", "<Control>q" },
    { "window.close", "<Control>w" },
    { "win.search", "<Control>f" },
    { "win.show-page('new')", "<Alt>1" },
    { "win.show-page('pictures')", "<Alt>2" },
    { "win.show-page('people')", "<Alt>3" },
    { "win.add-pictures", "<Control>o" },
    { "win.invite", "<Control>n" },
    { "win.preferences", "<Control>comma" },
    { "win.transfers", "<Control>j" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *accels[] = { keys[i].key, NULL };

      gtk_application_set_accels_for_action (application, keys[i].action, accels);
    }
}
