/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-details.h"

#include <glib/gi18n.h>

#include "fr-person-text.h"

struct _FrPersonDetails
{
  AdwBin parent_instance;

  /* template widgets */
  AdwActionRow *address_row;
  AdwActionRow *introducer_row;
  AdwActionRow *words_row;
  GtkWidget *compare_button;
  GtkWidget *computers_heading;
  GtkListBox *computers;

  /* owned */
  FrPerson *person; /* nullable */
  GPtrArray *shown; /* of FrPerson: whose rows there are */
};

G_DEFINE_FINAL_TYPE (FrPersonDetails, fr_person_details, ADW_TYPE_BIN)

/* What takes the focus has a name. */
static void
show_row (AdwActionRow *row, const char *value)
{
  gtk_widget_set_visible (GTK_WIDGET (row), value != NULL);
  adw_action_row_set_subtitle (row, value != NULL ? value : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, value != NULL ? value : "", -1);
}

static void
append_computer (FrPersonDetails *self, FrPerson *computer)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->computers, row);
  g_ptr_array_add (self->shown, g_object_ref (computer));
}

static void
show_computer (FrPersonDetails *self, guint index)
{
  FrPerson *computer = self->shown->pdata[index];
  AdwActionRow *row = ADW_ACTION_ROW (gtk_list_box_get_row_at_index (self->computers, (int) index));
  g_autofree char *state = fr_person_text_describe_person (computer);
  g_autofree char *check = fr_person_text_describe_check_of (computer);
  g_autofree char *both = g_strdup_printf ("%s\n%s", state, check);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fr_person_get_name (computer));
  show_row (row, index == 0 ? state : both); /* of the first the words stand above */
}

static gboolean
is_same (GPtrArray *one, GPtrArray *other)
{
  for (guint i = 0; one->len == other->len && i < one->len; i++)
    if (one->pdata[i] != other->pdata[i])
      return FALSE;
  return one->len == other->len;
}

/* Rows stay as long as the computers do, so that the focus does. */
static void
show_computers (FrPersonDetails *self)
{
  g_autoptr (GPtrArray) now = fr_person_list_computers (self->person);
  GtkListBoxRow *row;

  g_ptr_array_insert (now, 0, g_object_ref (self->person));
  if (!is_same (now, self->shown))
    {
      while ((row = gtk_list_box_get_row_at_index (self->computers, 0)) != NULL)
        gtk_list_box_remove (self->computers, GTK_WIDGET (row));
      g_ptr_array_set_size (self->shown, 0);
      for (guint i = 0; i < now->len; i++)
        append_computer (self, now->pdata[i]);
    }
  for (guint i = 0; i < self->shown->len; i++)
    show_computer (self, i);
  gtk_widget_set_visible (self->computers_heading, now->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->computers), now->len > 1);
}

static void
fr_person_details_dispose (GObject *object)
{
  FrPersonDetails *self = FR_PERSON_DETAILS (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PERSON_DETAILS);
  g_clear_object (&self->person);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  G_OBJECT_CLASS (fr_person_details_parent_class)->dispose (object);
}

static void
fr_person_details_class_init (FrPersonDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_person_details_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-person-details.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPersonDetails, address_row);
  gtk_widget_class_bind_template_child (widget_class, FrPersonDetails, introducer_row);
  gtk_widget_class_bind_template_child (widget_class, FrPersonDetails, words_row);
  gtk_widget_class_bind_template_child (widget_class, FrPersonDetails, compare_button);
  gtk_widget_class_bind_template_child (widget_class, FrPersonDetails, computers_heading);
  gtk_widget_class_bind_template_child (widget_class, FrPersonDetails, computers);
}

static void
fr_person_details_init (FrPersonDetails *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_person_details_set_person:
 * @self: details
 * @person: (nullable): whom they are about
 */
void
fr_person_details_set_person (FrPersonDetails *self, FrPerson *person)
{
  g_set_object (&self->person, person);
  fr_person_details_update (self);
}

/**
 * fr_person_details_update:
 * @self: details
 *
 * Says what is true by now.
 */
void
fr_person_details_update (FrPersonDetails *self)
{
  FrPerson *introducer;
  const char *address, *words;

  if (self->person == NULL)
    return;
  address = fr_person_get_address (self->person);
  introducer = fr_person_get_introducer (self->person);
  words = fr_person_get_checked (self->person) ? _ ("Compared") : _ ("Not compared yet");
  show_row (self->address_row, *address != '\0' ? address : NULL);
  show_row (self->introducer_row, introducer != NULL ? fr_person_get_name (introducer) : NULL);
  show_row (self->words_row, fr_person_get_key (self->person, NULL) ? words : NULL);
  gtk_widget_set_visible (self->compare_button, !fr_person_get_blocked (self->person));
  show_computers (self);
}
