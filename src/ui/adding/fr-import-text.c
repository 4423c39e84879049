/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-import-text.h"

#include <glib/gi18n.h>

/**
 * fr_import_text_gather:
 * @import: an import
 * @out_facts: (out): what there is to say about it
 */
void
fr_import_text_gather (FrImport *import, FrImportFacts *out_facts)
{
  *out_facts = (FrImportFacts){
    .n_total = fr_import_get_n_total (import),
    .n_done = fr_import_get_n_done (import),
    .n_added = fr_import_get_n_added (import),
    .n_known = fr_import_get_n_known (import),
    .n_failed = fr_import_get_failures (import)->len,
    .n_cleaned = fr_import_count_cleaned (import),
    .n_withheld = fr_import_count_withheld (import),
    .is_stopped = fr_import_get_cancelled (import),
  };
}

/**
 * fr_import_text_looking:
 * @n_found: how many pictures have been found until now
 *
 * Returns: (transfer full): what is said meanwhile
 */
char *
fr_import_text_looking (guint n_found)
{
  if (n_found < FR_IMPORT_TEXT_MANY)
    return g_strdup (_ ("Looking for pictures…"));
  return g_strdup_printf (ngettext ("Looking for pictures, %u so far…", "Looking for pictures, %u so far…", n_found),
                          n_found);
}

/**
 * fr_import_text_adding:
 * @facts: how far it is
 *
 * Returns: (transfer full): what is said meanwhile
 */
char *
fr_import_text_adding (const FrImportFacts *facts)
{
  if (facts->n_total == 0)
    return fr_import_text_looking (0);
  /* Translators: how far adding pictures is: the number of the picture, and how many there are */
  return g_strdup_printf (_ ("Adding picture %u of %u…"), MIN (facts->n_done + 1, facts->n_total), facts->n_total);
}

/**
 * fr_import_text_out_of_room:
 * @n_added: how many pictures were added before
 *
 * Returns: (transfer full): what has happened, and what to do
 */
char *
fr_import_text_out_of_room (guint n_added)
{
  g_autofree char *added = g_strdup_printf (
    ngettext ("%u picture was added before.", "%u pictures were added before.", n_added), n_added);

  if (n_added == 0)
    return g_strdup (_ ("There is no room left on the disk. Make some room, then go on."));
  /* Translators: %s is a sentence: 3 pictures were added before. */
  return g_strdup_printf (_ ("There is no room left on the disk. %s Make some room, then go on."), added);
}

static void
append (GString *text, const char *sentence_format, guint n)
{
  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (text, sentence_format, n);
}

/**
 * fr_import_text_failed:
 * @n_failed: how many could not be added
 * @n_total: of how many
 *
 * Returns: (transfer full): what is said of it
 */
char *
fr_import_text_failed (guint n_failed, guint n_total)
{
  return g_strdup_printf (ngettext ("%u of %u could not be added.", "%u of %u could not be added.", n_total), n_failed,
                          n_total);
}

/**
 * fr_import_text_summarise:
 * @facts: of an import that is finished
 *
 * Returns: (transfer full): what has become of it
 */
char *
fr_import_text_summarise (const FrImportFacts *facts)
{
  GString *text = g_string_new (facts->is_stopped ? _ ("Stopped.") : NULL);
  guint n = facts->n_added;
  g_autofree char *failed = NULL;

  if (facts->is_stopped)
    append (text, ngettext ("%u picture was added before.", "%u pictures were added before.", n), n);
  else
    append (text, ngettext ("%u picture added.", "%u pictures added.", n), n);
  if (n == 0 && (facts->is_stopped || facts->n_known == 0 || facts->n_failed > 0))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", _ ("No picture was added."));
  n = facts->n_known;
  append (text, ngettext ("%u was there already.", "%u were there already.", n), n);
  n = facts->n_cleaned;
  append (text, ngettext ("Details such as the place were removed from what is shared of %u.",
                          "Details such as the place were removed from what is shared of %u.", n), n);
  n = facts->n_withheld;
  append (text, ngettext ("%u is for you alone until you share it: its details cannot be removed.",
                          "%u are for you alone until you share them: their details cannot be removed.", n), n);
  if (facts->n_failed > 0)
    {
      failed = fr_import_text_failed (facts->n_failed, facts->n_total);
      g_string_append_printf (text, " %s", failed);
    }
  return g_string_free (text, FALSE);
}

/**
 * fr_import_text_quarter:
 * @facts: how far it is
 *
 * Returns: how many quarters are over, which is told to those who do not see the bar
 */
guint
fr_import_text_quarter (const FrImportFacts *facts)
{
  return facts->n_total > 0 ? (guint) ((guint64) facts->n_done * 4 / facts->n_total) : 0;
}

/**
 * fr_import_text_room_heading:
 * @room: how much room it needs
 *
 * Returns: (transfer full) (nullable): what is asked, or said
 */
char *
fr_import_text_room_heading (const FrRoom *room)
{
  switch (fr_room_judge (room))
    {
    case FR_ROOM_ASK:
    case FR_ROOM_TIGHT:
      return g_strdup_printf (ngettext ("Add %u Picture?", "Add %u Pictures?", room->n_pictures), room->n_pictures);
    case FR_ROOM_NONE:
      return g_strdup (_ ("Not Enough Room"));
    case FR_ROOM_AMPLE:
    default:
      return NULL;
    }
}

/**
 * fr_import_text_room_body:
 * @room: how much room it needs
 *
 * Returns: (transfer full) (nullable): the numbers
 */
char *
fr_import_text_room_body (const FrRoom *room)
{
  g_autofree char *needed = g_format_size (room->bytes_needed);
  g_autofree char *least = g_format_size (room->bytes_least);
  g_autofree char *free_room = g_format_size (room->bytes_free);

  switch (fr_room_judge (room))
    {
    case FR_ROOM_ASK:
      /* Translators: sizes: what pictures need on the disk, and how much is free there */
      return g_strdup_printf (_ ("About %s; %s free."), needed, free_room);
    case FR_ROOM_TIGHT:
      /* Translators: sizes: what pictures need on the disk, and how much is free there */
      return g_strdup_printf (_ ("About %s; %s free. It may not be enough for all of them."), needed, free_room);
    case FR_ROOM_NONE:
      /* Translators: sizes: what pictures need on the disk, and how much is free there */
      return g_strdup_printf (_ ("These need about %s, and %s is free. Make some room, or add fewer."), least, free_room);
    case FR_ROOM_AMPLE:
    default:
      return NULL;
    }
}

/**
 * fr_import_text_question:
 * @n_pictures: how many were just added
 *
 * Returns: what is asked about them
 */
const char *
fr_import_text_question (guint n_pictures)
{
  return n_pictures == 1 ? _ ("What is in this picture?") : _ ("What is in these pictures?");
}

/**
 * fr_import_text_described:
 * @n_pictures: how many
 * @others_see_them: whether somebody else can find them
 *
 * Returns: what is said once they are described
 */
const char *
fr_import_text_described (guint n_pictures, gboolean others_see_them)
{
  if (n_pictures == 1)
    return others_see_them ? _ ("Saved. Others find it by these words.") : _ ("Saved. You find it by these words.");
  return others_see_them ? _ ("Saved. Others find them by these words.") : _ ("Saved. You find them by these words.");
}
