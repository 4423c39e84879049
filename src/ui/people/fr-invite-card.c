/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invite-card.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-asking-view.h"
#include "fr-qr-code.h"

#define COPIED_MS 2000

struct _FrInviteCard
{
  AdwBin parent_instance;

  /* template widgets */
  FrAskingView *asking;
  FrQrCode *code;
  GtkButton *copy_button;

  /* owned */
  FrNode *node;
  char *invitation; /* nullable */
  GSource *copied;  /* while the button says so */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrInviteCard, fr_invite_card, ADW_TYPE_BIN)

/* One that is too long for a code is a link all the same. */
static void
show_invitation (FrInviteCard *self)
{
  g_autofree char *invitation = fr_node_get_invitation (self->node);

  if (g_strcmp0 (invitation, self->invitation) == 0)
    return;
  g_free (self->invitation);
  self->invitation = g_steal_pointer (&invitation);
  gtk_widget_set_visible (GTK_WIDGET (self->code), fr_qr_code_set_text (self->code, self->invitation));
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy_button), self->invitation != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear_copied (FrInviteCard *self)
{
  if (self->copied != NULL)
    g_source_destroy (self->copied);
  g_clear_pointer (&self->copied, g_source_unref);
}

static gboolean
copied_cb (gpointer data)
{
  FrInviteCard *self = data;

  clear_copied (self);
  gtk_button_set_label (self->copy_button, _ ("_Copy Link"));
  return G_SOURCE_REMOVE;
}

static void
copy_clicked_cb (FrInviteCard *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->invitation);
  gtk_button_set_label (self->copy_button, _ ("Copied"));
  fr_announce (GTK_WIDGET (self), _ ("Invitation copied. Send it to someone, and they can add you."));
  clear_copied (self);
  self->copied = g_timeout_source_new (COPIED_MS);
  g_source_set_callback (self->copied, copied_cb, self, NULL);
  g_source_attach (self->copied, NULL);
}

static gboolean
fr_invite_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FR_INVITE_CARD (widget)->copy_button));
}

static void
fr_invite_card_dispose (GObject *object)
{
  FrInviteCard *self = FR_INVITE_CARD (object);

  clear_copied (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_INVITE_CARD);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_invite_card_parent_class)->dispose (object);
}

static void
fr_invite_card_finalize (GObject *object)
{
  g_free (FR_INVITE_CARD (object)->invitation);
  G_OBJECT_CLASS (fr_invite_card_parent_class)->finalize (object);
}

static void
fr_invite_card_class_init (FrInviteCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_invite_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_invite_card_finalize;
  widget_class->grab_focus = fr_invite_card_grab_focus;
  signals[CHANGED]
      = g_signal_new ("changed", FR_TYPE_INVITE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (FR_TYPE_ASKING_VIEW);
  g_type_ensure (FR_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-invite-card.ui");
  gtk_widget_class_bind_template_child (widget_class, FrInviteCard, asking);
  gtk_widget_class_bind_template_child (widget_class, FrInviteCard, code);
  gtk_widget_class_bind_template_child (widget_class, FrInviteCard, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
}

static void
fr_invite_card_init (FrInviteCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_invite_card_set_node:
 * @self: a card
 * @node: whose invitation; once
 */
void
fr_invite_card_set_node (FrInviteCard *self, FrNode *node)
{
  g_set_object (&self->node, node);
  fr_asking_view_set_node (self->asking, node);
  g_signal_connect_object (node, "notify::name", G_CALLBACK (show_invitation), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::address", G_CALLBACK (show_invitation), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::server", G_CALLBACK (show_invitation), self, G_CONNECT_SWAPPED);
  show_invitation (self);
}

/**
 * fr_invite_card_has_invitation:
 * @self: a card
 *
 * Returns: %FALSE as long as there is nothing to show: one was never at a meeting point
 */
gboolean
fr_invite_card_has_invitation (FrInviteCard *self)
{
  return self->invitation != NULL;
}
