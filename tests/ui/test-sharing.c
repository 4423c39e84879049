/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-audience-text.h"
#include "fr-invite-sheet.h"
#include "fr-person-row.h"
#include "fr-settings.h"
#include "fr-veil.h"
#include "tests.h"
#include "ui-fixture.h"

/* Two Freshets over real connections on this computer, one of them in its window: what a person does with it. */

typedef struct
{
  FrNode *bert; /* who serves, and has no window */
  char *bert_folder;
  UiFixture anna;
} Lab;

static void
lab_init (Lab *lab)
{
  g_autofree char *server = NULL;

  *lab = (Lab) { NULL };
  lab->bert_folder = fr_test_folder_new ();
  lab->bert = ui_fixture_open_node (lab->bert_folder, "Bert", NULL);
  server = ui_fixture_serve (lab->bert);
  ui_fixture_open (&lab->anna, "Anna", server);
  ui_fixture_wait_for_page (&lab->anna, "main");
  ui_fixture_wait_online (fr_window_get_node (lab->anna.window));
}

static void
lab_clear (Lab *lab)
{
  ui_fixture_close (&lab->anna);
  ui_fixture_close_node (lab->bert);
  fr_test_folder_free (lab->bert_folder);
}

static gboolean
is_finished (gpointer data)
{
  return fr_import_get_finished (data);
}

static void
share (FrNode *node, const char *path)
{
  const char *const paths[] = { path, NULL };
  g_autoptr (FrImport) import = fr_import_new (fr_node_get_gallery (node), paths);

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_set_keeps_metadata (import, TRUE);
  fr_import_start (import);
  fr_test_wait_until (is_finished, import, 15);
  g_assert_cmpuint (fr_import_get_n_added (import), ==, 1);
}

static gboolean
somebody_is_here (gpointer data)
{
  return fr_people_get_n_here (data) > 0;
}

static void
meet (Lab *lab)
{
  GtkWindow *sheet;

  gtk_widget_activate_action (GTK_WIDGET (lab->anna.window), "win.invite", NULL);
  sheet = ui_fixture_await_window (FR_TYPE_INVITE_SHEET);
  fr_invite_sheet_fill_in (FR_INVITE_SHEET (sheet), "bert");
  g_assert_true (fr_invitation_entry_submit (fr_invite_sheet_get_entry (FR_INVITE_SHEET (sheet))));
  gtk_window_close (sheet);
  fr_test_wait_until (somebody_is_here, fr_node_get_people (fr_window_get_node (lab->anna.window)), 20);
}

static gboolean
has_items (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

static gboolean
is_whole (gpointer data)
{
  return fr_viewed_picture_is_whole (data);
}

static gboolean
is_kept (gpointer data)
{
  gboolean kept;

  g_object_get (data, "kept", &kept, NULL);
  return kept;
}

static gboolean
somebody_asks (gpointer data)
{
  return fr_people_get_n_asking (data) > 0;
}

static GtkWidget *
find_row (GtkWidget *widget)
{
  if (FR_IS_PERSON_ROW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* In a window strangers ask; they are let in, or blocked, from their row. */
static void
test_stranger (void)
{
  FrPeople *people;
  FrPerson *bert;
  GtkWidget *row;
  Lab lab;

  lab_init (&lab);
  people = fr_node_get_people (fr_window_get_node (lab.anna.window));
  g_assert_nonnull (fr_people_add (fr_node_get_people (lab.bert), "anna", NULL));
  fr_test_wait_until (somebody_asks, people, 20);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.anna.window), "win.show-page", "s", "people"));
  ui_fixture_settle ();
  row = find_row (GTK_WIDGET (fr_main_view_get_people_page (fr_window_get_main_view (lab.anna.window))));
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate_action (row, "person.accept", NULL));
  fr_test_wait_until (somebody_is_here, people, 20);
  g_assert_cmpuint (fr_people_get_n_asking (people), ==, 0);

  bert = g_list_model_get_item (G_LIST_MODEL (people), 0);
  fr_people_block (people, bert);
  g_assert_cmpuint (fr_people_get_n_here (people), ==, 0);
  g_assert_true (gtk_widget_activate_action (row, "person.unblock", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (people)), ==, 0);
  g_object_unref (bert);
  lab_clear (&lab);
}

static gboolean
is_offered (gpointer data)
{
  return fr_picture_is_offered (fr_gallery_item_get_picture (data));
}

/* What was kept is for oneself until one passes it on, which is asked once more. */
static void
pass_on (FrNode *node, FrViewer *viewer)
{
  FrGalleryItem *item = fr_viewed_picture_get_item (fr_viewer_get_picture (viewer));
  g_autofree char *text = fr_audience_text_describe_picture (fr_gallery_item_get_picture (item),
                                                             fr_node_get_people (node));
  static const char *const responses[] = { "cancel", "pass-on" };

  g_assert_cmpstr (text, ==, "From Bert. Only for me");
  for (gsize i = 0; i < G_N_ELEMENTS (responses); i++)
    {
      g_assert_false (is_offered (item));
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (viewer), "picture.share", NULL));
      ui_fixture_answer_audience (FR_AUDIENCE_EVERYONE, NULL);
      ui_fixture_await_window (ADW_TYPE_MESSAGE_DIALOG);
      g_assert_false (is_offered (item));
      ui_fixture_respond (responses[i]);
    }
  fr_test_wait_until (is_offered, item, 10);
}

/* What a contact has is clear; what others have is blurred until it is asked for, or all is. */
static void
check_veil (Lab *lab, FrHit *hit)
{
  FrPeople *anna = fr_node_get_people (fr_window_get_node (lab->anna.window));
  FrPeople *bert = fr_node_get_people (lab->bert); /* who is no contact of his own */
  g_autoptr (GSettings) settings = fr_settings_open ();
  g_autoptr (FrVeil) to_anna = fr_veil_new (anna, settings), to_others = fr_veil_new (bert, settings);

  g_assert_nonnull (settings);
  g_assert_false (fr_veil_covers (to_anna, hit));
  g_assert_true (fr_veil_covers (to_others, hit));
  g_settings_set_boolean (settings, FR_SETTING_SHOW_STRANGERS, TRUE);
  g_assert_false (fr_veil_covers (to_others, hit));
  g_settings_reset (settings, FR_SETTING_SHOW_STRANGERS);
  g_assert_true (fr_veil_covers (to_others, hit));
  fr_veil_lift (to_others, hit);
  g_assert_false (fr_veil_covers (to_others, hit));
}

/* What a search tells others is said at the first, until it has been read. */
static void
check_explanation (FrSearchPage *page)
{
  GtkInfoBar *bar = GTK_INFO_BAR (gtk_widget_get_template_child (GTK_WIDGET (page), FR_TYPE_SEARCH_PAGE, "explanation"));
  g_autoptr (GSettings) settings = fr_settings_open ();

  g_assert_true (gtk_info_bar_get_revealed (bar));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "search.explained", NULL));
  g_assert_false (gtk_info_bar_get_revealed (bar));
  g_assert_true (g_settings_get_boolean (settings, FR_SETTING_SEARCH_EXPLAINED));
  fr_search_page_search (page, "harbour");
  g_assert_false (gtk_info_bar_get_revealed (bar));
  g_settings_reset (settings, FR_SETTING_SEARCH_EXPLAINED);
}

static gboolean
is_alone (gpointer data)
{
  return g_str_equal (fr_search_page_get_visible_name (data), "nobody");
}

static gboolean
is_on_wall (gpointer data)
{
  return g_str_equal (fr_search_page_get_visible_name (data), "wall")
         && g_list_model_get_n_items (fr_search_page_get_found (data)) > 0;
}

/* Adding somebody, searching, opening what is found, keeping it, passing it on. */
static void
test_search_and_keep (void)
{
  g_autofree char *path = NULL;
  g_autoptr (FrHit) hit = NULL;
  FrMainView *main_view;
  FrSearchPage *search_page;
  FrViewer *viewer;
  FrNode *anna;
  Lab lab;

  lab_init (&lab);
  anna = fr_window_get_node (lab.anna.window);
  main_view = fr_window_get_main_view (lab.anna.window);
  search_page = fr_main_view_get_search_page (main_view);
  viewer = fr_main_view_get_viewer (main_view);
  path = ui_fixture_write_picture (lab.bert_folder, "Old harbour.svg");
  share (lab.bert, path);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.anna.window), "win.search", NULL));
  fr_search_page_search (search_page, "harbour");
  fr_test_wait_until (is_alone, search_page, 10);
  check_explanation (search_page);

  meet (&lab);
  fr_search_page_search (search_page, "harbour");
  fr_test_wait_until (has_items, fr_search_page_get_search (search_page), 10);
  fr_test_wait_until (is_on_wall, search_page, 10);
  hit = g_list_model_get_item (G_LIST_MODEL (fr_search_page_get_search (search_page)), 0);
  check_veil (&lab, hit);
  g_signal_emit_by_name (search_page, "open", hit);
  g_assert_cmpstr (fr_main_view_get_visible_name (main_view), ==, "viewer");
  fr_test_wait_until (is_whole, fr_viewer_get_picture (viewer), 20);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (viewer), "picture.keep", NULL));
  fr_test_wait_until (is_kept, fr_viewed_picture_get_fetch (fr_viewer_get_picture (viewer)), 10);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_gallery (anna))), ==, 1);

  /* From now on it is opened with one's own pictures. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.anna.window), "win.back", NULL));
  g_signal_emit_by_name (search_page, "open", hit);
  g_assert_cmpstr (fr_main_view_get_visible_name (main_view), ==, "viewer");
  g_assert_null (fr_viewed_picture_get_fetch (fr_viewer_get_picture (viewer)));
  pass_on (anna, viewer);
  lab_clear (&lab);
}

static gboolean
is_idle (gpointer data)
{
  return !fr_import_bar_is_busy (data);
}

static FrImport *
add_by_drop (FrGalleryPage *page, FrNode *node, const char *const *paths)
{
  FrImport *import = fr_import_new (fr_node_get_gallery (node), paths);

  fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
  fr_import_set_keeps_metadata (import, TRUE);
  fr_gallery_page_add (page, import);
  fr_test_wait_until (is_idle, fr_gallery_page_get_import_bar (page), 15);
  return import;
}

/* What is dropped, once the sheet has been answered; what is no picture is told with its reason. */
static void
test_add (void)
{
  UiFixture fixture = { NULL };
  g_autofree char *path = NULL, *text_path = NULL, *summary = NULL;
  g_autoptr (FrImport) import = NULL;
  FrMainView *main_view;
  FrNode *node;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  node = fr_window_get_node (fixture.window);
  main_view = fr_window_get_main_view (fixture.window);
  path = ui_fixture_write_picture (fixture.folder, "Dune.svg");
  text_path = g_build_filename (fixture.folder, "letter.jpg", NULL);
  g_assert_true (g_file_set_contents (text_path, "Dear Anna", -1, NULL));

  const char *const paths[] = { path, text_path, NULL };
  import = add_by_drop (fr_main_view_get_gallery_page (main_view), node, paths);
  summary = fr_import_bar_summarise (import);
  g_assert_cmpstr (summary, ==, "1 picture added. 1 of 2 could not be added.");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fr_node_get_gallery (node))), ==, 1);
  ui_fixture_close (&fixture);
}

static gboolean
has_title (gpointer data)
{
  return g_str_equal (fr_gallery_item_get_picture (data)->title, "Evening");
}

/* What was edited is kept, however the picture is left; removing it leads back to the others. */
static void
test_edit (void)
{
  UiFixture fixture = { NULL };
  g_autofree char *path = NULL;
  g_autoptr (FrGalleryItem) item = NULL;
  FrMainView *main_view;
  FrViewer *viewer;
  FrNode *node;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  node = fr_window_get_node (fixture.window);
  main_view = fr_window_get_main_view (fixture.window);
  viewer = fr_main_view_get_viewer (main_view);
  path = ui_fixture_write_picture (fixture.folder, "Dune.svg");
  share (node, path);
  item = g_list_model_get_item (G_LIST_MODEL (fr_node_get_gallery (node)), 0);
  g_signal_emit_by_name (fr_main_view_get_gallery_page (main_view), "open", item);
  g_assert_true (fr_viewed_picture_get_item (fr_viewer_get_picture (viewer)) == item);
  fr_details_set_title (fr_viewer_get_details (viewer), "Evening");
  fr_main_view_back (main_view);
  fr_test_wait_until (has_title, item, 10);
  g_assert_null (fr_viewer_get_picture (viewer));
  ui_fixture_close (&fixture);
}

void
test_sharing_add (void)
{
  g_test_add_func ("/ui/sharing/add", test_add);
  g_test_add_func ("/ui/sharing/edit", test_edit);
  g_test_add_func ("/ui/sharing/search-and-keep", test_search_and_keep);
  g_test_add_func ("/ui/sharing/stranger", test_stranger);
}
