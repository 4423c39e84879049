/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-error.h"

#include "fr-transfer-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (fr-node-error-quark, fr_node_error)

static const char *const sentences[] = {
  [FR_NODE_ERROR_BAD_NAME] = N_ ("Please choose a name of 1 to 40 letters."),
  [FR_NODE_ERROR_BAD_ADDRESS]
    = N_ ("“%s” is neither an address nor an invitation. Ask for an invitation link and paste it here."),
  [FR_NODE_ERROR_YOURSELF] = N_ ("That is your own address. Ask the other person for theirs."),
  [FR_NODE_ERROR_OTHER_SERVER] = N_ ("The invitation of %s is for another meeting point. Go to that one first."),
  [FR_NODE_ERROR_NO_SERVER] = N_ ("You have no meeting point now. Go to one first, then try again."),
  [FR_NODE_ERROR_NOT_THERE]
    = N_ ("No one called “%s” is here now. Check the spelling, or ask them to start Freshet."),
  [FR_NODE_ERROR_NO_ANSWER] = N_ ("%s did not answer. Try again later."),
  [FR_NODE_ERROR_NO_ROUTE]
    = N_ ("Found %s, but your two networks don’t let you connect directly. A relay would help: see “Connection” in "
          "the preferences."),
  [FR_NODE_ERROR_OTHER_PROGRAM] = N_ ("%s is using another program. Ask them to use Freshet."),
  [FR_NODE_ERROR_OTHER_VERSION] = N_ ("%s uses a version of Freshet that does not fit yours. Update both."),
  /* Translators: the name of a person */
  [FR_NODE_ERROR_OTHER_PERSON]
    = N_ ("This may not be the %s you know. They may have a new computer, or someone is using their name."),
  [FR_NODE_ERROR_INTERCEPTED]
    = N_ ("Somebody between you and %s changed the connection, so it was closed. Try another meeting point."),
  [FR_NODE_ERROR_REFUSED] = N_ ("%s did not accept the connection."),
  [FR_NODE_ERROR_BUSY] = N_ ("%s has too many connections now. Try again later."),
  [FR_NODE_ERROR_FAULT] = N_ ("The program of %s sent something that makes no sense, so the connection was closed."),
  [FR_NODE_ERROR_ACCUSED]
    = N_ ("%s closed the connection, as your Freshet sent too much, or what makes no sense. Update it if that happens "
          "again."),
  [FR_NODE_ERROR_LEFT] = N_ ("%s went away."),
  [FR_NODE_ERROR_GONE] = N_ ("%s does not have this picture any more."),
  [FR_NODE_ERROR_BROKEN] = N_ ("What %s sent is not the picture that was promised. Nothing was kept."),
  [FR_NODE_ERROR_SEARCH] = N_ ("Type a word to search for."),
  [FR_NODE_ERROR_CANCELLED] = N_ ("Stopped."),
  [FR_NODE_ERROR_BAD_RELAY]
    = N_ ("“%s” is not such an address. It looks like “stun://example.org:3478” or "
          "“turn://name:password@example.org:3478”."),
  [FR_NODE_ERROR_KEPT_OUT] = N_ ("Kept out for a while: the program of %s sent too much, or what makes no sense."),
  [FR_NODE_ERROR_BLOCKED] = N_ ("You have blocked the person at “%s”. Unblock them first."),
  [FR_NODE_ERROR_NOT_KEPT] = N_ ("What you changed about people could not be saved. Check whether the disk is full, and leave "
                                 "Freshet open: it keeps trying."),
  [FR_NODE_ERROR_NOT_CHECKED] = N_ ("Compare the words with %s first."),
  [FR_NODE_ERROR_TOO_MANY_COMPUTERS] = N_ ("You can have at most eight computers. Take one of them back first."),
  [FR_NODE_ERROR_AWAY] = N_ ("%s is not here now. Try again when both are."),
  [FR_NODE_ERROR_TOO_MANY_WISHES] = N_ ("You have fifty wishes, which is as many as there can be. Take one away first."),
};

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
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (sentences) && sentences[code] != NULL, NULL);

  if (who == NULL || *who == '\0')
    who = _ ("the other person");
  return g_error_new (FR_NODE_ERROR, code, _ (sentences[code]), who);
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
