/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-peer-key.h"

G_BEGIN_DECLS

/* A picture that one of the people has shown us: what there is to show of it while they are away. The bytes of the picture
 * are not here. Whoever makes one fills in its fields. */

#define FR_SHOWN_MAX_EACH 600   /* pictures of one person */
#define FR_SHOWN_MAX 20000      /* of all */
#define FR_SHOWN_MAX_PREVIEWS (64 * 1024 * 1024) /* bytes of small pictures */

typedef struct
{
  FrContentId id;
  FrPeerKey person;     /* who shares it */
  char *title;          /* UTF-8, never %NULL, at most FR_PICTURE_MAX_TITLE bytes */
  guint type;           /* as Item.Type of the protocol */
  guint64 size;         /* bytes */
  guint width;          /* pixels; 0 where it is not known */
  guint height;
  guint day;            /* when it was shared, in days since 1970; 0: not said */
  gboolean fresh;       /* nobody here has looked at it */
  gboolean has_preview; /* there is a small picture, of that hash; */
  FrBlockHash preview_hash;
  GBytes *preview;      /* nullable: which has come */
} FrShown;

FrShown *fr_shown_new (const FrContentId *id, const char *title);
void fr_shown_free (FrShown *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrShown, fr_shown_free)

G_END_DECLS
