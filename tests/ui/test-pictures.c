/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-failure.h"
#include "fr-failures-dialog.h"
#include "fr-thumbnail.h"

#include "tests.h"
#include "ui-fixture.h"

/* Small and large pictures, and how adding them goes, each widget by itself. */

typedef struct
{
  char *folder;
  FrNode *node;
  FrTextureLoader *loader;
} Lab;

static void
lab_init (Lab *lab)
{
  lab->folder = fr_test_folder_new ();
  lab->node = ui_fixture_open_node (lab->folder, "Anna", NULL);
  lab->loader = fr_texture_loader_new (lab->node);
}

static void
lab_clear (Lab *lab)
{
  g_assert_finalize_object (lab->loader);
  ui_fixture_close_node (lab->node);
  fr_test_folder_free (lab->folder);
}

static FrContentId
make_id (guint number)
{
  FrContentId id = { { 0 } };

  memcpy (id.bytes, &number, sizeof number);
  return id;
}

static GBytes *
make_preview (void)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='6'>"
                            "<rect width='8' height='6' fill='teal'/></svg>";

  return g_bytes_new_static (svg, strlen (svg));
}

typedef struct
{
  guint n_textures;
  guint n_cancelled;
  guint n_errors;
} Counts;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Counts *counts = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = fr_texture_loader_load_finish (FR_TEXTURE_LOADER (source), result, &error);

  if (texture != NULL)
    counts->n_textures++;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    counts->n_cancelled++;
  else
    counts->n_errors++;
}

typedef struct
{
  const Counts *counts;
  guint n;
} Goal;

static gboolean
is_reached (gpointer data)
{
  const Goal *goal = data;

  return goal->counts->n_textures + goal->counts->n_cancelled + goal->counts->n_errors == goal->n;
}

static void
wait_for (const Counts *counts, guint n)
{
  Goal goal = { counts, n };

  fr_test_wait_until (is_reached, &goal, 60);
}

static guint
count_remembered (Lab *lab, guint n_ids)
{
  guint n = 0;

  for (guint i = 0; i < n_ids; i++)
    {
      FrContentId id = make_id (i);

      n += fr_texture_loader_recall (lab->loader, &id, TRUE) != NULL;
    }
  return n;
}

/* As many as may be remembered are; one more drives out what came first. */
static void
test_remembers (void)
{
  g_autoptr (GBytes) preview = make_preview ();
  FrContentId first = make_id (0), last;
  Counts counts = { 0 };
  Lab lab;

  lab_init (&lab);
  for (guint i = 0; i < FR_TEXTURE_LOADER_REMEMBERED; i++)
    {
      last = make_id (i);
      fr_texture_loader_load_async (lab.loader, &last, preview, NULL, loaded_cb, &counts);
    }
  wait_for (&counts, FR_TEXTURE_LOADER_REMEMBERED);
  g_assert_cmpuint (counts.n_textures, ==, FR_TEXTURE_LOADER_REMEMBERED);
  g_assert_cmpuint (fr_texture_loader_get_n_remembered (lab.loader), ==, FR_TEXTURE_LOADER_REMEMBERED);
  g_assert_nonnull (fr_texture_loader_recall (lab.loader, &first, TRUE));
  g_assert_null (fr_texture_loader_recall (lab.loader, &first, FALSE));

  last = make_id (FR_TEXTURE_LOADER_REMEMBERED);
  fr_texture_loader_load_async (lab.loader, &last, preview, NULL, loaded_cb, &counts);
  wait_for (&counts, FR_TEXTURE_LOADER_REMEMBERED + 1);
  g_assert_cmpuint (fr_texture_loader_get_n_remembered (lab.loader), ==, FR_TEXTURE_LOADER_REMEMBERED);
  g_assert_nonnull (fr_texture_loader_recall (lab.loader, &last, TRUE));
  g_assert_cmpuint (count_remembered (&lab, FR_TEXTURE_LOADER_REMEMBERED), ==, FR_TEXTURE_LOADER_REMEMBERED - 1);
  lab_clear (&lab);
}

/* What is scrolled past is not decoded; what waits behind it is. */
static void
test_cancels (void)
{
  g_autoptr (GBytes) preview = make_preview ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const guint n = 4 * FR_TEXTURE_LOADER_AT_ONCE;
  Counts counts = { 0 };
  Lab lab;

  lab_init (&lab);
  for (guint i = 0; i < n; i++)
    {
      FrContentId id = make_id (i);

      fr_texture_loader_load_async (lab.loader, &id, preview, i + 1 < n ? cancellable : NULL, loaded_cb, &counts);
    }
  g_cancellable_cancel (cancellable);
  wait_for (&counts, n);
  g_assert_cmpuint (counts.n_cancelled, ==, n - 1);
  g_assert_cmpuint (counts.n_textures, ==, 1);
  lab_clear (&lab);
}

/* What is no picture is an error, and no thumbnail of a picture that is not there. */
static void
test_fails (void)
{
  g_autoptr (GBytes) garbage = g_bytes_new_static ("garbage", 7);
  FrContentId id = make_id (1);
  Counts counts = { 0 };
  Lab lab;

  lab_init (&lab);
  fr_texture_loader_load_async (lab.loader, &id, garbage, NULL, loaded_cb, &counts);
  fr_texture_loader_load_async (lab.loader, &id, NULL, NULL, loaded_cb, &counts);
  wait_for (&counts, 2);
  g_assert_cmpuint (counts.n_errors, ==, 2);
  g_assert_cmpuint (fr_texture_loader_get_n_remembered (lab.loader), ==, 0);
  lab_clear (&lab);
}

static gboolean
shows_something (gpointer data)
{
  return fr_thumbnail_get_paintable (data) != NULL;
}

/* A tile that is used again shows nothing of what it was for before. */
static void
test_thumbnail (void)
{
  FrThumbnail *thumbnail = g_object_ref_sink (g_object_new (FR_TYPE_THUMBNAIL, NULL));
  g_autoptr (GBytes) preview = make_preview ();
  FrContentId id = make_id (1), other = make_id (2);
  Lab lab;

  lab_init (&lab);
  fr_thumbnail_show (thumbnail, lab.loader, &id, preview);
  fr_thumbnail_show (thumbnail, lab.loader, &other, preview);
  fr_test_wait_until (shows_something, thumbnail, 20);
  g_assert_null (fr_texture_loader_recall (lab.loader, &id, TRUE));
  g_assert_nonnull (fr_texture_loader_recall (lab.loader, &other, TRUE));
  g_assert_false (fr_thumbnail_get_blurred (thumbnail));
  fr_thumbnail_set_blurred (thumbnail, TRUE);
  g_assert_true (fr_thumbnail_get_blurred (thumbnail));
  fr_thumbnail_clear (thumbnail);
  g_assert_false (shows_something (thumbnail));
  fr_thumbnail_show (thumbnail, lab.loader, &other, preview); /* it is remembered */
  g_assert_true (shows_something (thumbnail));
  g_object_unref (thumbnail);
  lab_clear (&lab);
}

static gboolean
is_idle (gpointer data)
{
  return !fr_import_bar_is_busy (data);
}

static void
finished_cb (FrImportBar *bar, FrImport *import, const char *text, GString *said)
{
  g_autofree char *audience = fr_import_bar_describe_audience (import, NULL);

  g_string_append_printf (said, "%s %s|", text, audience);
}

/* One import after the other; each is told of. */
static void
test_import_bar (void)
{
  FrImportBar *bar = g_object_ref_sink (g_object_new (FR_TYPE_IMPORT_BAR, NULL));
  g_autoptr (GString) said = g_string_new (NULL);
  g_autofree char *path = NULL;
  Lab lab;

  lab_init (&lab);
  path = ui_fixture_write_picture (lab.folder, "Dune.svg");
  const char *const paths[] = { path, NULL };
  g_signal_connect (bar, "finished", G_CALLBACK (finished_cb), said);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FrImport) import = fr_import_new (fr_node_get_gallery (lab.node), paths);

      fr_import_set_audience (import, FR_AUDIENCE_EVERYONE, NULL);
      fr_import_set_keeps_metadata (import, TRUE);
      fr_import_bar_add (bar, import);
      g_assert_true (fr_import_bar_is_busy (bar));
    }
  fr_test_wait_until (is_idle, bar, 20);
  g_assert_cmpstr (said->str, ==, "1 picture added. For everyone|1 was there already. For everyone|");
  g_object_unref (bar);
  lab_clear (&lab);
}

static void
retry_cb (FrFailuresDialog *dialog, guint *n_retries)
{
  (*n_retries)++;
}

/* The list can be tried again where that makes sense, and closes then. */
static void
test_failures (void)
{
  g_autoptr (GListStore) rows = g_list_store_new (FR_TYPE_FAILURE);
  g_autoptr (FrFailure) row = fr_failure_new ("letter <b>.jpg", "It is <no> picture & nothing else.");
  GtkWidget *window = gtk_window_new ();
  FrFailuresDialog *dialog;
  GtkWidget *button;
  guint n_retries = 0;

  g_list_store_append (rows, row);
  gtk_window_present (GTK_WINDOW (window));
  dialog = fr_failures_dialog_present_list (window, "Not Added", G_LIST_MODEL (rows));
  g_signal_connect (dialog, "retry", G_CALLBACK (retry_cb), &n_retries);
  button = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (dialog), FR_TYPE_FAILURES_DIALOG, "retry_button"));
  g_assert_false (gtk_widget_get_visible (button));
  fr_failures_dialog_set_can_retry (dialog, TRUE);
  g_assert_true (gtk_widget_get_visible (button));
  ui_fixture_settle ();
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (n_retries, ==, 1);
  ui_fixture_settle ();
  g_assert_null (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_fixture_settle ();
}

void
test_pictures_add (void)
{
  g_test_add_func ("/ui/pictures/remembers", test_remembers);
  g_test_add_func ("/ui/pictures/cancels", test_cancels);
  g_test_add_func ("/ui/pictures/fails", test_fails);
  g_test_add_func ("/ui/pictures/thumbnail", test_thumbnail);
  g_test_add_func ("/ui/pictures/import-bar", test_import_bar);
  g_test_add_func ("/ui/pictures/failures", test_failures);
}
