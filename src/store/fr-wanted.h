/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-peer-key.h"

G_BEGIN_DECLS

/* A picture that the person here wants and does not have yet, and who of the people has it. Whoever makes one fills in its
 * fields. */

#define FR_WANTED_MAX 500       /* pictures */
#define FR_WANTED_MAX_HOLDERS 8 /* people who have one of them */

typedef struct
{
  FrPeerKey person;
  guint64 size; /* of the picture in bytes, as they say */
} FrWantedHolder;

typedef struct
{
  FrContentId id;
  char *title;     /* UTF-8, never %NULL, at most FR_PICTURE_MAX_TITLE bytes */
  guint type;      /* as Item.Type of the protocol */
  guint64 size;    /* bytes */
  guint64 done;    /* of these, that have come so far */
  guint width;     /* pixels; 0 where it is not known */
  guint height;
  gboolean paused; /* it is not to come by itself */
  gboolean keep;   /* it goes into the gallery when it has come */
  GBytes *preview; /* nullable */
  GArray *holders; /* of FrWantedHolder */
} FrWanted;

FrWanted *fr_wanted_new (const FrContentId *id, const char *title);
void fr_wanted_free (FrWanted *self);
void fr_wanted_add_holder (FrWanted *self, const FrPeerKey *person, guint64 size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrWanted, fr_wanted_free)

G_END_DECLS
