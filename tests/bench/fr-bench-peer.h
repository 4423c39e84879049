/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-client.h"

G_BEGIN_DECLS

/* A freshet-cli in a process of its own, driven over its control socket. */

typedef struct
{
  char *folder; /* its data */
  char *log;    /* what it writes */
  char *name;
  const char *const *options; /* borrowed, nullable: more for its command line */
  GSubprocess *process;
  FrControlClient *client;
} FrBenchPeer;

/* The rendezvous server on a port, 0 for any that is free; its address, and the process to stop. */
GSubprocess *fr_bench_start_server (const char *program, guint port, char **out_address, GError **error);
void fr_bench_stop (GSubprocess *process);

FrBenchPeer *fr_bench_peer_new (const char *parent, const char *name);
void fr_bench_peer_free (FrBenchPeer *self);

/* `connect`: nullable: whom to connect to. Returns when it can be asked; when its server has it and that person is here
 * too. */
gboolean fr_bench_peer_launch (FrBenchPeer *self, const char *program, const char *server, const char *connect,
                               GError **error);
gboolean fr_bench_peer_start (FrBenchPeer *self, const char *program, const char *server, const char *connect,
                              GError **error);
void fr_bench_peer_stop (FrBenchPeer *self);
gboolean fr_bench_peer_ask (FrBenchPeer *self, JsonObject *request, FrControlAnswerFunc func, gpointer data,
                            GError **error);
gboolean fr_bench_peer_ask_for (FrBenchPeer *self, guint seconds, JsonObject *request, FrControlAnswerFunc func,
                                gpointer data, GError **error);
gboolean fr_bench_peer_wait_for_people (FrBenchPeer *self, guint n_here, GError **error);

/* Iterates the main context for that long. */
void fr_bench_rest (gint64 until_us);

G_END_DECLS
