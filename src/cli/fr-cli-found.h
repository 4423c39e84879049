/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "fr-cli-progress.h"

G_BEGIN_DECLS

/* Shows the answers to a search and what becomes of the pictures that it fetches. */

typedef struct
{
  FrCliProgress progress;
  gboolean json;
  guint n_hits;
  guint n_saved; /* or kept, or waits to be */
  guint n_failed;
  guint n_asked;  /* neighbours; known at the end */
  guint n_people; /* whom it has come to; 0: not known */
  guint n_steps;  /* away from here are the farthest of them */
} FrCliFound;

void fr_cli_found_init (FrCliFound *self, gboolean json);
void fr_cli_found_show (FrCliFound *self, JsonObject *answer, gboolean is_end);
char *fr_cli_found_describe_reach (const FrCliFound *self);
void fr_cli_found_answer_cb (JsonObject *answer, gboolean is_end, gpointer found);

char *fr_cli_make_folder_uri (const char *folder, GError **error);

G_END_DECLS
