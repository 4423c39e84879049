/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes one JSON object, member by member; needs no library. */
typedef struct _FrSimJson FrSimJson;

FrSimJson *fr_sim_json_new (void);
void fr_sim_json_free (FrSimJson *self);

void fr_sim_json_begin (FrSimJson *self, const char *name);
void fr_sim_json_end (FrSimJson *self);
void fr_sim_json_string (FrSimJson *self, const char *name, const char *value);
void fr_sim_json_number (FrSimJson *self, const char *name, double value);
void fr_sim_json_boolean (FrSimJson *self, const char *name, gboolean value);

char *fr_sim_json_finish (FrSimJson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSimJson, fr_sim_json_free)

G_END_DECLS
