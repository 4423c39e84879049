/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-invitation-dialog.h"

#include "fr-qr-code.h"

struct _FrInvitationDialog
{
  AdwWindow parent_instance;

  /* template widgets */
  FrQrCode *code;
  GtkWidget *scan_label;

  /* owned */
  char *invitation;
};

enum
{
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrInvitationDialog, fr_invitation_dialog, ADW_TYPE_WINDOW)

static void
copy_clicked_cb (FrInvitationDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->invitation);
  g_signal_emit (self, signals[COPIED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
fr_invitation_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_INVITATION_DIALOG);
  G_OBJECT_CLASS (fr_invitation_dialog_parent_class)->dispose (object);
}

static void
fr_invitation_dialog_finalize (GObject *object)
{
  g_free (FR_INVITATION_DIALOG (object)->invitation);
  G_OBJECT_CLASS (fr_invitation_dialog_parent_class)->finalize (object);
}

static void
fr_invitation_dialog_class_init (FrInvitationDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_invitation_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_invitation_dialog_finalize;
  signals[COPIED] = g_signal_new ("copied", FR_TYPE_INVITATION_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  g_type_ensure (FR_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-invitation-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FrInvitationDialog, code);
  gtk_widget_class_bind_template_child (widget_class, FrInvitationDialog, scan_label);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fr_invitation_dialog_init (FrInvitationDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_invitation_dialog_new:
 * @parent: (nullable): over which window
 * @invitation: a `freshet:` link
 *
 * Returns: (transfer none): a dialog, to be presented
 */
FrInvitationDialog *
fr_invitation_dialog_new (GtkWindow *parent, const char *invitation)
{
  FrInvitationDialog *self = g_object_new (FR_TYPE_INVITATION_DIALOG, "transient-for", parent, NULL);
  gboolean fits;

  self->invitation = g_strdup (invitation);
  fits = fr_qr_code_set_text (self->code, invitation);
  gtk_widget_set_visible (GTK_WIDGET (self->code), fits);
  gtk_widget_set_visible (self->scan_label, fits);
  return self;
}
