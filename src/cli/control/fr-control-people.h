/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-request.h"

G_BEGIN_DECLS

/* Whom a request is about: its "person", an address or a key. NULL: nobody known here, and the request has failed.
 * Or another member of it. */
FrPerson *fr_control_people_find (FrControlRequest *request);
FrPerson *fr_control_people_find_in (FrControlRequest *request, const char *member);

G_END_DECLS
