/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invite-sheet.h"

#include "fr-invite-card.h"

#define WIDTH 420
#define NARROW 600 /* of the parent: then the sheet fills it */

struct _FrInviteSheet
{
  AdwWindow parent_instance;

  /* template widgets */
  GtkStack *stack;
  FrInviteCard *card;
  GtkWidget *set_up_button;
  FrInvitationEntry *entry;
};

G_DEFINE_FINAL_TYPE (FrInviteSheet, fr_invite_sheet, ADW_TYPE_WINDOW)

static void
show_card (FrInviteSheet *self)
{
  gtk_stack_set_visible_child_name (self->stack, fr_invite_card_has_invitation (self->card) ? "card" : "none");
}

static void
leave_cb (FrInviteSheet *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* One's relays are in the same place as one's meeting point. */
static void
set_up_cb (FrInviteSheet *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    g_object_ref (parent);
  gtk_window_close (GTK_WINDOW (self));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.connection", NULL);
  g_clear_object (&parent);
}

static void
fr_invite_sheet_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_INVITE_SHEET);
  G_OBJECT_CLASS (fr_invite_sheet_parent_class)->dispose (object);
}

static void
fr_invite_sheet_class_init (FrInviteSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_invite_sheet_dispose;
  g_type_ensure (FR_TYPE_INVITE_CARD);
  g_type_ensure (FR_TYPE_INVITATION_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-invite-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, FrInviteSheet, stack);
  gtk_widget_class_bind_template_child (widget_class, FrInviteSheet, card);
  gtk_widget_class_bind_template_child (widget_class, FrInviteSheet, set_up_button);
  gtk_widget_class_bind_template_child (widget_class, FrInviteSheet, entry);
  gtk_widget_class_bind_template_callback (widget_class, show_card);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_up_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fr_invite_sheet_init (FrInviteSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fit_into (FrInviteSheet *self, GtkWindow *parent)
{
  int width = gtk_widget_get_width (GTK_WIDGET (parent)), height = gtk_widget_get_height (GTK_WIDGET (parent));

  if (width > 0 && width < NARROW)
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  else
    gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
}

/**
 * fr_invite_sheet_new:
 * @node: who invites, and adds
 * @parent: (nullable): over which window
 *
 * Returns: (transfer none): a sheet, to be presented
 */
FrInviteSheet *
fr_invite_sheet_new (FrNode *node, GtkWindow *parent)
{
  FrInviteSheet *self = g_object_new (FR_TYPE_INVITE_SHEET, "transient-for", parent, NULL);

  if (parent != NULL)
    fit_into (self, parent);
  fr_invite_card_set_node (self->card, node);
  fr_invitation_entry_set_node (self->entry, node);
  show_card (self);
  gtk_widget_grab_focus (fr_invite_card_has_invitation (self->card) ? GTK_WIDGET (self->card) : self->set_up_button);
  return self;
}

/**
 * fr_invite_sheet_fill_in:
 * @self: a sheet
 * @text: an address or an invitation
 *
 * Puts it where the person has only to say yes.
 */
void
fr_invite_sheet_fill_in (FrInviteSheet *self, const char *text)
{
  fr_invitation_entry_fill_in (self->entry, text);
}

FrInvitationEntry *
fr_invite_sheet_get_entry (FrInviteSheet *self)
{
  return self->entry;
}
