/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "freshet.pb-c.h"

G_BEGIN_DECLS

/* Why a picture did not come. */

#define FR_TRANSFER_ERROR (fr_transfer_error_quark ())

typedef enum
{
  FR_TRANSFER_ERROR_REFUSED_GONE,   /* the holder does not have it, or not for us */
  FR_TRANSFER_ERROR_REFUSED_BUSY,   /* all places in the holder's queue are taken */
  FR_TRANSFER_ERROR_REFUSED_BROKEN, /* the holder cannot read it, or does not understand us */
  FR_TRANSFER_ERROR_PEER_GONE,      /* the session ended; what has come is kept for the next time */
  FR_TRANSFER_ERROR_WRONG_MANIFEST, /* the size or the list of blocks is not that of the picture */
  FR_TRANSFER_ERROR_WRONG_BLOCK,    /* bytes that are not the picture's, too many, or out of order */
  FR_TRANSFER_ERROR_TIMEOUT,        /* nothing moved for too long; what has come is kept */
  FR_TRANSFER_ERROR_CANCELLED,      /* by the person, or by the holder */
  FR_TRANSFER_ERROR_STORE,          /* it could not be written; the message is the store's */
} FrTransferError;

GQuark fr_transfer_error_quark (void);

GError *fr_transfer_error_new_from_refuse (Freshet__Refuse__Reason reason);

G_END_DECLS
