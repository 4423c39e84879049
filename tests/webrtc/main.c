/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"
#include "fr-webrtc-setup.h"

#include "tests.h"

/* With AddressSanitizer: what a library keeps from its constructor is known by a frame that only the slow way of
 * walking the stack comes to, since the libraries are built without frame pointers. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Without the plugins of GStreamer there is nothing to test, and a person to tell. */
  g_assert_true (fr_webrtc_init ());
  fr_webrtc_warm_up ();
  fr_webrtc_wait_until_warm ();
  test_candidate_add ();
  test_description_add ();
  test_ice_probe_add ();
  test_ice_question_add ();
  test_inbox_add ();
  test_negotiation_add ();
  test_pipeline_stop_add ();
  test_session_add ();
  test_session_hostile_add ();
  return fr_test_run ();
}
