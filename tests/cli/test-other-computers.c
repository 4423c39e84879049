/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "fr-cli-exit.h"
#include "fr-test-network.h"
#include "tests.h"

/* Somebody at two computers, and two who are introduced, each a process. */

static void
change (FrTestNetwork *network, const char *name, const char *action, const char *who)
{
  g_assert_cmpint (fr_test_network_run (network, NULL, NULL, "people", name, action, who, NULL), ==, FR_EXIT_OK);
}

static void
stop (FrTestProgram *program)
{
  fr_test_program_signal (program, SIGTERM);
  g_assert_cmpint (fr_test_program_wait (program), ==, FR_EXIT_OK);
  fr_test_program_free (program);
}

static void
test_mine (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *laptop, *bob;
  g_autofree char *listed = NULL, *own = NULL, *err = NULL;

  fr_test_network_init (&network);
  anna = fr_test_network_peer (&network, "Anna", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  bob = fr_test_network_peer (&network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (bob, "\"state\":\"here\"");
  laptop = fr_test_network_peer (&network, "Laptop", "--connect", "anna", NULL);
  fr_test_program_wait_for (laptop, "\"state\":\"here\"");
  change (&network, "Anna", "add", "bob");
  change (&network, "Anna", "add", "laptop");
  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "people", "Anna", "mine", "laptop", NULL), !=, FR_EXIT_OK);
  g_assert_nonnull (strstr (err, "Compare the words with Laptop first."));
  change (&network, "Anna", "checked", "laptop");
  change (&network, "Anna", "mine", "laptop");
  change (&network, "Laptop", "checked", "anna");
  change (&network, "Laptop", "mine", "anna");
  fr_test_program_wait_for (bob, "\"computer_of_name\":\"Anna\"");
  g_assert_cmpint (fr_test_network_run (&network, &listed, NULL, "people", "Bob", "list", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (listed, " Another computer of Anna.\n"));
  fr_test_program_wait_for (anna, "\"says_mine\":true");
  g_assert_cmpint (fr_test_network_run (&network, &own, NULL, "people", "Anna", "list", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (own, " Your other computer.\n"));
  change (&network, "Anna", "not-mine", "laptop");
  fr_test_program_wait_for (bob, "\"event\":\"person-gone\"");
  stop (laptop);
  stop (bob);
  stop (anna);
  fr_test_network_clear (&network);
}

static void
test_introduce (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *bob, *zoe;

  fr_test_network_init (&network);
  bob = fr_test_network_peer (&network, "Bob", NULL);
  fr_test_program_wait_for (bob, "\"state\":\"online\"");
  anna = fr_test_network_peer (&network, "Anna", "--connect", "bob", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"here\"");
  zoe = fr_test_network_peer (&network, "Zoe", "--connect", "bob", NULL);
  fr_test_program_wait_for (zoe, "\"state\":\"here\"");
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "people", "Bob", "introduce", "anna", "zoe", NULL), !=,
                   FR_EXIT_OK); /* he has not added them */
  change (&network, "Bob", "add", "anna");
  change (&network, "Bob", "add", "zoe");
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "people", "Bob", "introduce", "anna", "nobody", NULL), !=,
                   FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "people", "Bob", "introduce", "anna", "zoe", NULL), ==,
                   FR_EXIT_OK);
  fr_test_program_wait_for (anna, "\"introduced_by_name\":\"Bob\"");
  fr_test_program_wait_for (zoe, "\"introduced_by_name\":\"Bob\"");
  change (&network, "Anna", "accept", "zoe");
  change (&network, "Zoe", "decline", "anna");
  stop (zoe);
  stop (anna);
  stop (bob);
  fr_test_network_clear (&network);
}

void
test_other_computers_add (void)
{
  g_test_add_func ("/cli/other-computers/mine", test_mine);
  g_test_add_func ("/cli/other-computers/introduce", test_introduce);
}
