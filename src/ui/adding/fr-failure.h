/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Something that could not be added, and why: a row of a list. Never changes. */

#define FR_TYPE_FAILURE (fr_failure_get_type ())
G_DECLARE_FINAL_TYPE (FrFailure, fr_failure, FR, FAILURE, GObject)

FrFailure *fr_failure_new (const char *name, const char *message);
const char *fr_failure_get_name (FrFailure *self);
const char *fr_failure_get_message (FrFailure *self);

G_END_DECLS
