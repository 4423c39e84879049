/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-hand-out.h"

G_BEGIN_DECLS

/* Pictures for other programs, as something that is dragged or copied: the list of their files, and of one also the picture
 * itself. Nothing is copied or decoded before somebody takes it. It may be taken for as long as the node lives. */

#define FR_HAND_OUT_MAX_SIDE 8192 /* pixels of the picture itself */

#define FR_TYPE_HAND_OUT_CONTENT (fr_hand_out_content_get_type ())
G_DECLARE_FINAL_TYPE (FrHandOutContent, fr_hand_out_content, FR, HAND_OUT_CONTENT, GdkContentProvider)

GdkContentProvider *fr_hand_out_content_new (FrNode *node, GPtrArray *pictures);
GdkContentProvider *fr_hand_out_content_new_for_clipboard (FrNode *node, GPtrArray *pictures);

GPtrArray *fr_hand_out_content_get_pictures (FrHandOutContent *self); /* for what is dragged within the window */

G_END_DECLS
