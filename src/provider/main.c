/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "fr-search-provider.h"

int
main (int argc, char *argv[])
{
  const char *locale_dir = g_getenv ("FRESHET_LOCALEDIR"); /* where it has not been installed */
  const char *program = g_getenv ("FRESHET_PROGRAM");
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "freshet", NULL);
  g_autoptr (FrSearchProvider) provider = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : FR_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  provider = fr_search_provider_new (folder, program != NULL ? program : FR_BINDIR "/freshet");
  return g_application_run (G_APPLICATION (provider), argc, argv);
}
