/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fuzz-dictionary.h"
#include "fuzz-input.h"
#include "fuzz-mutator.h"

/* Runs a target where there is no libFuzzer: on its corpus, then on inputs that are made from it, for so many seconds.
 * What is being tried is in a file meanwhile, so that it is there after a crash, however the program ended. */

#define DEFAULT_SECONDS 5
#define MOST_SECONDS_EACH 20 /* for one input; then SIGALRM ends the program */
#define MOST_MEMORY ((rlim_t) 2 << 30)

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SHADOW_MEMORY 1 /* which takes all addresses that there are */
#endif

typedef struct
{
  GPtrArray *corpus; /* of GBytes */
  GPtrArray *dictionary;
  char *trial_path;
  int trial_fd;
  guint64 n_executions;
} Driver;

static void
fail (const char *what, const char *path)
{
  fprintf (stderr, "%s %s: %s\n", what, path, g_strerror (errno));
  exit (2);
}

static void
execute (Driver *self, const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_malloc (MAX (size, 1)); /* so that a sanitizer sees what is read behind the end */

  if (size > 0)
    memcpy (copy, data, size);
  if (pwrite (self->trial_fd, copy, size, 0) != (gssize) size || ftruncate (self->trial_fd, (off_t) size) != 0)
    fail ("Cannot write", self->trial_path);
  alarm (MOST_SECONDS_EACH);
  LLVMFuzzerTestOneInput (copy, size);
  alarm (0);
  self->n_executions++;
}

static void
load_file (Driver *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      exit (2);
    }
  g_ptr_array_add (self->corpus, g_bytes_new_take (text, size));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A file, or all files of a folder in the order of their names: the same seed gives the same inputs. */
static void
load (Driver *self, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (folder == NULL)
    {
      load_file (self, path);
      return;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    load_file (self, g_ptr_array_index (names, i));
}

static void
open_trial (Driver *self, const char *program)
{
  g_autofree char *name = g_path_get_basename (program);

  self->trial_path = g_strdup_printf ("%s/%s-%d.input", g_get_tmp_dir (), name, (int) getpid ());
  self->trial_fd = g_open (self->trial_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (self->trial_fd < 0)
    fail ("Cannot make", self->trial_path);
}

static void
run_corpus (Driver *self)
{
  for (guint i = 0; i < self->corpus->len; i++)
    {
      GBytes *input = g_ptr_array_index (self->corpus, i);

      execute (self, g_bytes_get_data (input, NULL), g_bytes_get_size (input));
    }
}

static void
run_mutated (Driver *self, guint32 seed, double seconds)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GByteArray) input = g_byte_array_new ();
  FuzzMutator mutator = {
    .rand = rand, .corpus = self->corpus, .dictionary = self->dictionary, .max_size = fuzz_max_size,
  };
  gint64 end_us = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  while (g_get_monotonic_time () < end_us)
    {
      fuzz_mutator_make (&mutator, input);
      execute (self, input->data, input->len);
    }
}

static void
limit_memory (void)
{
#ifndef HAS_SHADOW_MEMORY
  const struct rlimit limit = { MOST_MEMORY, MOST_MEMORY };

  setrlimit (RLIMIT_AS, &limit);
#endif
}

static guint32
choose_seed (void)
{
  const char *given = g_getenv ("FRESHET_TEST_SEED");

  return given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
}

int
main (int argc, char **argv)
{
  static double seconds = DEFAULT_SECONDS;
  static const GOptionEntry entries[] = {
    { "seconds", 's', 0, G_OPTION_ARG_DOUBLE, &seconds, "How long to try changed inputs; 0: only those given", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE-OR-FOLDER…");
  g_autoptr (GError) error = NULL;
  Driver self = { .corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };
  guint32 seed = choose_seed ();
  guint64 n_given;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || (fuzz_get_dictionary () != NULL
          && (self.dictionary = fuzz_dictionary_load (fuzz_get_dictionary (), &error)) == NULL))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  if (self.dictionary == NULL)
    self.dictionary = g_ptr_array_new ();
  for (int i = 1; i < argc; i++)
    load (&self, argv[i]);
  if (self.corpus->len == 0)
    g_ptr_array_add (self.corpus, g_bytes_new (NULL, 0));
  limit_memory ();
  LLVMFuzzerInitialize (&argc, &argv);
  open_trial (&self, argv[0]);
  printf ("1..2\n# FRESHET_TEST_SEED=%u; should this end early, it was tried with %s\n", seed, self.trial_path);
  fflush (stdout);

  run_corpus (&self);
  n_given = self.n_executions;
  printf ("ok 1 corpus # %" G_GUINT64_FORMAT " executions\n", n_given);
  fflush (stdout);
  run_mutated (&self, seed, seconds);
  printf ("ok 2 changed # %" G_GUINT64_FORMAT " executions in %g s\n", self.n_executions - n_given, seconds);

  close (self.trial_fd);
  g_unlink (self.trial_path);
  g_free (self.trial_path);
  g_ptr_array_unref (self.corpus);
  g_ptr_array_unref (self.dictionary);
  return 0;
}
