/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for a new passphrase, twice. */

void fr_passphrase_dialog_ask_async (GtkWidget *widget, GAsyncReadyCallback callback, gpointer data);
char *fr_passphrase_dialog_ask_finish (GtkWidget *widget, GAsyncResult *result);
void fr_passphrase_dialog_free (char *passphrase); /* and wipes it */

G_END_DECLS
