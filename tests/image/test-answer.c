/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define PATIENCE_SECONDS 30

char *
test_fixture_path (const char *name)
{
  return g_test_build_filename (G_TEST_BUILT, "image", name, NULL);
}

int
test_fixture_open (const char *name)
{
  g_autofree char *path = test_fixture_path (name);
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_no_errno (fd);
  return fd;
}

/* A file with these bytes, its position at the end. */
int
test_fd_new (const void *data, gsize size)
{
  int fd = memfd_create ("freshet-test", MFD_CLOEXEC);

  g_assert_no_errno (fd);
  g_assert_cmpint (write (fd, data, size), ==, size);
  return fd;
}

void
test_answer_clear (TestAnswer *self)
{
  g_clear_pointer (&self->summary, fr_image_summary_free);
  g_clear_pointer (&self->pixels, fr_image_pixels_free);
  g_clear_pointer (&self->frames, fr_image_frames_free);
  g_clear_pointer (&self->stripped, fr_image_stripped_free);
  g_clear_error (&self->error);
  self->done = FALSE;
}

static void
summarised_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TestAnswer *self = user_data;

  self->summary = fr_image_client_summarise_finish (FR_IMAGE_CLIENT (source), result, &self->error);
  self->done = TRUE;
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TestAnswer *self = user_data;

  self->pixels = fr_image_client_render_finish (FR_IMAGE_CLIENT (source), result, &self->error);
  self->done = TRUE;
}

static void
frames_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TestAnswer *self = user_data;

  self->frames = fr_image_client_frames_finish (FR_IMAGE_CLIENT (source), result, &self->error);
  self->done = TRUE;
}

static void
stripped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TestAnswer *self = user_data;

  self->stripped = fr_image_client_strip_finish (FR_IMAGE_CLIENT (source), result, &self->error);
  self->done = TRUE;
}

/* Takes the descriptor: the client has its own. */
void
test_answer_ask_summary (TestAnswer *self, FrImageClient *client, int fd, GCancellable *cancellable)
{
  fr_image_client_summarise_async (client, fd, cancellable, summarised_cb, self);
  close (fd);
}

void
test_answer_ask_pixels (TestAnswer *self, FrImageClient *client, int fd, guint width, guint height)
{
  fr_image_client_render_async (client, fd, width, height, NULL, rendered_cb, self);
  close (fd);
}

void
test_answer_ask_small_pixels (TestAnswer *self, FrImageClient *client, int fd, guint width, guint height)
{
  fr_image_client_render_small_async (client, fd, width, height, NULL, rendered_cb, self);
  close (fd);
}

void
test_answer_ask_part (TestAnswer *self, FrImageClient *client, int fd, const FrImagePart *part)
{
  fr_image_client_render_part_async (client, fd, part, NULL, rendered_cb, self);
  close (fd);
}

void
test_answer_ask_frames (TestAnswer *self, FrImageClient *client, int fd, guint first, guint n, guint side)
{
  fr_image_client_frames_async (client, fd, first, n, side, side, NULL, frames_cb, self);
  close (fd);
}

void
test_answer_ask_copy (TestAnswer *self, FrImageClient *client, int fd, GCancellable *cancellable)
{
  fr_image_client_strip_async (client, fd, cancellable, stripped_cb, self);
  close (fd);
}

static gboolean
is_done (gpointer data)
{
  return ((TestAnswer *) data)->done;
}

void
test_answer_wait (TestAnswer *self)
{
  fr_test_wait_until (is_done, self, PATIENCE_SECONDS);
}
