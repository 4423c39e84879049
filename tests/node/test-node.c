/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"

#include <string.h>
#include <sys/resource.h>

#include "fr-invitation.h"
#include "fr-gallery-private.h"
#include "fr-image-client-private.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "tests.h"

static gboolean
has_preview (gpointer data)
{
  return fr_hit_get_preview (data) != NULL;
}

static void
check_saved (FrFetch *fetch, const char *folder, GBytes *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *content = NULL;
  gsize size;

  fr_fetch_save_async (fetch, folder, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 5);
  path = fr_fetch_save_finish (fetch, result, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (content, size, g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

/* What has come can be looked at in parts, and stands still. */
static void
check_parts (FrFetch *fetch)
{
  const FrImagePart part = { 0, 0, 1, 1, 8, 8 };
  g_autoptr (GAsyncResult) rendered = NULL, moved = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrImagePixels) pixels = NULL;

  fr_fetch_render_part_async (fetch, &part, NULL, lab_result_cb, &rendered);
  fr_test_wait_until (lab_is_set, &rendered, 10);
  pixels = fr_fetch_render_finish (fetch, rendered, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pixels->width, ==, 1);
  fr_fetch_frames_async (fetch, 0, 16, 100, NULL, lab_result_cb, &moved);
  fr_test_wait_until (lab_is_set, &moved, 10);
  g_assert_null (fr_fetch_frames_finish (fetch, moved, &error));
  g_assert_error (error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_UNSUPPORTED);
}

/* The main job: a picture is found two links away, comes straight from its holder, and is kept. */
static void
test_line_of_three (gconstpointer padding)
{
  g_autoptr (GBytes) bytes = lab_make_picture ("harbour", GPOINTER_TO_SIZE (padding));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrSearch) asked = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  g_autoptr (FrPicture) kept = NULL;
  g_autoptr (GError) error = NULL;
  NodeLab lab;

  lab_init (&lab, 3);
  lab_share (lab.nodes[2], bytes, "Harbour at night");
  hit = lab_search (lab.nodes[0], "arbo night", &asked);
  g_assert_cmpstr (fr_hit_get_title (hit), ==, "Harbour at night");
  g_assert_cmpuint (fr_hit_get_n_holders (hit), ==, 1);
  g_assert_cmpstr (fr_hit_get_holder (hit, 0)->name, ==, "Node 2");
  g_assert_cmpuint (fr_hit_get_holder (hit, 0)->hops, ==, 2);
  fr_test_wait_until (has_preview, hit, 5);
  fetch = lab_fetch_whole (lab.nodes[0], hit);
  check_saved (fetch, lab.folders[0], bytes);
  check_parts (fetch);
  fr_fetch_keep_async (fetch, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 10);
  kept = fr_fetch_keep_finish (fetch, result, &error);
  g_assert_no_error (error);
  g_assert_false (fr_picture_is_mine (kept));
  g_assert_cmpstr (kept->origin_name, ==, "Node 2");
  g_assert_false (fr_picture_is_offered (kept));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_gallery (lab.nodes[0]))), ==, 1);
  g_clear_object (&asked);
  lab_clear (&lab);
}

static void
test_neighbour (void)
{
  g_autoptr (GBytes) bytes = lab_make_picture ("next door", 5000);
  g_autoptr (FrSearch) asked = NULL;
  g_autoptr (FrHit) hit = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  NodeLab lab;

  lab_init (&lab, 2);
  lab_share (lab.nodes[1], bytes, "Garden");
  hit = lab_search (lab.nodes[0], "garden", &asked);
  fetch = lab_fetch_whole (lab.nodes[0], hit);
  check_saved (fetch, lab.folders[0], bytes);
  lab_clear (&lab);
}

/* What is for contacts, in a line where each has added the one before: they find it, see it small and fetch it; the one
 * behind finds only what is for everyone. */
static void
test_for_contacts (void)
{
  g_autoptr (GBytes) bytes = lab_make_picture ("for contacts", 5000), open_bytes = lab_make_picture ("open", 10);
  g_autoptr (FrSearch) asked = NULL, asked_behind = NULL;
  g_autoptr (FrHit) hit = NULL, hit_behind = NULL;
  g_autoptr (FrFetch) fetch = NULL;
  NodeLab lab;

  lab_init (&lab, 3);
  lab_share_for (lab.nodes[1], bytes, "Garden for few", FR_AUDIENCE_CONTACTS);
  hit = lab_search (lab.nodes[0], "garden", &asked);
  g_assert_cmpstr (fr_hit_get_title (hit), ==, "Garden for few");
  g_assert_cmpuint (fr_hit_get_holder (hit, 0)->hops, ==, 1);
  fr_test_wait_until (has_preview, hit, 5);
  fetch = lab_fetch_whole (lab.nodes[0], hit);
  check_saved (fetch, lab.folders[0], bytes);

  lab_share (lab.nodes[1], open_bytes, "Garden for all");
  hit_behind = lab_search (lab.nodes[2], "garden", &asked_behind);
  g_assert_cmpstr (fr_hit_get_title (hit_behind), ==, "Garden for all");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (asked_behind)), ==, 1);
  lab_clear (&lab);
}

/* Every name, key and person is there again after the end and a new start. */
static void
test_starts_again (void)
{
  NodeLab lab;
  FrPeerKey key;
  FrPeople *people;

  lab_init (&lab, 2);
  key = *fr_node_get_key (lab.nodes[1]);
  lab_close_node (lab.nodes[1]);
  lab.nodes[1] = lab_open_node (lab.folders[1], NULL, NULL);
  g_assert_true (fr_peer_key_equal (&key, fr_node_get_key (lab.nodes[1])));
  g_assert_cmpstr (fr_node_get_name (lab.nodes[1]), ==, "Node 1");
  fr_test_wait_until (lab_is_online, lab.nodes[1], 5);
  g_assert_cmpstr (fr_node_get_address (lab.nodes[1]), ==, "node-1");
  people = fr_node_get_people (lab.nodes[1]);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (people)), ==, 1);
  fr_test_wait_until (lab_is_here, fr_people_find_address (people, "node-0"), 15);
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
  NodeLab lab;

  lab_init (&lab, 1);
  person = lab_add_person (lab.nodes[0], "nobody");
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
  NodeLab lab;

  for (int i = 0; i < 3; i++)
    {
      lab_init (&lab, 1);
      lab_add_node (&lab, "Node 1", fr_node_get_server (lab.nodes[0]));
      one = lab_add_person (lab.nodes[0], "node-1");
      other = lab_add_person (lab.nodes[1], "node-0");
      fr_test_wait_until (lab_is_here, one, 15);
      fr_test_wait_until (lab_is_here, other, 15);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_people (lab.nodes[0]))), ==, 1);
      g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[1])), ==, 1);
      lab_clear (&lab);
    }
}

/* A name that somebody has already gets a suffix. */
static void
test_name_taken (void)
{
  NodeLab lab;

  lab_init (&lab, 1);
  lab_add_node (&lab, "Node 0", fr_node_get_server (lab.nodes[0]));
  g_assert_true (g_str_has_prefix (fr_node_get_address (lab.nodes[1]), "node-0-"));
  g_assert_cmpstr (fr_node_get_taken_address (lab.nodes[1]), ==, "node-0");
  g_assert_null (fr_node_get_taken_address (lab.nodes[0]));
  fr_test_wait_until (lab_is_here, lab_add_person (lab.nodes[1], "node-0"), 15);
  lab_clear (&lab);
}

/* Whoever had our address while we were away has it no longer than that. */
static void
test_name_taken_meanwhile (void)
{
  const char *server;
  NodeLab lab;

  lab_init (&lab, 1);
  server = fr_node_get_server (lab.nodes[0]);
  lab_add_node (&lab, "Anna", server);
  lab_close_node (g_steal_pointer (&lab.nodes[1]));
  lab_add_node (&lab, "Anna", server);
  g_assert_cmpstr (fr_node_get_address (lab.nodes[2]), ==, "anna");
  lab.nodes[1] = lab_open_node (lab.folders[1], NULL, NULL);
  fr_test_wait_until (lab_is_online, lab.nodes[1], 10);
  g_assert_true (g_str_has_prefix (fr_node_get_address (lab.nodes[1]), "anna-"));
  g_assert_cmpstr (fr_node_get_taken_address (lab.nodes[1]), ==, "anna");
  lab_close_node (g_steal_pointer (&lab.nodes[2]));
  lab_close_node (lab.nodes[1]);
  lab.nodes[1] = lab_open_node (lab.folders[1], NULL, NULL);
  fr_test_wait_until (lab_is_online, lab.nodes[1], 10);
  g_assert_cmpstr (fr_node_get_address (lab.nodes[1]), ==, "anna");
  g_assert_null (fr_node_get_taken_address (lab.nodes[1]));
  lab_clear (&lab);
}

/* An invitation brings what helps through firewalls to whoever has nothing of the kind, and nobody else. */
static void
test_invited_relays (void)
{
  g_autofree char *invitation = NULL;
  NodeLab lab;

  lab_init (&lab, 1);
  g_assert_true (fr_node_set_relays (lab.nodes[0], "stun://127.0.0.1:9", "turn://u:p@127.0.0.1:9", NULL));
  lab_add_node (&lab, "Anna", fr_node_get_server (lab.nodes[0]));
  g_assert_true (fr_node_set_relays (lab.nodes[1], "stun://127.0.0.1:10", NULL, NULL));
  invitation = fr_node_get_invitation (lab.nodes[0]);
  fr_test_wait_until (lab_is_here, lab_add_person (lab.nodes[1], invitation), 15);
  g_assert_cmpstr (fr_node_get_stun (lab.nodes[1]), ==, "stun://127.0.0.1:10");
  g_assert_cmpstr (fr_node_get_turn (lab.nodes[1]), ==, "turn://u:p@127.0.0.1:9");
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
  FrNode *node = lab_open_node (folder, "Lonely", "127.0.0.1:1");

  fr_test_wait_until (is_waiting, node, 5);
  g_assert_cmpint (fr_node_get_state (node), ==, FR_NODE_WAITING);
  g_assert_nonnull (strstr (fr_node_get_error (node)->message, "127.0.0.1:1"));
  g_assert_null (fr_node_search (node, "  ", &error));
  g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_SEARCH);
  g_assert_false (fr_node_connect_server (node, "what is this?", NULL));
  lab_close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

static void
test_folder_in_use (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  FrNode *node = lab_open_node (folder, "First", NULL);
  FrNodeOptions options = { .folder = folder, .name = "Second" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_node_open_async (&options, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 5);
  g_assert_null (fr_node_open_finish (result, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_LOCKED);
  lab_close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

static gboolean
serves (gpointer data)
{
  return fr_node_get_serving (data) != NULL && fr_node_get_state (data) == FR_NODE_ONLINE;
}

/* Who has started a network runs it at the next start too, until they choose another server. */
static void
test_serves_again (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  FrNode *node = lab_open_node (folder, "Server", NULL);

  fr_node_serve_async (node, FALSE, 0, NULL, NULL, NULL);
  fr_test_wait_until (serves, node, 10);
  lab_close_node (node);

  node = lab_open_node (folder, NULL, NULL);
  fr_test_wait_until (serves, node, 10);
  g_assert_true (fr_node_connect_server (node, "127.0.0.1:1", NULL));
  lab_close_node (node);

  node = lab_open_node (folder, NULL, NULL);
  fr_test_wait_until (is_waiting, node, 5);
  g_assert_null (fr_node_get_serving (node));
  lab_close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

/* What an invitation changes for all connections is said, by the names of the servers and without their passwords. */
static void
assert_invited_relays (FrNode *node, const char *stun, const char *turn, const char *words)
{
  FrInvitation invitation = { .name = (char *) "Zoë", .key = { { 1 } }, .server = (char *) "wss://example.org/",
                              .address = (char *) "zoe", .stun = (char *) stun, .turn = (char *) turn };
  g_autofree char *uri = fr_invitation_to_uri (&invitation);
  g_autofree char *text = fr_node_describe_invited_relays (node, uri);

  g_assert_cmpint (text != NULL, ==, words != NULL);
  if (text == NULL)
    return;
  g_assert_nonnull (strstr (text, words));
  g_assert_null (strstr (text, "secret"));
}

static void
test_relays (void)
{
  static const char *const bad[] = { "example.org", "http://example.org", "stun://", "turn://example.org", "stun:" };
  g_autofree char *folder = fr_test_folder_new ();
  FrNode *node = lab_open_node (folder, "Relayed", NULL);

  g_assert_null (fr_node_get_stun (node));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (fr_node_set_relays (node, bad[i], NULL, &error));
      g_assert_error (error, FR_NODE_ERROR, FR_NODE_ERROR_BAD_RELAY);
      g_assert_null (fr_node_get_stun (node));
    }
  assert_invited_relays (node, "stun://a.example:1", NULL, "a.example");
  assert_invited_relays (node, NULL, "turn://u:secret@b.example:1", "b.example");
  assert_invited_relays (node, "stun://a.example:1", "turn://u:secret@b.example:1", "a.example and b.example");
  assert_invited_relays (node, "stun://a.example:1", "turn://u:secret@a.example:1", "by a.example,");
  assert_invited_relays (node, NULL, NULL, NULL);
  g_assert_null (fr_node_describe_invited_relays (node, "zoe"));
  g_assert_true (fr_node_set_relays (node, "stun://example.org:3478", "turn://a:b@example.org:3478", NULL));
  assert_invited_relays (node, "stun://a.example:1", "turn://u:secret@b.example:1", NULL); /* the person has chosen */
  lab_close_node (node);

  node = lab_open_node (folder, NULL, NULL);
  g_assert_cmpstr (fr_node_get_stun (node), ==, "stun://example.org:3478");
  g_assert_cmpstr (fr_node_get_turn (node), ==, "turn://a:b@example.org:3478");
  g_assert_true (fr_node_set_relays (node, "", NULL, NULL));
  lab_close_node (node);

  node = lab_open_node (folder, NULL, NULL);
  g_assert_null (fr_node_get_stun (node));
  g_assert_null (fr_node_get_turn (node));
  lab_close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

static GPid
get_decoder (FrImageClient *client)
{
  return fr_image_pool_get_pid (_fr_image_client_get_pool (client), 0);
}

static FrImagePixels *
render (FrNode *node, GBytes *bytes, const FrContentId *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_node_render_bytes_async (node, bytes, id, 64, 64, NULL, lab_result_cb, &result);
  fr_test_wait_until (lab_is_set, &result, 20);
  return fr_node_render_bytes_finish (node, result, error);
}

/* What has decoded a stranger's bytes gets none that strangers may not see, and is not there before they come. */
static void
test_decoders (void)
{
  g_autoptr (GBytes) bytes = lab_make_picture ("harbour", 0), other = lab_make_picture ("other", 0);
  g_autoptr (FrImagePixels) preview = NULL, thumbnail = NULL;
  g_autoptr (FrPicture) kept = fr_picture_new ();
  g_autoptr (FrGalleryItem) item = NULL;
  g_autoptr (GError) error = NULL;
  FrPicture *own;
  FrNode *node;
  NodeLab lab;
  GPid decoder;

  lab_init (&lab, 1);
  node = lab.nodes[0];
  lab_share (node, bytes, "Harbour");
  item = g_list_model_get_item (G_LIST_MODEL (fr_node_get_gallery (node)), 0);
  own = fr_gallery_item_get_picture (item);
  decoder = get_decoder (node->image);
  g_assert_cmpint (decoder, !=, 0);
  g_assert_cmpint (get_decoder (node->image_for_others), ==, 0);
  thumbnail = render (node, bytes, &own->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_decoder (node->image_for_others), ==, 0);

  preview = render (node, other, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_decoder (node->image_for_others), !=, 0);
  g_assert_cmpint (get_decoder (node->image_for_others), !=, decoder);
  g_assert_cmpint (get_decoder (node->image), ==, decoder);

  memset (&kept->origin, 7, sizeof kept->origin);
  g_assert_true (fr_gallery_choose_image_client (fr_node_get_gallery (node), own) == node->image);
  g_assert_true (fr_gallery_choose_image_client (fr_node_get_gallery (node), kept) == node->image_for_others);
  g_assert_true (fr_gallery_choose_image_client (fr_node_get_gallery (node), NULL) == node->image_for_others);
  g_clear_object (&item);
  lab_clear (&lab);
}

/* Without a descriptor for the bytes there is an answer all the same, or whoever waits would wait for ever. */
static void
test_no_descriptor (void)
{
  g_autoptr (GBytes) bytes = lab_make_picture ("harbour", 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrImagePixels) pixels = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit limit, none;
  NodeLab lab;

  lab_init (&lab, 1);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  none = limit;
  none.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  fr_node_render_bytes_async (lab.nodes[0], bytes, NULL, 64, 64, NULL, lab_result_cb, &result);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  fr_test_wait_until (lab_is_set, &result, 5);
  g_assert_null (fr_node_render_bytes_finish (lab.nodes[0], result, &error));
  g_assert_error (error, FR_IMAGE_ERROR, FR_IMAGE_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_object (&result); /* it holds the node */
  pixels = render (lab.nodes[0], bytes, NULL, &error);
  g_assert_no_error (error);
  lab_clear (&lab);
}

void
test_node_add (void)
{
  g_test_add_func ("/node/no-server", test_no_server);
  g_test_add_func ("/node/folder-in-use", test_folder_in_use);
  g_test_add_func ("/node/neighbour", test_neighbour);
  g_test_add_func ("/node/for-contacts", test_for_contacts);
  g_test_add_data_func ("/node/line-of-three/small", GSIZE_TO_POINTER (12000), test_line_of_three);
  g_test_add_data_func ("/node/line-of-three/large", GSIZE_TO_POINTER (3000000), test_line_of_three);
  g_test_add_func ("/node/starts-again", test_starts_again);
  g_test_add_func ("/node/nobody-there", test_nobody_there);
  g_test_add_func ("/node/glare", test_glare);
  g_test_add_func ("/node/name-taken", test_name_taken);
  g_test_add_func ("/node/name-taken-meanwhile", test_name_taken_meanwhile);
  g_test_add_func ("/node/invited-relays", test_invited_relays);
  g_test_add_func ("/node/serves-again", test_serves_again);
  g_test_add_func ("/node/relays", test_relays);
  g_test_add_func ("/node/decoders", test_decoders);
  g_test_add_func ("/node/no-descriptor", test_no_descriptor);
}
