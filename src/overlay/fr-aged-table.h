/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-content-id.h"

G_BEGIN_DECLS

/* A bounded memory of things that are known by 16 bytes: each is forgotten after a time, and the oldest first when
 * there are too many. What is kept is a struct of the caller that begins with FrAgedEntry; it must hold plain values
 * only. Never reads a clock; time may stand still or run backwards. */
typedef struct _FrAgedTable FrAgedTable;
typedef struct _FrAgedEntry FrAgedEntry;

struct _FrAgedEntry
{
  FrQueryId id; /* first, so that an entry is its own key */
  FrAgedEntry *next;
  gint64 made_us;
};

FrAgedTable *fr_aged_table_new (gsize entry_size, guint capacity, gint64 max_age_us);
void fr_aged_table_free (FrAgedTable *self);

gpointer fr_aged_table_lookup (FrAgedTable *self, const FrQueryId *id, gint64 now_us);
gpointer fr_aged_table_insert (FrAgedTable *self, const FrQueryId *id, gint64 now_us);
void fr_aged_table_renew (FrAgedTable *self, gpointer entry, gint64 now_us);
void fr_aged_table_expire (FrAgedTable *self, gint64 now_us);

guint fr_aged_table_get_size (const FrAgedTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrAgedTable, fr_aged_table_free)

G_END_DECLS
