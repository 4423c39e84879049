/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-people-private.h"

G_BEGIN_DECLS

#define SERVER "127.0.0.1:9000"
#define OTHER_SERVER "127.0.0.2:9000"

/* People over a network that is at no server: what it would report the test reports. */
typedef struct
{
  char *folder;
  FrStore *store;
  FrNetwork *network;
  FrPeople *people;
  FrPeerKey own, zoe, mia;
  guint n_changes;
  guint n_notified; /* of "n-here" */
  char *wanted_server;
} Crowd;

void crowd_set_up (Crowd *crowd, gconstpointer data);
void crowd_tear_down (Crowd *crowd, gconstpointer data);

/* People anew, as after a start. */
void crowd_make_people (Crowd *crowd);

char *crowd_invite (const char *name, const FrPeerKey *key, const char *server, const char *address);
FrPerson *crowd_add (Crowd *crowd, const char *text);
FrPerson *crowd_add_invited (Crowd *crowd, const char *name, const FrPeerKey *key, const char *server);
guint crowd_count (Crowd *crowd);

/* What the network says; code: a FrNodeError, or -1. */
void crowd_report_named (Crowd *crowd, FrNetworkReportType type, const FrPeerKey *key, const char *address,
                         const char *name);
void crowd_report (Crowd *crowd, FrNetworkReportType type, const FrPeerKey *key, const char *address, int code);

/* Of FrPersonRecord: all that has been written so far. */
GPtrArray *crowd_list_stored (Crowd *crowd);

G_END_DECLS
