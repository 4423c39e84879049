/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pack-fixture.h"

FrPackReport *
pack_fixture_unpack (GalleryFixture *fixture, const char *folder, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_unpack_async (fixture->gallery, NULL, folder, NULL, NULL, NULL, gallery_answered_cb, &result);
  return fr_gallery_unpack_finish (fixture->gallery, gallery_await (&result), error);
}

FrPackReport *
pack_fixture_unpack_well (GalleryFixture *fixture, const char *folder, guint n_done, guint n_known, guint n_failed)
{
  g_autoptr (GError) error = NULL;
  FrPackReport *report = pack_fixture_unpack (fixture, folder, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->failures->len; i++)
    g_test_message ("%s: %s", ((FrPackFailure *) report->failures->pdata[i])->name,
                    ((FrPackFailure *) report->failures->pdata[i])->error->message);
  g_assert_cmpuint (report->n_done, ==, n_done);
  g_assert_cmpuint (report->n_known, ==, n_known);
  g_assert_cmpuint (report->failures->len, ==, n_failed);
  return report;
}

void
pack_fixture_pack_well (GalleryFixture *fixture, const char *folder, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrPackReport) report = NULL;

  fr_gallery_pack_async (fixture->gallery, NULL, folder, NULL, NULL, NULL, gallery_answered_cb, &result);
  report = fr_gallery_pack_finish (fixture->gallery, gallery_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_done, ==, n);
  g_assert_cmpuint (report->failures->len, ==, 0);
}

GPtrArray *
pack_fixture_list (GalleryFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *pictures;

  fr_store_list_async (fixture->store, NULL, 0, 100, NULL, gallery_answered_cb, &result);
  pictures = fr_store_list_finish (fixture->store, gallery_await (&result), NULL);
  g_assert_nonnull (pictures);
  return pictures;
}

void
pack_fixture_assert_same_bytes (GalleryFixture *fixture, GalleryFixture *other, const FrContentId *id)
{
  g_autoptr (GAsyncResult) first = NULL, second = NULL;
  g_autoptr (GBytes) one = NULL, two = NULL;

  fr_store_read_block_async (fixture->store, id, 0, NULL, gallery_answered_cb, &first);
  one = fr_store_read_block_finish (fixture->store, gallery_await (&first), NULL);
  fr_store_read_block_async (other->store, id, 0, NULL, gallery_answered_cb, &second);
  two = fr_store_read_block_finish (other->store, gallery_await (&second), NULL);
  g_assert_nonnull (one);
  g_assert_true (g_bytes_equal (one, two));
}

/* Everything that the catalogue says of it. */
static void
assert_same (const FrPicture *a, const FrPicture *b)
{
  g_assert_true (fr_content_id_equal (&a->id, &b->id));
  g_assert_true (fr_content_id_equal (&a->original_id, &b->original_id));
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->description, ==, b->description);
  g_assert_cmpstrv (a->tags, b->tags);
  g_assert_cmpuint (a->size, ==, b->size);
  g_assert_cmpint (a->added_us, ==, b->added_us);
  g_assert_cmpint (a->audience, ==, b->audience);
  g_assert_true (a->readers == b->readers || g_bytes_equal (a->readers, b->readers));
  g_assert_true (fr_peer_key_equal (&a->origin, &b->origin));
  g_assert_cmpstr (a->origin_name, ==, b->origin_name);
  if (!fr_picture_is_mine (a))
    return; /* the kept ones of this test were not looked into */
  g_assert_cmpstr (a->mime, ==, b->mime);
  g_assert_cmpuint (a->type, ==, b->type);
  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  g_assert_cmpint (a->has_thumbnail, ==, b->has_thumbnail);
  g_assert_cmpint (a->has_preview, ==, b->has_preview);
  g_assert_cmpint (a->metadata, ==, b->metadata);
  g_assert_cmpuint (a->removed, ==, b->removed);
  g_assert_cmpuint (a->strip_version, ==, b->strip_version);
}

void
pack_fixture_assert_same (GalleryFixture *fixture, GalleryFixture *other)
{
  g_autoptr (GPtrArray) before = pack_fixture_list (fixture), after = pack_fixture_list (other);

  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    {
      assert_same (before->pdata[i], after->pdata[i]);
      pack_fixture_assert_same_bytes (fixture, other, &((FrPicture *) before->pdata[i])->id);
    }
}
