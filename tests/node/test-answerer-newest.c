/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-answerer.h"
#include "fr-sealed-answer.h"
#include "fr-test-support.h"

#include "gallery-fixture.h"
#include "tests.h"

/* What whoever asks for the newest is told. */

static const FrQueryId query = { { 1, 2, 3 } };
static const FrPeerKey boris = { { 7 } }, stranger = { { 8 } };

typedef struct
{
  FrIdentity *identity;
  FrAnswerer *answerer;
  GPtrArray *hits; /* of FrHits, in the order of coming */
  guint n_previews;
} Desk;

static void
answer_cb (FrAnswerer *answerer, const FrQueryId *id, GBytes *bytes, Desk *desk)
{
  g_autoptr (Freshet__Frame) frame = NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  g_assert_true (fr_query_id_equal_func (id, &query));
  g_assert_cmpint (fr_frame_parse (data, size, &frame), ==, FR_WIRE_OK);
  g_assert_false (fr_sealed_answer_is_sealed (frame));
  if (frame->body_case == FRESHET__FRAME__BODY_HITS)
    g_ptr_array_add (desk->hits, fr_hits_read (frame->hits));
  else
    desk->n_previews++;
}

static void
desk_init (Desk *desk, GalleryFixture *fixture)
{
  desk->identity = fr_identity_new ();
  desk->answerer = fr_answerer_new (desk->identity, fixture->store);
  desk->hits = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_hits_free);
  desk->n_previews = 0;
  fr_answerer_set_record (desk->answerer, "Anna", NULL, NULL, NULL, TRUE);
  g_signal_connect (desk->answerer, "answer", G_CALLBACK (answer_cb), desk);
}

static void
desk_clear (Desk *desk)
{
  g_signal_handlers_disconnect_by_data (desk->answerer, desk);
  g_clear_object (&desk->answerer);
  g_clear_pointer (&desk->identity, fr_identity_unref);
  g_clear_pointer (&desk->hits, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static gboolean
has_hits (gpointer data)
{
  Desk *desk = data;

  return desk->hits->len > 0 && fr_answerer_get_n_pending (desk->answerer) == 0;
}

static void
ask (Desk *desk, const FrPeerKey *asker, guint most)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;

  g_ptr_array_set_size (desk->hits, 0);
  body.asker.data = (guint8 *) asker->bytes;
  body.asker.len = sizeof *asker;
  body.words = (char *) "";
  body.kind = FRESHET__QUERY_BODY__KIND__KIND_NEWEST;
  body.most = most;
  fr_answerer_take (desk->answerer, &query, &body, 1);
  g_assert_cmpuint (fr_answerer_get_n_pending (desk->answerer), ==, 1);
  fr_test_wait_until (has_hits, desk, 10);
}

static char *
list_titles (Desk *desk)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < desk->hits->len; i++)
    {
      const FrHits *hits = desk->hits->pdata[i];

      for (guint k = 0; k < hits->items->len; k++)
        g_string_append_printf (titles, "%s|", g_array_index (hits->items, FrHitItem, k).title);
    }
  return g_string_free (titles, FALSE);
}

/* Three parts at most, and one where there is nothing. */
static void
test_parts (GalleryFixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint n_more; /* pictures that are added first */
    guint most;
    guint parts[3];
  } rows[] = {
    { 0, 60, { 0 } },
    { 1, 60, { 1 } },
    { 19, 60, { 20 } },
    { 1, 60, { 20, 1 } },
    { 0, 0, { 20 } }, /* as for searches */
    { 39, 60, { 20, 20, 20 } },
    { 1, 60, { 20, 20, 20 } },
    { 0, 7, { 7 } },
  };
  g_auto (Desk) desk = { NULL };
  guint total = 0;

  desk_init (&desk, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint n_parts = 0;

      for (guint k = 0; k < rows[i].n_more; k++)
        {
          g_autofree char *title = g_strdup_printf ("Picture %u", total + k);
          g_autoptr (GBytes) bytes = g_bytes_new (title, strlen (title));
          g_autoptr (GAsyncResult) staging = NULL, adding = NULL;
          g_autoptr (FrStaged) staged = NULL;
          g_autoptr (FrPicture) description = fr_picture_new (), picture = NULL;

          fr_store_stage_bytes_async (fixture->store, bytes, NULL, gallery_answered_cb, &staging);
          staged = fr_store_stage_bytes_finish (fixture->store, gallery_await (&staging), NULL);
          fr_picture_set_text (description, title, NULL, NULL);
          fr_store_add_async (fixture->store, staged, description, NULL, NULL, NULL, gallery_answered_cb, &adding);
          picture = fr_store_add_finish (fixture->store, gallery_await (&adding), NULL, NULL);
          g_assert_nonnull (picture);
        }
      total += rows[i].n_more;
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      ask (&desk, &stranger, rows[i].most);
      while (n_parts < 3 && rows[i].parts[n_parts] > 0)
        n_parts++;
      g_assert_cmpuint (desk.hits->len, ==, MAX (n_parts, 1));
      for (guint k = 0; k < desk.hits->len; k++)
        {
          const FrHits *hits = desk.hits->pdata[k];

          g_assert_cmpuint (hits->items->len, ==, rows[i].parts[k]);
          g_assert_cmpuint (hits->total, ==, total);
          g_assert_cmpuint (hits->hops, ==, 1);
        }
      if (total > 0) /* the newest stands first */
        {
          g_autofree char *newest = g_strdup_printf ("Picture %u", total - 1);

          g_assert_cmpstr (g_array_index (((FrHits *) desk.hits->pdata[0])->items, FrHitItem, 0).title, ==, newest);
        }
    }
}

static void
share (GalleryFixture *fixture, const FrPicture *picture, FrAudience audience, GBytes *readers)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_gallery_share_async (fixture->gallery, &picture->id, 1, audience, readers, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_gallery_share_finish (fixture->gallery, gallery_await (&result), NULL));
}

/* It is the key that decides; a stranger is told what everyone is, and no more than that. */
static void
test_audience (GalleryFixture *fixture, gconstpointer data)
{
  g_autoptr (FrPersonRecord) record = fr_person_record_new (&boris, "Boris", "server", "boris");
  g_autoptr (FrPicture) everyone = gallery_add_drawing (fixture, 1, "Everyone");
  g_autoptr (FrPicture) contacts = gallery_add_drawing (fixture, 2, "Contacts");
  g_autoptr (FrPicture) chosen = gallery_add_drawing (fixture, 3, "Chosen");
  g_autoptr (FrPicture) me = gallery_add_drawing (fixture, 4, "Me");
  g_autoptr (GBytes) boris_alone = fr_audience_list_readers (&boris, 1);
  const struct
  {
    const FrPeerKey *asker;
    const char *titles;
    guint total;
  } rows[] = { { &boris, "Chosen|Contacts|Everyone|", 3 }, { &stranger, "Everyone|", 1 } };
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (Desk) desk = { NULL };

  fr_store_put_person_async (fixture->store, record, NULL, gallery_answered_cb, &result);
  g_assert_true (fr_store_put_person_finish (fixture->store, gallery_await (&result), NULL));
  share (fixture, contacts, FR_AUDIENCE_CONTACTS, NULL);
  share (fixture, chosen, FR_AUDIENCE_CHOSEN, boris_alone);
  share (fixture, me, FR_AUDIENCE_ONLY_ME, NULL);
  desk_init (&desk, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *titles = NULL;

      ask (&desk, rows[i].asker, 60);
      titles = list_titles (&desk);
      g_assert_cmpstr (titles, ==, rows[i].titles);
      g_assert_cmpuint (((FrHits *) desk.hits->pdata[0])->total, ==, rows[i].total);
    }
}

typedef struct
{
  Desk *desk;
  guint n;
} Wanted;

static gboolean
has_previews (gpointer data)
{
  const Wanted *wanted = data;

  return wanted->desk->n_previews >= wanted->n;
}

/* All of them, so many times; then none, but for others. */
static void
test_previews (GalleryFixture *fixture, gconstpointer data)
{
  const guint n_pictures = FR_ANSWERER_MAX_PREVIEWS + 2;
  g_auto (Desk) desk = { NULL };
  Wanted wanted = { &desk, 0 };

  for (guint i = 0; i < n_pictures; i++)
    fr_picture_unref (gallery_add_drawing (fixture, i, "Harbour"));
  desk_init (&desk, fixture);
  for (guint i = 0; i < FR_ANSWERER_NEWEST_BURST; i++)
    {
      ask (&desk, &boris, 60);
      wanted.n += n_pictures;
      fr_test_wait_until (has_previews, &wanted, 10);
    }
  ask (&desk, &boris, 60);
  ask (&desk, &stranger, 60);
  wanted.n += n_pictures;
  fr_test_wait_until (has_previews, &wanted, 10);
  g_assert_cmpuint (desk.n_previews, ==, wanted.n);
}

void
test_answerer_newest_add (void)
{
  gallery_add_test ("/node/answerer-newest/parts", test_parts);
  gallery_add_test ("/node/answerer-newest/audience", test_audience);
  gallery_add_test ("/node/answerer-newest/previews", test_previews);
}
