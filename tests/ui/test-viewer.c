/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-tag-entry.h"
#include "fr-viewer.h"

#include "tests.h"
#include "ui-fixture.h"

/* The viewer in its window: going through pictures, their details, what is removed meanwhile. */

typedef struct
{
  UiFixture fixture;
  FrNode *node;
  FrMainView *main_view;
  FrViewer *viewer;
} Lab;

static gboolean
is_finished (gpointer data)
{
  return fr_import_get_finished (data);
}

static void
add (Lab *lab, const char *name)
{
  g_autofree char *path = ui_fixture_write_photograph (lab->fixture.folder, name);
  const char *const paths[] = { path, NULL };
  g_autoptr (FrImport) import = fr_import_new (fr_node_get_gallery (lab->node), paths);

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  fr_test_wait_until (is_finished, import, 15);
  g_assert_cmpuint (fr_import_get_n_added (import), ==, 1);
}

/* Three pictures, the newest first. */
static void
lab_init (Lab *lab)
{
  *lab = (Lab){ .fixture = { NULL } };
  ui_fixture_open (&lab->fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&lab->fixture, "main");
  lab->node = fr_window_get_node (lab->fixture.window);
  lab->main_view = fr_window_get_main_view (lab->fixture.window);
  lab->viewer = fr_main_view_get_viewer (lab->main_view);
  add (lab, "First.png");
  add (lab, "Second.png");
  add (lab, "Third.png");
}

static void
lab_clear (Lab *lab)
{
  ui_fixture_close (&lab->fixture);
}

static GListModel *
get_pictures (Lab *lab)
{
  return fr_gallery_page_get_pictures (fr_main_view_get_gallery_page (lab->main_view));
}

static void
open_position (Lab *lab, guint position)
{
  g_autoptr (FrGalleryItem) item = g_list_model_get_item (get_pictures (lab), position);

  g_signal_emit_by_name (fr_main_view_get_gallery_page (lab->main_view), "open", item);
  ui_fixture_settle ();
}

static const char *
get_title (Lab *lab)
{
  return fr_viewed_picture_get_title (fr_viewer_get_picture (lab->viewer));
}

static gboolean
act (Lab *lab, const char *action)
{
  gboolean is_done = gtk_widget_activate_action (GTK_WIDGET (lab->viewer), action, NULL);

  ui_fixture_settle ();
  return is_done;
}

static gboolean
is_whole (gpointer data)
{
  return fr_viewed_picture_is_whole (fr_viewer_get_picture (data));
}

static gboolean
is_shown (GtkWidget *viewer, const char *child)
{
  return gtk_widget_get_visible (
      GTK_WIDGET (gtk_widget_get_template_child (viewer, FR_TYPE_VIEWER, child)));
}

/* To the next and the previous; at the ends nothing happens, and nothing offers it. */
static void
test_walks (void)
{
  guint position;
  Lab lab;

  lab_init (&lab);
  open_position (&lab, 1);
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "viewer");
  g_assert_cmpstr (get_title (&lab), ==, "Second");
  fr_test_wait_until (is_whole, lab.viewer, 20);
  g_assert_nonnull (fr_canvas_get_texture (fr_viewer_get_canvas (lab.viewer)));
  g_assert_true (act (&lab, "viewer.next"));
  g_assert_cmpstr (get_title (&lab), ==, "First");
  g_assert_false (is_shown (GTK_WIDGET (lab.viewer), "next_button"));
  act (&lab, "viewer.next");
  g_assert_cmpstr (get_title (&lab), ==, "First");
  g_assert_true (act (&lab, "viewer.previous"));
  g_assert_true (act (&lab, "viewer.previous"));
  g_assert_cmpstr (get_title (&lab), ==, "Third");
  g_assert_false (is_shown (GTK_WIDGET (lab.viewer), "previous_button"));
  act (&lab, "viewer.previous");
  g_assert_cmpstr (get_title (&lab), ==, "Third");
  fr_test_wait_until (is_whole, lab.viewer, 20);

  add (&lab, "Fourth.png"); /* which stands before it */
  g_assert_true (fr_viewer_find_position (lab.viewer, &position));
  g_assert_cmpuint (position, ==, 1);
  g_assert_true (is_shown (GTK_WIDGET (lab.viewer), "previous_button"));
  fr_main_view_back (lab.main_view);
  g_assert_null (fr_viewer_get_picture (lab.viewer));
  g_assert_false (fr_viewer_find_position (lab.viewer, &position));
  lab_clear (&lab);
}

typedef struct
{
  Lab *lab;
  const char *title; /* NULL: nothing is shown */
} Goal;

static gboolean
is_reached (gpointer data)
{
  const Goal *goal = data;

  return fr_viewer_get_picture (goal->lab->viewer) != NULL ? g_strcmp0 (get_title (goal->lab), goal->title) == 0
                                                           : goal->title == NULL;
}

/* What takes the place of what is removed is shown; after the last one it leads back. */
static void
test_removes (void)
{
  static const char *const titles[] = { "First", "Third", NULL };
  Lab lab;

  lab_init (&lab);
  open_position (&lab, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      Goal goal = { &lab, titles[i] };

      g_assert_true (act (&lab, "picture.remove"));
      fr_test_wait_until (is_reached, &goal, 10);
    }
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "pages");
  lab_clear (&lab);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *) data = fr_gallery_remove_finish (FR_GALLERY (source), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static const char *
get_stack_name (Lab *lab)
{
  return gtk_stack_get_visible_child_name (
      GTK_STACK (gtk_widget_get_template_child (GTK_WIDGET (lab->viewer), FR_TYPE_VIEWER, "stack")));
}

/* Removed elsewhere: that is said; the next is what took its place. */
static void
test_goes (void)
{
  FrContentId id;
  gboolean is_removed = FALSE;
  Lab lab;

  lab_init (&lab);
  open_position (&lab, 1);
  id = *fr_viewed_picture_get_id (fr_viewer_get_picture (lab.viewer));
  fr_gallery_remove_async (fr_node_get_gallery (lab.node), &id, NULL, removed_cb, &is_removed);
  fr_test_wait_until (is_set, &is_removed, 10);
  g_assert_cmpstr (get_stack_name (&lab), ==, "gone");
  g_assert_true (act (&lab, "viewer.next"));
  g_assert_cmpstr (get_title (&lab), ==, "First");
  g_assert_cmpstr (get_stack_name (&lab), ==, "picture");
  act (&lab, "viewer.next");
  g_assert_cmpstr (get_title (&lab), ==, "First");
  fr_main_view_back (lab.main_view);
  lab_clear (&lab);
}

static GtkWidget *
get_details_child (Lab *lab, const char *name)
{
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (fr_viewer_get_details (lab->viewer)), FR_TYPE_DETAILS, name));
}

static gboolean
has_title (gpointer data)
{
  return g_str_equal (fr_gallery_item_get_picture (data)->title, "Evening");
}

static gboolean
has_tag (gpointer data)
{
  return g_strv_contains ((const char *const *) fr_gallery_item_get_picture (data)->tags, "harbour");
}

static gboolean
shows_error (gpointer data)
{
  return gtk_widget_get_visible (data);
}

static gboolean
edits (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((Lab *) data)->fixture.window));

  return focus != NULL && gtk_widget_is_ancestor (focus, get_details_child (data, "title"));
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (data);
}

/* A field is saved when it is left, and when the next picture is shown; what will not do stays, with the reason. */
static void
test_details (void)
{
  const char *const tags[] = { "harbour", NULL };
  g_autofree char *too_long = g_strnfill (1000, 'a');
  FrDetails *details;
  FrGalleryItem *item;
  Lab lab;

  lab_init (&lab);
  fr_test_wait_until (is_active, lab.fixture.window, 10); /* until then nothing is told of the focus */
  details = fr_viewer_get_details (lab.viewer);
  open_position (&lab, 0);
  ui_fixture_settle ();
  g_assert_true (act (&lab, "viewer.edit-title"));
  fr_test_wait_until (edits, &lab, 10);
  item = fr_viewed_picture_get_item (fr_viewer_get_picture (lab.viewer));
  fr_details_set_title (details, "Evening");
  gtk_widget_grab_focus (GTK_WIDGET (fr_viewer_get_canvas (lab.viewer)));
  fr_test_wait_until (has_title, item, 10);

  fr_tag_entry_set_tags (FR_TAG_ENTRY (get_details_child (&lab, "tags")), tags);
  g_signal_emit_by_name (get_details_child (&lab, "tags"), "changed");
  g_object_ref (item);
  g_assert_true (act (&lab, "viewer.next"));
  fr_test_wait_until (has_tag, item, 10);
  g_object_unref (item);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_details_child (&lab, "title"))), ==, "Second");
  fr_details_set_title (details, too_long);
  fr_details_save (details);
  fr_test_wait_until (shows_error, get_details_child (&lab, "error_box"), 10);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_details_child (&lab, "title"))), ==, too_long);
  fr_details_forget (details);
  fr_main_view_back (lab.main_view);
  lab_clear (&lab);
}

static const char *
get_leaflet_name (Lab *lab)
{
  GObject *leaflet = gtk_widget_get_template_child (GTK_WIDGET (lab->viewer), FR_TYPE_VIEWER, "leaflet");

  return adw_leaflet_get_visible_child_name (ADW_LEAFLET (leaflet));
}

static gboolean
are_details_shown (Lab *lab)
{
  gboolean is_shown;

  g_object_get (lab->viewer, "details-shown", &is_shown, NULL);
  return is_shown;
}

/* Beside the picture where there is room, which is remembered; a page where there is not. */
static void
test_arranges (void)
{
  Lab lab;

  lab_init (&lab);
  open_position (&lab, 0);
  g_object_set (lab.viewer, "details-shown", FALSE, NULL);
  g_assert_true (act (&lab, "viewer.details"));
  g_assert_true (are_details_shown (&lab));
  g_assert_true (act (&lab, "viewer.details"));
  g_assert_false (are_details_shown (&lab));

  g_object_set (lab.viewer, "narrow", TRUE, NULL);
  g_assert_cmpstr (get_leaflet_name (&lab), ==, "picture");
  g_assert_true (act (&lab, "viewer.details"));
  g_assert_cmpstr (get_leaflet_name (&lab), ==, "details");
  g_assert_true (are_details_shown (&lab));
  g_object_set (lab.viewer, "narrow", FALSE, NULL); /* what is looked at stays */
  g_assert_true (are_details_shown (&lab));
  g_object_set (lab.viewer, "narrow", TRUE, NULL);
  fr_main_view_back (lab.main_view);
  g_assert_cmpstr (get_leaflet_name (&lab), ==, "picture");
  g_object_set (lab.viewer, "narrow", FALSE, NULL);
  g_object_set (lab.viewer, "details-shown", FALSE, NULL);
  lab_clear (&lab);
}

/* Two frames, red and blue, of two pixels: the smallest picture that moves. */
static const char flag[] = "GIF89a\2\0\1\0\x80\0\0\xff\0\0\0\0\xff"
                           "!\xf9\4\4\5\0\0\0,\0\0\0\0\2\0\1\0\0\2\2\x04\xa\0"
                           "!\xf9\4\4\5\0\0\0,\0\0\0\0\2\0\1\0\0\2\2\x4c\xa\0;";

static void
add_flag (Lab *lab)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (flag, sizeof flag - 1);
  g_autoptr (FrImport) import = fr_import_new_for_bytes (fr_node_get_gallery (lab->node), bytes, "Flag");

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_start (import);
  fr_test_wait_until (is_finished, import, 15);
  g_assert_cmpuint (fr_import_get_n_added (import), ==, 1);
}

static gboolean
offers_to_play (gpointer data)
{
  return is_shown (data, "play_button");
}

static gboolean
has_moved (gpointer data)
{
  return fr_moving_paintable_get_position (data) != 0;
}

/* What moves can be stopped, and does not move where nobody sees it; what does not move offers nothing. */
static void
test_moves (void)
{
  FrMovingPaintable *moving;
  Lab lab;

  lab_init (&lab);
  add_flag (&lab);
  open_position (&lab, 0);
  fr_test_wait_until (offers_to_play, lab.viewer, 20);
  moving = fr_viewed_picture_get_moving (fr_viewer_get_picture (lab.viewer));
  g_assert_nonnull (moving);
  g_assert_true (fr_moving_paintable_get_playing (moving));
  fr_test_wait_until (has_moved, moving, 10);
  g_assert_true (act (&lab, "viewer.play"));
  g_assert_false (fr_moving_paintable_get_playing (moving));
  g_assert_true (act (&lab, "viewer.play"));
  g_assert_true (fr_moving_paintable_get_playing (moving));

  g_assert_true (act (&lab, "viewer.next"));
  g_assert_false (is_shown (GTK_WIDGET (lab.viewer), "play_button"));
  fr_test_wait_until (is_whole, lab.viewer, 20);
  act (&lab, "viewer.play");
  g_assert_null (fr_viewed_picture_get_moving (fr_viewer_get_picture (lab.viewer)));

  /* nor where the person has said so */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_assert_true (act (&lab, "viewer.previous"));
  fr_test_wait_until (offers_to_play, lab.viewer, 20);
  moving = fr_viewed_picture_get_moving (fr_viewer_get_picture (lab.viewer));
  g_assert_false (fr_moving_paintable_get_playing (moving));
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-enable-animations");
  lab_clear (&lab);
}

typedef struct
{
  guint n_parts;
  int width, height;
} Parts;

static void
part_cb (Parts *parts, GdkTexture *texture, const FrImagePart *part)
{
  parts->n_parts++;
  parts->width = gdk_texture_get_width (texture);
  parts->height = gdk_texture_get_height (texture);
}

static gboolean
has_part (gpointer data)
{
  return ((Parts *) data)->n_parts > 0;
}

/* Of the parts that are asked for one after the other the last comes; what does not lie in the picture does not. */
static void
test_parts (void)
{
  const FrImagePart corner = { 0, 0, 8, 4, 100, 100 }, other = { 8, 8, 16, 4, 8, 8 }, outside = { 1u << 20, 0, 8, 8, 8, 8 };
  FrViewedPicture *picture;
  Parts parts = { 0 };
  Lab lab;

  lab_init (&lab);
  open_position (&lab, 1);
  picture = fr_viewer_get_picture (lab.viewer);
  fr_test_wait_until (is_whole, lab.viewer, 20);
  g_signal_connect_swapped (picture, "part", G_CALLBACK (part_cb), &parts);
  fr_viewed_picture_want_part (picture, &outside);
  fr_viewed_picture_want_part (picture, &corner);
  fr_viewed_picture_want_part (picture, &other);
  fr_test_wait_until (has_part, &parts, 20);
  g_assert_cmpuint (parts.n_parts, ==, 1);
  g_assert_cmpint (parts.width, ==, 8);
  g_assert_cmpint (parts.height, ==, 2);
  g_signal_handlers_disconnect_by_data (picture, &parts);
  lab_clear (&lab);
}

void
test_viewer_add (void)
{
  g_test_add_func ("/ui/viewer/walks", test_walks);
  g_test_add_func ("/ui/viewer/removes", test_removes);
  g_test_add_func ("/ui/viewer/goes", test_goes);
  g_test_add_func ("/ui/viewer/details", test_details);
  g_test_add_func ("/ui/viewer/arranges", test_arranges);
  g_test_add_func ("/ui/viewer/moves", test_moves);
  g_test_add_func ("/ui/viewer/parts", test_parts);
}
