/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-answerer.h"
#include "fr-link.h"
#include "fr-overlay.h"

G_BEGIN_DECLS

/* Drives the overlay engine over the links: hands it what comes and the time, and does what it wants done. Lives in
 * the network thread.
 *
 * Signals: "hits" (FrHits *): an answer to a search of our own, checked; "preview" (FrQueryId *, FrBlockHash *hash,
 * GBytes *data), its hash checked. */

#define FR_TYPE_MESH (fr_mesh_get_type ())
G_DECLARE_FINAL_TYPE (FrMesh, fr_mesh, FR, MESH, GObject)

FrMesh *fr_mesh_new (FrIdentity *identity, FrAnswerer *answerer);
void fr_mesh_add_link (FrMesh *self, FrLink *link);
void fr_mesh_remove_link (FrMesh *self, FrLink *link);
guint fr_mesh_get_n_links (FrMesh *self);
guint fr_mesh_get_round_trip_us (FrMesh *self, FrLink *link);
FrQueryId fr_mesh_search (FrMesh *self, const char *name, const char *words);
void fr_mesh_end_search (FrMesh *self, const FrQueryId *query);

G_END_DECLS
