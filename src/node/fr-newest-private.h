/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"
#include "fr-network.h"
#include "fr-newest.h"

G_BEGIN_DECLS

struct _FrNewest
{
  GObject parent_instance;

  /* owned */
  FrNetwork *network;
  FrPeople *people;
  FrGallery *gallery;
  FrStore *store;
  GListStore *hits;    /* of FrHit, sorted */
  GHashTable *by_id;   /* FrContentId -> FrHit, both owned by the hits */
  GHashTable *persons; /* FrPerson -> FrNewestPerson, owned */
  GHashTable *numbers; /* of a question -> FrNewestPerson, of those above */

  /* state */
  guint n_asking;
  guint n_silent;
  guint n_fresh;
  guint patience_ms;
  gboolean stopped;
  gboolean unreadable;
};

/* What FrNode alone does with it. */
FrNewest *fr_newest_new (FrNetwork *network, FrPeople *people, FrGallery *gallery, FrStore *store);
void fr_newest_take_report (FrNewest *self, const FrNetworkReport *report);
void fr_newest_stop (FrNewest *self);

/* For tests. */
void fr_newest_set_patience (FrNewest *self, guint ms);

/* One of one's people, or somebody else: whether they have been asked, and what they share. A plain value, owned by the
 * newest. */
typedef struct _FrNewestPerson FrNewestPerson;

struct _FrNewestPerson
{
  /* owned */
  FrPerson *person;
  GPtrArray *hits;   /* of FrHit: what this computer of theirs shares, in the order of coming */
  GListStore *all;   /* of FrHit: the same, and that of their other computers, sorted */
  GHashTable *listed; /* a set of FrContentId, of those hits: what the answer that comes now has named */
  GSource *timer;
  GSource *save_timer; /* while something is to be kept */

  /* borrowed */
  FrNewest *newest;
  FrNewestPerson *root; /* whose computer this is; or itself */

  /* state */
  FrPeerKey key;
  FrNewestState state;
  guint number;   /* of the question; 0: none is open */
  guint n_listed; /* pictures that the answer has named, one by one */
  gboolean heard; /* some of it has come */
  gboolean here;
};

FrNewestPerson *fr_newest_person_new (FrNewest *newest, FrPerson *person);
void fr_newest_person_free (FrNewestPerson *self);

void fr_newest_person_set_root (FrNewestPerson *self, FrNewestPerson *root);
void fr_newest_person_take (FrNewestPerson *self, const FrHitItem *item, FrHolder *holder);
void fr_newest_person_take_preview (FrNewestPerson *self, const FrBlockHash *hash, GBytes *preview);
GArray *fr_newest_person_withdraw (FrNewestPerson *self, guint most);
void fr_newest_person_withdraw_all (FrNewestPerson *self);

/* In fr-newest-memory.c */
void fr_newest_person_load (FrNewestPerson *self);
void fr_newest_person_save (FrNewestPerson *self);
void fr_newest_person_save_soon (FrNewestPerson *self);

FrNewestPerson *fr_newest_find_key (FrNewest *self, const FrPeerKey *key);
void fr_newest_forget_fresh (FrNewest *self, const FrContentId *id);

void fr_newest_count_fresh (FrNewest *self, int change);
void fr_newest_set_unreadable (FrNewest *self);

G_END_DECLS
