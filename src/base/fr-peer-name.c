/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-name.h"

#include <string.h>

/* Marks that a font lays over the letter before; more than these in a row climb out of the line. */
#define MAX_MARKS 4

#define SUFFIX_SIZE 5 /* of a dash and the letters behind it; and as much as the letters take as a string */

static gboolean
is_joiner (gunichar c)
{
  return c == 0x200c || c == 0x200d; /* zero-width (non-)joiner: Persian, Indic scripts and emoji need them */
}

static gboolean
is_acceptable (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    case G_UNICODE_FORMAT: /* bidirectional overrides and the like can make one name look like another */
      return is_joiner (c);
    default:
      return TRUE;
    }
}

/* Zero-width joiners alone, blanks alone or marks alone are nothing that one could read. */
static gboolean
has_visible (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isgraph (g_utf8_get_char (p)) && !g_unichar_ismark (g_utf8_get_char (p))
        && !is_joiner (g_utf8_get_char (p)) && g_utf8_get_char (p) != 0x3164 && g_utf8_get_char (p) != 0x2800)
      return TRUE;
  return FALSE;
}

/**
 * fr_peer_name_normalise:
 * @text: (nullable): what a person typed, or a peer sent
 * @out_name: (out) (optional): the name in NFC, blanks at the ends removed and those inside made single; untouched
 *   on failure
 *
 * Checks a name and brings it to the form in which it is kept and sent: 1 to %FR_PEER_NAME_MAX_CHARS characters of
 * any script, at most %FR_PEER_NAME_MAX_BYTES bytes.
 *
 * Returns: %FR_PEER_NAME_OK, or why it will not do
 */
FrPeerNameFault
fr_peer_name_normalise (const char *text, char **out_name)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autofree char *name = NULL;
  gboolean blank = FALSE;
  guint marks = 0;

  if (text == NULL || *text == '\0')
    return FR_PEER_NAME_EMPTY;
  if (strlen (text) > 16 * FR_PEER_NAME_MAX_BYTES)
    return FR_PEER_NAME_TOO_LONG;
  if (!g_utf8_validate (text, -1, NULL))
    return FR_PEER_NAME_ODD;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          blank = joined->len > 0;
          continue;
        }
      if (!is_acceptable (c))
        return FR_PEER_NAME_ODD;
      marks = g_unichar_ismark (c) ? marks + 1 : 0;
      if (marks > MAX_MARKS)
        return FR_PEER_NAME_ODD;
      if (blank)
        g_string_append_c (joined, ' ');
      blank = FALSE;
      g_string_append_unichar (joined, c);
    }
  if (!has_visible (joined->str))
    return FR_PEER_NAME_EMPTY;
  name = g_utf8_normalize (joined->str, joined->len, G_NORMALIZE_NFC);
  if (g_utf8_strlen (name, -1) > FR_PEER_NAME_MAX_CHARS || strlen (name) > FR_PEER_NAME_MAX_BYTES)
    return FR_PEER_NAME_TOO_LONG;
  if (out_name != NULL)
    *out_name = g_steal_pointer (&name);
  return FR_PEER_NAME_OK;
}

/* Letters of ASCII and single blanks between them: most names, and each query and record that comes by has one. */
static gboolean
is_plain (const char *name)
{
  gsize n;

  for (n = 0; n <= FR_PEER_NAME_MAX_CHARS && name[n] != '\0'; n++)
    if (!g_ascii_isgraph (name[n])
        && !(name[n] == ' ' && n > 0 && name[n - 1] != ' ' && g_ascii_isgraph (name[n + 1])))
      return FALSE;
  return n > 0 && n <= FR_PEER_NAME_MAX_CHARS;
}

/**
 * fr_peer_name_is_valid:
 * @name: (nullable): a name from the wire
 *
 * Returns: whether @name already has the form that fr_peer_name_normalise() gives
 */
gboolean
fr_peer_name_is_valid (const char *name)
{
  g_autofree char *normal = NULL;

  if (name != NULL && is_plain (name))
    return TRUE;
  return fr_peer_name_normalise (name, &normal) == FR_PEER_NAME_OK && strcmp (name, normal) == 0;
}

/**
 * fr_peer_address_is_valid:
 * @address: (nullable): a PeerServer id
 *
 * Checks the rule of the PeerJS clients, `^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$`, and the length, at most
 * %FR_PEER_ADDRESS_MAX_BYTES.
 *
 * Returns: whether @address may be registered
 */
gboolean
fr_peer_address_is_valid (const char *address)
{
  gboolean after_letter = FALSE;

  if (address == NULL || strlen (address) > FR_PEER_ADDRESS_MAX_BYTES)
    return FALSE;
  for (const char *p = address; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        after_letter = TRUE;
      else if (after_letter && strchr (" _-", *p) != NULL)
        after_letter = FALSE;
      else
        return FALSE;
    }
  return after_letter;
}

/**
 * fr_peer_address_from_name:
 * @name: a valid name
 *
 * Makes the address that a name asks for: ASCII letters and digits in lower case, joined by dashes (`zoe` from *Zoë*).
 * A name with none of these in it becomes `friend`.
 *
 * Returns: (transfer full): a valid address
 */
char *
fr_peer_address_from_name (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  g_autoptr (GString) address = g_string_new (NULL);
  gboolean dash = FALSE;

  for (const char *p = ascii; *p != '\0' && address->len < FR_PEER_ADDRESS_MAX_BYTES / 2; p++)
    {
      if (g_ascii_isalnum (*p))
        {
          if (dash)
            g_string_append_c (address, '-');
          g_string_append_c (address, g_ascii_tolower (*p));
          dash = FALSE;
        }
      else if (*p != '?') /* what could not be written in ASCII */
        dash = address->len > 0;
    }
  if (address->len == 0)
    return g_strdup ("friend");
  return g_string_free (g_steal_pointer (&address), FALSE);
}

static const char suffix_letters[] = "23456789abcdefghjkmnpqrstuvwxyz";

/**
 * fr_peer_address_with_suffix:
 * @address: a valid address that somebody has already
 * @random: a random number
 *
 * Proposes another address: `zoe-7f3k` for `zoe`. The letters and digits that are easily mistaken for each other (0,
 * 1, i, l, o) are left out.
 *
 * Returns: (transfer full): a valid address
 */
char *
fr_peer_address_with_suffix (const char *address, guint32 random)
{
  char suffix[SUFFIX_SIZE] = "";

  for (int i = 0; i < SUFFIX_SIZE - 1; i++)
    {
      suffix[i] = suffix_letters[random % strlen (suffix_letters)];
      random /= strlen (suffix_letters);
    }
  return g_strdup_printf ("%.*s-%s", FR_PEER_ADDRESS_MAX_BYTES - SUFFIX_SIZE, address, suffix);
}

/**
 * fr_peer_address_is_of:
 * @address: an address
 * @wanted: a valid address
 *
 * Returns: whether @address is @wanted, or what fr_peer_address_with_suffix() may have made of it
 */
gboolean
fr_peer_address_is_of (const char *address, const char *wanted)
{
  gsize stem = MIN (strlen (wanted), FR_PEER_ADDRESS_MAX_BYTES - SUFFIX_SIZE);

  if (strcmp (address, wanted) == 0)
    return TRUE;
  return strlen (address) == stem + SUFFIX_SIZE && strncmp (address, wanted, stem) == 0 && address[stem] == '-'
         && strspn (address + stem + 1, suffix_letters) == SUFFIX_SIZE - 1;
}
