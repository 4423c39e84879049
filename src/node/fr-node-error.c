/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-error.h"

#include "fr-transfer-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (fr-node-error-quark, fr_node_error)

/**
 * fr_node_error_new:
 * @code: what went wrong
 * @who: (nullable): the name or address of the person it is about
 *
 * Makes the error that a person reads: one plain sentence that says what to do next.
 *
 * Returns: (transfer full): a %FR_NODE_ERROR
 */
GError *
fr_node_error_new (FrNodeError code, const char *who)
{
  const char *format = NULL;

  if (who == NULL || *who == '\0')
    who = _ ("the other person");
  switch (code)
    {
    case FR_NODE_ERROR_BAD_NAME:
      format = _ ("Please choose a name of 1 to 40 letters.");
      break;
    case FR_NODE_ERROR_BAD_ADDRESS:
      format = _ ("“%s” is neither an address nor an invitation. Ask for an invitation link and paste it here.");
      break;
    case FR_NODE_ERROR_YOURSELF:
      format = _ ("That is your own address. Ask the other person for theirs.");
      break;
    case FR_NODE_ERROR_OTHER_SERVER:
      format = _ ("The invitation of %s is for another server. Connect to that server first.");
      break;
    case FR_NODE_ERROR_NO_SERVER:
      format = _ ("You are not connected to a server. Connect first, then try again.");
      break;
    case FR_NODE_ERROR_NOT_THERE:
      format = _ ("No one called “%s” is here now. Check the spelling, or ask them to start Freshet.");
      break;
    case FR_NODE_ERROR_NO_ANSWER:
      format = _ ("%s did not answer. Try again later.");
      break;
    case FR_NODE_ERROR_NO_ROUTE:
      format = _ ("Found %s, but your computers cannot reach each other. A STUN or TURN server may help: see “Name "
                  "and Server” in the menu.");
      break;
    case FR_NODE_ERROR_OTHER_PROGRAM:
      format = _ ("%s is using another program. Ask them to use Freshet.");
      break;
    case FR_NODE_ERROR_OTHER_VERSION:
      format = _ ("%s uses a version of Freshet that does not fit yours. Update both.");
      break;
    case FR_NODE_ERROR_OTHER_PERSON:
      /* Translators: the name of a person */
      format = _ ("This may not be the %s you know. They may have a new computer, or someone is using their name.");
      break;
    case FR_NODE_ERROR_INTERCEPTED:
      format = _ ("Somebody between you and %s changed the connection, so it was closed. Try another server.");
      break;
    case FR_NODE_ERROR_REFUSED:
      format = _ ("%s did not accept the connection.");
      break;
    case FR_NODE_ERROR_BUSY:
      format = _ ("%s has too many connections now. Try again later.");
      break;
    case FR_NODE_ERROR_FAULT:
      format = _ ("The program of %s sent something that makes no sense, so the connection was closed.");
      break;
    case FR_NODE_ERROR_LEFT:
      format = _ ("%s went away.");
      break;
    case FR_NODE_ERROR_GONE:
      format = _ ("%s does not have this picture any more.");
      break;
    case FR_NODE_ERROR_BROKEN:
      format = _ ("What %s sent is not the picture that was promised. Nothing was kept.");
      break;
    case FR_NODE_ERROR_SEARCH:
      format = _ ("Type a word to search for.");
      break;
    case FR_NODE_ERROR_CANCELLED:
      format = _ ("Stopped.");
      break;
    case FR_NODE_ERROR_BAD_RELAY:
      format = _ ("“%s” is not the address of such a server. It looks like “stun://example.org:3478” or "
                  "“turn://name:password@example.org:3478”.");
      break;
    case FR_NODE_ERROR_KEPT_OUT:
      format = _ ("Kept out for a while: the program of %s sent too much, or what makes no sense.");
      break;
    default:
      g_return_val_if_reached (NULL);
    }
  return g_error_new (FR_NODE_ERROR, code, format, who);
}

/**
 * fr_node_error_new_for_transfer:
 * @error: a %FR_TRANSFER_ERROR, or any other
 * @who: (nullable): what people call whom it came from
 *
 * Says what went wrong between the two programs in the words of people. What the store says is for people already.
 *
 * Returns: (transfer full): an error
 */
GError *
fr_node_error_new_for_transfer (const GError *error, const char *who)
{
  if (error->domain != FR_TRANSFER_ERROR)
    return g_error_copy (error);
  switch (error->code)
    {
    case FR_TRANSFER_ERROR_REFUSED_GONE:
    case FR_TRANSFER_ERROR_REFUSED_BROKEN:
      return fr_node_error_new (FR_NODE_ERROR_GONE, who);
    case FR_TRANSFER_ERROR_REFUSED_BUSY:
      return fr_node_error_new (FR_NODE_ERROR_BUSY, who);
    case FR_TRANSFER_ERROR_WRONG_MANIFEST:
    case FR_TRANSFER_ERROR_WRONG_BLOCK:
      return fr_node_error_new (FR_NODE_ERROR_BROKEN, who);
    case FR_TRANSFER_ERROR_TIMEOUT:
      return fr_node_error_new (FR_NODE_ERROR_NO_ANSWER, who);
    case FR_TRANSFER_ERROR_STORE:
      return g_error_copy (error);
    default:
      return fr_node_error_new (FR_NODE_ERROR_LEFT, who);
    }
}
