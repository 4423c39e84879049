/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-xray.h"

#include "fr-control-describe.h"

struct _FrControlXray
{
  /* borrowed */
  FrControlRequest *request;

  /* owned */
  FrSearch *search;
  guint timer; /* 0: has told nothing lately */

  /* state */
  gboolean further;
  gboolean changed; /* since it was told */
};

static void
tell (FrControlXray *self)
{
  FrQueryXray xray;

  self->changed = FALSE;
  if (fr_search_get_xray (self->search, &xray))
    fr_control_request_emit (self->request, "xray", fr_control_describe_xray (&xray));
}

static gboolean
timer_cb (gpointer data)
{
  FrControlXray *self = data;

  if (self->changed)
    {
      tell (self);
      return G_SOURCE_CONTINUE;
    }
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

/* It goes a few steps at a time, and says with each whether there are more. */
static void
push (FrControlXray *self)
{
  FrQueryXray xray;

  if (self->further && fr_search_get_xray (self->search, &xray) && xray.can_widen)
    fr_search_look_further (self->search);
}

static void
xray_cb (FrControlXray *self)
{
  gboolean is_due = self->timer == 0;

  self->changed = TRUE;
  push (self);
  if (!is_due)
    return;
  self->timer = g_timeout_add (FR_CONTROL_XRAY_EVERY_MS, timer_cb, self);
  tell (self); /* last: whoever is told may have gone, and this with them */
}

/**
 * fr_control_xray_new:
 * @request: what is to be told
 * @search: what it asked for
 * @further: whether to go as far as it can from the beginning
 *
 * Returns: (transfer full): who tells it
 */
FrControlXray *
fr_control_xray_new (FrControlRequest *request, FrSearch *search, gboolean further)
{
  FrControlXray *self = g_new0 (FrControlXray, 1);

  self->request = request;
  self->search = g_object_ref (search);
  self->further = further;
  g_signal_connect_swapped (search, "xray", G_CALLBACK (xray_cb), self);
  if (further)
    for (guint i = 0; i < FR_QUERY_MAX_TTL && fr_search_look_further (search); i++)
      ;
  return self;
}

/**
 * fr_control_xray_free:
 * @self: (nullable) (transfer full): who tells it
 *
 * Tells nothing any more.
 */
void
fr_control_xray_free (FrControlXray *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->search, self);
  g_object_unref (self->search);
  g_free (self);
}

/**
 * fr_control_xray_end:
 * @self: who tells it
 *
 * Tells it for the last time, changed or not: to be called before the request's last answer.
 */
void
fr_control_xray_end (FrControlXray *self)
{
  tell (self);
}
