/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-exit.h"

#include <signal.h>
#include <string.h>

#include "fr-test-network.h"
#include "fr-test-support.h"
#include "tests.h"

static gboolean
has_photograph (void)
{
  if (g_file_test (FR_TEST_PHOTOGRAPH, G_FILE_TEST_EXISTS))
    return TRUE;
  g_test_skip ("mate-backgrounds is not installed");
  return FALSE;
}

static void
assert_same_file (const char *a, const char *b)
{
  g_autofree char *a_data = NULL;
  g_autofree char *b_data = NULL;
  gsize a_size = 0, b_size = 1;

  g_assert_true (g_file_get_contents (a, &a_data, &a_size, NULL));
  g_assert_true (g_file_get_contents (b, &b_data, &b_size, NULL));
  g_assert_cmpmem (a_data, a_size, b_data, b_size);
}

static void
stop (FrTestProgram *program)
{
  fr_test_program_signal (program, SIGTERM);
  g_assert_cmpint (fr_test_program_wait (program), ==, FR_EXIT_OK);
  g_assert_cmpstr (program->err->str, ==, "");
}

/* Three in a line, each a process: the far end finds a picture two links away, and gets it byte for byte. */
static void
test_line (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *bob, *zoe;
  g_autofree char *folder = NULL;
  g_autofree char *saved = NULL;
  g_autofree char *out = NULL;
  g_autofree char *listed = NULL;

  if (!has_photograph ())
    return;
  fr_test_network_init (&network);
  folder = fr_test_network_path (&network, "got");
  saved = g_build_filename (folder, "Storm.jpg", NULL);
  anna = fr_test_network_peer (&network, "Anna", "--keep-metadata", "--share", FR_TEST_PHOTOGRAPH, NULL);
  fr_test_program_wait_for (anna, "\"event\":\"shared-all\"");
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  bob = fr_test_network_peer (&network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (bob, "\"state\":\"here\"");
  zoe = fr_test_network_peer (&network, "Zoë", "--connect", "bob", NULL);
  fr_test_program_wait_for (zoe, "\"state\":\"here\"");

  g_assert_cmpint (fr_test_network_run (&network, &out, NULL, "search", "Zoë", "--json", "--get", folder, "storm",
                                        NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (out, "\"hops\":2"));
  g_assert_nonnull (strstr (out, "\"event\":\"preview\""));
  g_assert_nonnull (strstr (out, "\"event\":\"saved\""));
  assert_same_file (FR_TEST_PHOTOGRAPH, saved);
  g_assert_cmpint (fr_test_network_run (&network, &listed, NULL, "people", "Bob", "list", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (listed, "Anna (anna) is here."));
  g_assert_nonnull (strstr (listed, "Zoë (zoe) is here."));

  stop (zoe);
  stop (bob);
  stop (anna);
  fr_test_program_free (zoe);
  fr_test_program_free (bob);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

/* Three in a line; the one in the middle shares with one of both, whom it names. */
static void
test_chosen (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *bob, *zoe;
  g_autofree char *found = NULL, *added = NULL, *err = NULL, *content = NULL, *shared = NULL;

  if (!has_photograph ())
    return;
  fr_test_network_init (&network);
  anna = fr_test_network_peer (&network, "Anna", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  bob = fr_test_network_peer (&network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (bob, "\"state\":\"here\"");
  zoe = fr_test_network_peer (&network, "Zoë", "--connect", "bob", NULL);
  fr_test_program_wait_for (zoe, "\"state\":\"here\"");

  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "gallery", "Bob", "add", "--audience", "chosen:zoe",
                                        FR_TEST_PHOTOGRAPH, NULL),
                   ==, FR_EXIT_USAGE); /* she has added him, he has not added her */
  g_assert_nonnull (strstr (err, "zoe"));
  g_assert_cmpint (fr_test_network_run (&network, &added, NULL, "gallery", "Bob", "add", "--audience", "chosen:Anna",
                                        FR_TEST_PHOTOGRAPH, NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (added, "  chosen  "));
  g_assert_cmpint (fr_test_network_run (&network, &found, NULL, "search", "Anna", "storm", NULL), ==, FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "search", "Zoë", "storm", NULL), ==,
                   FR_EXIT_NOTHING_FOUND);
  content = g_strndup (added, 16);
  g_assert_cmpint (fr_test_network_run (&network, &shared, NULL, "gallery", "Bob", "share", "everyone", content, NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (shared, "  everyone  "));
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "search", "Zoë", "storm", NULL), ==, FR_EXIT_OK);

  stop (zoe);
  stop (bob);
  stop (anna);
  fr_test_program_free (zoe);
  fr_test_program_free (bob);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

/* Whoever was added is asked what they have shared last; it is new once. */
static void
test_newest (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *bob;
  g_autofree char *first = NULL, *second = NULL, *from = NULL, *none = NULL;

  if (!has_photograph ())
    return;
  fr_test_network_init (&network);
  anna = fr_test_network_peer (&network, "Anna", "--share", FR_TEST_PHOTOGRAPH, NULL);
  fr_test_program_wait_for (anna, "\"event\":\"shared-all\"");
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  bob = fr_test_network_peer (&network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (bob, "\"state\":\"here\"");

  g_assert_cmpint (fr_test_network_run (&network, &first, NULL, "newest", "Bob", "--json", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (first, "\"title\":\"Storm\""));
  g_assert_nonnull (strstr (first, "\"fresh\":true"));
  g_assert_nonnull (strstr (first, "\"day\":"));
  g_assert_cmpint (fr_test_network_run (&network, &second, NULL, "newest", "Bob", "--json", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (second, "\"fresh\":false"));
  g_assert_cmpint (fr_test_network_run (&network, &from, NULL, "newest", "Bob", "--from", "anna", NULL), ==,
                   FR_EXIT_OK);
  g_assert_nonnull (strstr (from, "Storm (Anna)"));
  g_assert_cmpint (fr_test_network_run (&network, &none, NULL, "newest", "Anna", NULL), ==, FR_EXIT_NOTHING_FOUND);

  stop (bob);
  stop (anna);
  fr_test_program_free (bob);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

/* Where no peer runs, a command is one for as long as it takes, and what was settled before still holds. */
static void
test_without_peer (void)
{
  FrTestNetwork network;
  FrTestProgram *anna;
  g_autofree char *folder = NULL;
  g_autofree char *out = NULL;
  g_autofree char *further = NULL;
  g_autofree char *again = NULL;
  g_autofree char *err = NULL;

  if (!has_photograph ())
    return;
  fr_test_network_init (&network);
  folder = fr_test_network_path (&network, "got");
  anna = fr_test_network_peer (&network, "Anna", "--share", FR_TEST_PHOTOGRAPH, NULL);
  fr_test_program_wait_for (anna, "\"event\":\"shared-all\"");
  fr_test_program_wait_for (anna, "\"state\":\"online\"");

  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "people", "Bob", "--name", "Bob", "--server",
                                        network.server, "add", "anna", NULL),
                   ==, FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, &out, NULL, "search", "Bob", "--wait", "1", "storm", NULL), ==,
                   FR_EXIT_OK);
  g_assert_nonnull (strstr (out, "Storm (Anna)"));
  g_assert_cmpint (fr_test_network_run (&network, &further, NULL, "search", "Bob", "--further", "--wait", "1", "storm",
                                        NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (further, "Storm (Anna)"));
  g_assert_cmpint (fr_test_network_run (&network, &again, NULL, "get", "Bob", "storm", folder, NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (again, "Saved "));
  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "search", "Bob", "--wait", "0.5", "nothinglikeit", NULL),
                   ==, FR_EXIT_NOTHING_FOUND);
  g_assert_cmpstr (err, ==, "Nobody has answered.\n");

  stop (anna);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

/* What a shell makes of `--share *.svg` is all shared, whatever options follow it. */
static void
test_share_many (void)
{
  static const char *const names[] = { "one.svg", "two.svg", "three.svg", "four.svg" };
  FrTestNetwork network;
  FrTestProgram *anna;
  g_autofree char *found = NULL;
  char *paths[G_N_ELEMENTS (names)];

  fr_test_network_init (&network);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *svg = g_strdup_printf (
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"9\"><rect width=\"4\" height=\"4\"/></svg>",
          20 + i);

      paths[i] = fr_test_network_path (&network, names[i]);
      g_assert_true (g_file_set_contents (paths[i], svg, -1, NULL));
    }
  anna = fr_test_network_peer (&network, "Anna", "--share", paths[0], paths[1], "--share", paths[2], "--connect",
                               "nobody", paths[3], NULL);
  fr_test_program_wait_for (anna, "\"event\":\"shared-all\"");
  g_assert_cmpint (fr_test_network_run (&network, &found, NULL, "gallery", "Anna", "list", NULL), ==, FR_EXIT_OK);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *title = g_strndup (names[i], strcspn (names[i], "."));

      g_assert_nonnull (strstr (found, title));
      g_free (paths[i]);
    }
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

/* A content id that a search has shown is enough later; so is one's own. */
static void
test_get_by_id (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *bob;
  g_autofree char *folder = NULL;
  g_autofree char *found = NULL;
  g_autofree char *content = NULL;
  g_autofree char *err = NULL;
  g_autofree char *second = NULL;

  if (!has_photograph ())
    return;
  fr_test_network_init (&network);
  folder = fr_test_network_path (&network, "got");
  second = g_build_filename (folder, "Storm (2).jpg", NULL);
  anna = fr_test_network_peer (&network, "Anna", "--keep-metadata", "--share", FR_TEST_PHOTOGRAPH, NULL);
  fr_test_program_wait_for (anna, "\"event\":\"shared-all\"");
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  bob = fr_test_network_peer (&network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (bob, "\"state\":\"here\"");

  g_assert_cmpint (fr_test_network_run (&network, &found, NULL, "search", "Bob", "--wait", "1", "storm", NULL), ==,
                   FR_EXIT_OK);
  content = g_strndup (found, 16);
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "get", "Bob", content, folder, NULL), ==, FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "get", "Anna", content, folder, NULL), ==, FR_EXIT_OK);
  assert_same_file (FR_TEST_PHOTOGRAPH, second); /* nothing is overwritten */
  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "get", "Bob",
                                        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", folder,
                                        NULL),
                   ==, FR_EXIT_NOTHING_FOUND);
  g_assert_nonnull (strstr (err, "search for it first"));

  fr_test_program_free (bob);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

static void
test_gallery (void)
{
  FrTestNetwork network;
  g_autofree char *broken = NULL;
  g_autofree char *added = NULL;
  g_autofree char *unsaid = NULL;
  g_autofree char *content = NULL;
  g_autofree char *found = NULL;
  g_autofree char *err = NULL;
  g_autofree char *rest = NULL;

  if (!has_photograph ())
    return;
  fr_test_network_init (&network);
  broken = fr_test_network_path (&network, "broken.jpg");
  g_file_set_contents (broken, "no picture", -1, NULL);
  g_assert_cmpint (fr_test_network_run (&network, NULL, &unsaid, "gallery", "Anna", "add", FR_TEST_PHOTOGRAPH, NULL),
                   ==, FR_EXIT_USAGE);
  g_assert_nonnull (strstr (unsaid, "--audience"));
  g_assert_cmpint (fr_test_network_run (&network, &added, NULL, "gallery", "Anna", "add", "--audience", "contacts",
                                        FR_TEST_PHOTOGRAPH, NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (added, "  contacts  "));
  content = g_strndup (added, 16);
  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "gallery", "Anna", "add", broken, NULL), ==,
                   FR_EXIT_FAILED);
  g_assert_true (g_str_has_prefix (err, "broken.jpg: "));
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "gallery", "Anna", "tag", content, "harbour", "évening",
                                        NULL),
                   ==, FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "gallery", "Anna", "tag", "--", content, "-harbour",
                                        NULL),
                   ==, FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "gallery", "Anna", "describe", "--title", "Old\x1b[2J",
                                        content, "Seen from afar", NULL),
                   ==, FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, &found, NULL, "gallery", "Anna", "search", "evening", "afar", NULL),
                   ==, FR_EXIT_OK);
  g_assert_null (strchr (found, '\x1b'));
  g_assert_nonnull (strstr (found, "[évening]"));
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "gallery", "Anna", "search", "harbour", NULL), ==,
                   FR_EXIT_NOTHING_FOUND);
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "gallery", "Anna", "remove", content, NULL), ==,
                   FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "gallery", "Anna", "remove", content, NULL), ==,
                   FR_EXIT_NOTHING_FOUND);
  g_assert_cmpint (fr_test_network_run (&network, &rest, NULL, "gallery", "Anna", "list", NULL), ==, FR_EXIT_OK);
  g_assert_cmpstr (rest, ==, "");
  fr_test_network_clear (&network);
}

static gboolean
file_has (const char *path, const char *text)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return memmem (data, size, text, strlen (text)) != NULL;
}

/* What a camera wrote beside the picture stays with whoever took it, unless they say otherwise, then or later. */
static void
test_metadata (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *bob;
  g_autofree char *folder = NULL, *saved = NULL, *listed = NULL, *content = NULL, *kept = NULL, *again = NULL;
  g_autofree char *json = NULL, *err = NULL;

  if (!has_photograph ())
    return;
  fr_test_network_init (&network);
  folder = fr_test_network_path (&network, "got");
  saved = g_build_filename (folder, "Storm.jpg", NULL);
  anna = fr_test_network_peer (&network, "Anna", "--share", FR_TEST_PHOTOGRAPH, NULL);
  fr_test_program_wait_for (anna, "\"details-removed\":[");
  fr_test_program_wait_for (anna, "\"event\":\"shared-all\"");
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  bob = fr_test_network_peer (&network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (bob, "\"state\":\"here\"");
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "search", "Bob", "--get", folder, "storm", NULL), ==,
                   FR_EXIT_OK);
  g_assert_true (file_has (FR_TEST_PHOTOGRAPH, "Canon"));
  g_assert_false (file_has (saved, "Canon"));

  g_assert_cmpint (fr_test_network_run (&network, &listed, NULL, "gallery", "Anna", "list", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (listed, "(removed: "));
  content = g_strndup (listed, 16);
  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "gallery", "Anna", "metadata", "share", content, NULL), ==,
                   FR_EXIT_USAGE);
  g_assert_cmpint (fr_test_network_run (&network, &kept, NULL, "gallery", "Anna", "metadata", "keep", content, NULL), ==,
                   FR_EXIT_OK);
  g_assert_nonnull (strstr (kept, "(shared with it: "));
  g_assert_false (g_str_has_prefix (kept, content));
  g_free (content);
  content = g_strndup (kept, 16);
  g_assert_cmpint (fr_test_network_run (&network, &again, NULL, "gallery", "Anna", "metadata", "remove", content, NULL),
                   ==, FR_EXIT_OK);
  g_assert_cmpstr (again, ==, listed);
  g_assert_cmpint (fr_test_network_run (&network, &json, NULL, "gallery", "Anna", "list", "--json", NULL), ==,
                   FR_EXIT_OK);
  g_assert_nonnull (strstr (json, "\"metadata\":\"removed\""));

  fr_test_program_free (bob);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

static void
test_identity (void)
{
  FrTestNetwork network;
  FrTestProgram *anna;
  g_autofree char *running = NULL;
  g_autofree char *alone = NULL;
  const char *key;

  fr_test_network_init (&network);
  anna = fr_test_network_peer (&network, "Anna", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  g_assert_cmpint (fr_test_network_run (&network, &running, NULL, "identity", "Anna", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (running, "Name:       Anna\n"));
  g_assert_nonnull (strstr (running, "Address:    anna\n"));
  g_assert_nonnull (strstr (running, "Invitation: freshet:"));
  stop (anna);
  g_assert_cmpint (fr_test_network_run (&network, &alone, NULL, "identity", "Anna", NULL), ==, FR_EXIT_OK);
  key = strstr (running, "Key: ");
  g_assert_true (g_str_has_prefix (strstr (alone, "Key: "), "Key: "));
  g_assert_cmpint (strncmp (key, strstr (alone, "Key: "), 60), ==, 0);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

static void
change_person (FrTestNetwork *network, const char *action, const char *who)
{
  g_assert_cmpint (fr_test_network_run (network, NULL, NULL, "people", "Anna", action, who, NULL), ==, FR_EXIT_OK);
}

/* Both see the same words. The first line says whose they are. */
static void
assert_same_words (FrTestNetwork *network, const char *one, const char *ones_address, const char *other,
                   const char *others_address)
{
  g_autofree char *first = NULL, *second = NULL;
  char *words;

  g_assert_cmpint (fr_test_network_run (network, &first, NULL, "people", one, "words", others_address, NULL), ==,
                   FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (network, &second, NULL, "people", other, "words", ones_address, NULL), ==,
                   FR_EXIT_OK);
  words = strstr (first, "  1. ");
  g_assert_nonnull (words);
  g_assert_nonnull (strstr (words, "  8. "));
  g_assert_true (g_str_has_suffix (second, words));
}

/* Anna and Bob compare words; later she comes from another computer, and is not taken for her before they have again. */
static void
test_words (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *bob, *second;
  g_autofree char *met = NULL, *changed = NULL, *err = NULL, *last = NULL;

  fr_test_network_init (&network);
  anna = fr_test_network_peer (&network, "Anna", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  bob = fr_test_network_peer (&network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (bob, "\"state\":\"here\"");
  assert_same_words (&network, "Anna", "anna", "Bob", "bob");
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "people", "Bob", "checked", "anna", NULL), ==, FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&network, &met, NULL, "people", "Bob", "list", NULL), ==, FR_EXIT_OK);
  g_assert_cmpstr (met, ==, "Anna (anna) is here. Checked.\n");
  stop (anna);
  fr_test_program_wait_for (bob, "\"state\":\"away\"");

  second = fr_test_network_peer (&network, "Second", "--name", "Anna", "--connect", "bob", NULL);
  fr_test_program_wait_for (second, "\"state\":\"waits\"");
  g_assert_cmpint (fr_test_network_run (&network, &changed, NULL, "people", "Bob", "list", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (changed, "Anna (anna) is not connected: This may not be the Anna you know."));
  g_assert_cmpint (fr_test_network_run (&network, NULL, &err, "people", "Bob", "checked", "anna", NULL), !=, FR_EXIT_OK);
  g_assert_nonnull (strstr (err, "Compare the words"));
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "people", "Bob", "accept", "anna", NULL), !=, FR_EXIT_OK);
  assert_same_words (&network, "Second", "anna", "Bob", "bob");
  g_assert_cmpint (fr_test_network_run (&network, NULL, NULL, "people", "Bob", "checked", "anna", NULL), ==, FR_EXIT_OK);
  fr_test_program_wait_for (second, "\"state\":\"here\"");
  g_assert_cmpint (fr_test_network_run (&network, &last, NULL, "people", "Bob", "list", NULL), ==, FR_EXIT_OK);
  g_assert_cmpstr (last, ==, "Anna (anna) is here. Checked.\n");

  stop (second);
  stop (bob);
  fr_test_program_free (second);
  fr_test_program_free (bob);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

/* Bob asks, is let in, blocked, and let in again; Zoe is sent away. */
static void
test_strangers (void)
{
  FrTestNetwork network;
  FrTestProgram *anna, *bob, *zoe;
  g_autofree char *asked = NULL;
  g_autofree char *blocked = NULL;

  fr_test_network_init (&network);
  anna = fr_test_network_peer (&network, "Anna", "--incoming", "ask", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  bob = fr_test_network_peer (&network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"asks\"");
  fr_test_program_wait_for (bob, "\"state\":\"waits\"");
  g_assert_null (strstr (anna->out->str, "\"state\":\"here\""));
  g_assert_cmpint (fr_test_network_run (&network, &asked, NULL, "people", "Anna", "list", NULL), ==, FR_EXIT_OK);
  g_assert_cmpstr (asked, ==, "Bob (bob) is asking to connect.\n");
  change_person (&network, "accept", "bob");
  fr_test_program_wait_for (bob, "\"state\":\"here\"");

  change_person (&network, "block", "bob");
  fr_test_program_wait_for (bob, "\"state\":\"failed\"");
  g_assert_cmpint (fr_test_network_run (&network, &blocked, NULL, "people", "Anna", "list", NULL), ==, FR_EXIT_OK);
  g_assert_cmpstr (blocked, ==, "Bob (bob) is blocked.\n");
  change_person (&network, "unblock", "bob");
  change_person (&network, "add", "bob");
  fr_test_program_wait_for (anna, "\"state\":\"here\"");

  zoe = fr_test_network_peer (&network, "Zoe", "--connect", "anna", NULL);
  fr_test_program_wait_for (zoe, "\"state\":\"waits\"");
  change_person (&network, "decline", "zoe");
  fr_test_program_wait_for (zoe, "\"state\":\"failed\"");

  stop (zoe);
  stop (bob);
  stop (anna);
  fr_test_program_free (zoe);
  fr_test_program_free (bob);
  fr_test_program_free (anna);
  fr_test_network_clear (&network);
}

void
test_end_to_end_add (void)
{
  g_test_add_func ("/cli/end-to-end/newest", test_newest);
  g_test_add_func ("/cli/end-to-end/line", test_line);
  g_test_add_func ("/cli/end-to-end/chosen", test_chosen);
  g_test_add_func ("/cli/end-to-end/without-peer", test_without_peer);
  g_test_add_func ("/cli/end-to-end/get-by-id", test_get_by_id);
  g_test_add_func ("/cli/end-to-end/gallery", test_gallery);
  g_test_add_func ("/cli/end-to-end/identity", test_identity);
  g_test_add_func ("/cli/end-to-end/strangers", test_strangers);
  g_test_add_func ("/cli/end-to-end/words", test_words);
  g_test_add_func ("/cli/end-to-end/share-many", test_share_many);
  g_test_add_func ("/cli/end-to-end/metadata", test_metadata);
}
