/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Titles of pictures: from the name of a file, and back to one. A title is one line of readable UTF-8 of at most
 * FR_PICTURE_MAX_TITLE bytes. Pure functions. */

/* So short that " (2)" and the like still fit into the 255 bytes that file systems allow. */
#define FR_TITLE_MAX_FILE_NAME 200

char *fr_title_clean (const char *text);
char *fr_title_from_file_name (const char *name);
char *fr_title_to_file_name (const char *title, guint type);

G_END_DECLS
