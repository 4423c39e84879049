/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What keeps us from a rendezvous server, in words for people: a FR_RENDEZVOUS_ERROR becomes one plain sentence of the
 * same domain and code. */
GError *fr_server_problem_new (const GError *problem, const char *server);

G_END_DECLS
