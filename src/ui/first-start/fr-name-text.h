/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peer-name.h"

G_BEGIN_DECLS

/* Why a name will not do, in words. */

char *fr_name_text_describe (FrPeerNameFault fault);

G_END_DECLS
