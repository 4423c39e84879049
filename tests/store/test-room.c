/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "fr-picture.h"
#include "fr-room.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

#define BESIDE FR_ROOM_BESIDE

/* What each file takes, at least and most likely. */
static void
test_one (void)
{
  static const struct
  {
    const char *name;
    guint64 size;
    gboolean shares, keeps_metadata;
    guint64 least, needed;
  } rows[] = {
    { "a.jpg", 10000, FALSE, FALSE, 12288, 2 * 12288 + BESIDE },
    { "a.JPEG", 4096, FALSE, FALSE, 4096, 2 * 4096 + BESIDE },
    { "a.png", 1, FALSE, TRUE, 4096, 4096 + BESIDE },
    { "a.webp", 4097, TRUE, FALSE, 0, 8192 + BESIDE },
    { "a.gif", 10000, TRUE, TRUE, 0, BESIDE },
    { "a.heic", 10000, FALSE, FALSE, 12288, 12288 + BESIDE },
    { "a.svg", 10000, TRUE, FALSE, 0, BESIDE },
    { "DSC0001", 10000, FALSE, FALSE, 12288, 2 * 12288 + BESIDE },
    { "a.b.tiff", FR_PICTURE_MAX_BYTES, FALSE, FALSE, FR_PICTURE_MAX_BYTES, FR_PICTURE_MAX_BYTES + BESIDE },
    /* which will not be added */
    { "a.tiff", FR_PICTURE_MAX_BYTES + 1, FALSE, FALSE, 0, 0 },
    { "a.jpg", 0, FALSE, FALSE, 0, 0 },
    { "a.mp4", 10000, FALSE, FALSE, 0, 0 },
    { "a.jpg.part", 10000, FALSE, FALSE, 0, 0 },
    { "a.", 10000, FALSE, FALSE, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrRoom room = { 0 };

      fr_room_add (&room, rows[i].name, rows[i].size, rows[i].shares, rows[i].keeps_metadata);
      g_assert_cmpuint (room.bytes_least, ==, rows[i].least);
      g_assert_cmpuint (room.bytes_needed, ==, rows[i].needed);
      g_assert_cmpuint (room.n_pictures, ==, rows[i].needed > 0);
      g_assert_cmpint (room.shares, ==, rows[i].shares);
    }
}

static void
test_verdicts (void)
{
  static const guint64 large = 10 * FR_ROOM_LITTLE;
  static const struct
  {
    FrRoom room;
    FrRoomVerdict verdict;
  } rows[] = {
    { { 0, 0, 0 }, FR_ROOM_AMPLE },
    { { 0, 100, 1000 }, FR_ROOM_AMPLE },
    { { 0, 101, 1000 }, FR_ROOM_ASK },
    { { 500, 1000, 1000 }, FR_ROOM_ASK },
    { { 500, 1001, 1000 }, FR_ROOM_TIGHT },
    { { 1000, 2000, 1000 }, FR_ROOM_TIGHT },
    { { 1001, 2000, 1000 }, FR_ROOM_NONE },
    { { 0, FR_ROOM_LITTLE, 2 * large }, FR_ROOM_AMPLE },
    { { 0, FR_ROOM_LITTLE + 1, 2 * large }, FR_ROOM_ASK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_room_judge (&rows[i].room), ==, rows[i].verdict);
}

static void
test_free (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autoptr (GError) error = NULL;
  guint64 n = 0;

  g_assert_true (fr_room_find_free (folder, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, 0);
  g_assert_false (fr_room_find_free (missing, &n, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_IO);
  fr_test_folder_free (g_steal_pointer (&folder));
}

static char *
write_sized (const char *folder, const char *name, guint64 size)
{
  char *path = g_build_filename (folder, name, NULL);
  int fd = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

  g_assert_cmpint (ftruncate (fd, (off_t) size), ==, 0);
  close (fd);
  return path;
}

static FrRoom *
measure (FrStore *store, const char *const *paths, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_measure_room_async (store, paths, FALSE, cancellable, answered_cb, &result);
  return fr_store_measure_room_finish (store, await (&result), error);
}

/* Whether this disk shares is another matter on each computer: it is as cloning by hand says. */
static void
test_measure (Fixture *fixture, gconstpointer data)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *one = write_sized (folder, "one.jpg", 10000), *film = write_sized (folder, "film.mp4", 5000);
  g_autofree char *gone = g_build_filename (folder, "gone.jpg", NULL);
  const char *const paths[] = { one, film, folder, gone, NULL };
  g_autofree FrRoom *room = NULL, *none = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int fd = g_open (one, O_RDONLY | O_CLOEXEC, 0);
  gboolean shares = fr_blob_dir_can_share (fixture->store->blobs, fd);

  close (fd);
  room = measure (fixture->store, paths, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (room->n_pictures, ==, 1);
  g_assert_cmpint (room->shares, ==, shares);
  g_assert_cmpuint (room->bytes_needed, ==, (shares ? 1 : 2) * 12288 + BESIDE);
  g_assert_cmpuint (room->bytes_free, >, 0);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 0);
  g_cancellable_cancel (cancellable);
  none = measure (fixture->store, paths, cancellable, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fr_test_folder_free (folder);
}

/* Whoever adds all of a folder again, in which there is one new picture, is asked about that one alone. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (FrPicture) there = add_picture (fixture->store, "twelve bytes", "There", NULL);
  g_autoptr (FrStaged) cleaned = stage_text (fixture->store, "clean", NULL);
  g_autoptr (FrStaged) original = stage_text (fixture->store, "with a place", NULL);
  g_autoptr (FrPicture) description = fr_picture_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrPicture) added = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree FrRoom *room = NULL;
  gboolean was_there;

  fr_store_add_cleaned_async (fixture->store, cleaned, original, description, NULL, NULL, NULL, answered_cb, &result);
  added = fr_store_add_finish (fixture->store, await (&result), &was_there, NULL);
  g_assert_nonnull (added);
  /* so many that it matters */
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("new%u.jpg", i);

      g_ptr_array_add (paths, write_sized (folder, name, FR_PICTURE_MAX_BYTES));
    }
  g_ptr_array_add (paths, write_sized (folder, "there.jpg", 12));     /* as large as the first */
  g_ptr_array_add (paths, write_sized (folder, "original.jpg", 12)); /* and as the original of the other */
  g_ptr_array_add (paths, write_sized (folder, "cleaned.jpg", 5));
  g_ptr_array_add (paths, write_sized (folder, "new.jpg", 13));
  g_ptr_array_add (paths, NULL);
  room = measure (fixture->store, (const char *const *) paths->pdata, NULL, NULL);
  g_assert_nonnull (room);
  g_assert_cmpuint (room->n_pictures, ==, 4);
  fr_test_folder_free (folder);
}

void
test_room_add (void)
{
  g_test_add_func ("/store/room/one", test_one);
  g_test_add_func ("/store/room/verdicts", test_verdicts);
  g_test_add_func ("/store/room/free", test_free);
  g_test_add ("/store/room/measure", Fixture, NULL, fixture_set_up, test_measure, fixture_tear_down);
  g_test_add ("/store/room/known", Fixture, NULL, fixture_set_up, test_known, fixture_tear_down);
}
