/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-sort.h"
#include "fr-removal-toast.h"
#include "fr-wall-private.h"

#include "tests.h"
#include "ui-fixture.h"

/* One's own pictures on a wall. */

static gboolean
is_idle (gpointer data)
{
  return !fr_import_bar_is_busy (data);
}

typedef struct
{
  GListModel *items;
  guint n;
} Goal;

static gboolean
has_n (gpointer data)
{
  const Goal *goal = data;

  return g_list_model_get_n_items (goal->items) == goal->n;
}

static gboolean
has_picture (gpointer data)
{
  FrWallTile *tile = fr_wall_tiles_find (data, 0);

  return tile != NULL && fr_wall_tile_get_texture (tile) != NULL;
}

static const char *
get_day (FrWall *wall)
{
  return fr_wall_tile_get_day (fr_wall_tiles_find (wall, 0));
}

static void
add (FrGalleryPage *page, const char *folder, const char *name)
{
  g_autofree char *path = ui_fixture_write_photograph (folder, name);
  const char *const paths[] = { path, NULL };

  fr_gallery_page_offer_paths (page, paths);
  fr_test_wait_until (is_idle, fr_gallery_page_get_import_bar (page), 20);
}

static char *
list_titles (GListModel *items)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (FrGalleryItem) item = g_list_model_get_item (items, i);

      g_string_append_printf (titles, "%s|", fr_gallery_item_get_picture (item)->title);
    }
  return g_string_free (titles, FALSE);
}

/* Added, shown, sorted, removed, and brought back. */
static void
test_page (void)
{
  UiFixture fixture = { NULL };
  FrGalleryPage *page;
  FrGallery *gallery;
  GListModel *items;
  FrWall *wall;
  g_autofree char *names = NULL, *names_again = NULL, *shown = NULL;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  gallery = fr_node_get_gallery (fr_window_get_node (fixture.window));
  page = fr_main_view_get_gallery_page (fr_window_get_main_view (fixture.window));
  wall = fr_gallery_page_get_wall (page);
  items = G_LIST_MODEL (fr_wall_get_selection (wall));
  fr_gallery_set_audience (gallery, FR_AUDIENCE_EVERYONE, NULL);
  add (page, fixture.folder, "Zoo.png");
  add (page, fixture.folder, "Dune.png");
  add (page, fixture.folder, "Harbour.png");
  fr_test_wait_until (has_picture, wall, 20);
  g_assert_cmpstr (get_day (wall), ==, "Today");

  g_object_set (page, "sort", FR_GALLERY_SORT_NAME, NULL);
  fr_test_wait_until (has_n, &(Goal){ items, 3 }, 10);
  ui_fixture_settle ();
  g_assert_null (get_day (wall));
  fr_gallery_page_show_audience (page, FR_GALLERY_PAGE_KEPT);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 0);
  g_object_get (page, "shown", &shown, NULL);
  g_assert_cmpstr (shown, ==, "kept");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "gallery.shown", "s", "nonsense"));
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "gallery.shown", "s", "all"));
  g_object_set (page, "sort", FR_GALLERY_SORT_DATE, NULL);
  fr_test_wait_until (has_n, &(Goal){ items, 3 }, 10);

  fr_wall_set_selecting (wall, TRUE);
  fr_wall_activate (wall, 0);
  fr_wall_activate (wall, 1);
  names = list_titles (G_LIST_MODEL (gallery));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "gallery.remove", NULL));
  fr_test_wait_until (has_n, &(Goal){ items, 1 }, 10);
  ui_fixture_settle ();
  g_assert_false (fr_wall_get_selecting (wall));
  g_assert_true (fr_removal_toast_undo (GTK_WIDGET (page)));
  g_assert_false (fr_removal_toast_undo (GTK_WIDGET (page)));
  fr_test_wait_until (has_n, &(Goal){ items, 3 }, 10);
  names_again = list_titles (G_LIST_MODEL (gallery));
  g_assert_cmpstr (names_again, ==, names);
  ui_fixture_close (&fixture);
}

void
test_wall_page_add (void)
{
  g_test_add_func ("/ui/wall-page/all", test_page);
}
