/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/webrtc/webrtc.h>

G_BEGIN_DECLS

/* Where GStreamer's threads end. What its signals and promises report is posted here from whichever thread they come,
 * and arrives, in that order, in the main context in which the inbox was made; beyond it everything is single-threaded.
 *
 * One queue and one source a session, instead of a source an event, because this is the way of every message: posting
 * to a queue that is being worked off wakes nobody. And g_main_context_invoke() would run the function in GStreamer's
 * thread whenever the default context happens to be idle. */

#define FR_WEBRTC_INBOX_MAX_BYTES (32 * 1024 * 1024) /* what may wait; see FR_WEBRTC_EVENT_FLOODED */
#define FR_WEBRTC_INBOX_EVENT_BYTES 256              /* what an event counts for beside its message */

typedef enum
{
  FR_WEBRTC_EVENT_LOCAL_DESCRIPTION, /* text */
  FR_WEBRTC_EVENT_LOCAL_CANDIDATE,   /* number: section; text */
  FR_WEBRTC_EVENT_CHANNEL_ARRIVED,   /* channel: the peer makes one; its label is not known yet */
  FR_WEBRTC_EVENT_CHANNEL_OPENED,    /* channel */
  FR_WEBRTC_EVENT_CHANNEL_MESSAGE,   /* channel, message */
  FR_WEBRTC_EVENT_CHANNEL_DRAINED,   /* channel */
  FR_WEBRTC_EVENT_CHANNEL_CLOSED,    /* channel */
  FR_WEBRTC_EVENT_REFUSED,           /* text: why the peer's description could not be applied */
  FR_WEBRTC_EVENT_UNREACHABLE,       /* no pair of addresses works, or none any more */
  FR_WEBRTC_EVENT_BROKEN,            /* text: what went wrong inside */
  FR_WEBRTC_EVENT_FLOODED,           /* more came than waits to be dealt with; from here on events are missing */
  FR_WEBRTC_EVENT_TORN_DOWN,         /* the last */
} FrWebrtcEventType;

typedef struct
{
  FrWebrtcEventType type;
  guint number;
  char *text;
  GBytes *message;
  GstWebRTCDataChannel *channel;
} FrWebrtcEvent;

typedef struct _FrWebrtcInbox FrWebrtcInbox;

/* Borrows the event. */
typedef void (*FrWebrtcInboxFunc) (const FrWebrtcEvent *event, gpointer owner);

FrWebrtcInbox *fr_webrtc_inbox_new (FrWebrtcInboxFunc func, gpointer owner);
FrWebrtcInbox *fr_webrtc_inbox_ref (FrWebrtcInbox *self);
void fr_webrtc_inbox_unref (FrWebrtcInbox *self);

/* From any thread. */
void fr_webrtc_inbox_post (FrWebrtcInbox *self, FrWebrtcEventType type, GstWebRTCDataChannel *channel, GBytes *message);
void fr_webrtc_inbox_post_text (FrWebrtcInbox *self, FrWebrtcEventType type, guint number, const char *text);

/* From the owner's thread. */
void fr_webrtc_inbox_finish (FrWebrtcInbox *self);
void fr_webrtc_inbox_detach (FrWebrtcInbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrWebrtcInbox, fr_webrtc_inbox_unref)

G_END_DECLS
