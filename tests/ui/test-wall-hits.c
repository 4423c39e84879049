/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-colours.h"
#include "fr-day-text.h"
#include "fr-facts.h"
#include "fr-hit-private.h"
#include "fr-invitation.h"
#include "fr-wall-days.h"
#include "fr-wall-items.h"
#include "fr-wall-private.h"

#include "tests.h"
#include "ui-fixture.h"

/* Pictures of others on a wall. */

static const FrPeerKey anna_key = { { 1 } }, bert_key = { { 2 } }, stranger_key = { { 3 } }, other_key = { { 4 } };

typedef struct
{
  char *folder;
  FrNode *node;
  FrPeople *people;
} Lab;

static void
lab_init (Lab *lab)
{
  lab->folder = fr_test_folder_new ();
  lab->node = ui_fixture_open_node (lab->folder, "Zoe", NULL);
  lab->people = fr_node_get_people (lab->node);
}

static void
lab_clear (Lab *lab)
{
  ui_fixture_close_node (lab->node);
  fr_test_folder_free (lab->folder);
}

static void
add_contact (Lab *lab, const char *name, const FrPeerKey *key)
{
  FrInvitation invitation = { .name = (char *) name, .key = *key, .server = (char *) "127.0.0.1:9",
                              .address = (char *) name };
  g_autofree char *uri = fr_invitation_to_uri (&invitation);
  g_autoptr (GError) error = NULL;

  fr_people_add (lab->people, uri, &error);
  g_assert_no_error (error);
}

static FrHit *
make_hit (const char *title, guint day)
{
  FrHitItem item = { .title = (char *) title, .day = day, .has_preview = TRUE };

  memcpy (item.id.bytes, title, MIN (strlen (title), sizeof item.id.bytes));
  return fr_hit_new (&item, 0);
}

static void
add_holder (FrHit *hit, const FrPeerKey *key, guint hops)
{
  FrHolder holder = { .key = *key,
                      .name = (char *) "Anna", /* anybody may say so */
                      .server = (char *) "",
                      .address = (char *) "",
                      .doorbell = (char *) "",
                      .hops = hops };

  g_assert_true (fr_hit_add_holder (hit, &holder));
}

static GBytes *
make_preview (void)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='6'>"
                            "<rect width='8' height='6' fill='teal'/></svg>";

  return g_bytes_new_static (svg, strlen (svg));
}

/* Whom it is from, in words. */
static void
test_from (void)
{
  static const struct
  {
    const char *name;
    guint n_others;
    const char *text;
  } rows[] = {
    { "Anna", 0, "From Anna" },
    { "Anna", 1, "From Anna and 1 other" },
    { "Anna", 63, "From Anna and 63 others" },
    { "%s %u", 1, "From %s %u and 1 other" },
    { "", 0, "From someone you don’t know" },
    { "", 1, "From 2 people you don’t know" },
    { "", 63, "From 64 people you don’t know" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_facts_describe_from (rows[i].name, rows[i].n_others);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* Who has it is named only if they are a contact, by the name that they have here. */
static void
test_facts (void)
{
  static const struct
  {
    const FrPeerKey *holders[4]; /* the nearest first */
    const char *who;
    guint n_others;
    const char *from;
    gboolean is_veiled;
  } rows[] = {
    { { NULL }, NULL, 0, NULL, FALSE },
    { { &anna_key }, "Anna", 0, "From Anna", FALSE },
    { { &bert_key, &anna_key }, "Bert", 1, "From Bert and 1 other", FALSE },
    { { &stranger_key }, "", 0, "From someone you don’t know", TRUE },
    { { &stranger_key, &other_key }, "", 1, "From 2 people you don’t know", TRUE },
    { { &stranger_key, &bert_key, &other_key }, "Bert", 2, "From Bert and 2 others", TRUE },
  };
  g_autoptr (FrVeil) veil = NULL;
  Lab lab;

  lab_init (&lab);
  add_contact (&lab, "Anna", &anna_key);
  add_contact (&lab, "Bert", &bert_key);
  veil = fr_veil_new (lab.people, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrHit) hit = make_hit ("Dune", 0);
      g_autoptr (FrWallItem) item = NULL;
      const FrWallFacts *facts;

      fr_hit_set_mine (hit, rows[i].holders[0] == NULL);
      for (guint k = 0; rows[i].holders[k] != NULL; k++)
        add_holder (hit, rows[i].holders[k], k + 1);
      item = fr_wall_item_get_found (lab.node, veil, hit);
      facts = fr_wall_item_get_facts (item);
      g_assert_cmpstr (fr_wall_item_get_words (item), ==, "Dune");
      g_assert_cmpstr (facts->who, ==, rows[i].who);
      g_assert_cmpuint (facts->n_others, ==, rows[i].n_others);
      g_assert_cmpstr (facts->from, ==, rows[i].from);
      g_assert_cmpint (facts->is_veiled, ==, rows[i].is_veiled);
      g_assert_false (facts->is_kept);
      g_assert_false (facts->is_fresh);
    }
  lab_clear (&lab);
}

static void
changed_cb (FrWallItem *item, guint *n)
{
  ++*n;
}

/* Each thing that may come later is told, and is true from then on. */
static void
test_changes (void)
{
  g_autoptr (GBytes) preview = make_preview ();
  g_autoptr (FrHit) hit = make_hit ("Dune", 0);
  g_autoptr (FrWallItem) item = NULL;
  g_autoptr (FrVeil) veil = NULL;
  guint n = 0;
  Lab lab;

  lab_init (&lab);
  add_contact (&lab, "Anna", &anna_key);
  veil = fr_veil_new (lab.people, NULL);
  add_holder (hit, &anna_key, 1);
  item = fr_wall_item_get_found (lab.node, veil, hit);
  g_signal_connect (item, "changed", G_CALLBACK (changed_cb), &n);
  g_assert_true (fr_wall_item_get_hit (item) == hit);
  g_assert_null (fr_wall_item_get_source (item));
  g_assert_false (fr_wall_item_has_picture (item));
  fr_hit_set_preview (hit, preview, 0);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (fr_wall_item_has_picture (item));
  g_assert_true (fr_wall_item_get_preview (item) == preview);
  fr_hit_set_fresh (hit, TRUE);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (fr_wall_item_get_facts (item)->is_fresh);
  add_holder (hit, &stranger_key, 2);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (fr_wall_item_get_facts (item)->n_others, ==, 1);
  g_assert_true (fr_wall_item_get_facts (item)->is_veiled);
  fr_veil_lift (veil, hit);
  g_assert_cmpuint (n, ==, 4);
  g_assert_false (fr_wall_item_get_facts (item)->is_veiled);
  fr_hit_set_mine (hit, TRUE);
  g_assert_cmpuint (n, ==, 5);
  g_assert_null (fr_wall_item_get_preview (item)); /* the own thumbnail is better */
  g_assert_true (fr_wall_item_has_picture (item));
  g_assert_finalize_object (g_steal_pointer (&item));
  fr_hit_set_mine (hit, FALSE);
  g_assert_cmpuint (n, ==, 5);
  lab_clear (&lab);
}

/* Where nothing may be blurred, nothing is. */
static void
test_no_veil (void)
{
  g_autoptr (FrHit) hit = make_hit ("Dune", 0);
  g_autoptr (FrWallItem) item = NULL;
  Lab lab;

  lab_init (&lab);
  add_holder (hit, &stranger_key, 1);
  item = fr_wall_item_get_found (lab.node, NULL, hit);
  g_assert_false (fr_wall_item_get_facts (item)->is_veiled);
  lab_clear (&lab);
}

/* Others say the day, which is the same here; or do not say it, and then nothing begins with it. */
static void
test_days (void)
{
  static const guint days[] = { 20785, 20785, 20784, 0, 0 };
  static const gboolean is_first[] = { TRUE, FALSE, TRUE, FALSE, FALSE };
  g_autoptr (GListStore) hits = g_list_store_new (FR_TYPE_HIT);
  g_autoptr (FrWallItems) items = NULL;
  g_autoptr (FrWallItem) newest = NULL;
  g_autoptr (GListStore) months = NULL;
  g_autofree char *text = NULL;
  Lab lab;

  lab_init (&lab);
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *title = g_strdup_printf ("%" G_GSIZE_FORMAT, i);
      g_autoptr (FrHit) hit = make_hit (title, days[i]);

      g_list_store_append (hits, hit);
    }
  items = fr_wall_items_new (lab.node, G_LIST_MODEL (hits));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    g_assert_cmpint (fr_wall_days_is_first (G_LIST_MODEL (items), i), ==, is_first[i]);
  newest = g_list_model_get_item (G_LIST_MODEL (items), 0);
  text = fr_day_text_describe (fr_wall_item_get_time_us (newest), 0);
  g_assert_cmpstr (text, ==, "28 November 2026");
  months = fr_wall_days_list_months (G_LIST_MODEL (items));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (months)), ==, 1);
  lab_clear (&lab);
}

/* Own and found ones stand on one wall. */
static void
test_mixed (void)
{
  g_autoptr (GListStore) both = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (FrPicture) picture = fr_picture_new ();
  g_autoptr (FrGalleryItem) own = fr_gallery_item_new (picture);
  g_autoptr (FrHit) hit = make_hit ("Dune", 0);
  g_autoptr (FrWallItems) items = NULL;
  g_autoptr (FrWallItem) first = NULL;
  g_autoptr (FrWallItem) second = NULL;
  g_autoptr (FrWallItem) again = NULL;
  Lab lab;

  lab_init (&lab);
  g_list_store_append (both, own);
  g_list_store_append (both, hit);
  items = fr_wall_items_new (lab.node, G_LIST_MODEL (both));
  first = g_list_model_get_item (G_LIST_MODEL (items), 0);
  second = g_list_model_get_item (G_LIST_MODEL (items), 1);
  again = g_list_model_get_item (G_LIST_MODEL (items), 1);
  g_assert_true (fr_wall_item_get_source (first) == own);
  g_assert_null (fr_wall_item_get_hit (first));
  g_assert_true (fr_wall_item_get_hit (second) == hit);
  g_assert_true (again == second);
  lab_clear (&lab);
}

/* A tile gets what comes after it is shown. */

static gboolean
has_texture (gpointer data)
{
  FrWallTile *tile = fr_wall_tiles_find (data, 0);

  return tile != NULL && fr_wall_tile_get_texture (tile) != NULL;
}

static gboolean
has_tile (gpointer data)
{
  return fr_wall_tiles_find (data, 0) != NULL;
}

static void
test_tile (void)
{
  g_autoptr (GListStore) hits = g_list_store_new (FR_TYPE_HIT);
  g_autoptr (FrHit) hit = make_hit ("Dune", 0);
  g_autoptr (GBytes) preview = make_preview ();
  g_autoptr (FrTextureLoader) loader = NULL;
  g_autoptr (FrWallItems) items = NULL;
  g_autoptr (FrVeil) veil = NULL;
  GtkWidget *window = gtk_window_new (), *cell;
  FrWall *wall = g_object_new (FR_TYPE_WALL, NULL);
  Lab lab;

  lab_init (&lab);
  add_holder (hit, &stranger_key, 1);
  fr_hit_set_fresh (hit, TRUE);
  g_list_store_append (hits, hit);
  loader = fr_texture_loader_new (lab.node);
  veil = fr_veil_new (lab.people, NULL);
  items = fr_wall_items_new_veiled (lab.node, G_LIST_MODEL (hits), veil);
  fr_wall_set_model (wall, G_LIST_MODEL (items), loader);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (wall));
  gtk_window_present (GTK_WINDOW (window));
  fr_test_wait_until (has_tile, wall, 10);
  ui_fixture_settle ();
  g_assert_false (fr_wall_tile_needs_picture (fr_wall_tiles_find (wall, 0)));
  fr_hit_set_preview (hit, preview, 0);
  fr_test_wait_until (has_texture, wall, 20);
  cell = gtk_widget_get_parent (GTK_WIDGET (fr_wall_tiles_find (wall, 0)));
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Dune. From someone you don’t know. Blurred. New");
  fr_veil_lift (veil, hit);
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Dune. From someone you don’t know. New");
  gtk_window_destroy (GTK_WINDOW (window));
  ui_fixture_settle ();
  lab_clear (&lab);
}

/* Colours stay where they are; sizes that do not divide, and such as are smaller than what is left, are nothing special. */
static void
test_colours (void)
{
  static const struct
  {
    int width, height;
  } rows[] = { { 256, 192 }, { 97, 13 }, { 6, 6 }, { 5, 1 }, { 1, 1 }, { 1, 256 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const int width = rows[i].width, height = rows[i].height;
      guchar *pixels = g_malloc ((gsize) width * (gsize) height * 4);
      g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, (gsize) width * (gsize) height * 4);
      g_autoptr (GdkTexture) texture = NULL;
      g_autoptr (GdkTexture) colours = NULL;
      guchar means[FR_COLOURS_SIDE * FR_COLOURS_SIDE * 4];

      for (int k = 0; k < width * height; k++)
        memcpy (pixels + k * 4, (guchar[4]){ k % width < width / 2 ? 200 : 10, 50, 100, 255 }, 4);
      texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) width * 4);
      colours = fr_colours_make (texture);
      g_assert_cmpint (gdk_texture_get_width (colours), ==, FR_COLOURS_SIDE);
      gdk_texture_download (colours, means, FR_COLOURS_SIDE * 4);
      g_assert_cmpint (means[0], ==, width > 1 ? 200 : 10);
      g_assert_cmpint (means[(FR_COLOURS_SIDE - 1) * 4], ==, 10);
      for (gsize k = 0; k < G_N_ELEMENTS (means); k += 4)
        {
          g_assert_cmpint (means[k + 1], ==, 50);
          g_assert_cmpint (means[k + 3], ==, 255);
        }
    }
}

void
test_wall_hits_add (void)
{
  g_test_add_func ("/ui/wall-hits/from", test_from);
  g_test_add_func ("/ui/wall-hits/facts", test_facts);
  g_test_add_func ("/ui/wall-hits/changes", test_changes);
  g_test_add_func ("/ui/wall-hits/no-veil", test_no_veil);
  g_test_add_func ("/ui/wall-hits/days", test_days);
  g_test_add_func ("/ui/wall-hits/mixed", test_mixed);
  g_test_add_func ("/ui/wall-hits/tile", test_tile);
  g_test_add_func ("/ui/wall-hits/colours", test_colours);
}
