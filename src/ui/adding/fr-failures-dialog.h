/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What could not be added, or what else did not go well, each with the reason. */

#define FR_TYPE_FAILURES_DIALOG (fr_failures_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FrFailuresDialog, fr_failures_dialog, FR, FAILURES_DIALOG, AdwWindow)

FrFailuresDialog *fr_failures_dialog_present_list (GtkWidget *widget, const char *title, GListModel *failures);
void fr_failures_dialog_set_can_retry (FrFailuresDialog *self, gboolean can_retry);

/* Signal "retry": it is to be tried again; the dialog closes. */

G_END_DECLS
