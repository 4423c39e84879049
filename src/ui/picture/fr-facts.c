/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-facts.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * fr_facts_describe:
 * @width: in pixels; 0: not known
 * @height: in pixels; 0: not known
 * @size: in bytes
 *
 * Returns: (transfer full): such as *1920 × 1080, 1.2 MB*
 */
char *
fr_facts_describe (guint width, guint height, guint64 size)
{
  g_autofree char *bytes = g_format_size (size);

  if (width == 0 || height == 0)
    return g_steal_pointer (&bytes);
  /* Translators: width and height of a picture in pixels, and how large it is, such as “1.2 MB” */
  return g_strdup_printf (_ ("%u × %u, %s"), width, height, bytes);
}

/**
 * fr_facts_describe_from:
 * @name: of somebody who has a picture; empty: nobody has it whom one knows
 * @n_others: people who have it besides
 *
 * Returns: (transfer full): such as *From Anna and 2 others*
 */
char *
fr_facts_describe_from (const char *name, guint n_others)
{
  if (*name == '\0' && n_others == 0)
    return g_strdup (_ ("From someone you don’t know"));
  if (*name == '\0')
    return g_strdup_printf (ngettext ("From %u person you don’t know", "From %u people you don’t know", n_others + 1),
                            n_others + 1);
  if (n_others == 0)
    return g_strdup_printf (_ ("From %s"), name);
  /* Translators: who has a picture: the name of a person, and how many other people */
  return g_strdup_printf (ngettext ("From %s and %u other", "From %s and %u others", n_others), name, n_others);
}

/**
 * fr_facts_tags_to_text:
 * @tags: (array zero-terminated=1): tags
 *
 * Returns: (transfer full): them as a person types them: with commas between
 */
char *
fr_facts_tags_to_text (const char *const *tags)
{
  return g_strjoinv (", ", (char **) tags);
}

/**
 * fr_facts_tags_from_text:
 * @text: tags with commas between
 *
 * Returns: (transfer full): the tags, each once, none empty
 */
GStrv
fr_facts_tags_from_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      const char *tag = g_strstrip (parts[i]);

      if (*tag != '\0' && g_hash_table_add (seen, g_utf8_casefold (tag, -1)))
        g_strv_builder_add (builder, tag);
    }
  return g_strv_builder_end (builder);
}
