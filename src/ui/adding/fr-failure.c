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

G_DEFINE_FINAL_TYPE (FrFailure, fr_failure, G_TYPE_OBJECT)

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
  G_OBJECT_CLASS (klass)->finalize = fr_failure_finalize;
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

const char *
fr_failure_get_name (FrFailure *self)
{
  return self->name;
}

const char *
fr_failure_get_message (FrFailure *self)
{
  return self->message;
}
