/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-deadline.h"

struct _FrDeadline
{
  GSource *source;
  FrDeadlineFunc func;
  gpointer user_data;
};

static gboolean
deadline_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  FrDeadline *self = user_data;

  g_source_set_ready_time (source, -1);
  self->func (self->user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * fr_deadline_new:
 * @func: what to call; it may free the deadline
 * @user_data: for @func; must outlive the deadline
 *
 * Makes a deadline that never comes, until fr_deadline_set().
 *
 * Returns: (transfer full): the deadline
 */
FrDeadline *
fr_deadline_new (FrDeadlineFunc func, gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = deadline_dispatch };
  FrDeadline *self = g_new0 (FrDeadline, 1);

  self->func = func;
  self->user_data = user_data;
  self->source = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (self->source, G_SOURCE_FUNC (func), self, NULL);
  g_source_set_ready_time (self->source, -1);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * fr_deadline_free:
 * @self: (nullable) (transfer full): a deadline
 *
 * Frees the deadline; the function is not called any more.
 */
void
fr_deadline_free (FrDeadline *self)
{
  if (self == NULL)
    return;
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}

/**
 * fr_deadline_set:
 * @self: a deadline
 * @time_us: when to call, as g_get_monotonic_time() counts; %FR_DEADLINE_NEVER for not at all
 *
 * Moves the deadline. The call comes once, from the main loop, even if the time has passed already.
 */
void
fr_deadline_set (FrDeadline *self, gint64 time_us)
{
  g_source_set_ready_time (self->source, time_us == FR_DEADLINE_NEVER ? -1 : MAX (time_us, 0));
}
