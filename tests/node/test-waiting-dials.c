/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-waiting-dials.h"

#include "tests.h"

static const FrPeerKey anna = { { 1 } }, other = { { 2 } };

static FrDialTarget
make_target (const char *address, const FrPeerKey *key)
{
  FrDialTarget target = { .address = (char *) address, .key_expected = key != NULL };

  if (key != NULL)
    target.key = *key;
  return target;
}

static void
push (FrWaitingDials *dials, const char *address, const FrPeerKey *key, FrDialPurpose purpose)
{
  FrDialTarget target = make_target (address, key);

  fr_waiting_dials_push (dials, &target, purpose);
}

static gboolean
cover (FrWaitingDials *dials, const char *address, const FrPeerKey *key, FrDialPurpose purpose)
{
  FrDialTarget target = make_target (address, key);

  return fr_waiting_dials_cover (dials, &target, purpose);
}

static void
assert_next (FrWaitingDials *dials, const char *address, gboolean key_expected)
{
  g_autoptr (FrWaitingDial) dial = fr_waiting_dials_pop (dials);

  if (address == NULL)
    {
      g_assert_null (dial);
      return;
    }
  g_assert_cmpstr (dial->target.address, ==, address);
  g_assert_cmpint (dial->target.key_expected, ==, key_expected);
}

static void
test_order (void)
{
  FrWaitingDials *dials = fr_waiting_dials_new ();

  assert_next (dials, NULL, FALSE);
  push (dials, "anna", &anna, FR_DIAL_PURPOSE_LINK);
  push (dials, "ben", NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_cmpuint (fr_waiting_dials_get_length (dials), ==, 2);
  assert_next (dials, "anna", TRUE);
  assert_next (dials, "ben", FALSE);
  assert_next (dials, NULL, FALSE);
  push (dials, "left", NULL, FR_DIAL_PURPOSE_LINK);
  fr_waiting_dials_free (dials);
  fr_waiting_dials_free (NULL);
}

static void
test_cover (void)
{
  FrWaitingDials *dials = fr_waiting_dials_new ();

  push (dials, "anna", &anna, FR_DIAL_PURPOSE_TRANSFER);
  g_assert_true (cover (dials, "anna", &anna, FR_DIAL_PURPOSE_TRANSFER));
  g_assert_true (cover (dials, "anna", NULL, FR_DIAL_PURPOSE_TRANSFER));
  g_assert_false (cover (dials, "anna", &other, FR_DIAL_PURPOSE_TRANSFER));
  g_assert_false (cover (dials, "anna", &anna, FR_DIAL_PURPOSE_LINK));
  g_assert_false (cover (dials, "ann", &anna, FR_DIAL_PURPOSE_TRANSFER));
  push (dials, "ben", NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_true (cover (dials, "ben", &other, FR_DIAL_PURPOSE_LINK));
  fr_waiting_dials_free (dials);
}

static void
test_drop (void)
{
  FrWaitingDials *dials = fr_waiting_dials_new ();

  push (dials, "anna", &anna, FR_DIAL_PURPOSE_LINK);
  push (dials, "anna", &anna, FR_DIAL_PURPOSE_TRANSFER);
  push (dials, "anna", NULL, FR_DIAL_PURPOSE_LINK);
  push (dials, "ben", NULL, FR_DIAL_PURPOSE_LINK);
  fr_waiting_dials_drop (dials, "anna", FR_DIAL_PURPOSE_LINK);
  g_assert_cmpuint (fr_waiting_dials_get_length (dials), ==, 2);
  assert_next (dials, "anna", TRUE);
  assert_next (dials, "ben", FALSE);
  fr_waiting_dials_drop (dials, "anna", FR_DIAL_PURPOSE_LINK);
  fr_waiting_dials_free (dials);
}

/* Whoever is not wanted any more is taken out, whatever they were to be dialled for; who may be there is another matter. */
static void
test_take (void)
{
  FrWaitingDials *dials = fr_waiting_dials_new ();

  push (dials, "anna", NULL, FR_DIAL_PURPOSE_LINK);
  push (dials, "anna", &anna, FR_DIAL_PURPOSE_TRANSFER);
  push (dials, "ben", &other, FR_DIAL_PURPOSE_LINK);
  push (dials, "ann", &anna, FR_DIAL_PURPOSE_LINK);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FrWaitingDial) dial = fr_waiting_dials_take (dials, &anna);

      g_assert_cmpstr (dial->target.address, ==, i == 0 ? "anna" : "ann");
    }
  g_assert_null (fr_waiting_dials_take (dials, &anna));
  assert_next (dials, "anna", FALSE);
  assert_next (dials, "ben", TRUE);
  fr_waiting_dials_free (dials);
}

void
test_waiting_dials_add (void)
{
  g_test_add_func ("/node/waiting-dials/order", test_order);
  g_test_add_func ("/node/waiting-dials/cover", test_cover);
  g_test_add_func ("/node/waiting-dials/drop", test_drop);
  g_test_add_func ("/node/waiting-dials/take", test_take);
}
