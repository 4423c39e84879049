/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-giving-private.h"

struct _FrGiving
{
  GObject parent_instance;

  /* owned */
  char *title;
  FrPerson *person; /* nullable */

  /* state */
  FrContentId id;
  FrPeerKey key;
  FrFetchState state;
  guint number; /* in the network */
  guint64 done, total;
  gint64 started_us, ended_us;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_BYTES_DONE,
  PROP_BYTES_TOTAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrGiving, fr_giving, G_TYPE_OBJECT)

static void
fr_giving_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrGiving *self = FR_GIVING (object);

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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_giving_finalize (GObject *object)
{
  FrGiving *self = FR_GIVING (object);

  g_free (self->title);
  g_clear_object (&self->person);
  G_OBJECT_CLASS (fr_giving_parent_class)->finalize (object);
}

static void
fr_giving_class_init (FrGivingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_giving_get_property;
  object_class->finalize = fr_giving_finalize;
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, FR_TYPE_FETCH_STATE, FR_FETCH_CONNECTING, flags);
  properties[PROP_BYTES_DONE] = g_param_spec_uint64 ("bytes-done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_BYTES_TOTAL] = g_param_spec_uint64 ("bytes-total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_giving_init (FrGiving *self)
{
}

/* For FrGivings: what a report is the first about. */
FrGiving *
fr_giving_new (const FrNetworkReport *report, const char *title, FrPerson *person)
{
  FrGiving *self = g_object_new (FR_TYPE_GIVING, NULL);

  self->number = report->number;
  self->id = report->content;
  self->key = report->key;
  self->title = g_strdup (title);
  self->started_us = report->at_us;
  g_set_object (&self->person, person);
  fr_giving_take_report (self, report);
  return self;
}

/* For FrGivings: FR_REPORT_GIVING with this number. */
void
fr_giving_take_report (FrGiving *self, const FrNetworkReport *report)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->total != report->total)
    {
      self->total = report->total;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYTES_TOTAL]);
    }
  if (self->done != report->done)
    {
      self->done = report->done;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYTES_DONE]);
    }
  if (self->state != report->fetch_state)
    {
      self->state = report->fetch_state;
      self->ended_us = fr_giving_is_over (self) ? g_get_real_time () : 0;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

guint
fr_giving_get_number (FrGiving *self)
{
  return self->number;
}

gboolean
fr_giving_is_over (FrGiving *self)
{
  return self->state == FR_FETCH_DONE || self->state == FR_FETCH_FAILED;
}

const FrContentId *
fr_giving_get_id (FrGiving *self)
{
  return &self->id;
}

/**
 * fr_giving_get_title:
 * @self: a picture that goes out
 *
 * Returns: as it was when it was asked for; "" where it was gone by then
 */
const char *
fr_giving_get_title (FrGiving *self)
{
  return self->title;
}

/**
 * fr_giving_get_person:
 * @self: a picture that goes out
 *
 * Returns: (transfer none) (nullable): who gets it; %NULL: nobody of the people here
 */
FrPerson *
fr_giving_get_person (FrGiving *self)
{
  return self->person;
}

const FrPeerKey *
fr_giving_get_key (FrGiving *self)
{
  return &self->key;
}

FrFetchState
fr_giving_get_state (FrGiving *self)
{
  return self->state;
}

guint64
fr_giving_get_bytes_done (FrGiving *self)
{
  return self->done;
}

guint64
fr_giving_get_bytes_total (FrGiving *self)
{
  return self->total;
}

gint64
fr_giving_get_started_us (FrGiving *self)
{
  return self->started_us;
}

gint64
fr_giving_get_ended_us (FrGiving *self)
{
  return self->ended_us;
}
