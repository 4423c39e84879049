/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-doctor-private.h"

static void fr_doctor_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FrDoctor, fr_doctor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, fr_doctor_list_model_init))

enum
{
  PROP_0,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* What the step that runs waits for. */
static void
leave_step (FrDoctor *self)
{
  clear_source (&self->timeout);
  if (self->watched != NULL)
    g_clear_signal_handler (&self->watch, self->watched);
  g_clear_object (&self->watched);
}

static void
set_running (FrDoctor *self, gboolean running)
{
  if (self->running == running)
    return;
  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static FrDoctorStep *
step_at (FrDoctor *self, guint position)
{
  return g_ptr_array_index (self->steps, position);
}

static void
set_state (FrDoctor *self, guint position, FrDoctorStepState state)
{
  FrDoctorResult result = { .state = state };

  fr_doctor_step_set (step_at (self, position), &result);
}

static void
look (FrDoctor *self)
{
  switch (fr_doctor_step_get_kind (step_at (self, self->at)))
    {
    case FR_DOCTOR_MEETING_POINT:
      fr_doctor_look_at_meeting_point (self);
      break;
    case FR_DOCTOR_NAME:
      fr_doctor_look_at_name (self);
      break;
    case FR_DOCTOR_STUN:
      fr_doctor_look_at_relay (self, fr_node_get_stun (self->node));
      break;
    case FR_DOCTOR_TURN:
      fr_doctor_look_at_relay (self, fr_node_get_turn (self->node));
      break;
    case FR_DOCTOR_PATH:
    default:
      fr_doctor_look_at_path (self);
      break;
    }
}

static gboolean
next_cb (gpointer data)
{
  g_autoptr (FrDoctor) self = g_object_ref (data);

  clear_source (&self->next);
  if (self->at == self->steps->len)
    {
      set_running (self, FALSE);
      return G_SOURCE_REMOVE;
    }
  self->tried_again = FALSE;
  set_state (self, self->at, FR_DOCTOR_LOOKING);
  if (self->running)
    look (self);
  return G_SOURCE_REMOVE;
}

/* From outside of what the step before has been doing. */
static void
go_on (FrDoctor *self)
{
  self->next = g_idle_source_new ();
  g_source_set_priority (self->next, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->next, next_cb, self, NULL);
  g_source_attach (self->next, g_main_context_get_thread_default ());
}

/* For the steps: what the one that runs has found. */
void
fr_doctor_found (FrDoctor *self, const FrDoctorResult *result)
{
  FrDoctorStep *step = step_at (self, self->at);

  g_return_if_fail (self->running && self->next == NULL);
  leave_step (self);
  self->at++;
  go_on (self);
  fr_doctor_step_set (step, result);
}

/* For the steps: waits for a change of something. */
void
fr_doctor_watch (FrDoctor *self, gpointer object, const char *signal, GCallback callback)
{
  self->watched = g_object_ref (object);
  self->watch = g_signal_connect_swapped (object, signal, callback, self);
}

/* For the steps: instead of what was set before. */
void
fr_doctor_set_timeout (FrDoctor *self, guint ms, GSourceFunc callback)
{
  clear_source (&self->timeout);
  self->timeout = g_timeout_source_new (ms);
  g_source_set_callback (self->timeout, callback, self, NULL);
  g_source_attach (self->timeout, g_main_context_get_thread_default ());
}

FrDoctorStep *
fr_doctor_get_step (FrDoctor *self, FrDoctorStepKind kind)
{
  for (guint i = 0; i < self->steps->len; i++)
    if (fr_doctor_step_get_kind (step_at (self, i)) == kind)
      return step_at (self, i);
  return NULL;
}

static void
fr_doctor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_RUNNING)
    g_value_set_boolean (value, FR_DOCTOR (object)->running);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_doctor_dispose (GObject *object)
{
  FrDoctor *self = FR_DOCTOR (object);

  g_cancellable_cancel (self->stop);
  g_clear_object (&self->stop);
  clear_source (&self->next);
  leave_step (self);
  g_clear_object (&self->person);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_doctor_parent_class)->dispose (object);
}

static void
fr_doctor_finalize (GObject *object)
{
  g_ptr_array_unref (FR_DOCTOR (object)->steps);
  G_OBJECT_CLASS (fr_doctor_parent_class)->finalize (object);
}

static void
fr_doctor_class_init (FrDoctorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_doctor_get_property;
  object_class->dispose = fr_doctor_dispose;
  object_class->finalize = fr_doctor_finalize;
  properties[PROP_RUNNING]
      = g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_doctor_init (FrDoctor *self)
{
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
}

static GType
get_item_type (GListModel *model)
{
  return FR_TYPE_DOCTOR_STEP;
}

static guint
get_n_items (GListModel *model)
{
  return FR_DOCTOR (model)->steps->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  FrDoctor *self = FR_DOCTOR (model);

  return position < self->steps->len ? g_object_ref (step_at (self, position)) : NULL;
}

static void
fr_doctor_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/**
 * fr_doctor_new:
 * @node: whose connections are looked at
 * @person: (nullable): to whom the path is looked at too
 *
 * Returns: (transfer full): a doctor that has not looked at anything
 */
FrDoctor *
fr_doctor_new (FrNode *node, FrPerson *person)
{
  FrDoctor *self = g_object_new (FR_TYPE_DOCTOR, NULL);

  self->node = g_object_ref (node);
  g_set_object (&self->person, person);
  for (FrDoctorStepKind kind = FR_DOCTOR_MEETING_POINT; kind <= (person != NULL ? FR_DOCTOR_PATH : FR_DOCTOR_TURN);
       kind++)
    g_ptr_array_add (self->steps, fr_doctor_step_new (kind));
  return self;
}

/**
 * fr_doctor_run:
 * @self: a doctor
 *
 * Looks at everything, from the beginning.
 */
void
fr_doctor_run (FrDoctor *self)
{
  g_cancellable_cancel (self->stop);
  g_clear_object (&self->stop);
  self->stop = g_cancellable_new ();
  clear_source (&self->next);
  leave_step (self);
  self->at = 0;
  for (guint i = 0; i < self->steps->len; i++)
    set_state (self, i, FR_DOCTOR_WAITING);
  set_running (self, TRUE);
  go_on (self);
}

/**
 * fr_doctor_stop:
 * @self: a doctor
 *
 * Leaves out what has not been looked at to the end.
 */
void
fr_doctor_stop (FrDoctor *self)
{
  if (!self->running)
    return;
  g_cancellable_cancel (self->stop);
  clear_source (&self->next);
  leave_step (self);
  for (guint i = self->at; i < self->steps->len; i++)
    set_state (self, i, FR_DOCTOR_NOT_LOOKED_AT);
  set_running (self, FALSE);
}

gboolean
fr_doctor_is_running (FrDoctor *self)
{
  return self->running;
}

/**
 * fr_doctor_count_bad:
 * @self: a doctor
 *
 * Returns: how many steps are not good
 */
guint
fr_doctor_count_bad (FrDoctor *self)
{
  guint n = 0;

  for (guint i = 0; i < self->steps->len; i++)
    n += fr_doctor_step_get_state (step_at (self, i)) == FR_DOCTOR_BAD;
  return n;
}

/**
 * fr_doctor_get_person:
 * @self: a doctor
 *
 * Returns: (transfer none) (nullable): to whom the path is looked at
 */
FrPerson *
fr_doctor_get_person (FrDoctor *self)
{
  return self->person;
}
