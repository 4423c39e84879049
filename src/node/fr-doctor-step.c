/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-doctor-private.h"

struct _FrDoctorStep
{
  GObject parent_instance;

  /* owned */
  char *subject;
  GError *error;

  /* state */
  FrDoctorStepKind kind;
  FrDoctorStepState state;
  FrDoctorFinding finding;
  FrDoctorRemedy remedy;
  guint ms;
  const char *candidate; /* static */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrDoctorStep, fr_doctor_step, G_TYPE_OBJECT)

static void
fr_doctor_step_finalize (GObject *object)
{
  FrDoctorStep *self = FR_DOCTOR_STEP (object);

  g_free (self->subject);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (fr_doctor_step_parent_class)->finalize (object);
}

static void
fr_doctor_step_class_init (FrDoctorStepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_doctor_step_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", FR_TYPE_DOCTOR_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_doctor_step_init (FrDoctorStep *self)
{
}

/* For FrDoctor. */
FrDoctorStep *
fr_doctor_step_new (FrDoctorStepKind kind)
{
  FrDoctorStep *self = g_object_new (FR_TYPE_DOCTOR_STEP, NULL);

  self->kind = kind;
  return self;
}

/* Only these words get into a report, whatever a link says of itself. */
const char *
fr_doctor_keep_candidate (const char *kind)
{
  static const char *const kinds[] = { "host", "srflx", "relay" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i]) == 0)
      return kinds[i];
  return NULL;
}

/* For FrDoctor. */
void
fr_doctor_step_set (FrDoctorStep *self, const FrDoctorResult *result)
{
  GError *error = result->error != NULL ? g_error_copy (result->error) : NULL;
  char *subject = g_strdup (result->subject);

  g_clear_error (&self->error);
  self->error = error;
  g_free (self->subject);
  self->subject = subject;
  self->state = result->state;
  self->finding = result->finding;
  self->remedy = result->remedy;
  self->ms = result->ms;
  self->candidate = fr_doctor_keep_candidate (result->candidate);
  g_signal_emit (self, signals[CHANGED], 0);
}

FrDoctorStepKind
fr_doctor_step_get_kind (FrDoctorStep *self)
{
  return self->kind;
}

FrDoctorStepState
fr_doctor_step_get_state (FrDoctorStep *self)
{
  return self->state;
}

FrDoctorFinding
fr_doctor_step_get_finding (FrDoctorStep *self)
{
  return self->finding;
}

FrDoctorRemedy
fr_doctor_step_get_remedy (FrDoctorStep *self)
{
  return self->remedy;
}

/**
 * fr_doctor_step_get_ms:
 * @self: a step
 *
 * Returns: how long what was found took, there and back; 0: that is not known
 */
guint
fr_doctor_step_get_ms (FrDoctorStep *self)
{
  return self->ms;
}

/**
 * fr_doctor_step_get_subject:
 * @self: a step
 *
 * Returns: (nullable): who or what it is about: one's own address, the name of a server, or of a person
 */
const char *
fr_doctor_step_get_subject (FrDoctorStep *self)
{
  return self->subject;
}

/**
 * fr_doctor_step_get_message:
 * @self: a step
 *
 * Returns: (nullable): of %FR_DOCTOR_FOUND_PROBLEM: one sentence for people
 */
const char *
fr_doctor_step_get_message (FrDoctorStep *self)
{
  return self->error != NULL ? self->error->message : NULL;
}

/* For the report. */
const GError *
fr_doctor_step_get_error (FrDoctorStep *self)
{
  return self->error;
}

const char *
fr_doctor_step_get_candidate (FrDoctorStep *self)
{
  return self->candidate;
}
