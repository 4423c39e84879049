/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hostile-peer.h"
#include "node-lab.h"

G_BEGIN_DECLS

/* Where it happens: one network for all behaviours of this program. Two honest peers that ask are linked to the victim,
 * and so is one that holds a picture, as the victim does. Each behaviour is watched: what it may cost in memory and
 * time, and that the honest peers find both pictures while it goes on. */

enum
{
  GROUND_HOLDER, /* serves, too */
  GROUND_VICTIM,
  GROUND_ASKER,
  GROUND_OTHER_ASKER,
};

#define GROUND_WORDS "harbour"
#define GROUND_VICTIM_ADDRESS "node-1"

#define GROUND_LEFT_BYTES (16 * 1024 * 1024)  /* that may be in use more than before, once it is over */
#define GROUND_PEAK_BYTES (128 * 1024 * 1024) /* and meanwhile, with what the hostile peer itself takes */
#define GROUND_MOST_S 30
#define GROUND_SEARCH_S 5

NodeLab *ground_get (void);
void ground_clear (void);
FrNode *ground_victim (void);
const char *ground_server (void);

/* What is in use before, meanwhile and after; of any network. */
void ground_begin (void);
void ground_measure (void);
void ground_end (void);

/* A search of an honest peer that is answered by all who can. */
void ground_assert_searches (void);
FrSearch *ground_ask (const char *words);

HostilePeer *ground_peer_new (void);

typedef enum
{
  ENDS_NOT,     /* the link goes on, whatever was thrown away */
  ENDS_ANYHOW,  /* it ends, with or without a word */
  ENDS_UNTOLD,  /* at the other side alone, at once: the behaviour looks for itself */
  ENDS_FAULT,   /* with that word: */
  ENDS_NOT_YOU,
  ENDS_VERSION,
} GroundEnding;

typedef enum
{
  COMES_AS_NOBODY, /* not at all: what it does comes before any session */
  COMES_CONNECTED, /* the control channel is open */
  COMES_LINKED,    /* greeted */
  COMES_FOR_PICTURES,
} GroundEntrance;

typedef struct
{
  const char *name;
  GroundEntrance entrance;
  void (*act) (HostilePeer *peer);
  GroundEnding ending;
} GroundBehaviour;

void ground_add_behaviours (const char *folder, const GroundBehaviour *behaviours, gsize n);

G_END_DECLS
