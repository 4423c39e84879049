/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the tests of all layers share: bounded waits, seeds that are printed, folders that go away again. */

/* How much slower everything may be on a busy machine, and with sanitizers there. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define FR_TEST_PATIENCE 12
#else
#define FR_TEST_PATIENCE 4
#endif

typedef gboolean (*FrTestCondition) (gpointer data);

/* Iterates the thread-default main context until `condition` holds; returns FALSE when `seconds` are over. */
gboolean fr_test_wait_for (FrTestCondition condition, gpointer data, double seconds);

/* As above, but fails the test when the time is over, and says which wait it was. */
#define fr_test_wait_until(condition, ...)                                                                             \
  (fr_test_wait_for (condition, __VA_ARGS__)                                                                           \
     ? (void) 0                                                                                                        \
     : g_assertion_message (G_LOG_DOMAIN, __FILE__, __LINE__, G_STRFUNC,                                               \
                            "waited in vain: " #condition " of " #__VA_ARGS__))

/* Drops a reference and waits for it to have been the last: a task's thread may hold another for a moment longer. */
void fr_test_assert_finalizes (gpointer object);

/* A random source whose seed is printed; FRESHET_TEST_SEED in the environment sets it. */
GRand *fr_test_rand_new (void);

/* A new folder for one test, and its end with all that is in it. */
char *fr_test_folder_new (void);
void fr_test_folder_free (char *folder);

/* As g_test_run(), and then waits for threads that end what sessions had: who looks for lost memory takes what they still
 * hold for that. */
int fr_test_run (void);

G_END_DECLS
