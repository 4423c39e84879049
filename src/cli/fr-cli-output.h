/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What freshet-cli writes. Titles and names come from other people: on a terminal nothing in them moves the cursor,
 * changes colours or turns the line around. */

char *fr_cli_escape (const char *text);
char *fr_cli_format_size (double bytes);

void fr_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
void fr_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
void fr_cli_complain_sentence (const char *message);
void fr_cli_print_json (const char *event, JsonObject *answer);

G_END_DECLS
