/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"

G_BEGIN_DECLS

/* A search that is kept, to be asked again and again, as it is on disk. Whoever makes one fills in its fields. */

#define FR_WISHES_MAX 50
#define FR_WISHES_MAX_TERMS 2048   /* bytes */
#define FR_WISHES_MAX_TOLD 10000   /* pictures that are remembered, of all wishes */
#define FR_WISHES_MAX_TOLD_ONCE 200 /* that are news at once, whatever strangers send */

typedef struct
{
  char *terms;     /* UTF-8, never %NULL */
  gint64 asked_us; /* real time, of the last time; 0: never */
  GArray *fresh;   /* of FrContentId: what was told of and not looked at since, in the order of telling */
} FrWishRecord;

FrWishRecord *fr_wish_record_new (const char *terms, gint64 asked_us);
void fr_wish_record_free (FrWishRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrWishRecord, fr_wish_record_free)

G_END_DECLS
