/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Registers, in the calling thread, the types that several threads would otherwise register at the same time. */
void fr_type_setup (void);

G_END_DECLS
