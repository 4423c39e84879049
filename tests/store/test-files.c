/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-blob-dir.h"
#include "fr-blob-writer.h"
#include "fr-file-finder.h"
#include "fr-file-removal.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

static void
write_file (const char *folder, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
}

static void
make_link (const char *folder, const char *target, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
write_sparse (const char *path, guint64 size)
{
  int fd = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

  g_assert_cmpint (ftruncate (fd, (off_t) size), ==, 0);
  close (fd);
}

static void
assert_stage_fails (FrStore *store, const char *folder, const char *name, int code)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (stage_path (store, path, &error));
  g_assert_error (error, FR_STORE_ERROR, code);
}

static void
test_stage (Fixture *fixture, gconstpointer data)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "one.jpg", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStaged) from_file = NULL, from_bytes = NULL;
  char start[3];

  write_file (folder, "one.jpg", "bytes");
  from_file = stage_path (fixture->store, path, &error);
  g_assert_no_error (error);
  from_bytes = stage_text (fixture->store, "bytes", &error);
  g_assert_no_error (error);
  g_assert_true (fr_content_id_equal (fr_staged_get_id (from_file), fr_staged_get_id (from_bytes)));
  g_assert_true (g_bytes_equal (fr_staged_get_hashes (from_file), fr_staged_get_hashes (from_bytes)));
  g_assert_cmpint (read (fr_staged_get_fd (from_file), start, 3), ==, 3);
  g_assert_cmpmem (start, 3, "byt", 3);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 2);
  g_clear_pointer (&from_file, fr_staged_unref);
  g_clear_pointer (&from_bytes, fr_staged_unref);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 0);
  fr_test_folder_free (folder);
}

/* The id over several blocks, the last one short, full, or a byte. */
static void
test_ids_of_sizes (Fixture *fixture, gconstpointer data)
{
  static const gsize sizes[] = { 1, FR_BLOCK_SIZE - 1, FR_BLOCK_SIZE, FR_BLOCK_SIZE + 1, 2 * FR_BLOCK_SIZE + 100 };
  g_autofree char *path = g_build_filename (fixture->folder, "source", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *contents = g_strnfill (sizes[i], 'a');
      FrBlockHash hashes[3];
      guint n = fr_content_n_blocks (sizes[i]);
      g_autoptr (FrStaged) staged = NULL;
      FrContentId id;

      for (guint j = 0; j < n; j++)
        fr_content_hash_block (contents + j * FR_BLOCK_SIZE, MIN (sizes[i] - j * FR_BLOCK_SIZE, FR_BLOCK_SIZE),
                               &hashes[j]);
      fr_content_id_from_blocks (sizes[i], hashes, n, &id);
      g_assert_true (g_file_set_contents (path, contents, (gssize) sizes[i], NULL));
      staged = stage_path (fixture->store, path, NULL);
      g_assert_cmpuint (fr_staged_get_size (staged), ==, sizes[i]);
      g_assert_true (fr_content_id_equal (fr_staged_get_id (staged), &id));
    }
}

static void
test_what_cannot_be_staged (Fixture *fixture, gconstpointer data)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);

  write_file (folder, "empty", "");
  write_file (folder, "file", "x");
  make_link (folder, "file", "link");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_stage_fails (fixture->store, folder, "empty", FR_STORE_ERROR_EMPTY);
  assert_stage_fails (fixture->store, folder, "vanished", FR_STORE_ERROR_GONE);
  assert_stage_fails (fixture->store, folder, "file/below", FR_STORE_ERROR_GONE);
  assert_stage_fails (fixture->store, folder, "link", FR_STORE_ERROR_NOT_A_FILE);
  assert_stage_fails (fixture->store, folder, "fifo", FR_STORE_ERROR_NOT_A_FILE);
  assert_stage_fails (fixture->store, folder, ".", FR_STORE_ERROR_NOT_A_FILE);
  assert_stage_fails (fixture->store, "/dev", "null", FR_STORE_ERROR_NOT_A_FILE);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 0);
  fr_test_folder_free (folder);
}

static void
test_empty_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (stage_text (fixture->store, "", &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_EMPTY);
}

/* At the limit and one past it, without half a gigabyte on disk: the writer counts, whatever it is given. */
static void
test_size_limit (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (FrBlobWriter) writer = fr_blob_writer_new (folder, NULL);
  g_autofree guint8 *block = g_malloc0 (FR_BLOCK_SIZE);
  g_autoptr (GError) error = NULL;
  gsize first = 100;

  g_assert_true (fr_blob_writer_add (writer, block, first, NULL));
  g_assert_false (fr_blob_writer_add (writer, block, FR_PICTURE_MAX_BYTES - first + 1, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
  g_assert_cmpuint (fr_blob_writer_get_size (writer), ==, first);
  fr_test_folder_free (folder);
}

static void
test_too_large_file (Fixture *fixture, gconstpointer data)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "huge", NULL);

  write_sparse (path, FR_PICTURE_MAX_BYTES + 1);
  assert_stage_fails (fixture->store, folder, "huge", FR_STORE_ERROR_TOO_LARGE);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 0);
  fr_test_folder_free (folder);
}

static void
test_cancel_staging (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "large", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrStaged *staged;

  write_sparse (path, FR_PICTURE_MAX_BYTES);
  fr_store_stage_file_async (fixture->store, path, cancellable, answered_cb, &result);
  g_cancellable_cancel (cancellable);
  staged = fr_store_stage_file_finish (fixture->store, await (&result), &error);
  g_assert_null (staged);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fr_store_close (fixture->store);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 0);
}

/* Before it is read to its end: cut short, or written to. */
static void
test_changes_while_read (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "source", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrBlobDir) blobs = fr_blob_dir_new (folder, &error);
  int fd;

  g_assert_no_error (error);
  write_file (folder, "source", "bytes");
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (g_unlink (path), ==, 0); /* it is read all the same once it is open */
  fr_staged_unref (fr_blob_dir_stage_fd (blobs, fd, NULL, &error));
  g_assert_no_error (error);
  close (fd);
  fd = g_open ("/proc/self/status", O_RDONLY | O_CLOEXEC, 0); /* says 0 bytes and has more */
  g_assert_null (fr_blob_dir_stage_fd (blobs, fd, NULL, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_GONE);
  close (fd);
  fr_test_folder_free (folder);
}

static void
test_stop (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (FrBlobDir) blobs = fr_blob_dir_new (folder, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("bytes", 5);
  g_autoptr (GError) error = NULL;

  fr_blob_dir_stop (blobs);
  g_assert_null (fr_blob_dir_stage_bytes (blobs, bytes, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  fr_test_folder_free (folder);
}

static void
test_read_blocks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *contents = g_strnfill (FR_BLOCK_SIZE + 10, 'x');
  g_autoptr (FrPicture) picture = add_picture (fixture->store, contents, "Two blocks", NULL);
  g_autoptr (GBytes) first = read_block (fixture->store, &picture->id, 0, NULL);
  g_autoptr (GBytes) second = read_block (fixture->store, &picture->id, 1, NULL);
  g_autoptr (GError) error = NULL, far_error = NULL;
  g_autoptr (GAsyncResult) result = NULL, none_result = NULL;
  g_autoptr (GBytes) hashes = NULL;
  FrContentId none = { { 1 } };
  guint64 size = 0;

  g_assert_cmpuint (g_bytes_get_size (first), ==, FR_BLOCK_SIZE);
  g_assert_cmpuint (g_bytes_get_size (second), ==, 10);
  g_assert_null (read_block (fixture->store, &picture->id, 2, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_assert_null (read_block (fixture->store, &picture->id, G_MAXUINT, &far_error));
  g_assert_error (far_error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);

  fr_store_get_blocks_async (fixture->store, &picture->id, &stranger, NULL, answered_cb, &result);
  hashes = fr_store_get_blocks_finish (fixture->store, await (&result), &size, NULL);
  g_assert_cmpuint (g_bytes_get_size (hashes), ==, 2 * sizeof (FrBlockHash));
  g_assert_cmpuint (size, ==, FR_BLOCK_SIZE + 10);
  g_clear_error (&error);
  fr_store_get_blocks_async (fixture->store, &none, NULL, NULL, answered_cb, &none_result);
  g_assert_null (fr_store_get_blocks_finish (fixture->store, await (&none_result), NULL, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
}

static void
test_open_picture (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "One", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  char contents[6] = { 0 };
  int fd;

  fr_store_open_picture_async (fixture->store, &picture->id, NULL, answered_cb, &result);
  fd = fr_store_open_picture_finish (fixture->store, await (&result), NULL);
  g_assert_cmpint (fd, >=, 0);
  g_assert_true (remove_picture (fixture->store, &picture->id, NULL));
  g_assert_cmpint (read (fd, contents, 5), ==, 5);
  g_assert_cmpstr (contents, ==, "bytes");
  close (fd);
}

static char *
export (FrStore *store, const FrContentId *id, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *made = NULL;

  fr_store_export_async (store, id, path, NULL, answered_cb, &result);
  made = fr_store_export_finish (store, await (&result), error);
  return made != NULL ? g_path_get_basename (made) : NULL;
}

static void
test_export_never_overwrites (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *wanted, *made;
  } rows[] = { { "Title.jpg", "Title.jpg" },    { "Title.jpg", "Title (2).jpg" }, { "Title.jpg", "Title (3).jpg" },
               { "none", "none" },              { "none", "none (2)" },           { ".hidden", ".hidden" },
               { ".hidden", ".hidden (2)" },    { "a.b.png", "a.b.png" },         { "a.b.png", "a.b (2).png" },
               { "dangling.jpg", "dangling (2).jpg" } };
  char *folder = fr_test_folder_new ();
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "One", NULL);

  make_link (folder, "nowhere", "dangling.jpg");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *made = export (fixture->store, &picture->id, folder, rows[i].wanted, NULL);
      g_autofree char *path = g_build_filename (folder, rows[i].made, NULL);
      g_autofree char *contents = NULL;

      g_assert_cmpstr (made, ==, rows[i].made);
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "bytes");
    }
  fr_test_folder_free (folder);
}

static void
test_export_that_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "bytes", "One", NULL);
  FrContentId none = { { 1 } };
  g_autoptr (GError) error = NULL, none_error = NULL;
  char *folder = fr_test_folder_new ();

  g_assert_null (export (fixture->store, &picture->id, "/proc/none", "x.jpg", &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_IO);
  g_assert_null (export (fixture->store, &none, folder, "x.jpg", &none_error));
  g_assert_error (none_error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (folder, "."), ==, 0);
  fr_test_folder_free (folder);
}

static char *
find (FrStore *store, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *root = realpath (folder, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) files = NULL;
  GString *names;

  fr_store_find_files_async (store, path, NULL, answered_cb, &result);
  files = fr_store_find_files_finish (store, await (&result), error);
  if (files == NULL)
    return NULL;
  names = g_string_new (NULL);
  for (guint i = 0; i < files->len; i++)
    {
      const char *found = g_ptr_array_index (files, i);

      g_assert_true (g_str_has_prefix (found, root));
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", found + strlen (root) + 1);
    }
  return g_string_free (names, FALSE);
}

static void
test_find_files (Fixture *fixture, gconstpointer data)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *all = NULL, *one = NULL, *linked = NULL, *through = NULL;
  g_autoptr (GError) error = NULL, device_error = NULL;

  write_file (folder, "in/b.jpg", "b");
  write_file (folder, "in/a.jpg", "a");
  write_file (folder, "in/deep/er/c.jpg", "c");
  write_file (folder, "in/.hidden", "x");
  write_file (folder, "in/.folder/x.jpg", "x");
  write_file (folder, "out/secret.jpg", "s");
  make_link (folder, "../out/secret.jpg", "in/link.jpg");
  make_link (folder, "../out", "in/folder");
  make_link (folder, ".", "in/circle");
  make_link (folder, "in", "named");
  make_link (folder, "in/a.jpg", "named.jpg");
  all = find (fixture->store, folder, "in", NULL);
  g_assert_cmpstr (all, ==, "in/a.jpg in/b.jpg in/deep/er/c.jpg");
  one = find (fixture->store, folder, "in/b.jpg", NULL);
  g_assert_cmpstr (one, ==, "in/b.jpg");
  linked = find (fixture->store, folder, "named", NULL); /* what the person named is what they mean */
  g_assert_cmpstr (linked, ==, all);
  through = find (fixture->store, folder, "named.jpg", NULL);
  g_assert_cmpstr (through, ==, "in/a.jpg");
  g_assert_null (find (fixture->store, folder, "absent", &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_GONE);
  g_assert_null (find (fixture->store, "/dev", "null", &device_error));
  g_assert_error (device_error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_A_FILE);
  fr_test_folder_free (folder);
}

static void
test_find_limits (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (GString) deep = g_string_new ("");
  g_autoptr (GPtrArray) three = NULL, found = NULL;
  g_autoptr (GError) error = NULL;

  write_file (folder, "a", "a");
  write_file (folder, "b", "b");
  write_file (folder, "c", "c");
  three = fr_file_finder_find (folder, 3, NULL, NULL);
  g_assert_cmpuint (three->len, ==, 3);
  g_assert_null (fr_file_finder_find (folder, 2, NULL, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
  for (guint i = 0; i <= FR_FILE_FINDER_MAX_DEPTH; i++)
    {
      g_autofree char *name = NULL;

      g_string_append (deep, "d/");
      name = g_strconcat (deep->str, "x", NULL);
      write_file (folder, name, "x");
    }
  found = fr_file_finder_find (folder, FR_STORE_MAX_FOUND, NULL, NULL);
  g_assert_cmpuint (found->len, ==, 3 + FR_FILE_FINDER_MAX_DEPTH);
  fr_test_folder_free (folder);
}

/* The last reference may go on a thread that must not wait for the disk: none of them removes a file itself. */
static void
test_removed_elsewhere (Fixture *fixture, gconstpointer data)
{
  FrStaged *staged = stage_text (fixture->store, "bytes", NULL);
  g_autofree char *path = g_strdup (fr_staged_get_path (staged));

  _fr_file_removal_hold (TRUE);
  fr_staged_unref (staged);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  _fr_file_removal_hold (FALSE);
  fr_file_removal_wait ();
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define ADD(name, function) g_test_add ("/store/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

void
test_files_add (void)
{
  ADD ("stage/file-and-bytes", test_stage);
  ADD ("stage/ids-of-sizes", test_ids_of_sizes);
  ADD ("stage/what-cannot-be", test_what_cannot_be_staged);
  ADD ("stage/empty-bytes", test_empty_bytes);
  ADD ("stage/too-large-file", test_too_large_file);
  ADD ("stage/cancel", test_cancel_staging);
  ADD ("stage/removed-elsewhere", test_removed_elsewhere);
  g_test_add_func ("/store/stage/size-limit", test_size_limit);
  g_test_add_func ("/store/stage/changes-while-read", test_changes_while_read);
  g_test_add_func ("/store/stage/stop", test_stop);
  ADD ("blocks/read", test_read_blocks);
  ADD ("blocks/open-picture", test_open_picture);
  ADD ("export/never-overwrites", test_export_never_overwrites);
  ADD ("export/fails", test_export_that_fails);
  ADD ("find-files/no-link-out", test_find_files);
  g_test_add_func ("/store/find-files/limits", test_find_limits);
}
