/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-person.h"

G_BEGIN_DECLS

/* How it stands with a person, in words. Pure functions of what is known about them. */

typedef struct
{
  const char *name;
  FrPersonState state;
  const char *route;   /* nullable: as ICE names it */
  guint round_trip_us; /* 0: not known */
  gint64 seen_us;      /* real time; 0: never */
  const char *error;   /* nullable */
  FrWay way;           /* who introduced the two */
  gboolean is_blocked;
  gboolean is_absent;  /* the error is that they are not there */
} FrPersonFacts;

char *fr_person_text_describe (const FrPersonFacts *facts, gint64 now_us);
char *fr_person_text_describe_person (FrPerson *person);
const char *fr_person_text_describe_check (gboolean checked);
char *fr_person_text_describe_own_name (const char *own_name);

G_END_DECLS
