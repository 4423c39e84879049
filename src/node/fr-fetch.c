/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-private.h"

#include "fr-node-error.h"

#define PACE_MS 1000 /* also when nothing comes */

G_DEFINE_FINAL_TYPE (FrFetch, fr_fetch, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (FrFetchState, fr_fetch_state, G_DEFINE_ENUM_VALUE (FR_FETCH_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (FR_FETCH_QUEUED, "queued"),
                    G_DEFINE_ENUM_VALUE (FR_FETCH_RUNNING, "running"), G_DEFINE_ENUM_VALUE (FR_FETCH_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (FR_FETCH_WAITING, "waiting"), G_DEFINE_ENUM_VALUE (FR_FETCH_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (FR_FETCH_FAILED, "failed"))

enum
{
  PROP_0,
  PROP_STATE,
  PROP_BYTES_DONE,
  PROP_BYTES_TOTAL,
  PROP_SPEED,
  PROP_SECONDS_LEFT,
  PROP_PLACE,
  PROP_TITLE,
  PROP_KEPT,
  PROP_PREVIEW,
  PROP_ERROR_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
notify (FrFetch *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
fr_fetch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrFetch *self = FR_FETCH (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_BYTES_DONE:
      g_value_set_uint64 (value, self->done);
      break;
    case PROP_BYTES_TOTAL:
      g_value_set_uint64 (value, self->total);
      break;
    case PROP_SPEED:
      g_value_set_uint64 (value, self->speed);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_int64 (value, self->seconds_left);
      break;
    case PROP_PLACE:
      g_value_set_uint (value, self->place);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_KEPT:
      g_value_set_boolean (value, self->kept);
      break;
    case PROP_PREVIEW:
      g_value_set_boxed (value, fr_fetch_get_preview (self));
      break;
    case PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->error != NULL ? self->error->message : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
leave_network (FrFetch *self)
{
  if (self->number != 0)
    fr_network_cancel_fetch (self->list->network, self->number);
  self->number = 0;
}

static void
fr_fetch_dispose (GObject *object)
{
  FrFetch *self = FR_FETCH (object);

  fr_fetch_set_timer (self, 0, NULL);
  if (self->list != NULL)
    leave_network (self);
  g_clear_object (&self->hit);
  G_OBJECT_CLASS (fr_fetch_parent_class)->dispose (object);
}

static void
fr_fetch_finalize (GObject *object)
{
  FrFetch *self = FR_FETCH (object);

  g_array_unref (self->people);
  g_clear_pointer (&self->staged, fr_staged_unref);
  g_clear_error (&self->error);
  g_free (self->title);
  g_clear_pointer (&self->list, fr_fetch_list_unref);
  G_OBJECT_CLASS (fr_fetch_parent_class)->finalize (object);
}

static void
fr_fetch_class_init (FrFetchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_fetch_get_property;
  object_class->dispose = fr_fetch_dispose;
  object_class->finalize = fr_fetch_finalize;
  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, FR_TYPE_FETCH_STATE, FR_FETCH_CONNECTING, flags);
  properties[PROP_BYTES_DONE] = g_param_spec_uint64 ("bytes-done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_BYTES_TOTAL] = g_param_spec_uint64 ("bytes-total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_SPEED] = g_param_spec_uint64 ("speed", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_SECONDS_LEFT] = g_param_spec_int64 ("seconds-left", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_PLACE] = g_param_spec_uint ("place", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_KEPT] = g_param_spec_boolean ("kept", NULL, NULL, FALSE, flags);
  properties[PROP_PREVIEW] = g_param_spec_boxed ("preview", NULL, NULL, G_TYPE_BYTES, flags);
  properties[PROP_ERROR_MESSAGE] = g_param_spec_string ("error-message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
person_clear (FrFetchPerson *person)
{
  g_object_unref (person->person);
}

static void
fr_fetch_init (FrFetch *self)
{
  self->people = g_array_new (FALSE, FALSE, sizeof (FrFetchPerson));
  g_array_set_clear_func (self->people, (GDestroyNotify) person_clear);
  self->started_us = g_get_monotonic_time ();
  self->seconds_left = -1;
  self->first = -1;
}

/* For the files of this type: what is to be called after that time, until it is asked for something else; NULL: nothing. */
void
fr_fetch_set_timer (FrFetch *self, guint ms, GSourceFunc func)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (func == NULL)
    return;
  self->timer = g_timeout_source_new (ms);
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
update_pace (FrFetch *self)
{
  gint64 now_us = g_get_monotonic_time ();
  guint64 speed = fr_fetch_pace_get_speed (&self->pace, now_us);
  gint64 seconds_left = self->state == FR_FETCH_RUNNING
                            ? fr_fetch_pace_get_seconds_left (&self->pace, self->total, now_us)
                            : -1;

  if (self->speed != speed)
    {
      self->speed = speed;
      notify (self, PROP_SPEED);
    }
  if (self->seconds_left != seconds_left)
    {
      self->seconds_left = seconds_left;
      notify (self, PROP_SECONDS_LEFT);
    }
}

static gboolean
pace_cb (gpointer data)
{
  update_pace (data);
  return G_SOURCE_CONTINUE;
}

static void
set_state (FrFetch *self, FrFetchState state)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->state == state)
    return;
  if (self->state == FR_FETCH_WAITING)
    self->waited_us += now_us - self->waiting_us;
  self->waiting_us = now_us;
  self->state = state;
  if (fr_fetch_is_over (self))
    {
      self->finished_us = now_us;
      self->ended_us = g_get_real_time ();
    }
  if (state != FR_FETCH_RUNNING)
    self->pace = (FrFetchPace) { 0 };
  fr_fetch_set_timer (self, PACE_MS, state == FR_FETCH_RUNNING ? pace_cb : NULL);
  update_pace (self);
  notify (self, PROP_STATE);
}

/* For its files. */
void
fr_fetch_take_error (FrFetch *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  notify (self, PROP_ERROR_MESSAGE);
}

static void
set_place (FrFetch *self, guint place)
{
  if (self->place == place)
    return;
  self->place = place;
  notify (self, PROP_PLACE);
}

/* For its files. */
gboolean
fr_fetch_is_over (FrFetch *self)
{
  return self->state == FR_FETCH_DONE || self->state == FR_FETCH_FAILED;
}

gboolean
fr_fetch_is_going (FrFetch *self)
{
  return self->state == FR_FETCH_CONNECTING || self->state == FR_FETCH_QUEUED || self->state == FR_FETCH_RUNNING;
}

static void
preview_cb (FrFetch *self)
{
  notify (self, PROP_PREVIEW);
}

static void
set_hit (FrFetch *self, FrHit *hit)
{
  if (self->hit == hit)
    return;
  if (self->hit != NULL)
    g_signal_handlers_disconnect_by_func (self->hit, preview_cb, self);
  g_set_object (&self->hit, hit);
  g_signal_connect_object (hit, "notify::preview", G_CALLBACK (preview_cb), self, G_CONNECT_SWAPPED);
}

static FrFetch *
new_for_hit (FrFetchList *list, FrHit *hit)
{
  FrFetch *self = g_object_new (FR_TYPE_FETCH, NULL);

  self->list = fr_fetch_list_ref (list);
  self->id = *fr_hit_get_id (hit);
  self->title = g_strdup (fr_hit_get_title (hit));
  self->type = fr_hit_get_picture_type (hit);
  self->total = fr_hit_get_size (hit);
  set_hit (self, hit);
  fr_fetch_find_people (self);
  return self;
}

/* For FrFetchList: starts to fetch a hit from one of its holders (-1: the nearest), then from the others. */
FrFetch *
fr_fetch_new (FrFetchList *list, FrHit *hit, int holder)
{
  FrFetch *self = new_for_hit (list, hit);

  self->first = holder;
  fr_fetch_start (self);
  return self;
}

/* For its files: one that an earlier run of the program has left. */
FrFetch *
fr_fetch_new_resting (FrFetchList *list, FrHit *hit, const FrWanted *wanted)
{
  FrFetch *self = new_for_hit (list, hit);

  self->state = wanted->paused ? FR_FETCH_PAUSED : FR_FETCH_WAITING;
  self->done = wanted->done;
  self->keeps = wanted->keep;
  self->keeps_said = TRUE;
  self->noted = TRUE;
  self->ready = !wanted->paused && fr_fetch_is_awaited (self, TRUE);
  self->waiting_us = self->started_us;
  return self;
}

/* Asks for it, also for the second time. */
void
fr_fetch_start (FrFetch *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  leave_network (self);
  self->ready = FALSE;
  self->started_us = g_get_monotonic_time ();
  self->finished_us = self->ended_us = 0;
  self->number = fr_network_fetch (self->list->network, fr_fetch_make_request (self));
  fr_fetch_take_error (self, NULL);
  set_state (self, FR_FETCH_CONNECTING);
  g_object_thaw_notify (G_OBJECT (self));
}

/* For FrFetchList: the same picture has been found again, perhaps somewhere else. */
void
fr_fetch_restart_with (FrFetch *self, FrHit *hit, int holder)
{
  self->first = holder;
  set_hit (self, hit);
  fr_fetch_find_people (self);
  fr_fetch_start (self);
}

/* It is over, or goes on only when it is started. */
static void
stop_at (FrFetch *self, FrFetchState state, GError *error)
{
  g_object_freeze_notify (G_OBJECT (self));
  leave_network (self);
  set_place (self, 0);
  fr_fetch_take_error (self, error);
  set_state (self, state);
  g_object_thaw_notify (G_OBJECT (self));
}

void
fr_fetch_fail (FrFetch *self, GError *error)
{
  fr_fetch_forget (self);
  stop_at (self, FR_FETCH_FAILED, error);
}

static void
take_progress (FrFetch *self, const FrNetworkReport *report)
{
  if (self->total != report->total)
    {
      self->total = report->total;
      notify (self, PROP_BYTES_TOTAL);
    }
  if (report->fetch_state != FR_FETCH_RUNNING && report->fetch_state != FR_FETCH_DONE)
    return;
  self->done = report->fetch_state == FR_FETCH_DONE ? report->total : report->done;
  notify (self, PROP_BYTES_DONE);
  fr_fetch_pace_note (&self->pace, self->done, report->at_us);
  update_pace (self);
  if (!self->noted && report->at_us - self->started_us >= FR_FETCH_NOTE_US)
    fr_fetch_note (self);
}

static void
take_end (FrFetch *self, FrNetworkReport *report)
{
  self->number = 0;
  if (report->fetch_state == FR_FETCH_DONE)
    {
      self->staged = g_steal_pointer (&report->staged);
      stop_at (self, FR_FETCH_DONE, NULL);
      self->finished_us = report->at_us;
    }
  else if (fr_fetch_should_wait (self, report))
    {
      stop_at (self, FR_FETCH_WAITING, g_steal_pointer (&report->error));
      fr_fetch_begin_waiting (self);
    }
  else
    {
      fr_fetch_fail (self, g_steal_pointer (&report->error));
      self->finished_us = report->at_us;
    }
}

/* For FrFetchList: FETCH with this fetch's number. */
void
fr_fetch_take_report (FrFetch *self, FrNetworkReport *report)
{
  g_autoptr (FrFetch) keep = g_object_ref (self);

  g_object_freeze_notify (G_OBJECT (self));
  self->holder = report->key;
  take_progress (self, report);
  if (report->fetch_state == FR_FETCH_DONE || report->fetch_state == FR_FETCH_FAILED)
    {
      take_end (self, report);
    }
  else
    {
      set_place (self, report->count);
      set_state (self, report->fetch_state);
    }
  g_object_thaw_notify (G_OBJECT (self));
  if (self->state != FR_FETCH_DONE)
    return;
  if (fr_fetch_is_late (self))
    fr_fetch_keep_by_itself (self);
  else
    fr_fetch_forget (self);
}

/* For FrFetchList, before the store is closed: the next start goes on with it. */
void
fr_fetch_close (FrFetch *self)
{
  if (fr_fetch_is_over (self))
    return;
  if (fr_fetch_is_going (self))
    fr_fetch_note (self);
  self->noted = FALSE; /* it is not ours any more */
  stop_at (self, FR_FETCH_FAILED, fr_node_error_new (FR_NODE_ERROR_CANCELLED, NULL));
}

/* For its files. */
void
fr_fetch_notify_kept (FrFetch *self)
{
  self->kept = TRUE;
  notify (self, PROP_KEPT);
}

/**
 * fr_fetch_cancel:
 * @self: a fetch
 *
 * Gives up, unless it is over.
 */
void
fr_fetch_cancel (FrFetch *self)
{
  if (!fr_fetch_is_over (self))
    fr_fetch_fail (self, fr_node_error_new (FR_NODE_ERROR_CANCELLED, NULL));
}

/**
 * fr_fetch_pause:
 * @self: a fetch
 *
 * Lets it rest until fr_fetch_resume(), also over restarts if one of the people has it. What has come stays; whoever sent
 * it is left alone at once. Does nothing when it is over.
 */
void
fr_fetch_pause (FrFetch *self)
{
  if (fr_fetch_is_over (self) || self->state == FR_FETCH_PAUSED)
    return;
  if (self->number != 0)
    fr_network_pause_fetch (self->list->network, self->number);
  self->number = 0;
  stop_at (self, FR_FETCH_PAUSED, NULL);
  fr_fetch_note (self);
  fr_fetch_list_start_ready (self->list);
}

/**
 * fr_fetch_resume:
 * @self: a fetch
 *
 * Goes on with what is paused, and tries what waits at once. Does nothing in any other state.
 */
void
fr_fetch_resume (FrFetch *self)
{
  if (self->list->closed || (self->state != FR_FETCH_PAUSED && self->state != FR_FETCH_WAITING))
    return;
  self->n_tries = 0;
  fr_fetch_start (self);
}

/**
 * fr_fetch_retry:
 * @self: a fetch
 *
 * Tries again what has failed, or was cancelled; from where it was. Does nothing in any other state, or where the same
 * picture is being fetched anew.
 */
void
fr_fetch_retry (FrFetch *self)
{
  if (self->state != FR_FETCH_FAILED || !fr_fetch_list_admit (self->list, self))
    return;
  self->n_tries = 0;
  fr_fetch_start (self);
}

/**
 * fr_fetch_set_keeps:
 * @self: a fetch
 * @keeps: whether the picture is to go into the own gallery as soon as it is here, offered to nobody
 *
 * Says what becomes of the picture when it comes. Unless that is said, it is kept if it was waited for for more than
 * %FR_FETCH_LATE_US, or over a restart.
 */
void
fr_fetch_set_keeps (FrFetch *self, gboolean keeps)
{
  if (fr_fetch_is_over (self))
    return;
  self->keeps = keeps != FALSE;
  self->keeps_said = TRUE;
  if (self->noted)
    fr_fetch_note (self);
}
