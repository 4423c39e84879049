/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trust.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fr-frame.h"
#include "fr-switchboard.h"
#include "trust-queries.h"

/* A neighbour that sends 10,000 messages a second, a process of its own: links over real WebRTC and says "linked"; then
 * floods for so many seconds as each line of its input says, and says how much it sent. What it sends was signed before,
 * so that it does not need the processor that others are measured on. Whoever is closed comes again. */

#define RATE 10000
#define TICK_MS 5
#define MOST_PER_TICK (4 * RATE * TICK_MS / 1000) /* of a timer that comes late */
#define MAX_BUFFERED (1024 * 1024) /* a channel takes no more: what is not sent then is not counted */
#define N_FRAMES 40000             /* kept ready: more than anybody remembers by the time that one is sent again */
#define PING_EVERY 16
#define OWN_ADDRESS "flooder"

typedef struct
{
  FrIdentity *identity;
  FrRegistration *registration;
  FrIntroductions *introductions;
  FrSwitchboard *board;
  GMainLoop *loop;
  const char *victim;
  FrLink *link; /* nullable */
  GPtrArray *frames;

  guint next;
  guint n_sent;
  guint n_links;
  gboolean dialled;
  gboolean linked;
  gint64 until_us;
  gint64 since_us;
  guint n_due; /* messages since then */
} Flooder;

/* One in three claims to be the flooder's own, the others to be passed on, which costs more: until it is told to stop and
 * sent away. */
static void
make_frames (Flooder *self)
{
  TrustAsker asker;

  trust_asker_init (&asker);
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      g_autofree char *words = g_strdup_printf ("flood %u", i);

      g_ptr_array_add (self->frames, trust_asker_ask (&asker, words, 4, i % 3 == 0 ? 0 : 2));
    }
  trust_asker_clear (&asker);
}

static GBytes *
make_ping (guint64 nonce)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Ping ping = FRESHET__PING__INIT;

  ping.nonce = nonce + 1;
  frame.body_case = FRESHET__FRAME__BODY_PING;
  frame.ping = &ping;
  return fr_frame_pack (&frame);
}

static void
send_one (Flooder *self)
{
  guint number = self->next++;
  g_autoptr (GBytes) frame = number % PING_EVERY == 0
                               ? make_ping (number)
                               : g_bytes_ref (self->frames->pdata[number % self->frames->len]);

  if (fr_link_send (self->link, frame))
    self->n_sent++;
}

static void
say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  fflush (stdout);
}

/* As many as are due by now. What cannot be sent, for want of a link or of room in its channel, is never made up for. */
static gboolean
tick_cb (gpointer data)
{
  Flooder *self = data;
  gint64 now_us = g_get_monotonic_time ();
  guint n_due = (guint) ((now_us - self->since_us) * RATE / G_USEC_PER_SEC);

  if (self->until_us == 0)
    return G_SOURCE_CONTINUE;
  for (guint i = 0; i < MIN (n_due - self->n_due, MOST_PER_TICK) && self->link != NULL; i++)
    if (fr_link_get_buffered (self->link) <= MAX_BUFFERED)
      send_one (self);
  self->n_due = n_due;
  if (now_us < self->until_us)
    return G_SOURCE_CONTINUE;
  say ("sent %u in %u links\n", self->n_sent, self->n_links);
  self->until_us = 0;
  return G_SOURCE_CONTINUE;
}

static gboolean
line_cb (GIOChannel *channel, GIOCondition condition, gpointer data)
{
  Flooder *self = data;
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  self->n_sent = self->n_due = 0;
  self->n_links = self->link != NULL;
  self->since_us = g_get_monotonic_time ();
  self->until_us = self->since_us + (gint64) (g_ascii_strtod (line, NULL) * G_USEC_PER_SEC);
  return G_SOURCE_CONTINUE;
}

static void
linked_cb (FrSwitchboard *board, FrLink *link, gpointer data)
{
  Flooder *self = data;

  g_set_object (&self->link, link);
  self->n_links++;
  if (!self->linked)
    say ("linked\n");
  self->linked = TRUE;
}

static void
dial (Flooder *self)
{
  fr_switchboard_dial (self->board, self->victim, NULL, FR_DIAL_PURPOSE_LINK);
}

static void
unlinked_cb (FrSwitchboard *board, FrLink *link, gpointer data)
{
  Flooder *self = data;

  g_clear_object (&self->link);
  dial (self);
}

static gboolean
dial_again_cb (gpointer data)
{
  dial (data);
  return G_SOURCE_REMOVE;
}

static void
dial_failed_cb (FrSwitchboard *board, const FrDialTarget *target, guint purpose, const GError *error, gpointer data)
{
  g_printerr ("flooder: %s\n", error->message);
  g_timeout_add (200, dial_again_cb, data);
}

static void
online_cb (Flooder *self)
{
  if (!fr_registration_is_online (self->registration) || self->dialled)
    return;
  self->dialled = TRUE;
  dial (self);
}

int
trust_flooder_main (const char *server, const char *victim)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };
  Flooder flooder = { .victim = victim, .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  g_autoptr (GError) error = NULL;

  make_frames (&flooder);
  flooder.identity = fr_identity_new ();
  flooder.registration = fr_registration_new (flooder.identity);
  flooder.introductions = fr_introductions_new (flooder.identity, flooder.registration);
  flooder.board = fr_switchboard_new (flooder.identity, flooder.introductions, &config);
  fr_switchboard_set_name (flooder.board, "Flooder");
  fr_switchboard_set_loopback_only (flooder.board, TRUE);
  g_signal_connect (flooder.board, "linked", G_CALLBACK (linked_cb), &flooder);
  g_signal_connect (flooder.board, "unlinked", G_CALLBACK (unlinked_cb), &flooder);
  g_signal_connect (flooder.board, "dial-failed", G_CALLBACK (dial_failed_cb), &flooder);
  g_signal_connect_swapped (flooder.registration, "changed", G_CALLBACK (online_cb), &flooder);
  if (!fr_registration_connect (flooder.registration, server, OWN_ADDRESS, &error))
    {
      g_printerr ("flooder: %s\n", error->message);
      return 1;
    }
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, line_cb, &flooder);
  g_timeout_add (TICK_MS, tick_cb, &flooder);
  g_main_loop_run (flooder.loop);
  _exit (0); /* it was rude all the time */
}
