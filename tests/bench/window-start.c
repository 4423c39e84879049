/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window.h"

#include <X11/Xlib.h>
#include <X11/extensions/Xdamage.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "fr-bench-numbers.h"
#include "fr-test-support.h"
#include "gallery.h"

/* From the moment that a program is started to the first thing that is painted in its window, as an X client outside sees
 * it; and what the program takes then. GNOME's text editor is the yardstick. */

#define EDITOR "gnome-text-editor"
#define SEED 1
#define MIN_SIDE 200 /* pixels: smaller windows are for the toolkit's own use */
#define MAX_WAIT_US (30 * G_TIME_SPAN_SECOND)
#define CALM_US G_TIME_SPAN_SECOND
#define N_THUMBNAILS 16

typedef struct
{
  Display *display;
  int damage_event;
  GSubprocess *process;
  Window window; /* None until it is mapped */
} Watch;

/* Windows come and go meanwhile. */
static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

/* The next event, or FALSE at `end_us`. */
static gboolean
next_event (Watch *watch, gint64 end_us, XEvent *event)
{
  GPollFD fd = { ConnectionNumber (watch->display), G_IO_IN, 0 };

  while (XPending (watch->display) == 0)
    {
      gint64 left_us = end_us - g_get_monotonic_time ();

      if (left_us <= 0)
        return FALSE;
      g_poll (&fd, 1, (gint) (left_us / 1000 + 1));
    }
  XNextEvent (watch->display, event);
  return TRUE;
}

/* Damage is asked for before the window is mapped: afterwards all of it counts as damaged at once. */
static void
take_event (Watch *watch, const XEvent *event)
{
  XWindowAttributes attributes;

  if (event->type == CreateNotify)
    XDamageCreate (watch->display, event->xcreatewindow.window, XDamageReportRawRectangles);
  else if (event->type == MapNotify && watch->window == None
           && XGetWindowAttributes (watch->display, event->xmap.window, &attributes) != 0 && !attributes.override_redirect
           && attributes.width >= MIN_SIDE && attributes.height >= MIN_SIDE)
    watch->window = event->xmap.window;
}

static gboolean
is_painted (const Watch *watch, const XEvent *event)
{
  return event->type == watch->damage_event && watch->window != None
         && ((const XDamageNotifyEvent *) event)->drawable == watch->window;
}

/* Milliseconds until the window of `arguments` is painted for the first time; below 0 if that does not happen. */
static double
start (Watch *watch, const char *const *arguments, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  gint64 begun_us = g_get_monotonic_time ();
  XEvent event;

  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  watch->window = None;
  watch->process = g_subprocess_launcher_spawnv (launcher, arguments, error);
  if (watch->process == NULL)
    return -1;
  while (next_event (watch, begun_us + MAX_WAIT_US, &event))
    {
      take_event (watch, &event);
      if (is_painted (watch, &event))
        return (double) (g_get_monotonic_time () - begun_us) / 1000;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s has shown no window", arguments[0]);
  return -1;
}

static void
end (Watch *watch)
{
  if (watch->process == NULL)
    return;
  g_subprocess_send_signal (watch->process, SIGTERM);
  g_subprocess_wait (watch->process, NULL, NULL);
  g_clear_object (&watch->process);
  XSync (watch->display, True);
}

/* Until nothing has been painted for a while. */
static void
await_calm (Watch *watch)
{
  gint64 end_us = g_get_monotonic_time () + MAX_WAIT_US;
  XEvent event;

  while (g_get_monotonic_time () < end_us && next_event (watch, g_get_monotonic_time () + CALM_US, &event))
    take_event (watch, &event);
}

/* What of the program is in memory, in MiB; 0 if that is not known. */
static double
read_mib (Watch *watch)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (watch->process)), *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmRSS:");
  return line != NULL ? (double) g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) / 1024 : 0;
}

static void
press (Watch *watch, const char *key)
{
  g_autofree char *window = g_strdup_printf ("%lu", watch->window);
  const char *const arguments[] = { "xdotool", "windowfocus", "--sync", window, "key", key, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_NONE, NULL);

  if (process != NULL)
    g_subprocess_wait (process, NULL, NULL);
  await_calm (watch);
}

static GPtrArray *
make_thumbnails (void)
{
  GPtrArray *thumbnails = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < N_THUMBNAILS; i++)
    {
      g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 256, 192);
      g_autoptr (GError) error = NULL;
      char *bytes = NULL;
      gsize size;

      gdk_pixbuf_fill (pixels, 0x20406000 + i * 0x0d0b0700);
      gdk_pixbuf_save_to_buffer (pixels, &bytes, &size, "jpeg", &error, NULL);
      g_assert_no_error (error);
      g_ptr_array_add (thumbnails, g_bytes_new_take (bytes, size));
    }
  return thumbnails;
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "There can be no folder %s", path);
  return FALSE;
}

/* Takes minutes, and is kept. */
static gboolean
fill (const char *folder, GError **error)
{
  g_autofree char *filled = g_build_filename (folder, "filled", NULL);
  g_autoptr (GalleryWords) words = gallery_words_new (SEED);
  g_autoptr (GPtrArray) thumbnails = make_thumbnails ();
  g_autoptr (FrStore) store = NULL;
  gboolean done;

  if (g_file_test (filled, G_FILE_TEST_EXISTS))
    return TRUE;
  store = gallery_open_store (folder, error);
  done = store != NULL && gallery_fill (store, words, WINDOW_N_PICTURES, thumbnails, error)
         && g_file_set_contents (filled, "", 0, error);
  if (store != NULL)
    fr_store_close (store);
  return done;
}

/* The three take turns, so that what happens on the computer meanwhile happens to all of them. */
static gboolean
measure (Watch *watch, const char *empty, const char *full, guint n_runs, JsonObject *report, GError **error)
{
  const char *program = g_getenv ("FRESHET_PROGRAM");
  const char *const commands[][6] = { { EDITOR, "--standalone", NULL },
                                      { program, "--data", empty, "--name", "bench", NULL },
                                      { program, "--data", full, "--name", "bench", NULL } };
  FrBenchNumbers *times[G_N_ELEMENTS (commands)];
  gboolean done = TRUE;
  double editor_ms, empty_ms;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    times[i] = fr_bench_numbers_new ();
  for (guint run = 0; done && run <= n_runs; run++) /* the first one reads files from disk */
    for (guint i = 0; done && i < G_N_ELEMENTS (commands); i++)
      {
        double ms = start (watch, commands[i], error);

        done = ms >= 0;
        end (watch);
        if (done && run > 0)
          fr_bench_numbers_add (times[i], ms);
        g_printerr ("%s%s: %.0f ms\n", i == 0 ? EDITOR : "Freshet", i == 2 ? ", many pictures" : "", ms);
      }
  editor_ms = fr_bench_numbers_get_median (times[0]);
  empty_ms = fr_bench_numbers_get_median (times[1]);
  fr_bench_report_number (report, "start_ms", empty_ms);
  fr_bench_report_number (report, "start_ratio", empty_ms / editor_ms);
  fr_bench_report_number (report, "start_50000_extra_ms", fr_bench_numbers_get_median (times[2]) - empty_ms);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_array_unref (times[i]);
  return done;
}

/* With its wall shown, from the first to the last picture. */
static gboolean
measure_memory (Watch *watch, const char *full, JsonObject *report, GError **error)
{
  const char *const command[] = { g_getenv ("FRESHET_PROGRAM"), "--data", full, "--name", "bench", NULL };
  gboolean done = start (watch, command, error) >= 0;

  if (done)
    {
      await_calm (watch);
      press (watch, "alt+2");
      press (watch, "End");
      fr_bench_report_number (report, "mib_50000", read_mib (watch));
    }
  end (watch);
  return done;
}

gboolean
window_measure_starts (const char *own_folder, guint n_runs, JsonObject *report, GError **error)
{
  Watch watch = { .display = XOpenDisplay (NULL) };
  g_autofree char *program = g_find_program_in_path (EDITOR);
  XErrorHandler gdk_handler;
  char *empty, *full;
  int damage_error;
  gboolean done;

  if (program == NULL || watch.display == NULL || !XDamageQueryExtension (watch.display, &watch.damage_event, &damage_error))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Starting needs %s and an X server that tells of damage",
                   EDITOR);
      return FALSE;
    }
  watch.damage_event += XDamageNotify;
  gdk_handler = XSetErrorHandler (ignore_error);
  XSelectInput (watch.display, DefaultRootWindow (watch.display), SubstructureNotifyMask);
  empty = fr_test_folder_new ();
  full = g_build_filename (own_folder, "many-pictures", NULL);
  done = make_folder (full, error) && fill (full, error) && measure (&watch, empty, full, n_runs, report, error)
         && measure_memory (&watch, full, report, error);
  fr_test_folder_free (empty);
  g_free (full);
  XCloseDisplay (watch.display);
  XSetErrorHandler (gdk_handler);
  return done;
}
