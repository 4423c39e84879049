/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-first-start.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-invite-card.h"
#include "fr-meeting-here.h"
#include "fr-meeting-text.h"
#include "fr-name-entry.h"

struct _FrFirstStart
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  FrNameEntry *name_entry;
  GtkWidget *invitation_row;
  FrInvitationEntry *invitation_entry;
  FrMeetingHere *here;
  FrMeetingPointForm *form;
  AdwStatusPage *ready_page;
  FrInviteCard *card;
  GtkWidget *choose_button;

  /* owned */
  FrNode *node;
  char *invitation; /* nullable: that was opened before there was a name */

  /* state */
  FrFirstStep step;
};

enum
{
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrFirstStart, fr_first_start, ADW_TYPE_BIN)

/* What is to be done there first. Only pages that are shown can have the focus, and what has it says the title. */
static void
show_page (FrFirstStart *self, const char *name, GtkWidget *first)
{
  AdwStatusPage *page;

  gtk_stack_set_visible_child_name (self->stack, name);
  page = ADW_STATUS_PAGE (gtk_stack_get_visible_child (self->stack));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "first-start.back", self->step != FR_FIRST_NAME);
  if (first != NULL)
    gtk_widget_grab_focus (first);
  fr_announce (GTK_WIDGET (self), adw_status_page_get_title (page));
}

static void
finish (FrFirstStart *self, gboolean choose)
{
  g_signal_emit (self, signals[FINISHED], 0, choose);
}

static void
begin_step (FrFirstStart *self)
{
  const char *page = fr_first_step_get_page (self->step);
  GtkWidget *const first[FR_FIRST_N_STEPS] = {
    GTK_WIDGET (self->name_entry), self->invitation_row, GTK_WIDGET (self->invitation_entry), NULL,
    GTK_WIDGET (self->form),       self->choose_button,
  };

  if (page == NULL)
    {
      finish (self, FALSE);
      return;
    }
  show_page (self, page, first[self->step]);
  if (self->step == FR_FIRST_HERE)
    fr_meeting_here_start (self->here, self->node);
  if (self->step == FR_FIRST_INVITATION && self->invitation != NULL)
    {
      g_autofree char *invitation = g_steal_pointer (&self->invitation);

      fr_invitation_entry_fill_in (self->invitation_entry, invitation);
    }
}

/* Whoever has found a meeting point has somebody to tell of it. */
static void
show_ready (FrFirstStart *self)
{
  const FrMeetingFacts facts = { .serving = fr_node_get_serving (self->node) };
  g_autofree char *here = fr_meeting_text_describe_here (&facts);
  gboolean is_here = self->step == FR_FIRST_HERE;

  if (!is_here && self->step != FR_FIRST_FAR)
    return;
  adw_status_page_set_title (self->ready_page,
                             is_here ? _ ("Ready for People on This Network") : _ ("Ready for People Far Away"));
  adw_status_page_set_description (self->ready_page, is_here ? here : NULL);
  show_page (self, "ready", GTK_WIDGET (self->card));
}

/* Rows and buttons */

static void
next_cb (FrFirstStart *self)
{
  fr_first_start_move (self, FR_FIRST_GO_ON);
}

static void
choose_invitation_cb (FrFirstStart *self)
{
  fr_first_start_move (self, FR_FIRST_CHOOSE_INVITATION);
}

static void
choose_here_cb (FrFirstStart *self)
{
  fr_first_start_move (self, FR_FIRST_CHOOSE_HERE);
}

static void
choose_far_cb (FrFirstStart *self)
{
  fr_first_start_move (self, FR_FIRST_CHOOSE_FAR);
}

static void
set_up_cb (FrFirstStart *self, gboolean relay)
{
  const char *server = fr_node_get_server (self->node);

  fr_first_start_move (self, FR_FIRST_CHOOSE_FAR);
  if (server != NULL && fr_node_get_serving (self->node) == NULL)
    fr_meeting_point_form_set_address (self->form, server);
  if (relay)
    fr_meeting_point_form_show_more (self->form);
}

static void
choose_pictures_cb (FrFirstStart *self)
{
  self->step = FR_FIRST_OVER;
  finish (self, TRUE);
}

static void
back_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_first_start_move (FR_FIRST_START (widget), FR_FIRST_GO_BACK);
}

static void
fr_first_start_dispose (GObject *object)
{
  FrFirstStart *self = FR_FIRST_START (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_FIRST_START);
  g_clear_object (&self->node);
  g_clear_pointer (&self->invitation, g_free);
  G_OBJECT_CLASS (fr_first_start_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (FR_TYPE_INVITATION_ENTRY);
  g_type_ensure (FR_TYPE_INVITE_CARD);
  g_type_ensure (FR_TYPE_MEETING_HERE);
  g_type_ensure (FR_TYPE_MEETING_POINT_FORM);
  g_type_ensure (FR_TYPE_NAME_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-first-start.ui");
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, stack);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, name_entry);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, invitation_row);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, invitation_entry);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, here);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, form);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, ready_page);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, card);
  gtk_widget_class_bind_template_child (widget_class, FrFirstStart, choose_button);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_invitation_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_here_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_far_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_pictures_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_ready);
}

static void
fr_first_start_class_init (FrFirstStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_first_start_dispose;
  signals[FINISHED] = g_signal_new ("finished", FR_TYPE_FIRST_START, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "first-start.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "first-start.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "first-start.back", NULL);
}

static void
fr_first_start_init (FrFirstStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "first-start.back", FALSE);
}

/**
 * fr_first_start_set_node:
 * @self: what is asked
 * @node: whom it is for; once
 */
void
fr_first_start_set_node (FrFirstStart *self, FrNode *node)
{
  g_set_object (&self->node, node);
  fr_invitation_entry_set_node (self->invitation_entry, node);
  fr_meeting_point_form_set_node (self->form, node);
  fr_invite_card_set_node (self->card, node);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}

/**
 * fr_first_start_fill_in:
 * @self: what is asked
 * @name: a name that may be right
 */
void
fr_first_start_fill_in (FrFirstStart *self, const char *name)
{
  fr_name_entry_set_name (self->name_entry, name);
}

/**
 * fr_first_start_take_invitation:
 * @self: what is asked
 * @invitation: a link that was opened
 *
 * Answers with it whom the person wants to share with, as soon as they have a name.
 */
void
fr_first_start_take_invitation (FrFirstStart *self, const char *invitation)
{
  g_free (self->invitation);
  self->invitation = g_strdup (invitation);
  if (self->step != FR_FIRST_NAME)
    fr_first_start_move (self, FR_FIRST_TAKE_LINK);
}

/**
 * fr_first_start_move:
 * @self: what is asked
 * @move: where to
 *
 * Goes on, or back. From the first step one goes on with a name only.
 *
 * Returns: %FALSE if the name will not do
 */
gboolean
fr_first_start_move (FrFirstStart *self, FrFirstMove move)
{
  FrFirstFacts facts = { .has_link = self->invitation != NULL };

  if (self->step == FR_FIRST_NAME && move == FR_FIRST_GO_ON
      && (!fr_name_entry_get_valid (self->name_entry)
          || !fr_node_set_name (self->node, fr_name_entry_get_name (self->name_entry), NULL)))
    return FALSE;
  facts.has_meeting_point = fr_node_get_server (self->node) != NULL;
  self->step = fr_first_step_go (self->step, move, &facts);
  begin_step (self);
  return TRUE;
}

FrFirstStep
fr_first_start_get_step (FrFirstStart *self)
{
  return self->step;
}

const char *
fr_first_start_get_page (FrFirstStart *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

FrInvitationEntry *
fr_first_start_get_invitation_entry (FrFirstStart *self)
{
  return self->invitation_entry;
}

FrMeetingPointForm *
fr_first_start_get_form (FrFirstStart *self)
{
  return self->form;
}
