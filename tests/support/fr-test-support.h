/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the tests of all layers share: bounded waits, seeds that are printed, folders that go away again. */

typedef gboolean (*FrTestCondition) (gpointer data);

/* Iterates the thread-default main context until `condition` holds; fails the test after `seconds`. */
void fr_test_wait_until (FrTestCondition condition, gpointer data, double seconds);

/* As above, but returns FALSE when the time is over. */
gboolean fr_test_wait_for (FrTestCondition condition, gpointer data, double seconds);

/* Drops a reference and waits for it to have been the last: a task's thread may hold another for a moment longer. */
void fr_test_assert_finalizes (gpointer object);

/* A random source whose seed is printed; FRESHET_TEST_SEED in the environment sets it. */
GRand *fr_test_rand_new (void);

/* A new folder for one test, and its end with all that is in it. */
char *fr_test_folder_new (void);
void fr_test_folder_free (char *folder);

G_END_DECLS
