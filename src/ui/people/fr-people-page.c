/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-page.h"

#include <glib/gi18n.h>

#include "fr-import-bar.h"
#include "fr-people-order.h"
#include "fr-person-row.h"
#include "fr-person-sharing.h"

struct _FrPeoplePage
{
  AdwBin parent_instance;

  /* template widgets */
  AdwActionRow *own_row;
  GtkWidget *invite_button;
  GtkStack *stack;
  GtkListView *list;
  FrImportBar *import_bar;

  /* owned */
  FrNode *node;
  GListModel *ordered; /* of FrPerson */
  FrPersonSharing *sharing;

  /* state */
  guint headings_id;
};

enum
{
  MESSAGE,
  OPEN,
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
open_cb (FrPeoplePage *self, FrPerson *person)
{
  g_signal_emit (self, signals[OPEN], 0, person);
}

static void
activate_cb (FrPeoplePage *self, guint position)
{
  g_autoptr (FrPerson) person = g_list_model_get_item (self->ordered, position);

  if (person != NULL)
    open_cb (self, person);
}

static void
share_cb (FrPeoplePage *self, FrPerson *person)
{
  fr_person_sharing_choose (self->sharing, person);
}

/* Rows */

static void
setup_cb (FrPeoplePage *self, GtkListItem *list_item)
{
  FrPersonRow *row = fr_person_row_new (fr_node_get_people (self->node));

  g_signal_connect_object (row, "message", G_CALLBACK (row_message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "share", G_CALLBACK (share_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, GTK_WIDGET (row));
}

/* The first of a group has its heading. */
static void
show_heading (FrPeoplePage *self, FrPersonRow *row, guint position)
{
  g_autoptr (FrPerson) person = g_list_model_get_item (self->ordered, position);
  g_autoptr (FrPerson) before = position > 0 ? g_list_model_get_item (self->ordered, position - 1) : NULL;
  FrPeopleGroup group;

  if (person == NULL)
    return;
  group = fr_people_order_get_group (person);
  if (before != NULL && fr_people_order_get_group (before) == group)
    fr_person_row_set_heading (row, NULL);
  else
    fr_person_row_set_heading (row, fr_people_order_get_heading (group, before == NULL));
}

/* What takes the focus is the list's own cell, which has no name. */
static void
bind_cb (FrPeoplePage *self, GtkListItem *list_item)
{
  FrPerson *person = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  const char *name = fr_person_get_name (person);

  fr_person_row_set_person (FR_PERSON_ROW (row), person);
  show_heading (self, FR_PERSON_ROW (row), gtk_list_item_get_position (list_item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *name != '\0' ? name : fr_person_get_address (person), -1);
}

static void
unbind_cb (FrPeoplePage *self, GtkListItem *list_item)
{
  fr_person_row_set_person (FR_PERSON_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static guint
find_position (FrPeoplePage *self, FrPerson *person)
{
  guint n = g_list_model_get_n_items (self->ordered);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FrPerson) one = g_list_model_get_item (self->ordered, i);

      if (one == person)
        return i;
    }
  return n;
}

static gboolean
headings_cb (gpointer data)
{
  FrPeoplePage *self = data;

  self->headings_id = 0;
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->list)); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *row = gtk_widget_get_first_child (cell);

      if (FR_IS_PERSON_ROW (row) && fr_person_row_get_person (FR_PERSON_ROW (row)) != NULL)
        show_heading (self, FR_PERSON_ROW (row), find_position (self, fr_person_row_get_person (FR_PERSON_ROW (row))));
    }
  return G_SOURCE_REMOVE;
}

/* Also of those who have not moved. */
static void
queue_headings (FrPeoplePage *self)
{
  if (self->headings_id == 0)
    self->headings_id = g_idle_add (headings_cb, self);
}

/* Keys, for whose row has the focus */

static gboolean
key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (!FR_IS_PERSON_ROW (row))
    row = focus != NULL ? gtk_widget_get_ancestor (focus, FR_TYPE_PERSON_ROW) : NULL;
  if (row == NULL || !gtk_widget_activate_action (row, g_variant_get_string (args, NULL), NULL))
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
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

  g_clear_handle_id (&self->headings_id, g_source_remove);
  g_clear_object (&self->sharing);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PEOPLE_PAGE);
  g_clear_object (&self->ordered);
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
  signals[OPEN] = g_signal_new ("open", FR_TYPE_PEOPLE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_PERSON);
  g_type_ensure (FR_TYPE_IMPORT_BAR);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F2, 0, key_cb, "s", "person.rename");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, key_cb, "s", "person.remove");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, key_cb, "s", "person.remove");
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPeoplePage, own_row);
  gtk_widget_class_bind_template_child (widget_class, FrPeoplePage, invite_button);
  gtk_widget_class_bind_template_child (widget_class, FrPeoplePage, stack);
  gtk_widget_class_bind_template_child (widget_class, FrPeoplePage, list);
  gtk_widget_class_bind_template_child (widget_class, FrPeoplePage, import_bar);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
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
  g_autoptr (GtkNoSelection) selection = NULL;

  g_set_object (&self->node, node);
  self->ordered = fr_people_order_new (people);
  self->sharing = fr_person_sharing_new (node, self->import_bar);
  selection = gtk_no_selection_new (g_object_ref (self->ordered));
  g_signal_connect_object (self->ordered, "items-changed", G_CALLBACK (queue_headings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_sort_list_model_get_sorter (GTK_SORT_LIST_MODEL (self->ordered)), "changed",
                           G_CALLBACK (queue_headings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sharing, "message", G_CALLBACK (row_message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "other-computer", G_CALLBACK (other_computer_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::name", G_CALLBACK (show_own), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::address", G_CALLBACK (show_own), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  items_changed_cb (self);
  show_own (self);
}

/**
 * fr_people_page_take_focus:
 * @self: a page
 *
 * Gives the focus to the first of the people, who is one that asks if any does, or to the way to some.
 */
void
fr_people_page_take_focus (FrPeoplePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)))
    return;
  if (cell == NULL || !gtk_widget_grab_focus (cell)) /* moving on would lead to what is in the cell */
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

/**
 * fr_people_page_take_offer:
 * @self: a page
 * @person: one of the people on it
 * @offer: what was dropped on their row
 *
 * Shares it with them alone.
 */
void
fr_people_page_take_offer (FrPeoplePage *self, FrPerson *person, FrOffer *offer)
{
  fr_person_sharing_take_offer (self->sharing, person, offer);
}

/**
 * fr_people_page_take_pictures:
 * @self: a page
 * @person: one of the people on it
 * @pictures: (element-type GObject): what was dragged to their row from a wall
 *
 * Lets them see it too.
 */
void
fr_people_page_take_pictures (FrPeoplePage *self, FrPerson *person, GPtrArray *pictures)
{
  fr_person_sharing_take_pictures (self->sharing, person, pictures);
}
