/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-links.h"

#include "fr-network-layout.h"

struct _FrNetworkLinks
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  GPtrArray *links;    /* of FrNetworkLink */
  GPtrArray *followed; /* of FrPerson: everybody */

  /* state */
  gboolean active;
};

static GType
fr_network_links_get_item_type (GListModel *model)
{
  return FR_TYPE_NETWORK_LINK;
}

static guint
fr_network_links_get_n_items (GListModel *model)
{
  return FR_NETWORK_LINKS (model)->links->len;
}

static gpointer
fr_network_links_get_item (GListModel *model, guint position)
{
  GPtrArray *links = FR_NETWORK_LINKS (model)->links;

  return position < links->len ? g_object_ref (g_ptr_array_index (links, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_network_links_get_item_type;
  iface->get_n_items = fr_network_links_get_n_items;
  iface->get_item = fr_network_links_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FrNetworkLinks, fr_network_links, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static FrPerson *
person_at (FrNetworkLinks *self, guint position)
{
  return fr_network_link_get_person (g_ptr_array_index (self->links, position));
}

/* One walk over both: those that stay keep their order. */
static void
update (FrNetworkLinks *self)
{
  guint position = 0;

  for (guint i = self->links->len; i > 0; i--)
    if (!fr_network_link_is_due (person_at (self, i - 1)) || !g_ptr_array_find (self->followed, person_at (self, i - 1), NULL))
      {
        g_ptr_array_remove_index (self->links, i - 1);
        g_list_model_items_changed (G_LIST_MODEL (self), i - 1, 1, 0);
      }
  for (guint i = 0; i < self->followed->len && position < FR_NETWORK_LAYOUT_MAX; i++)
    {
      FrPerson *person = g_ptr_array_index (self->followed, i);

      if (!fr_network_link_is_due (person))
        continue;
      if (position == self->links->len || person_at (self, position) != person)
        {
          g_ptr_array_insert (self->links, (int) position, fr_network_link_new (person));
          g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
        }
      position++;
    }
}

static void
people_changed_cb (FrNetworkLinks *self)
{
  GListModel *people = G_LIST_MODEL (fr_node_get_people (self->node));

  for (guint i = 0; i < self->followed->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->followed, i), update, self);
  g_ptr_array_set_size (self->followed, 0);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      FrPerson *person = g_list_model_get_item (people, i);

      g_signal_connect_object (person, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->followed, person);
    }
  update (self);
}

static void
pulse_cb (FrNetworkLinks *self, const FrNetworkPulse *pulse)
{
  for (guint i = 0; i < self->links->len; i++)
    fr_network_link_take_pulse (g_ptr_array_index (self->links, i), pulse);
}

static void
fr_network_links_dispose (GObject *object)
{
  FrNetworkLinks *self = FR_NETWORK_LINKS (object);

  if (self->node != NULL)
    fr_network_links_set_active (self, FALSE);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_network_links_parent_class)->dispose (object);
}

static void
fr_network_links_finalize (GObject *object)
{
  FrNetworkLinks *self = FR_NETWORK_LINKS (object);

  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->followed);
  G_OBJECT_CLASS (fr_network_links_parent_class)->finalize (object);
}

static void
fr_network_links_class_init (FrNetworkLinksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_network_links_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_network_links_finalize;
}

static void
fr_network_links_init (FrNetworkLinks *self)
{
  self->links = g_ptr_array_new_with_free_func (g_object_unref);
  self->followed = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * fr_network_links_new:
 * @node: a node
 *
 * Returns: (transfer full): who is connected to it
 */
FrNetworkLinks *
fr_network_links_new (FrNode *node)
{
  FrNetworkLinks *self = g_object_new (FR_TYPE_NETWORK_LINKS, NULL);

  self->node = g_object_ref (node);
  g_signal_connect_object (fr_node_get_people (node), "items-changed", G_CALLBACK (people_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "pulse", G_CALLBACK (pulse_cb), self, G_CONNECT_SWAPPED);
  people_changed_cb (self);
  return self;
}

/**
 * fr_network_links_set_active:
 * @self: links
 * @active: whether somebody looks at them
 *
 * Has the network tell how they are, or not.
 */
void
fr_network_links_set_active (FrNetworkLinks *self, gboolean active)
{
  if (self->active == active)
    return;
  self->active = active;
  fr_node_set_watching (self->node, active);
}
