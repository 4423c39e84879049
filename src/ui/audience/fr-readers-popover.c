/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-readers-popover.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "fr-contacts.h"

/* A scroll bar makes room for itself, also where it is not needed. */
#define UNSCROLLED_ROWS 8

struct _FrReadersPopover
{
  GtkPopover parent_instance;

  /* template widgets */
  GtkLabel *label;
  GtkWidget *scroller;
  GtkListBox *list;

  /* owned */
  GListModel *readers; /* of FrPerson; NULL where they have no names */
};

G_DEFINE_FINAL_TYPE (FrReadersPopover, fr_readers_popover, GTK_TYPE_POPOVER)

static const char *
describe (FrAudience audience, guint n_readers)
{
  switch (audience)
    {
    case FR_AUDIENCE_EVERYONE:
      return _ ("Anyone on the network");
    case FR_AUDIENCE_CONTACTS:
      return n_readers > 0 ? _ ("Your contacts:") : _ ("Nobody yet: you have no contacts");
    case FR_AUDIENCE_CHOSEN:
      return n_readers > 0 ? _ ("Whom you chose:") : _ ("Nobody: whom you chose is no contact any more");
    case FR_AUDIENCE_ONLY_ME:
    default:
      return _ ("Only you");
    }
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (fr_person_get_name (item));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_box_append (GTK_BOX (box), adw_avatar_new (24, fr_person_get_name (item), TRUE));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
fr_readers_popover_dispose (GObject *object)
{
  FrReadersPopover *self = FR_READERS_POPOVER (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_READERS_POPOVER);
  g_clear_object (&self->readers);
  G_OBJECT_CLASS (fr_readers_popover_parent_class)->dispose (object);
}

static void
fr_readers_popover_class_init (FrReadersPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_readers_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-readers-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, FrReadersPopover, label);
  gtk_widget_class_bind_template_child (widget_class, FrReadersPopover, scroller);
  gtk_widget_class_bind_template_child (widget_class, FrReadersPopover, list);
}

static void
fr_readers_popover_init (FrReadersPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_readers_popover_show_picture:
 * @self: a popover
 * @picture: a picture
 * @people: the contacts are among them
 *
 * Lists who can see it.
 */
void
fr_readers_popover_show_picture (FrReadersPopover *self, const FrPicture *picture, FrPeople *people)
{
  guint n = 0;

  g_clear_object (&self->readers);
  if (picture->audience == FR_AUDIENCE_CONTACTS || picture->audience == FR_AUDIENCE_CHOSEN)
    {
      self->readers = fr_contacts_new (people, picture->audience, picture->readers);
      n = g_list_model_get_n_items (self->readers);
    }
  gtk_label_set_label (self->label, describe (picture->audience, n));
  gtk_list_box_bind_model (self->list, self->readers, make_row, NULL, NULL);
  gtk_widget_set_visible (self->scroller, n > 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  n > UNSCROLLED_ROWS ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}

GListModel *
fr_readers_popover_get_readers (FrReadersPopover *self)
{
  return self->readers;
}

const char *
fr_readers_popover_get_text (FrReadersPopover *self)
{
  return gtk_label_get_label (self->label);
}
