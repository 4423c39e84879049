/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-notice-text.h"

#include <glib/gi18n.h>

/**
 * fr_notice_pace_step:
 * @self: what is shown, and what could be
 * @notice: what is to be told now
 * @now_us: the monotonic time
 *
 * Returns: what to show, which may be what was shown before for a while
 */
FrNotice
fr_notice_pace_step (FrNoticePace *self, FrNotice notice, gint64 now_us)
{
  if (notice != self->next)
    {
      self->next = notice;
      self->next_since_us = now_us;
    }
  if (notice == FR_NOTICE_NONE || now_us - self->next_since_us >= FR_NOTICE_DELAY_US)
    self->shown = notice;
  return self->shown;
}

/**
 * fr_notice_text_choose:
 * @facts: how things are
 *
 * Returns: the one thing that is to be told; what keeps one from others comes first
 */
FrNotice
fr_notice_text_choose (const FrNoticeFacts *facts)
{
  switch (facts->state)
    {
    case FR_NODE_FAILED:
      return FR_NOTICE_UNUSABLE;
    case FR_NODE_WAITING:
      return FR_NOTICE_LOST;
    case FR_NODE_OFFLINE:
      return FR_NOTICE_NO_MEETING_POINT;
    case FR_NODE_CONNECTING:
      return FR_NOTICE_CONNECTING;
    case FR_NODE_ONLINE:
    default:
      return facts->taken != NULL && g_strcmp0 (facts->taken, facts->dismissed) != 0 ? FR_NOTICE_NAME_TAKEN
                                                                                     : FR_NOTICE_NONE;
    }
}

/**
 * fr_notice_text_describe:
 * @notice: what is to be told
 * @facts: how things are
 *
 * Says it, without what changes each second, so that it can be read out once.
 *
 * Returns: (transfer full): a sentence or two; "" where there is nothing to tell
 */
char *
fr_notice_text_describe (FrNotice notice, const FrNoticeFacts *facts)
{
  switch (notice)
    {
    case FR_NOTICE_UNUSABLE:
      return g_strdup (facts->error != NULL ? facts->error : _ ("The meeting point cannot be used."));
    case FR_NOTICE_LOST:
      return g_strdup (facts->error != NULL ? facts->error : _ ("The meeting point cannot be reached."));
    case FR_NOTICE_NO_MEETING_POINT:
      return g_strdup (_ ("You have no meeting point, so nobody new can find you."));
    case FR_NOTICE_CONNECTING:
      return g_strdup (_ ("Going to the meeting point…"));
    case FR_NOTICE_NAME_TAKEN:
      /* Translators: two addresses, such as “anna” and “anna-7f3k” */
      return g_strdup_printf (_ ("Somebody else is “%s” at this meeting point, so others find you as “%s”."),
                              facts->taken, facts->address);
    case FR_NOTICE_NONE:
    default:
      return g_strdup ("");
    }
}

/**
 * fr_notice_text_count_down:
 * @notice: what is to be told
 * @facts: how things are
 *
 * Returns: (transfer full): when it will be tried again; "" where it will not
 */
char *
fr_notice_text_count_down (FrNotice notice, const FrNoticeFacts *facts)
{
  guint seconds = (guint) ((MAX (facts->wait_us, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);

  if (notice != FR_NOTICE_LOST)
    return g_strdup ("");
  return g_strdup_printf (ngettext ("Next try in %u second.", "Next try in %u seconds.", seconds), seconds);
}

/**
 * fr_notice_text_get_remedy:
 * @notice: what is to be told
 *
 * Returns: (nullable): what a button that helps says, with a mnemonic
 */
const char *
fr_notice_text_get_remedy (FrNotice notice)
{
  switch (notice)
    {
    case FR_NOTICE_UNUSABLE:
    case FR_NOTICE_LOST:
      return _ ("_Change…");
    case FR_NOTICE_NO_MEETING_POINT:
      return _ ("_Set Up…");
    case FR_NOTICE_NAME_TAKEN:
      return _ ("Choose Another _Name…");
    case FR_NOTICE_CONNECTING:
    case FR_NOTICE_NONE:
    default:
      return NULL;
    }
}
