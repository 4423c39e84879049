/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"
#include "fr-people.h"
#include "fr-store.h"
#include "fr-wishes.h"

G_BEGIN_DECLS

/* How often each wish is asked. In milliseconds, all of it; other values are for tests. */
typedef struct
{
  guint every;  /* while somebody is here; a fifth more or less */
  guint gather; /* after somebody has come, as others may come too */
  guint least;  /* between two times, whoever comes */
  guint listen; /* to answers; then it is the next one's turn */
} FrWishPace;

#define FR_WISH_PACE_USUAL ((FrWishPace) { 12 * 60 * 1000, 5 * 1000, 60 * 1000, 12 * 1000 })

/* Asks others; answers with a search, or %NULL. Says whether anybody who is meant is here. */
typedef FrSearch *(*FrWishesAsk) (gpointer asker, const FrSearchTerms *terms);
typedef gboolean (*FrWishesCanAsk) (gpointer asker, const FrSearchTerms *terms);

struct _FrWishes
{
  GObject parent_instance;

  /* owned */
  FrPeople *people;
  FrGallery *gallery;
  FrStore *store;
  GListStore *wishes; /* of FrWish */
  GSource *timer;     /* until the next turn, or while answers are listened to */

  /* borrowed */
  FrWish *asking; /* nullable: whose turn it is; one of those above */
  gpointer asker;
  FrWishesAsk ask;
  FrWishesCanAsk can_ask;

  /* state */
  FrWishPace pace;
  gint64 came_us; /* fr_clock: when one of one's people came last */
  guint n_here;
  guint n_contacts_here;
  guint loaded : 1;
  guint stopped : 1;
};

struct _FrWish
{
  GObject parent_instance;

  /* owned */
  FrSearchTerms *terms;
  char *key;         /* the terms as text */
  GListStore *found; /* of FrHit */
  GHashTable *fresh; /* a set of FrContentId */
  GHashTable *shown; /* the same: what was fresh when the person began to look, for as long as they do */
  FrSearch *search;  /* nullable: while it is asked */
  FrSearch *watched; /* nullable: what the person looks at, or did */
  GSource *watch_timer; /* nullable: while something that was watched is to be noted */

  /* borrowed */
  FrWishes *wishes; /* NULL once it was removed */

  /* state */
  gint64 asked_us; /* real time */
  gint64 turn_us;  /* fr_clock: of its last turn */
  gint64 due_us;   /* fr_clock: of the next one */
};

/* What FrNode alone does with them. */
FrWishes *fr_wishes_new (FrPeople *people, FrGallery *gallery, FrStore *store, FrWishesAsk ask, FrWishesCanAsk can_ask,
                         gpointer asker);
void fr_wishes_stop (FrWishes *self);

/* For tests. */
void fr_wishes_set_pace (FrWishes *self, const FrWishPace *pace);

/* In fr-wish.c */
FrWish *fr_wish_new (FrWishes *wishes, const FrSearchTerms *terms, const char *key);
void fr_wish_take_record (FrWish *self, const FrWishRecord *record);
void fr_wish_set_asked (FrWish *self, gint64 asked_us);
void fr_wish_end (FrWish *self);
void fr_wish_set_search (FrWish *self, FrSearch *search);
GArray *fr_wish_list_found (FrWish *self, FrSearch *search);
guint fr_wish_take_news (FrWish *self, FrSearch *search, GArray *news);

/* In fr-wishes-turns.c */
void fr_wishes_init_turns (FrWishes *self);
void fr_wishes_end_turn (FrWishes *self);
void fr_wishes_plan (FrWishes *self);
void fr_wishes_note_asked (FrWishes *self, FrWish *wish);

G_END_DECLS
