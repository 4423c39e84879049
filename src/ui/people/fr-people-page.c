/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-page.h"

#include <glib/gi18n.h>

#include "fr-person-row.h"

struct _FrPeoplePage
{
  AdwBin parent_instance;

  /* template widgets */
  AdwActionRow *own_row;
  GtkWidget *invite_button;
  GtkStack *stack;
  GtkListView *list;

  /* owned */
  FrNode *node;
};

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrPeoplePage, fr_people_page, ADW_TYPE_BIN)

static void
show_own (FrPeoplePage *self)
{
  g_autofree char *invitation = fr_node_get_invitation (self->node);
  const char *name = fr_node_get_name (self->node);
  g_autofree char *subtitle = NULL;

  if (invitation != NULL)
    subtitle = g_strdup_printf (_ ("Your address is “%s”"), fr_node_get_address (self->node));
  else
    subtitle = g_strdup (_ ("You get an address as soon as you are connected to a meeting point."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->own_row), name != NULL ? name : "");
  adw_action_row_set_subtitle (self->own_row, subtitle);
}

static void
row_message_cb (FrPeoplePage *self, const char *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

static void
setup_cb (FrPeoplePage *self, GtkListItem *list_item)
{
  FrPersonRow *row = fr_person_row_new (fr_node_get_people (self->node));

  g_signal_connect_object (row, "message", G_CALLBACK (row_message_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, GTK_WIDGET (row));
}

/* What takes the focus is the list's own cell, which has no name. */
static void
bind_cb (FrPeoplePage *self, GtkListItem *list_item)
{
  FrPerson *person = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  const char *name = fr_person_get_name (person);

  fr_person_row_set_person (FR_PERSON_ROW (row), person);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *name != '\0' ? name : fr_person_get_address (person), -1);
}

static void
unbind_cb (FrPeoplePage *self, GtkListItem *list_item)
{
  fr_person_row_set_person (FR_PERSON_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
items_changed_cb (FrPeoplePage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_people (self->node)));

  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "empty" : "list");
  gtk_widget_set_visible (self->invite_button, n > 0); /* the empty page has one */
}

static void
other_computer_cb (FrPeoplePage *self, FrPerson *computer)
{
  /* Translators: the name of a person */
  g_autofree char *message
      = g_strdup_printf (_ ("%s has another computer now."), fr_person_get_name (fr_person_get_owner (computer)));

  g_signal_emit (self, signals[MESSAGE], 0, message);
}

static void
fr_people_page_dispose (GObject *object)
{
  FrPeoplePage *self = FR_PEOPLE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PEOPLE_PAGE);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_people_page_parent_class)->dispose (object);
}

static void
fr_people_page_class_init (FrPeoplePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_people_page_dispose;
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_PEOPLE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPeoplePage, own_row);
  gtk_widget_class_bind_template_child (widget_class, FrPeoplePage, invite_button);
  gtk_widget_class_bind_template_child (widget_class, FrPeoplePage, stack);
  gtk_widget_class_bind_template_child (widget_class, FrPeoplePage, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
fr_people_page_init (FrPeoplePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_people_page_set_node:
 * @self: a page
 * @node: whose people; once
 */
void
fr_people_page_set_node (FrPeoplePage *self, FrNode *node)
{
  FrPeople *people = fr_node_get_people (node);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (people)));

  g_set_object (&self->node, node);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "other-computer", G_CALLBACK (other_computer_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::name", G_CALLBACK (show_own), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::address", G_CALLBACK (show_own), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  items_changed_cb (self);
  show_own (self);
}
