/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-audience.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* What is shared with whom, shared last first. */

static const FrPeerKey anna = { { 1 } };
static const FrPeerKey boris = { { 2 } };

static char *
list_newest (FrStore *store, const FrPeerKey *reader, guint limit, guint *out_total)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GError) error = NULL;
  GString *titles = g_string_new (NULL);

  fr_store_list_newest_async (store, reader, limit, NULL, answered_cb, &result);
  pictures = fr_store_search_finish (store, await (&result), out_total, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < pictures->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? "|" : "", ((FrPicture *) pictures->pdata[i])->title);
  return g_string_free (titles, FALSE);
}

static void
assert_newest (FrStore *store, const FrPeerKey *reader, guint limit, const char *titles, guint total)
{
  guint n = 0;
  g_autofree char *found = list_newest (store, reader, limit, &n);

  g_assert_cmpstr (found, ==, titles);
  g_assert_cmpuint (n, ==, total);
}

/* To each what they may see: the key decides, as everywhere. */
static void
test_audience (Fixture *fixture, gconstpointer data)
{
  FrStore *store = fixture->store;
  g_autoptr (GBytes) chosen = fr_audience_list_readers (&anna, 1);

  add_contact (store, &anna, "anna");
  add_contact (store, &boris, "boris");
  assert_newest (store, &anna, 60, "", 0);
  fr_picture_unref (add_for (store, "1", "Everyone", FR_AUDIENCE_EVERYONE, NULL));
  fr_picture_unref (add_for (store, "2", "Contacts", FR_AUDIENCE_CONTACTS, NULL));
  fr_picture_unref (add_for (store, "3", "Chosen", FR_AUDIENCE_CHOSEN, chosen));
  fr_picture_unref (add_for (store, "4", "Me", FR_AUDIENCE_ONLY_ME, NULL));
  fr_picture_unref (add_kept (store, "5", "Kept"));
  assert_newest (store, &anna, 60, "Chosen|Contacts|Everyone", 3);
  assert_newest (store, &anna, 2, "Chosen|Contacts", 3);
  assert_newest (store, &boris, 60, "Contacts|Everyone", 2);
  assert_newest (store, &stranger, 60, "Everyone", 1);
  assert_newest (store, NULL, 60, "Chosen|Contacts|Everyone", 3); /* what is for herself alone is no news to her */
  remove_contact (store, &anna, "anna");
  assert_newest (store, &anna, 60, "Everyone", 1);
}

static gint64
get_shared_us (FrStore *store, const FrContentId *id)
{
  g_autoptr (FrPicture) picture = get_picture (store, id, NULL);

  return picture->shared_us;
}

/* What was for its person alone is new to all who see it now; what was shared before stays where it was. */
static void
test_shared_later (Fixture *fixture, gconstpointer data)
{
  FrStore *store = fixture->store;
  static const struct
  {
    FrAudience audience;
    gboolean is_new;
  } rows[] = {
    { FR_AUDIENCE_CONTACTS, FALSE }, { FR_AUDIENCE_EVERYONE, FALSE }, { FR_AUDIENCE_ONLY_ME, FALSE },
    { FR_AUDIENCE_ONLY_ME, FALSE },  { FR_AUDIENCE_CONTACTS, TRUE },  { FR_AUDIENCE_EVERYONE, FALSE },
  };
  g_autoptr (FrPicture) first = add_for (store, "1", "First", FR_AUDIENCE_EVERYONE, NULL);
  g_autoptr (FrPicture) second = add_for (store, "2", "Second", FR_AUDIENCE_EVERYONE, NULL);

  g_assert_cmpint (first->added_us, >, 0);
  g_assert_cmpint (get_shared_us (store, &first->id), ==, first->added_us);
  assert_newest (store, &stranger, 60, "Second|First", 2);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 before = get_shared_us (store, &first->id);
      g_autoptr (GPtrArray) changed = set_audience (store, &first->id, 1, rows[i].audience, NULL, NULL);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (changed->len, ==, 1);
      g_assert_true ((get_shared_us (store, &first->id) > before) == rows[i].is_new);
    }
  assert_newest (store, &stranger, 60, "First|Second", 2);
  g_assert_cmpint (get_shared_us (store, &first->id), <=, g_get_real_time ());
  fixture_reopen (fixture);
  assert_newest (fixture->store, &stranger, 60, "First|Second", 2);
}

void
test_newest_add (void)
{
  g_test_add ("/store/newest/audience", Fixture, NULL, fixture_set_up, test_audience, fixture_tear_down);
  g_test_add ("/store/newest/shared-later", Fixture, NULL, fixture_set_up, test_shared_later, fixture_tear_down);
}
