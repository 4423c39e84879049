/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-route-table.h"

/* The way to one key along one route. */
typedef struct _Way Way;

struct _Way
{
  FrQueryId route; /* first, so that the first way of a route is its own key in the table */
  FrPeerKey key;
  Way *next_of_route; /* a younger one */
  Way *older;
  Way *younger;
  gint64 made_us;
  FrLinkId links[FR_ROUTE_TABLE_LINKS]; /* 0: none */
};

struct _FrRouteTable
{
  guint capacity;
  gint64 max_age_us;

  GHashTable *routes; /* a set of the oldest way of each route; NULL as long as there is none */
  Way *oldest;
  Way *youngest;
  guint n_ways;
};

/* Takes a way out of those of its route; the next one takes its place in the table if it was the first. */
static void
leave_route (FrRouteTable *self, Way *way)
{
  Way *before = g_hash_table_lookup (self->routes, way);

  if (before == way)
    {
      g_hash_table_remove (self->routes, way);
      if (way->next_of_route != NULL)
        g_hash_table_add (self->routes, way->next_of_route);
      return;
    }
  while (before->next_of_route != way)
    before = before->next_of_route;
  before->next_of_route = way->next_of_route;
}

static void
forget_way (FrRouteTable *self, Way *way)
{
  leave_route (self, way);
  if (way->older != NULL)
    way->older->younger = way->younger;
  else
    self->oldest = way->younger;
  if (way->younger != NULL)
    way->younger->older = way->older;
  else
    self->youngest = way->older;
  g_free (way);
  self->n_ways--;
  if (self->n_ways == 0)
    g_clear_pointer (&self->routes, g_hash_table_unref);
}

/* The ways of a route that are not too old, the oldest first. */
static Way *
find_route (FrRouteTable *self, const FrQueryId *route, gint64 now_us)
{
  fr_route_table_expire (self, now_us);
  return self->routes != NULL ? g_hash_table_lookup (self->routes, route) : NULL;
}

static void
append_way (FrRouteTable *self, Way *last_of_route, Way *way)
{
  if (self->routes == NULL)
    self->routes = g_hash_table_new (fr_query_id_hash, fr_query_id_equal_func);
  if (last_of_route != NULL)
    last_of_route->next_of_route = way;
  else
    g_hash_table_add (self->routes, way);

  way->older = self->youngest;
  if (self->youngest != NULL)
    self->youngest->younger = way;
  else
    self->oldest = way;
  self->youngest = way;
  self->n_ways++;
}

/* The first link of a way stays, the second gives way. */
static void
add_link (Way *way, FrLinkId link)
{
  if (way->links[0] != link)
    way->links[1] = link;
}

/**
 * fr_route_table_new:
 * @capacity: how many ways are kept, at least one
 * @max_age_us: for how long, in microseconds
 *
 * Returns: (transfer full): an empty table
 */
FrRouteTable *
fr_route_table_new (guint capacity, gint64 max_age_us)
{
  FrRouteTable *self;

  g_return_val_if_fail (capacity > 0, NULL);

  self = g_new0 (FrRouteTable, 1);
  self->capacity = capacity;
  self->max_age_us = max_age_us;
  return self;
}

/**
 * fr_route_table_free:
 * @self: (nullable) (transfer full): a table
 */
void
fr_route_table_free (FrRouteTable *self)
{
  if (self == NULL)
    return;
  while (self->oldest != NULL)
    forget_way (self, self->oldest);
  g_free (self);
}

/**
 * fr_route_table_add:
 * @self: a table
 * @route: what left the trail
 * @key: who is at its end
 * @link: the link that leads there
 * @now_us: the time in microseconds
 *
 * Notes a way. To be told of one again does not make it younger.
 *
 * Returns: %FALSE if the route has too many keys already
 */
gboolean
fr_route_table_add (FrRouteTable *self, const FrQueryId *route, const FrPeerKey *key, FrLinkId link, gint64 now_us)
{
  Way *way, *last = NULL;
  guint n_keys = 0;

  g_return_val_if_fail (link != 0, FALSE);

  for (way = find_route (self, route, now_us); way != NULL; way = way->next_of_route)
    {
      if (fr_peer_key_equal (&way->key, key))
        {
          add_link (way, link);
          return TRUE;
        }
      last = way;
      n_keys++;
    }
  if (n_keys >= FR_ROUTE_TABLE_PER_ROUTE)
    return FALSE;
  if (self->n_ways >= self->capacity)
    {
      if (self->oldest == last)
        last = NULL;
      forget_way (self, self->oldest);
    }

  way = g_new0 (Way, 1);
  way->route = *route;
  way->key = *key;
  way->links[0] = link;
  /* In the order of insertion also when the clock is not, so that the oldest is always in front. */
  way->made_us = self->youngest != NULL ? MAX (now_us, self->youngest->made_us) : now_us;
  append_way (self, last, way);
  return TRUE;
}

/**
 * fr_route_table_lookup:
 * @self: a table
 * @route: what left the trail
 * @key: who is to be reached
 * @now_us: the time in microseconds
 * @out_links: (out caller-allocates): the links that lead there, the better one first; the others are 0
 *
 * Returns: how many there are
 */
guint
fr_route_table_lookup (FrRouteTable *self,
                       const FrQueryId *route,
                       const FrPeerKey *key,
                       gint64 now_us,
                       FrLinkId out_links[FR_ROUTE_TABLE_LINKS])
{
  guint n = 0;
  Way *way = find_route (self, route, now_us);

  while (way != NULL && !fr_peer_key_equal (&way->key, key))
    way = way->next_of_route;
  for (guint i = 0; i < FR_ROUTE_TABLE_LINKS; i++)
    {
      out_links[i] = way != NULL ? way->links[i] : 0;
      n += out_links[i] != 0;
    }
  return n;
}

static gboolean
has_link (const FrLinkId *links, guint n_links, FrLinkId link)
{
  for (guint i = 0; i < n_links; i++)
    if (links[i] == link)
      return TRUE;
  return FALSE;
}

/**
 * fr_route_table_links_of:
 * @self: a table
 * @route: what left a trail
 * @now_us: the time in microseconds
 * @out_links: (out caller-allocates) (array length=max_links): the links that lead to anybody, none twice
 * @max_links: how many are wanted at most
 *
 * Returns: how many there are
 */
guint
fr_route_table_links_of (FrRouteTable *self,
                         const FrQueryId *route,
                         gint64 now_us,
                         FrLinkId *out_links,
                         guint max_links)
{
  guint n = 0;

  for (Way *way = find_route (self, route, now_us); way != NULL; way = way->next_of_route)
    for (guint i = 0; i < FR_ROUTE_TABLE_LINKS && n < max_links; i++)
      if (way->links[i] != 0 && !has_link (out_links, n, way->links[i]))
        out_links[n++] = way->links[i];
  return n;
}

/**
 * fr_route_table_forget_link:
 * @self: a table
 * @link: a link that is gone
 *
 * Forgets it, and the ways that had no other.
 */
void
fr_route_table_forget_link (FrRouteTable *self, FrLinkId link)
{
  Way *younger;

  g_return_if_fail (link != 0);

  for (Way *way = self->oldest; way != NULL; way = younger)
    {
      younger = way->younger;
      if (way->links[0] == link)
        {
          way->links[0] = way->links[1];
          way->links[1] = 0;
        }
      else if (way->links[1] == link)
        way->links[1] = 0;
      if (way->links[0] == 0)
        forget_way (self, way);
    }
}

/**
 * fr_route_table_expire:
 * @self: a table
 * @now_us: the time in microseconds
 *
 * Forgets what is too old.
 */
void
fr_route_table_expire (FrRouteTable *self, gint64 now_us)
{
  while (self->oldest != NULL && now_us - self->oldest->made_us >= self->max_age_us)
    forget_way (self, self->oldest);
}

/**
 * fr_route_table_get_size:
 * @self: a table
 *
 * Returns: how many ways it has, those included that are too old but not yet forgotten
 */
guint
fr_route_table_get_size (const FrRouteTable *self)
{
  return self->n_ways;
}
