/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder for files that are gone at the end: of one program among several that share the folder above it. Each locks its
 * own, so that what nobody has locked was left by one that has ended, however it ended. For threads: all of this waits for
 * the disk, but for what is said to be done later. */

typedef struct _FrPrivateFolder FrPrivateFolder;

FrPrivateFolder *fr_private_folder_new (const char *shared); /* which need not be there yet */
FrPrivateFolder *fr_private_folder_ref (FrPrivateFolder *self);
void fr_private_folder_unref (FrPrivateFolder *self);

char *fr_private_folder_add (FrPrivateFolder *self, GError **error); /* a new, empty folder in it */
void fr_private_folder_sweep_later (FrPrivateFolder *self);          /* removes what others have left */
void fr_private_folder_end (FrPrivateFolder *self);                  /* removes it, and takes the reference */

void fr_private_folder_remove_tree (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPrivateFolder, fr_private_folder_unref)

G_END_DECLS
