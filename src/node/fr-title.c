/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-title.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fr-image-sniff.h"
#include "fr-picture.h"

/* What comes after the last dot is an extension up to this many letters; more is part of the name. */
#define MAX_EXTENSION 5

typedef gunichar (*MapFunc) (gunichar c);

/* What a kind of picture is called at the end of a file's name; the first is the one that is given. */
static const struct
{
  FrImageType type;
  const char *extensions[2];
} endings[] = {
  { FR_IMAGE_TYPE_JPEG, { ".jpg", ".jpeg" } }, { FR_IMAGE_TYPE_PNG, { ".png" } },
  { FR_IMAGE_TYPE_WEBP, { ".webp" } },         { FR_IMAGE_TYPE_GIF, { ".gif" } },
  { FR_IMAGE_TYPE_HEIF, { ".heic", ".heif" } }, { FR_IMAGE_TYPE_AVIF, { ".avif" } },
  { FR_IMAGE_TYPE_TIFF, { ".tif", ".tiff" } }, { FR_IMAGE_TYPE_SVG, { ".svg" } },
};

/* Of a kind that is not known: there must be one, or a title from somebody else could choose what opens the file. */
static const char *const unknown_ending[2] = { ".bin" };

static gunichar
map_nothing (gunichar c)
{
  return c;
}

static gunichar
map_joiners_of_words (gunichar c)
{
  return c == '_' || c == '-' ? ' ' : c;
}

/* What no file name may hold, here or on the sticks and cards that pictures are carried on. */
static gunichar
map_not_in_names (gunichar c)
{
  return c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL ? '_' : c;
}

static gboolean
is_readable (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
      return FALSE;
    case G_UNICODE_FORMAT:                  /* bidirectional overrides can make photo_gpj.exe of photo_exe.jpg */
      return c == 0x200c || c == 0x200d; /* Persian, Indic scripts and emoji need the zero-width (non-)joiner */
    default:
      return TRUE;
    }
}

/* One line: readable characters with single blanks between words, none at the ends. */
static char *
make_line (const char *text, gssize length, MapFunc map)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);
  GString *line = g_string_new (NULL);
  gboolean blank = FALSE;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = map (g_utf8_get_char (p));

      if (g_unichar_isspace (c))
        blank = line->len > 0;
      else if (is_readable (c))
        {
          if (blank)
            g_string_append_c (line, ' ');
          blank = FALSE;
          g_string_append_unichar (line, c);
        }
    }
  return g_string_free (line, FALSE);
}

/* Cuts a text to so many bytes at most, never through a character. */
static void
cut (char *text, gsize max_bytes)
{
  if (strlen (text) <= max_bytes)
    return;
  *g_utf8_find_prev_char (text, text + max_bytes + 1) = '\0';
}

static char *
finish_title (char *line)
{
  cut (line, FR_PICTURE_MAX_TITLE);
  g_strchomp (line);
  if (*line != '\0')
    return line;
  g_free (line);
  return g_strdup (_ ("Picture"));
}

static gsize
measure_without_extension (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize length;

  if (dot == NULL)
    return strlen (name);
  length = strspn (dot + 1, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS);
  if (length == 0 || length > MAX_EXTENSION || dot[1 + length] != '\0')
    return strlen (name);
  return (gsize) (dot - name);
}

static const char *const *
get_endings (guint type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (endings[i].type == type)
      return endings[i].extensions;
  return unknown_ending;
}

static void
drop_ending (char *name, const char *const *extensions)
{
  for (gsize i = 0; i < 2 && extensions[i] != NULL; i++)
    {
      gsize size = strlen (name), size_of_ending = strlen (extensions[i]);

      if (size > size_of_ending && g_ascii_strcasecmp (name + size - size_of_ending, extensions[i]) == 0)
        {
          name[size - size_of_ending] = '\0';
          return;
        }
    }
}

static void
trim_dots (char *name)
{
  gsize start = strspn (name, ". ");
  gsize size = strlen (name + start);

  memmove (name, name + start, size + 1);
  while (size > 0 && strchr (". ", name[size - 1]) != NULL)
    name[--size] = '\0';
}

/**
 * fr_title_clean:
 * @text: (nullable): bytes that somebody gave as a title
 *
 * Makes a title of anything: blanks are single, characters that cannot be seen are left out, and what is too long is
 * cut.
 *
 * Returns: (transfer full): a title, *Picture* where nothing is left
 */
char *
fr_title_clean (const char *text)
{
  return finish_title (make_line (text != NULL ? text : "", -1, map_nothing));
}

/**
 * fr_title_from_file_name:
 * @name: (type filename): the name of a file, perhaps with its folders
 *
 * Makes a title of what a file is called: `IMG_harbour-at_night.JPG` is *IMG harbour at night*.
 *
 * Returns: (transfer full): a title, *Picture* where nothing is left
 */
char *
fr_title_from_file_name (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *last = slash != NULL ? slash + 1 : name;

  return finish_title (make_line (last, (gssize) measure_without_extension (last), map_joiners_of_words));
}

/**
 * fr_title_to_file_name:
 * @title: a title, perhaps from somebody else
 * @type: a #FrImageType, as far as it is known
 *
 * Makes the name of a file of a title, which can neither leave its folder nor hide in it, nor show as something other
 * than a picture of that kind.
 *
 * Returns: (transfer full) (type filename): a name in UTF-8 of at most %FR_TITLE_MAX_FILE_NAME bytes
 */
char *
fr_title_to_file_name (const char *title, guint type)
{
  const char *const *extensions = get_endings (type);
  g_autofree char *name = make_line (title, -1, map_not_in_names);

  drop_ending (name, extensions);
  trim_dots (name);
  cut (name, FR_TITLE_MAX_FILE_NAME - strlen (extensions[0]));
  trim_dots (name);
  return g_strconcat (*name != '\0' ? name : _ ("Picture"), extensions[0], NULL);
}
