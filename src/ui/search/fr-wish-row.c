/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wish-row.h"

#include <glib/gi18n.h>

#include "fr-wish-text.h"

struct _FrWishRow
{
  AdwActionRow parent_instance;

  /* template widgets */
  GtkWidget *remove_button;

  /* owned */
  FrWish *wish;
  FrPeople *people;
};

enum
{
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrWishRow, fr_wish_row, ADW_TYPE_ACTION_ROW)

static char *
describe_scope (FrWishRow *self)
{
  const FrSearchTerms *terms = fr_wish_get_terms (self->wish);
  FrPerson *person = terms->scope == FR_SCOPE_PERSON ? fr_people_find_key (self->people, &terms->person) : NULL;

  return fr_wish_text_describe_scope (terms->scope, person != NULL ? fr_person_get_name (person) : NULL);
}

static void
remove_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

static void
fr_wish_row_dispose (GObject *object)
{
  FrWishRow *self = FR_WISH_ROW (object);

  if (self->wish != NULL)
    g_signal_handlers_disconnect_by_data (self->wish, self);
  g_clear_object (&self->wish);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (fr_wish_row_parent_class)->dispose (object);
}

static void
fr_wish_row_class_init (FrWishRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_wish_row_dispose;
  signals[REMOVE] = g_signal_new ("remove", FR_TYPE_WISH_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-wish-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FrWishRow, remove_button);
  gtk_widget_class_install_action (widget_class, "wish.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "wish.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "wish.remove", NULL);
}

static void
fr_wish_row_init (FrWishRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_wish_row_new:
 * @wish: a wish
 * @people: who can be asked
 *
 * Returns: (transfer floating): its row
 */
FrWishRow *
fr_wish_row_new (FrWish *wish, FrPeople *people)
{
  FrWishRow *self = g_object_new (FR_TYPE_WISH_ROW, NULL);
  /* Translators: what a person is looking for */
  g_autofree char *label = g_strdup_printf (_ ("Tell me no more about “%s”"), fr_wish_get_words (wish));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), fr_wish_get_words (wish));
  self->wish = g_object_ref (wish);
  self->people = g_object_ref (people);
  gtk_widget_set_tooltip_text (self->remove_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (wish, "notify", G_CALLBACK (fr_wish_row_update), self, G_CONNECT_SWAPPED);
  fr_wish_row_update (self);
  return self;
}

FrWish *
fr_wish_row_get_wish (FrWishRow *self)
{
  return self->wish;
}

/**
 * fr_wish_row_update:
 * @self: a row
 *
 * Says what is so by now.
 */
void
fr_wish_row_update (FrWishRow *self)
{
  g_autofree char *text = fr_wish_text_describe (fr_wish_get_n_new (self->wish), fr_wish_get_asked_us (self->wish),
                                                 g_get_real_time ());
  g_autofree char *scope = describe_scope (self);
  g_autofree char *both = scope != NULL ? g_strdup_printf (C_ ("sentences", "%s %s"), text, scope) : g_strdup (text);
  g_autofree char *name = g_strdup_printf (_ ("%s. %s"), fr_wish_get_words (self->wish), both);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), both);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (fr_wish_get_n_new (self->wish) > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "fresh");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "fresh");
}
