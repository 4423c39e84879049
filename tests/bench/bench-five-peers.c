/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fr-bench-numbers.h"
#include "fr-bench-peer.h"
#include "fr-bench-pictures.h"
#include "fr-bench-ping.h"
#include "fr-bench-trial.h"

/* Five peers in a line, each a process of its own, on loopback. Both ends ask, in turn, for pictures one to four
 * links away; each query is for a word that nobody has asked for, at least a second after the asker's last one, over
 * links that are up, with no channel made for the holder before. Progress is on stderr; the last line of stdout is one
 * JSON object. */

#define N_PEERS 5
#define N_CASES 7
#define N_SEARCHES 10 /* of a sitting */
#define WORD_LETTERS 9

#define ASK_EVERY_US (G_USEC_PER_SEC + 5 * 1000) /* one asker */
#define TRIAL_EVERY_US (G_USEC_PER_SEC / 2)      /* both askers, so that neither disturbs the other */
#define MAX_RUNS 100
#define SHARE_SECONDS 300
#define MAX_FAILED_SHARE 0.05

static const struct
{
  const char *name;
  guint n_holders;
  guint hops[FR_BENCH_MAX_HOLDERS]; /* the farther first */
} cases[N_CASES] = {
  { "4", 1, { 4 } },      { "3", 1, { 3 } },      { "2", 1, { 2 } },      { "1", 1, { 1 } },
  { "3v2", 2, { 3, 2 } }, { "3v1", 2, { 3, 1 } }, { "2v1", 2, { 2, 1 } },
};

static const guint lone_case_of_hops[] = { 0, 3, 2, 1, 0 };

/* One query that will be asked. Each has pictures of its own: one that has come would not be fetched again. */
typedef struct
{
  char *word;
  guint case_index;
  guint size;
  guint asker;
} Plan;

typedef struct
{
  FrBenchNumbers *hit, *preview, *picture, *second;
} Measures;

typedef struct
{
  /* what is asked for */
  int n_runs;
  int n_sittings;
  char *programs; /* folder of the build */
  char *pictures;

  /* set up */
  char *folder;
  char *program;
  char *server_address;
  GSubprocess *server;
  FrBenchPeer *peers[N_PEERS];
  char *shared[N_PEERS];         /* folder of what a peer is to share */
  GHashTable *contents[N_PEERS]; /* title -> content id */
  GArray *plans;    /* of Plan: the cases */
  GArray *sittings; /* of Plan: N_SEARCHES for each sitting */
  GRand *rand;

  /* results */
  Measures measures[N_CASES][FR_BENCH_N_SIZES];
  FrBenchNumbers *tenth_hit, *tenth_picture;
  double one_way_us;
  guint n_asked, n_failed;
  gint64 asked_us[N_PEERS];
  gint64 last_us;
} Bench;

static const char *const names[N_PEERS] = { "one", "two", "three", "four", "five" };

static guint
get_holder (guint asker, guint hops)
{
  return asker == 0 ? hops : asker - hops;
}

static char *
make_word (Bench *bench)
{
  char word[WORD_LETTERS + 1] = "";

  for (guint i = 0; i < WORD_LETTERS; i++)
    word[i] = (char) g_rand_int_range (bench->rand, 'a', 'z' + 1);
  return g_strdup (word);
}

static gboolean
make_pictures (Bench *bench, const Plan *plan, GError **error)
{
  for (guint i = 0; i < cases[plan->case_index].n_holders; i++)
    {
      guint holder = get_holder (plan->asker, cases[plan->case_index].hops[i]);
      g_autoptr (GBytes) picture = fr_bench_make_picture (bench->pictures, plan->size, holder, error);
      g_autofree char *name = g_strconcat (plan->word, ".jpg", NULL);
      g_autofree char *path = g_build_filename (bench->shared[holder], name, NULL);

      if (picture == NULL || !fr_bench_write_picture (picture, plan->word, path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_plan (Bench *bench, GArray *plans, guint case_index, guint size, guint asker, GError **error)
{
  Plan plan = { .word = make_word (bench), .case_index = case_index, .size = size, .asker = asker };

  g_array_append_val (plans, plan);
  return make_pictures (bench, &plan, error);
}

/* The number of cases and sizes is odd: the askers change with every query, and for each case with every run. */
static gboolean
make_plans (Bench *bench, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < N_PEERS; i++)
    {
      bench->shared[i] = g_build_filename (bench->folder, "shared", names[i], NULL);
      g_mkdir_with_parents (bench->shared[i], 0700);
    }
  bench->plans = g_array_new (FALSE, FALSE, sizeof (Plan));
  bench->sittings = g_array_new (FALSE, FALSE, sizeof (Plan));
  for (int run = 0; run < bench->n_runs; run++)
    for (guint case_index = 0; case_index < N_CASES; case_index++)
      for (guint size = 0; size < FR_BENCH_N_SIZES; size++)
        if (!add_plan (bench, bench->plans, case_index, size, n++ % 2 == 0 ? 0 : N_PEERS - 1, error))
          return FALSE;
  for (int sitting = 0; sitting < bench->n_sittings; sitting++)
    for (guint search = 0; search < N_SEARCHES; search++)
      if (!add_plan (bench, bench->sittings, 0, 0, sitting % 2 == 0 ? 0 : N_PEERS - 1, error))
        return FALSE;
  return TRUE;
}

static void
shared_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  GHashTable *contents = data;

  if (g_strcmp0 (fr_control_get_string (answer, "event"), "shared") == 0)
    g_hash_table_insert (contents, g_strdup (fr_control_get_string (answer, "title")),
                         g_strdup (fr_control_get_string (answer, "content")));
  else if (g_strcmp0 (fr_control_get_string (answer, "event"), "failed") == 0)
    g_printerr ("%s: %s\n", fr_control_get_string (answer, "file"), fr_control_get_string (answer, "error"));
}

static gboolean
share (Bench *bench, guint peer, GError **error)
{
  g_autofree char *uri = g_filename_to_uri (bench->shared[peer], NULL, error);
  const char *const uris[] = { uri, NULL };
  JsonObject *add = fr_control_request ("gallery-add");

  bench->contents[peer] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fr_control_set_strings (add, "uris", uris);
  fr_control_set_string (add, "audience", "everyone");
  json_object_set_boolean_member (add, "keep-metadata", TRUE); /* they differ by what they tell beside the picture */
  return fr_bench_peer_ask_for (bench->peers[peer], SHARE_SECONDS, add, shared_cb, bench->contents[peer], error);
}

/* Each connects to the one before; the last two the other way round, so that the ends are the ones who dial. */
static const char *
get_neighbour (guint peer)
{
  static const char *const neighbours[N_PEERS] = { "two", "three", NULL, "three", "four" };

  return neighbours[peer];
}

static gboolean
start_peer (Bench *bench, guint peer, GError **error)
{
  return fr_bench_peer_start (bench->peers[peer], bench->program, bench->server_address, get_neighbour (peer), error);
}

static gboolean
start_peers (Bench *bench, GError **error)
{
  static const guint order[N_PEERS] = { 2, 1, 3, 0, 4 };

  bench->server = fr_bench_start_server (bench->program, 0, &bench->server_address, error);
  if (bench->server == NULL)
    return FALSE;
  for (guint i = 0; i < N_PEERS; i++)
    bench->peers[i] = fr_bench_peer_new (bench->folder, names[i]);
  for (guint i = 0; i < N_PEERS; i++)
    if (!start_peer (bench, order[i], error))
      return FALSE;
  for (guint peer = 0; peer < N_PEERS; peer++)
    if (!share (bench, peer, error))
      return FALSE;
  for (guint peer = 0; peer < N_PEERS; peer++)
    if (!fr_bench_peer_wait_for_people (bench->peers[peer], peer == 0 || peer == N_PEERS - 1 ? 1 : 2, error))
      return FALSE;
  return TRUE;
}

/* Asks when it is time to. */
static gboolean
ask (Bench *bench, const Plan *plan, FrBenchTrial *out_trial)
{
  FrBenchTrial trial = { .word = plan->word, .n_holders = cases[plan->case_index].n_holders };
  gint64 due_us = MAX (bench->asked_us[plan->asker] + ASK_EVERY_US, bench->last_us + TRIAL_EVERY_US);
  gboolean ok;

  for (guint i = 0; i < trial.n_holders; i++)
    trial.contents[i] = g_hash_table_lookup (
        bench->contents[get_holder (plan->asker, cases[plan->case_index].hops[i])], plan->word);
  fr_bench_rest (due_us);
  bench->asked_us[plan->asker] = bench->last_us = g_get_monotonic_time ();
  ok = fr_bench_trial_run (&trial, bench->peers[plan->asker]);
  bench->n_asked++;
  bench->n_failed += ok ? 0 : 1;
  *out_trial = trial;
  return ok;
}

static void
run_cases (Bench *bench)
{
  for (guint i = 0; i < bench->plans->len; i++)
    {
      const Plan *plan = &g_array_index (bench->plans, Plan, i);
      Measures *measures = &bench->measures[plan->case_index][plan->size];
      FrBenchTrial trial;

      if (i % (N_CASES * FR_BENCH_N_SIZES) == 0)
        g_printerr ("run %u of %d\n", i / (N_CASES * FR_BENCH_N_SIZES) + 1, bench->n_runs);
      if (!ask (bench, plan, &trial))
        continue;
      fr_bench_numbers_add (measures->hit, trial.hit_ms);
      if (!isnan (trial.preview_ms))
        fr_bench_numbers_add (measures->preview, trial.preview_ms);
      fr_bench_numbers_add (measures->picture, trial.picture_ms[trial.n_holders - 1]);
      if (trial.n_holders > 1)
        fr_bench_numbers_add (measures->second, trial.picture_ms[0]);
    }
}

/* Two sittings at a time, one at each end: the askers start anew, then search in turn. */
static gboolean
run_sittings (Bench *bench, GError **error)
{
  for (int sitting = 0; sitting + 1 < bench->n_sittings; sitting += 2)
    {
      FrBenchTrial first[2], last[2];
      gboolean ok[2] = { TRUE, TRUE };

      g_printerr ("sittings %d and %d of %d\n", sitting + 1, sitting + 2, bench->n_sittings);
      for (guint peer = 0; peer < N_PEERS; peer += N_PEERS - 1)
        {
          fr_bench_peer_stop (bench->peers[peer]);
          if (!start_peer (bench, peer, error))
            return FALSE;
        }
      for (guint search = 0; search < N_SEARCHES; search++)
        for (guint side = 0; side < 2; side++)
          {
            const Plan *plan = &g_array_index (bench->sittings, Plan, (sitting + side) * N_SEARCHES + search);

            ok[side] = ask (bench, plan, search == 0 ? &first[side] : &last[side]) && ok[side];
          }
      for (guint side = 0; side < 2; side++)
        if (ok[side])
          {
            fr_bench_numbers_add (bench->tenth_hit, last[side].hit_ms / first[side].hit_ms);
            fr_bench_numbers_add (bench->tenth_picture, last[side].picture_ms[0] / first[side].picture_ms[0]);
          }
    }
  return TRUE;
}

static JsonObject *
report_size (Bench *bench, guint case_index, guint size)
{
  Measures *measures = &bench->measures[case_index][size];
  JsonObject *object = json_object_new ();
  Measures *lone;

  fr_bench_numbers_report (measures->hit, object, "hit_ms");
  fr_bench_numbers_report (measures->preview, object, "preview_ms");
  fr_bench_numbers_report (measures->picture, object, "picture_ms");
  if (cases[case_index].n_holders < 2)
    return object;
  lone = &bench->measures[lone_case_of_hops[cases[case_index].hops[0]]][size];
  fr_bench_numbers_report (measures->second, object, "second_ms");
  fr_bench_report_number (object, "second_ratio",
                          fr_bench_numbers_get_median (measures->second)
                              / fr_bench_numbers_get_median (lone->picture));
  return object;
}

static JsonObject *
report_cases (Bench *bench)
{
  JsonObject *object = json_object_new ();

  for (guint case_index = 0; case_index < N_CASES; case_index++)
    {
      JsonObject *sizes = json_object_new ();

      for (guint size = 0; size < FR_BENCH_N_SIZES; size++)
        json_object_set_object_member (sizes, fr_bench_sizes[size].name, report_size (bench, case_index, size));
      json_object_set_object_member (object, cases[case_index].name, sizes);
    }
  return object;
}

/* The worst of all pairs and sizes: what the bound is for. */
static double
get_worst_second_ratio (Bench *bench)
{
  double worst = NAN;

  for (guint case_index = 0; case_index < N_CASES; case_index++)
    for (guint size = 0; size < FR_BENCH_N_SIZES; size++)
      if (cases[case_index].n_holders > 1)
        {
          guint lone = lone_case_of_hops[cases[case_index].hops[0]];

          worst = fmax (worst, fr_bench_numbers_get_median (bench->measures[case_index][size].second)
                                   / fr_bench_numbers_get_median (bench->measures[lone][size].picture));
        }
  return worst;
}

static void
report (Bench *bench, double seconds)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  /* Three more links are crossed there, and three back. */
  double per_hop_us = (fr_bench_numbers_get_median (bench->measures[0][0].hit)
                       - fr_bench_numbers_get_median (bench->measures[3][0].hit))
                      / 6 * 1000;
  double tenth_hit = fr_bench_numbers_get_median (bench->tenth_hit);
  double tenth_picture = fr_bench_numbers_get_median (bench->tenth_picture);

  json_object_set_int_member (object, "runs", bench->n_runs);
  json_object_set_int_member (object, "sittings", bench->n_sittings);
  json_object_set_int_member (object, "asked", bench->n_asked);
  json_object_set_int_member (object, "failed", bench->n_failed);
  fr_bench_report_number (object, "one_way_us", bench->one_way_us);
  fr_bench_report_number (object, "per_hop_us", per_hop_us);
  fr_bench_report_number (object, "per_hop_ratio", per_hop_us / bench->one_way_us);
  fr_bench_report_number (object, "second_ratio", get_worst_second_ratio (bench));
  fr_bench_report_number (object, "tenth_hit_ratio", tenth_hit);
  fr_bench_report_number (object, "tenth_picture_ratio", tenth_picture);
  fr_bench_report_number (object, "tenth_ratio", fmax (tenth_hit, tenth_picture));
  fr_bench_report_number (object, "seconds", seconds);
  json_object_set_object_member (object, "cases", report_cases (bench));
  json_node_set_object (root, object);
  text = json_to_string (root, FALSE);
  printf ("%s\n", text);
  fflush (stdout);
}

static gboolean
run (Bench *bench, const char *own_program, GError **error)
{
  g_printerr ("making pictures in %s and %s\n", bench->pictures, bench->folder);
  if (!make_plans (bench, error))
    return FALSE;
  g_printerr ("starting five peers\n");
  if (!start_peers (bench, error))
    return FALSE;
  g_printerr ("measuring a bare channel\n");
  bench->one_way_us = fr_bench_ping_measure (own_program, error);
  if (bench->one_way_us <= 0)
    return FALSE;
  run_cases (bench);
  if (!run_sittings (bench, error))
    return FALSE;
  if (bench->n_failed <= MAX_FAILED_SHARE * bench->n_asked)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%u of %u searches failed", bench->n_failed, bench->n_asked);
  return FALSE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        remove_folder (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

static void
tear_down (Bench *bench, gboolean keep)
{
  for (guint i = 0; i < N_PEERS; i++)
    if (bench->peers[i] != NULL)
      fr_bench_peer_free (bench->peers[i]);
  if (bench->server != NULL)
    fr_bench_stop (bench->server);
  if (!keep)
    remove_folder (bench->folder);
}

static void
set_up (Bench *bench, const char *own_folder)
{
  const char *program = g_getenv ("FRESHET_CLI");
  g_autofree char *image = g_build_filename (own_folder, "..", "..", "src", "image", "freshet-image", NULL);

  bench->rand = g_rand_new_with_seed (1);
  bench->program = program != NULL ? g_strdup (program)
                                   : g_build_filename (own_folder, "..", "..", "src", "cli", "freshet-cli", NULL);
  g_setenv ("FRESHET_IMAGE", image, FALSE);
  bench->pictures = g_build_filename (own_folder, "pictures", NULL);
  bench->folder = g_dir_make_tmp ("freshet-bench-XXXXXX", NULL);
  bench->tenth_hit = fr_bench_numbers_new ();
  bench->tenth_picture = fr_bench_numbers_new ();
  for (guint i = 0; i < N_CASES; i++)
    for (guint j = 0; j < FR_BENCH_N_SIZES; j++)
      bench->measures[i][j] = (Measures) { fr_bench_numbers_new (), fr_bench_numbers_new (), fr_bench_numbers_new (),
                                           fr_bench_numbers_new () };
}

static gboolean
parse_options (Bench *bench, int *argc, char ***argv, GError **error)
{
  gboolean quick = FALSE;
  const GOptionEntry entries[] = {
    { "runs", 0, 0, G_OPTION_ARG_INT, &bench->n_runs, "Of each case and size (default: 20)", "N" },
    { "sittings", 0, 0, G_OPTION_ARG_INT, &bench->n_sittings, "Of ten searches; an even number (default: 20)", "N" },
    { "quick", 0, 0, G_OPTION_ARG_NONE, &quick, "Two runs and two sittings: whether it works", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- five peers in a line");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (quick)
    bench->n_runs = bench->n_sittings = 2;
  bench->n_runs = CLAMP (bench->n_runs, 1, MAX_RUNS);
  bench->n_sittings = CLAMP (bench->n_sittings, 0, MAX_RUNS);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Bench bench = { .n_runs = 20, .n_sittings = 20 };
  g_autofree char *own_program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *own_folder = g_path_get_dirname (own_program);
  g_autoptr (GError) error = NULL;
  gint64 started_us = g_get_monotonic_time ();
  gboolean ok;

  if (argc == 2 && g_str_has_prefix (argv[1], "--ping-"))
    return fr_bench_ping_main (argv[1]);
  if (!parse_options (&bench, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  set_up (&bench, own_folder);
  ok = run (&bench, own_program, &error);
  tear_down (&bench, !ok);
  if (!ok)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  report (&bench, (double) (g_get_monotonic_time () - started_us) / G_USEC_PER_SEC);
  return 0;
}
