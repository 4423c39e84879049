/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of a libFuzzer dictionary: a line each, `name="bytes"` or `"bytes"`, with \\, \" and \xAB; # begins a
 * comment. */

GPtrArray *fuzz_dictionary_load (const char *path, GError **error); /* of GBytes */
GBytes *fuzz_dictionary_parse_line (const char *line);

G_END_DECLS
