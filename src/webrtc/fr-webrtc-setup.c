/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-setup.h"

#include <gst/gst.h>
#include <gst/webrtc/webrtc.h>

#include <sys/resource.h>

/* webrtcbin takes the numbers below. */
#define HELD_ASSOCIATION 65535

static struct
{
  GMutex mutex;
  GThread *thread;
  gboolean begun;
} warm_up;

/* An offer needs the certificate, and loads every plugin on the way. */
static void
make_an_offer (void)
{
  GstElement *webrtc = gst_element_factory_make ("webrtcbin", NULL);
  g_autoptr (GstPromise) promise = gst_promise_new ();
  g_autoptr (GstWebRTCDataChannel) channel = NULL;
  g_autoptr (GstElement) pipeline = NULL;

  if (webrtc == NULL)
    return;
  pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  gst_bin_add (GST_BIN (pipeline), webrtc);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_signal_emit_by_name (webrtc, "create-data-channel", "warm-up", NULL, &channel);
  g_signal_emit_by_name (webrtc, "create-offer", NULL, promise);
  gst_promise_wait (promise);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* The SCTP library is set up with a process's first association, and taken down with its last: over and over where
 * sessions come one after the other, while its timer thread and the tear-down of others still use it. That leaks, and
 * crashes now and then. So one association stays for as long as the process. */
static void
hold_sctp (void)
{
  static GstElement *holder;

  holder = gst_element_factory_make ("sctpdec", NULL);
  if (holder == NULL)
    return;
  gst_object_ref_sink (holder);
  g_object_set (holder, "sctp-association-id", HELD_ASSOCIATION, NULL);
  gst_element_set_state (holder, GST_STATE_PAUSED);
}

static gpointer
warm_up_thread (gpointer data)
{
  if (fr_webrtc_init ())
    make_an_offer ();
  return NULL;
}

/**
 * fr_webrtc_init:
 *
 * Initialises GStreamer, once; from any thread.
 *
 * Returns: whether it can be used
 */
gboolean
fr_webrtc_init (void)
{
  static gsize result;

  if (g_once_init_enter (&result))
    {
      gboolean done = gst_init_check (NULL, NULL, NULL);

      if (done)
        hold_sctp ();
      g_once_init_leave (&result, done ? 1 : 2);
    }
  return result == 1;
}

/**
 * fr_webrtc_warm_up:
 *
 * Has GStreamer make the process's DTLS certificate in the background: an RSA key, which would otherwise cost the first
 * session up to a second. To be called early; a second call does nothing.
 */
void
fr_webrtc_warm_up (void)
{
  g_mutex_lock (&warm_up.mutex);
  if (!warm_up.begun)
    warm_up.thread = g_thread_try_new ("webrtc-warm-up", warm_up_thread, NULL, NULL);
  warm_up.begun = TRUE;
  g_mutex_unlock (&warm_up.mutex);
}

/**
 * fr_webrtc_wait_until_warm:
 *
 * Waits for what fr_webrtc_warm_up() began. A process that ends before must call this first: the key is made by a
 * library that cleans up behind itself at the end, and would do so under the thread that is using it.
 */
void
fr_webrtc_wait_until_warm (void)
{
  g_mutex_lock (&warm_up.mutex);
  g_clear_pointer (&warm_up.thread, g_thread_join);
  g_mutex_unlock (&warm_up.mutex);
}

/**
 * fr_webrtc_raise_descriptor_limit:
 *
 * Raises the soft limit on open files to %FR_WEBRTC_DESCRIPTORS, or as near as the hard limit allows: a session takes
 * some 20, and the usual limit is 1,024. Never lowers it.
 */
void
fr_webrtc_raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= FR_WEBRTC_DESCRIPTORS)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, (rlim_t) FR_WEBRTC_DESCRIPTORS);
  setrlimit (RLIMIT_NOFILE, &limit);
}
