/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who carried the words by which two peers found each other. */

typedef enum
{
  FR_WAY_NONE,     /* not known yet */
  FR_WAY_OVERLAY,  /* other peers, along links that are there */
  FR_WAY_SERVER,   /* a rendezvous server */
  FR_WAY_DOORBELL, /* the rendezvous server of the one who was dialled */
  FR_N_WAYS
} FrWay;

const char *fr_way_to_string (FrWay way); /* nullable, for JSON */

G_END_DECLS
