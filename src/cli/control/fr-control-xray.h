/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-request.h"

G_BEGIN_DECLS

/* Tells what becomes of a search as "xray" events: at once when it changes, but no oftener than a person could read,
 * and once when it is over. With `further`, also sends the search as far as it goes. Lives no longer than the
 * request. */
typedef struct _FrControlXray FrControlXray;

#define FR_CONTROL_XRAY_EVERY_MS 250

FrControlXray *fr_control_xray_new (FrControlRequest *request, FrSearch *search, gboolean further);
void fr_control_xray_free (FrControlXray *self);
void fr_control_xray_end (FrControlXray *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrControlXray, fr_control_xray_free)

G_END_DECLS
