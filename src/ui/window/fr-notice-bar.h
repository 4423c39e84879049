/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* A slim bar for the one thing that the person should know on every page, with what helps; hidden while all is well. */

#define FR_TYPE_NOTICE_BAR (fr_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (FrNoticeBar, fr_notice_bar, FR, NOTICE_BAR, AdwBin)

void fr_notice_bar_set_node (FrNoticeBar *self, FrNode *node);
const char *fr_notice_bar_get_text (FrNoticeBar *self);

/* Property "narrow" (boolean): the buttons stand below the words. */

G_END_DECLS
