/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where those who are connected stand around oneself on the map. Pure. Everything has the same size, and nothing lies
 * over anything else: what does not fit makes the map higher. */

#define FR_NETWORK_LAYOUT_MAX 128 /* more are not shown */

typedef struct
{
  int width, height;           /* of the map */
  int node_width, node_height; /* of everybody on it, oneself too */
  guint n_nodes;               /* without oneself */
} FrNetworkSpace;

/* The middle of one of them. */
typedef struct
{
  double x, y;
} FrNetworkPoint;

int fr_network_layout_get_height (const FrNetworkSpace *space); /* that it takes, by its width */
void fr_network_layout_place (const FrNetworkSpace *space, FrNetworkPoint *out_points);
FrNetworkPoint fr_network_layout_get_middle (const FrNetworkSpace *space);
FrNetworkPoint fr_network_layout_leave (const FrNetworkSpace *space, FrNetworkPoint from, FrNetworkPoint to);
FrNetworkPoint fr_network_layout_find (const FrNetworkSpace *space, FrNetworkPoint node, double steps, guint n_steps);
void fr_network_layout_get_front (const FrNetworkSpace *space, double steps, guint n_steps, double *out_x, double *out_y);

G_END_DECLS
