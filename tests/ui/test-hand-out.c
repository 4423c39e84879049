/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-hand-out-content.h"
#include "fr-picture-print.h"
#include "fr-private-folder.h"

#include "tests.h"
#include "ui-fixture.h"

/* What other programs get: files that are called as the pictures are, and are gone afterwards. */

typedef struct
{
  char *folder;
  char *shared; /* where copies are */
  FrNode *node;
  FrGallery *gallery;
} Lab;

static void
lab_init (Lab *lab)
{
  lab->folder = fr_test_folder_new ();
  lab->shared = g_build_filename (lab->folder, "cache", "handed-out", NULL);
  lab->node = ui_fixture_open_node (lab->folder, "Anna", NULL);
  lab->gallery = fr_node_get_gallery (lab->node);
}

static void
lab_clear (Lab *lab)
{
  ui_fixture_close_node (lab->node);
  fr_test_folder_free (lab->folder);
  g_free (lab->shared);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (*(GAsyncResult **) data);
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
is_finished (gpointer data)
{
  return fr_import_get_finished (data);
}

/* A picture of that title, in colours of its own. */
static FrGalleryItem *
add_picture (Lab *lab, const char *title)
{
  static guint number;
  g_autofree char *name = g_strdup_printf ("%u.png", ++number);
  g_autofree char *path = ui_fixture_write_photograph (lab->folder, name);
  const char *const paths[] = { path, NULL }, *const tags[] = { NULL };
  g_autoptr (FrImport) import = fr_import_new (lab->gallery, paths);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const FrPicture *picture;

  fr_import_set_audience (import, FR_AUDIENCE_ONLY_ME, NULL);
  fr_import_start (import);
  fr_test_wait_until (is_finished, import, 15);
  g_assert_cmpuint (fr_import_get_pictures (import)->len, ==, 1);
  picture = fr_import_get_pictures (import)->pdata[0];
  fr_gallery_update_async (lab->gallery, &picture->id, title, "", tags, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 15);
  fr_gallery_update_finish (lab->gallery, result, &error);
  g_assert_no_error (error);
  return fr_gallery_find (lab->gallery, &picture->id);
}

static GPtrArray *
make (Lab *lab, FrHandOut *hand_out, GPtrArray *pictures, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_hand_out_make_async (hand_out, lab->gallery, pictures, cancellable, result_cb, &result);
  fr_test_wait_until (is_set, &result, 20);
  return fr_hand_out_make_finish (hand_out, result, error);
}

/* How many there are in a folder, at any depth. */
static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_files (path) : 1;
    }
  return n;
}

typedef struct
{
  const char *folder;
  guint n;
} Files;

static gboolean
has_files (gpointer data)
{
  const Files *files = data;

  return count_files (files->folder) == files->n;
}

static void
await_files (const char *folder, guint n)
{
  Files files = { folder, n };

  fr_test_wait_until (has_files, &files, 10);
}

/* Titles may be anything; what is handed out is a plain name of a picture, in its folder. */
static void
test_names (void)
{
  static const struct
  {
    const char *title, *name;
  } rows[] = {
    { "Harbour at night", "Harbour at night.png" },
    { "Harbour.png", "Harbour.png" },
    { "../../etc/passwd", "_.._etc_passwd.png" },
    { "/absolute", "_absolute.png" },
    { ".hidden", "hidden.png" },
    { "..", "Picture.png" },
    { "run.desktop", "run.desktop.png" },
    { "Same", "Same.png" },
    { "Same", "Same (2).png" },
    { "same.png", "same.png" },
    { "Same", "Same (3).png" },
    { "港の夜", "港の夜.png" },
  };
  g_autoptr (GPtrArray) pictures = g_ptr_array_new (), files = NULL;
  g_autoptr (GError) error = NULL;
  FrHandOut *hand_out;
  Lab lab;

  lab_init (&lab);
  hand_out = fr_hand_out_new (lab.shared);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_ptr_array_add (pictures, add_picture (&lab, rows[i].title));
  files = make (&lab, hand_out, pictures, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, G_N_ELEMENTS (rows));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_file_get_basename (files->pdata[i]);
      g_autoptr (GFile) folder = g_file_get_parent (files->pdata[i]), first = g_file_get_parent (files->pdata[0]);

      g_assert_cmpstr (name, ==, rows[i].name);
      g_assert_true (g_file_equal (folder, first));
    }
  g_assert_finalize_object (hand_out);
  lab_clear (&lab);
}

/* As long as a title may be, and once more: with its number it is still a name that every file system takes. */
static void
test_long_names (void)
{
  g_autofree char *letters = g_strnfill (FR_PICTURE_MAX_TITLE - 2, 'x');
  g_autofree char *title = g_strconcat (letters, "ë", NULL);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new (), files = NULL;
  g_autoptr (GError) error = NULL;
  FrHandOut *hand_out;
  Lab lab;

  lab_init (&lab);
  hand_out = fr_hand_out_new (lab.shared);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (pictures, add_picture (&lab, title));
  files = make (&lab, hand_out, pictures, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_file_get_basename (files->pdata[i]);

      g_assert_cmpuint (strlen (name), <=, 255);
      g_assert_true (g_str_has_suffix (name, i == 0 ? "x.png" : " (2).png"));
    }
  g_assert_finalize_object (hand_out);
  lab_clear (&lab);
}

/* Byte by byte, for nobody else to read; gone at the end. */
static void
test_bytes (void)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new (), files = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *folder = NULL, *content = NULL;
  gsize size;
  FrBlockHash hash; /* it has one block */
  FrContentId id;
  FrHandOut *hand_out;
  struct stat status;
  Lab lab;

  lab_init (&lab);
  hand_out = fr_hand_out_new (lab.shared);
  g_ptr_array_add (pictures, add_picture (&lab, "Title"));
  files = make (&lab, hand_out, pictures, NULL, &error);
  g_assert_no_error (error);
  path = g_file_get_path (files->pdata[0]);
  g_assert_true (g_str_has_prefix (path, lab.shared));
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  fr_content_hash_block (content, size, &hash);
  fr_content_id_from_blocks (size, &hash, 1, &id);
  g_assert_true (fr_content_id_equal (&id, fr_gallery_item_get_id (pictures->pdata[0])));
  folder = g_path_get_dirname (path);
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0700);
  g_assert_finalize_object (hand_out);
  g_assert_cmpuint (count_files (lab.shared), ==, 0);
  lab_clear (&lab);
}

/* So many at once, and no more. */
static void
test_cap (void)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new (), files = NULL;
  g_autoptr (GError) error = NULL;
  FrGalleryItem *item;
  FrHandOut *hand_out;
  Lab lab;

  lab_init (&lab);
  hand_out = fr_hand_out_new (lab.shared);
  item = add_picture (&lab, "Title");
  for (guint i = 0; i < FR_HAND_OUT_MAX_PICTURES; i++)
    g_ptr_array_add (pictures, item);
  files = make (&lab, hand_out, pictures, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, FR_HAND_OUT_MAX_PICTURES);
  g_ptr_array_add (pictures, item);
  g_assert_null (make (&lab, hand_out, pictures, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_finalize_object (hand_out);
  lab_clear (&lab);
}

/* What was asked for long ago makes room. */
static void
test_oldest_goes (void)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  FrHandOut *hand_out;
  Lab lab;

  lab_init (&lab);
  hand_out = fr_hand_out_new (lab.shared);
  g_ptr_array_add (pictures, add_picture (&lab, "Title"));
  for (guint i = 0; i < FR_HAND_OUT_MAX_FOLDERS + 1; i++)
    {
      g_autoptr (GPtrArray) files = make (&lab, hand_out, pictures, NULL, &error);

      g_assert_no_error (error);
      if (first == NULL)
        first = g_file_get_path (files->pdata[0]);
    }
  await_files (lab.shared, FR_HAND_OUT_MAX_FOLDERS);
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_finalize_object (hand_out);
  lab_clear (&lab);
}

/* One that is not there any more, or that nobody waits for: then there is none of the others either. */
static void
test_all_or_none (void)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrHandOut *hand_out;
  Lab lab;

  lab_init (&lab);
  hand_out = fr_hand_out_new (lab.shared);
  g_ptr_array_add (pictures, g_object_ref (add_picture (&lab, "Stays")));
  g_ptr_array_add (pictures, g_object_ref (add_picture (&lab, "Goes")));
  fr_gallery_remove_async (lab.gallery, fr_gallery_item_get_id (pictures->pdata[1]), NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 15);
  g_assert_true (fr_gallery_remove_finish (lab.gallery, result, NULL));
  g_assert_null (make (&lab, hand_out, pictures, NULL, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  await_files (lab.shared, 0);
  g_ptr_array_set_size (pictures, 1);
  g_cancellable_cancel (cancellable);
  g_assert_null (make (&lab, hand_out, pictures, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  await_files (lab.shared, 0);
  fr_test_assert_finalizes (hand_out);
  lab_clear (&lab);
}

/* Half a picture is worse than none. */
static void
test_no_room (void)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;
  FrHandOut *hand_out;
  Lab lab;

  lab_init (&lab);
  hand_out = fr_hand_out_new (lab.shared);
  g_ptr_array_add (pictures, add_picture (&lab, "Title"));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 16;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_null (make (&lab, hand_out, pictures, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_DFL);
  g_assert_nonnull (error);
  await_files (lab.shared, 0);
  fr_test_assert_finalizes (hand_out);
  lab_clear (&lab);
}

static char *
leave_file (const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "left", -1, NULL));
  return path;
}

/* What a program left that ended badly is removed by the next; what one that runs has, and what links lead to, is not. */
static void
test_sweeps (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  g_autofree char *shared = g_build_filename (folder, "shared", NULL), *outside = g_build_filename (folder, "out", NULL);
  g_autofree char *dead = g_build_filename (shared, "dead", NULL), *deeper = g_build_filename (dead, "1", NULL);
  g_autofree char *alive = g_build_filename (shared, "alive", NULL), *link = g_build_filename (dead, "link", NULL);
  g_autofree char *left = leave_file (deeper, "Title.jpg"), *used = leave_file (alive, "Title.jpg");
  g_autofree char *kept = leave_file (outside, "Title.jpg");
  int fd = g_open (alive, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  FrHandOut *hand_out;

  g_assert_cmpint (symlink (outside, link), ==, 0);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  hand_out = fr_hand_out_new (shared);
  await_files (shared, 1);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (used, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  close (fd);
  fr_test_assert_finalizes (hand_out);
  fr_test_folder_free (g_steal_pointer (&folder));
}

/* People clear caches while programs run. */
static void
test_cleared (void)
{
  char *folder = fr_test_folder_new ();
  FrPrivateFolder *private_folder = fr_private_folder_new (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = fr_private_folder_add (private_folder, &error), *again = NULL, *own = NULL;

  g_assert_no_error (error);
  own = g_path_get_dirname (first);
  fr_private_folder_remove_tree (own);
  g_assert_false (g_file_test (own, G_FILE_TEST_EXISTS));
  again = fr_private_folder_add (private_folder, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (again, G_FILE_TEST_IS_DIR));
  fr_private_folder_end (private_folder);
  g_assert_false (g_file_test (again, G_FILE_TEST_EXISTS));
  fr_test_folder_free (folder);
}

static char *
write_content (GdkContentProvider *provider, const char *mime_type, gsize *out_size, GError **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;

  gdk_content_provider_write_mime_type_async (provider, mime_type, stream, G_PRIORITY_DEFAULT, NULL, result_cb, &result);
  fr_test_wait_until (is_set, &result, 20);
  if (!gdk_content_provider_write_mime_type_finish (provider, result, error))
    return NULL;
  g_assert_true (g_output_stream_write (stream, "", 1, NULL, NULL) == 1 && g_output_stream_close (stream, NULL, NULL));
  *out_size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)) - 1;
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* What is copied is a file, the same for all who ask, and the picture itself; what is dragged is a file. */
static void
test_content (void)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkContentProvider) copied = NULL, dragged = NULL;
  g_autoptr (GdkContentFormats) copied_formats = NULL, dragged_formats = NULL;
  g_autofree char *uris = NULL, *files = NULL, *png = NULL, *expected = NULL, *gone = NULL;
  gsize size;
  Lab lab;

  lab_init (&lab);
  g_ptr_array_add (pictures, add_picture (&lab, "Title"));
  copied = fr_hand_out_content_new_for_clipboard (lab.node, pictures);
  dragged = fr_hand_out_content_new (lab.node, pictures);
  copied_formats = gdk_content_provider_ref_formats (copied);
  dragged_formats = gdk_content_provider_ref_formats (dragged);
  g_assert_true (gdk_content_formats_contain_mime_type (copied_formats, "image/png"));
  g_assert_false (gdk_content_formats_contain_mime_type (dragged_formats, "image/png"));
  g_assert_true (gdk_content_formats_contain_mime_type (dragged_formats, "text/uri-list"));
  uris = write_content (copied, "text/uri-list", &size, &error);
  g_assert_no_error (error);
  g_strchomp (uris);
  g_assert_true (g_str_has_prefix (uris, "file:///") && g_str_has_suffix (uris, "/Title.png"));
  files = write_content (copied, "x-special/gnome-copied-files", &size, &error);
  expected = g_strconcat ("copy\n", uris, NULL);
  g_assert_cmpstr (files, ==, expected);
  png = write_content (copied, "image/png", &size, &error);
  g_assert_no_error (error);
  g_assert_true (size > 8 && memcmp (png, "\211PNG", 4) == 0);
  lab_clear (&lab);
  gone = write_content (copied, "text/uri-list", &size, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* In the middle of the page, as large as fits. */
static void
test_print_fits (void)
{
  static const struct
  {
    double page_width, page_height, width, height;
    FrPicturePlace place;
  } rows[] = {
    { 200, 300, 200, 300, { 0, 0, 1 } },      { 200, 300, 100, 100, { 0, 50, 2 } },
    { 200, 300, 4000, 1000, { 0, 125, 0.05 } }, { 200, 300, 1000, 6000, { 75, 0, 0.05 } },
    { 200, 300, 1, 1, { 0, 50, 200 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrPicturePlace place
          = fr_picture_print_fit (rows[i].page_width, rows[i].page_height, rows[i].width, rows[i].height);

      g_assert_cmpfloat_with_epsilon (place.x, rows[i].place.x, 1e-9);
      g_assert_cmpfloat_with_epsilon (place.y, rows[i].place.y, 1e-9);
      g_assert_cmpfloat_with_epsilon (place.scale, rows[i].place.scale, 1e-9);
    }
}

/* Wide, and as large in any file, since it is nothing but noise. */
static GdkTexture *
make_noise (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint32 *pixels = g_new (guint32, 200 * 100);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 200 * 100; i++)
    pixels[i] = g_rand_int (rand) | 0xff000000;
  bytes = g_bytes_new_take (pixels, 200 * 100 * sizeof *pixels);
  return gdk_memory_texture_new (200, 100, GDK_MEMORY_R8G8B8A8, bytes, 200 * sizeof *pixels);
}

/* One page, turned as the picture is, with the picture on it; a folder that is not there is an error. */
static void
test_prints (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *page = g_build_filename (folder, "page.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "page.pdf", NULL), *content = NULL;
  g_autoptr (GdkTexture) texture = make_noise ();
  const char *const names[] = { page, nowhere };
  gsize size;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GtkPrintOperation) operation = fr_picture_print_make_operation (texture, "Wide");
      g_autoptr (GError) error = NULL;
      GtkPrintOperationResult result;

      g_assert_cmpint (gtk_page_setup_get_orientation (gtk_print_operation_get_default_page_setup (operation)), ==,
                       GTK_PAGE_ORIENTATION_LANDSCAPE);
      gtk_print_operation_set_allow_async (operation, FALSE);
      gtk_print_operation_set_export_filename (operation, names[i]);
      result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
      g_assert_cmpint (result, ==,
                       i == 0 ? GTK_PRINT_OPERATION_RESULT_APPLY : GTK_PRINT_OPERATION_RESULT_ERROR);
    }
  g_assert_true (g_file_get_contents (page, &content, &size, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF"));
  g_assert_cmpuint (size, >, 200 * 100 * 3 * 9 / 10);
  fr_test_folder_free (folder);
}

void
test_hand_out_add (void)
{
  g_test_add_func ("/ui/hand-out/names", test_names);
  g_test_add_func ("/ui/hand-out/long-names", test_long_names);
  g_test_add_func ("/ui/hand-out/bytes", test_bytes);
  g_test_add_func ("/ui/hand-out/cap", test_cap);
  g_test_add_func ("/ui/hand-out/oldest-goes", test_oldest_goes);
  g_test_add_func ("/ui/hand-out/all-or-none", test_all_or_none);
  g_test_add_func ("/ui/hand-out/no-room", test_no_room);
  g_test_add_func ("/ui/hand-out/sweeps", test_sweeps);
  g_test_add_func ("/ui/hand-out/cleared", test_cleared);
  g_test_add_func ("/ui/hand-out/content", test_content);
  g_test_add_func ("/ui/hand-out/print-fits", test_print_fits);
  g_test_add_func ("/ui/hand-out/prints", test_prints);
}
