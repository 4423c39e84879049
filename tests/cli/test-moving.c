/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-exit.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "fr-control-codec.h"
#include "fr-test-network.h"
#include "fr-test-support.h"
#include "tests.h"

/* Moving house: what a person has on one computer, and who they are to others, on another one. Anna has added Bob, whose
 * words she has compared, and Cara; Zoe is blocked. What she has shared goes by name to one or two of them, to all of
 * them, to everyone and to nobody. */

/* One dot, with something after its end, so that there is an original to keep. */
#define DOT "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
#define SECRET "where it was taken"

#define PATIENCE 20

typedef struct
{
  FrTestNetwork network;
  FrTestProgram *bob, *cara, *zoe;
  char *pictures;   /* folders and files */
  char *original;
  char *passphrase;
  char *backup;
  char *exported;
} Move;

static void
write_picture (Move *move, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (move->pictures, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
write_pictures (Move *move)
{
  g_autoptr (GByteArray) dot = g_byte_array_new ();
  gsize size;
  g_autofree guchar *bytes = g_base64_decode (DOT, &size);

  g_byte_array_append (dot, bytes, (guint) size);
  g_byte_array_append (dot, (const guint8 *) SECRET, sizeof SECRET - 1);
  g_assert_true (g_file_set_contents (move->original, (const char *) dot->data, (gssize) dot->len, NULL));
  write_picture (move, "Storm.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='4'/>");
  write_picture (move, "Friends.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='4'/>");
  write_picture (move, "Both.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='5'/>");
  write_picture (move, "Diary.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='6'/>");
}

static void
set_up (Move *move, gconstpointer data)
{
  fr_test_network_init (&move->network);
  move->pictures = fr_test_network_path (&move->network, "pictures");
  move->original = g_build_filename (move->pictures, "Harbour.png", NULL);
  move->passphrase = fr_test_network_path (&move->network, "passphrase");
  move->backup = fr_test_network_path (&move->network, "anna.freshet");
  move->exported = fr_test_network_path (&move->network, "exported");
  g_assert_no_errno (g_mkdir (move->pictures, 0700));
  write_pictures (move);
  g_assert_true (g_file_set_contents (move->passphrase, "correct horse\n", -1, NULL));
  move->cara = fr_test_network_peer (&move->network, "Cara", NULL);
  fr_test_program_wait_for (move->cara, "\"state\":\"online\"");
}

static void
tear_down (Move *move, gconstpointer data)
{
  g_clear_pointer (&move->bob, fr_test_program_free);
  g_clear_pointer (&move->cara, fr_test_program_free);
  g_clear_pointer (&move->zoe, fr_test_program_free);
  fr_test_network_clear (&move->network);
  g_free (move->pictures);
  g_free (move->original);
  g_free (move->passphrase);
  g_free (move->backup);
  g_free (move->exported);
}

static void
stop (FrTestProgram *program)
{
  fr_test_program_signal (program, SIGTERM);
  g_assert_cmpint (fr_test_program_wait (program), ==, FR_EXIT_OK);
}

static void
change_person (Move *move, const char *action, const char *who)
{
  g_assert_cmpint (fr_test_network_run (&move->network, NULL, NULL, "people", "Anna", action, who, NULL), ==,
                   FR_EXIT_OK);
}

/* Bob asks and is let in, Zoe asks and is blocked, Cara is added. */
static FrTestProgram *
meet_people (Move *move)
{
  FrTestProgram *anna = fr_test_network_peer (&move->network, "Anna", "--incoming", "ask", NULL);

  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  move->bob = fr_test_network_peer (&move->network, "Bob", "--connect", "anna", NULL);
  fr_test_program_wait_for (move->bob, "\"state\":\"waits\"");
  change_person (move, "accept", "bob");
  fr_test_program_wait_for (move->bob, "\"state\":\"here\"");
  change_person (move, "checked", "bob");
  move->zoe = fr_test_network_peer (&move->network, "Zoe", "--connect", "anna", NULL);
  fr_test_program_wait_for (move->zoe, "\"state\":\"waits\"");
  change_person (move, "block", "zoe");
  change_person (move, "add", "cara");
  return anna;
}

static void
add_picture (Move *move, const char *name, const char *audience)
{
  g_autofree char *path = g_build_filename (move->pictures, name, NULL), *out = NULL, *content = NULL;
  gboolean is_drawing = g_str_has_suffix (name, ".svg");

  g_assert_cmpint (fr_test_network_run (&move->network, &out, NULL, "gallery", "Anna", "add", "--audience", audience,
                                        path, is_drawing ? "--keep-metadata" : NULL, NULL),
                   ==, FR_EXIT_OK);
  content = g_strndup (out, 16);
  g_assert_cmpint (fr_test_network_run (&move->network, NULL, NULL, "gallery", "Anna", "tag", content, "summer", name,
                                        NULL),
                   ==, FR_EXIT_OK);
}

static void
add_pictures (Move *move)
{
  add_picture (move, "Harbour.png", "chosen:Bob");
  add_picture (move, "Both.svg", "chosen:Cara,Bob");
  add_picture (move, "Friends.svg", "contacts");
  add_picture (move, "Storm.svg", "everyone");
  add_picture (move, "Diary.svg", "me");
}

static char *
run_on (Move *move, const char *name, const char *command, const char *action, const char *more)
{
  char *out = NULL;

  g_assert_cmpint (fr_test_network_run (&move->network, &out, NULL, command, name, action, "--json", more, NULL), ==,
                   FR_EXIT_OK);
  return out;
}

/* What stays the same wherever they are, and whether they are there. */
static char *
tell_people (Move *move)
{
  static const char *const members[] = { "key", "name", "address", "server" };
  static const char *const flags[] = { "added", "blocked", "checked" };
  g_autofree char *out = run_on (move, "Anna", "people", "list", NULL);
  g_auto (GStrv) lines = g_strsplit (out, "\n", -1);
  GString *people = g_string_new (NULL);

  for (guint i = 0; *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonObject) person = fr_control_parse (lines[i], strlen (lines[i]), NULL);

      g_assert_nonnull (person);
      for (gsize j = 0; j < G_N_ELEMENTS (members); j++)
        g_string_append_printf (people, "%s ", fr_control_get_string (person, members[j]));
      for (gsize j = 0; j < G_N_ELEMENTS (flags); j++)
        g_string_append_printf (people, "%s:%d ", flags[j], fr_control_get_flag (person, flags[j]));
      g_string_append_c (people, '\n');
    }
  return g_string_free (people, FALSE);
}

static char *
get_identity (Move *move)
{
  g_autofree char *folder = fr_test_network_path (&move->network, "Anna");
  g_autofree char *path = g_build_filename (folder, "identity", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* From her old computer, which is then out of the way. */
static void
pack_up (Move *move, FrTestProgram *anna)
{
  g_autofree char *here = fr_test_network_path (&move->network, "Anna");
  g_autofree char *away = fr_test_network_path (&move->network, "old");
  g_autofree char *list = g_build_filename (move->exported, "gallery.jsonl", NULL), *text = NULL;

  g_assert_cmpint (fr_test_network_run (&move->network, NULL, NULL, "identity", "Anna", "backup", move->backup, "-p",
                                        move->passphrase, NULL),
                   ==, FR_EXIT_OK);
  g_assert_cmpint (fr_test_network_run (&move->network, NULL, NULL, "gallery", "Anna", "export", move->exported, NULL),
                   ==, FR_EXIT_OK);
  stop (anna);
  g_assert_no_errno (g_rename (here, away));
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL)); /* with the names of whoever was chosen */
  g_assert_nonnull (strstr (text, "\"name\":\"Bob\""));
  g_assert_nonnull (strstr (text, "\"name\":\"Cara\""));
  g_assert_null (strstr (text, "\"name\":\"Zoe\""));
}

static void
assert_same_file (const char *one, const char *two)
{
  g_autofree char *a = NULL, *b = NULL;
  gsize n_a = 0, n_b = 0;

  g_assert_true (g_file_get_contents (one, &a, &n_a, NULL));
  g_assert_true (g_file_get_contents (two, &b, &n_b, NULL));
  g_assert_cmpmem (a, n_a, b, n_b);
}

/* The gallery is the same if it can be exported to the same. */
static void
compare_exports (Move *move)
{
  g_autofree char *again = fr_test_network_path (&move->network, "again");
  g_autofree char *list = g_build_filename (move->exported, "gallery.jsonl", NULL);
  g_autofree char *list_again = g_build_filename (again, "gallery.jsonl", NULL);
  g_autofree char *original = g_build_filename (again, "Harbour, original.png", NULL);

  g_assert_cmpint (fr_test_network_run (&move->network, NULL, NULL, "gallery", "Anna", "export", again, NULL), ==,
                   FR_EXIT_OK);
  assert_same_file (list, list_again);
  assert_same_file (move->original, original);
}

static void
assert_finds (Move *move, const char *who, const char *word, gboolean finds)
{
  g_assert_cmpint (fr_test_network_run (&move->network, NULL, NULL, "search", who, word, NULL), ==,
                   finds ? FR_EXIT_OK : FR_EXIT_NOTHING_FOUND);
}

/* Everybody is who they were to each other, without a word of theirs. */
static void
meet_again (Move *move)
{
  FrTestProgram *anna = fr_test_network_peer (&move->network, "Anna", "--incoming", "contacts", NULL);

  fr_test_program_wait_for (anna, "\"name\":\"Bob\",\"address\":\"bob\"");
  fr_test_program_wait_for (anna, "\"name\":\"Cara\",\"address\":\"cara\"");
  assert_finds (move, "Bob", "harbour", TRUE);
  assert_finds (move, "Cara", "harbour", FALSE);
  assert_finds (move, "Cara", "both", TRUE);
  assert_finds (move, "Cara", "friends", TRUE);
  assert_finds (move, "Bob", "diary", FALSE);
  assert_finds (move, "Zoe", "storm", FALSE);
  stop (anna);
  fr_test_program_free (anna);
}

static void
test_moving (Move *move, gconstpointer data)
{
  FrTestProgram *anna = meet_people (move);
  g_autofree char *people = tell_people (move), *pictures = NULL, *identity = get_identity (move), *out = NULL;
  g_autofree char *people_after = NULL, *pictures_after = NULL, *identity_after = NULL, *err = NULL;

  add_pictures (move);
  pictures = run_on (move, "Anna", "gallery", "list", NULL);
  pack_up (move, anna);
  fr_test_program_free (anna);

  g_assert_cmpint (fr_test_network_run (&move->network, &out, NULL, "identity", "Anna", "restore", move->backup, "-p",
                                        move->passphrase, NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (out, "3 people"));
  g_assert_cmpint (fr_test_network_run (&move->network, NULL, &err, "gallery", "Anna", "import", move->exported, NULL),
                   ==, FR_EXIT_OK);
  g_assert_cmpstr (err, ==, ""); /* nobody is a stranger, nothing was left out */
  identity_after = get_identity (move);
  people_after = tell_people (move);
  pictures_after = run_on (move, "Anna", "gallery", "list", NULL);
  g_assert_cmpstr (identity, ==, identity_after);
  g_assert_cmpstr (people, ==, people_after);
  g_assert_cmpstr (pictures, ==, pictures_after);
  g_assert_nonnull (strstr (people, "checked:1"));
  g_assert_nonnull (strstr (people, "blocked:1"));
  compare_exports (move);
  meet_again (move);
}

/* Whoever takes the pictures alone is told for whom some of them are; they are for the same people once these are added. */
static void
test_pictures_alone (Move *move, gconstpointer data)
{
  FrTestProgram *anna = meet_people (move);
  g_autofree char *err = NULL, *list = NULL;

  add_pictures (move);
  pack_up (move, anna);
  fr_test_program_free (anna);
  g_assert_cmpint (fr_test_network_run (&move->network, NULL, &err, "gallery", "Anna", "import", move->exported, NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (err, "Bob was chosen to see some of these pictures"));
  g_assert_nonnull (strstr (err, "Cara was chosen to see some of these pictures"));
  list = run_on (move, "Anna", "people", "list", NULL);
  g_assert_cmpstr (list, ==, "");

  anna = fr_test_network_peer (&move->network, "Anna", NULL);
  fr_test_program_wait_for (anna, "\"state\":\"online\"");
  change_person (move, "add", "cara");
  assert_finds (move, "Cara", "both", TRUE);
  assert_finds (move, "Cara", "harbour", FALSE);
  stop (anna);
  fr_test_program_free (anna);
}

void
test_moving_add (void)
{
  g_test_add ("/cli/moving/everything", Move, NULL, set_up, test_moving, tear_down);
  g_test_add ("/cli/moving/pictures-alone", Move, NULL, set_up, test_pictures_alone, tear_down);
}
