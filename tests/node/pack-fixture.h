/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery-pack.h"
#include "gallery-fixture.h"

G_BEGIN_DECLS

/* Galleries that are exported and imported to the end, and compared. */

void pack_fixture_pack_well (GalleryFixture *fixture, const char *folder, guint n);
FrPackReport *pack_fixture_unpack (GalleryFixture *fixture, const char *folder, GError **error);
FrPackReport *pack_fixture_unpack_well (GalleryFixture *fixture, const char *folder, guint n_done, guint n_known,
                                        guint n_failed);

/* What the catalogue says, the last first. */
GPtrArray *pack_fixture_list (GalleryFixture *fixture);
void pack_fixture_assert_same_bytes (GalleryFixture *fixture, GalleryFixture *other, const FrContentId *id);
void pack_fixture_assert_same (GalleryFixture *fixture, GalleryFixture *other);

G_END_DECLS
