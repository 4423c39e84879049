/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-preferences-text.h"

#include <glib/gi18n.h>

#include "fr-backup.h"

/**
 * fr_preferences_text_check_passphrase:
 * @first: what was typed
 * @again: and once more
 *
 * Returns: whether it will do
 */
FrPassphraseFault
fr_preferences_text_check_passphrase (const char *first, const char *again)
{
  if (*first == '\0')
    return FR_PASSPHRASE_EMPTY;
  if (g_utf8_strlen (first, -1) < FR_BACKUP_MIN_PASSPHRASE)
    return FR_PASSPHRASE_SHORT;
  if (!fr_backup_check_passphrase (first, NULL))
    return FR_PASSPHRASE_LONG;
  return g_str_equal (first, again) ? FR_PASSPHRASE_OK : FR_PASSPHRASE_DIFFERENT;
}

/**
 * fr_preferences_text_describe_passphrase:
 * @fault: what is wrong
 *
 * Returns: (transfer full) (nullable): that as a sentence; %NULL where nothing is
 */
char *
fr_preferences_text_describe_passphrase (FrPassphraseFault fault)
{
  switch (fault)
    {
    case FR_PASSPHRASE_EMPTY:
    case FR_PASSPHRASE_SHORT:
      return g_strdup_printf (
          ngettext ("It has at least %d letter.", "It has at least %d letters.", FR_BACKUP_MIN_PASSPHRASE),
          FR_BACKUP_MIN_PASSPHRASE);
    case FR_PASSPHRASE_LONG:
      return g_strdup (_ ("That is too long."));
    case FR_PASSPHRASE_DIFFERENT:
      return g_strdup (_ ("Type the same once more."));
    case FR_PASSPHRASE_OK:
    default:
      return NULL;
    }
}

/**
 * fr_preferences_text_describe_backup:
 * @error: (nullable): why it was not saved
 * @path: (type filename): where to
 *
 * Returns: (transfer full): what has become of saving the key and the people
 */
char *
fr_preferences_text_describe_backup (const GError *error, const char *path)
{
  g_autofree char *shown = g_filename_display_basename (path);

  if (error == NULL)
    /* Translators: the name of a file */
    return g_strdup_printf (_ ("Saved as “%s”."), shown);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("Stopped. Nothing was saved."));
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_EXIST))
    return g_strdup_printf (_ ("There is a file called “%s” already. Choose another name."), shown);
  if (g_error_matches (error, FR_IDENTITY_ERROR, FR_IDENTITY_ERROR_NO_MEMORY))
    return g_strdup (_ ("There is too little memory free to lock it. Close something, then try again."));
  return g_strdup_printf (_ ("“%s” cannot be written there. Choose another folder."), shown);
}

/**
 * fr_preferences_text_checking:
 * @done: bytes
 * @total: of so many; 0: not known yet
 *
 * Returns: (transfer full): how far the check is
 */
char *
fr_preferences_text_checking (guint64 done, guint64 total)
{
  g_autofree char *done_size = g_format_size (done);
  g_autofree char *total_size = g_format_size (total);

  if (total == 0)
    return g_strdup (_ ("Checking…"));
  /* Translators: two sizes, such as 12 MB and 1.3 GB */
  return g_strdup_printf (_ ("Checked %1$s of %2$s…"), done_size, total_size);
}

static guint
count_mended (const FrStoreReport *report)
{
  guint n = 0;

  for (guint i = 0; i < report->problems->len; i++)
    n += ((FrStoreProblem *) report->problems->pdata[i])->mended;
  return n;
}

/**
 * fr_preferences_text_checked:
 * @report: what a check has found
 *
 * Returns: (transfer full): that in a sentence
 */
char *
fr_preferences_text_checked (const FrStoreReport *report)
{
  guint n_mended = count_mended (report);
  guint n_bad = report->problems->len + report->n_more - n_mended;

  if (n_bad > 0)
    return g_strdup_printf (ngettext ("%u thing is not as it should be.", "%u things are not as they should be.", n_bad),
                            n_bad);
  if (n_mended > 0)
    return g_strdup (_ ("All is as it should be again: what was damaged could be made anew."));
  if (report->n_pictures == 0)
    return g_strdup (_ ("There is nothing to check yet."));
  return g_strdup_printf (
      ngettext ("%u picture is as it should be.", "All %u pictures are as they should be.", report->n_pictures),
      report->n_pictures);
}

/* What is wrong, and what can be done about it. */
static const char *
describe_kind (FrStoreProblemKind kind)
{
  switch (kind)
    {
    case FR_STORE_PROBLEM_MISSING:
      return _ ("Its file is missing. Add your own file of it again, or get it again from who has it.");
    case FR_STORE_PROBLEM_TRUNCATED:
    case FR_STORE_PROBLEM_ALTERED:
      return _ ("Its file is damaged. Add your own file of it again, or get it again from who has it.");
    case FR_STORE_PROBLEM_UNREADABLE:
      return _ ("Its file cannot be read. Look whether you may open it, and whether the disk is well.");
    case FR_STORE_PROBLEM_ORIGINAL:
      return _ ("Your original of it is missing or damaged. Add your own file of it again.");
    case FR_STORE_PROBLEM_THUMBNAIL:
    case FR_STORE_PROBLEM_PREVIEW:
      return _ ("Its small form is damaged. Save the picture, remove it, and add what you saved.");
    case FR_STORE_PROBLEM_UNLISTED:
      return _ ("This is a picture that is not in the list. Add the file, then move it away.");
    case FR_STORE_PROBLEM_FOREIGN:
      return _ ("Freshet did not put this there. Move it away if you want to keep it.");
    case FR_STORE_PROBLEM_UNFINISHED:
      return _ ("It could not be added or removed to the end. Quit Freshet and open it again.");
    case FR_STORE_PROBLEM_HASHES:
    case FR_STORE_PROBLEM_CATALOGUE:
    default:
      return _ ("The list of pictures is damaged. Quit Freshet and open it again: it makes a new one.");
    }
}

/**
 * fr_preferences_text_describe_problem:
 * @problem: something that a check has found
 *
 * Returns: (transfer full): what it is, and what can be done
 */
char *
fr_preferences_text_describe_problem (const FrStoreProblem *problem)
{
  return g_strdup (problem->mended ? _ ("It was damaged, and has been made anew.") : describe_kind (problem->kind));
}

/**
 * fr_preferences_text_name_problem:
 * @problem: something that a check has found
 *
 * Returns: (transfer full): which picture, or file, it is about
 */
char *
fr_preferences_text_name_problem (const FrStoreProblem *problem)
{
  if (problem->picture != NULL && *problem->picture->title != '\0')
    return g_strdup (problem->picture->title);
  return g_strdup (problem->file != NULL ? problem->file : _ ("Your pictures"));
}

/**
 * fr_preferences_text_packing:
 * @done: pictures
 * @total: of so many
 *
 * Returns: (transfer full): how far the export is
 */
char *
fr_preferences_text_packing (guint done, guint total)
{
  return g_strdup_printf (ngettext ("Copied %1$u of %2$u picture…", "Copied %1$u of %2$u pictures…", total), done, total);
}

/**
 * fr_preferences_text_packed:
 * @report: what has become of an export
 * @folder: (type filename): where it is
 *
 * Returns: (transfer full): that in sentences
 */
char *
fr_preferences_text_packed (const FrPackReport *report, const char *folder)
{
  g_autofree char *shown = g_filename_display_basename (folder);
  /* Translators: the name of a folder */
  g_autofree char *done = g_strdup_printf (
      ngettext ("%1$u picture is in “%2$s” now.", "%1$u pictures are in “%2$s” now.", report->n_done), report->n_done,
      shown);
  guint n = report->failures->len;
  g_autofree char *failed = g_strdup_printf (ngettext ("%u could not be copied.", "%u could not be copied.", n), n);

  return n > 0 ? g_strconcat (done, " ", failed, NULL) : g_steal_pointer (&done);
}

/**
 * fr_preferences_text_unpacking:
 * @done: pictures
 * @total: of so many
 *
 * Returns: (transfer full): how far adding an export is
 */
char *
fr_preferences_text_unpacking (guint done, guint total)
{
  return g_strdup_printf (_ ("Adding picture %u of %u…"), done, total);
}

/* Takes both over. */
static char *
add_sentence (char *text, char *sentence)
{
  char *both = g_strdup_printf (C_ ("sentences", "%s %s"), text, sentence);

  g_free (text);
  g_free (sentence);
  return both;
}

/**
 * fr_preferences_text_unpacked:
 * @report: what has become of adding an export
 *
 * Returns: (transfer full): that in sentences
 */
char *
fr_preferences_text_unpacked (const FrPackReport *report)
{
  guint n_failed = report->failures->len;
  char *text = g_strdup_printf (ngettext ("%u picture added.", "%u pictures added.", report->n_done), report->n_done);

  if (report->n_known > 0)
    text = add_sentence (text, g_strdup_printf (ngettext ("%u was there already.", "%u were there already.",
                                                          report->n_known),
                                                report->n_known));
  if (n_failed > 0)
    text = add_sentence (text, g_strdup_printf (ngettext ("%u could not be added.", "%u could not be added.", n_failed),
                                                n_failed));
  return text;
}

/**
 * fr_preferences_text_name_export:
 * @day: when it is made
 * @nth: how often on that day, from 1
 *
 * Returns: (transfer full): the name of the folder
 */
char *
fr_preferences_text_name_export (GDateTime *day, guint nth)
{
  g_autofree char *date = g_date_time_format (day, "%F");

  return nth == 1 ? g_strdup_printf ("Freshet %s", date) : g_strdup_printf ("Freshet %s (%u)", date, nth);
}
