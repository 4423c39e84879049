/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-core-private.h"

/* The person's own searches: the mesh knows them by the ids of their queries, reports by numbers. */

static void
xray_cb (FrMesh *mesh, const FrQueryId *query, gpointer data)
{
  FrNetworkCore *self = data;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, query));
  FrQueryXray xray;
  FrNetworkReport *report;

  if (number == 0 || !fr_mesh_get_xray (mesh, query, &xray))
    return;
  report = fr_network_report_new (FR_REPORT_XRAY);
  report->number = number;
  report->xray = xray;
  fr_network_core_tell (self, report);
}

static void
hits_cb (FrMesh *mesh, FrHits *hits, gpointer data)
{
  FrNetworkCore *self = data;
  const FrQueryId query = hits->query;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, &query));
  FrNetworkReport *report;

  if (number == 0)
    return;
  if (fr_admission_is_blocked (self->admission, &hits->holder.key))
    {
      report = fr_network_report_new (FR_REPORT_HIDDEN);
      report->number = number;
      report->count = hits->items->len;
      fr_network_core_tell (self, report);
      return;
    }
  report = fr_network_report_new (FR_REPORT_HITS);
  report->number = number;
  report->hits = fr_hits_steal (hits);
  fr_network_core_tell (self, report);
  xray_cb (mesh, &query, self);
}

static void
preview_cb (FrMesh *mesh, const FrQueryId *query, const FrBlockHash *hash, GBytes *bytes, gpointer data)
{
  FrNetworkCore *self = data;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, query));
  FrNetworkReport *report;

  if (number == 0)
    return;
  report = fr_network_report_new (FR_REPORT_PREVIEW);
  report->number = number;
  report->hash = *hash;
  report->data = g_bytes_ref (bytes);
  fr_network_core_tell (self, report);
}

/* For the files of the core. */
void
fr_network_core_start_searches (FrNetworkCore *self)
{
  self->searches = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->numbers = g_hash_table_new_full (fr_query_id_hash, fr_query_id_equal_func, g_free, NULL);
  g_signal_connect_object (self->mesh, "hits", G_CALLBACK (hits_cb), self, 0);
  g_signal_connect_object (self->mesh, "preview", G_CALLBACK (preview_cb), self, 0);
  g_signal_connect_object (self->mesh, "xray", G_CALLBACK (xray_cb), self, 0);
}

/* Remembers a question, if there is one, and tells that it has gone out by so many links. */
static void
begin (FrNetworkCore *self, guint number, const FrQueryId *query, guint n_links)
{
  FrNetworkReport *report = fr_network_report_new (FR_REPORT_ASKED);

  if (query != NULL)
    {
      g_hash_table_insert (self->searches, GUINT_TO_POINTER (number), g_memdup2 (query, sizeof *query));
      g_hash_table_insert (self->numbers, g_memdup2 (query, sizeof *query), GUINT_TO_POINTER (number));
    }
  report->number = number;
  report->count = n_links;
  fr_network_core_tell (self, report);
}

/**
 * fr_network_core_search:
 * @self: a core
 * @number: by which answers are reported; above 0, not in use
 * @words: what is searched for
 *
 * Floods a search; FR_REPORT_ASKED, then FR_REPORT_HITS and FR_REPORT_PREVIEW follow.
 */
void
fr_network_core_search (FrNetworkCore *self, guint number, const char *words)
{
  FrQueryId query = fr_mesh_search (self->mesh, self->name, words);

  begin (self, number, &query, fr_mesh_get_n_links (self->mesh));
}

/**
 * fr_network_core_search_near:
 * @self: a core
 * @number: by which answers are reported; above 0, not in use
 * @words: what is searched for
 * @people: whom to ask, a #FrPeerKey each
 *
 * Asks these people, as far as they are linked to us, and nobody else. Reports as for fr_network_core_search(), but
 * FR_REPORT_XRAY.
 */
void
fr_network_core_search_near (FrNetworkCore *self, guint number, const char *words, GBytes *people)
{
  gsize size;
  const FrPeerKey *keys = g_bytes_get_data (people, &size);
  FrQueryId query;
  guint n = fr_mesh_search_near (self->mesh, self->name, words, keys, (guint) (size / sizeof *keys), &query);

  begin (self, number, n > 0 ? &query : NULL, n);
}

/**
 * fr_network_core_ask_newest:
 * @self: a core
 * @number: by which answers are reported; above 0, not in use
 * @key: whom to ask
 *
 * Asks somebody what they share with us; FR_REPORT_ASKED, then FR_REPORT_HITS and FR_REPORT_PREVIEW follow.
 */
void
fr_network_core_ask_newest (FrNetworkCore *self, guint number, const FrPeerKey *key)
{
  FrQueryId query;
  guint n = fr_mesh_ask_newest (self->mesh, self->name, key, &query);

  begin (self, number, n > 0 ? &query : NULL, n);
}

/**
 * fr_network_core_search_further:
 * @self: a core
 * @number: of a search
 *
 * Asks people further away too; FR_REPORT_XRAY follows.
 */
void
fr_network_core_search_further (FrNetworkCore *self, guint number)
{
  const FrQueryId *query = g_hash_table_lookup (self->searches, GUINT_TO_POINTER (number));

  if (query != NULL)
    fr_mesh_search_further (self->mesh, query);
}

void
fr_network_core_end_search (FrNetworkCore *self, guint number)
{
  const FrQueryId *query = g_hash_table_lookup (self->searches, GUINT_TO_POINTER (number));

  if (query == NULL)
    return;
  fr_mesh_end_search (self->mesh, query);
  g_hash_table_remove (self->numbers, query);
  g_hash_table_remove (self->searches, GUINT_TO_POINTER (number));
}
