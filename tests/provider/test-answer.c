/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-provider-answer.h"

#include <string.h>

#include "fr-test-support.h"
#include "tests.h"

/* What is found, and what is said of it. */

static const char jpeg[] = "\xff\xd8\xff\xe0 and the rest";

FrPicture *
add_shown (FrStore *store, const char *bytes, const char *title, const char *description, GBytes *thumbnail)
{
  g_autoptr (FrStaged) staged = stage_text (store, bytes, NULL);
  g_autoptr (FrPicture) picture = fr_picture_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrPicture *added;

  fr_picture_set_text (picture, title, description, NULL);
  fr_store_add_async (store, staged, picture, thumbnail, NULL, NULL, answered_cb, &result);
  added = fr_store_add_finish (store, await (&result), NULL, &error);
  g_assert_no_error (error);
  return added;
}

static guint
count_found (const char *folder, const char *term, const char *another)
{
  const char *terms[] = { term, another, NULL };
  g_auto (GStrv) found = fr_provider_find (folder, terms);

  return g_strv_length (found);
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) harbour = add_shown (fixture->store, "1", "Harbour at night", "Boats", NULL);
  g_autoptr (FrPicture) dune = add_shown (fixture->store, "2", "Dune", "", NULL);
  g_autofree char *long_term = g_strnfill (300, 'a');
  g_autofree char *id = fr_content_id_to_string (&harbour->id);
  const char *terms[] = { "harb", "boat", NULL };
  g_auto (GStrv) found = fr_provider_find (fixture->folder, terms);

  g_assert_cmpuint (g_strv_length (found), ==, 1);
  g_assert_cmpstr (found[0], ==, id);
  g_assert_cmpuint (count_found (fixture->folder, "dune", NULL), ==, 1);
  g_assert_cmpuint (count_found (fixture->folder, "dune", "harbour"), ==, 0);
  g_assert_cmpuint (count_found (fixture->folder, NULL, NULL), ==, 0);
  g_assert_cmpuint (count_found (fixture->folder, "\xff", NULL), ==, 0);
  g_assert_cmpuint (count_found (fixture->folder, long_term, NULL), ==, 0);
  g_assert_cmpuint (count_found (fixture->folder, "dune", long_term), ==, 1); /* what fits is looked for */
  g_assert_cmpuint (count_found ("/nowhere", "dune", NULL), ==, 0);
}

static void
test_caps (Fixture *fixture, gconstpointer data)
{
  const char *terms[FR_PROVIDER_MAX_FOUND + 1] = { NULL };
  g_auto (GStrv) found = NULL;
  g_autofree char *joined = NULL;

  for (guint i = 0; i < FR_PROVIDER_MAX_FOUND + 1; i++)
    {
      g_autofree char *bytes = g_strdup_printf ("%u", i);
      g_autoptr (FrPicture) picture = add_shown (fixture->store, bytes, "Harbour", "", NULL);
    }
  terms[0] = "harbour";
  found = fr_provider_find (fixture->folder, terms);
  g_assert_cmpuint (g_strv_length (found), ==, FR_PROVIDER_MAX_FOUND);
  for (guint i = 0; i < FR_PROVIDER_MAX_FOUND; i++)
    terms[i] = "a";
  joined = fr_provider_join_terms (terms);
  g_assert_cmpuint (strlen (joined), ==, 2 * 32 - 1); /* words that a search can have */
}

static char *
get_text (GVariant *meta, const char *key)
{
  char *text = NULL;

  g_variant_lookup (meta, key, "s", &text);
  return text;
}

static void
assert_meta (GVariant *metas, gsize index, const char *name, const char *description, GType icon_type)
{
  g_autoptr (GVariant) meta = g_variant_get_child_value (metas, index);
  g_autofree char *its_name = get_text (meta, "name");
  g_autofree char *its_description = get_text (meta, "description");
  g_autoptr (GVariant) serialized = g_variant_lookup_value (meta, "icon", NULL);
  g_autoptr (GIcon) icon = g_icon_deserialize (serialized);

  g_assert_cmpstr (its_name, ==, name);
  g_assert_cmpstr (its_description, ==, description);
  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (icon, icon_type));
}

/* Pictures that have gone meanwhile, and what never was an id, are left out. */
static void
test_describe (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) small = g_bytes_new_static (jpeg, sizeof jpeg);
  g_autoptr (GBytes) webp = g_bytes_new_static ("RIFF", 4);
  g_autoptr (FrPicture) harbour = add_shown (fixture->store, "1", "Harbour", "Boats", small);
  g_autoptr (FrPicture) untold = add_shown (fixture->store, "2", "", "", webp);
  g_autoptr (FrPicture) told = add_shown (fixture->store, "3", "", "Only words", NULL);
  g_autoptr (FrPicture) gone = add_shown (fixture->store, "4", "Gone", "", NULL);
  g_autofree char *first = fr_content_id_to_string (&harbour->id);
  g_autofree char *second = fr_content_id_to_string (&untold->id);
  g_autofree char *third = fr_content_id_to_string (&told->id);
  g_autofree char *none = fr_content_id_to_string (&gone->id);
  const char *ids[] = { first, "no id", "", none, second, third, NULL };
  g_autoptr (GVariant) metas = NULL, nothing = NULL;

  g_assert_true (remove_picture (fixture->store, &gone->id, NULL));
  metas = g_variant_ref_sink (fr_provider_describe (fixture->folder, ids));
  g_assert_cmpuint (g_variant_n_children (metas), ==, 3);
  assert_meta (metas, 0, "Harbour", "Boats", G_TYPE_BYTES_ICON);
  assert_meta (metas, 1, "Picture", NULL, G_TYPE_THEMED_ICON);
  assert_meta (metas, 2, "Only words", "Only words", G_TYPE_THEMED_ICON);
  nothing = g_variant_ref_sink (fr_provider_describe ("/nowhere", ids));
  g_assert_cmpuint (g_variant_n_children (nothing), ==, 0);
}

void
test_answer_add (void)
{
  g_test_add ("/provider/answer/find", Fixture, NULL, fixture_set_up, test_find, fixture_tear_down);
  g_test_add ("/provider/answer/caps", Fixture, NULL, fixture_set_up, test_caps, fixture_tear_down);
  g_test_add ("/provider/answer/describe", Fixture, NULL, fixture_set_up, test_describe, fixture_tear_down);
}
