/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fr-test-support.h"
#include "throughput.h"

/* How fast a large picture goes from one Freshet to another, against a bare data channel: the last line is one JSON
 * object. This process itself starts no threads, so that it may fork. */

#define DEFAULT_PAIRS 5
#define DEFAULT_MEGABYTES 200

typedef struct
{
  RunFunc func;
  Job job;
  pid_t pid;
  int result; /* where its Measure comes from */
} Process;

static void
start (Process *self, int wire, int other_wire)
{
  int ends[2];

  if (pipe (ends) != 0 || (self->pid = fork ()) < 0)
    give_up ("no process can be started");
  if (self->pid == 0)
    {
      Measure measure = { 0 };

      close (other_wire); /* or nobody would notice when the other one goes */
      self->func (&self->job, wire, &measure);
      _exit (write (ends[1], &measure, sizeof measure) != sizeof measure);
    }
  close (ends[1]);
  self->result = ends[0];
}

static Measure
finish (Process *self)
{
  Measure measure;
  gboolean whole = read (self->result, &measure, sizeof measure) == sizeof measure;
  int status;

  close (self->result);
  waitpid (self->pid, &status, 0);
  if (!whole || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    give_up ("a run did not succeed");
  return measure;
}

/* One transfer: the seconds of the asker, and the larger of both peaks. */
static Measure
run_pair (RunFunc ask, RunFunc hold, const Job *job, const char *holder_folder)
{
  char *folder = fr_test_folder_new ();
  Process asker = { .func = ask, .job = *job }, holder = { .func = hold, .job = *job };
  Measure measure, of_holder;
  int wires[2];

  asker.job.folder = folder;
  holder.job.folder = holder_folder;
  if (socketpair (AF_UNIX, SOCK_SEQPACKET, 0, wires) != 0)
    give_up ("no socket can be made");
  start (&holder, wires[0], wires[1]);
  start (&asker, wires[1], wires[0]);
  close (wires[0]);
  close (wires[1]);
  measure = finish (&asker);
  of_holder = finish (&holder);
  measure.peak_mib = MAX (measure.peak_mib, of_holder.peak_mib);
  fr_test_folder_free (folder);
  return measure;
}

static void
write_source (const char *path, guint64 size)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FILE *file = fopen (path, "we");
  guint32 words[16384];

  for (guint64 done = 0; file != NULL && done < size; done += sizeof words)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        words[i] = g_rand_int (rand);
      fwrite (words, MIN (sizeof words, size - done), 1, file);
    }
  if (file == NULL || fclose (file) != 0)
    give_up ("the source cannot be written");
}

/* In a process of its own, as it has threads. */
static char *
prepare (const Job *job)
{
  char content[65] = { 0 };
  int ends[2], status;
  pid_t pid;

  if (pipe (ends) != 0 || (pid = fork ()) < 0)
    give_up ("no process can be started");
  if (pid == 0)
    {
      g_autofree char *made = NULL;

      freshet_prepare (job, &made);
      _exit (write (ends[1], made, 64) != 64);
    }
  close (ends[1]);
  if (read (ends[0], content, 64) != 64)
    give_up ("the picture cannot be shared");
  close (ends[0]);
  waitpid (pid, &status, 0);
  return g_strdup (content);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void
measure_all (const Job *job, const char *holder_folder, guint n_pairs)
{
  g_autofree double *ratios = g_new (double, n_pairs);
  g_autofree double *freshet = g_new (double, n_pairs), *bare = g_new (double, n_pairs);
  double peak_mib = 0, bare_peak_mib = 0;

  for (guint i = 0; i < n_pairs; i++)
    {
      Measure of_freshet = { 0 }, of_bare;

      if (i % 2 == 0)
        of_freshet = run_pair (freshet_ask, freshet_hold, job, holder_folder);
      of_bare = run_pair (bare_ask, bare_hold, job, holder_folder);
      if (i % 2 == 1)
        of_freshet = run_pair (freshet_ask, freshet_hold, job, holder_folder);
      freshet[i] = (double) job->size / 1e6 / of_freshet.seconds;
      bare[i] = (double) job->size / 1e6 / of_bare.seconds;
      ratios[i] = freshet[i] / bare[i];
      peak_mib = MAX (peak_mib, of_freshet.peak_mib);
      bare_peak_mib = MAX (bare_peak_mib, of_bare.peak_mib);
      fprintf (stderr, "pair %u: %.1f MB/s, bare %.1f MB/s\n", i + 1, freshet[i], bare[i]);
    }
  printf ("{\"runs\": %u, \"megabytes\": %.0f, \"ratio\": %.3f, \"mb_per_s\": %.1f, \"bare_mb_per_s\": %.1f, ", n_pairs,
          (double) job->size / 1e6, median (ratios, n_pairs), median (freshet, n_pairs), median (bare, n_pairs));
  printf ("\"peak_mib\": %.1f, \"bare_peak_mib\": %.1f}\n", peak_mib, bare_peak_mib);
}

int
main (int argc, char **argv)
{
  guint n_pairs = argc > 1 ? (guint) atoi (argv[1]) : DEFAULT_PAIRS;
  guint64 megabytes = argc > 2 ? (guint64) atoi (argv[2]) : DEFAULT_MEGABYTES;
  char *folder = fr_test_folder_new ();
  g_autofree char *source = g_build_filename (folder, "source", NULL);
  g_autofree char *store = g_build_filename (folder, "store", NULL);
  g_autofree char *content = NULL;
  Job job = { .source = source, .folder = store, .size = megabytes * 1000000 };

  if (n_pairs == 0 || megabytes == 0)
    give_up ("usage: bench-throughput [PAIRS [MEGABYTES]]");
  write_source (source, job.size);
  g_mkdir (store, 0700);
  job.content = content = prepare (&job);
  measure_all (&job, store, n_pairs);
  fr_test_folder_free (folder);
  return 0;
}
