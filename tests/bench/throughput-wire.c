/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "throughput.h"

#define MAX_MESSAGE 65536

typedef struct
{
  GMainLoop *loop;
  WireFunc func;
  gpointer user_data;
} Listener;

static void
send_text (int wire, const char *text)
{
  if (send (wire, text, strlen (text), MSG_NOSIGNAL) < 0)
    give_up ("the other process has gone");
}

void
wire_send_description (int wire, const char *sdp)
{
  g_autofree char *text = g_strconcat ("D", sdp, NULL);

  send_text (wire, text);
}

void
wire_send_candidate (int wire, guint section, const char *candidate)
{
  g_autofree char *text = g_strdup_printf ("C%u %s", section, candidate);

  send_text (wire, text);
}

static gboolean
readable_cb (int wire, GIOCondition condition, gpointer user_data)
{
  Listener *listener = user_data;
  g_autofree char *text = g_malloc0 (MAX_MESSAGE + 1);
  char *rest = NULL;
  gssize n = recv (wire, text, MAX_MESSAGE, 0);

  if (n <= 0)
    {
      g_main_loop_quit (listener->loop);
      return G_SOURCE_REMOVE;
    }
  if (text[0] == 'D')
    {
      listener->func (text + 1, 0, NULL, listener->user_data);
      return G_SOURCE_CONTINUE;
    }
  guint section = (guint) strtoul (text + 1, &rest, 10);
  listener->func (NULL, section, rest + 1, listener->user_data);
  return G_SOURCE_CONTINUE;
}

/* Ends the loop when the other process has gone. */
void
wire_listen (int wire, GMainLoop *loop, WireFunc func, gpointer user_data)
{
  Listener *listener = g_new (Listener, 1); /* until the process ends */

  *listener = (Listener) { .loop = loop, .func = func, .user_data = user_data };
  g_unix_fd_add (wire, G_IO_IN | G_IO_HUP, readable_cb, listener);
}

static double
read_status_mib (const char *field)
{
  g_autofree char *status = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (at = strstr (status, field)) == NULL)
    return 0;
  return g_ascii_strtod (at + strlen (field), NULL) / 1024;
}

double
memory_mib (void)
{
  return read_status_mib ("VmRSS:");
}

void
memory_reset_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "we");

  if (file == NULL || fputs ("5", file) < 0)
    give_up ("the peak of the memory cannot be reset");
  fclose (file);
}

double
memory_peak_mib (void)
{
  return read_status_mib ("VmHWM:");
}

void
give_up (const char *what)
{
  fprintf (stderr, "bench-throughput: %s\n", what);
  _exit (1);
}
