/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-item.h"

#include "fr-audience-text.h"

struct _FrWallItem
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  FrGalleryItem *source;
  FrWallFacts facts;

  /* state */
  guint has_facts : 1;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrWallItem, fr_wall_item, G_TYPE_OBJECT)

/* Of a picture: what it is on a wall. */
static G_DEFINE_QUARK (fr-wall-item, item)

static void
clear_facts (FrWallItem *self)
{
  g_free (self->facts.who);
  g_free (self->facts.from);
  g_free (self->facts.audience);
  self->facts = (FrWallFacts){ 0 };
  self->has_facts = FALSE;
}

/* The audience that one usually chooses; for everyone, where one never has. */
static gboolean
is_usual (FrGallery *gallery, const FrPicture *picture)
{
  FrAudience audience = FR_AUDIENCE_EVERYONE;
  GBytes *readers = NULL;

  fr_gallery_get_audience (gallery, &audience, &readers);
  if (picture->audience != audience)
    return FALSE;
  return audience != FR_AUDIENCE_CHOSEN
         || (picture->readers != NULL && readers != NULL && g_bytes_equal (picture->readers, readers));
}

/* Only contacts have an avatar: others could call themselves as one of them. */
static void
find_facts (FrWallItem *self)
{
  FrPicture *picture = fr_gallery_item_get_picture (self->source);
  FrPeople *people = fr_node_get_people (self->node);
  gboolean is_mine = fr_picture_is_mine (picture), is_marked;

  self->has_facts = TRUE;
  self->facts.from = fr_audience_text_describe_origin (picture, people);
  self->facts.is_kept = !is_mine;
  if (!is_mine)
    {
      FrPerson *person = fr_people_find_key (people, &picture->origin);

      self->facts.who
          = g_strdup (person != NULL && fr_person_is_contact (person) ? fr_person_get_name (person) : "");
    }
  /* What is kept is usually for oneself alone. */
  is_marked = is_mine ? !is_usual (fr_node_get_gallery (self->node), picture)
                      : picture->audience != FR_AUDIENCE_ONLY_ME;
  if (is_marked)
    {
      self->facts.audience = fr_audience_text_describe_audience (picture, people);
      self->facts.audience_icon = fr_audience_text_get_icon (picture->audience);
    }
}

static void
fr_wall_item_dispose (GObject *object)
{
  FrWallItem *self = FR_WALL_ITEM (object);

  clear_facts (self);
  if (self->source != NULL)
    g_object_set_qdata (G_OBJECT (self->source), item_quark (), NULL);
  g_clear_object (&self->source);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_wall_item_parent_class)->dispose (object);
}

static void
fr_wall_item_class_init (FrWallItemClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_wall_item_dispose;
  signals[CHANGED]
      = g_signal_new ("changed", FR_TYPE_WALL_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_wall_item_init (FrWallItem *self)
{
}

/**
 * fr_wall_item_get:
 * @node: whose pictures and people
 * @source: one of its gallery
 *
 * Returns: (transfer full): the same on a wall; the one that there is, if somebody holds it
 */
FrWallItem *
fr_wall_item_get (FrNode *node, FrGalleryItem *source)
{
  FrWallItem *self = g_object_get_qdata (G_OBJECT (source), item_quark ());

  if (self != NULL)
    return g_object_ref (self);
  self = g_object_new (FR_TYPE_WALL_ITEM, NULL);
  g_object_set_qdata (G_OBJECT (source), item_quark (), self);
  self->node = g_object_ref (node);
  self->source = g_object_ref (source);
  g_signal_connect_object (source, "notify::picture", G_CALLBACK (fr_wall_item_refresh), self, G_CONNECT_SWAPPED);
  return self;
}

FrGalleryItem *
fr_wall_item_get_source (FrWallItem *self)
{
  return self->source;
}

const FrContentId *
fr_wall_item_get_id (FrWallItem *self)
{
  return fr_gallery_item_get_id (self->source);
}

const char *
fr_wall_item_get_words (FrWallItem *self)
{
  const FrPicture *picture = fr_gallery_item_get_picture (self->source);

  return *picture->description != '\0' ? picture->description : picture->title;
}

gint64
fr_wall_item_get_time_us (FrWallItem *self)
{
  return fr_gallery_item_get_picture (self->source)->added_us;
}

const FrWallFacts *
fr_wall_item_get_facts (FrWallItem *self)
{
  if (!self->has_facts)
    find_facts (self);
  return &self->facts;
}

/**
 * fr_wall_item_refresh:
 * @self: a picture on a wall
 *
 * What stands on it may be something else by now: people have other names, or another audience is the usual.
 */
void
fr_wall_item_refresh (FrWallItem *self)
{
  clear_facts (self);
  g_signal_emit (self, signals[CHANGED], 0);
}
