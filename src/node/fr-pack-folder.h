/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-manifest.h"

G_BEGIN_DECLS

/* The folder of an exported gallery. What is in it counts only once the list is, which comes last and whole. Blocking;
 * for worker threads. */

gboolean fr_pack_folder_make (const char *folder, GError **error);
gboolean fr_pack_folder_finish (const char *folder, GBytes *list, GError **error);
void fr_pack_folder_undo (const char *folder, const FrManifest *written);
FrManifest *fr_pack_folder_read (const char *folder, GError **error);

G_END_DECLS
