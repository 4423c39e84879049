/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"

#include <glib/gstdio.h>

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
fr_test_wait_for (FrTestCondition condition, gpointer data, double seconds)
{
  GMainContext *context = g_main_context_get_thread_default ();
  g_autoptr (GSource) wake = g_timeout_source_new (20);
  gint64 deadline = g_get_monotonic_time () + (gint64) (seconds * FR_TEST_PATIENCE * G_USEC_PER_SEC);
  gboolean met;

  g_source_set_callback (wake, wake_cb, NULL, NULL);
  g_source_attach (wake, context);
  while (!(met = condition (data)) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (wake);
  return met;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
fr_test_assert_finalizes (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  fr_test_wait_until (is_gone, &weak, 5);
}

GRand *
fr_test_rand_new (void)
{
  const char *given = g_getenv ("FRESHET_TEST_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();

  g_test_message ("FRESHET_TEST_SEED=%u", seed);
  return g_rand_new_with_seed (seed);
}

char *
fr_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("freshet-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
fr_test_folder_free (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        fr_test_folder_free (g_steal_pointer (&path));
      else
        g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

/* Those of GLib and GStreamer that stay, and the first one. */
static gboolean
is_lasting (const char *name)
{
  static const char *const lasting[] = { "pool-spawner", "gmain", "gdbus", "dconf", "SCTP", "GstSystemClock", "test-" };

  for (gsize i = 0; i < G_N_ELEMENTS (lasting); i++)
    if (g_str_has_prefix (name, lasting[i]))
      return TRUE;
  return FALSE;
}

static gboolean
are_all_lasting (gpointer data)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  gboolean lasting = TRUE;
  const char *id;

  while (lasting && tasks != NULL && (id = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", id, "comm", NULL), *name = NULL;

      lasting = !g_file_get_contents (path, &name, NULL, NULL) || is_lasting (name);
    }
  return lasting;
}

int
fr_test_run (void)
{
  int status = g_test_run ();

  g_thread_pool_set_max_unused_threads (0); /* nor is seen what those have of their own that wait for work */
  fr_test_wait_for (are_all_lasting, NULL, 5);
  return status;
}
