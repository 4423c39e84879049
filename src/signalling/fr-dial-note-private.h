/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "fr-dial-note.h"

G_BEGIN_DECLS

gboolean fr_dial_note_from_json (FrDialNote *self, JsonObject *object);
JsonObject *fr_dial_note_to_json (const FrDialNote *self);

G_END_DECLS
