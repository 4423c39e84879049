/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-server-problem.h"

#include <glib/gi18n-lib.h>

#include "fr-rendezvous-error.h"

/**
 * fr_server_problem_new:
 * @problem: what the client says
 * @server: (nullable): the server's address
 *
 * Returns: (transfer full): the same error with a sentence that says what to do next
 */
GError *
fr_server_problem_new (const GError *problem, const char *server)
{
  const char *format;

  if (problem->domain != FR_RENDEZVOUS_ERROR)
    return g_error_copy (problem);
  switch (problem->code)
    {
    case FR_RENDEZVOUS_ERROR_UNREACHABLE:
      format = _ ("The meeting point at “%s” cannot be reached. Check the address, and that you are online.");
      break;
    case FR_RENDEZVOUS_ERROR_NOT_A_SERVER:
      format = _ ("Something answers at “%s”, but it is no meeting point for Freshet. Check the address.");
      break;
    case FR_RENDEZVOUS_ERROR_BAD_CERTIFICATE:
      format = _ ("The meeting point at “%s” cannot prove that it is the right one. Ask the person who runs it.");
      break;
    case FR_RENDEZVOUS_ERROR_ID_TAKEN:
      format = _ ("Your name is in use at “%s”. Choose another name, or try again in two minutes.");
      break;
    case FR_RENDEZVOUS_ERROR_KEY_REFUSED:
      format = _ ("The meeting point at “%s” does not let you in. Ask the person who runs it for the whole address.");
      break;
    case FR_RENDEZVOUS_ERROR_FULL:
      format = _ ("The meeting point at “%s” has no room for more people now. Try again later.");
      break;
    case FR_RENDEZVOUS_ERROR_BAD_ADDRESS:
      format = _ ("“%s” is not the address of a meeting point. It looks like “example.org:9000”.");
      break;
    case FR_RENDEZVOUS_ERROR_LOST:
      format = _ ("The connection to the meeting point at “%s” was lost. Freshet tries again by itself; people who "
                  "are connected stay so.");
      break;
    default:
      return g_error_copy (problem);
    }
  return g_error_new (problem->domain, problem->code, format, server != NULL ? server : "");
}
