/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-node.h"

#define AVATAR_SIZE 36
#define NAME_CHARS 10

struct _FrNetworkNode
{
  GtkButton parent_instance;

  /* borrowed from the button */
  GtkLabel *detail;

  /* owned */
  FrNetworkLink *link;
};

G_DEFINE_FINAL_TYPE (FrNetworkNode, fr_network_node, GTK_TYPE_BUTTON)

static void
show (FrNetworkNode *self)
{
  const char *name = fr_person_get_name (fr_network_link_get_person (self->link));
  g_autofree char *text = NULL, *detail = NULL;
  FrNetworkLinkFacts facts;

  fr_network_link_get_facts (self->link, &facts);
  text = fr_network_text_describe_link (name, &facts);
  detail = fr_network_text_describe_delay (&facts);
  gtk_label_set_label (self->detail, detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
}

static void
fr_network_node_finalize (GObject *object)
{
  g_clear_object (&FR_NETWORK_NODE (object)->link);
  G_OBJECT_CLASS (fr_network_node_parent_class)->finalize (object);
}

static void
fr_network_node_class_init (FrNetworkNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_network_node_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
fr_network_node_init (FrNetworkNode *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "network-node");
}

/**
 * fr_network_node_new:
 * @link: somebody on the map
 *
 * Returns: (transfer floating): a node
 */
GtkWidget *
fr_network_node_new (FrNetworkLink *link)
{
  FrNetworkNode *self = g_object_new (FR_TYPE_NETWORK_NODE, NULL);
  const char *name = fr_person_get_name (fr_network_link_get_person (link));
  GtkWidget *detail, *content = fr_network_node_make_content (name, &detail);

  self->link = g_object_ref (link);
  self->detail = GTK_LABEL (detail);
  gtk_button_set_child (GTK_BUTTON (self), content);
  g_signal_connect_object (link, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}

FrNetworkLink *
fr_network_node_get_link (FrNetworkNode *self)
{
  return self->link;
}

/**
 * fr_network_node_make_content:
 * @name: of a person
 * @out_detail: (out) (transfer none): the line below it
 *
 * Returns: (transfer floating): how a person looks on the map
 */
GtkWidget *
fr_network_node_make_content (const char *name, GtkWidget **out_detail)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (name), *detail = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (box), adw_avatar_new (AVATAR_SIZE, name, TRUE));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_label_set_justify (GTK_LABEL (detail), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (detail), NAME_CHARS);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "numeric");
  gtk_box_append (GTK_BOX (box), detail);
  *out_detail = detail;
  return box;
}
