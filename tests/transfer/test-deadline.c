/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-deadline.h"
#include "fr-test-support.h"

#include "tests.h"

typedef struct
{
  FrDeadline *deadline;
  guint n;
} Case;

static void
count_cb (gpointer user_data)
{
  ((Case *) user_data)->n++;
}

static void
free_cb (gpointer user_data)
{
  count_cb (user_data);
  g_clear_pointer (&((Case *) user_data)->deadline, fr_deadline_free);
}

static gboolean
has_come (gpointer data)
{
  return ((Case *) data)->n > 0;
}

static void
test_comes_once (void)
{
  Case one = { 0 };

  one.deadline = fr_deadline_new (count_cb, &one);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (one.n, ==, 0); /* nothing is set */
  fr_deadline_set (one.deadline, 0);
  g_assert_cmpuint (one.n, ==, 0); /* never from within */
  fr_test_wait_until (has_come, &one, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (one.n, ==, 1);
  fr_deadline_free (one.deadline);
}

static void
test_moves (void)
{
  Case one = { 0 };

  one.deadline = fr_deadline_new (count_cb, &one);
  fr_deadline_set (one.deadline, 0);
  fr_deadline_set (one.deadline, FR_DEADLINE_NEVER);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (one.n, ==, 0);
  fr_deadline_set (one.deadline, g_get_monotonic_time () + 1000);
  fr_test_wait_until (has_come, &one, 1);
  fr_deadline_free (one.deadline);
}

static void
test_freed_by_its_call (void)
{
  Case one = { 0 };

  one.deadline = fr_deadline_new (free_cb, &one);
  fr_deadline_set (one.deadline, 0);
  fr_test_wait_until (has_come, &one, 1);
  g_assert_null (one.deadline);
  fr_deadline_free (NULL);
}

void
test_deadline_add (void)
{
  g_test_add_func ("/transfer/deadline/comes-once", test_comes_once);
  g_test_add_func ("/transfer/deadline/moves", test_moves);
  g_test_add_func ("/transfer/deadline/freed-by-its-call", test_freed_by_its_call);
}
