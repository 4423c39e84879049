/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-client.h"
#include "fr-image-pool.h"

G_BEGIN_DECLS

/* For tests; on the client's own main context. */

FrImagePool *_fr_image_client_get_pool (FrImageClient *self);

G_END_DECLS
