/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-people.h"

G_BEGIN_DECLS

/* In which order people stand, and under which heading. */

typedef enum
{
  FR_PEOPLE_GROUP_ASKING, /* there is something to say to them */
  FR_PEOPLE_GROUP_YOURS,
  FR_PEOPLE_GROUP_OTHERS, /* connected, and not added */
  FR_PEOPLE_GROUP_BLOCKED,
} FrPeopleGroup;

FrPeopleGroup fr_people_order_get_group (FrPerson *person);
const char *fr_people_order_get_heading (FrPeopleGroup group, gboolean is_first); /* nullable: it needs none */

/* (transfer full): the people in that order, which follows what becomes of them. */
GListModel *fr_people_order_new (FrPeople *people);

G_END_DECLS
