/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-bulk-header.h"
#include "fr-content-id.h"

G_BEGIN_DECLS

/* What both sides of a transfer go by. */

#define FR_TRANSFER_WINDOW 32 /* blocks that may be sent beyond what the asker says that it has stored */
#define FR_TRANSFER_STALL_US (30 * G_USEC_PER_SEC) /* without progress for so long, a transfer is given up */

G_END_DECLS
