/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "heal-searches.h"

#define WAIT_SECONDS 30 /* for hits, each search */

typedef struct
{
  HealSearches *all; /* borrowed */
  gint64 request;
  HealSet found;
} Search;

struct _HealSearches
{
  HealCrowd *crowd;     /* borrowed */
  FrControlClient *client;
  GPtrArray *searches; /* of Search */
  HealSet best;
  HealSet wanted;
  gint64 found_us;
  guint timer;
};

static void
answer_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Search *search = data;
  HealSearches *self = search->all;
  int holder;

  if (is_end)
    {
      search->request = 0;
      return;
    }
  if (self->found_us != 0 || g_strcmp0 (fr_control_get_string (answer, "event"), "hit") != 0
      || !json_object_has_member (answer, "holder"))
    return;
  holder = heal_crowd_find (self->crowd, fr_control_get_string (json_object_get_object_member (answer, "holder"),
                                                                "key"));
  if (holder >= 0)
    search->found |= HEAL_ONE (holder);
  if (heal_set_count (search->found & self->wanted) > heal_set_count (self->best & self->wanted))
    self->best = search->found;
  if ((search->found & self->wanted) == self->wanted)
    self->found_us = g_get_monotonic_time ();
}

static gboolean
ask_cb (gpointer data)
{
  HealSearches *self = data;
  JsonObject *request = fr_control_request ("search");
  Search *search = g_new0 (Search, 1);

  self->timer = 0;
  search->all = self;
  fr_control_set_string (request, "words", HEAL_WORD);
  json_object_set_int_member (request, "wait", WAIT_SECONDS);
  g_ptr_array_add (self->searches, search);
  search->request = fr_control_client_ask (self->client, request, answer_cb, search);
  self->timer = g_timeout_add (self->searches->len < HEAL_ASK_BURST ? HEAL_ASK_EVERY_MS : HEAL_ASK_LATER_MS, ask_cb,
                               self);
  return G_SOURCE_REMOVE;
}

HealSearches *
heal_searches_new (HealCrowd *crowd, guint asker)
{
  HealSearches *self = g_new0 (HealSearches, 1);

  self->crowd = crowd;
  self->client = g_object_ref (crowd->members[asker].peer->client);
  self->searches = g_ptr_array_new_with_free_func (g_free);
  self->wanted = heal_crowd_get_alive (crowd) & ~HEAL_ONE (asker);
  ask_cb (self);
  return self;
}

void
heal_searches_free (HealSearches *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint i = 0; i < self->searches->len; i++)
    {
      Search *search = self->searches->pdata[i];

      if (search->request != 0)
        fr_control_client_forget (self->client, search->request);
    }
  g_ptr_array_unref (self->searches);
  g_object_unref (self->client);
  g_free (self);
}

gboolean
heal_searches_have_found_all (HealSearches *self)
{
  return self->found_us != 0;
}

gint64
heal_searches_get_found_us (HealSearches *self)
{
  return self->found_us;
}

guint
heal_searches_get_n_asked (HealSearches *self)
{
  return self->searches->len;
}

HealSet
heal_searches_get_best (HealSearches *self)
{
  return self->best;
}
