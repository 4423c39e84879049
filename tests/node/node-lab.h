/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-node.h"

G_BEGIN_DECLS

/* Whole nodes in one process, over real WebRTC on the loopback interface: named "Node 0", "Node 1"... and so called
 * "node-0", "node-1"... at the server. All waits are bounded. */

#define NODE_LAB_MAX 6

typedef struct
{
  FrNode *nodes[NODE_LAB_MAX]; /* NULL where one has been closed */
  char *folders[NODE_LAB_MAX];
  guint n_nodes;
} NodeLab;

/* A line of nodes, each linked to the one before, and both know it; the first one serves. And one more, linked to nobody. */
void lab_init (NodeLab *lab, guint n_nodes);
FrNode *lab_add_node_with (NodeLab *lab, FrNodeOptions *options);
FrNode *lab_add_node (NodeLab *lab, const char *name, const char *server);
void lab_clear (NodeLab *lab);

/* To the end: nothing else may hold the node. */
FrNode *lab_open_node_with (FrNodeOptions *options);
FrNode *lab_open_node (const char *folder, const char *name, const char *server);
void lab_close_node (FrNode *node);

/* The callback for any asynchronous function, with a GAsyncResult * to be filled; and conditions, for
 * fr_test_wait_until(), on that slot, a node, a person and a fetch. */
void lab_result_cb (GObject *source, GAsyncResult *result, gpointer data);
gboolean lab_is_set (gpointer slot);
gboolean lab_is_online (gpointer node);
gboolean lab_is_here (gpointer person);
gboolean lab_is_over (gpointer fetch);

FrPerson *lab_add_person (FrNode *node, const char *address);

/* A picture: an SVG, which needs no encoder, of some size and of its own content. */
GBytes *lab_make_picture (const char *text, gsize padding);

/* One of exactly this many bytes: a TIFF of one pixel, with something behind it. */
GBytes *lab_make_large_picture (guint8 seed, gsize size);
void lab_share (FrNode *node, GBytes *bytes, const char *title);
void lab_share_for (FrNode *node, GBytes *bytes, const char *title, FrAudience audience);
FrHit *lab_search (FrNode *node, const char *words, FrSearch **out_search);
FrFetch *lab_fetch_whole (FrNode *node, FrHit *hit);

G_END_DECLS
