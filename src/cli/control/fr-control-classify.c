/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-classify.h"

#include "fr-identity.h"
#include "fr-manifest.h"
#include "fr-node-error.h"
#include "fr-store-error.h"

#include <gio/gio.h>

static FrControlError
classify_node (int code)
{
  switch ((FrNodeError) code)
    {
    case FR_NODE_ERROR_BAD_NAME:
    case FR_NODE_ERROR_BAD_ADDRESS:
    case FR_NODE_ERROR_YOURSELF:
    case FR_NODE_ERROR_OTHER_SERVER:
    case FR_NODE_ERROR_SEARCH:
      return FR_CONTROL_ERROR_BAD_REQUEST;
    case FR_NODE_ERROR_NO_SERVER:
      return FR_CONTROL_ERROR_NO_SERVER;
    case FR_NODE_ERROR_NOT_THERE:
    case FR_NODE_ERROR_NO_ANSWER:
    case FR_NODE_ERROR_NO_ROUTE:
    case FR_NODE_ERROR_LEFT:
      return FR_CONTROL_ERROR_NOT_REACHED;
    case FR_NODE_ERROR_OTHER_PROGRAM:
    case FR_NODE_ERROR_OTHER_VERSION:
    case FR_NODE_ERROR_OTHER_PERSON:
    case FR_NODE_ERROR_INTERCEPTED:
    case FR_NODE_ERROR_REFUSED:
    case FR_NODE_ERROR_BUSY:
    case FR_NODE_ERROR_FAULT:
    case FR_NODE_ERROR_ACCUSED:
    case FR_NODE_ERROR_BROKEN:
    case FR_NODE_ERROR_KEPT_OUT:
    case FR_NODE_ERROR_BLOCKED:
      return FR_CONTROL_ERROR_REFUSED;
    case FR_NODE_ERROR_GONE:
      return FR_CONTROL_ERROR_NOTHING_FOUND;
    case FR_NODE_ERROR_CANCELLED:
      return FR_CONTROL_ERROR_CANCELLED;
    default:
      return FR_CONTROL_ERROR_FAILED;
    }
}

static FrControlError
classify_store (int code)
{
  switch ((FrStoreError) code)
    {
    case FR_STORE_ERROR_LOCKED:
    case FR_STORE_ERROR_NEWER:
    case FR_STORE_ERROR_DAMAGED:
    case FR_STORE_ERROR_FULL:
    case FR_STORE_ERROR_IO:
      return FR_CONTROL_ERROR_FOLDER;
    case FR_STORE_ERROR_NOT_FOUND:
      return FR_CONTROL_ERROR_NOTHING_FOUND;
    case FR_STORE_ERROR_BAD_TEXT:
    case FR_STORE_ERROR_BAD_SEARCH:
      return FR_CONTROL_ERROR_BAD_REQUEST;
    default:
      return FR_CONTROL_ERROR_FAILED;
    }
}

static FrControlError
classify_manifest (int code)
{
  switch ((FrManifestError) code)
    {
    case FR_MANIFEST_ERROR_NOT_ONE:
      return FR_CONTROL_ERROR_NOTHING_FOUND;
    case FR_MANIFEST_ERROR_NOT_EMPTY:
      return FR_CONTROL_ERROR_BAD_REQUEST;
    default:
      return FR_CONTROL_ERROR_FAILED;
    }
}

static FrControlError
classify_identity (int code)
{
  switch ((FrIdentityError) code)
    {
    case FR_IDENTITY_ERROR_EXISTS:
    case FR_IDENTITY_ERROR_PASSPHRASE:
      return FR_CONTROL_ERROR_REFUSED;
    default:
      return FR_CONTROL_ERROR_FAILED;
    }
}

/**
 * fr_control_classify:
 * @error: of the node or of what it stands on
 *
 * Returns: (transfer full): the same of %FR_CONTROL_ERROR, its message unchanged
 */
GError *
fr_control_classify (const GError *error)
{
  FrControlError code = FR_CONTROL_ERROR_FAILED;

  g_return_val_if_fail (error != NULL, g_error_new_literal (FR_CONTROL_ERROR, code, ""));

  if (error->domain == FR_CONTROL_ERROR)
    code = error->code;
  else if (error->domain == FR_NODE_ERROR)
    code = classify_node (error->code);
  else if (error->domain == FR_STORE_ERROR)
    code = classify_store (error->code);
  else if (error->domain == FR_MANIFEST_ERROR)
    code = classify_manifest (error->code);
  else if (error->domain == FR_IDENTITY_ERROR)
    code = classify_identity (error->code);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    code = FR_CONTROL_ERROR_CANCELLED;
  return g_error_new_literal (FR_CONTROL_ERROR, code, error->message);
}
