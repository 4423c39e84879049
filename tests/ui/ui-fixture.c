/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-fixture.h"

#include "fr-audience-dialog.h"
#include "fr-settings.h"

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
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

typedef struct
{
  FrWindow *window;
  const char *name;
} Page;

static gboolean
shows_page (gpointer data)
{
  Page *page = data;

  return g_strcmp0 (fr_window_get_visible_name (page->window), page->name) == 0;
}

static gboolean
is_online (gpointer data)
{
  return fr_node_get_state (data) == FR_NODE_ONLINE;
}

/* A process has one application. */
static GtkApplication *
get_application (void)
{
  static FrApplication *application;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = fr_application_new ();
      g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
      /* Nobody shows notifications here, of which GIO warns. tests/display has somebody who does. */
      settings = fr_settings_open ();
      g_settings_set_boolean (settings, FR_SETTING_TELL_REQUESTS, FALSE);
      g_settings_set_boolean (settings, FR_SETTING_TELL_PICTURES, FALSE);
    }
  return GTK_APPLICATION (application);
}

void
ui_fixture_open (UiFixture *self, const char *name, const char *server)
{
  FrNodeOptions options = { .name = name, .server = server, .loopback_only = TRUE };

  g_assert_null (self->window); /* two would both write there when they end */
  if (self->folder == NULL)
    self->folder = fr_test_folder_new ();
  options.folder = self->folder;
  self->window = fr_window_new (get_application ());
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  fr_window_open (self->window, &options);
  gtk_window_present (GTK_WINDOW (self->window));
}

void
ui_fixture_wait_for_page (UiFixture *self, const char *name)
{
  Page page = { self->window, name };

  fr_test_wait_until (shows_page, &page, 20);
}

void
ui_fixture_wait_online (FrNode *node)
{
  fr_test_wait_until (is_online, node, 15);
}

/* As a person does it. That the window is gone says that nothing holds it, nor the node. */
void
ui_fixture_close_window (UiFixture *self)
{
  FrNode *node = fr_window_get_node (self->window);

  if (node != NULL)
    g_object_add_weak_pointer (G_OBJECT (node), (gpointer *) &node);
  gtk_window_close (GTK_WINDOW (self->window));
  fr_test_wait_until (is_null, &self->window, 15);
  fr_test_wait_until (is_null, &node, 5);
}

void
ui_fixture_close (UiFixture *self)
{
  if (self->window != NULL)
    ui_fixture_close_window (self);
  g_clear_pointer (&self->folder, fr_test_folder_free);
}

FrNode *
ui_fixture_open_node (const char *folder, const char *name, const char *server)
{
  FrNodeOptions options = { .folder = folder, .name = name, .server = server, .loopback_only = TRUE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrNode *node;

  fr_node_open_async (&options, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 15);
  node = fr_node_open_finish (result, &error);
  g_assert_no_error (error);
  return node;
}

void
ui_fixture_close_node (FrNode *node)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_node_close_async (node, result_cb, &result);
  fr_test_wait_until (is_set, &result, 15);
  fr_node_close_finish (node, result, NULL);
  g_object_unref (node);
}

char *
ui_fixture_serve (FrNode *node)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *server;

  fr_node_serve_async (node, FALSE, 0, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 15);
  server = fr_node_serve_finish (node, result, &error);
  g_assert_no_error (error);
  ui_fixture_wait_online (node);
  return server;
}

char *
ui_fixture_write_picture (const char *folder, const char *name)
{
  g_autofree char *svg = g_strdup_printf ("<svg xmlns='http://www.w3.org/2000/svg' width='640' height='480'>"
                                          "<rect width='640' height='480' fill='teal'/><!-- %s --></svg>",
                                          name);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, svg, -1, NULL));
  return path;
}

/**
 * ui_fixture_write_photograph:
 * @folder: where to
 * @name: of the file; makes the colour, too
 *
 * Writes a picture of a kind whose details can be removed: unlike a drawing it may be for others at once.
 *
 * Returns: (transfer full): its path
 */
char *
ui_fixture_write_photograph (const char *folder, const char *name)
{
  g_autofree guint32 *pixels = g_new (guint32, 64 * 48);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  char *path = g_build_filename (folder, name, NULL);

  for (guint i = 0; i < 64 * 48; i++)
    pixels[i] = g_str_hash (name) | 0xff;
  bytes = g_bytes_new (pixels, 64 * 48 * sizeof *pixels);
  texture = gdk_memory_texture_new (64, 48, GDK_MEMORY_R8G8B8A8, bytes, 64 * sizeof *pixels);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  return path;
}

/**
 * ui_fixture_find_window:
 * @type: what kind
 *
 * Returns: (transfer none) (nullable): one that is shown
 */
GtkWindow *
ui_fixture_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_window (gpointer data)
{
  return ui_fixture_find_window (*(GType *) data) != NULL;
}

GtkWindow *
ui_fixture_await_window (GType type)
{
  fr_test_wait_until (has_window, &type, 10);
  return ui_fixture_find_window (type);
}

typedef struct
{
  FrAddingView *view;
  FrAddingStep step;
} Step;

static gboolean
is_at_step (gpointer data)
{
  Step *step = data;

  return fr_adding_view_get_text (step->view) != NULL && fr_adding_view_get_step (step->view) == step->step;
}

void
ui_fixture_await_step (FrInvitationEntry *entry, FrAddingStep step)
{
  Step wanted = { fr_invitation_entry_get_adding (entry), step };

  fr_test_wait_until (is_at_step, &wanted, 30);
}

void
ui_fixture_answer_audience (FrAudience audience, GBytes *readers)
{
  GtkWindow *dialog = ui_fixture_await_window (FR_TYPE_AUDIENCE_DIALOG);

  fr_audience_dialog_choose (FR_AUDIENCE_DIALOG (dialog), audience, readers);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "audience.accept", NULL));
  ui_fixture_settle ();
}

void
ui_fixture_respond (const char *response)
{
  GtkWindow *dialog = ui_fixture_await_window (ADW_TYPE_MESSAGE_DIALOG);

  g_object_ref (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
  g_object_unref (dialog);
  ui_fixture_settle ();
}

void
ui_fixture_settle (void)
{
  for (int i = 0; i < 1000 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}
