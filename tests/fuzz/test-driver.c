/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "fr-test-support.h"
#include "fuzz-dictionary.h"
#include "fuzz-input.h"
#include "fuzz-mutator.h"

/* What runs the targets where libFuzzer is not: it finds what is there to be found, and leaves the input behind. */

typedef struct
{
  char *folder; /* where inputs are, and what was being tried is left */
  char *corpus;
} Fixture;

static void
set_up (Fixture *self, gconstpointer input)
{
  self->folder = fr_test_folder_new ();
  self->corpus = g_build_filename (self->folder, "first", NULL);
  g_assert_true (g_file_set_contents (self->corpus, input, -1, NULL));
}

static void
tear_down (Fixture *self, gconstpointer input)
{
  g_free (self->corpus);
  fr_test_folder_free (self->folder);
}

static int
run (Fixture *self, const char *seconds, char **out_text)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "fuzz", "fuzz-planted", NULL);
  const char *argv[] = { program, "--seconds", seconds, self->corpus, NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "TMPDIR", self->folder, TRUE);
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, out_text, NULL, &status,
                &error);
  g_assert_no_error (error);
  return status;
}

/* What was being tried; NULL: it was taken away. */
static char *
find_trial (Fixture *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".input"))
      {
        g_autofree char *path = g_build_filename (self->folder, name, NULL);
        char *text;

        g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
        return text;
      }
  return NULL;
}

static void
test_finds_fault (Fixture *self, gconstpointer input)
{
  g_autofree char *text = NULL, *tried = NULL;
  int status = run (self, "60", &text);

  g_assert_false (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_assert_nonnull (strstr (text, "FRESHET_TEST_SEED="));
  g_assert_nonnull (strstr (text, "ok 1 corpus # 1 executions"));
  g_assert_null (strstr (text, "ok 2"));
  tried = find_trial (self);
  g_assert_nonnull (tried);
  g_assert_true (g_str_has_prefix (tried, "boom"));
}

static void
test_fault_in_corpus (Fixture *self, gconstpointer input)
{
  g_autofree char *text = NULL, *tried = NULL;

  g_assert_cmpint (run (self, "0", &text), !=, 0);
  g_assert_null (strstr (text, "ok 1"));
  tried = find_trial (self);
  g_assert_cmpstr (tried, ==, input);
}

static void
test_finds_nothing (Fixture *self, gconstpointer input)
{
  g_autofree char *text = NULL, *tried = NULL;

  g_assert_cmpint (run (self, "0", &text), ==, 0);
  g_assert_nonnull (strstr (text, "ok 2 changed # 0 executions"));
  tried = find_trial (self);
  g_assert_null (tried);
}

static void
test_dictionary_lines (void)
{
  static const struct
  {
    const char *line, *word;
  } rows[] = {
    { "name=\"word\"", "word" },
    { "\"word\"", "word" },
    { "a=\"\\x41\\\\\\\"\\x0a\"", "A\\\"\n" },
    { "# \"comment\"", NULL },
    { "", NULL },
    { "name=", NULL },
    { "name=\"\"", NULL },
    { "name=\"no end", NULL },
    { "name=\"no end\\\"", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) word = fuzz_dictionary_parse_line (rows[i].line);

      g_test_message ("%s", rows[i].line);
      g_assert_true ((word == NULL) == (rows[i].word == NULL));
      if (word != NULL)
        g_assert_cmpmem (g_bytes_get_data (word, NULL), g_bytes_get_size (word), rows[i].word, strlen (rows[i].word));
    }
}

/* Of an empty input and no words, too; never longer than allowed; the same seed, the same inputs. */
static void
test_mutator (void)
{
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GRand) first = g_rand_new_with_seed (1), second = g_rand_new_with_seed (1);
  g_autoptr (GByteArray) one = g_byte_array_new (), other = g_byte_array_new ();
  FuzzMutator mutators[] = { { first, corpus, words, 20 }, { second, corpus, words, 20 } };
  gsize longest = 0;

  g_ptr_array_add (corpus, g_bytes_new (NULL, 0));
  for (guint i = 0; i < 20000; i++)
    {
      if (i == 5000)
        g_ptr_array_add (corpus, g_bytes_new_static ("0123456789", 10));
      if (i == 10000)
        g_ptr_array_add (words, g_bytes_new_static ("word", 4));
      fuzz_mutator_make (&mutators[0], one);
      fuzz_mutator_make (&mutators[1], other);
      g_assert_cmpmem (one->data, one->len, other->data, other->len);
      g_assert_cmpuint (one->len, <=, 20);
      longest = MAX (longest, one->len);
    }
  g_assert_cmpuint (longest, ==, 20);
}

/* What is taken is of the bytes in their order, then of nothing. */
static void
test_input (void)
{
  FuzzInput input = { (const guint8 *) "\5\1\2\0\0\0\7\3abcd", 12 };
  g_autofree char *text = NULL, *rest = NULL;

  g_assert_cmpuint (fuzz_take_below (&input, 3), ==, 2);
  g_assert_cmpuint (fuzz_take_below (&input, 1), ==, 0);
  g_assert_cmpuint (fuzz_take_below (&input, 1000), ==, 0x102);
  g_assert_cmpuint (fuzz_take_number (&input), ==, 7);
  text = fuzz_take_text (&input, 10);
  g_assert_cmpstr (text, ==, "abc");
  g_assert_cmpuint (fuzz_take_byte (&input), ==, 'd');
  g_assert_cmpuint (fuzz_take_byte (&input), ==, 0);
  g_assert_cmpuint (fuzz_take_below (&input, G_MAXINT32), ==, 0);
  rest = fuzz_take_text (&input, 10);
  g_assert_cmpstr (rest, ==, "");
}

/* fuzz-input.c is for a target; this is none. */
const gsize fuzz_max_size = 1;

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/fuzz/driver/finds-fault", Fixture, "boxx", set_up, test_finds_fault, tear_down);
  g_test_add ("/fuzz/driver/fault-in-corpus", Fixture, "boom", set_up, test_fault_in_corpus, tear_down);
  g_test_add ("/fuzz/driver/finds-nothing", Fixture, "quiet", set_up, test_finds_nothing, tear_down);
  g_test_add_func ("/fuzz/dictionary/lines", test_dictionary_lines);
  g_test_add_func ("/fuzz/mutator/inputs", test_mutator);
  g_test_add_func ("/fuzz/input/takes", test_input);
  return g_test_run ();
}
