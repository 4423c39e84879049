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
  gint64 kept_out_until_us; /* real time; 0: not */
  const char *error;   /* nullable */
  FrWay way;           /* who introduced the two */
  gboolean is_blocked;
  gboolean is_absent;  /* the error is that they are not there, */
  gboolean is_cut_off; /* or that there is no way between the two computers, */
  gboolean is_refused; /* or that they did not accept */
  gboolean is_known;   /* it is known who that is: by an invitation, at least */
  gboolean is_missed;  /* the two are never here at the same time */
  const char *introducer; /* nullable: which contact told us of them */
  gboolean is_added;
} FrPersonFacts;

/* What is known about whose computer it is. */
typedef struct
{
  gboolean is_checked;
  const char *owner; /* nullable: whose other computer it is */
  gboolean is_mine;  /* the person here says that it is theirs, */
  gboolean agrees;   /* and the other side does */
} FrComputerFacts;

char *fr_person_text_describe (const FrPersonFacts *facts, gint64 now_us);
char *fr_person_text_describe_person (FrPerson *person);
char *fr_person_text_describe_own_name (const char *own_name);
char *fr_person_text_describe_check (const FrComputerFacts *facts);
char *fr_person_text_describe_check_of (FrPerson *person);
gboolean fr_person_text_is_check_worth_telling (FrPerson *person);

G_END_DECLS
