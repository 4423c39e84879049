/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-bench-peer.h"
#include "heal-graph.h"

G_BEGIN_DECLS

/* A rendezvous server and peers who link themselves (`freshet-cli peer --open --doorbell`), each a process of its own
 * on the loopback interface, and who is linked with whom, as each tells of itself. Each shares one picture, with its
 * name and HEAL_WORD in its title. */

#define HEAL_WORD "gathering"
#define HEAL_MIN_LINKS 3
#define HEAL_PATIENCE_SECONDS 90 /* for anything that has no bound of its own */

typedef struct _HealCrowd HealCrowd;

typedef struct
{
  HealCrowd *crowd; /* borrowed */
  FrBenchPeer *peer;
  char *key;         /* nullable: not known yet */
  GHashTable *links; /* keys of those who are linked with it, by its own account */
  gboolean alive;
} HealMember;

struct _HealCrowd
{
  guint n_members;
  HealMember members[HEAL_MAX_PEERS];
  char *folder;
  char *program;
  GSubprocess *server; /* nullable: dead */
  char *server_address;
  gboolean broken;  /* somebody has ended who was not told to */
  gboolean verbose; /* tells of each link that comes and goes */
  gint64 since_us;  /* ... and when, from here */
};

HealCrowd *heal_crowd_new (guint n_members);
void heal_crowd_free (HealCrowd *self, gboolean keep_folder);

gboolean heal_crowd_start_server (HealCrowd *self, GError **error); /* always at the same port */
void heal_crowd_kill_server (HealCrowd *self);

/* The first time with `connect` of those who are there, -1 for nobody; later on its old data. */
gboolean heal_crowd_start (HealCrowd *self, guint i, int connect, GError **error);
gboolean heal_crowd_share (HealCrowd *self, guint i, GError **error);
void heal_crowd_stop (HealCrowd *self, HealSet members); /* with a goodbye */
void heal_crowd_kill (HealCrowd *self, HealSet members); /* -9, all at once */

HealSet heal_crowd_get_alive (HealCrowd *self);
HealSet heal_crowd_get_links (HealCrowd *self, guint i);
void heal_crowd_get_graph (HealCrowd *self, HealGraph *out_graph);
int heal_crowd_find (HealCrowd *self, const char *key);
char *heal_crowd_name (HealCrowd *self, HealSet members);

/* Everybody living has at least HEAL_MIN_LINKS links (fewer where there are not so many), and none with the dead. */
gboolean heal_crowd_is_settled (HealCrowd *self);
/* Everybody living is linked with everybody living. */
gboolean heal_crowd_is_complete (HealCrowd *self);
void heal_crowd_tell (HealCrowd *self); /* to stderr, who is linked with whom */

typedef gboolean (*HealCondition) (gpointer data);
gboolean heal_wait (HealCondition condition, gpointer data, double seconds);

G_END_DECLS
