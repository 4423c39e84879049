/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the start page says. Pure functions of what is known. */

typedef enum
{
  FR_NEW_STATE_WALL,    /* there are pictures, or will be in a moment */
  FR_NEW_STATE_NOBODY,  /* there are no people yet */
  FR_NEW_STATE_WAITING, /* the only one has to accept first */
  FR_NEW_STATE_AWAY,    /* nobody is here, and nothing of theirs was ever seen */
  FR_NEW_STATE_MISSED,  /* likewise, and sharing could go on without a window, so that they are met */
  FR_NEW_STATE_SILENT,  /* nobody who is here has answered */
  FR_NEW_STATE_NOTHING, /* who is here shares nothing */
} FrNewState;

typedef struct
{
  guint n_people;     /* one's people: each once, at however many computers */
  guint n_here;       /* of them */
  const char *name;   /* of the only one */
  guint n_asking;     /* are being asked what is new */
  const char *asking; /* the first of them */
  guint n_silent;     /* have not answered */
  const char *silent; /* the first of them */
  guint n_pictures;
  gboolean waits;         /* the only one has to accept first */
  gboolean could_stay;    /* without a window, and does not yet */
  gboolean is_unreadable; /* what was seen earlier */
} FrNewFacts;

FrNewState fr_new_text_choose (const FrNewFacts *facts);

/* Of a state without pictures. */
char *fr_new_text_title (FrNewState state, const FrNewFacts *facts);
const char *fr_new_text_body (FrNewState state);
char *fr_new_text_button (FrNewState state, const FrNewFacts *facts);
const char *fr_new_text_get_action (FrNewState state);
const char *fr_new_text_get_icon (FrNewState state);

/* Above whatever is shown; NULL: there is nothing to say. */
char *fr_new_text_line (const FrNewFacts *facts);

char *fr_new_text_count_fresh (guint n, const char *name);                 /* name: nullable, several people */
char *fr_new_text_request (const char *name, const char *introducer); /* introducer: nullable */
char *fr_new_text_wish (guint n_new, const char *words);
char *fr_new_text_place (guint index, guint n);                       /* of a message among several; from 0 on */

G_END_DECLS
