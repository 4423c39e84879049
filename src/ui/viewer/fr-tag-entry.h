/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The tags of a picture: each can be taken away, and more can be typed, completed from those that one has. */

#define FR_TYPE_TAG_ENTRY (fr_tag_entry_get_type ())
G_DECLARE_FINAL_TYPE (FrTagEntry, fr_tag_entry, FR, TAG_ENTRY, GtkWidget)

void fr_tag_entry_set_pictures (FrTagEntry *self, GListModel *pictures); /* of FrGalleryItem: whose tags complete */
void fr_tag_entry_set_tags (FrTagEntry *self, const char *const *tags);
GStrv fr_tag_entry_get_tags (FrTagEntry *self); /* with what is being typed */
gboolean fr_tag_entry_take_last (FrTagEntry *self);

/* The tag that begins so and that most pictures have; nullable. Pure. */
char *fr_tag_entry_complete (GHashTable *counts, const char *begin);

/* Signal "changed": other tags, by the person. */

G_END_DECLS
