/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-program.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "fr-test-support.h"

#define PATIENCE 20

typedef struct
{
  FrTestProgram *program;
  GString *text;
  char buffer[4096];
} Reader;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reader *reader = data;
  g_autoptr (GError) error = NULL;
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_free (reader); /* the program is freed */
      return;
    }
  if (size <= 0)
    {
      reader->program->n_open--;
      g_free (reader);
      return;
    }
  g_string_append_len (reader->text, reader->buffer, size);
  g_input_stream_read_async (G_INPUT_STREAM (source), reader->buffer, sizeof reader->buffer, G_PRIORITY_DEFAULT,
                             reader->program->reading, read_cb, reader);
}

static void
read_all (FrTestProgram *self, GInputStream *stream, GString *text)
{
  Reader *reader = g_new0 (Reader, 1);

  reader->program = self;
  reader->text = text;
  self->n_open++;
  g_input_stream_read_async (stream, reader->buffer, sizeof reader->buffer, G_PRIORITY_DEFAULT, self->reading, read_cb,
                             reader);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrTestProgram *self = data;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL))
    return; /* self is gone */
  self->ended = TRUE;
  self->status = g_subprocess_get_if_exited (self->process) ? g_subprocess_get_exit_status (self->process)
                                                            : -g_subprocess_get_term_sig (self->process);
}

/* A test that fails aborts, and must not leave its programs behind. */
static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

FrTestProgram *
fr_test_program_start (const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  FrTestProgram *self = g_new0 (FrTestProgram, 1);
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (line, (gpointer) g_getenv ("FRESHET_CLI"));
  g_assert_nonnull (line->pdata[0]);
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (line, (gpointer) *arguments);
  g_ptr_array_add (line, NULL);
  self->out = g_string_new (NULL);
  self->err = g_string_new (NULL);
  self->reading = g_cancellable_new ();
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) line->pdata, &error);
  g_assert_no_error (error);
  read_all (self, g_subprocess_get_stdout_pipe (self->process), self->out);
  read_all (self, g_subprocess_get_stderr_pipe (self->process), self->err);
  g_subprocess_wait_async (self->process, self->reading, ended_cb, self);
  return self;
}

void
fr_test_program_free (FrTestProgram *self)
{
  g_cancellable_cancel (self->reading);
  if (!self->ended)
    {
      g_subprocess_force_exit (self->process);
      g_subprocess_wait (self->process, NULL, NULL);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->process);
  g_object_unref (self->reading);
  g_string_free (self->out, TRUE);
  g_string_free (self->err, TRUE);
  g_free (self);
}

static gboolean
is_over (gpointer data)
{
  FrTestProgram *self = data;

  return self->ended && self->n_open == 0;
}

static void
tell (FrTestProgram *self)
{
  g_autofree char *out = g_strescape (self->out->str, NULL);
  g_autofree char *err = g_strescape (self->err->str, NULL);

  g_test_message ("stdout \"%s\", stderr \"%s\"", out, err);
}

int
fr_test_program_wait (FrTestProgram *self)
{
  if (!fr_test_wait_for (is_over, self, PATIENCE))
    {
      tell (self);
      g_assert_not_reached ();
    }
  return self->status;
}

typedef struct
{
  FrTestProgram *program;
  const char *text;
} Wanted;

static gboolean
is_written (gpointer data)
{
  Wanted *wanted = data;

  return strstr (wanted->program->out->str, wanted->text) != NULL || is_over (wanted->program);
}

void
fr_test_program_wait_for (FrTestProgram *self, const char *text)
{
  Wanted wanted = { .program = self, .text = text };

  fr_test_wait_for (is_written, &wanted, PATIENCE);
  if (strstr (self->out->str, text) == NULL)
    {
      tell (self);
      g_error ("never wrote \"%s\"", text);
    }
}

void
fr_test_program_signal (FrTestProgram *self, int signal_number)
{
  g_subprocess_send_signal (self->process, signal_number);
}

int
fr_test_program_run (const char *const *arguments, char **out_text, char **err_text)
{
  g_autoptr (FrTestProgram) program = fr_test_program_start (arguments);
  int status = fr_test_program_wait (program);

  tell (program);
  if (out_text != NULL)
    *out_text = g_strdup (program->out->str);
  if (err_text != NULL)
    *err_text = g_strdup (program->err->str);
  return status;
}
