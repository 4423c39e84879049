/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-transfer-error.h"

G_DEFINE_QUARK (fr-transfer-error-quark, fr_transfer_error)

/**
 * fr_transfer_error_new_from_refuse:
 * @reason: what a holder gave as its reason; perhaps one of later times
 *
 * Returns: (transfer full): it as an error
 */
GError *
fr_transfer_error_new_from_refuse (Freshet__Refuse__Reason reason)
{
  switch (reason)
    {
    case FRESHET__REFUSE__REASON__REASON_GONE:
      return g_error_new_literal (FR_TRANSFER_ERROR, FR_TRANSFER_ERROR_REFUSED_GONE,
                                  "The picture is not there any more");
    case FRESHET__REFUSE__REASON__REASON_BUSY:
      return g_error_new_literal (FR_TRANSFER_ERROR, FR_TRANSFER_ERROR_REFUSED_BUSY,
                                  "Too many others are waiting there");
    case FRESHET__REFUSE__REASON__REASON_BROKEN:
      return g_error_new_literal (FR_TRANSFER_ERROR, FR_TRANSFER_ERROR_REFUSED_BROKEN,
                                  "The picture cannot be read there");
    default:
      return g_error_new (FR_TRANSFER_ERROR, FR_TRANSFER_ERROR_REFUSED_BROKEN,
                          "The picture was refused (reason %d)", (int) reason);
    }
}
