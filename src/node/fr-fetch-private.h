/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetch-list.h"
#include "fr-fetch-pace.h"

G_BEGIN_DECLS

/* What a fetch and the list of fetches alone do with each other. */

#define FR_FETCH_MAX_TRIES 3                     /* of somebody who is here and goes away each time */
#define FR_FETCH_RETRY_MS 2000                   /* after the first of them, then twice as long each time */
#define FR_FETCH_NOTE_US (2 * G_USEC_PER_SEC)    /* what takes longer is not forgotten if the program ends badly */

struct _FrFetchList
{
  /* owned */
  FrNetwork *network;
  FrStore *store;
  FrImageClient *image;
  FrGallery *gallery;
  FrPeople *people;
  GListStore *fetches; /* of FrFetch */

  /* state */
  guint closed : 1;
};

FrFetchList *fr_fetch_list_ref (FrFetchList *self);
void fr_fetch_list_unref (FrFetchList *self);
gboolean fr_fetch_list_admit (FrFetchList *self, FrFetch *fetch);
void fr_fetch_list_start_ready (FrFetchList *self);

/* One of the people who has the picture. */
typedef struct
{
  FrPerson *person; /* owned */
  guint64 size;     /* of the picture, as they say */
} FrFetchPerson;

struct _FrFetch
{
  GObject parent_instance;

  /* owned */
  FrFetchList *list;
  FrHit *hit;
  GArray *people; /* of FrFetchPerson: who is waited for when nobody can be reached */
  FrStaged *staged;
  char *title;
  GError *error;     /* why it failed, or waits */
  GSource *timer;    /* while the speed is watched, or until the next try */

  /* state */
  FrContentId id;
  FrPeerKey holder;
  FrFetchState state;
  FrFetchPace pace;
  guint number; /* in the network; 0: nothing is asked of it */
  guint type;
  guint place;
  guint n_tries;   /* since somebody came */
  guint n_started;
  guint64 done, total;
  guint64 speed;
  gint64 seconds_left;
  gint64 started_us, finished_us, ended_us;
  gint64 waiting_us, waited_us; /* since when, and for how long before */
  int first;            /* index of the holder who is asked first; -1: the nearest */
  guint kept : 1;
  guint keeps : 1;      /* as the person, or the row in the store, says; */
  guint keeps_said : 1; /* else it depends on when it comes */
  guint noted : 1;      /* in the store */
  guint ready : 1;      /* somebody who has it has come since it was last tried */
};

/* In fr-fetch.c */
FrFetch *fr_fetch_new (FrFetchList *list, FrHit *hit, int holder);
FrFetch *fr_fetch_new_resting (FrFetchList *list, FrHit *hit, const FrWanted *wanted);
void fr_fetch_restart_with (FrFetch *self, FrHit *hit, int holder);
void fr_fetch_start (FrFetch *self);
void fr_fetch_take_report (FrFetch *self, FrNetworkReport *report);
void fr_fetch_set_timer (FrFetch *self, guint ms, GSourceFunc func);
void fr_fetch_take_error (FrFetch *self, GError *error);
void fr_fetch_fail (FrFetch *self, GError *error);
gboolean fr_fetch_is_over (FrFetch *self);
gboolean fr_fetch_is_going (FrFetch *self);
void fr_fetch_close (FrFetch *self);

/* In fr-fetch-picture.c */
void fr_fetch_notify_kept (FrFetch *self);
void fr_fetch_keep_by_itself (FrFetch *self);

/* In fr-fetch-wanted.c */
FrFetch *fr_fetch_new_wanted (FrFetchList *list, const FrWanted *wanted);
void fr_fetch_find_people (FrFetch *self);
FrFetchRequest *fr_fetch_make_request (FrFetch *self);
gboolean fr_fetch_should_wait (FrFetch *self, const FrNetworkReport *report);
void fr_fetch_begin_waiting (FrFetch *self);
void fr_fetch_take_person (FrFetch *self, const FrPeerKey *key);
gboolean fr_fetch_is_awaited (FrFetch *self, gboolean here);
gboolean fr_fetch_is_late (FrFetch *self);
void fr_fetch_note (FrFetch *self);
void fr_fetch_forget (FrFetch *self);

G_END_DECLS
