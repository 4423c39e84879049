/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-failure.h"

struct _FrFailure
{
  GObject parent_instance;

  /* owned */
  char *name;
  char *message;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrFailure, fr_failure, G_TYPE_OBJECT)

static void
fr_failure_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrFailure *self = FR_FAILURE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_failure_finalize (GObject *object)
{
  FrFailure *self = FR_FAILURE (object);

  g_free (self->name);
  g_free (self->message);
  G_OBJECT_CLASS (fr_failure_parent_class)->finalize (object);
}

static void
fr_failure_class_init (FrFailureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_failure_get_property;
  object_class->finalize = fr_failure_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_failure_init (FrFailure *self)
{
}

FrFailure *
fr_failure_new (const char *name, const char *message)
{
  FrFailure *self = g_object_new (FR_TYPE_FAILURE, NULL);

  self->name = g_strdup (name);
  self->message = g_strdup (message);
  return self;
}
