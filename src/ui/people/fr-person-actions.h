/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* What can be done about a person: the actions "person.…" of a row and of a page, which are enabled only while they can be
 * done, and the questions that come before. Belongs to the widget that has them. */

#define FR_TYPE_PERSON_ACTIONS (fr_person_actions_get_type ())
G_DECLARE_FINAL_TYPE (FrPersonActions, fr_person_actions, FR, PERSON_ACTIONS, GObject)

FrPersonActions *fr_person_actions_new (GtkWidget *widget, FrPeople *people, gboolean opens);
void fr_person_actions_set_person (FrPersonActions *self, FrPerson *person); /* nullable */
FrPerson *fr_person_actions_get_person (FrPersonActions *self);
GMenuModel *fr_person_actions_make_menu (void);

/* What stands beside a person as a button, since they or something waits for it. */
typedef enum
{
  FR_PERSON_OFFER_ANSWER = 1 << 0, /* accept or decline */
  FR_PERSON_OFFER_OTHER = 1 << 1,  /* say whether they are somebody else */
  FR_PERSON_OFFER_RETRY = 1 << 2,
  FR_PERSON_OFFER_RELAY = 1 << 3,  /* set up what would help */
  FR_PERSON_OFFER_ADD = 1 << 4,
  FR_PERSON_OFFER_UNBLOCK = 1 << 5,
  FR_PERSON_OFFER_SHARE = 1 << 6,
} FrPersonOffers;

FrPersonOffers fr_person_actions_list_offers (FrPerson *person);

/* Signals "message" (const char *): what has been done, in words for people; "open", "share": the person is to be shown, or
 * something is to be shared with them.
 *
 * Actions "open", "share", "retry", "remove", "accept", "decline", "add", "compare", "rename", "refuse-other", "block",
 * "unblock", "introduce", "mine", "not-mine", "find-out-why". */

G_END_DECLS
