/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-candidate.h"

#include <gio/gio.h>

#include <string.h>

/* The fields of a candidate, in their order. */
enum
{
  FIELD_FOUNDATION,
  FIELD_COMPONENT,
  FIELD_TRANSPORT,
  FIELD_PRIORITY,
  FIELD_ADDRESS,
  FIELD_PORT,
  FIELD_TYP,
  FIELD_TYPE,
  N_FIELDS,
};

#define FOUNDATION_MAX_CHARS 32

static gboolean
is_one_line_of_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isprint (*text))
      return FALSE;
  return TRUE;
}

static gboolean
is_number (const char *text, guint64 min, guint64 max)
{
  return g_ascii_string_to_unsigned (text, 10, min, max, NULL, NULL);
}

static gboolean
is_one_of (const char *text, const char *const *words)
{
  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (text, *words) == 0)
      return TRUE;
  return FALSE;
}

/* Addresses only: to look up a name that a stranger gave would tell others about it, and take its time. */
static FrCandidateFault
check_address (const char *address)
{
  g_autoptr (GInetAddress) parsed = NULL;

  if (g_str_has_suffix (address, ".local"))
    return FR_CANDIDATE_LOCAL_NAME;
  parsed = g_inet_address_new_from_string (address);
  return parsed != NULL ? FR_CANDIDATE_OK : FR_CANDIDATE_MALFORMED;
}

/**
 * fr_candidate_check:
 * @candidate: `candidate:` and what belongs to it, or nothing
 *
 * Looks whether a candidate may be given to the ICE agent (RFC 8839, 5.1).
 *
 * Returns: %FR_CANDIDATE_OK, or what is wrong with it
 */
FrCandidateFault
fr_candidate_check (const char *candidate)
{
  static const char *const transports[] = { "udp", "tcp", NULL };
  static const char *const types[] = { "host", "srflx", "prflx", "relay", NULL };
  static const char prefix[] = "candidate:";
  g_auto (GStrv) fields = NULL;

  if (strnlen (candidate, FR_CANDIDATE_MAX_BYTES + 1) > FR_CANDIDATE_MAX_BYTES)
    return FR_CANDIDATE_TOO_LONG;
  if (*candidate == '\0' || strcmp (candidate, prefix) == 0)
    return FR_CANDIDATE_END;
  if (!g_str_has_prefix (candidate, prefix) || !is_one_line_of_ascii (candidate))
    return FR_CANDIDATE_MALFORMED;

  fields = g_strsplit (candidate + strlen (prefix), " ", N_FIELDS + 1);
  if (g_strv_length (fields) < N_FIELDS
      || *fields[FIELD_FOUNDATION] == '\0'
      || strlen (fields[FIELD_FOUNDATION]) > FOUNDATION_MAX_CHARS
      || !is_number (fields[FIELD_COMPONENT], 1, 256)
      || !is_one_of (fields[FIELD_TRANSPORT], transports)
      || !is_number (fields[FIELD_PRIORITY], 1, G_MAXINT32)
      || !is_number (fields[FIELD_PORT], 1, G_MAXUINT16)
      || strcmp (fields[FIELD_TYP], "typ") != 0
      || !is_one_of (fields[FIELD_TYPE], types))
    return FR_CANDIDATE_MALFORMED;
  return check_address (fields[FIELD_ADDRESS]);
}
