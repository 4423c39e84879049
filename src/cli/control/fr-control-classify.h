/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-error.h"

G_BEGIN_DECLS

/* What an error of the node means to somebody who asked over the control socket. */

GError *fr_control_classify (const GError *error);

G_END_DECLS
