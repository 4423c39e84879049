/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-passphrase.h"

#include "fr-cli-options.h"
#include "fr-control-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* More than any passphrase has: the rest of a file is not looked at. */
#define MAX_LINE 4096

typedef struct
{
  int fd;
  char line[MAX_LINE + 1];
  gsize size;
  gboolean ended;
} Reading;

/* Takes what there is, up to the end of the line; what is typed after it is for nobody. */
static gboolean
take (Reading *reading)
{
  gssize n;
  char c;

  do
    n = read (reading->fd, &c, 1);
  while (n < 0 && errno == EINTR);
  if (n < 0 && errno == EAGAIN)
    return TRUE;
  if (n <= 0 || c == '\n' || reading->size == MAX_LINE)
    reading->ended = TRUE;
  else
    reading->line[reading->size++] = c;
  return !reading->ended;
}

static gboolean
readable_cb (int fd, GIOCondition condition, gpointer data)
{
  return take (data);
}

static void
stopped_cb (GCancellable *stop, gpointer context)
{
  g_main_context_wakeup (context);
}

static char *
read_line (int fd, GCancellable *stop, GError **error)
{
  g_autoptr (GSource) source = g_unix_fd_source_new (fd, G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_autofree Reading *reading = g_new0 (Reading, 1);
  char *line = NULL;
  gulong wake;

  reading->fd = fd;
  g_source_set_callback (source, G_SOURCE_FUNC (readable_cb), reading, NULL);
  g_source_attach (source, NULL);
  wake = g_cancellable_connect (stop, G_CALLBACK (stopped_cb), NULL, NULL);
  while (!reading->ended && !g_cancellable_is_cancelled (stop))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_disconnect (stop, wake);
  g_source_destroy (source);
  if (reading->ended)
    line = g_strndup (reading->line, reading->size);
  else
    g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_CANCELLED, "Stopped.");
  explicit_bzero (reading, sizeof *reading);
  return line;
}

static void
say (int fd, const char *text)
{
  gssize n G_GNUC_UNUSED = write (fd, text, strlen (text));
}

/* Whatever happens, the terminal shows again what is typed. */
static char *
ask (int fd, const char *question, GCancellable *stop, GError **error)
{
  struct termios before, silent;
  gboolean changed = tcgetattr (fd, &before) == 0;
  char *line;

  if (changed)
    {
      silent = before;
      silent.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (fd, TCSAFLUSH, &silent);
    }
  say (fd, question);
  line = read_line (fd, stop, error);
  say (fd, "\n");
  if (changed)
    tcsetattr (fd, TCSAFLUSH, &before);
  return line;
}

static char *
ask_on (int fd, gboolean is_new, GCancellable *stop, GError **error)
{
  char *first = ask (fd, is_new ? "New passphrase for this backup: " : "Passphrase of this backup: ", stop, error);
  char *second;
  gboolean same;

  if (first == NULL || !is_new)
    return first;
  second = ask (fd, "The same once more: ", stop, error);
  same = g_strcmp0 (first, second) == 0;
  if (second != NULL && !same)
    fr_cli_set_usage_error (error, "These were two different passphrases; nothing was done.");
  fr_passphrase_free (second);
  if (same)
    return first;
  fr_passphrase_free (first);
  return NULL;
}

static char *
read_file (const char *path, GCancellable *stop, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  char *line;

  if (fd < 0)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_NOTHING_FOUND, "%s cannot be read: %s.", shown,
                   g_strerror (errno));
      return NULL;
    }
  line = read_line (fd, stop, error);
  close (fd);
  return line;
}

/**
 * fr_passphrase_read:
 * @file: (nullable) (type filename): where it is; %NULL: on the terminal
 * @is_new: whether something will be locked with it, so that it is asked for twice
 * @stop: to give up
 * @error: (out): %FR_CONTROL_ERROR, or %G_OPTION_ERROR where there is no terminal either
 *
 * Returns: (transfer full) (nullable): the passphrase; fr_passphrase_free() frees it
 */
char *
fr_passphrase_read (const char *file, gboolean is_new, GCancellable *stop, GError **error)
{
  char *passphrase;
  int fd;

  if (file != NULL)
    return read_file (file, stop, error);
  fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    {
      fr_cli_set_usage_error (error, "There is no terminal to type a passphrase on; give a --passphrase-file.");
      return NULL;
    }
  passphrase = ask_on (fd, is_new, stop, error);
  close (fd);
  return passphrase;
}

/**
 * fr_passphrase_free:
 * @passphrase: (nullable) (transfer full): a passphrase
 */
void
fr_passphrase_free (char *passphrase)
{
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}
