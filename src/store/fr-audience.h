/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* Who may see a picture. Where people are chosen, their keys are listed beside it: a #GBytes of #FrPeerKey, sorted, none
 * of them twice, which is %NULL for the other audiences. */

#define FR_AUDIENCE_MAX_READERS 60

typedef enum
{
  FR_AUDIENCE_EVERYONE,
  FR_AUDIENCE_CONTACTS, /* people whom the person has added and whose key is known */
  FR_AUDIENCE_CHOSEN,   /* those of them that are listed */
  FR_AUDIENCE_ONLY_ME,
} FrAudience;

#define FR_AUDIENCE_LAST FR_AUDIENCE_ONLY_ME

GBytes *fr_audience_list_readers (const FrPeerKey *keys, guint n_keys);
const FrPeerKey *fr_audience_get_readers (GBytes *readers, guint *out_n);
gboolean fr_audience_is_valid (FrAudience audience, GBytes *readers);

char *fr_audience_to_text (FrAudience audience, GBytes *readers);
gboolean fr_audience_parse (const char *text, FrAudience *out_audience, GBytes **out_readers);

G_END_DECLS
