/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "fr-invitation.h"
#include "fr-invite-sheet.h"
#include "fr-window-private.h"
#include "tests.h"
#include "ui-fixture.h"

/* Who has no name is asked for one; who has is not asked again. */
static void
test_starts (void)
{
  UiFixture fixture = { NULL };

  ui_fixture_open (&fixture, NULL, NULL);
  ui_fixture_wait_for_page (&fixture, "first-start");
  g_assert_true (fr_node_set_name (fr_window_get_node (fixture.window), "Anna", NULL));
  ui_fixture_close_window (&fixture);

  ui_fixture_open (&fixture, NULL, NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  g_assert_cmpstr (fr_node_get_name (fr_window_get_node (fixture.window)), ==, "Anna");
  ui_fixture_close (&fixture);
}

/* A folder that is in use ends in one sentence and a way out: once it is free, trying again helps. */
static void
test_locked (void)
{
  UiFixture first = { NULL };
  UiFixture second = { NULL };

  ui_fixture_open (&first, "Anna", NULL);
  ui_fixture_wait_for_page (&first, "main");
  second.folder = g_strdup (first.folder);
  ui_fixture_open (&second, NULL, NULL);
  ui_fixture_wait_for_page (&second, "trouble");
  g_assert_nonnull (strstr (fr_window_get_trouble (second.window), "Another Freshet"));
  ui_fixture_close_window (&first);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (second.window), "win.retry", NULL));
  ui_fixture_wait_for_page (&second, "main");
  ui_fixture_close_window (&second);
  g_clear_pointer (&second.folder, g_free);
  ui_fixture_close (&first);
}

/* A window that is closed before its node is open. */
static void
test_closed_early (void)
{
  UiFixture fixture = { NULL };

  ui_fixture_open (&fixture, "Anna", NULL);
  g_assert_null (fr_window_get_node (fixture.window));
  ui_fixture_close_window (&fixture);
  ui_fixture_open (&fixture, NULL, NULL);
  ui_fixture_close (&fixture);
}

static gboolean
has_pictures (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

/* A list of pictures that was damaged is told of, once. */
static void
test_rescue (void)
{
  UiFixture fixture = { NULL };
  g_autofree char *path = NULL, *catalogue = NULL;
  const char *paths[] = { NULL, NULL };
  FrGallery *gallery;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  gallery = fr_node_get_gallery (fr_window_get_node (fixture.window));
  fr_gallery_set_audience (gallery, FR_AUDIENCE_EVERYONE, NULL);
  path = ui_fixture_write_picture (fixture.folder, "Dune.svg");
  paths[0] = path;
  fr_gallery_page_offer_paths (fr_main_view_get_gallery_page (fr_window_get_main_view (fixture.window)), paths);
  fr_test_wait_until (has_pictures, gallery, 20);
  ui_fixture_close_window (&fixture);

  catalogue = g_build_filename (fixture.folder, "freshet.db", NULL);
  g_assert_true (g_file_set_contents (catalogue, "garbage", -1, NULL));
  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  ui_fixture_respond ("close");
  ui_fixture_close_window (&fixture);

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG));
  ui_fixture_close (&fixture);
}

static void
test_actions (void)
{
  UiFixture fixture = { NULL };
  FrMainView *main_view;
  GtkWindow *sheet;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  main_view = fr_window_get_main_view (fixture.window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.search", NULL));
  g_assert_cmpstr (fr_main_view_get_visible_name (main_view), ==, "search");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.back", NULL));
  g_assert_cmpstr (fr_main_view_get_visible_name (main_view), ==, "pages");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.back", NULL)); /* there is no further */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.invite", NULL));
  sheet = ui_fixture_await_window (FR_TYPE_INVITE_SHEET);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.invite", NULL)); /* there is one */
  g_assert_true (ui_fixture_find_window (FR_TYPE_INVITE_SHEET) == sheet);
  gtk_window_close (sheet);
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find_window (FR_TYPE_INVITE_SHEET));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.connection", NULL));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.show-page", "s", "people"));
  ui_fixture_settle ();
  ui_fixture_close (&fixture);
}

/* An invitation that was opened waits until there is somebody to take it. */
static void
test_invitation (void)
{
  UiFixture fixture = { NULL };
  FrInvitationEntry *entry;

  ui_fixture_open (&fixture, "Anna", NULL);
  fr_window_take_invitation (fixture.window, "freshet:broken?");
  ui_fixture_wait_for_page (&fixture, "main");
  entry = fr_invite_sheet_get_entry (FR_INVITE_SHEET (ui_fixture_await_window (FR_TYPE_INVITE_SHEET)));
  g_assert_null (fr_invitation_entry_get_error (entry));
  g_assert_false (fr_invitation_entry_submit (entry));
  g_assert_nonnull (strstr (fr_invitation_entry_get_error (entry), "freshet:broken?"));
  ui_fixture_close (&fixture);
}

/* At the first start it answers whom to share with; it ends with the pages, and is not asked again. */
static void
test_first_start (void)
{
  UiFixture fixture = { NULL };
  FrFirstStart *first_start;

  ui_fixture_open (&fixture, NULL, NULL);
  fr_window_take_invitation (fixture.window, "freshet:broken?");
  ui_fixture_wait_for_page (&fixture, "first-start");
  first_start = fr_window_get_first_start (fixture.window);
  fr_first_start_fill_in (first_start, "Anna");
  g_assert_true (fr_first_start_move (first_start, FR_FIRST_GO_ON));
  g_assert_cmpstr (fr_first_start_get_page (first_start), ==, "invitation");
  g_assert_false (fr_window_takes_pictures (fixture.window));
  g_assert_true (fr_first_start_move (first_start, FR_FIRST_GO_ON));
  g_assert_true (fr_window_takes_pictures (fixture.window));
  g_assert_true (fr_first_start_move (first_start, FR_FIRST_GO_ON));
  g_assert_cmpstr (fr_window_get_visible_name (fixture.window), ==, "main");
  g_assert_null (ui_fixture_find_window (FR_TYPE_INVITE_SHEET));
  ui_fixture_close_window (&fixture);

  ui_fixture_open (&fixture, NULL, NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  ui_fixture_close (&fixture);
}

/* What it would change beside the people can be read before the person says yes. */
static void
test_invitation_relays (void)
{
  FrInvitation invitation = { .name = (char *) "Zoë", .key = { { 1 } }, .server = (char *) "wss://example.org/",
                              .address = (char *) "zoe", .turn = (char *) "turn://u:secret@turn.example:1" };
  g_autofree char *uri = fr_invitation_to_uri (&invitation);
  UiFixture fixture = { NULL };
  FrInvitationEntry *entry;
  GtkWidget *hint;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  fr_window_take_invitation (fixture.window, uri);
  entry = fr_invite_sheet_get_entry (FR_INVITE_SHEET (ui_fixture_await_window (FR_TYPE_INVITE_SHEET)));
  hint = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (entry), FR_TYPE_INVITATION_ENTRY, "hint_label"));
  g_assert_true (gtk_widget_get_visible (hint));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (hint)), "turn.example"));
  fr_invitation_entry_fill_in (entry, "zoe");
  g_assert_false (gtk_widget_get_visible (hint));
  ui_fixture_close (&fixture);
}

static gboolean
has_two (gpointer data)
{
  return g_list_model_get_n_items (data) == 2;
}

static gboolean
has_three (gpointer data)
{
  return g_list_model_get_n_items (data) == 3;
}

/* Pictures that were opened with it wait until there is a gallery; who can see them is asked as always. What is not on this
 * computer is said, and nothing is lost over it. */
static void
test_files (void)
{
  UiFixture fixture = { NULL };
  GListModel *gallery;
  GFile *files[2];
  GFile *third;
  GFile *elsewhere = g_file_new_for_uri ("https://example.org/dune.png");

  ui_fixture_open (&fixture, "Anna", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = ui_fixture_write_picture (fixture.folder, i == 0 ? "Dune.svg" : "Harbour.svg");

      files[i] = g_file_new_for_path (path);
      fr_window_take_files (fixture.window, &files[i], 1);
    }
  ui_fixture_wait_for_page (&fixture, "main");
  gallery = G_LIST_MODEL (fr_node_get_gallery (fr_window_get_node (fixture.window)));
  ui_fixture_answer_audience (FR_AUDIENCE_EVERYONE, NULL);
  fr_test_wait_until (has_two, gallery, 30);

  {
    g_autofree char *path = ui_fixture_write_picture (fixture.folder, "Zoo.svg");

    third = g_file_new_for_path (path);
  }
  fr_window_take_files (fixture.window, &elsewhere, 1);
  fr_window_take_files (fixture.window, &third, 1);
  fr_test_wait_until (has_three, gallery, 30);
  ui_fixture_close (&fixture);
  g_object_unref (elsewhere);
  g_object_unref (third);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (files[i]);
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static gboolean
exists (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

/* The program itself: it opens its folder, and a polite signal ends it as closing its window does. */
static void
test_signal (void)
{
  static const int numbers[] = { SIGTERM, SIGINT };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *folder = fr_test_folder_new ();
      g_autofree char *catalogue = g_build_filename (folder, "freshet.db", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) program = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, FRESHET_PROGRAM, "--data",
                                                          folder, "--name", "Anna", NULL);
      gboolean is_over = FALSE;

      g_assert_no_error (error);
      fr_test_wait_until (exists, catalogue, 30);
      g_subprocess_wait_async (program, NULL, exited_cb, &is_over);
      g_subprocess_send_signal (program, numbers[i]);
      fr_test_wait_until (is_true, &is_over, 30);
      g_assert_true (g_subprocess_get_if_exited (program));
      g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 0);
      fr_test_folder_free (g_steal_pointer (&folder));
    }
}

void
test_window_add (void)
{
  g_test_add_func ("/ui/window/starts", test_starts);
  g_test_add_func ("/ui/window/locked", test_locked);
  g_test_add_func ("/ui/window/closed-early", test_closed_early);
  g_test_add_func ("/ui/window/actions", test_actions);
  g_test_add_func ("/ui/window/rescue", test_rescue);
  g_test_add_func ("/ui/window/invitation", test_invitation);
  g_test_add_func ("/ui/window/first-start", test_first_start);
  g_test_add_func ("/ui/window/invitation-relays", test_invitation_relays);
  g_test_add_func ("/ui/window/files", test_files);
  g_test_add_func ("/ui/window/signal", test_signal);
}
