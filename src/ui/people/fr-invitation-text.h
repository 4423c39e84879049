/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody pasted to add a person: pure. */

#define FR_INVITATION_TEXT_MAX_SIZE 65536 /* bytes that are looked through for a link */

char *fr_invitation_text_pick (const char *text);
gboolean fr_invitation_text_read (const char *text, char **out_name, char **out_place);

G_END_DECLS
