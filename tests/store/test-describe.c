/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* One description for many pictures. */

static GPtrArray *
describe (FrStore *store, const FrContentId *ids, guint n_ids, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_describe_async (store, ids, n_ids, text, NULL, answered_cb, &result);
  return fr_store_describe_finish (store, await (&result), error);
}

static void
assert_described (FrStore *store, const FrContentId *id, const char *text)
{
  g_autoptr (FrPicture) picture = get_picture (store, id, NULL);

  g_assert_cmpstr (picture->description, ==, text);
}

/* Title and tags stay; whoever has words of their own keeps them; what is gone is nobody's mistake. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  static const char *const tags[] = { "sea", NULL };
  g_autoptr (FrPicture) one = add_picture (fixture->store, "one", "One", tags);
  g_autoptr (FrPicture) two = add_picture (fixture->store, "two", "Two", NULL);
  g_autoptr (FrPicture) gone = add_picture (fixture->store, "gone", "Gone", NULL);
  g_autoptr (FrPicture) own = add_picture (fixture->store, "own", "Own", NULL);
  const FrContentId ids[] = { one->id, own->id, gone->id, two->id };
  g_autoptr (GPtrArray) first = NULL, changed = NULL, again = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  first = describe (fixture->store, &own->id, 1, "A dune", &error);
  g_assert_no_error (error);
  g_assert_true (remove_picture (fixture->store, &gone->id, NULL));
  changed = describe (fixture->store, ids, G_N_ELEMENTS (ids), "Lena at the harbour", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changed->len, ==, 2);
  g_assert_cmpstr (((FrPicture *) changed->pdata[0])->title, ==, "One");
  g_assert_cmpstr (((FrPicture *) changed->pdata[0])->tags[0], ==, "sea");
  g_assert_cmpstr (((FrPicture *) changed->pdata[0])->description, ==, "Lena at the harbour");
  assert_described (fixture->store, &own->id, "A dune");
  found = search_titles (fixture->store, "lena", NULL);
  g_assert_true (strstr (found, "One") != NULL && strstr (found, "Two") != NULL);
  again = describe (fixture->store, ids, G_N_ELEMENTS (ids), "Something else", &error);
  g_assert_cmpuint (again->len, ==, 0);
  assert_described (fixture->store, &two->id, "Lena at the harbour");
}

/* All of them, or none; and no more at once than anybody may. */
static void
test_bounds (Fixture *fixture, gconstpointer data)
{
  g_autofree FrContentId *ids = g_new0 (FrContentId, FR_STORE_MAX_DESCRIBED + 1);
  g_autofree char *longest = g_strnfill (FR_PICTURE_MAX_DESCRIPTION, 'x');
  g_autofree char *longer = g_strnfill (FR_PICTURE_MAX_DESCRIPTION + 1, 'x');
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "one", "One", NULL);
  g_autoptr (GPtrArray) refused = NULL, many = NULL, good = NULL, none = NULL;
  g_autoptr (GError) error = NULL;

  ids[0] = picture->id;
  refused = describe (fixture->store, ids, 1, longer, &error);
  g_assert_null (refused);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
  assert_described (fixture->store, &picture->id, "");
  g_clear_error (&error);
  many = describe (fixture->store, ids, FR_STORE_MAX_DESCRIBED + 1, "x", &error);
  g_assert_null (many);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  good = describe (fixture->store, ids, FR_STORE_MAX_DESCRIBED, longest, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (good->len, ==, 1);
  none = describe (fixture->store, NULL, 0, "x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
}

void
test_describe_add (void)
{
  g_test_add ("/store/describe/many", Fixture, NULL, fixture_set_up, test_many, fixture_tear_down);
  g_test_add ("/store/describe/bounds", Fixture, NULL, fixture_set_up, test_bounds, fixture_tear_down);
}
