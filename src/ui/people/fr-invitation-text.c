/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invitation-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "fr-invitation.h"
#include "fr-server-address.h"

#define BEGIN "freshet:invite?"
#define AROUND "<>\"'“”„«»‘’()[]" /* is put around links, and is in none */

static const char *
find_link (const char *text)
{
  gsize size = strlen (text);

  for (gsize i = 0; i + strlen (BEGIN) <= size; i++)
    if (g_ascii_strncasecmp (text + i, BEGIN, strlen (BEGIN)) == 0)
      return text + i;
  return NULL;
}

static gboolean
ends_link (gunichar letter)
{
  return letter == 0 || g_unichar_isspace (letter) || g_utf8_strchr (AROUND, -1, letter) != NULL;
}

/**
 * fr_invitation_text_pick:
 * @text: valid UTF-8 that somebody pasted, such as a whole message with a link in it
 *
 * Returns: (transfer full): the link in it; where there is none, the text without blanks around it
 */
char *
fr_invitation_text_pick (const char *text)
{
  gboolean is_short = strnlen (text, FR_INVITATION_TEXT_MAX_SIZE + 1) <= FR_INVITATION_TEXT_MAX_SIZE;
  const char *begin = is_short ? find_link (text) : NULL, *end = begin;

  if (begin == NULL)
    return g_strstrip (g_strdup (text));
  while (!ends_link (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  while (end > begin && strchr (".,;!", end[-1]) != NULL)
    end--;
  return g_strndup (begin, (gsize) (end - begin));
}

static char *
describe_place (const char *server)
{
  g_autoptr (FrServerAddress) address = fr_server_address_parse (server, NULL);

  return address != NULL ? g_strdup (fr_server_address_get_host (address)) : g_strdup (server);
}

/**
 * fr_invitation_text_read:
 * @text: what is in the entry
 * @out_name: (out) (transfer full): whose invitation it is
 * @out_place: (out) (transfer full): where they meet others, in words
 *
 * Returns: %FALSE if it is no invitation; nothing is given then
 */
gboolean
fr_invitation_text_read (const char *text, char **out_name, char **out_place)
{
  g_autoptr (FrInvitation) invitation = fr_invitation_parse (text);
  g_autofree char *place = NULL;

  if (invitation == NULL)
    return FALSE;
  place = describe_place (invitation->server);
  *out_name = g_strdup (invitation->name);
  /* Translators: the address of a meeting point */
  *out_place = g_strdup_printf (_ ("Meets at %s"), place);
  return TRUE;
}
