/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"
#include "fr-identity.h"
#include "fr-ngram-set.h"

G_BEGIN_DECLS

/* Contact tags as digests and queries have them. */

#define FR_CONTACT_TAGS_LEAST 8 /* in a query: fewer are filled up with random ones, so that they do not count people */

/* Whoever shares something with more people than this tells neighbours that anything may be here: their tags would
 * take the network's thread too long. */
#define FR_CONTACT_TAGS_MAX_READERS 256

/* The tags of one query; `tags` are for Freshet__QueryBody.contact_tags. */
typedef struct
{
  FrContactTag values[FR_QUERY_MAX_CONTACT_TAGS];
  ProtobufCBinaryData tags[FR_QUERY_MAX_CONTACT_TAGS];
  guint n;
  gboolean everywhere; /* there are more contacts than fit */
} FrContactTags;

#define FR_DAY_US (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)

gint64 fr_contact_tags_today (void);
void fr_contact_tags_add_readers (FrNgramSet *content, const FrIdentity *holder, GBytes *readers, gint64 today);
void fr_contact_tags_init (FrContactTags *self, const FrIdentity *asker, GPtrArray *contacts, gint64 today);

G_END_DECLS
