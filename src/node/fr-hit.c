/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hit-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FrHit
{
  GObject parent_instance;

  /* owned */
  char *title;
  GBytes *preview;
  GArray *holders; /* of FrHolder */

  /* state */
  FrHitItem item; /* its title is not used */
  gint64 delay_us;
  gint64 preview_delay_us;
  gboolean mine;
  gboolean fresh;
};

G_DEFINE_FINAL_TYPE (FrHit, fr_hit, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_PREVIEW,
  PROP_N_HOLDERS,
  PROP_HOLDERS_TEXT,
  PROP_MINE,
  PROP_FRESH,
  PROP_SHARED_DAY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
holder_clear (FrHolder *holder)
{
  g_free (holder->name);
  g_free (holder->server);
  g_free (holder->address);
  g_free (holder->doorbell);
}

static char *
holders_text (FrHit *self)
{
  guint n_others = self->holders->len > 0 ? self->holders->len - 1 : 0;
  const char *first;

  if (self->holders->len == 0)
    return g_strdup (_ ("You"));
  first = g_array_index (self->holders, FrHolder, 0).name;
  if (n_others == 0)
    return g_strdup (first);
  /* Translators: who has a picture: the name of a person, and how many other people */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u other", "%s and %u others", n_others), first,
                          n_others);
}

static void
fr_hit_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrHit *self = FR_HIT (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_PREVIEW:
      g_value_set_boxed (value, self->preview);
      break;
    case PROP_N_HOLDERS:
      g_value_set_uint (value, self->holders->len);
      break;
    case PROP_HOLDERS_TEXT:
      g_value_take_string (value, holders_text (self));
      break;
    case PROP_MINE:
      g_value_set_boolean (value, self->mine);
      break;
    case PROP_FRESH:
      g_value_set_boolean (value, self->fresh);
      break;
    case PROP_SHARED_DAY:
      g_value_set_uint (value, self->item.day);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_hit_finalize (GObject *object)
{
  FrHit *self = FR_HIT (object);

  g_free (self->title);
  g_clear_pointer (&self->preview, g_bytes_unref);
  g_array_unref (self->holders);
  G_OBJECT_CLASS (fr_hit_parent_class)->finalize (object);
}

static void
fr_hit_class_init (FrHitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_hit_get_property;
  object_class->finalize = fr_hit_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_PREVIEW] = g_param_spec_boxed ("preview", NULL, NULL, G_TYPE_BYTES, flags);
  properties[PROP_N_HOLDERS] = g_param_spec_uint ("n-holders", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_HOLDERS_TEXT] = g_param_spec_string ("holders-text", NULL, NULL, "", flags);
  properties[PROP_MINE] = g_param_spec_boolean ("mine", NULL, NULL, FALSE, flags);
  properties[PROP_FRESH] = g_param_spec_boolean ("fresh", NULL, NULL, FALSE, flags);
  properties[PROP_SHARED_DAY] = g_param_spec_uint ("shared-day", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_hit_init (FrHit *self)
{
  self->holders = g_array_new (FALSE, FALSE, sizeof (FrHolder));
  g_array_set_clear_func (self->holders, (GDestroyNotify) holder_clear);
  self->preview_delay_us = -1;
}

/* For FrSearch and FrNewest. */
FrHit *
fr_hit_new (const FrHitItem *item, gint64 delay_us)
{
  FrHit *self = g_object_new (FR_TYPE_HIT, NULL);

  self->item = *item;
  self->item.title = NULL;
  self->title = g_strdup (item->title);
  self->delay_us = delay_us;
  return self;
}

/* Who has answered; borrows from the answer, and has no size. */
FrHolder
fr_hit_make_holder (const FrHits *hits)
{
  return (FrHolder) { .key = hits->holder.key,
                      .name = hits->holder.name,
                      .server = hits->holder.server,
                      .address = hits->holder.address,
                      .doorbell = hits->holder.doorbell,
                      .route = hits->query,
                      .via = hits->via,
                      .hops = hits->hops };
}

/* Returns FALSE if the holder is known already, or there are too many. The nearest stands first. */
gboolean
fr_hit_add_holder (FrHit *self, const FrHolder *holder)
{
  FrHolder copy = { .key = holder->key,
                    .name = g_strdup (holder->name),
                    .server = g_strdup (holder->server),
                    .address = g_strdup (holder->address),
                    .doorbell = g_strdup (holder->doorbell),
                    .route = holder->route,
                    .via = holder->via,
                    .size = holder->size,
                    .hops = holder->hops };
  guint position = 0;

  for (guint i = 0; i < self->holders->len; i++)
    if (fr_peer_key_equal (&g_array_index (self->holders, FrHolder, i).key, &holder->key)
        || self->holders->len >= FR_HIT_MAX_HOLDERS)
      {
        holder_clear (&copy);
        return FALSE;
      }
  while (position < self->holders->len && g_array_index (self->holders, FrHolder, position).hops <= holder->hops)
    position++;
  g_array_insert_val (self->holders, position, copy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HOLDERS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOLDERS_TEXT]);
  return TRUE;
}

/* Returns how many are left. */
guint
fr_hit_remove_holder (FrHit *self, const FrPeerKey *key)
{
  for (guint i = 0; i < self->holders->len; i++)
    if (fr_peer_key_equal (&g_array_index (self->holders, FrHolder, i).key, key))
      {
        g_array_remove_index (self->holders, i);
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HOLDERS]);
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOLDERS_TEXT]);
        break;
      }
  return self->holders->len;
}

/* Returns FALSE if nobody has said that there is a small picture. */
gboolean
fr_hit_get_preview_hash (FrHit *self, FrBlockHash *out_hash)
{
  if (self->item.has_preview)
    *out_hash = self->item.preview_hash;
  return self->item.has_preview;
}

void
fr_hit_set_fresh (FrHit *self, gboolean fresh)
{
  if (self->fresh == fresh)
    return;
  self->fresh = fresh;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRESH]);
}

void
fr_hit_set_mine (FrHit *self, gboolean mine)
{
  if (self->mine == mine)
    return;
  self->mine = mine;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MINE]);
}

gboolean
fr_hit_wants_preview (FrHit *self, const FrBlockHash *hash)
{
  return self->preview == NULL && self->item.has_preview
         && memcmp (self->item.preview_hash.bytes, hash->bytes, sizeof hash->bytes) == 0;
}

void
fr_hit_set_preview (FrHit *self, GBytes *preview, gint64 delay_us)
{
  g_clear_pointer (&self->preview, g_bytes_unref);
  self->preview = g_bytes_ref (preview);
  self->preview_delay_us = delay_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREVIEW]);
}

/**
 * fr_hit_get_id:
 * @self: a hit
 *
 * Returns: the picture's content id
 */
const FrContentId *
fr_hit_get_id (FrHit *self)
{
  return &self->item.id;
}

const char *
fr_hit_get_title (FrHit *self)
{
  return self->title;
}

/**
 * fr_hit_get_picture_type:
 * @self: a hit
 *
 * Returns: the kind of picture, as Item.Type of the protocol
 */
guint
fr_hit_get_picture_type (FrHit *self)
{
  return self->item.type;
}

/**
 * fr_hit_get_size:
 * @self: a hit
 *
 * Returns: the size of the whole picture in bytes
 */
guint64
fr_hit_get_size (FrHit *self)
{
  return self->item.size;
}

/**
 * fr_hit_get_width:
 * @self: a hit
 *
 * Returns: in pixels; 0: not known
 */
guint
fr_hit_get_width (FrHit *self)
{
  return self->item.width;
}

/**
 * fr_hit_get_height:
 * @self: a hit
 *
 * Returns: in pixels; 0: not known
 */
guint
fr_hit_get_height (FrHit *self)
{
  return self->item.height;
}

/**
 * fr_hit_get_preview:
 * @self: a hit
 *
 * Returns: (transfer none) (nullable): a small JPEG or WebP from outside, to be decoded by freshet-image only
 */
GBytes *
fr_hit_get_preview (FrHit *self)
{
  return self->preview;
}

/**
 * fr_hit_get_mine:
 * @self: a hit
 *
 * Returns: whether the picture is in the own gallery
 */
gboolean
fr_hit_get_mine (FrHit *self)
{
  return self->mine;
}

/**
 * fr_hit_get_fresh:
 * @self: a hit
 *
 * Returns: whether it has come from one's people and was not looked at since
 */
gboolean
fr_hit_get_fresh (FrHit *self)
{
  return self->fresh;
}

/**
 * fr_hit_get_shared_day:
 * @self: a hit
 *
 * Returns: when it was shared, in days since 1970, by the first who has it; 0: not said
 */
guint
fr_hit_get_shared_day (FrHit *self)
{
  return self->item.day;
}

guint
fr_hit_get_n_holders (FrHit *self)
{
  return self->holders->len;
}

/**
 * fr_hit_get_holder:
 * @self: a hit
 * @index: below fr_hit_get_n_holders(); the nearest is first
 *
 * Returns: (transfer none) (nullable): somebody who has the picture
 */
const FrHolder *
fr_hit_get_holder (FrHit *self, guint index)
{
  return index < self->holders->len ? &g_array_index (self->holders, FrHolder, index) : NULL;
}

/**
 * fr_hit_get_delay_us:
 * @self: a hit
 *
 * Returns: microseconds from asking to the first answer that named the picture
 */
gint64
fr_hit_get_delay_us (FrHit *self)
{
  return self->delay_us;
}

/**
 * fr_hit_get_preview_delay_us:
 * @self: a hit
 *
 * Returns: microseconds from asking to the small picture; -1: it has not come
 */
gint64
fr_hit_get_preview_delay_us (FrHit *self)
{
  return self->preview_delay_us;
}
