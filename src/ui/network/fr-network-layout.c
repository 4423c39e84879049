/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-layout.h"

#include <math.h>

#define GAP 6            /* between two that stand beside each other */
#define LEAST_HEIGHT 300 /* of the map: a line has to be seen */
#define OUTSIDE 1.5      /* how far outside those who are connected the farthest step is, where they are at 1 */

typedef struct
{
  int n_columns, n_rows; /* of places along the edge, the corners counted in both */
} Edge;

static guint
count_places (const Edge *edge)
{
  return (guint) (2 * edge->n_columns + 2 * (edge->n_rows - 2));
}

/* As many as fit along the edge, and as many rows as it takes. */
static Edge
make_edge (const FrNetworkSpace *space)
{
  Edge edge = { .n_columns = MAX (3, (space->width + GAP) / (space->node_width + GAP)), .n_rows = 3 };

  while (count_places (&edge) < MIN (space->n_nodes, FR_NETWORK_LAYOUT_MAX))
    edge.n_rows++;
  return edge;
}

/* Half of how far the middles of two at opposite sides are away from each other. */
static void
get_radii (const FrNetworkSpace *space, double *out_x, double *out_y)
{
  *out_x = MAX (0, space->width - space->node_width) / 2.0;
  *out_y = MAX (0, space->height - space->node_height) / 2.0;
}

FrNetworkPoint
fr_network_layout_get_middle (const FrNetworkSpace *space)
{
  return (FrNetworkPoint) { space->width / 2.0, space->height / 2.0 };
}

/**
 * fr_network_layout_get_height:
 * @space: how wide it is, and what is on it; its height does not count
 *
 * Returns: how high the map has to be
 */
int
fr_network_layout_get_height (const FrNetworkSpace *space)
{
  Edge edge = make_edge (space);

  return MAX (LEAST_HEIGHT, edge.n_rows * space->node_height + (edge.n_rows - 1) * GAP);
}

static void
place_on_ellipse (const FrNetworkSpace *space, guint n, FrNetworkPoint *points)
{
  FrNetworkPoint middle = fr_network_layout_get_middle (space);
  double radius_x, radius_y;

  get_radii (space, &radius_x, &radius_y);
  for (guint i = 0; i < n; i++)
    {
      double angle = 2 * G_PI * i / n; /* from the end, where a line is longest, as a clock */

      points[i].x = middle.x + radius_x * cos (angle);
      points[i].y = middle.y + radius_y * sin (angle);
    }
}

/* From the top start corner, as a clock; where there are more places than people they are spread over them. */
static void
place_on_edge (const FrNetworkSpace *space, guint n, FrNetworkPoint *points)
{
  Edge edge = make_edge (space);
  guint n_places = count_places (&edge), right = (guint) edge.n_columns - 1, down = (guint) edge.n_rows - 1;
  double step_x = MAX (0, space->width - space->node_width) / (double) right;
  double step_y = MAX (0, space->height - space->node_height) / (double) down;

  for (guint i = 0; i < n; i++)
    {
      guint place = i * n_places / n;
      guint column = place <= right           ? place
                     : place <= right + down  ? right
                     : place <= 2 * right + down ? 2 * right + down - place
                                              : 0;
      guint row = place <= right              ? 0
                  : place <= right + down     ? place - right
                  : place <= 2 * right + down ? down
                                              : 2 * (right + down) - place;

      points[i].x = space->node_width / 2.0 + column * step_x;
      points[i].y = space->node_height / 2.0 + row * step_y;
    }
}

static gboolean
overlaps (const FrNetworkSpace *space, const FrNetworkPoint *a, const FrNetworkPoint *b)
{
  return fabs (a->x - b->x) < space->node_width && fabs (a->y - b->y) < space->node_height;
}

static gboolean
any_overlaps (const FrNetworkSpace *space, guint n, const FrNetworkPoint *points)
{
  FrNetworkPoint middle = fr_network_layout_get_middle (space);

  for (guint i = 0; i < n; i++)
    {
      if (overlaps (space, &points[i], &middle))
        return TRUE;
      for (guint j = 0; j < i; j++)
        if (overlaps (space, &points[i], &points[j]))
          return TRUE;
    }
  return FALSE;
}

/**
 * fr_network_layout_place:
 * @space: a map, at least as high as fr_network_layout_get_height() says
 * @out_points: (out): as many as there are people, %FR_NETWORK_LAYOUT_MAX at most
 *
 * Says where everybody stands: around oneself, and where they are too many for that, along the edge.
 */
void
fr_network_layout_place (const FrNetworkSpace *space, FrNetworkPoint *out_points)
{
  guint n = MIN (space->n_nodes, FR_NETWORK_LAYOUT_MAX);

  place_on_ellipse (space, n, out_points);
  if (any_overlaps (space, n, out_points))
    place_on_edge (space, n, out_points);
}

/**
 * fr_network_layout_leave:
 * @space: a map
 * @from: the middle of somebody
 * @to: the middle of somebody else
 *
 * Returns: where a line from the one to the other leaves the first, so that it lies over nobody's name
 */
FrNetworkPoint
fr_network_layout_leave (const FrNetworkSpace *space, FrNetworkPoint from, FrNetworkPoint to)
{
  double x = to.x - from.x, y = to.y - from.y;
  double share = MIN (x != 0 ? space->node_width / 2.0 / fabs (x) : 1, y != 0 ? space->node_height / 2.0 / fabs (y) : 1);

  share = MIN (share, 1);
  return (FrNetworkPoint) { from.x + share * x, from.y + share * y };
}

/* Those who are connected are one step away; the farthest are outside of them. */
static double
scale_steps (double steps, guint n_steps)
{
  if (steps <= 1 || n_steps <= 1)
    return MIN (steps, 1);
  return 1 + (OUTSIDE - 1) * (MIN (steps, n_steps) - 1) / (n_steps - 1);
}

/**
 * fr_network_layout_find:
 * @space: a map
 * @node: the middle of somebody who is connected
 * @steps: how far away something is that goes by them
 * @n_steps: how far away the farthest are
 *
 * Returns: where that is
 */
FrNetworkPoint
fr_network_layout_find (const FrNetworkSpace *space, FrNetworkPoint node, double steps, guint n_steps)
{
  FrNetworkPoint middle = fr_network_layout_get_middle (space);
  double scale = scale_steps (steps, n_steps);

  return (FrNetworkPoint) { middle.x + scale * (node.x - middle.x), middle.y + scale * (node.y - middle.y) };
}

/**
 * fr_network_layout_get_front:
 * @space: a map
 * @steps: how far something has run out
 * @n_steps: how far away the farthest are
 * @out_x: (out): half of how wide the ellipse is that it has come to
 * @out_y: (out): half of how high
 */
void
fr_network_layout_get_front (const FrNetworkSpace *space, double steps, guint n_steps, double *out_x, double *out_y)
{
  double scale = scale_steps (steps, n_steps);

  get_radii (space, out_x, out_y);
  *out_x *= scale;
  *out_y *= scale;
}
