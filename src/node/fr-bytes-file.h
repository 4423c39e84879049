/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file in memory with these bytes, for what takes descriptors only: to be closed by the caller; -1: no memory. */
int fr_bytes_to_fd (GBytes *bytes);

G_END_DECLS
