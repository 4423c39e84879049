/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-metadata-row.h"
#include "fr-viewer.h"

#include "tests.h"
#include "ui-fixture.h"

/* What is said about the details in a picture's file, and the switch for them. */

/* One pixel and a comment. */
static const char gif[] = "GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xfe\7Secret!\0"
                          ",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;";

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_finished (gpointer data)
{
  return fr_import_get_finished (data);
}

static char *
import (FrNode *node, GBytes *bytes)
{
  g_autoptr (FrImport) import = fr_import_new_for_bytes (fr_node_get_gallery (node), bytes, "Harbour");

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  fr_test_wait_until (is_finished, import, 15);
  return fr_import_bar_summarise (import);
}

static const FrPicture *
get_picture (FrViewer *viewer)
{
  return fr_gallery_item_get_picture (fr_viewed_picture_get_item (fr_viewer_get_picture (viewer)));
}

static gboolean
is_kept (gpointer view)
{
  return get_picture (view)->metadata == FR_METADATA_KEPT;
}

static gboolean
is_removed (gpointer view)
{
  return get_picture (view)->metadata == FR_METADATA_REMOVED;
}

static void
open_first (UiFixture *fixture)
{
  FrMainView *main_view = fr_window_get_main_view (fixture->window);
  GListModel *gallery = G_LIST_MODEL (fr_node_get_gallery (fr_window_get_node (fixture->window)));
  g_autoptr (FrGalleryItem) item = g_list_model_get_item (gallery, 0);

  g_signal_emit_by_name (fr_main_view_get_gallery_page (main_view), "open", item);
}

/* There and back, while the title is being edited: the picture stays open, with what was typed. */
static void
test_switch (void)
{
  UiFixture fixture = { NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static (gif, sizeof gif - 1);
  g_autofree char *summary = NULL;
  FrViewer *view;
  GtkWidget *row, *action_row, *toggle;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  view = fr_main_view_get_viewer (fr_window_get_main_view (fixture.window));
  summary = import (fr_window_get_node (fixture.window), bytes);
  g_assert_cmpstr (summary, ==, "1 picture added. Details such as the place were removed from what is shared of 1.");
  open_first (&fixture);
  row = find (GTK_WIDGET (view), FR_TYPE_METADATA_ROW);
  action_row = find (row, ADW_TYPE_ACTION_ROW);
  toggle = find (row, GTK_TYPE_SWITCH);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (action_row)), ==,
                   "Removed before sharing: titles, comments and keywords. You keep the original.");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));

  fr_details_set_title (fr_viewer_get_details (view), "Evening");
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  fr_test_wait_until (is_kept, view, 20);
  g_assert_cmpstr (get_picture (view)->title, ==, "Evening");
  g_assert_cmpuint (get_picture (view)->size, ==, sizeof gif - 1);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)) && gtk_widget_get_sensitive (toggle));

  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  fr_test_wait_until (is_removed, view, 20);
  g_assert_cmpuint (get_picture (view)->size, <, sizeof gif - 1);
  fr_main_view_back (fr_window_get_main_view (fixture.window));
  ui_fixture_close (&fixture);
}

static void
test_not_removable (void)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='6'/>";
  UiFixture fixture = { NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static (svg, sizeof svg - 1);
  g_autofree char *summary = NULL;
  FrViewer *view;
  GtkWidget *row;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  view = fr_main_view_get_viewer (fr_window_get_main_view (fixture.window));
  summary = import (fr_window_get_node (fixture.window), bytes);
  g_assert_cmpstr (summary, ==,
                   "1 picture added. 1 is for you alone until you share it: its details cannot be removed.");
  open_first (&fixture);
  row = find (GTK_WIDGET (view), FR_TYPE_METADATA_ROW);
  g_assert_false (gtk_widget_get_visible (find (row, GTK_TYPE_SWITCH)));
  g_assert_cmpint (get_picture (view)->audience, ==, FR_AUDIENCE_ONLY_ME);
  fr_main_view_back (fr_window_get_main_view (fixture.window));
  ui_fixture_close (&fixture);
}

void
test_metadata_add (void)
{
  g_test_add_func ("/ui/metadata/switch", test_switch);
  g_test_add_func ("/ui/metadata/not-removable", test_not_removable);
}
