/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "node-lab.h"

#include <string.h>

#include "fr-test-support.h"

void
lab_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

gboolean
lab_is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

FrNode *
lab_open_node_with (FrNodeOptions *options)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrNode *node;

  options->loopback_only = TRUE;
  fr_node_open_async (options, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 10);
  node = fr_node_open_finish (result, &error);
  g_assert_no_error (error);
  return node;
}

FrNode *
lab_open_node (const char *folder, const char *name, const char *server)
{
  FrNodeOptions options = { .folder = folder, .name = name, .server = server };

  return lab_open_node_with (&options);
}

void
lab_close_node (FrNode *node)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_node_close_async (node, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 10);
  g_assert_true (fr_node_close_finish (node, result, NULL));
  g_clear_object (&result); /* it holds the node */
  g_object_add_weak_pointer (G_OBJECT (node), (gpointer *) &node);
  g_object_unref (node);
  g_assert_null (node);
}

gboolean
lab_is_online (gpointer data)
{
  return fr_node_get_state (data) == FR_NODE_ONLINE;
}

static char *
serve (FrNode *node)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *server;

  fr_node_serve_async (node, FALSE, 0, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 5);
  server = fr_node_serve_finish (node, result, &error);
  g_assert_no_error (error);
  fr_test_wait_until (lab_is_online, node, 5);
  return server;
}

gboolean
lab_is_here (gpointer data)
{
  return fr_person_get_state (data) == FR_PERSON_HERE;
}

FrPerson *
lab_add_person (FrNode *node, const char *address)
{
  g_autoptr (GError) error = NULL;
  FrPerson *person = fr_people_add (fr_node_get_people (node), address, &error);

  g_assert_no_error (error);
  return person;
}

FrNode *
lab_add_node (NodeLab *lab, const char *name, const char *server)
{
  FrNodeOptions options = { .name = name, .server = server };

  return lab_add_node_with (lab, &options);
}

FrNode *
lab_add_node_with (NodeLab *lab, FrNodeOptions *options)
{
  guint i = lab->n_nodes++;

  g_assert_cmpuint (i, <, NODE_LAB_MAX);
  lab->folders[i] = fr_test_folder_new ();
  options->folder = lab->folders[i];
  lab->nodes[i] = lab_open_node_with (options);
  if (options->server != NULL)
    fr_test_wait_until (lab_is_online, lab->nodes[i], 10);
  return lab->nodes[i];
}

typedef struct
{
  FrNode *node;
  const FrPeerKey *other;
} Side;

static gboolean
has_other_here (gpointer data)
{
  const Side *side = data;
  FrPerson *person = fr_people_find_key (fr_node_get_people (side->node), side->other);

  return person != NULL && lab_is_here (person);
}

void
lab_init (NodeLab *lab, guint n_nodes)
{
  g_autofree char *server = NULL;

  *lab = (NodeLab) { 0 };
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *name = g_strdup_printf ("Node %u", i);
      g_autofree char *before = g_strdup_printf ("node-%u", i - 1);

      lab_add_node (lab, name, server);
      if (i == 0)
        server = serve (lab->nodes[0]);
      else
        {
          Side dialled = { lab->nodes[i - 1], fr_node_get_key (lab->nodes[i]) };

          fr_test_wait_until (lab_is_here, lab_add_person (lab->nodes[i], before), 15);
          fr_test_wait_until (has_other_here, &dialled, 5); /* a moment later */
        }
    }
}

void
lab_clear (NodeLab *lab)
{
  for (guint i = 0; i < lab->n_nodes; i++)
    {
      if (lab->nodes[i] != NULL)
        lab_close_node (g_steal_pointer (&lab->nodes[i]));
      fr_test_folder_free (lab->folders[i]);
    }
}

GBytes *
lab_make_picture (const char *text, gsize padding)
{
  g_autoptr (GString) svg = g_string_new (NULL);

  g_string_append_printf (svg,
                          "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'>"
                          "<rect width='64' height='48' fill='teal'/><!-- %s ",
                          text);
  for (gsize i = 0; i < padding; i++)
    g_string_append_c (svg, (char) ('a' + (i * 7 + i / 26) % 26));
  g_string_append (svg, " --></svg>");
  return g_string_free_to_bytes (g_steal_pointer (&svg));
}

GBytes *
lab_make_large_picture (guint8 seed, gsize size)
{
  static const guint8 head[] = {
    'I', 'I', 42, 0, 8, 0, 0, 0,          /* the directory stands at 8 */
    9, 0,                                 /* and has so many entries */
    0, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,   /* width */
    1, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,   /* height */
    2, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0,   /* bits a sample */
    3, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,   /* not compressed */
    6, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,   /* black is zero */
    17, 1, 4, 0, 1, 0, 0, 0, 122, 0, 0, 0, /* where the pixel is */
    21, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,  /* samples a pixel */
    22, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0,  /* rows a strip */
    23, 1, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0,  /* bytes in the strip */
    0, 0, 0, 0,
  };
  guint8 *bytes = g_malloc (size);

  g_assert_cmpuint (size, >, sizeof head);
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (seed + i * 7 + i / 251);
  memcpy (bytes, head, sizeof head);
  return g_bytes_new_take (bytes, size);
}

static gboolean
is_finished (gpointer data)
{
  return fr_import_get_finished (data);
}

void
lab_share (FrNode *node, GBytes *bytes, const char *title)
{
  lab_share_for (node, bytes, title, FR_AUDIENCE_EVERYONE);
}

void
lab_share_for (FrNode *node, GBytes *bytes, const char *title, FrAudience audience)
{
  g_autoptr (FrImport) import = fr_import_new_for_bytes (fr_node_get_gallery (node), bytes, title);

  fr_import_set_audience (import, audience, NULL);
  fr_import_set_keeps_metadata (import, TRUE); /* to be the same bytes at the other end */
  fr_import_start (import);
  fr_test_wait_until (is_finished, import, 10);
  if (fr_import_get_failures (import)->len > 0)
    g_assert_no_error (((FrImportFailure *) g_ptr_array_index (fr_import_get_failures (import), 0))->error);
  g_assert_cmpuint (fr_import_get_n_added (import), ==, 1);
}

static gboolean
has_hit (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

FrHit *
lab_search (FrNode *node, const char *words, FrSearch **out_search)
{
  g_autoptr (GError) error = NULL;

  *out_search = fr_node_search (node, words, &error);
  g_assert_no_error (error);
  fr_test_wait_until (has_hit, *out_search, 10);
  return g_list_model_get_item (G_LIST_MODEL (*out_search), 0);
}

gboolean
lab_is_over (gpointer data)
{
  return fr_fetch_get_finished_us (data) != 0;
}

FrFetch *
lab_fetch_whole (FrNode *node, FrHit *hit)
{
  FrFetch *fetch = fr_node_fetch (node, hit, -1);

  fr_test_wait_until (lab_is_over, fetch, 20);
  g_assert_no_error (fr_fetch_get_error (fetch));
  g_assert_cmpint (fr_fetch_get_state (fetch), ==, FR_FETCH_DONE);
  return fetch;
}
