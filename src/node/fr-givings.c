/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-givings.h"

#include "fr-giving-private.h"

struct _FrGivings
{
  /* owned */
  FrPeople *people;
  FrGallery *gallery;
  GListStore *givings; /* of FrGiving */
};

/**
 * fr_givings_new:
 * @people: who may get pictures
 * @gallery: what they get
 *
 * Returns: (transfer full): a list of nothing
 */
FrGivings *
fr_givings_new (FrPeople *people, FrGallery *gallery)
{
  FrGivings *self = g_new0 (FrGivings, 1);

  self->people = g_object_ref (people);
  self->gallery = g_object_ref (gallery);
  self->givings = g_list_store_new (FR_TYPE_GIVING);
  return self;
}

/**
 * fr_givings_free:
 * @self: (nullable) (transfer full): a list
 */
void
fr_givings_free (FrGivings *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->givings);
  g_object_unref (self->gallery);
  g_object_unref (self->people);
  g_free (self);
}

GListModel *
fr_givings_get_model (FrGivings *self)
{
  return G_LIST_MODEL (self->givings);
}

static guint
count (FrGivings *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->givings));
}

static FrGiving *
get (FrGivings *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->givings), position);
}

static FrGiving *
find (FrGivings *self, guint number)
{
  for (guint i = 0; i < count (self); i++)
    {
      g_autoptr (FrGiving) giving = get (self, i);

      if (fr_giving_get_number (giving) == number)
        return g_steal_pointer (&giving);
    }
  return NULL;
}

/* Who asks for the same again and again stands there once. */
static gboolean
is_same (FrGiving *giving, const FrNetworkReport *report)
{
  return fr_giving_is_over (giving) && fr_content_id_equal (fr_giving_get_id (giving), &report->content)
         && fr_peer_key_equal (fr_giving_get_key (giving), &report->key);
}

static void
add (FrGivings *self, const FrNetworkReport *report)
{
  FrGalleryItem *item = fr_gallery_find (self->gallery, &report->content);
  const char *title = item != NULL ? fr_gallery_item_get_picture (item)->title : "";
  g_autoptr (FrGiving) added = fr_giving_new (report, title, fr_people_find_key (self->people, &report->key));
  guint n_over = 0;

  for (guint i = 0; i < count (self);)
    {
      g_autoptr (FrGiving) giving = get (self, i);

      n_over += fr_giving_is_over (giving);
      if (is_same (giving, report) || (fr_giving_is_over (giving) && n_over > FR_GIVINGS_MAX_OVER))
        g_list_store_remove (self->givings, i);
      else
        i++;
    }
  g_list_store_insert (self->givings, 0, added);
}

static void
drop (FrGivings *self, FrGiving *giving)
{
  guint position;

  if (g_list_store_find (self->givings, giving, &position))
    g_list_store_remove (self->givings, position);
}

/**
 * fr_givings_take_report:
 * @self: a list
 * @report: of type %FR_REPORT_GIVING
 *
 * A picture was asked for, or is further on its way. One of which nothing went out is none: it was refused, as whoever
 * asks may ask for what is not there or not for them, or they have changed their mind.
 */
void
fr_givings_take_report (FrGivings *self, const FrNetworkReport *report)
{
  g_autoptr (FrGiving) giving = find (self, report->number);

  if (giving != NULL && fr_giving_get_state (giving) == FR_FETCH_QUEUED && report->fetch_state == FR_FETCH_FAILED)
    drop (self, giving);
  else if (giving != NULL)
    fr_giving_take_report (giving, report);
  else if (report->fetch_state == FR_FETCH_QUEUED || report->fetch_state == FR_FETCH_RUNNING)
    add (self, report);
}

/**
 * fr_givings_forget:
 * @self: a list
 * @giving: one of it
 *
 * Takes it away, if it is over.
 */
void
fr_givings_forget (FrGivings *self, FrGiving *giving)
{
  if (fr_giving_is_over (giving))
    drop (self, giving);
}

/**
 * fr_givings_clear:
 * @self: a list
 *
 * Takes away those that are over.
 */
void
fr_givings_clear (FrGivings *self)
{
  for (guint i = count (self); i > 0; i--)
    {
      g_autoptr (FrGiving) giving = get (self, i - 1);

      if (fr_giving_is_over (giving))
        g_list_store_remove (self->givings, i - 1);
    }
}
