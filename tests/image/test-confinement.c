/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The decoding process is shut in, and a loader that tries to get out costs one picture. See bad-loader.c. */

static const FrImageLimits usual = { 20, 60000 };

static FrImageClient *
bad_client_new (void)
{
  g_autofree char *program = test_fixture_path ("bad-loader");

  return fr_image_client_new (program, 1);
}

static void
draw (TestAnswer *answer, FrImageClient *client, const char *deed)
{
  g_autofree char *svg = g_strdup_printf ("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
                                          "<!--deed:%s--><rect width='20' height='20' fill='red'/></svg>",
                                          deed);

  test_answer_ask_pixels (answer, client, test_fd_new (svg, strlen (svg)), 100, 100);
  test_answer_wait (answer);
}

static void
assert_draws (FrImageClient *client)
{
  g_auto (TestAnswer) answer = { 0 };

  draw (&answer, client, "none");
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.pixels->width, ==, 100);
}

/* One plain sentence, and the next picture works. */
static void
assert_costs_one_picture (FrImageClient *client, const char *deed, FrImageError code)
{
  g_autoptr (GError) expected = fr_image_error_new (code);
  g_auto (TestAnswer) answer = { 0 };

  g_test_message ("%s", deed);
  draw (&answer, client, deed);
  g_assert_error (answer.error, FR_IMAGE_ERROR, (int) code);
  g_assert_cmpstr (answer.error->message, ==, expected->message);
  fr_image_pool_set_limits (_fr_image_client_get_pool (client), &usual);
  assert_draws (client);
}

static GPid
get_pid (FrImageClient *client)
{
  return fr_image_pool_get_pid (_fr_image_client_get_pool (client), 0);
}

static void
test_faults (void)
{
  static const struct
  {
    const char *deed;
    FrImageError code;
    guint cpu_seconds;
    gboolean needs_limited_memory;
  } rows[] = {
    { "crash", FR_IMAGE_ERROR_CRASHED, 20, FALSE },
    { "abort", FR_IMAGE_ERROR_CRASHED, 20, FALSE },
    { "loop", FR_IMAGE_ERROR_TOO_COSTLY, 1, FALSE },
    { "allocate", FR_IMAGE_ERROR_TOO_COSTLY, 20, TRUE },
    { "allocate-blindly", FR_IMAGE_ERROR_CRASHED, 20, TRUE },
    { "fork", FR_IMAGE_ERROR_CRASHED, 20, FALSE },
    { "execute", FR_IMAGE_ERROR_CRASHED, 20, FALSE },
    /* It arrives here, since the socket is connected, and makes no sense. */
    { "send-elsewhere", FR_IMAGE_ERROR_CRASHED, 20, FALSE },
  };
  g_autoptr (FrImageClient) client = bad_client_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrImageLimits limits = { rows[i].cpu_seconds, 60000 };
      GPid pid;

      if (rows[i].needs_limited_memory && UNLIMITED_MEMORY)
        continue;
      assert_draws (client);
      pid = get_pid (client);
      fr_image_pool_set_limits (_fr_image_client_get_pool (client), &limits);
      assert_costs_one_picture (client, rows[i].deed, rows[i].code);
      g_assert_cmpint (get_pid (client), !=, pid);
    }
}

/* What ends the process at once. */
static void
test_forbidden (void)
{
  static const char *const calls[] = {
    "socket",    "socket-unix",  "socket-netlink", "socketpair", "connect",        "bind",
    "openat2",   "read",         "execveat",       "kill",       "ptrace",         "process_vm_readv",
    "prlimit64", "rt_sigaction", "prctl",          "seccomp",    "unshare",        "setns",
    "unlinkat",  "ioctl",        "dup-by-fcntl",   "keyctl",     "io_uring_setup", "userfaultfd",
  };
  g_autoptr (FrImageClient) client = bad_client_new ();

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    assert_costs_one_picture (client, calls[i], FR_IMAGE_ERROR_CRASHED);
}

/* What is only refused, since libraries try it: the process is as good as before, and goes on. */
static void
test_refused (void)
{
  static const char *const deeds[] = { "read-file", "create-file", "look", "clone3", "count-descriptors" };
  g_autoptr (FrImageClient) client = bad_client_new ();
  GPid pid;

  assert_draws (client);
  pid = get_pid (client);
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    assert_costs_one_picture (client, deeds[i], FR_IMAGE_ERROR_TRUNCATED);
  g_assert_cmpint (get_pid (client), ==, pid);
  /* Last, since it leaves no descriptor for the next picture. */
  {
    g_auto (TestAnswer) answer = { 0 };

    draw (&answer, client, "hoard");
    g_assert_error (answer.error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_TRUNCATED);
  }
}

static gint64
get_in_status (const char *status, const char *name)
{
  const char *line = strstr (status, name);

  g_assert_nonnull (line);
  return g_ascii_strtoll (line + strlen (name), NULL, 10);
}

/* Each thread by itself. Beside its own filter it has those of its parents. */
static void
assert_shut_in (FrImageClient *client, gint64 n_more_filters)
{
  g_autofree char *our_status = NULL;
  g_autofree char *tasks = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *task;
  guint n_tasks = 0;

  g_assert_true (g_file_get_contents ("/proc/self/status", &our_status, NULL, NULL));
  assert_draws (client);
  tasks = g_strdup_printf ("/proc/%d/task", get_pid (client));
  dir = g_dir_open (tasks, 0, NULL);
  g_assert_nonnull (dir);
  while ((task = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (tasks, task, "status", NULL);
      g_autofree char *status = NULL;

      /* A thread of the libraries may have ended by now. */
      if (!g_file_get_contents (path, &status, NULL, NULL))
        continue;
      n_tasks++;
      g_assert_cmpint (get_in_status (status, "\nNoNewPrivs:"), ==, 1);
      g_assert_cmpint (get_in_status (status, "\nSeccomp:"), ==, 2);
      g_assert_cmpint (get_in_status (status, "\nSeccomp_filters:"), ==,
                       get_in_status (our_status, "\nSeccomp_filters:") + n_more_filters);
    }
  g_assert_cmpuint (n_tasks, >=, 1);
}

static void
test_status (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);

  assert_shut_in (client, 1);
}

/* As in Flatpak: the filter is there all the same, on top of the one from outside. */
static void
test_without_namespaces (void)
{
  g_autofree char *program = test_fixture_path ("without-namespaces");
  g_autoptr (FrImageClient) client = fr_image_client_new (program, 1);

  assert_shut_in (client, 2);
}

/* Rather no pictures at all. */
static void
test_without_filter (void)
{
  g_autofree char *program = test_fixture_path ("without-filter");
  g_autoptr (FrImageClient) client = fr_image_client_new (program, 1);
  g_auto (TestAnswer) answer = { 0 };

  draw (&answer, client, "none");
  g_assert_error (answer.error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_CRASHED);
}

/* The soft limit, with the hard one behind it. */
static guint64
get_limit (const char *limits, const char *name, char **out_hard)
{
  const char *line = strstr (limits, name);

  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen (name), out_hard, 10);
}

static void
assert_limit (const char *limits, const char *name, guint64 value)
{
  char *hard;

  g_assert_cmpuint (get_limit (limits, name, &hard), ==, value);
  g_assert_cmpuint (g_ascii_strtoull (hard, NULL, 10), ==, value);
}

static void
test_limits (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autofree char *path = NULL;
  g_autofree char *limits = NULL;
  guint64 seconds;

  assert_draws (client);
  path = g_strdup_printf ("/proc/%d/limits", get_pid (client));
  g_assert_true (g_file_get_contents (path, &limits, NULL, NULL));
  assert_limit (limits, "Max core file size", 0);
  assert_limit (limits, "Max open files", FR_IMAGE_MAX_OPEN_FILES);
  assert_limit (limits, "Max file size", FR_IMAGE_MAX_WRITTEN_BYTES);
  if (!UNLIMITED_MEMORY)
    assert_limit (limits, "Max address space", FR_IMAGE_MAX_ADDRESS_SPACE);
  /* What it had used by then comes on top. */
  seconds = get_limit (limits, "Max cpu time", NULL);
  g_assert_cmpuint (seconds, >, FR_IMAGE_DEFAULT_CPU_SECONDS);
  g_assert_cmpuint (seconds, <, FR_IMAGE_DEFAULT_CPU_SECONDS + 20);
}

static gboolean
can_have_namespaces (void)
{
  const char *const line[] = { "unshare", "--user", "--map-root-user", "--net", "--mount", "true", NULL };
  int status;

  return g_spawn_sync (NULL, (char **) line, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                       NULL, &status, NULL)
         && status == 0;
}

/* Beside the filter, where the system allows it: a network without a way out, and an empty folder for a root. Only an
 * administrator may look into the process. */
static void
test_namespaces (void)
{
  static const char *const kinds[] = { "net", "mnt", "ipc", "user" };
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_autofree char *root = NULL;
  g_autoptr (GDir) dir = NULL;

  assert_draws (client);
  root = g_strdup_printf ("/proc/%d/root", get_pid (client));
  dir = g_dir_open (root, 0, NULL);
  if (dir == NULL || !can_have_namespaces ())
    {
      g_test_skip ("namespaces cannot be had, or not be looked at");
      return;
    }
  g_assert_null (g_dir_read_name (dir));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *our_path = g_strdup_printf ("/proc/self/ns/%s", kinds[i]);
      g_autofree char *its_path = g_strdup_printf ("/proc/%d/ns/%s", get_pid (client), kinds[i]);
      g_autofree char *ours = g_file_read_link (our_path, NULL);
      g_autofree char *its = g_file_read_link (its_path, NULL);

      g_assert_nonnull (ours);
      g_assert_nonnull (its);
      g_assert_cmpstr (ours, !=, its);
    }
}

/* What we have open, and forgot to close when a program is started, it does not get. */
static void
test_no_descriptor_leaks_in (void)
{
  int leaks[4];

  for (guint i = 0; i < G_N_ELEMENTS (leaks); i++)
    leaks[i] = fcntl (STDERR_FILENO, F_DUPFD, i < 2 ? 0 : 200);
  {
    g_autoptr (FrImageClient) client = bad_client_new ();

    assert_costs_one_picture (client, "count-descriptors", FR_IMAGE_ERROR_TRUNCATED);
  }
  for (guint i = 0; i < G_N_ELEMENTS (leaks); i++)
    close (leaks[i]);
}

/* A preview that never ends costs two seconds and not twenty, and no other picture. */
static void
test_small (void)
{
  static const char loop[] = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><!--deed:loop--></svg>";
  g_autoptr (FrImageClient) client = bad_client_new ();
  g_auto (TestAnswer) answer = { 0 }, good = { 0 };
  g_autofree char *limits = NULL;
  g_autofree char *path = NULL;

  assert_draws (client);
  test_answer_ask_small_pixels (&answer, client, test_fd_new (loop, strlen (loop)), 100, 100);
  path = g_strdup_printf ("/proc/%d/limits", get_pid (client));
  g_assert_true (g_file_get_contents (path, &limits, NULL, NULL));
  g_assert_cmpuint (get_limit (limits, "Max cpu time", NULL), <, FR_IMAGE_DEFAULT_CPU_SECONDS);
  test_answer_wait (&answer);
  g_assert_error (answer.error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_TOO_COSTLY);
  assert_draws (client);
}

void
test_confinement_add (void)
{
  g_test_add_func ("/image/confinement/faults", test_faults);
  g_test_add_func ("/image/confinement/small", test_small);
  g_test_add_func ("/image/confinement/forbidden", test_forbidden);
  g_test_add_func ("/image/confinement/refused", test_refused);
  g_test_add_func ("/image/confinement/status", test_status);
  g_test_add_func ("/image/confinement/without-namespaces", test_without_namespaces);
  g_test_add_func ("/image/confinement/without-filter", test_without_filter);
  g_test_add_func ("/image/confinement/limits", test_limits);
  g_test_add_func ("/image/confinement/namespaces", test_namespaces);
  g_test_add_func ("/image/confinement/no-descriptor-leaks-in", test_no_descriptor_leaks_in);
}
