/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-candidate.h"
#include "fr-description.h"
#include "fuzz-input.h"

/* Session descriptions of strangers, and their candidates: an input is tried as both. */

const gsize fuzz_max_size = 4096;

static void
parse (const char *text, gboolean is_offer)
{
  g_autoptr (FrDescription) description = NULL, again = NULL;
  g_autofree char *sdp = NULL, *sdp_again = NULL;
  FrDescriptionFault fault = fr_description_parse (text, is_offer, &description);

  g_assert_true ((description != NULL) == (fault == FR_DESCRIPTION_OK));
  g_assert_cmpstr (fr_description_fault_to_string (fault), !=, "unknown");
  if (description == NULL)
    return;
  for (const char *const *at = fr_description_get_candidates (description); *at != NULL; at++)
    fr_candidate_check (*at);

  /* What WebRTC gets says all that we have understood, and nothing else. */
  sdp = fr_description_to_sdp (description);
  g_assert_true (g_str_is_ascii (sdp));
  g_assert_cmpint (fr_description_parse (sdp, is_offer, &again), ==, FR_DESCRIPTION_OK);
  sdp_again = fr_description_to_sdp (again);
  g_assert_cmpstr (sdp, ==, sdp_again);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text (data, size);

  parse (text, TRUE);
  parse (text, FALSE);
  if (fr_candidate_check (text) == FR_CANDIDATE_OK)
    g_assert_cmpuint (strlen (text), <=, FR_CANDIDATE_MAX_BYTES);
  return 0;
}
