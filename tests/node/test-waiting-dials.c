/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-waiting-dials.h"

#include "tests.h"

static const FrPeerKey anna = { { 1 } }, other = { { 2 } };

static void
assert_next (FrWaitingDials *dials, const char *address, gboolean key_expected)
{
  g_autoptr (FrWaitingDial) dial = fr_waiting_dials_pop (dials);

  if (address == NULL)
    {
      g_assert_null (dial);
      return;
    }
  g_assert_cmpstr (dial->address, ==, address);
  g_assert_cmpint (dial->key_expected, ==, key_expected);
}

static void
test_order (void)
{
  FrWaitingDials *dials = fr_waiting_dials_new ();

  assert_next (dials, NULL, FALSE);
  fr_waiting_dials_push (dials, "anna", &anna, FR_DIAL_PURPOSE_LINK);
  fr_waiting_dials_push (dials, "ben", NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_cmpuint (fr_waiting_dials_get_length (dials), ==, 2);
  assert_next (dials, "anna", TRUE);
  assert_next (dials, "ben", FALSE);
  assert_next (dials, NULL, FALSE);
  fr_waiting_dials_push (dials, "left", NULL, FR_DIAL_PURPOSE_LINK);
  fr_waiting_dials_free (dials);
  fr_waiting_dials_free (NULL);
}

static void
test_cover (void)
{
  FrWaitingDials *dials = fr_waiting_dials_new ();

  fr_waiting_dials_push (dials, "anna", &anna, FR_DIAL_PURPOSE_TRANSFER);
  g_assert_true (fr_waiting_dials_cover (dials, "anna", &anna, FR_DIAL_PURPOSE_TRANSFER));
  g_assert_true (fr_waiting_dials_cover (dials, "anna", NULL, FR_DIAL_PURPOSE_TRANSFER));
  g_assert_false (fr_waiting_dials_cover (dials, "anna", &other, FR_DIAL_PURPOSE_TRANSFER));
  g_assert_false (fr_waiting_dials_cover (dials, "anna", &anna, FR_DIAL_PURPOSE_LINK));
  g_assert_false (fr_waiting_dials_cover (dials, "ann", &anna, FR_DIAL_PURPOSE_TRANSFER));
  fr_waiting_dials_push (dials, "ben", NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_true (fr_waiting_dials_cover (dials, "ben", &other, FR_DIAL_PURPOSE_LINK));
  fr_waiting_dials_free (dials);
}

static void
test_drop (void)
{
  FrWaitingDials *dials = fr_waiting_dials_new ();

  fr_waiting_dials_push (dials, "anna", &anna, FR_DIAL_PURPOSE_LINK);
  fr_waiting_dials_push (dials, "anna", &anna, FR_DIAL_PURPOSE_TRANSFER);
  fr_waiting_dials_push (dials, "anna", NULL, FR_DIAL_PURPOSE_LINK);
  fr_waiting_dials_push (dials, "ben", NULL, FR_DIAL_PURPOSE_LINK);
  fr_waiting_dials_drop (dials, "anna", FR_DIAL_PURPOSE_LINK);
  g_assert_cmpuint (fr_waiting_dials_get_length (dials), ==, 2);
  assert_next (dials, "anna", TRUE);
  assert_next (dials, "ben", FALSE);
  fr_waiting_dials_drop (dials, "anna", FR_DIAL_PURPOSE_LINK);
  fr_waiting_dials_free (dials);
}

void
test_waiting_dials_add (void)
{
  g_test_add_func ("/node/waiting-dials/order", test_order);
  g_test_add_func ("/node/waiting-dials/cover", test_cover);
  g_test_add_func ("/node/waiting-dials/drop", test_drop);
}
