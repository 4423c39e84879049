/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a small message costs on a bare webrtcbin channel between two processes, with nothing of Freshet in it. */

#define FR_BENCH_N_PINGS 200
#define FR_BENCH_PING_SIZE 300
#define FR_BENCH_PING_EVERY_MS 50

/* Half the median round trip in microseconds; starts `program` twice for it. */
double fr_bench_ping_measure (const char *program, GError **error);

/* What those two do: `role` is "--ping-offer" or "--ping-answer"; descriptor 3 leads to the other. */
#define FR_BENCH_PING_FD 3
int fr_bench_ping_main (const char *role);

G_END_DECLS
