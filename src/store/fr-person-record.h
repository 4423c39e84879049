/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* A person that the person at this computer knows, as the store keeps it. Plain value with owned strings. */

#define FR_PERSON_MAX_NAME 64
#define FR_PERSON_MAX_SERVER 256
#define FR_PERSON_MAX_ADDRESS 64
#define FR_PERSON_AGREEMENT_SIZE 64 /* a signature */
#define FR_PERSON_MAX_COMPUTERS 8   /* of one person, the first one included */
#define FR_ACQUAINTANCES_MAX 256    /* who were introduced, in all, */
#define FR_ACQUAINTANCES_MAX_EACH 16 /* and by one person */

typedef struct
{
  FrPeerKey key;         /* zero until they have been met */
  char *name;            /* what they are called here; never %NULL */
  char *server;          /* their rendezvous; never %NULL */
  char *address;         /* what they are called there; never %NULL */
  char *doorbell;        /* their own rendezvous, from an invitation; never %NULL */
  gint64 seen_us;        /* real time of the last session; 0: never */
  gint64 wanted_us;      /* real time since when they are dialled; 0: not, or not known */
  gboolean blocked;      /* nothing is wanted of them */
  gboolean checked;      /* words were compared with them: the key is theirs */
  gboolean auto_connect; /* dial at start-up */
  FrPeerKey owner;       /* of the person whose other computer this is; zero: it is a person by itself */
  FrPeerKey introducer;  /* who told us of them; zero: nobody. Kept by itself: see fr_acquaintance_table_put() */
  gboolean mine;         /* the person here says that it is another computer of theirs */
  gboolean agrees;       /* the other side says so too, and how is in `agreement` */
  guint8 agreement[FR_PERSON_AGREEMENT_SIZE];
  gboolean claimed;      /* server and address are the word of somebody else, and nobody has been met there */
  gboolean told;         /* they have been told of other computers of the person here, and are to hear of changes */
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
