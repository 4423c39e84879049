/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-exit.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "fr-database.h"
#include "fr-test-program.h"
#include "fr-test-support.h"
#include "tests.h"

/* Looking after what one has, as a person does it: check, export, import, backup, restore. Nobody else is needed. */

#define NOWHERE "127.0.0.1:1" /* a server is not needed */

typedef struct
{
  char *folder;
  char *pictures; /* what is added */
  char *passphrase; /* a file */
} Desk;

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->folder = fr_test_folder_new ();
  desk->pictures = g_build_filename (desk->folder, "pictures", NULL);
  desk->passphrase = g_build_filename (desk->folder, "passphrase", NULL);
  g_assert_no_errno (g_mkdir (desk->pictures, 0700));
  write_text (desk->pictures, "Harbour.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='4'/>");
  write_text (desk->pictures, "Storm.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='4'/>");
  write_text (desk->folder, "passphrase", "correct horse\nsecond line\n");
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_free (desk->pictures);
  g_free (desk->passphrase);
  fr_test_folder_free (desk->folder);
}

/* `freshet-cli COMMAND ACTION --data FOLDER/NAME --loopback …`; its exit status. */
static int
run (Desk *desk, char **out_text, char **err_text, const char *command, const char *name, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *data = g_build_filename (desk->folder, name, NULL);
  const char *argument;
  va_list args;

  g_ptr_array_add (arguments, (gpointer) command);
  g_ptr_array_add (arguments, (gpointer) "--loopback");
  g_ptr_array_add (arguments, (gpointer) "--data");
  g_ptr_array_add (arguments, data);
  va_start (args, name);
  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (args);
  g_ptr_array_add (arguments, NULL);
  return fr_test_program_run ((const char *const *) arguments->pdata, out_text, err_text);
}

static void
add_pictures (Desk *desk, const char *name)
{
  g_assert_cmpint (run (desk, NULL, NULL, "gallery", name, "add", "--audience", "contacts", desk->pictures, NULL), ==,
                   FR_EXIT_OK);
}

/* The file of some picture. */
static char *
find_picture (Desk *desk, const char *name)
{
  g_autofree char *pictures = g_build_filename (desk->folder, name, "pictures", NULL);
  g_autoptr (GDir) dir = g_dir_open (pictures, 0, NULL);
  const char *shard;

  while ((shard = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (pictures, shard, NULL);
      g_autoptr (GDir) inner = strlen (shard) == 2 ? g_dir_open (path, 0, NULL) : NULL;
      const char *file = inner != NULL ? g_dir_read_name (inner) : NULL;

      if (file != NULL)
        return g_build_filename (path, file, NULL);
    }
  g_assert_not_reached ();
}

static void
test_check (Desk *desk, gconstpointer data)
{
  g_autofree char *good = NULL, *out = NULL, *err = NULL, *json = NULL, *path = NULL, *mended = NULL;

  add_pictures (desk, "anna");
  g_assert_cmpint (run (desk, &good, NULL, "gallery", "anna", "check", NULL), ==, FR_EXIT_OK);
  g_assert_true (g_str_has_prefix (good, "All is well: 2 pictures"));

  path = find_picture (desk, "anna");
  g_assert_cmpint (truncate (path, 3), ==, 0);
  g_assert_cmpint (run (desk, &out, &err, "gallery", "anna", "check", NULL), ==, FR_EXIT_FAILED);
  g_assert_nonnull (strstr (out, "shorter than it was"));
  g_assert_nonnull (strstr (out, "Add your own file of it again"));
  g_assert_cmpstr (err, ==, "1 problem was found.\n");
  g_assert_cmpint (run (desk, &json, NULL, "gallery", "anna", "check", "--json", NULL), ==, FR_EXIT_FAILED);
  g_assert_nonnull (strstr (json, "{\"event\":\"problem\",\"kind\":\"truncated\",\"file\":\"pictures/"));
  g_assert_nonnull (strstr (json, "{\"event\":\"checked\",\"pictures\":2,"));
  g_assert_nonnull (strstr (json, "\"problems\":1,\"mended\":0}"));

  add_pictures (desk, "anna");
  g_assert_cmpint (run (desk, &mended, NULL, "gallery", "anna", "check", NULL), ==, FR_EXIT_OK);
}

/* What was made of a picture is made again; a script sees that it was needed. */
static void
test_check_mends (Desk *desk, gconstpointer data)
{
  g_autofree char *catalogue = g_build_filename (desk->folder, "anna", "freshet.db", NULL), *out = NULL, *json = NULL;
  g_autoptr (FrDatabase) database = NULL;

  add_pictures (desk, "anna");
  database = fr_database_open_to_read (catalogue, NULL);
  g_assert_true (fr_database_execute (database, "PRAGMA query_only = OFF", NULL));
  g_assert_true (fr_database_execute (database, "UPDATE forms SET thumbnail = x'ffd8ff00ffd9' WHERE number = 1", NULL));
  g_clear_pointer (&database, fr_database_free);
  g_assert_cmpint (run (desk, &out, NULL, "gallery", "anna", "check", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (out, "The small form of this picture was damaged. It has been made again."));
  g_assert_nonnull (strstr (out, "All is well now: 2 pictures"));
  g_assert_cmpint (run (desk, &json, NULL, "gallery", "anna", "check", "--json", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (json, "\"problems\":0,\"mended\":0}"));
}

/* Another Freshet on the same folder is asked to look. */
static void
test_check_while_running (Desk *desk, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (desk->folder, "anna", NULL), *out = NULL;
  const char *const arguments[] = { "peer", "--json", "--loopback", "--data", folder, "--name", "Anna", "--server",
                                    NOWHERE, NULL };
  g_autoptr (FrTestProgram) peer = NULL;

  add_pictures (desk, "anna");
  peer = fr_test_program_start (arguments);
  fr_test_program_wait_for (peer, "\n");
  g_assert_cmpint (run (desk, &out, NULL, "gallery", "anna", "check", NULL), ==, FR_EXIT_OK);
  g_assert_true (g_str_has_prefix (out, "All is well: 2 pictures"));
  fr_test_program_signal (peer, SIGTERM);
  fr_test_program_wait (peer);
}

static void
test_export_import (Desk *desk, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (desk->folder, "out", NULL), *list = NULL;
  g_autofree char *before = NULL, *after = NULL, *out = NULL, *again = NULL, *err = NULL;

  add_pictures (desk, "anna");
  g_assert_cmpint (run (desk, &before, NULL, "gallery", "anna", "list", "--json", NULL), ==, FR_EXIT_OK);
  g_assert_cmpint (run (desk, &out, NULL, "gallery", "anna", "export", folder, NULL), ==, FR_EXIT_OK);
  g_assert_true (g_str_has_prefix (out, "2 pictures are in "));
  g_assert_cmpint (run (desk, NULL, &err, "gallery", "anna", "export", folder, NULL), ==, FR_EXIT_USAGE);
  g_assert_nonnull (strstr (err, "There is something in this folder already."));

  g_assert_cmpint (run (desk, NULL, NULL, "gallery", "bob", "import", folder, NULL), ==, FR_EXIT_OK);
  g_assert_cmpint (run (desk, &after, NULL, "gallery", "bob", "list", "--json", NULL), ==, FR_EXIT_OK);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (run (desk, &again, NULL, "gallery", "bob", "import", folder, "--json", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (again, "{\"event\":\"imported\",\"done\":0,\"known\":2,\"failed\":0}"));

  list = g_build_filename (folder, "gallery.jsonl", NULL);
  g_assert_no_errno (g_unlink (list));
  g_assert_cmpint (run (desk, NULL, NULL, "gallery", "bob", "import", folder, NULL), ==, FR_EXIT_NOTHING_FOUND);
}

/* One dot, with something after its end that others do not get. */
#define DOT "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
#define TRAILER "where it was taken"

static char *
write_photograph (Desk *desk)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize size;
  g_autofree guchar *dot = g_base64_decode (DOT, &size);
  char *path = g_build_filename (desk->folder, "Lighthouse.png", NULL);

  g_byte_array_append (bytes, dot, (guint) size);
  g_byte_array_append (bytes, (const guint8 *) TRAILER, sizeof TRAILER - 1);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, NULL));
  return path;
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

/* By its id, by its title, into a folder, and never over a file. */
static void
test_export_original (Desk *desk, gconstpointer data)
{
  g_autofree char *path = write_photograph (desk), *added = NULL, *content = NULL, *out = NULL, *again = NULL;
  g_autofree char *json = NULL, *err = NULL, *twice = NULL;
  g_autofree char *inside = g_build_filename (desk->pictures, "Lighthouse.png", NULL);
  g_autofree char *file = g_build_filename (desk->folder, "mine.png", NULL);
  g_autofree char *second = g_build_filename (desk->folder, "mine (2).png", NULL);
  g_autofree char *nowhere = g_build_filename (desk->folder, "no", "such", "folder.png", NULL);

  g_assert_cmpint (run (desk, &added, NULL, "gallery", "anna", "add", "--audience", "me", path, NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (added, "removed: "));
  content = g_strndup (added, 16);
  g_assert_cmpint (run (desk, &out, NULL, "gallery", "anna", "export-original", content, file, NULL), ==, FR_EXIT_OK);
  g_assert_true (g_str_has_prefix (out, "Saved "));
  assert_same_file (path, file);
  write_text (desk->folder, "mine.png", "something else");
  g_assert_cmpint (run (desk, &again, NULL, "gallery", "anna", "export-original", "Lighthouse", file, NULL), ==,
                   FR_EXIT_OK);
  g_assert_nonnull (strstr (again, "mine (2).png"));
  assert_same_file (path, second);
  g_assert_cmpint (run (desk, &json, NULL, "gallery", "anna", "export-original", "Lighthouse", desk->pictures, "--json",
                        NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (json, "{\"event\":\"saved\",\"path\":\""));
  assert_same_file (path, inside);

  g_assert_cmpint (run (desk, NULL, &err, "gallery", "anna", "export-original", "No Lighthouse", file, NULL), ==,
                   FR_EXIT_NOTHING_FOUND);
  g_assert_cmpint (run (desk, NULL, NULL, "gallery", "anna", "export-original", content, nowhere, NULL), !=,
                   FR_EXIT_OK);
  add_pictures (desk, "anna");
  g_assert_cmpint (run (desk, NULL, NULL, "gallery", "anna", "describe", content, "--title", "Storm", NULL), ==,
                   FR_EXIT_OK);
  g_assert_cmpint (run (desk, NULL, &twice, "gallery", "anna", "export-original", "Storm", file, NULL), ==,
                   FR_EXIT_NOTHING_FOUND);
  g_assert_nonnull (strstr (twice, "more than one"));
}

static char *
get_key (Desk *desk, const char *name)
{
  g_autofree char *path = g_build_filename (desk->folder, name, "identity", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_backup_restore (Desk *desk, gconstpointer data)
{
  g_autofree char *file = g_build_filename (desk->folder, "anna.freshet", NULL);
  g_autofree char *before = NULL, *after = NULL, *people = NULL, *out = NULL;

  g_assert_cmpint (run (desk, NULL, NULL, "people", "anna", "block", "nobody-at-all", NULL), !=, FR_EXIT_USAGE);
  g_assert_cmpint (run (desk, &out, NULL, "identity", "anna", "--name", "Anna", "backup", file, "--passphrase-file",
                        desk->passphrase, NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (out, "saved in"));
  before = get_key (desk, "anna");
  g_assert_cmpint (run (desk, NULL, NULL, "identity", "new", "restore", file, "--passphrase-file", desk->passphrase,
                        NULL),
                   ==, FR_EXIT_OK);
  after = get_key (desk, "new");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (run (desk, &people, NULL, "identity", "new", "--json", NULL), ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (people, "\"name\":\"Anna\""));
}

/* What goes wrong has a name, and changes nothing. */
static void
test_restore_refused (Desk *desk, gconstpointer data)
{
  g_autofree char *file = g_build_filename (desk->folder, "anna.freshet", NULL);
  g_autofree char *wrong = g_build_filename (desk->folder, "wrong", NULL);
  g_autofree char *err = NULL, *exists = NULL, *before = NULL, *after = NULL, *replaced = NULL, *over = NULL;

  write_text (desk->folder, "wrong", "incorrect horse\n");
  g_assert_cmpint (run (desk, NULL, NULL, "identity", "anna", "backup", file, "-p", desk->passphrase, NULL), ==,
                   FR_EXIT_OK);
  g_assert_cmpint (run (desk, NULL, &over, "identity", "anna", "backup", file, "-p", desk->passphrase, NULL), ==,
                   FR_EXIT_FAILED);
  g_assert_cmpint (run (desk, NULL, &err, "identity", "new", "restore", file, "-p", wrong, NULL), ==, FR_EXIT_REFUSED);
  g_assert_cmpstr (err, ==, "The passphrase is not the right one.\n");

  g_assert_cmpint (run (desk, NULL, NULL, "gallery", "bob", "list", NULL), ==, FR_EXIT_OK);
  before = get_key (desk, "bob");
  g_assert_cmpint (run (desk, NULL, &exists, "identity", "bob", "restore", file, "-p", desk->passphrase, NULL), ==,
                   FR_EXIT_REFUSED);
  g_assert_nonnull (strstr (exists, "--replace"));
  after = get_key (desk, "bob");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (run (desk, &replaced, NULL, "identity", "bob", "restore", file, "-p", desk->passphrase, "--replace",
                        NULL),
                   ==, FR_EXIT_OK);
  g_assert_nonnull (strstr (replaced, "The identity that was there is "));
}

/* Not under the feet of a Freshet that runs. */
static void
test_restore_while_running (Desk *desk, gconstpointer data)
{
  g_autofree char *file = g_build_filename (desk->folder, "anna.freshet", NULL), *err = NULL;
  g_autofree char *folder = g_build_filename (desk->folder, "bob", NULL);
  const char *const arguments[] = { "peer", "--json", "--loopback", "--data", folder, "--name", "Bob", "--server",
                                    NOWHERE, NULL };
  g_autoptr (FrTestProgram) peer = NULL;

  g_assert_cmpint (run (desk, NULL, NULL, "identity", "anna", "backup", file, "-p", desk->passphrase, NULL), ==,
                   FR_EXIT_OK);
  peer = fr_test_program_start (arguments);
  fr_test_program_wait_for (peer, "\n");
  g_assert_cmpint (run (desk, NULL, &err, "identity", "bob", "restore", file, "-p", desk->passphrase, "--replace",
                        NULL),
                   ==, FR_EXIT_FOLDER);
  g_assert_cmpstr (err, ==, "Another Freshet is using this folder.\n");
  fr_test_program_signal (peer, SIGTERM);
  fr_test_program_wait (peer);
}

static void
test_passphrase (Desk *desk, gconstpointer data)
{
  g_autofree char *file = g_build_filename (desk->folder, "anna.freshet", NULL);
  g_autofree char *missing = g_build_filename (desk->folder, "missing", NULL), *err = NULL;

  write_text (desk->folder, "passphrase", "short\n");
  g_assert_cmpint (run (desk, NULL, &err, "identity", "anna", "backup", file, "-p", desk->passphrase, NULL), ==,
                   FR_EXIT_FAILED);
  g_assert_nonnull (strstr (err, "at least 8 letters"));
  g_assert_cmpint (run (desk, NULL, NULL, "identity", "anna", "backup", file, "-p", missing, NULL), ==,
                   FR_EXIT_NOTHING_FOUND);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
}

static void
add (const char *path, void (*test) (Desk *, gconstpointer))
{
  g_test_add (path, Desk, NULL, set_up, test, tear_down);
}

void
test_keeping_add (void)
{
  add ("/cli/keeping/check", test_check);
  add ("/cli/keeping/check-mends", test_check_mends);
  add ("/cli/keeping/check-while-running", test_check_while_running);
  add ("/cli/keeping/export-import", test_export_import);
  add ("/cli/keeping/export-original", test_export_original);
  add ("/cli/keeping/backup-restore", test_backup_restore);
  add ("/cli/keeping/restore-refused", test_restore_refused);
  add ("/cli/keeping/restore-while-running", test_restore_while_running);
  add ("/cli/keeping/passphrase", test_passphrase);
}
