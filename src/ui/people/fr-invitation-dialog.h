/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* The person's own invitation: to be scanned, or copied. */

#define FR_TYPE_INVITATION_DIALOG (fr_invitation_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FrInvitationDialog, fr_invitation_dialog, FR, INVITATION_DIALOG, AdwWindow)

FrInvitationDialog *fr_invitation_dialog_new (GtkWindow *parent, const char *invitation);

/* Signal "copied" (). */

G_END_DECLS
