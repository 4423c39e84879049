/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-name-text.h"

#include <glib/gi18n.h>

/**
 * fr_name_text_describe:
 * @fault: what fr_peer_name_normalise() says
 *
 * Returns: (transfer full) (nullable): one sentence; %NULL where there is nothing to say
 */
char *
fr_name_text_describe (FrPeerNameFault fault)
{
  switch (fault)
    {
    case FR_PEER_NAME_TOO_LONG:
      return g_strdup_printf (_ ("This is too long. A name has up to %d letters."), FR_PEER_NAME_MAX_CHARS);
    case FR_PEER_NAME_ODD:
      return g_strdup (_ ("There is a character in it that others could not see."));
    case FR_PEER_NAME_OK:
    case FR_PEER_NAME_EMPTY:
    default:
      return NULL;
    }
}
