/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node.h"

#include <string.h>

#include "fr-test-support.h"

#include "tests.h"

/* Whole nodes in one process, over real WebRTC on the loopback interface. */

#define MAX_NODES 4

typedef struct
{
  FrNode *nodes[MAX_NODES];
  char *folders[MAX_NODES];
  guint n_nodes;
} Lab;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static FrNode *
open_node (const char *folder, const char *name, const char *server)
{
  FrNodeOptions options = { .folder = folder, .name = name, .server = server, .loopback_only = TRUE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrNode *node;

  fr_node_open_async (&options, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 10);
  node = fr_node_open_finish (result, &error);
  g_assert_no_error (error);
  return node;
}

static void
close_node (FrNode *node)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_node_close_async (node, result_cb, &result);
  fr_test_wait_until (is_set, &result, 10);
  g_assert_true (fr_node_close_finish (node, result, NULL));
  g_clear_object (&result); /* it holds the node */
  g_object_add_weak_pointer (G_OBJECT (node), (gpointer *) &node);
  g_object_unref (node);
  g_assert_null (node);
}

static gboolean
is_online (gpointer data)
{
  return fr_node_get_state (data) == FR_NODE_ONLINE;
}

static char *
serve (FrNode *node)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *server;

  fr_node_serve_async (node, FALSE, 0, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 5);
  server = fr_node_serve_finish (node, result, &error);
  g_assert_no_error (error);
  fr_test_wait_until (is_online, node, 5);
  return server;
}

static gboolean
is_here (gpointer data)
{
  return fr_person_get_state (data) == FR_PERSON_HERE;
}

static FrPerson *
add_person (FrNode *node, const char *address)
{
  g_autoptr (GError) error = NULL;
  FrPerson *person = fr_people_add (fr_node_get_people (node), address, &error);

  g_assert_no_error (error);
  return person;
}

/* A line of nodes; the first one serves. */
static void
lab_init (Lab *lab, guint n_nodes)
{
  g_autofree char *server = NULL;

  *lab = (Lab) { .n_nodes = n_nodes };
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *name = g_strdup_printf ("Node %u", i);
      g_autofree char *before = g_strdup_printf ("node-%u", i - 1);

      lab->folders[i] = fr_test_folder_new ();
      lab->nodes[i] = open_node (lab->folders[i], name, server);
      if (i == 0)
        server = serve (lab->nodes[0]);
      fr_test_wait_until (is_online, lab->nodes[i], 5);
      if (i > 0)
        fr_test_wait_until (is_here, add_person (lab->nodes[i], before), 15);
    }
}

static void
lab_clear (Lab *lab)
{
  for (guint i = 0; i < lab->n_nodes; i++)
    {
      close_node (lab->nodes[i]);
      fr_test_folder_free (lab->folders[i]);
    }
}

/* A picture: an SVG, which needs no encoder, of some size and of its own content. */
static GBytes *
make_picture (const char *text, gsize padding)
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

static gboolean
is_finished (gpointer data)
{
  return fr_import_get_finished (data);
}

static void
share (FrNode *node, GBytes *bytes, const char *title)
{
  g_autoptr (FrImport) import = fr_import_new_for_bytes (fr_node_get_gallery (node), bytes, title);

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

static gboolean
has_preview (gpointer data)
{
  return fr_hit_get_preview (data) != NULL;
}

static gboolean
is_over (gpointer data)
{
  return fr_fetch_get_finished_us (data) != 0;
}

static void
check_saved (FrFetch *fetch, const char *folder, GBytes *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *content = NULL;
  gsize size;

  fr_fetch_save_async (fetch, folder, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 5);
  path = fr_fetch_save_finish (fetch, result, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (content, size, g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

static FrHit *
search (FrNode *node, const char *words, FrSearch **out_search)
{
  g_autoptr (GError) error = NULL;

  *out_search = fr_node_search (node, words, &error);
  g_assert_no_error (error);
  fr_test_wait_until (has_hit, *out_search, 10);
  return g_list_model_get_item (G_LIST_MODEL (*out_search), 0);
}

static FrFetch *
fetch_whole (FrNode *node, FrHit *hit)
{
  FrFetch *fetch = fr_node_fetch (node, hit, -1);

  fr_test_wait_until (is_over, fetch, 20);
  g_assert_no_error (fr_fetch_get_error (fetch));
  g_assert_cmpint (fr_fetch_get_state (fetch), ==, FR_FETCH_DONE);
  return fetch;
}

/* The main job: a picture is found two links away, comes straight from its holder, and is kept. */
static void
test_line_of_three (gconstpointer padding)
{
  g_autoptr (GBytes) bytes = make_picture ("harbour", GPOINTER_TO_SIZE (padding));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrSearch) asked = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  g_autoptr (FrPicture) kept = NULL;
  g_autoptr (GError) error = NULL;
  Lab lab;

  lab_init (&lab, 3);
  share (lab.nodes[2], bytes, "Harbour at night");
  hit = search (lab.nodes[0], "arbo night", &asked);
  g_assert_cmpstr (fr_hit_get_title (hit), ==, "Harbour at night");
  g_assert_cmpuint (fr_hit_get_n_holders (hit), ==, 1);
  g_assert_cmpstr (fr_hit_get_holder (hit, 0)->name, ==, "Node 2");
  g_assert_cmpuint (fr_hit_get_holder (hit, 0)->hops, ==, 2);
  fr_test_wait_until (has_preview, hit, 5);
  fetch = fetch_whole (lab.nodes[0], hit);
  check_saved (fetch, lab.folders[0], bytes);
  fr_fetch_keep_async (fetch, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 10);
  kept = fr_fetch_keep_finish (fetch, result, &error);
  g_assert_no_error (error);
  g_assert_false (fr_picture_is_mine (kept));
  g_assert_false (fr_picture_is_offered (kept));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_gallery (lab.nodes[0]))), ==, 1);
  g_clear_object (&asked);
  lab_clear (&lab);
}

static void
test_neighbour (void)
{
  g_autoptr (GBytes) bytes = make_picture ("next door", 5000);
  g_autoptr (FrSearch) asked = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  Lab lab;

  lab_init (&lab, 2);
  share (lab.nodes[1], bytes, "Garden");
  hit = search (lab.nodes[0], "garden", &asked);
  fetch = fetch_whole (lab.nodes[0], hit);
  check_saved (fetch, lab.folders[0], bytes);
  lab_clear (&lab);
}

/* Every name, key and person is there again after the end and a new start. */
static void
test_starts_again (void)
{
  Lab lab;
  FrPeerKey key;
  FrPeople *people;

  lab_init (&lab, 2);
  key = *fr_node_get_key (lab.nodes[1]);
  close_node (lab.nodes[1]);
  lab.nodes[1] = open_node (lab.folders[1], NULL, NULL);
  g_assert_true (fr_peer_key_equal (&key, fr_node_get_key (lab.nodes[1])));
  g_assert_cmpstr (fr_node_get_name (lab.nodes[1]), ==, "Node 1");
  fr_test_wait_until (is_online, lab.nodes[1], 5);
  g_assert_cmpstr (fr_node_get_address (lab.nodes[1]), ==, "node-1");
  people = fr_node_get_people (lab.nodes[1]);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (people)), ==, 1);
  fr_test_wait_until (is_here, fr_people_find_address (people, "node-0"), 15);
  lab_clear (&lab);
}

static gboolean
has_error (gpointer data)
{
  return fr_person_get_error (data) != NULL;
}

static void
test_nobody_there (void)
{
  g_autoptr (GError) error = NULL;
  FrPerson *person;
  Lab lab;

  lab_init (&lab, 1);
  person = add_person (lab.nodes[0], "nobody");
  fr_test_wait_until (has_error, person, 15);
  g_assert_error (fr_person_get_error (person), FR_NODE_ERROR, FR_NODE_ERROR_NOT_THERE);
  g_assert_null (fr_people_add (fr_node_get_people (lab.nodes[0]), "node-0", &error));
  g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_YOURSELF);
  g_clear_error (&error);
  g_assert_null (fr_people_add (fr_node_get_people (lab.nodes[0]), "no/address", &error));
  g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_BAD_ADDRESS);
  lab_clear (&lab);
}

/* Two people who add each other in the same moment get one link. */
static void
test_glare (void)
{
  FrPerson *one, *other;
  Lab lab;

  for (int i = 0; i < 3; i++)
    {
      lab_init (&lab, 1);
      lab.folders[1] = fr_test_folder_new ();
      lab.nodes[1] = open_node (lab.folders[1], "Node 1", fr_node_get_server (lab.nodes[0]));
      lab.n_nodes = 2;
      fr_test_wait_until (is_online, lab.nodes[1], 5);
      one = add_person (lab.nodes[0], "node-1");
      other = add_person (lab.nodes[1], "node-0");
      fr_test_wait_until (is_here, one, 15);
      fr_test_wait_until (is_here, other, 15);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_people (lab.nodes[0]))), ==, 1);
      g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[1])), ==, 1);
      lab_clear (&lab);
    }
}

/* A name that somebody has already gets a suffix. */
static void
test_name_taken (void)
{
  Lab lab;

  lab_init (&lab, 1);
  lab.folders[1] = fr_test_folder_new ();
  lab.nodes[1] = open_node (lab.folders[1], "Node 0", fr_node_get_server (lab.nodes[0]));
  lab.n_nodes = 2;
  fr_test_wait_until (is_online, lab.nodes[1], 10);
  g_assert_true (g_str_has_prefix (fr_node_get_address (lab.nodes[1]), "node-0-"));
  fr_test_wait_until (is_here, add_person (lab.nodes[1], "node-0"), 15);
  lab_clear (&lab);
}

static gboolean
is_waiting (gpointer data)
{
  return fr_node_get_error (data) != NULL;
}

static void
test_no_server (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  g_autoptr (GError) error = NULL;
  FrNode *node = open_node (folder, "Lonely", "127.0.0.1:1");

  fr_test_wait_until (is_waiting, node, 5);
  g_assert_cmpint (fr_node_get_state (node), ==, FR_NODE_WAITING);
  g_assert_nonnull (strstr (fr_node_get_error (node)->message, "127.0.0.1:1"));
  g_assert_null (fr_node_search (node, "  ", &error));
  g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_SEARCH);
  g_assert_false (fr_node_connect_server (node, "what is this?", NULL));
  close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

static void
test_folder_in_use (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  FrNode *node = open_node (folder, "First", NULL);
  FrNodeOptions options = { .folder = folder, .name = "Second" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_node_open_async (&options, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 5);
  g_assert_null (fr_node_open_finish (result, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_LOCKED);
  close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

void
test_node_add (void)
{
  g_test_add_func ("/node/no-server", test_no_server);
  g_test_add_func ("/node/folder-in-use", test_folder_in_use);
  g_test_add_func ("/node/neighbour", test_neighbour);
  g_test_add_data_func ("/node/line-of-three/small", GSIZE_TO_POINTER (12000), test_line_of_three);
  g_test_add_data_func ("/node/line-of-three/large", GSIZE_TO_POINTER (3000000), test_line_of_three);
  g_test_add_func ("/node/starts-again", test_starts_again);
  g_test_add_func ("/node/nobody-there", test_nobody_there);
  g_test_add_func ("/node/glare", test_glare);
  g_test_add_func ("/node/name-taken", test_name_taken);
}
