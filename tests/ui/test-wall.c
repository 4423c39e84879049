/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-gallery-sort.h"
#include "fr-month-list.h"
#include "fr-wall-days.h"
#include "fr-wall-geometry.h"
#include "fr-wall-items.h"
#include "fr-wall-private.h"
#include "fr-wall-selection.h"

#include "tests.h"
#include "ui-fixture.h"

/* A wall of pictures by itself. */

#define DAY_US (24 * G_TIME_SPAN_HOUR)

typedef struct
{
  char *folder;
  FrNode *node;
  FrTextureLoader *loader;
  GListStore *items; /* of FrWallItem */
  GtkWidget *window;
  FrWall *wall;
} Lab;

static FrWallItem *
make_item (FrNode *node, guint number, gint64 added_us)
{
  g_autoptr (FrPicture) picture = fr_picture_new ();
  g_autoptr (FrGalleryItem) source = NULL;
  g_autofree char *title = g_strdup_printf ("Picture %u", number);

  fr_picture_set_text (picture, title, "", NULL);
  memcpy (picture->id.bytes, &number, sizeof number);
  picture->added_us = added_us;
  source = fr_gallery_item_new (picture);
  return fr_wall_item_get (node, source);
}

static void
fill (Lab *lab, guint n, gint64 newest_us, gint64 apart_us)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, make_item (lab->node, i, newest_us - i * apart_us));
  g_list_store_splice (lab->items, 0, 0, items->pdata, n);
}

static void
lab_init (Lab *lab)
{
  *lab = (Lab){ 0 };
  lab->folder = fr_test_folder_new ();
  lab->node = ui_fixture_open_node (lab->folder, "Anna", NULL);
  lab->loader = fr_texture_loader_new (lab->node);
  lab->items = g_list_store_new (FR_TYPE_WALL_ITEM);
}

static gboolean
has_size (gpointer data)
{
  return fr_wall_tiles_get_row_height (data) > 0;
}

static void
lab_show (Lab *lab)
{
  lab->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (lab->window), 640, 480);
  lab->wall = g_object_new (FR_TYPE_WALL, "days", TRUE, "label", "Pictures", NULL);
  gtk_window_set_child (GTK_WINDOW (lab->window), GTK_WIDGET (lab->wall));
  fr_wall_set_model (lab->wall, G_LIST_MODEL (lab->items), lab->loader);
  gtk_window_present (GTK_WINDOW (lab->window));
  fr_test_wait_until (has_size, lab->wall, 10);
  ui_fixture_settle ();
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
lab_clear (Lab *lab)
{
  if (lab->window != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (lab->wall), (gpointer *) &lab->wall);
      gtk_window_destroy (GTK_WINDOW (lab->window));
      ui_fixture_settle ();
      g_assert_null (lab->wall);
    }
  g_clear_object (&lab->items);
  g_object_add_weak_pointer (G_OBJECT (lab->loader), (gpointer *) &lab->loader);
  g_object_unref (lab->loader);
  fr_test_wait_until (is_gone, &lab->loader, 10); /* what it was asked for has been given up */
  ui_fixture_close_node (lab->node);
  fr_test_folder_free (lab->folder);
}

static gint64
make_us (int year, int month, int day)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, 12, 0, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/* Days and months */

static void
test_months (void)
{
  static const struct
  {
    int year, month, day;
    gboolean is_first;
  } rows[] = {
    { 2026, 11, 28, TRUE }, { 2026, 11, 28, FALSE }, { 2026, 11, 1, TRUE },  { 2026, 10, 31, TRUE },
    { 2026, 9, 2, TRUE },   { 2026, 9, 2, FALSE },   { 2026, 9, 2, FALSE }, { 2025, 9, 2, TRUE },
  };
  static const struct
  {
    guint first, n;
  } months[] = { { 0, 3 }, { 3, 1 }, { 4, 3 }, { 7, 1 } };
  g_autoptr (GListStore) none = NULL;
  g_autoptr (GListStore) list = NULL;
  Lab lab;

  lab_init (&lab);
  none = fr_wall_days_list_months (G_LIST_MODEL (lab.items));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (none)), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrWallItem) item = make_item (lab.node, i, make_us (rows[i].year, rows[i].month, rows[i].day));

      g_list_store_append (lab.items, item);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_wall_days_is_first (G_LIST_MODEL (lab.items), i), ==, rows[i].is_first);
  g_assert_false (fr_wall_days_is_first (G_LIST_MODEL (lab.items), G_N_ELEMENTS (rows)));
  list = fr_wall_days_list_months (G_LIST_MODEL (lab.items));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, G_N_ELEMENTS (months));
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      g_autoptr (FrMonth) month = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_cmpuint (fr_month_get_first (month), ==, months[i].first);
      g_assert_cmpuint (fr_month_get_n (month), ==, months[i].n);
    }
  lab_clear (&lab);
}

static const char *
get_day (Lab *lab, guint position)
{
  return fr_wall_tile_get_day (fr_wall_tiles_find (lab->wall, position));
}

/* Names are on the cells, which have the focus; what is newer takes the caption over. */
static void
test_captions (void)
{
  gint64 now_us = g_get_real_time ();
  g_autoptr (FrWallItem) newer = NULL;
  FrWallTile *tile;
  Lab lab;

  lab_init (&lab);
  fill (&lab, 3, now_us - 400 * DAY_US, DAY_US);
  lab_show (&lab);
  g_assert_nonnull (get_day (&lab, 0));
  g_assert_nonnull (get_day (&lab, 1));
  newer = make_item (lab.node, 99, now_us - 400 * DAY_US);
  g_list_store_insert (lab.items, 0, newer);
  ui_fixture_settle ();
  g_assert_nonnull (get_day (&lab, 0));
  g_assert_null (get_day (&lab, 1));
  tile = fr_wall_tiles_find (lab.wall, 1);
  g_assert_null (gtk_test_accessible_check_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (tile))),
                                                     GTK_ACCESSIBLE_PROPERTY_LABEL, "Picture 0"));
  fr_wall_set_days (lab.wall, FALSE);
  ui_fixture_settle ();
  g_assert_null (get_day (&lab, 0));
  lab_clear (&lab);
}

typedef struct
{
  FrWall *wall;
  guint position;
} Focus;

static gboolean
has_focus (gpointer data)
{
  const Focus *focus = data;
  FrWallTile *tile = fr_wall_tiles_find_focus (focus->wall);

  return focus->wall->go_to_id == 0 && tile != NULL && fr_wall_tile_get_position (tile) == focus->position;
}

static void
go_to (Lab *lab, guint position)
{
  fr_wall_go_to (lab->wall, position);
  fr_test_wait_until (has_focus, &(Focus){ lab->wall, position }, 10);
}

/* From the list of months to the first picture of one. */
static void
test_go_to_month (void)
{
  g_autoptr (FrMonth) month = NULL;
  GtkAdjustment *adjustment;
  GtkWindow *list;
  Lab lab;

  lab_init (&lab);
  fill (&lab, 2000, make_us (2026, 11, 28), DAY_US / 4);
  lab_show (&lab);
  adjustment = gtk_scrolled_window_get_vadjustment (lab.wall->scrolled);
  go_to (&lab, 1000);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 1000);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.wall), "wall.months", NULL));
  list = ui_fixture_await_window (FR_TYPE_MONTH_LIST);
  month = fr_month_new (0, 200, 1);
  g_signal_emit_by_name (list, "chosen", month);
  fr_test_wait_until (has_focus, &(Focus){ lab.wall, 200 }, 10);
  gtk_window_destroy (list);
  lab_clear (&lab);
}

/* However many pictures there are, there are no more tiles than GTK keeps. */
static void
test_tiles (void)
{
  guint n_tiles = 0;
  Lab lab;

  lab_init (&lab);
  fill (&lab, 50000, g_get_real_time (), G_TIME_SPAN_MINUTE);
  lab_show (&lab);
  for (FrWallTile *tile = fr_wall_tiles_get_first (lab.wall); tile != NULL; tile = fr_wall_tiles_get_next (tile))
    n_tiles++;
  g_assert_cmpuint (n_tiles, >, 0);
  g_assert_cmpuint (n_tiles, <=, 40 * (fr_wall_tiles_count_columns (lab.wall) + 1));
  for (guint level = 0; level < FR_WALL_N_LEVELS; level++)
    {
      fr_wall_set_level (lab.wall, level);
      ui_fixture_settle ();
      g_assert_cmpuint (fr_wall_get_level (lab.wall), ==, level);
      go_to (&lab, level % 2 == 0 ? 49999 : 25000);
    }
  lab_clear (&lab);
}

static void
zoom (Lab *lab, const char *direction)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab->wall), "wall.zoom", "s", direction));
}

/* A size is kept, and is that of all walls; the usual one depends on the window. */
static void
test_zoom (void)
{
  FrWall *other;
  Lab lab;

  lab_init (&lab);
  fill (&lab, 3, g_get_real_time (), 1);
  lab_show (&lab);
  other = g_object_ref_sink (g_object_new (FR_TYPE_WALL, NULL));
  zoom (&lab, "usual");
  g_assert_cmpuint (fr_wall_get_level (lab.wall), ==, 2);
  fr_wall_set_narrow (lab.wall, TRUE);
  g_assert_cmpuint (fr_wall_get_level (lab.wall), ==, 1);
  zoom (&lab, "in");
  zoom (&lab, "in");
  g_assert_cmpuint (fr_wall_get_level (lab.wall), ==, 3);
  if (lab.wall->settings != NULL)
    g_assert_cmpuint (fr_wall_get_level (other), ==, 3);
  fr_wall_set_narrow (lab.wall, FALSE);
  zoom (&lab, "usual");
  zoom (&lab, "out");
  zoom (&lab, "out");
  zoom (&lab, "out");
  g_assert_cmpuint (fr_wall_get_level (lab.wall), ==, 0);
  zoom (&lab, "usual");
  g_assert_cmpuint (fr_wall_get_level (other), ==, 2);
  g_object_unref (other);
  lab_clear (&lab);
}

/* Selecting */

static void
open_cb (FrWall *wall, FrWallItem *item, guint *n)
{
  ++*n;
}

/* Opening, and picking while several are being picked. */
static void
test_select (void)
{
  FrWallSelection *bar = g_object_ref_sink (g_object_new (FR_TYPE_WALL_SELECTION, NULL));
  GtkSelectionModel *selection;
  guint n_opened = 0;
  Lab lab;

  lab_init (&lab);
  fill (&lab, 5, g_get_real_time (), 1);
  lab_show (&lab);
  g_object_set (bar, "wall", lab.wall, NULL);
  selection = fr_wall_get_selection (lab.wall);
  g_signal_connect (lab.wall, "open", G_CALLBACK (open_cb), &n_opened);
  fr_wall_activate (lab.wall, 2);
  fr_wall_activate (lab.wall, 99);
  g_assert_cmpuint (n_opened, ==, 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.wall), "wall.select", NULL));
  g_assert_true (fr_wall_get_selecting (lab.wall));
  fr_wall_activate (lab.wall, 2);
  fr_wall_activate (lab.wall, 4);
  g_assert_cmpuint (n_opened, ==, 1);
  g_assert_cmpuint (fr_wall_count_selected (lab.wall), ==, 2);
  g_assert_cmpstr (fr_wall_selection_get_text (bar), ==, "2 pictures selected");
  fr_wall_activate (lab.wall, 2);
  g_assert_true (gtk_selection_model_is_selected (selection, 4));
  g_assert_false (gtk_selection_model_is_selected (selection, 2));
  g_list_store_remove (lab.items, 4);
  g_assert_cmpuint (fr_wall_count_selected (lab.wall), ==, 0);
  fr_wall_select_all (lab.wall);
  g_assert_cmpstr (fr_wall_selection_get_text (bar), ==, "4 pictures selected");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.wall), "wall.select-none", NULL));
  g_assert_false (fr_wall_get_selecting (lab.wall));
  g_assert_cmpuint (fr_wall_count_selected (lab.wall), ==, 0);
  g_object_unref (bar);
  lab_clear (&lab);
}

/* What has the focus is meant while one does not select, whatever keys have left selected. */
static void
test_chosen (void)
{
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) focused = NULL;
  g_autoptr (GPtrArray) selected = NULL;
  Lab lab;

  lab_init (&lab);
  fill (&lab, 5, g_get_real_time (), 1);
  lab_show (&lab);
  gtk_window_set_focus (GTK_WINDOW (lab.window), NULL);
  none = fr_wall_list_chosen (lab.wall);
  g_assert_cmpuint (none->len, ==, 0);
  go_to (&lab, 3);
  gtk_selection_model_select_item (fr_wall_get_selection (lab.wall), 1, TRUE);
  focused = fr_wall_list_chosen (lab.wall);
  g_assert_cmpuint (focused->len, ==, 1);
  g_assert_cmpstr (fr_wall_item_get_words (focused->pdata[0]), ==, "Picture 3");
  fr_wall_set_selecting (lab.wall, TRUE);
  selected = fr_wall_list_chosen (lab.wall);
  g_assert_cmpuint (selected->len, ==, 1);
  g_assert_cmpstr (fr_wall_item_get_words (selected->pdata[0]), ==, "Picture 1");
  lab_clear (&lab);
}

/* What stands on them */

static const FrPeerKey stranger_key = { { 3 } };

/* What is usual is not marked; what is from others is, and for others than oneself once more. */
static void
test_facts (void)
{
  static const struct
  {
    FrAudience audience;
    FrAudience usual;
    const FrPeerKey *origin;
    const char *from;
    const char *text; /* NULL: no mark */
  } rows[] = {
    { FR_AUDIENCE_EVERYONE, FR_AUDIENCE_EVERYONE, NULL, NULL, NULL },
    { FR_AUDIENCE_ONLY_ME, FR_AUDIENCE_EVERYONE, NULL, NULL, "Only for me" },
    { FR_AUDIENCE_ONLY_ME, FR_AUDIENCE_ONLY_ME, NULL, NULL, NULL },
    { FR_AUDIENCE_EVERYONE, FR_AUDIENCE_CONTACTS, NULL, NULL, "For everyone" },
    { FR_AUDIENCE_ONLY_ME, FR_AUDIENCE_EVERYONE, &stranger_key, "From someone else", NULL },
    { FR_AUDIENCE_EVERYONE, FR_AUDIENCE_EVERYONE, &stranger_key, "From someone else", "For everyone" },
  };
  Lab lab;

  lab_init (&lab);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrPicture) picture = fr_picture_new ();
      g_autoptr (FrGalleryItem) source = NULL;
      g_autoptr (FrWallItem) item = NULL;
      const FrWallFacts *facts;

      fr_gallery_set_audience (fr_node_get_gallery (lab.node), rows[i].usual, NULL);
      fr_picture_set_text (picture, "Dune", i % 2 == 0 ? "" : "Sand", NULL);
      fr_picture_set_audience (picture, rows[i].audience, NULL);
      if (rows[i].origin != NULL)
        fr_picture_set_origin (picture, rows[i].origin, NULL);
      source = fr_gallery_item_new (picture);
      item = fr_wall_item_get (lab.node, source);
      facts = fr_wall_item_get_facts (item);
      g_assert_cmpstr (fr_wall_item_get_words (item), ==, i % 2 == 0 ? "Dune" : "Sand");
      g_assert_cmpstr (facts->from, ==, rows[i].from);
      g_assert_cmpstr (facts->audience, ==, rows[i].text);
      g_assert_cmpint (facts->audience_icon != NULL, ==, rows[i].text != NULL);
      g_assert_cmpint (facts->is_kept, ==, rows[i].origin != NULL);
      g_assert_cmpstr (facts->who, ==, rows[i].origin != NULL ? "" : NULL);
    }
  lab_clear (&lab);
}

static void
changed_cb (FrWallItem *item, guint *n)
{
  ++*n;
}

/* What stands on it is found again when the picture or the usual is another. */
static void
test_refresh (void)
{
  g_autoptr (FrPicture) picture = NULL;
  g_autoptr (FrWallItem) item = NULL;
  guint n = 0;
  Lab lab;

  lab_init (&lab);
  item = make_item (lab.node, 0, 0);
  g_signal_connect (item, "changed", G_CALLBACK (changed_cb), &n);
  g_assert_null (fr_wall_item_get_facts (item)->audience);
  picture = fr_picture_copy (fr_gallery_item_get_picture (fr_wall_item_get_source (item)));
  fr_picture_set_audience (picture, FR_AUDIENCE_ONLY_ME, NULL);
  fr_gallery_item_set_picture (fr_wall_item_get_source (item), picture);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (fr_wall_item_get_facts (item)->audience, ==, "Only for me");
  fr_gallery_set_audience (fr_node_get_gallery (lab.node), FR_AUDIENCE_ONLY_ME, NULL);
  fr_wall_item_refresh (item);
  g_assert_cmpuint (n, ==, 2);
  g_assert_null (fr_wall_item_get_facts (item)->audience);
  lab_clear (&lab);
}

/* An item is the same wherever it goes, and another for each picture. */
static void
test_items (void)
{
  g_autoptr (GListStore) store = g_list_store_new (FR_TYPE_GALLERY_ITEM);
  g_autoptr (FrWallItems) items = NULL;
  g_autoptr (FrWallItem) first = NULL;
  g_autoptr (FrWallItem) moved = NULL;
  g_autoptr (FrWallItem) second = NULL;
  Lab lab;

  lab_init (&lab);
  items = fr_wall_items_new (lab.node, G_LIST_MODEL (store));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FrWallItem) item = make_item (lab.node, i, i);

      g_list_store_insert (store, 0, fr_wall_item_get_source (item));
      if (i == 0)
        first = g_list_model_get_item (G_LIST_MODEL (items), 0);
    }
  moved = g_list_model_get_item (G_LIST_MODEL (items), 1);
  second = g_list_model_get_item (G_LIST_MODEL (items), 0);
  g_assert_true (moved == first);
  g_assert_true (second != first);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (items), 2));
  lab_clear (&lab);
}

/* In which order */

static void
test_sort (void)
{
  static const struct
  {
    const char *title;
    guint64 size;
    const char *origin_name;
  } pictures[] = { { "harbour", 3, NULL }, { "Dune", 1, "Bert" }, { "Zoo", 2, NULL }, { "dawn", 3, "Anna" } };
  static const struct
  {
    FrGallerySort sort;
    guint order[4];
  } rows[] = {
    { FR_GALLERY_SORT_NAME, { 3, 1, 0, 2 } },
    { FR_GALLERY_SORT_SIZE, { 0, 3, 2, 1 } },
    { FR_GALLERY_SORT_FROM, { 0, 2, 3, 1 } },
    { FR_GALLERY_SORT_DATE, { 0, 1, 2, 3 } },
  };
  g_autoptr (GListStore) store = g_list_store_new (FR_TYPE_GALLERY_ITEM);
  Lab lab;

  lab_init (&lab);
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (FrPicture) picture = fr_picture_new ();
      g_autoptr (FrGalleryItem) item = NULL;

      fr_picture_set_text (picture, pictures[i].title, "", NULL);
      picture->size = pictures[i].size;
      if (pictures[i].origin_name != NULL)
        fr_picture_set_origin (picture, &stranger_key, pictures[i].origin_name);
      item = fr_gallery_item_new (picture);
      g_list_store_append (store, item);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkSorter *sorter = fr_gallery_sort_make (rows[i].sort, fr_node_get_people (lab.node));
      g_autoptr (GtkSortListModel) sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (store)), sorter);

      for (guint k = 0; k < G_N_ELEMENTS (pictures); k++)
        {
          g_autoptr (FrGalleryItem) item = g_list_model_get_item (G_LIST_MODEL (sorted), k);

          g_assert_cmpstr (fr_gallery_item_get_picture (item)->title, ==, pictures[rows[i].order[k]].title);
        }
    }
  lab_clear (&lab);
}

void
test_wall_add (void)
{
  g_test_add_func ("/ui/wall/months", test_months);
  g_test_add_func ("/ui/wall/captions", test_captions);
  g_test_add_func ("/ui/wall/go-to-month", test_go_to_month);
  g_test_add_func ("/ui/wall/tiles", test_tiles);
  g_test_add_func ("/ui/wall/zoom", test_zoom);
  g_test_add_func ("/ui/wall/select", test_select);
  g_test_add_func ("/ui/wall/chosen", test_chosen);
  g_test_add_func ("/ui/wall/facts", test_facts);
  g_test_add_func ("/ui/wall/refresh", test_refresh);
  g_test_add_func ("/ui/wall/items", test_items);
  g_test_add_func ("/ui/wall/sort", test_sort);
}
