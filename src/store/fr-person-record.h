/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* A person that the person at this computer knows, as the store keeps it. Plain value with owned strings. */

#define FR_PERSON_MAX_NAME 64
#define FR_PERSON_MAX_SERVER 256
#define FR_PERSON_MAX_ADDRESS 64

typedef struct
{
  FrPeerKey key;         /* zero until they have been met */
  char *name;            /* what they are called here; never %NULL */
  char *server;          /* their rendezvous; never %NULL */
  char *address;         /* what they are called there; never %NULL */
  char *doorbell;        /* their own rendezvous, from an invitation; never %NULL */
  gint64 seen_us;        /* real time of the last session; 0: never */
  gboolean blocked;      /* nothing is wanted of them */
  gboolean checked;      /* words were compared with them: the key is theirs */
  gboolean auto_connect; /* dial at start-up */
} FrPersonRecord;

#define FR_TYPE_PERSON_RECORD (fr_person_record_get_type ())

GType fr_person_record_get_type (void) G_GNUC_CONST;
FrPersonRecord *fr_person_record_new (const FrPeerKey *key,
                                      const char *name,
                                      const char *server,
                                      const char *address);
void fr_person_record_set_doorbell (FrPersonRecord *self, const char *doorbell);
FrPersonRecord *fr_person_record_copy (const FrPersonRecord *self);
void fr_person_record_free (FrPersonRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPersonRecord, fr_person_record_free)

G_END_DECLS
