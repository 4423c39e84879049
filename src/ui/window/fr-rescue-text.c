/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-rescue-text.h"

#include <glib/gi18n.h>

/**
 * fr_rescue_text_describe:
 * @n_unnamed: of how many pictures no more than the bytes was left
 *
 * Returns: (transfer full): what a person has to know and do
 */
char *
fr_rescue_text_describe (guint n_unnamed)
{
  if (n_unnamed == 0)
    return g_strdup (_ ("It has been made anew. All of your pictures have kept their titles."));
  return g_strdup_printf (ngettext ("It has been made anew. %u picture has lost its title and is to be named again; only "
                                    "you can see it until you share it again.",
                                    "It has been made anew. %u pictures have lost their titles and are to be named "
                                    "again; only you can see them until you share them again.",
                                    n_unnamed),
                          n_unnamed);
}
