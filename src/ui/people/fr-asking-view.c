/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-asking-view.h"

#include <glib/gi18n.h>

#include "fr-adding-view.h"
#include "fr-announce.h"

struct _FrAskingView
{
  AdwBin parent_instance;

  /* template widgets */
  GtkWidget *box;
  AdwAvatar *avatar;
  GtkLabel *label;
  FrAddingView *accepted;

  /* owned */
  FrNode *node;
  FrPerson *person; /* nullable: who asks */
};

G_DEFINE_FINAL_TYPE (FrAskingView, fr_asking_view, ADW_TYPE_BIN)

static FrPerson *
find_first (GListModel *people)
{
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (people, i);

      if (fr_person_get_state (person) == FR_PERSON_ASKS)
        return g_steal_pointer (&person);
    }
  return NULL;
}

static void
update (FrAskingView *self)
{
  g_autoptr (FrPerson) person = find_first (G_LIST_MODEL (fr_node_get_people (self->node)));
  g_autofree char *text = NULL;

  if (person == self->person)
    return;
  g_set_object (&self->person, person);
  gtk_widget_set_visible (self->box, person != NULL);
  if (person == NULL)
    return;
  /* Translators: the name of a person */
  text = g_strdup_printf (_ ("%s would like to connect to you"), fr_person_get_name (person));
  adw_avatar_set_text (self->avatar, fr_person_get_name (person));
  gtk_label_set_label (self->label, text);
  fr_announce (GTK_WIDGET (self), text);
}

static void
accept_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrAskingView *self = FR_ASKING_VIEW (widget);
  g_autoptr (FrPerson) person = self->person != NULL ? g_object_ref (self->person) : NULL;

  if (person == NULL)
    return;
  fr_people_accept (fr_node_get_people (self->node), person);
  fr_adding_view_end (self->accepted);
  fr_adding_view_begin (self->accepted, self->node, person);
}

static void
decline_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrAskingView *self = FR_ASKING_VIEW (widget);

  if (self->person != NULL)
    fr_people_turn_away (fr_node_get_people (self->node), self->person);
}

static void
fr_asking_view_dispose (GObject *object)
{
  FrAskingView *self = FR_ASKING_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_ASKING_VIEW);
  g_clear_object (&self->person);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_asking_view_parent_class)->dispose (object);
}

static void
fr_asking_view_class_init (FrAskingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_asking_view_dispose;
  g_type_ensure (FR_TYPE_ADDING_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-asking-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FrAskingView, box);
  gtk_widget_class_bind_template_child (widget_class, FrAskingView, avatar);
  gtk_widget_class_bind_template_child (widget_class, FrAskingView, label);
  gtk_widget_class_bind_template_child (widget_class, FrAskingView, accepted);
  gtk_widget_class_install_action (widget_class, "asking.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "asking.decline", NULL, decline_action);
}

static void
fr_asking_view_init (FrAskingView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_asking_view_set_node:
 * @self: a view
 * @node: who is asked; once
 */
void
fr_asking_view_set_node (FrAskingView *self, FrNode *node)
{
  FrPeople *people = fr_node_get_people (node);

  g_set_object (&self->node, node);
  g_signal_connect_object (people, "notify::n-asking", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * fr_asking_view_get_person:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): who asks
 */
FrPerson *
fr_asking_view_get_person (FrAskingView *self)
{
  return self->person;
}
