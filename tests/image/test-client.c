/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static FrImageClient *
fake_client_new (guint n_processes)
{
  g_autofree char *program = test_fixture_path ("fake-image");

  return fr_image_client_new (program, n_processes);
}

static void
ask (TestAnswer *answer, FrImageClient *client, const char *deed, GCancellable *cancellable)
{
  test_answer_ask_summary (answer, client, test_fd_new (deed, strlen (deed)), cancellable);
}

static void
assert_works (FrImageClient *client)
{
  g_auto (TestAnswer) answer = { 0 };

  ask (&answer, client, "good", NULL);
  test_answer_wait (&answer);
  g_assert_no_error (answer.error);
}

static gboolean
has_no_process (gpointer data)
{
  return fr_image_pool_get_pid (_fr_image_client_get_pool (data), 0) == 0;
}

static void
test_killed_at_work (void)
{
  g_autoptr (FrImageClient) client = fake_client_new (1);
  g_auto (TestAnswer) answer = { 0 };
  g_auto (TestAnswer) next = { 0 };
  GPid pid;

  g_assert_true (has_no_process (client));
  ask (&answer, client, "never", NULL);
  ask (&next, client, "good", NULL);
  pid = fr_image_pool_get_pid (_fr_image_client_get_pool (client), 0);
  g_assert_cmpint (pid, >, 0);
  g_assert_no_errno (kill (pid, SIGKILL));
  test_answer_wait (&answer);
  g_assert_error (answer.error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_CRASHED);
  test_answer_wait (&next);
  g_assert_no_error (next.error);
  g_assert_cmpint (fr_image_pool_get_pid (_fr_image_client_get_pool (client), 0), !=, pid);
}

static void
test_killed_at_rest (void)
{
  g_autoptr (FrImageClient) client = fake_client_new (1);

  assert_works (client);
  g_assert_no_errno (kill (fr_image_pool_get_pid (_fr_image_client_get_pool (client), 0), SIGKILL));
  fr_test_wait_until (has_no_process, client, 10);
  assert_works (client);
}

static void
test_no_program (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new ("/nonexistent/freshet-image", 2);

  for (guint i = 0; i < 3; i++)
    {
      g_auto (TestAnswer) answer = { 0 };

      ask (&answer, client, "good", NULL);
      test_answer_wait (&answer);
      g_assert_error (answer.error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_CRASHED);
    }
}

static void
test_program_from_environment (void)
{
  g_autofree char *program = test_fixture_path ("fake-image");
  g_autoptr (FrImageClient) client = NULL;

  g_setenv ("FRESHET_IMAGE", program, TRUE);
  client = fr_image_client_new (NULL, 1);
  g_unsetenv ("FRESHET_IMAGE");
  assert_works (client);
}

static void
test_bad_descriptor (void)
{
  g_autoptr (FrImageClient) client = fake_client_new (1);
  g_auto (TestAnswer) answer = { 0 };

  test_answer_ask_summary (&answer, client, G_MAXINT, NULL);
  test_answer_wait (&answer);
  g_assert_nonnull (answer.error);
  g_assert_true (answer.error->domain == G_IO_ERROR);
}

/* Before it is begun, while it waits and while it is worked on. */
static void
test_cancel (void)
{
  g_autoptr (FrImageClient) client = fake_client_new (1);
  GCancellable *cancellables[] = { g_cancellable_new (), g_cancellable_new (), g_cancellable_new () };
  TestAnswer answers[3] = { 0 };
  GPid pid;

  g_cancellable_cancel (cancellables[0]);
  ask (&answers[0], client, "good", cancellables[0]);
  g_assert_true (has_no_process (client));
  ask (&answers[1], client, "never", cancellables[1]);
  ask (&answers[2], client, "good", cancellables[2]);
  pid = fr_image_pool_get_pid (_fr_image_client_get_pool (client), 0);
  g_cancellable_cancel (cancellables[2]);
  g_cancellable_cancel (cancellables[1]);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      test_answer_wait (&answers[i]);
      g_assert_error (answers[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      test_answer_clear (&answers[i]);
      g_object_unref (cancellables[i]);
    }

  g_assert_cmpint (fr_image_pool_get_pid (_fr_image_client_get_pool (client), 0), ==, pid);
  g_assert_no_errno (kill (pid, SIGKILL));
  assert_works (client);
}

static void
test_rendering_goes_first (void)
{
  g_autoptr (FrImageClient) client = fr_image_client_new (FRESHET_IMAGE_PROGRAM, 1);
  g_auto (TestAnswer) first = { 0 };
  g_auto (TestAnswer) second = { 0 };
  g_auto (TestAnswer) urgent = { 0 };

  test_answer_ask_summary (&first, client, test_fixture_open ("photograph.png"), NULL);
  test_answer_ask_summary (&second, client, test_fixture_open ("photograph.png"), NULL);
  test_answer_ask_pixels (&urgent, client, test_fixture_open ("photograph.png"), 100, 100);
  test_answer_wait (&urgent);
  g_assert_no_error (urgent.error);
  g_assert_true (first.done);
  g_assert_false (second.done);
  test_answer_wait (&second);
  g_assert_no_error (second.error);
}

static void
test_several_processes (void)
{
  g_autoptr (FrImageClient) client = fake_client_new (2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (TestAnswer) stuck = { 0 };

  ask (&stuck, client, "never", cancellable);
  assert_works (client);
  assert_works (client);
  g_assert_false (stuck.done);
  g_cancellable_cancel (cancellable);
  test_answer_wait (&stuck);
}

static void
test_too_many_waiting (void)
{
  g_autoptr (FrImageClient) client = fake_client_new (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree TestAnswer *answers = g_new0 (TestAnswer, 1 + FR_IMAGE_MAX_WAITING);
  g_auto (TestAnswer) refused = { 0 };

  for (guint i = 0; i < 1 + FR_IMAGE_MAX_WAITING; i++)
    ask (&answers[i], client, "never", cancellable);
  ask (&refused, client, "good", NULL);
  test_answer_wait (&refused);
  g_assert_error (refused.error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_BUSY);

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < 1 + FR_IMAGE_MAX_WAITING; i++)
    {
      test_answer_wait (&answers[i]);
      g_assert_error (answers[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      test_answer_clear (&answers[i]);
    }
}

typedef struct
{
  FrImageClient *client;
  TestAnswer answer;
  GThread *caller;
  gint finished;
} Call;

static gpointer
call_thread (gpointer data)
{
  Call *call = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  for (guint i = 0; i < 5; i++)
    {
      test_answer_clear (&call->answer);
      ask (&call->answer, call->client, "good", NULL);
      test_answer_wait (&call->answer);
      g_assert_no_error (call->answer.error);
    }
  g_main_context_pop_thread_default (context);
  g_object_unref (call->client);
  g_atomic_int_set (&call->finished, 1);
  return NULL;
}

static gboolean
is_finished (gpointer data)
{
  return g_atomic_int_get (&((Call *) data)->finished);
}

/* Two threads ask, a third one (this) works; the last reference goes in one of the two. */
static void
test_any_thread (void)
{
  g_autoptr (FrImageClient) client = fake_client_new (2);
  Call calls[2] = { { g_object_ref (client) }, { g_object_ref (client) } };

  g_clear_object (&client);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i].caller = g_thread_new ("caller", call_thread, &calls[i]);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      fr_test_wait_until (is_finished, &calls[i], 20);
      g_thread_join (calls[i].caller);
      test_answer_clear (&calls[i].answer);
    }
}

static void
drop_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FrImageClient **client = user_data;
  g_autoptr (FrImageSummary) summary = fr_image_client_summarise_finish (*client, result, NULL);

  g_assert_nonnull (summary);
  g_clear_object (client);
}

static gboolean
is_dropped (gpointer data)
{
  return *(FrImageClient **) data == NULL;
}

static void
test_dropped_in_callback (void)
{
  FrImageClient *client = fake_client_new (1);
  int fd = test_fd_new ("good", 4);

  fr_image_client_summarise_async (client, fd, NULL, drop_cb, &client);
  close (fd);
  fr_test_wait_until (is_dropped, &client, 20);
}

static gboolean
is_gone (gpointer data)
{
  return kill (*(GPid *) data, 0) != 0;
}

static void
test_processes_end_with_client (void)
{
  FrImageClient *client = fake_client_new (1);
  GPid pid;

  assert_works (client);
  pid = fr_image_pool_get_pid (_fr_image_client_get_pool (client), 0);
  g_object_unref (client);
  fr_test_wait_until (is_gone, &pid, 10);
}

void
test_client_add (void)
{
  g_test_add_func ("/image/client/killed-at-work", test_killed_at_work);
  g_test_add_func ("/image/client/killed-at-rest", test_killed_at_rest);
  g_test_add_func ("/image/client/no-program", test_no_program);
  g_test_add_func ("/image/client/program-from-environment", test_program_from_environment);
  g_test_add_func ("/image/client/bad-descriptor", test_bad_descriptor);
  g_test_add_func ("/image/client/cancel", test_cancel);
  g_test_add_func ("/image/client/rendering-goes-first", test_rendering_goes_first);
  g_test_add_func ("/image/client/several-processes", test_several_processes);
  g_test_add_func ("/image/client/too-many-waiting", test_too_many_waiting);
  g_test_add_func ("/image/client/any-thread", test_any_thread);
  g_test_add_func ("/image/client/dropped-in-callback", test_dropped_in_callback);
  g_test_add_func ("/image/client/processes-end-with-client", test_processes_end_with_client);
}
