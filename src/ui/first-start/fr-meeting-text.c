/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-meeting-text.h"

#include <glib/gi18n.h>

#include "fr-server-address.h"

/**
 * fr_meeting_text_choose:
 * @facts: how things are
 *
 * Returns: how far it is
 */
FrMeetingStep
fr_meeting_text_choose (const FrMeetingFacts *facts)
{
  if (!facts->is_chosen)
    return FR_MEETING_IDLE;
  switch (facts->state)
    {
    case FR_NODE_ONLINE:
      return FR_MEETING_THERE;
    case FR_NODE_WAITING:
    case FR_NODE_FAILED:
      return FR_MEETING_FAILED;
    case FR_NODE_OFFLINE:
    case FR_NODE_CONNECTING:
    default:
      return FR_MEETING_GOING;
    }
}

/**
 * fr_meeting_text_describe:
 * @step: how far it is
 * @facts: how things are
 *
 * Returns: (transfer full) (nullable): that as a sentence; %NULL where there is nothing to tell
 */
char *
fr_meeting_text_describe (FrMeetingStep step, const FrMeetingFacts *facts)
{
  switch (step)
    {
    case FR_MEETING_GOING:
      return g_strdup (_ ("Going to the meeting point…"));
    case FR_MEETING_FAILED:
      return g_strdup (facts->error != NULL ? facts->error : _ ("The meeting point cannot be reached."));
    case FR_MEETING_IDLE:
    case FR_MEETING_THERE:
    default:
      return NULL;
    }
}

/**
 * fr_meeting_text_describe_here:
 * @facts: how things are
 *
 * Returns: (transfer full): for whom the one that runs here is good; no more than is known
 */
char *
fr_meeting_text_describe_here (const FrMeetingFacts *facts)
{
  g_autoptr (FrServerAddress) address
      = facts->serving != NULL ? fr_server_address_parse (facts->serving, NULL) : NULL;

  if (address != NULL && fr_server_address_is_loopback (address))
    return g_strdup (_ ("This computer is in no network right now, so nobody else can reach it. Connect it, then start "
                        "Freshet again."));
  return g_strdup (_ ("Works for people on this network, while Freshet is open on this computer."));
}

/**
 * fr_meeting_text_describe_now:
 * @facts: how things are
 * @server: (nullable): the meeting point that is used
 *
 * Returns: (transfer full): where one is now, as a sentence
 */
char *
fr_meeting_text_describe_now (const FrMeetingFacts *facts, const char *server)
{
  switch (facts->state)
    {
    case FR_NODE_ONLINE:
      if (facts->serving != NULL)
        /* Translators: the address of a meeting point */
        return g_strdup_printf (_ ("It runs here, at %s."), facts->serving);
      return g_strdup_printf (_ ("Connected to %s."), server != NULL ? server : "");
    case FR_NODE_CONNECTING:
      return g_strdup (_ ("Going to the meeting point…"));
    case FR_NODE_WAITING:
    case FR_NODE_FAILED:
      if (facts->error != NULL)
        return g_strdup (facts->error);
      /* fall through */
    case FR_NODE_OFFLINE:
    default:
      return g_strdup (_ ("Not connected now."));
    }
}
