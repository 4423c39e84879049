/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The address by which others on the local network reach this computer; NULL: it is on none. */
#define FR_LOOPBACK_HOST "127.0.0.1" /* where nobody but this computer comes */

char *fr_local_address_find (void);

/* Whether any of its addresses is in a private range, as those behind a NAT are. */
gboolean fr_local_address_any_private (void);

G_END_DECLS
