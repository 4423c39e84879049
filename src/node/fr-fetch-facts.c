/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-private.h"

/* What a fetch knows of itself. */

FrFetchState
fr_fetch_get_state (FrFetch *self)
{
  return self->state;
}

const char *
fr_fetch_get_title (FrFetch *self)
{
  return self->title;
}

guint64
fr_fetch_get_bytes_done (FrFetch *self)
{
  return self->done;
}

guint64
fr_fetch_get_bytes_total (FrFetch *self)
{
  return self->total;
}

/**
 * fr_fetch_get_speed:
 * @self: a fetch
 *
 * Returns: bytes a second, of late; 0: nothing comes, or it is too early to say
 */
guint64
fr_fetch_get_speed (FrFetch *self)
{
  return self->speed;
}

/**
 * fr_fetch_get_seconds_left:
 * @self: a fetch
 *
 * Returns: how long it takes to be here if it goes on like that; -1: that is not known
 */
gint64
fr_fetch_get_seconds_left (FrFetch *self)
{
  return self->seconds_left;
}

/**
 * fr_fetch_get_place:
 * @self: a fetch
 *
 * Returns: how many are before us at the holder, plus one; 0: our turn has come, or is not known
 */
guint
fr_fetch_get_place (FrFetch *self)
{
  return self->place;
}

const FrContentId *
fr_fetch_get_id (FrFetch *self)
{
  return &self->id;
}

/**
 * fr_fetch_get_hit:
 * @self: a fetch
 *
 * Returns: (transfer none): what is fetched, as it was found last
 */
FrHit *
fr_fetch_get_hit (FrFetch *self)
{
  return self->hit;
}

/**
 * fr_fetch_get_preview:
 * @self: a fetch
 *
 * Returns: (transfer none) (nullable): as fr_hit_get_preview()
 */
GBytes *
fr_fetch_get_preview (FrFetch *self)
{
  return self->hit != NULL ? fr_hit_get_preview (self->hit) : NULL;
}

/**
 * fr_fetch_get_holder:
 * @self: a fetch
 *
 * Returns: who the picture comes, or came, from; zero: nobody yet
 */
const FrPeerKey *
fr_fetch_get_holder (FrFetch *self)
{
  return &self->holder;
}

/**
 * fr_fetch_get_error:
 * @self: a fetch
 *
 * Returns: (nullable): why it failed, has to wait, or could not be kept by itself, in words for people
 */
const GError *
fr_fetch_get_error (FrFetch *self)
{
  return self->error;
}

gint64
fr_fetch_get_started_us (FrFetch *self)
{
  return self->started_us;
}

/**
 * fr_fetch_get_finished_us:
 * @self: a fetch
 *
 * Returns: when the last byte was checked and on disk, by g_get_monotonic_time(); 0: not yet
 */
gint64
fr_fetch_get_finished_us (FrFetch *self)
{
  return self->finished_us;
}

/**
 * fr_fetch_get_ended_us:
 * @self: a fetch
 *
 * Returns: when it was over, by g_get_real_time(); 0: not yet
 */
gint64
fr_fetch_get_ended_us (FrFetch *self)
{
  return self->ended_us;
}

/**
 * fr_fetch_get_kept:
 * @self: a fetch
 *
 * Returns: whether it has been put into the own gallery
 */
gboolean
fr_fetch_get_kept (FrFetch *self)
{
  return self->kept;
}

/**
 * fr_fetch_get_keeps:
 * @self: a fetch
 *
 * Returns: whether it is said that it goes into the own gallery when it comes
 */
gboolean
fr_fetch_get_keeps (FrFetch *self)
{
  return self->keeps;
}

/**
 * fr_fetch_get_holder_name:
 * @self: a fetch
 *
 * Returns: (nullable): what people call whom it comes, or came, from; until that is known, who would be asked first
 */
const char *
fr_fetch_get_holder_name (FrFetch *self)
{
  FrPerson *person = fr_people_find_key (self->list->people, &self->holder);

  if (person != NULL)
    return fr_person_get_name (person);
  for (guint i = 0; self->hit != NULL && i < fr_hit_get_n_holders (self->hit); i++)
    if (fr_peer_key_equal (&fr_hit_get_holder (self->hit, i)->key, &self->holder))
      return fr_hit_get_holder (self->hit, i)->name;
  if (!fr_peer_key_is_zero (&self->holder) || self->hit == NULL || fr_hit_get_n_holders (self->hit) == 0)
    return NULL;
  return fr_hit_get_holder (self->hit, (guint) MAX (self->first, 0))->name;
}
