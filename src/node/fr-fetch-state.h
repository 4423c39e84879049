/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  FR_FETCH_CONNECTING, /* reaching the holder */
  FR_FETCH_QUEUED,     /* others are before us */
  FR_FETCH_RUNNING,
  FR_FETCH_PAUSED,     /* by the person; what has come stays */
  FR_FETCH_WAITING,    /* until somebody is here who has it: see fr_fetch_get_awaited() */
  FR_FETCH_DONE,       /* whole, checked, on disk */
  FR_FETCH_FAILED,     /* see fr_fetch_get_error() */
} FrFetchState;

#define FR_TYPE_FETCH_STATE (fr_fetch_state_get_type ())
GType fr_fetch_state_get_type (void);

G_END_DECLS
