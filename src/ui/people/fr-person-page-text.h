/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the page of a person says about pictures. Pure functions of what is known. */

typedef enum
{
  FR_PERSON_PAGE_WALL,      /* there are pictures, or will be in a moment */
  FR_PERSON_PAGE_BLOCKED,
  FR_PERSON_PAGE_NOT_ADDED,
  FR_PERSON_PAGE_AWAY,      /* and nothing of theirs was ever seen */
  FR_PERSON_PAGE_SILENT,    /* here, and has not answered */
  FR_PERSON_PAGE_NOTHING,   /* they share nothing */
} FrPersonPageState;

typedef struct
{
  const char *name;
  guint n_theirs;        /* pictures of theirs */
  guint n_yours;         /* pictures for them */
  guint n_waiting;       /* of those that they have not been here for */
  gboolean is_here;      /* at one of their computers, as all of these */
  gboolean is_contact;
  gboolean is_blocked;
  gboolean is_asked;     /* has been asked for theirs, and has not answered yet */
  gboolean is_silent;    /* nor will */
} FrPersonPageFacts;

/* Their pictures. */
FrPersonPageState fr_person_page_text_choose (const FrPersonPageFacts *facts);
char *fr_person_page_text_body (FrPersonPageState state, const char *name);
const char *fr_person_page_text_button (FrPersonPageState state); /* NULL: none */
const char *fr_person_page_text_get_action (FrPersonPageState state);
const char *fr_person_page_text_get_icon (FrPersonPageState state);
char *fr_person_page_text_line (const FrPersonPageFacts *facts); /* NULL: nothing to say */

/* The pictures for them. */
char *fr_person_page_text_yours_body (const char *name);
char *fr_person_page_text_yours_line (const FrPersonPageFacts *facts); /* NULL: nothing to say */

/* What has been done. n: pictures that they can see now; 0: they could see all of them before. */
char *fr_person_page_text_shared (const char *name, guint n);

G_END_DECLS
