/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-inbox.h"

/* So many events at a time, that a busy session does not keep the others waiting. */
#define EVENTS_PER_DISPATCH 64

struct _FrWebrtcInbox
{
  gatomicrefcount ref_count;

  /* The owner's thread only */
  FrWebrtcInboxFunc func;
  gpointer owner;

  GMutex mutex;
  GSource *source;    /* NULL once detached */
  GQueue events;      /* of FrWebrtcEvent */
  gsize waiting;      /* bytes, as counted below */
  guint armed : 1;    /* the source is ready, or being dispatched */
  guint flooded : 1;
  guint finished : 1; /* only TORN_DOWN is of interest */
};

typedef struct
{
  GSource parent;
  FrWebrtcInbox *inbox; /* owned */
} InboxSource;

static void
event_free (gpointer data)
{
  FrWebrtcEvent *event = data;

  g_free (event->text);
  g_clear_pointer (&event->message, g_bytes_unref);
  g_clear_object (&event->channel);
  g_free (event);
}

static gsize
event_size (const FrWebrtcEvent *event)
{
  return FR_WEBRTC_INBOX_EVENT_BYTES + (event->message != NULL ? g_bytes_get_size (event->message) : 0);
}

/* The next event, or NULL: then the source sleeps until one is posted. */
static FrWebrtcEvent *
take (FrWebrtcInbox *self)
{
  FrWebrtcEvent *event;

  g_mutex_lock (&self->mutex);
  event = g_queue_pop_head (&self->events);
  if (event != NULL)
    {
      self->waiting -= event_size (event);
    }
  else
    {
      self->armed = FALSE;
      if (self->source != NULL)
        g_source_set_ready_time (self->source, -1);
    }
  g_mutex_unlock (&self->mutex);
  return event;
}

static gboolean
inbox_source_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  g_autoptr (FrWebrtcInbox) self = fr_webrtc_inbox_ref (((InboxSource *) source)->inbox);

  for (int i = 0; i < EVENTS_PER_DISPATCH && self->func != NULL; i++)
    {
      FrWebrtcEvent *event = take (self);

      if (event == NULL)
        break;
      self->func (event, self->owner);
      event_free (event);
    }
  return G_SOURCE_CONTINUE;
}

static void
inbox_source_finalize (GSource *source)
{
  fr_webrtc_inbox_unref (((InboxSource *) source)->inbox);
}

static GSourceFuncs inbox_source_funcs = {
  .dispatch = inbox_source_dispatch,
  .finalize = inbox_source_finalize,
};

/**
 * fr_webrtc_inbox_new:
 * @func: what is called with each event
 * @owner: its data, which lives until fr_webrtc_inbox_detach()
 *
 * Returns: (transfer full): an inbox whose events arrive in the thread-default main context
 */
FrWebrtcInbox *
fr_webrtc_inbox_new (FrWebrtcInboxFunc func, gpointer owner)
{
  FrWebrtcInbox *self = g_new0 (FrWebrtcInbox, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->events);
  self->func = func;
  self->owner = owner;
  self->source = g_source_new (&inbox_source_funcs, sizeof (InboxSource));
  ((InboxSource *) self->source)->inbox = fr_webrtc_inbox_ref (self);
  g_source_set_static_name (self->source, "webrtc inbox");
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * fr_webrtc_inbox_ref:
 * @self: an inbox
 *
 * Adds an owner; from any thread.
 *
 * Returns: (transfer full): @self
 */
FrWebrtcInbox *
fr_webrtc_inbox_ref (FrWebrtcInbox *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fr_webrtc_inbox_unref:
 * @self: (transfer full): an inbox
 *
 * Takes an owner away; from any thread.
 */
void
fr_webrtc_inbox_unref (FrWebrtcInbox *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_queue_clear_full (&self->events, event_free);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Whether the event may wait; what it is instead when too much waits already. */
static gboolean
admit (FrWebrtcInbox *self, FrWebrtcEvent *event)
{
  if (self->source == NULL || (self->finished && event->type != FR_WEBRTC_EVENT_TORN_DOWN))
    return FALSE;
  if (event->type == FR_WEBRTC_EVENT_TORN_DOWN)
    return TRUE;
  if (self->flooded)
    return FALSE;
  if (self->waiting + event_size (event) > FR_WEBRTC_INBOX_MAX_BYTES)
    {
      self->flooded = TRUE;
      event->type = FR_WEBRTC_EVENT_FLOODED;
      g_clear_pointer (&event->message, g_bytes_unref);
    }
  return TRUE;
}

/* The one place where another thread's call becomes an event of the owner's. */
static void
post (FrWebrtcInbox *self, FrWebrtcEvent *event)
{
  gboolean admitted;

  g_mutex_lock (&self->mutex);
  admitted = admit (self, event);
  if (admitted)
    {
      g_queue_push_tail (&self->events, event);
      self->waiting += event_size (event);
      if (!self->armed)
        {
          self->armed = TRUE;
          g_source_set_ready_time (self->source, 0);
        }
    }
  g_mutex_unlock (&self->mutex);
  /* Outside the lock: what the event held may be the last of something that posts when it goes. */
  if (!admitted)
    event_free (event);
}

/**
 * fr_webrtc_inbox_post:
 * @self: an inbox
 * @type: what happened
 * @channel: (nullable): to which channel
 * @message: (nullable): what it brought
 *
 * Reports something about a channel, or nothing in particular; from any thread.
 */
void
fr_webrtc_inbox_post (FrWebrtcInbox *self, FrWebrtcEventType type, GstWebRTCDataChannel *channel, GBytes *message)
{
  FrWebrtcEvent *event = g_new0 (FrWebrtcEvent, 1);

  event->type = type;
  g_set_object (&event->channel, channel);
  event->message = message != NULL ? g_bytes_ref (message) : NULL;
  post (self, event);
}

/**
 * fr_webrtc_inbox_post_text:
 * @self: an inbox
 * @type: what happened
 * @number: a number that belongs to it
 * @text: (nullable): and words
 *
 * Reports something about the session; from any thread.
 */
void
fr_webrtc_inbox_post_text (FrWebrtcInbox *self, FrWebrtcEventType type, guint number, const char *text)
{
  FrWebrtcEvent *event = g_new0 (FrWebrtcEvent, 1);

  event->type = type;
  event->number = number;
  event->text = g_strdup (text);
  post (self, event);
}

/**
 * fr_webrtc_inbox_finish:
 * @self: an inbox
 *
 * Drops what waits, and from now on all that is posted except %FR_WEBRTC_EVENT_TORN_DOWN.
 */
void
fr_webrtc_inbox_finish (FrWebrtcInbox *self)
{
  GQueue dropped = G_QUEUE_INIT;

  g_mutex_lock (&self->mutex);
  self->finished = TRUE;
  dropped = self->events;
  g_queue_init (&self->events);
  self->waiting = 0;
  g_mutex_unlock (&self->mutex);
  g_queue_clear_full (&dropped, event_free);
}

/**
 * fr_webrtc_inbox_detach:
 * @self: an inbox
 *
 * The owner goes: nothing more arrives.
 */
void
fr_webrtc_inbox_detach (FrWebrtcInbox *self)
{
  GSource *source;

  fr_webrtc_inbox_finish (self);
  self->func = NULL;
  g_mutex_lock (&self->mutex);
  source = g_steal_pointer (&self->source);
  g_mutex_unlock (&self->mutex);
  if (source == NULL)
    return;
  g_source_destroy (source);
  g_source_unref (source);
}
