/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A passphrase: the first line of a file, or typed on the terminal, where it is not shown. Iterates the main context
 * meanwhile, so that `stop` is heard. */

char *fr_passphrase_read (const char *file, gboolean is_new, GCancellable *stop, GError **error);
void fr_passphrase_free (char *passphrase); /* and wipes it */

G_END_DECLS
