/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-hits.h"

#include <string.h>

struct _FrControlHits
{
  GObject parent_instance;

  GQueue latest; /* of FrHit, owned; the latest first; each content once */
};

G_DEFINE_FINAL_TYPE (FrControlHits, fr_control_hits, G_TYPE_OBJECT)

static GList *
find_link (FrControlHits *self, const FrContentId *id)
{
  for (GList *link = self->latest.head; link != NULL; link = link->next)
    if (fr_content_id_equal (fr_hit_get_id (link->data), id))
      return link;
  return NULL;
}

static void
fr_control_hits_dispose (GObject *object)
{
  FrControlHits *self = FR_CONTROL_HITS (object);

  g_queue_clear_full (&self->latest, g_object_unref);
  G_OBJECT_CLASS (fr_control_hits_parent_class)->dispose (object);
}

static void
fr_control_hits_class_init (FrControlHitsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_control_hits_dispose;
}

static void
fr_control_hits_init (FrControlHits *self)
{
  g_queue_init (&self->latest);
}

FrControlHits *
fr_control_hits_new (void)
{
  return g_object_new (FR_TYPE_CONTROL_HITS, NULL);
}

/**
 * fr_control_hits_add:
 * @self: what was found
 * @hit: a hit that has come
 *
 * Remembers @hit in the place of an older one of the same content; the oldest of over %FR_CONTROL_MAX_HITS is
 * forgotten.
 */
void
fr_control_hits_add (FrControlHits *self, FrHit *hit)
{
  GList *known = find_link (self, fr_hit_get_id (hit));

  g_queue_push_head (&self->latest, g_object_ref (hit));
  if (known != NULL)
    {
      g_object_unref (known->data);
      g_queue_delete_link (&self->latest, known);
    }
  if (g_queue_get_length (&self->latest) > FR_CONTROL_MAX_HITS)
    g_object_unref (g_queue_pop_tail (&self->latest));
}

/**
 * fr_control_hits_find:
 * @self: what was found
 * @text: a content id, or the beginning of one, at least %FR_CONTROL_MIN_CONTENT letters
 *
 * Returns: (transfer none) (nullable): the latest hit of the one content that is meant
 */
FrHit *
fr_control_hits_find (FrControlHits *self, const char *text)
{
  FrHit *found = NULL;

  if (strlen (text) < FR_CONTROL_MIN_CONTENT)
    return NULL;
  for (GList *link = self->latest.head; link != NULL; link = link->next)
    {
      g_autofree char *whole = fr_content_id_to_string (fr_hit_get_id (link->data));

      if (g_ascii_strncasecmp (whole, text, strlen (text)) != 0)
        continue;
      if (found != NULL)
        return NULL;
      found = link->data;
    }
  return found;
}
