/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-text.h"

#include <glib/gi18n.h>

static void
add (GPtrArray *parts, const char *part)
{
  if (part != NULL && *part != '\0')
    g_ptr_array_add (parts, (gpointer) part);
}

/**
 * fr_wall_text_name:
 * @words: its description, or else its title
 * @facts: what stands on it
 * @day: (nullable): the day that begins with it
 *
 * Returns: (transfer full): the name of a tile for those who cannot see it
 */
char *
fr_wall_text_name (const char *words, const FrWallFacts *facts, const char *day)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *alike = NULL;

  if (facts->n_alike > 1)
    alike = g_strdup_printf (ngettext ("%u much alike", "%u much alike", facts->n_alike), facts->n_alike);
  add (parts, day);
  add (parts, words == NULL || *words == '\0' ? _ ("Picture") : words);
  add (parts, facts->from);
  add (parts, facts->is_veiled ? C_ ("a picture", "Blurred") : NULL);
  add (parts, facts->is_kept ? _ ("Kept") : NULL);
  add (parts, facts->is_fresh ? C_ ("a picture", "New") : NULL);
  add (parts, facts->audience);
  add (parts, alike);
  g_ptr_array_add (parts, NULL);
  /* Translators: between what is said about a picture: “Lena at the harbour. From Anna. Kept” */
  return g_strjoinv (_ (". "), (char **) parts->pdata);
}

char *
fr_wall_text_count_selected (guint n)
{
  return n > 0 ? g_strdup_printf (ngettext ("%u picture selected", "%u pictures selected", n), n)
               : g_strdup (_ ("Click on pictures to select them"));
}
