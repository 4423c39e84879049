/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-first-step.h"

static FrFirstStep
go_on (FrFirstStep step, const FrFirstFacts *facts)
{
  switch (step)
    {
    case FR_FIRST_NAME:
      if (facts->has_link)
        return FR_FIRST_INVITATION;
      return facts->has_meeting_point ? FR_FIRST_PICTURES : FR_FIRST_CHOICE;
    case FR_FIRST_CHOICE: /* later */
    case FR_FIRST_INVITATION:
    case FR_FIRST_HERE:
    case FR_FIRST_FAR:
      return FR_FIRST_PICTURES;
    case FR_FIRST_PICTURES:
    default:
      return FR_FIRST_OVER;
    }
}

static FrFirstStep
go_back (FrFirstStep step)
{
  switch (step)
    {
    case FR_FIRST_INVITATION:
    case FR_FIRST_HERE:
    case FR_FIRST_FAR:
    case FR_FIRST_PICTURES:
      return FR_FIRST_CHOICE;
    case FR_FIRST_CHOICE:
      return FR_FIRST_NAME;
    default:
      return step;
    }
}

/**
 * fr_first_step_go:
 * @step: where one is
 * @move: what the person does
 * @facts: what is known from elsewhere
 *
 * Returns: where one is then; what cannot be done there changes nothing
 */
FrFirstStep
fr_first_step_go (FrFirstStep step, FrFirstMove move, const FrFirstFacts *facts)
{
  gboolean may_choose = step != FR_FIRST_NAME && step != FR_FIRST_OVER; /* without a name nothing can be begun */

  switch (move)
    {
    case FR_FIRST_GO_ON:
      return go_on (step, facts);
    case FR_FIRST_GO_BACK:
      return go_back (step);
    case FR_FIRST_CHOOSE_INVITATION:
    case FR_FIRST_TAKE_LINK:
      return may_choose ? FR_FIRST_INVITATION : step;
    case FR_FIRST_CHOOSE_HERE:
      return may_choose ? FR_FIRST_HERE : step;
    case FR_FIRST_CHOOSE_FAR:
      return may_choose ? FR_FIRST_FAR : step;
    default:
      return step;
    }
}

/**
 * fr_first_step_get_page:
 * @step: where one is
 *
 * Returns: (nullable): the name of its page; %NULL where there is none, as it is over
 */
const char *
fr_first_step_get_page (FrFirstStep step)
{
  static const char *const pages[FR_FIRST_N_STEPS] = { "name", "choice", "invitation", "here", "far", "pictures" };

  return (guint) step < FR_FIRST_N_STEPS ? pages[step] : NULL;
}
