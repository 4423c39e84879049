/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-cli-options.h"

G_BEGIN_DECLS

/* Keeping an identity in a file, and bringing it back. Deriving a key and all files are in a thread of their own. */

gboolean fr_cli_identity_backup (FrCliOptions *options,
                                 const char *path,
                                 const char *passphrase_file,
                                 GCancellable *stop,
                                 GError **error);
gboolean fr_cli_identity_restore (FrCliOptions *options,
                                  const char *path,
                                  const char *passphrase_file,
                                  gboolean replace,
                                  GCancellable *stop,
                                  GError **error);

G_END_DECLS
