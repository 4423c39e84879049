/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-admission.h"
#include "fr-hits.h"
#include "fr-store.h"

G_BEGIN_DECLS

/* Looks into the own gallery for the searches of others and makes the answers: the hits first, then the small pictures
 * of the first few; what is not for everyone in answers of its own, sealed to the asker. Whoever looks for us by our key gets our record alone. Lives in the network thread; the store looks
 * in its own.
 *
 * Signal "answer" (FrQueryId *, GBytes *frame). */

#define FR_ANSWERER_MAX_PREVIEWS 6
#define FR_ANSWERER_MAX_PENDING 64 /* searches in the store at once; more are not answered */

/* Who asks for the newest gets a small picture of each, unless they ask again and again: then they have them. */
#define FR_ANSWERER_NEWEST_BURST 4
#define FR_ANSWERER_NEWEST_EVERY_US (30 * G_USEC_PER_SEC)
#define FR_ANSWERER_MAX_NEWEST_ASKERS 256 /* that are remembered */

#define FR_TYPE_ANSWERER (fr_answerer_get_type ())
G_DECLARE_FINAL_TYPE (FrAnswerer, fr_answerer, FR, ANSWERER, GObject)

FrAnswerer *fr_answerer_new (FrIdentity *identity, FrStore *store);
void fr_answerer_set_record (FrAnswerer *self, const char *name, const char *server, const char *address,
                             const char *doorbell, gboolean may_pass_on);
void fr_answerer_set_admission (FrAnswerer *self, FrAdmission *admission);
void fr_answerer_take (FrAnswerer *self, const FrQueryId *query, const Freshet__QueryBody *body, guint hops);
guint fr_answerer_get_n_pending (FrAnswerer *self);

G_END_DECLS
