/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "fr-application.h"

int
main (int argc, char *argv[])
{
  const char *locale_dir = g_getenv ("FRESHET_LOCALEDIR"); /* where it has not been installed */
  g_autoptr (FrApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : FR_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("freshet");
  application = fr_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
