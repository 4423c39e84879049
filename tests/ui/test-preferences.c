/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fr-autostart.h"
#include "fr-background.h"
#include "fr-backup.h"
#include "fr-connection-page.h"
#include "fr-limits-group.h"
#include "fr-notifier.h"
#include "fr-pictures-page.h"
#include "fr-preferences-window.h"
#include "fr-you-page.h"
#include "tests.h"
#include "ui-fixture.h"

/* The preferences themselves, and the desktop's leave to go on without a window. */

static FrJobRow *
get_row (GtkWidget *page, GType type, const char *name)
{
  return FR_JOB_ROW (gtk_widget_get_template_child (page, type, name));
}

static gboolean
has_ended (gpointer data)
{
  return !fr_job_row_get_running (data);
}

static const char *
await_row (FrJobRow *row)
{
  fr_test_wait_until (has_ended, row, 30);
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
}

/* Whether strangers become neighbours is the person's to say, and it is kept. */
static void
test_open_switch (void)
{
  char *folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, "Anna", NULL);
  FrConnectionPage *page = g_object_ref_sink (g_object_new (FR_TYPE_CONNECTION_PAGE, NULL));
  GObject *open_switch = gtk_widget_get_template_child (GTK_WIDGET (page), FR_TYPE_CONNECTION_PAGE, "open_switch");

  fr_connection_page_set_node (page, node);
  g_assert_false (fr_node_get_open (node));
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (open_switch)));
  gtk_switch_set_active (GTK_SWITCH (open_switch), TRUE);
  g_assert_true (fr_node_get_open (node));
  g_object_unref (page);
  ui_fixture_close_node (node);

  node = ui_fixture_open_node (folder, "Anna", NULL);
  g_assert_true (fr_node_get_open (node));
  fr_node_set_open (node, FALSE);
  ui_fixture_close_node (node);
  node = ui_fixture_open_node (folder, "Anna", NULL);
  g_assert_false (fr_node_get_open (node));
  ui_fixture_close_node (node);
  fr_test_folder_free (folder);
}

/* The first combo row of a group, and the second. */
static AdwComboRow *
find_combo (GtkWidget *widget, guint *index)
{
  AdwComboRow *found = NULL;

  if (ADW_IS_COMBO_ROW (widget))
    return (*index)-- == 0 ? ADW_COMBO_ROW (widget) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_combo (child, index);
  return found;
}

static const char *
get_chosen (AdwComboRow *row)
{
  return gtk_string_object_get_string (adw_combo_row_get_selected_item (row));
}

/* What is chosen holds at once; what was set elsewhere, and is not among what is offered, stands there too. */
static void
test_limits (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, "Anna", NULL);
  FrLimitsGroup *group = g_object_ref_sink (g_object_new (FR_TYPE_LIMITS_GROUP, NULL));
  guint first = 0, second = 1;
  AdwComboRow *down = find_combo (GTK_WIDGET (group), &first), *up = find_combo (GTK_WIDGET (group), &second);
  guint n_offered = g_list_model_get_n_items (adw_combo_row_get_model (down));

  fr_node_set_limits (node, 100, 0);
  fr_limits_group_set_node (group, node);
  g_assert_cmpstr (get_chosen (down), ==, "102 kB a second");
  g_assert_cmpstr (get_chosen (up), ==, "As fast as it goes");
  adw_combo_row_set_selected (up, 1);
  g_assert_cmpuint (fr_node_get_limit_up (node), ==, 98);
  g_assert_cmpuint (fr_node_get_limit_down (node), ==, 100);
  adw_combo_row_set_selected (down, 4);
  g_assert_cmpuint (fr_node_get_limit_down (node), ==, 977);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (down)), ==, n_offered);
  g_assert_cmpstr (get_chosen (down), ==, "1 MB a second");
  fr_node_set_limits (node, 0, 300);
  g_assert_cmpstr (get_chosen (down), ==, "As fast as it goes");
  g_assert_cmpstr (get_chosen (up), ==, "307 kB a second");
  fr_node_set_limits (node, 0, 400);
  g_assert_cmpstr (get_chosen (up), ==, "410 kB a second");
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (up)), ==, n_offered + 1);
  g_assert_cmpuint (fr_node_get_limit_up (node), ==, 400); /* showing chooses nothing */
  g_object_unref (group);
  ui_fixture_close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

/* There is one window of them; closing hides it, and it goes with the window it belongs to. */
static void
test_window (void)
{
  UiFixture fixture = { NULL };
  GtkWindow *preferences;

  ui_fixture_open (&fixture, "Anna", NULL);
  ui_fixture_wait_for_page (&fixture, "main");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.preferences", NULL));
  preferences = ui_fixture_await_window (FR_TYPE_PREFERENCES_WINDOW);
  g_assert_cmpstr (adw_preferences_window_get_visible_page_name (ADW_PREFERENCES_WINDOW (preferences)), ==, "you");
  gtk_window_close (preferences);
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find_window (FR_TYPE_PREFERENCES_WINDOW));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.connection", NULL));
  g_assert_true (ui_fixture_await_window (FR_TYPE_PREFERENCES_WINDOW) == preferences);
  g_assert_cmpstr (adw_preferences_window_get_visible_page_name (ADW_PREFERENCES_WINDOW (preferences)), ==,
                   "connection");
  ui_fixture_close (&fixture);
  g_assert_null (ui_fixture_find_window (FR_TYPE_PREFERENCES_WINDOW));
}

static gboolean
has_pictures (gpointer data)
{
  return g_list_model_get_n_items (data) > 0;
}

/* All of the pictures: checked, exported, and added again elsewhere. */
static void
test_pictures (void)
{
  char *folder = fr_test_folder_new (), *other_folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, "Anna", NULL), *other;
  FrPicturesPage *page = g_object_ref_sink (g_object_new (FR_TYPE_PICTURES_PAGE, NULL));
  FrJobRow *check = get_row (GTK_WIDGET (page), FR_TYPE_PICTURES_PAGE, "check_row");
  FrJobRow *export = get_row (GTK_WIDGET (page), FR_TYPE_PICTURES_PAGE, "export_row");
  FrJobRow *add = get_row (GTK_WIDGET (page), FR_TYPE_PICTURES_PAGE, "add_row");
  g_autofree char *picture = ui_fixture_write_picture (folder, "Dune.svg");
  const char *paths[] = { picture, NULL };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "Freshet %F");
  g_autofree char *exported = g_build_filename (folder, name, NULL);
  FrImport *import;

  fr_pictures_page_set_node (page, node);
  fr_pictures_page_check (page);
  g_assert_cmpstr (await_row (check), ==, "There is nothing to check yet.");
  fr_gallery_set_audience (fr_node_get_gallery (node), FR_AUDIENCE_ONLY_ME, NULL);
  import = fr_import_new (fr_node_get_gallery (node), paths);
  fr_import_start (import);
  fr_test_wait_until (has_pictures, fr_node_get_gallery (node), 30);
  g_object_unref (import);
  fr_pictures_page_check (page);
  g_assert_true (fr_job_row_get_running (check));
  g_assert_cmpstr (await_row (check), ==, "1 picture is as it should be.");
  fr_pictures_page_export (page, folder);
  g_assert_true (g_str_has_prefix (await_row (export), "1 picture is in “Freshet "));
  g_assert_true (g_file_test (exported, G_FILE_TEST_IS_DIR));
  fr_pictures_page_add_export (page, exported);
  g_assert_cmpstr (await_row (add), ==, "0 pictures added. 1 was there already.");
  fr_pictures_page_add_export (page, other_folder);
  g_assert_nonnull (await_row (add)); /* it is none */
  g_object_unref (page);

  other = ui_fixture_open_node (other_folder, "Bert", NULL);
  page = g_object_ref_sink (g_object_new (FR_TYPE_PICTURES_PAGE, NULL));
  fr_pictures_page_set_node (page, other);
  fr_pictures_page_add_export (page, exported);
  g_assert_cmpstr (await_row (get_row (GTK_WIDGET (page), FR_TYPE_PICTURES_PAGE, "add_row")), ==, "1 picture added.");
  g_object_unref (page);
  ui_fixture_close_node (other);
  ui_fixture_close_node (node);
  fr_test_folder_free (other_folder);
  fr_test_folder_free (folder);
}

/* What takes long can be stopped, and ends with its page. */
static void
test_stopped (void)
{
  char *folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, "Anna", NULL);
  FrPicturesPage *page = g_object_ref_sink (g_object_new (FR_TYPE_PICTURES_PAGE, NULL));
  FrJobRow *check = get_row (GTK_WIDGET (page), FR_TYPE_PICTURES_PAGE, "check_row");

  fr_pictures_page_set_node (page, node);
  fr_pictures_page_check (page);
  fr_job_row_stop (check);
  g_assert_cmpstr (await_row (check), ==, "Stopped.");
  fr_pictures_page_check (page);
  fr_pictures_page_export (page, folder);
  g_object_unref (page);
  ui_fixture_close_node (node);
  fr_test_folder_free (folder);
}

/* The file opens with the passphrase, is never written over, and has the name. */
static void
test_backup (void)
{
  char *folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, "Anna", NULL);
  FrYouPage *page = g_object_ref_sink (g_object_new (FR_TYPE_YOU_PAGE, NULL));
  FrJobRow *row = get_row (GTK_WIDGET (page), FR_TYPE_YOU_PAGE, "backup_row");
  g_autofree char *path = g_build_filename (folder, "anna.freshet", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL, extra = NULL;
  g_autoptr (FrIdentity) identity = NULL;

  fr_you_page_set_node (page, node);
  fr_you_page_save_backup (page, path, "correct horse");
  g_assert_true (fr_job_row_get_running (row));
  g_assert_cmpstr (await_row (row), ==, "Saved as “anna.freshet”.");
  file = fr_backup_load (path, &error);
  g_assert_no_error (error);
  identity = fr_backup_open (file, "correct horse", &extra, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (extra, NULL), (gssize) g_bytes_get_size (extra), "Anna"));
  fr_you_page_save_backup (page, path, "correct horse");
  g_assert_nonnull (strstr (await_row (row), "already"));
  g_object_unref (page);
  ui_fixture_close_node (node);
  fr_test_folder_free (folder);
}

static void
test_autostart (void)
{
  g_autofree char *path = fr_autostart_get_path ();
  g_autoptr (GError) error = NULL;

  g_assert_false (fr_autostart_get ());
  g_assert_true (fr_autostart_set (FALSE, &error)); /* it is so */
  g_assert_no_error (error);
  g_assert_true (fr_autostart_set (TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (fr_autostart_get ());
  g_assert_true (fr_autostart_set (FALSE, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0); /* nobody can write there */
  g_assert_false (fr_autostart_set (TRUE, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

/* The portal */

typedef struct
{
  guint response;
  gboolean background, autostart;
  gboolean was_asked_for_autostart;
} Portal;

static void
portal_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
           GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  Portal *portal = data;
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);
  g_autofree char *mangled = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char *handle = NULL;
  GVariantBuilder results;
  const char *token;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "autostart", "b", &portal->was_asked_for_autostart));
  handle = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", mangled, token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", handle));
  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (portal->background));
  g_variant_builder_add (&results, "{sv}", "autostart", g_variant_new_boolean (portal->autostart));
  g_dbus_connection_emit_signal (bus, sender, handle, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(ua{sv})", portal->response, &results), NULL);
}

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

static gboolean
ask_portal (gboolean at_login, FrBackgroundLeave *leave, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_background_ask_portal_async (at_login, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 15);
  return fr_background_ask_finish (result, leave, error);
}

static void
owned_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  *(const char **) data = "owned";
}

static void
test_portal (void)
{
  static const struct
  {
    Portal portal;
    gboolean at_login;
    FrBackgroundLeave leave;
  } rows[] = {
    { { 0, TRUE, TRUE, FALSE }, TRUE, { TRUE, TRUE } },     { { 0, TRUE, FALSE, FALSE }, FALSE, { TRUE, FALSE } },
    { { 0, FALSE, FALSE, FALSE }, TRUE, { FALSE, FALSE } }, { { 1, TRUE, TRUE, FALSE }, TRUE, { FALSE, FALSE } },
    { { 2, TRUE, TRUE, FALSE }, FALSE, { FALSE, FALSE } },
  };
  static const char xml[] = "<node><interface name='org.freedesktop.portal.Background'><method name='RequestBackground'>"
                            "<arg type='s' direction='in'/><arg type='a{sv}' direction='in'/>"
                            "<arg type='o' direction='out'/></method></interface></node>";
  const GDBusInterfaceVTable vtable = { .method_call = portal_cb };
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GError) error = NULL;
  FrBackgroundLeave leave;
  Portal portal;
  const char *owned = NULL;
  guint owner, object;

  g_assert_false (ask_portal (FALSE, &leave, &error)); /* there is none */
  g_assert_nonnull (error);
  object = g_dbus_connection_register_object (bus, "/org/freedesktop/portal/desktop", node->interfaces[0], &vtable,
                                              &portal, NULL, NULL);
  owner = g_bus_own_name_on_connection (bus, "org.freedesktop.portal.Desktop", G_BUS_NAME_OWNER_FLAGS_NONE, owned_cb,
                                        NULL, &owned, NULL);
  fr_test_wait_until (is_set, &owned, 15);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      portal = rows[i].portal;
      g_assert_true (ask_portal (rows[i].at_login, &leave, NULL));
      g_assert_cmpint (portal.was_asked_for_autostart, ==, rows[i].at_login);
      g_assert_cmpint (leave.goes_on, ==, rows[i].leave.goes_on);
      g_assert_cmpint (leave.at_login, ==, rows[i].leave.at_login);
    }
  g_bus_unown_name (owner);
  g_dbus_connection_unregister_object (bus, object);
}

void
test_preferences_add (void)
{
  g_test_add_func ("/ui/preferences/open-switch", test_open_switch);
  g_test_add_func ("/ui/preferences/limits", test_limits);
  g_test_add_func ("/ui/preferences/window", test_window);
  g_test_add_func ("/ui/preferences/pictures", test_pictures);
  g_test_add_func ("/ui/preferences/stopped", test_stopped);
  g_test_add_func ("/ui/preferences/backup", test_backup);
  g_test_add_func ("/ui/preferences/autostart", test_autostart);
  g_test_add_func ("/ui/preferences/portal", test_portal);
}
